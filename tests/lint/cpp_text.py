# SPDX-FileCopyrightText: 2026 Fieldfare contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads C++ source just well enough for the lint rules: comments apart, string literals with their lines."""

import re

_TOKEN = re.compile(
    r"""
      (?P<line_comment>//[^\n]*)
    | (?P<block_comment>/\*.*?\*/)
    | (?P<raw>(?:u8|u|U|L)?R"(?P<delimiter>[^()\\\s]{0,16})\((?P<raw_body>.*?)\)(?P=delimiter)")
    | (?P<string>"(?P<body>(?:[^"\\\n]|\\.)*)")
    | (?P<char>'(?:[^'\\\n]|\\.)+')
    | (?P<separated>\b[0-9][0-9A-Fa-fxXbB]*(?:'[0-9A-Fa-f]+)+)
    """,
    re.VERBOSE | re.DOTALL,
)
_INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*([<"])([^>"]+)[>"]', re.MULTILINE)


def line_of(text, offset):
    """The 1-based line of an offset."""
    return text.count("\n", 0, offset) + 1


def without_comments(text):
    """The text with every comment replaced by blanks; offsets and lines stay."""

    def blank(match):
        if match.group("line_comment") is None and match.group("block_comment") is None:
            return match.group(0)
        return re.sub(r"[^\n]", " ", match.group(0))

    return _TOKEN.sub(blank, text)


def includes(text):
    """(line, bracket, path) of each #include; bracket is `<` or `"`."""
    bare = without_comments(text)
    return [(line_of(bare, m.start(2)), m.group(1), m.group(2)) for m in _INCLUDE.finditer(bare)]


def string_literals(text):
    """(line, body) of each string literal, those of #include lines left out, neighbours joined as the compiler does."""
    found = []
    last_end = None
    for match in _TOKEN.finditer(text):
        if match.group("raw") is not None:
            body = match.group("raw_body")
        elif match.group("string") is not None:
            line_start = text.rfind("\n", 0, match.start()) + 1
            if re.match(r"[ \t]*#[ \t]*include\b", text[line_start : match.start()]):
                continue
            body = match.group("body")
        else:
            continue
        if last_end is not None and text[last_end : match.start()].strip() == "":
            line, before = found.pop()
            found.append((line, before + body))
        else:
            found.append((line_of(text, match.start()), body))
        last_end = match.end()
    return found
