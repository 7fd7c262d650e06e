#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 Fieldfare contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Breaks each lint rule on purpose and expects the finding; then shows a good tree in which all are silent. A rule
without a case here fails the test."""

import unittest

import rules
from cpp_text import includes, string_literals, without_comments
from tree import Tree

SPDX = "// SPDX-FileCopyrightText: 2026 Fieldfare contributors\n// SPDX-License-Identifier: GPL-3.0-or-later\n"
SPDX_HASH = SPDX.replace("//", "#")
MAP = """# Architecture
| folder | what | may include | Qt modules | SQL |
|---|---|---|---|---|
| `core/base` | results | - | Core | no |
| `core/storage` | statements | core/base | Core Sql | yes |
| `sync/net` | transport | core/base | Network | no |
| `sync/server` | answers | core/base sync/net | Network | no |
| `sync/server/storage` | its tables | core/* | Sql | yes |
| `ui/pages` | pages | core/* | Widgets Charts | no |
| `app` | composition | all | all | no |
| `tests` | tests | all | all | no |
"""
QT = {"QString": "Core", "QSqlQuery": "Sql", "QTcpSocket": "Network", "QLabel": "Widgets"}


def good_tree():
    """A small tree that every rule accepts; each case changes one thing in it."""
    header = SPDX + "#pragma once\n"
    files = {
        "ARCHITECTURE.md": MAP + "See `core/base/id.h` and `core/base/`.\n",
        "README.md": "Run `tests/run`.\n",
        "CONTRIBUTING.md": "Read `ARCHITECTURE.md`.\n",
        "core/base/id.h": header + "#include <QString>\n",
        "core/base/platform_posix.cpp": SPDX + "#include <unistd.h>\n",
        "core/base/CMakeLists.txt": SPDX_HASH + "fieldfare_library(base HEADERS id.h QT Core)\n",
        "core/storage/statement.cpp": SPDX + '#include <QSqlQuery>\nauto s = "SELECT id FROM customer";\n',
        "core/storage/CMakeLists.txt": SPDX_HASH + "fieldfare_library(storage QT Core Sql LINKS Fieldfare::base)\n",
        "sync/server/storage/rows.cpp": SPDX + 'auto s = "DELETE FROM verdict";\n',
        "sync/net/CMakeLists.txt": SPDX_HASH + "fieldfare_library(net QT Core Network LINKS Fieldfare::base)\n",
        "sync/server/CMakeLists.txt": SPDX_HASH + "fieldfare_library(server LINKS Fieldfare::server_storage)\n",
        "sync/server/storage/CMakeLists.txt": SPDX_HASH
        + "fieldfare_library(server_storage QT Core Sql LINKS Fieldfare::storage)\n",
        "sync/net/link.cpp": SPDX + "#include <QTcpSocket>\n",
        "sync/server/answer.cpp": SPDX + '#include "sync/server/storage/rows.h"\n',
        "sync/server/storage/rows.h": header,
        "ui/pages/today.h": header + '#include "core/base/id.h"\n#include <QLabel>\n// SELECT in a comment\n',
        "ui/pages/today.cpp": SPDX + 'auto t = tr("Select a customer from the list");\nauto n = 1\'000;\n',
        "app/main.cpp": SPDX + '#include "ui/pages/today.h"\n',
        "tests/unit/tst_id.cpp": SPDX + '#include "core/base/id.h"\nauto s = "SELECT 1";\n',
        "installer/packages.txt": "cmake\n",
    }
    for path in rules.MUST_BE_EXECUTABLE:
        files[path] = "#!/usr/bin/env bash\n" + SPDX_HASH
    return Tree(files, set(rules.MUST_BE_EXECUTABLE), dict(QT))


# rule, the file that is changed, its whole text, words of the finding
CASES = (
    (rules.layers, "core/base/id.h", '#include "core/storage/statement.h"\n', "may not include core/storage"),
    (rules.layers, "ui/pages/today.cpp", '#include "sync/net/link.h"\n', "may not include sync/net"),
    (rules.layers, "sync/net/link.cpp", '#include "ui/pages/today.h"\n', "may not include ui/pages"),
    (rules.layers, "core/unknown/thing.cpp", "int a;\n", "no row"),
    (rules.include_paths, "core/base/id.cpp", '#include "id.h"\n', "no such file from the root: id.h"),
    (rules.include_paths, "app/main.cpp", "#include <core/base/id.h>\n", "quotation marks"),
    (rules.qt_headers, "ui/pages/today.cpp", "#include <QSqlQuery>\n", "may not use Qt Sql"),
    (rules.qt_headers, "core/base/id.cpp", "#include <QtNetwork/QTcpSocket>\n", "may not use Qt Network"),
    (rules.links, "core/base/CMakeLists.txt", "fieldfare_library(base\n    HEADERS id.h\n    QT Core Gui)\n", "Qt Gui"),
    (rules.links, "ui/pages/CMakeLists.txt", "fieldfare_library(ui_pages LINKS Fieldfare::net)\n", "Fieldfare::net"),
    (rules.links, "sync/net/CMakeLists.txt", "fieldfare_library(net LINKS Fieldfare::storage)\n", "Fieldfare::storage"),
    (rules.links, "ui/pages/CMakeLists.txt", "target_link_libraries(x PRIVATE Qt6::Sql)\n", "Qt6::Sql"),
    (rules.links, "ui/pages/CMakeLists.txt", "fieldfare_library(ui_pages LINKS Fieldfare::no_such)\n", "no_such"),
    (rules.sql, "ui/pages/today.cpp", 'auto s = "SELECT name" " FROM customer";\n', "SQL in ui/pages"),
    (rules.sql, "core/base/id.cpp", 'auto s = R"x(\n  select a\n  from b)x";\n', "SQL in core/base"),
    (rules.sql, "core/base/id.cpp", 'auto s = QStringLiteral("INSERT OR IGNORE INTO t");\n', "INSERT"),
    (rules.sql, "core/base/id.cpp", 'auto s = "UPDATE customer SET a = 1";\n', "UPDATE"),
    (rules.sql, "core/base/id.cpp", 'auto s = "UPDATE ";\n', "UPDATE"),
    (rules.sql, "core/base/id.cpp", 'auto s = "DELETE FROM t";\n', "DELETE"),
    (rules.sql, "core/base/id.cpp", 'auto s = "CREATE TABLE t(a)";\n', "CREATE TABLE"),
    (rules.sql, "sync/server/answer.cpp", 'auto s = "PRAGMA journal_mode";\n', "PRAGMA"),
    (rules.sql, "app/main.cpp", 'auto s = "pragma user_version";\n', "pragma"),
    (rules.platform_headers, "core/base/id.cpp", "#include <unistd.h>\n", "<unistd.h>"),
    (rules.platform_headers, "app/main.cpp", "#include <sys/stat.h>\n", "<sys/stat.h>"),
    (rules.platform_headers, "ui/pages/today.cpp", "#include <Windows.h>\n", "<Windows.h>"),
    (rules.length, "core/base/id.cpp", "int a;\n" * 601, "601 lines"),
    (rules.licence_lines, "core/base/id.cpp", "int a;\n", "SPDX"),
    (rules.licence_lines, "tests/run", "#!/usr/bin/env bash\necho\n", "SPDX"),
    (rules.licence_lines, "core/base/id.cpp", SPDX.replace("GPL-3.0-or-later", "MIT"), "SPDX"),
    (rules.file_names, "core/base/RecordId.cpp", "int a;\n", "snake_case"),
    (rules.file_names, "core/base/record-id.h", "int a;\n", "snake_case"),
    (rules.pragma_once, "core/base/id.h", SPDX, "#pragma once"),
    (rules.named_paths, "ARCHITECTURE.md", MAP + "See `core/base/missing.h`.\n", "core/base/missing.h"),
    (rules.named_paths, "README.md", "Run `tests/walk` first.\n", "tests/walk"),
    (rules.words, "core/base/id.cpp", "// TO" + "DO: later\n", "left unfinished"),
    (rules.words, "app/main.cpp", 'auto s = "not ' + 'implemented";\n', "left unfinished"),
    (rules.words, "installer/packages.txt", "# from deb.debian" + ".org\n", "a registry's host"),
    (rules.executables, "installer/demo", None, "missing"),
    (rules.waiting, "tests/unit/tst_id.cpp", "QTest::qSleep(100);\n", "qSleep"),
    (rules.waiting, "core/base/id.cpp", "std::this_thread::sleep_for(1s);\n", "sleep_for"),
)


class RulesFindWhatTheyForbid(unittest.TestCase):
    def test_good_tree_is_clean(self):
        tree = good_tree()
        for rule in rules.RULES:
            self.assertEqual(list(rule(tree)), [], rule.__name__)

    def test_each_broken_tree_is_found(self):
        for rule, path, text, words in CASES:
            tree = good_tree()
            if text is None:
                del tree.files[path]
            else:
                tree.files[path] = text
            findings = list(rule(tree))
            with self.subTest(rule=rule.__name__, path=path):
                self.assertTrue(any(f.path == path and words in f.text for f in findings), findings)

    def test_every_rule_has_a_case(self):
        covered = {case[0] for case in CASES}
        self.assertEqual([rule.__name__ for rule in rules.RULES if rule not in covered], [])

    def test_a_script_that_cannot_be_run_is_found(self):
        tree = good_tree()
        tree.executables.remove("tests/run")
        self.assertEqual([f.text for f in rules.executables(tree)], ["the script is not executable"])

    def test_a_map_without_rows_is_refused(self):
        tree = good_tree()
        tree.files["ARCHITECTURE.md"] = "no table\n"
        with self.assertRaises(ValueError):
            list(rules.layers(tree))


class SourceIsReadRight(unittest.TestCase):
    def test_literals_are_joined_and_carry_their_line(self):
        self.assertEqual(string_literals('a\n"one "\n  "two" x "three"'), [(2, "one two"), (3, "three")])

    def test_comments_and_characters_are_no_literals(self):
        self.assertEqual(string_literals("// \"a\"\n/* \"b\" */ '\"' \"c\" 1'000 \"d\\\"\""), [(2, "c"), (2, 'd\\"')])

    def test_raw_literals_keep_quotes(self):
        self.assertEqual(string_literals('R"(a "b" c)"'), [(1, 'a "b" c')])

    def test_includes_in_comments_do_not_count(self):
        self.assertEqual(includes('// #include "a.h"\n#include <b>\n#  include "c.h"'), [(2, "<", "b"), (3, '"', "c.h")])

    def test_blanking_keeps_lines(self):
        self.assertEqual(without_comments("a /* x\ny */ b // z"), "a     \n     b     ")


if __name__ == "__main__":
    unittest.main()
