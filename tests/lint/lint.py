#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 Fieldfare contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Checks the whole tree: lint.py [--qt-include FOLDER] ROOT. Prints file:line: rule: text; exit 1 on any finding."""

import argparse
import sys

from rules import RULES
from tree import read_qt_headers, read_tree


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("root")
    arguments.add_argument("--qt-include", help="Qt's include folder, the one that holds QtCore")
    options = arguments.parse_args()

    tree = read_tree(options.root)
    if options.qt_include:
        tree.qt_module_of = read_qt_headers(options.qt_include)
    try:
        tree.map
    except ValueError as error:
        print(f"ARCHITECTURE.md:1: map: {error}")
        return 1
    findings = 0
    for rule in RULES:
        for finding in rule(tree):
            print(f"{finding.path}:{finding.line}: {rule.__name__}: {finding.text}")
            findings += 1
    print(f"{len(tree.files)} files, {len(RULES)} rules, {findings} findings")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
