# SPDX-License-Identifier: Apache-2.0
"""Specifications drawn: SVG for the page and the PDF, PNG for Word; each is drawn once."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator, Mapping
from functools import lru_cache
from hashlib import sha256
from typing import Any

import vl_convert

from bamsat.core.report.charts.look import ACCENT, FONT, HATCHED, HATCHED_GREY, INK_3

_NUMBERS = {"decimal": ",", "thousands": ".", "grouping": [3], "currency": ["", ""], "minus": "\u2212"}
_KEPT = 256  # drawings in memory: a large report has forty charts


def digest(spec: Mapping[str, Any]) -> str:
    """By what a drawing is known: the same specification is drawn once and may be cached by its address."""
    return sha256(_written(spec).encode()).hexdigest()


def svg(spec: Mapping[str, Any]) -> str:
    """The chart as SVG: no script, no style sheet, nothing loaded from elsewhere."""
    return _svg(_written(spec))


def png(spec: Mapping[str, Any], scale: float = 2.5) -> bytes:
    """The chart as PNG, `scale` pixels for each px of the specification (2.5 is 240 dots an inch on paper)."""
    return _png(_written(spec), scale)


def _written(spec: Mapping[str, Any]) -> str:
    return json.dumps(spec, ensure_ascii=False, sort_keys=True)


@lru_cache(maxsize=_KEPT)
def _svg(spec: str) -> str:
    # No address is allowed: a specification carries its numbers, drawing it opens no file and no connection.
    drawn = str(vl_convert.vegalite_to_svg(spec, format_locale=_NUMBERS, allowed_base_urls=[]))
    start = drawn.index(">") + 1
    drawn = drawn[:start] + _PATTERNS + drawn[start:]
    for colour, pattern in _HATCHING.items():
        drawn = drawn.replace(f'fill="{colour}"', f'fill="url(#{pattern})"')
    # Windows has no Liberation Sans but Arial, whose letters are as wide.
    return drawn.replace(f'font-family="{FONT}"', f'font-family="{FONT}, Arial, Helvetica, sans-serif"')


@lru_cache(maxsize=_KEPT)
def _png(spec: str, scale: float) -> bytes:
    return _smaller(bytes(vl_convert.svg_to_png(_svg(spec), scale=scale)))


def _smaller(picture: bytes) -> bytes:
    """The same PNG, packed again: the drawer packs fast and loosely, and a report keeps forty of them."""
    parts = list(_parts(picture))
    packed = zlib.compress(zlib.decompress(b"".join(data for kind, data in parts if kind == b"IDAT")), 3)
    kept = [(kind, data) for kind, data in parts if kind not in (b"IDAT", b"IEND")]
    return picture[:8] + b"".join(_part(*part) for part in (*kept, (b"IDAT", packed), (b"IEND", b"")))


def _parts(picture: bytes) -> Iterator[tuple[bytes, bytes]]:
    start = 8
    while start < len(picture):
        length = int.from_bytes(picture[start : start + 4], "big")
        yield picture[start + 4 : start + 8], picture[start + 8 : start + 8 + length]
        start += length + 12


def _part(kind: bytes, data: bytes) -> bytes:
    return len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big")


def _pattern(name: str, colour: str) -> str:
    return (
        f'<pattern id="{name}" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
        f'<rect width="5" height="5" fill="#ffffff"/><rect width="2" height="5" fill="{colour}"/></pattern>'
    )


_HATCHING = {HATCHED: "hatched", HATCHED_GREY: "hatched-grey"}
_PATTERNS = f"<defs>{_pattern('hatched', ACCENT)}{_pattern('hatched-grey', INK_3)}</defs>"
