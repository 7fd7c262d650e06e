#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 Fieldfare contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Between the corpus in the tree (corpus/NAME.hex, an input a line) and a fuzzer's folder (an input a file).

corpus.py unpack NAME FOLDER     corpus.py pack NAME FOLDER
"""
import hashlib
import pathlib
import sys

LARGEST = 100  # bytes: what is longer says little more


def main() -> int:
    if len(sys.argv) != 4 or sys.argv[1] not in ("pack", "unpack"):
        print(__doc__, file=sys.stderr)
        return 2
    what, name, folder = sys.argv[1], sys.argv[2], pathlib.Path(sys.argv[3])
    text = pathlib.Path(__file__).parent / "corpus" / f"{name}.hex"
    lines = text.read_text(encoding="ascii").splitlines()
    if what == "unpack":
        folder.mkdir(parents=True, exist_ok=True)
        for line in lines:
            if line and not line.startswith("#"):
                content = bytes.fromhex(line)
                (folder / hashlib.sha1(content).hexdigest()).write_bytes(content)
        return 0
    head = [line for line in lines if line.startswith("#")]
    inputs = {path.read_bytes() for path in folder.iterdir() if path.is_file()}
    kept = sorted((content for content in inputs if 0 < len(content) <= LARGEST), key=lambda one: (len(one), one))
    text.write_text("\n".join(head + [content.hex() for content in kept]) + "\n", encoding="ascii")
    return 0


if __name__ == "__main__":
    sys.exit(main())
