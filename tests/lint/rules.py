# SPDX-FileCopyrightText: 2026 Fieldfare contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The rules of the tree. Each takes a Tree and yields Finding; RULES lists them all. self_test.py shows for each one a
tree that breaks it, so that no rule can fall silent unnoticed."""

import re
from typing import NamedTuple

from cpp_text import includes, line_of, string_literals, without_comments

MAX_LINES = 600
PRODUCT_FOLDERS = ("core", "sync", "ui", "app")
PLATFORM_FILES = ("core/base/platform_posix.cpp", "core/base/platform_windows.cpp")
MUST_BE_EXECUTABLE = (".ci/run", "installer/demo", "installer/install-packages", "tests/run")


class Finding(NamedTuple):
    path: str
    line: int
    text: str


def layers(tree):
    """A file includes only what the map lets its folder include. Tests and app may include everything."""
    for path, text in tree.source():
        if path.startswith("cmake/checks/"):
            continue  # small programs that CMake runs; no part of any target
        folder = tree.map.folder_of(path)
        if folder is None:
            yield Finding(path, 1, "the map in ARCHITECTURE.md has no row for this folder")
            continue
        for line, bracket, name in includes(text):
            target = tree.map.folder_of(name) if bracket == '"' else None
            if target is not None and not tree.map.allows(folder, target):
                yield Finding(path, line, f"{folder.name} may not include {target.name}: {name}")


def include_paths(tree):
    """Own headers are included by their path from the root, in quotation marks, and exist."""
    for path, text in tree.source():
        for line, bracket, name in includes(text):
            own = name.split("/")[0] in (*PRODUCT_FOLDERS, "tests") and "/" in name
            if bracket == "<" and own and name in tree.files:
                yield Finding(path, line, f'an own header belongs in quotation marks: "{name}"')
            if bracket == '"' and not name.endswith(".moc") and name not in tree.files:
                yield Finding(path, line, f"no such file from the root: {name}")


def qt_headers(tree):
    """A Qt header comes from a module that the map gives to the folder, even when a linked library brings it along."""
    for path, text in tree.source(*PRODUCT_FOLDERS):
        folder = tree.map.folder_of(path)
        if folder is None or folder.all_modules:
            continue
        for line, bracket, name in includes(text):
            first, _, last = name.rpartition("/")
            module = first[2:] if first.startswith("Qt") else tree.qt_module_of.get(last)
            if bracket == "<" and module is not None and module not in folder.modules:
                yield Finding(path, line, f"{folder.name} may not use Qt {module}: <{name}>")


def _folder_of_library(tree):
    """Library name to the row of the folder whose CMakeLists.txt makes it; a folder may be cut into several."""
    found = {}
    for path, text in tree.files.items():
        if path.endswith("/CMakeLists.txt"):
            for call in re.finditer(r"^\s*fieldfare_library\(\s*(\w+)", text, re.MULTILINE):
                found[call.group(1)] = tree.map.folder_of(path)
    return found


def links(tree):
    """CMakeLists.txt of a folder links only the Qt modules and the libraries that the map allows."""
    folder_of_library = _folder_of_library(tree)
    for path, text in sorted(tree.files.items()):
        if not path.endswith("/CMakeLists.txt"):
            continue
        folder = tree.map.folder_of(path)
        if folder is None or folder.includes_all:
            continue
        bare = re.sub(r"#[^\n]*", "", text)
        for call in re.finditer(r"fieldfare_library\(([^)]*)\)", bare):
            line = line_of(bare, call.start())
            keyword = ""
            for word in call.group(1).split():
                if re.fullmatch(r"[A-Z_]+", word):
                    keyword = word
                elif keyword == "QT" and word not in folder.modules:
                    yield Finding(path, line, f"{folder.name} may not link Qt {word}")
        for library in re.finditer(r"Fieldfare::(\w+)", bare):
            target = folder_of_library.get(library.group(1))
            if target is None or not tree.map.allows(folder, target):
                yield Finding(path, line_of(bare, library.start()), f"{folder.name} may not link {library.group(0)}")
        for module in re.finditer(r"Qt6::(\w+)", bare):
            if module.group(1) not in folder.modules:
                yield Finding(path, line_of(bare, module.start()), f"{folder.name} may not link {module.group(0)}")


# Upper or lower case throughout: a sentence that a person reads ("Select a customer from the list") is neither.
_SQL_UPPER = re.compile(
    r"^\s*(SELECT|PRAGMA|EXPLAIN|VACUUM|SAVEPOINT|BEGIN IMMEDIATE|REPLACE INTO|WITH RECURSIVE)\b"
    r"|\b(INSERT|REPLACE)(\s+OR\s+\w+)?\s+INTO\b|\bDELETE\s+FROM\b|^\s*UPDATE\s+(\S+\s+SET\b|\S*$)"
    r"|\b(CREATE|DROP|ALTER)\s+(UNIQUE\s+|VIRTUAL\s+|TEMP\s+)?(TABLE|INDEX|TRIGGER|VIEW)\b"
    r"|^\s*(FROM|WHERE|ORDER BY|GROUP BY|INNER JOIN|LEFT JOIN|VALUES)\s*\S"
)
_SQL_LOWER = re.compile(
    r"^\s*select\s.*\sfrom\s+\w|\binsert(\s+or\s+\w+)?\s+into\s|^\s*delete\s+from\s+\w+(\s+where|\s*$)"
    r"|^\s*update\s+\w+\s+set\s|\b(create|drop|alter)\s+(unique\s+|virtual\s+)?(table|index)\s|^\s*pragma\s+\w",
    re.DOTALL,
)


def sql(tree):
    """SQL stands only in the folders that the map marks."""
    for path, text in tree.source(*PRODUCT_FOLDERS):
        folder = tree.map.folder_of(path)
        if folder is None or folder.sql:
            continue
        for line, body in string_literals(text):
            body = body.replace("\\n", "\n")
            if _SQL_UPPER.search(body) or _SQL_LOWER.search(body):
                yield Finding(path, line, f'SQL in {folder.name}: "{body.strip()[:60]}"')


def platform_headers(tree):
    """Headers of one operating system are included by the platform files alone."""
    one_system = re.compile(
        r"(sys|netinet|arpa|linux|mach|net)/.*|(unistd|fcntl|termios|poll|pthread|dirent|pwd|grp|dlfcn|sched|syslog"
        r"|signal|windows|winsock2|bcrypt|io|direct|process)\.h",
        re.IGNORECASE,
    )
    for path, text in tree.source(*PRODUCT_FOLDERS):
        if path in PLATFORM_FILES:
            continue
        for line, bracket, name in includes(text):
            if bracket == "<" and one_system.fullmatch(name):
                yield Finding(path, line, f"only core/base/platform_*.cpp may include <{name}>")


def _is_written_by_hand(path):
    """Sources in the sense of the form rules; translations, data, licences and pictures are none."""
    name = path.rpartition("/")[2]
    return path.endswith((".h", ".cpp", ".py", ".cmake")) or name == "CMakeLists.txt" or path in MUST_BE_EXECUTABLE


def length(tree):
    """A file of more than 600 lines is several files."""
    for path, text in sorted(tree.files.items()):
        lines = text.count("\n")
        if _is_written_by_hand(path) and lines > MAX_LINES:
            yield Finding(path, MAX_LINES + 1, f"{lines} lines; at most {MAX_LINES}")


def licence_lines(tree):
    """The two SPDX lines open each source, after a #! line if there is one."""
    for path, text in sorted(tree.files.items()):
        if not _is_written_by_hand(path):
            continue
        opening = [line for line in text.split("\n", 4)[:3] if not line.startswith("#!")]
        expected = ("SPDX-FileCopyrightText: ", "SPDX-License-Identifier: GPL-3.0-or-later")
        if len(opening) < 2 or any(word not in line for word, line in zip(expected, opening)):
            yield Finding(path, 1, "the two SPDX lines are missing at the top")


