# SPDX-FileCopyrightText: 2026 Fieldfare contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The files that the rules look at: from disk, or from a dictionary in the self-test."""

import os
from dataclasses import dataclass, field

from architecture import Map

_SKIPPED_FOLDERS = {".git", ".cache", ".vs", ".idea", "__pycache__", "vcpkg_installed"}


@dataclass
class Tree:
    """Path from the root (with /) to text. Folders are known by the files in them."""

    files: dict
    executables: set = field(default_factory=set)
    qt_module_of: dict = field(default_factory=dict)  # "QSqlQuery" -> "Sql"; empty when the headers were not found
    _map: Map = None

    @property
    def map(self):
        if self._map is None:
            self._map = Map(self.files.get("ARCHITECTURE.md", ""))
        return self._map

    def has(self, path):
        """Whether there is such a file, or a folder with files."""
        path = path.rstrip("/")
        return path in self.files or any(name.startswith(path + "/") for name in self.files)

    def source(self, *folders):
        """(path, text) of the C++ files in these folders, sorted."""
        for path in sorted(self.files):
            if path.endswith((".h", ".cpp")) and (not folders or path.split("/")[0] in folders):
                yield path, self.files[path]


def read_tree(root):
    """Every text file of the working tree, builds left out; a file that is no UTF-8 counts with empty text."""
    files = {}
    executables = set()
    for folder, subfolders, names in os.walk(root):
        inside = os.path.relpath(folder, root).replace(os.sep, "/")
        subfolders[:] = [
            name
            for name in subfolders
            if name not in _SKIPPED_FOLDERS and not (inside == "." and name.startswith("build"))
        ]
        for name in names:
            full = os.path.join(folder, name)
            path = name if inside == "." else f"{inside}/{name}"
            if not os.path.isfile(full) or path == ".git":
                continue
            try:
                with open(full, encoding="utf-8") as file:
                    files[path] = file.read()
            except UnicodeDecodeError:
                files[path] = ""
            if os.access(full, os.X_OK):
                executables.add(path)
    return Tree(files, executables)


def read_qt_headers(include_folder):
    """Header name to Qt module, from Qt's include folder (the one that holds QtCore)."""
    module_of = {}
    for entry in sorted(os.listdir(include_folder)):
        folder = os.path.join(include_folder, entry)
        if entry.startswith("Qt") and os.path.isdir(folder):
            for header in os.listdir(folder):
                if header.startswith("Q") and "." not in header:
                    module_of.setdefault(header, entry[2:])
    return module_of
