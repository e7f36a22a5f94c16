# SPDX-License-Identifier: Apache-2.0
"""Compiles the message catalogues that are newer than their compiled form: no gettext tools are needed.

python -m bamsat.messages
"""

import os
from pathlib import Path

import polib


def compile_catalogues(folder: Path = Path(__file__).parent / "locale") -> list[Path]:
    """Write the .mo beside each .po that changed; the files written."""
    written = []
    for source in sorted(folder.glob("*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
            # Several processes may start at once: each writes its own file, the last one stands.
            partial = target.with_suffix(f".{os.getpid()}.mo")
            polib.pofile(str(source)).save_as_mofile(str(partial))
            partial.replace(target)
            written.append(target)
    return written


if __name__ == "__main__":
    compile_catalogues()
