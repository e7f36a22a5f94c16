# SPDX-License-Identifier: Apache-2.0
"""What a publication consists of: every file with its SHA-256, rows of each table, one digest for all of the data."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from bamsat.core.compare.published import MANIFEST

FORMAT = "bamsat-publication-1"
# The page tells when it was made; two publications of one state of the ledger differ in it, not in their data.
PAGE = "README.md"


@dataclass(frozen=True, slots=True)
class Listed:
    sha256: str
    bytes: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """`digest` covers names and contents of all files but the page; `known` is the moment whose knowledge this is."""

    product: str
    known: str
    asked: Mapping[str, Any]
    rows: Mapping[str, int]
    files: Mapping[str, Listed]
    digest: str

    def write(self, folder: Path) -> None:
        told = {"format": FORMAT} | asdict(self)
        (folder / MANIFEST).write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


@dataclass(frozen=True, slots=True)
class Trouble:
    """What is wrong with a file of a publication."""

    vi: str
    en: str


def listed(folder: Path) -> dict[str, Listed]:
    """Every file that is in the folder, but the manifest itself."""
    return {name: _listed(folder / name) for name in sorted(files_in(folder)) if name != MANIFEST}


def digest_of(files: Mapping[str, Listed]) -> str:
    """
    >>> digest_of({"a": Listed("1", 1), PAGE: Listed("2", 1)}) == digest_of({"a": Listed("1", 1)})
    True
    """
    lines = "".join(f"{files[name].sha256}  {name}\n" for name in sorted(files) if name != PAGE)
    return hashlib.sha256(lines.encode()).hexdigest()


def files_in(folder: Path) -> set[str]:
    """Names of all files below, with slashes."""
    return {Path(at, name).relative_to(folder).as_posix() for at, _folders, names in os.walk(folder) for name in names}


def read(folder: Path) -> Manifest | None:
    """The manifest of a publication; None where there is none that can be read."""
    try:
        told = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        if told.pop("format") != FORMAT:
            return None
        files = {str(name): Listed(**each) for name, each in told.pop("files").items()}
        return Manifest(**told, files=files)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def troubles(folder: Path, manifest: Manifest) -> list[Trouble]:
    """What differs from the manifest: files that are missing, altered or added; a digest that does not fit."""
    found, there = list[Trouble](), listed(folder)
    for name in sorted({*manifest.files, *there}):
        if name not in there:
            found.append(Trouble(f"{name}: không còn", f"{name}: missing"))
        elif name not in manifest.files:
            found.append(Trouble(f"{name}: thêm vào sau", f"{name}: added later"))
        elif there[name] != manifest.files[name]:
            found.append(Trouble(f"{name}: nội dung đã khác", f"{name}: altered"))
    if digest_of(manifest.files) != manifest.digest:
        found.append(Trouble(f"{MANIFEST}: mã kiểm chung không khớp", f"{MANIFEST}: the digest does not fit"))
    return found


def _listed(file: Path) -> Listed:
    with file.open("rb") as content:
        return Listed(hashlib.file_digest(content, "sha256").hexdigest(), os.fstat(content.fileno()).st_size)
