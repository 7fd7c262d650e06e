# SPDX-FileCopyrightText: 2026 Fieldfare contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The map of ARCHITECTURE.md as data: which folder may include which, link which Qt module, and hold SQL."""

import re
from dataclasses import dataclass, field

# A Qt module brings these along in its own headers; naming it allows them too.
_IMPLIED_MODULES = {
    "Widgets": {"Gui"},
    "Charts": {"Widgets", "Gui"},
    "PrintSupport": {"Widgets", "Gui"},
    "WebSockets": {"Network"},
}


@dataclass
class Folder:
    """One row of the map."""

    name: str
    may_include: set = field(default_factory=set)
    includes_all: bool = False
    modules: set = field(default_factory=set)
    all_modules: bool = False
    sql: bool = False


class Map:
    """All rows; raises ValueError when ARCHITECTURE.md has no readable table."""

    def __init__(self, markdown):
        self.folders = {}
        for line in markdown.splitlines():
            if not re.match(r"\|\s*`[a-z_/]+`\s*\|", line):
                continue
            cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
            if len(cells) != 5:
                raise ValueError(f"a row of the map has {len(cells)} cells instead of 5: {line}")
            self._add(cells)
        if not self.folders:
            raise ValueError("ARCHITECTURE.md has no map: rows of | `folder` | what | may include | Qt modules | SQL |")
        for folder in self.folders.values():
            self._expand(folder)

    def _add(self, cells):
        name = cells[0].strip("`")
        folder = Folder(name)
        words = cells[2].replace("`", "").replace(",", " ").split()
        folder.includes_all = "all" in words
        folder.may_include = {word for word in words if word not in ("-", "all")}
        modules = set(cells[3].replace(",", " ").split())
        folder.all_modules = "all" in modules
        folder.modules = modules | {"Core"}
        for module in modules:
            folder.modules |= _IMPLIED_MODULES.get(module, set())
        if cells[4] not in ("yes", "no"):
            raise ValueError(f"the SQL cell of {name} says neither yes nor no")
        folder.sql = cells[4] == "yes"
        self.folders[name] = folder

    def _expand(self, folder):
        for word in list(folder.may_include):
            if word.endswith("/*"):
                folder.may_include.remove(word)
                folder.may_include |= {name for name in self.folders if name.startswith(word[:-1])}
            elif word not in self.folders:
                raise ValueError(f"the map lets {folder.name} include {word}, which has no row")

    def folder_of(self, path):
        """The row that a file belongs to: the longest folder name that its path starts with, or None."""
        parts = path.split("/")
        for count in range(len(parts) - 1, 0, -1):
            name = "/".join(parts[:count])
            if name in self.folders:
                return self.folders[name]
        return None

    def allows(self, from_folder, to_folder):
        """Whether a file of the first may include a file of the second. A row for a subfolder that holds the same
        target (sync/server/storage in sync/server) counts as the target itself, in both directions."""
        if from_folder.includes_all or from_folder is to_folder:
            return True
        first, second = from_folder.name, to_folder.name
        if first.startswith(second + "/") or second.startswith(first + "/"):
            return True
        return to_folder.name in from_folder.may_include
