# SPDX-License-Identifier: Apache-2.0
"""A style filled with the true values of a province and period, and where each of its numbers stands."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

from bench.mistakes.truth import Quantity, Truth

HERE = Path(__file__).parent
_HOLE = re.compile(r"\{([^{}]+)\}")
_STRIPPED = {"02", "10", "14", "17", "22", "26", "27"}
"""Styles that write no zeros at the end of decimals."""
_SIGNED = {"33"}
"""Styles that write + and - for tăng and giảm."""


@dataclass(frozen=True, slots=True)
class Period:
    """What a report is about: up to a month of a year."""

    year: int
    month: int

    def before(self, months: int) -> Period:
        count = self.year * 12 + self.month - 1 - months
        return Period(count // 12, count % 12 + 1)

    def span(self, name: str) -> tuple[str, int, int, int]:
        year, month = self.year, self.month
        if name in ("plan", "np"):
            return ("plan", year + (name == "np"), 1, 12)
        if name in ("pm", "pq"):
            ended = self.before(1 if name == "pm" else 3)
            return ("actual", ended.year, ended.month - (2 if name == "pq" else 0), ended.month)
        spans = {
            "m": (year, month, month), "ly": (year - 1, month, month),
            "c": (year, 1, month), "cp": (year - 1, 1, month), "y": (year, 1, 12), "py": (year - 1, 1, 12),
            "q": (year, month - 2, month), "lq": (year - 1, month - 2, month), "q1": (year, 1, 3), "q2": (year, 4, 6),
            "h1": (year, 1, 6), "h2": (year, 7, 12), "q3": (year, 7, 9), "q4": (year, 10, 12),
            "pc": (year, 1, month - 1),
            "m1": (year, month - 2, month - 2), "m2": (year, month - 1, month - 1), "m3": (year, month, month),
        }  # fmt: skip
        return ("actual", *spans[name])


@dataclass(frozen=True, slots=True)
class Slot:
    """One number of a report: what it is by its style, its value and where it stands; `word` is its tăng or giảm."""

    said: str
    way: str
    upper: Quantity
    lower: Quantity | None
    decimals: int
    shown: Decimal
    start: int
    end: int
    word: tuple[int, int] | None = None
    hedged: bool = False


@dataclass(frozen=True, slots=True)
class Report:
    """A report as text, with its numbers."""

    text: str
    slots: tuple[Slot, ...]


def rounded(value: Decimal, decimals: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def written(value: Decimal, decimals: int, stripped: bool = False) -> str:
    """A number as Vietnamese reports write it, without its sign."""
    digits = f"{abs(rounded(value, decimals)):,.{max(decimals, 0)}f}"
    if stripped and "." in digits:
        digits = digits.rstrip("0").rstrip(".")
    return digits.translate(str.maketrans(",.", ".,"))


def shown(truth: Truth, way: str, upper: Quantity, lower: Quantity | None) -> Decimal:
    """The exact value that a number of a way rounds."""
    over = truth.value(upper)
    if way in "vh" or lower is None:
        return over
    under = truth.value(lower)
    return {"g": 100 * over / under - 100, "d": over - under}.get(way, 100 * over / under)


def slot(said: str, period: Period, truth: Truth, stripped: bool, signed: bool) -> tuple[Slot, str]:
    """A hole's number and the words that take its place; its places count from the beginning of these."""
    way, ratio, places, *width = said.split(":")
    head, _, at = ratio.partition("@")
    (first, _, second), (this, _, that) = head.partition("/"), at.partition("/")
    upper: Quantity = (first, *period.span(this))
    lower: Quantity | None = (second or first, *period.span(that or this)) if second or that else None
    value, decimals = shown(truth, way, upper, lower), int(places)
    assert value > 0 or way in "gd", f"{said}: a style has no words for a value below zero"
    number = written(value, decimals, stripped)
    printed = int(number.partition(",")[2] != "") * len(number.partition(",")[2]) if stripped else decimals
    words = f"{'tăng' if value >= 0 else 'giảm'} " if way in "gd" else ""
    if signed and words:
        words = "+" if value >= 0 else "-"
    words += " " * (int(*width) - len(number) if width else 0)
    if way == "h":
        words = "gần " if rounded(value, decimals) >= value else "trên "
    word = (0, len(words.split(" ")[0])) if way in "gd" else None
    start = len(words)
    made = Slot(said, way, upper, lower, min(printed, decimals), rounded(value, decimals), start, start + len(number),
                word, way == "h")  # fmt: skip
    return made, words + number


def report(style: str, province: str, period: Period, truth: Truth) -> Report:
    template = next(HERE.glob(f"**/styles/{style}_*.txt")).read_text(encoding="utf-8")
    names = {
        "P": province, "T": period.month, "Y": period.year, "PY": period.year - 1, "NY": period.year + 1,
        "N": period.month, "PT": period.before(1).month, "Q": ("I", "II", "III", "IV")[(period.month - 1) // 3],
        "M1": period.month - 2, "M2": period.month - 1, "M3": period.month, "TT": f"{period.month:02}",
        "PP": province.upper(),
    }  # fmt: skip
    text, slots, done = "", [], 0
    for hole in _HOLE.finditer(template):
        text += template[done : hole.start()]
        done = hole.end()
        if hole[1] in names:
            text += str(names[hole[1]])
            continue
        made, words = slot(hole[1], period, truth, style in _STRIPPED, style in _SIGNED)
        at = len(text)
        word = (at + made.word[0], at + made.word[1]) if made.word else None
        slots.append(replace(made, start=at + made.start, end=at + made.end, word=word))
        text += words
    return Report(text + template[done:], tuple(slots))
