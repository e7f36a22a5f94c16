# SPDX-License-Identifier: Apache-2.0
"""Mistakes put into a Word file as a hand would: a number, a unit or a direction word that is not the ledger's."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from lxml import etree

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DOCUMENT = "word/document.xml"
_DIGITS = re.compile(r"\d[\d.,]*\d|\d")
_DIRECTION = re.compile(r"\b(tăng|giảm)(?= (?:nhẹ |mạnh |bình quân )?(?:gần |trên |hơn |khoảng |xấp xỉ )?$)")
_UNITS = {
    "tỷ đồng": "triệu đồng", "triệu đồng": "tỷ đồng", "triệu USD": "triệu đồng", "nghìn tấn": "tấn", "tấn": "nghìn tấn",
    "triệu kWh": "nghìn kWh", "nghìn m3": "m3", "triệu viên": "nghìn viên", "triệu lít": "nghìn lít",
    "điểm phần trăm": "%",
}  # fmt: skip
KINDS = ("number", "separator", "unit", "direction")


@dataclass(frozen=True, slots=True)
class Changed:
    """A file with one mistake, and what it is."""

    data: bytes
    kind: str
    was: str
    now: str


def changed(data: bytes, kind: str, draw: Random) -> Changed | None:
    """The file with one mistake of a kind; None where nothing in it can be mistaken so."""
    root, rest = _opened(data)
    ways = list(_ways(root, kind))
    if not ways:
        return None
    node, now = draw.choice(ways)
    was, node.text = node.text or "", now
    return Changed(_closed(root, rest), kind, was[-40:], now[-40:])


def _ways(root: Any, kind: str) -> list[tuple[Any, str]]:
    found: list[tuple[Any, str]] = []
    for control in root.iter(f"{_W}sdt"):
        texts = list(control.iter(f"{_W}t"))
        if len(texts) != 1 or not texts[0].text:
            continue
        if kind == "direction":
            found += _turned(control)
        elif now := _CHANGES[kind](texts[0].text):
            found.append((texts[0], now))
    return found


def _turned(control: Any) -> Sequence[tuple[Any, str]]:
    """The words before a number, with "tăng" for "giảm"."""
    before = control.getprevious()
    texts = list(before.iter(f"{_W}t")) if before is not None and before.tag == f"{_W}r" else []
    if not texts or not (found := _DIRECTION.search(texts[-1].text or "")):
        return ()
    text, other = texts[-1].text, "giảm" if found[1] == "tăng" else "tăng"
    return ((texts[-1], text[: found.start()] + other + text[found.end() :]),)


def _number(text: str) -> str:
    """One digit is another: the first, which nobody rounds away."""
    found = _DIGITS.search(text)
    if found is None:
        return ""
    other = str((int(found[0][0]) + 4) % 9 + 1)
    return text[: found.start()] + (other if other != found[0][0] else "7") + text[found.start() + 1 :]


def _separator(text: str) -> str:
    """The comma one digit further: 12,77 as 127,7."""
    found = _DIGITS.search(text)
    if found is None or "," not in found[0] or "." in found[0]:
        return ""
    whole, decimals = found[0].split(",")
    moved = f"{whole}{decimals[0]},{decimals[1:]}".rstrip(",").lstrip("0")
    if not moved or moved.startswith(",") or len(moved.partition(",")[0]) > 3 or moved == found[0]:
        return ""
    return text[: found.start()] + moved + text[found.end() :]


def _unit(text: str) -> str:
    for unit, other in _UNITS.items():
        for said in (unit, unit.replace(" ", "\u00a0")):
            if text.endswith((f" {said}", f"\u00a0{said}")):
                return text[: -len(said)] + other
    return ""


_CHANGES = {"number": _number, "separator": _separator, "unit": _unit}


def _opened(data: bytes) -> tuple[Any, dict[str, bytes]]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    return etree.fromstring(parts.pop(_DOCUMENT)), parts


def _closed(root: Any, parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, blob in parts.items():
            archive.writestr(name, blob)
        archive.writestr(_DOCUMENT, etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))
    return out.getvalue()
