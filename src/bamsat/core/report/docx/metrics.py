# SPDX-License-Identifier: Apache-2.0
"""How wide words are in Times New Roman, so that rules and columns get their lengths without a layout engine."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

# Thousandths of the type's size, by the letters that have it. A letter with marks is as wide as without.
_UPRIGHT = {
    180: "'", 250: " .,\xa0", 278: "ijlt:;/", 333: "frI-()", 389: "sJ", 408: '"', 444: "acez“”",
    500: "bdghknopquvxy0123456789–", 556: "FPS", 564: "+", 611: "ELTZ", 667: "BCR", 722: "wADGHKNOQUVXYĐ",
    778: "m&", 833: "%", 889: "M", 944: "W", 1000: "—",
}  # fmt: skip
_BOLD = {
    250: " .,\xa0", 278: "il/'", 333: "fjt:;-()", 389: "sI", 444: "cerz", 500: "agovxyJ0123456789–“”", 555: '"',
    556: "bdhknpquSđ", 570: "+", 611: "FP", 667: "BELTZ", 722: "wACDNRUVXYĐ", 778: "GHKOQ", 833: "m&", 944: "M",
    1000: "W—%",
}  # fmt: skip
_WIDTHS = {
    bold: {letter: width for width, letters in table.items() for letter in letters}
    for bold, table in ((False, _UPRIGHT), (True, _BOLD))
}
_HORN = 45  # ơ and ư are a little wider than o and u
_UNKNOWN = 600
_BEFORE_NUMBER = (" ngày", " tháng", " quý", " năm", " số")
_MM_A_POINT = 25.4 / 72


def width(text: str, size: float, bold: bool = False) -> float:
    """Millimetres that a line of text takes at a size in points.

    >>> round(width("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 13, bold=True))
    96
    """
    return _thousandths(text, bold) * size / 1000 * _MM_A_POINT


@lru_cache(maxsize=32_768)
def _thousandths(text: str, bold: bool) -> int:
    return sum(_letter(letter, bold) for letter in text)


@lru_cache(maxsize=2048)
def _letter(letter: str, bold: bool) -> int:
    parts = unicodedata.normalize("NFD", letter)
    horn = _HORN if "\u031b" in parts else 0
    return _WIDTHS[bold].get(parts[0], _UNKNOWN) + horn


def lines(text: str, most: float, size: float, bold: bool = False) -> list[str]:
    """The lines into which words fall within a width.

    >>> lines("ỦY BAN NHÂN DÂN TỈNH CAO BẰNG", 62, 13)
    ['ỦY BAN NHÂN DÂN TỈNH', 'CAO BẰNG']
    """
    found: list[str] = []
    for word in text.split():
        if found and width(f"{found[-1]} {word}", size, bold) <= most:
            found[-1] += f" {word}"
        else:
            found.append(word)
    return found


def balanced(text: str, most: float, size: float, bold: bool = False) -> float:
    """The least width in which words take no more lines than within `most`: lines of like length, none of which ends
    before a number that belongs to it.

    >>> inside = balanced("Kết quả công tác năm 2021 và nhiệm vụ trọng tâm năm 2022", 100, 14, bold=True)
    >>> lines("Kết quả công tác năm 2021 và nhiệm vụ trọng tâm năm 2022", inside, 14, bold=True)
    ['Kết quả công tác năm 2021 và', 'nhiệm vụ trọng tâm năm 2022']
    """
    wanted = len(lines(text, most, size, bold))
    if wanted <= 1:
        return most
    low, high = 0.0, most
    while high - low > 1:
        middle = (low + high) / 2
        fits = len(lines(text, middle, size, bold)) <= wanted
        low, high = (low, middle) if fits else (middle, high)
    tried = [high + step for step in range(1, int(most - high)) if _ends_well(lines(text, high + step, size, bold))]
    return min(most, tried[0] if tried else high + 1)


def _ends_well(found: list[str]) -> bool:
    return not any(line.endswith(_BEFORE_NUMBER) for line in found[:-1])