def file_names(tree):
    """C++ and Python files are named in snake_case, and so are their folders."""
    for path in sorted(tree.files):
        if path.endswith((".h", ".cpp", ".py")) and not re.fullmatch(r"([a-z0-9_]+/)*[a-z0-9_]+\.(h|cpp|py)", path):
            yield Finding(path, 1, "the name is not in snake_case")


def pragma_once(tree):
    """Each header guards itself."""
    for path, text in tree.source():
        if path.endswith(".h") and not re.search(r"^#pragma once$", text, re.MULTILINE):
            yield Finding(path, 1, "#pragma once is missing")


def named_paths(tree):
    """Each path that a document names is there. A path is a word in backticks with a slash and no wildcard."""
    for document in ("ARCHITECTURE.md", "CONTRIBUTING.md", "README.md"):
        text = tree.files.get(document)
        if text is None:
            yield Finding(document, 1, "the document is missing")
            continue
        fence = False
        for number, line in enumerate(text.split("\n"), 1):
            fence = fence != line.startswith("```")
            if fence:
                continue
            for word in re.findall(r"`([\w.-]+(?:/[\w.-]+)*/?)`", line):
                is_path = "/" in word or re.search(r"\.(md|txt|h|cpp|json|cmake|py)$", word)
                if is_path and not word.startswith("build/") and not tree.has(word):
                    yield Finding(document, number, f"no such path: {word}")


# Written so that this file does not hold the words itself. HTTP's name of status 501 has two capitals and is no finding.
_UNFINISHED = re.compile(r"\b(TO[D]O|FIX[M]E|X[X]X)\b|\b[Nn]ot (yet )?impl[e]mented\b")
_HOSTS = re.compile(
    r"\b((deb|security|snapshot)\.debian\.org|pypi\.org|pythonhosted\.org|registry\.npmjs\.org|crates\.io"
    r"|proxy\.golang\.org|archive\.ubuntu\.com|formulae\.brew\.sh)\b"
)


def words(tree):
    """Nothing is left unfinished in the tree, and no file names a package registry's host."""
    for path, text in sorted(tree.files.items()):
        written = _is_written_by_hand(path) or path.endswith((".md", ".txt", ".json"))
        if not written or path.startswith("tests/data/"):
            continue
        for pattern, reason in ((_UNFINISHED, "left unfinished"), (_HOSTS, "a registry's host")):
            for match in pattern.finditer(text):
                yield Finding(path, line_of(text, match.start()), f"{reason}: {match.group(0)}")


def executables(tree):
    """The scripts that people call can be called."""
    for path in MUST_BE_EXECUTABLE:
        if path not in tree.files:
            yield Finding(path, 1, "the script is missing")
        elif path not in tree.executables:
            yield Finding(path, 1, "the script is not executable")


def waiting(tree):
    """No test and no product code sleeps: a wait names what it waits for."""
    for path, text in tree.source():
        for match in re.finditer(r"\b(QTest::qSleep|QTest::qWait|QThread::m?u?sleep|this_thread::sleep_for|usleep)\s*\(",
                                 without_comments(text)):
            if path not in PLATFORM_FILES:
                yield Finding(path, line_of(text, match.start()), f"{match.group(1)}: wait for an event instead")


RULES = (
    layers,
    include_paths,
    qt_headers,
    links,
    sql,
    platform_headers,
    length,
    licence_lines,
    file_names,
    pragma_once,
    named_paths,
    words,
    executables,
    waiting,
)
