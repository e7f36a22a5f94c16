# SPDX-License-Identifier: Apache-2.0
"""Slips of the hand: what a number might have been meant to say, the most plausible first, each with its words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Context, Decimal
from typing import NamedTuple

from bamsat.core.check.model import Slip
from bamsat.core.check.words.printed import Printed, printed, slip_units
from bamsat.core.terms.figure import Figure
from bamsat.core.terms.interval import interval
from bamsat.core.terms.numbers import format_number

_EXACT = Context(prec=60)
_RATIOS = ("growth", "index", "plan_ratio", "share", "contribution")
_SIGNED = ("growth", "change", "contribution")
_THREE_BEHIND = re.compile(r"\d{1,3}[.,]\d{3}")
WEAK = 11  # from this rank a slip proves nothing
ONE_DIGIT = 8  # the rank of one wrong digit


@dataclass(frozen=True, slots=True)
class Meant:
    """What may have been meant: the value with its rounding, the number as it would be written, and the slip.

    `rank` orders slips by how often they happen.
    """

    slip: Slip
    rank: int
    value: Decimal
    low: Decimal
    high: Decimal
    number: str
    vi: str
    en: str


def meant(figure: Figure, within: tuple[Decimal | None, Decimal | None] = (None, None)) -> Iterator[Meant]:
    """Everything that a figure may have been meant to say, by slips that need nothing but its own digits.

    Digits are tried by the hundred: those that say nothing `within` two values are left out at once.
    """
    one = printed(figure)
    if one.number is None or not one.number:
        return
    if _THREE_BEHIND.fullmatch(one.digits) and one.places:
        yield _moved(figure, one, "decimal", 0, 3, ("dấu phẩy viết thay dấu chấm", "a comma written for a point"))
    yield from _scales(figure, one)
    yield from _points(figure, one)
    yield from _signs(figure, one)
    yield from _hundreds(figure, one)
    for typed in (*_swapped(one), *_digits(one)):
        if figure.hedge is not None or _within(typed, one, within):
            yield _made(figure, one, "digits", typed.rank, typed.number, typed.why, places=typed.places)


class _Typed(NamedTuple):
    """Digits that may have been meant."""

    number: Decimal
    places: int
    rank: int
    why: tuple[str, str]


def _within(typed: _Typed, one: Printed, within: tuple[Decimal | None, Decimal | None]) -> bool:
    value = _EXACT.add(_EXACT.multiply(one.times, typed.number), one.plus)
    grain, (low, high) = abs(one.times).scaleb(-typed.places), within
    return (low is None or value + grain >= low) and (high is None or value - grain <= high)


def _made(
    figure: Figure, one: Printed, slip: Slip, rank: int, number: Decimal, why: tuple[str, str], *,
    places: int | None = None, times: Decimal | None = None, plus: Decimal | None = None, text: str = "",
) -> Meant:  # fmt: skip
    """A slip as a number that could have been written, with the interval that it would have said."""
    places = max(one.places if places is None else places, 0)
    times = one.times if times is None else times
    plus = one.plus if plus is None else plus
    value = _EXACT.add(_EXACT.multiply(times, number), plus)
    digits = format_number(number.copy_abs(), places)
    counted = figure.lower == figure.upper == figure.value
    less = _EXACT.multiply(times, number)
    low, high = interval(
        less, digits, abs(times), figure.hedge, kind="counted" if counted else "physical", falls=less < 0
    )
    shown = text or one.written(number, places)
    return Meant(slip, rank, value, _EXACT.add(low, plus), _EXACT.add(high, plus), shown, *why)


def _scales(figure: Figure, one: Printed) -> Iterator[Meant]:
    """One word of scale for another: nghìn tỷ for tỷ."""
    assert one.number is not None
    if one.plus or figure.measure in _RATIOS:
        return
    for size, factor in slip_units(figure):
        tail = one.text[one.end :].strip()
        why = (f"nhầm {one.size.vi} với {size.vi}", f"{one.size.en} taken for {size.en}")
        if tail:
            text = f"{one.text[: one.end]} {size.vi}"
            yield _made(figure, one, "scale", 0, one.number, why, times=_EXACT.multiply(one.times, factor), text=text)
        else:
            number = _EXACT.multiply(one.number, factor)
            places = max(one.places - factor.adjusted(), 0)
            yield _made(figure, one, "scale", 0, number, why, places=places)


def _points(figure: Figure, one: Printed) -> Iterator[Meant]:
    """A comma for a dot, a comma one digit off, a zero too many or too few."""
    assert one.number is not None
    if _THREE_BEHIND.fullmatch(one.digits) and not one.places:
        yield _moved(figure, one, "decimal", 0, -3, ("dấu chấm viết thay dấu phẩy", "a point written for a comma"))
    elif one.places == 0 and len(one.digits) > 3 and one.digits.isdigit():
        for power in (-1, -2, -3):
            yield _moved(figure, one, "decimal", 1, power, ("thiếu dấu phẩy", "the comma is missing"))
    for power in (-1, 1, -2, 2):
        if one.places == 0 and figure.measure not in _RATIOS:
            many = "một số 0" if abs(power) == 1 else "hai số 0"
            zeros = "one zero" if abs(power) == 1 else "two zeros"
            if power < 0 and one.number % 10**-power:
                why = ("dấu phẩy lệch chỗ", "the comma is out of place")
            else:
                why = (f"{'thừa' if power < 0 else 'thiếu'} {many}", f"{zeros} too {'many' if power < 0 else 'few'}")
            yield _moved(figure, one, "scale", 2, power, why)
        else:
            rank = 6 if figure.measure in _RATIOS else 2
            yield _moved(figure, one, "decimal", rank, power, ("dấu phẩy lệch chỗ", "the comma is out of place"))


def _moved(figure: Figure, one: Printed, slip: Slip, rank: int, power: int, why: tuple[str, str]) -> Meant:
    assert one.number is not None
    number = one.number.scaleb(power)
    whole = power < 0 and one.places == 0 and number == number.to_integral_value()
    places = 0 if whole else max(one.places - power, 0)
    return _made(figure, one, slip, rank, number, why, places=places)


def _swapped(one: Printed) -> Iterator[_Typed]:
    """Two neighbouring digits in each other's place; a digit struck twice."""
    digits, places = _plain(one), one.places
    for at in range(len(digits) - 1):
        first, second = digits[at], digits[at + 1]
        if first == second:
            fewer = digits[:at] + digits[at + 1 :]
            left = places - 1 if at >= len(digits) - places else places
            if fewer.lstrip("0"):
                why = (f"gõ thừa một chữ số {first}", f"one {first} too many")
                yield _typed(one, fewer, max(left, 0), 5, why)
        else:
            other = digits[:at] + second + first + digits[at + 2 :]
            if not _leads_with_zero(other, places):
                why = (f"gõ đảo {second}{first} thành {first}{second}", f"{first}{second} typed for {second}{first}")
                yield _typed(one, other, places, 4, why)


def _signs(figure: Figure, one: Printed) -> Iterator[Meant]:
    """A rise for a fall."""
    if (figure.measure in _SIGNED and not one.plus) or one.plus == 100:
        assert one.number is not None
        falls = figure.value < (100 if one.plus else 0)
        why = ("ghi giảm thay vì tăng", "a rise told as a fall") if falls else (
            "ghi tăng thay vì giảm", "a fall told as a rise"
        )  # fmt: skip
        size = one.number.copy_abs()
        minus = one.written(size if falls or one.plus else -size, one.places)
        yield _made(figure, one, "sign", 3, one.number, why, times=-one.times, text=minus)


def _hundreds(figure: Figure, one: Printed) -> Iterator[Meant]:
    """A growth told as a percentage of the base, or the other way round."""
    assert one.number is not None
    if figure.unit != "%":
        return
    if figure.measure == "growth" and not one.plus and one.number > 0 and figure.value > 0:
        why = ("số đang ghi là phần trăm so với gốc, không phải mức tăng", "what is given is a percentage of the base")
        less = _EXACT.subtract(one.number, Decimal(100))
        yield _made(figure, one, "plan_ratio", 3, less, why)
    elif figure.measure in ("index", "plan_ratio"):
        base = ("kế hoạch", "the plan") if figure.measure == "plan_ratio" else ("gốc", "the base")
        if one.plus == 100:
            why = (
                f"số đang ghi là phần trăm của {base[0]}, không phải mức tăng",
                f"what is given is a percentage of {base[1]}",
            )
            yield _made(figure, one, "plan_ratio", 3, one.number, why, plus=Decimal(0))
        elif not one.plus:
            why = (f"số đang ghi là mức tăng so với {base[0]}", f"what is given is a growth on {base[1]}")
            more = _EXACT.add(one.number, Decimal(100))
            yield _made(figure, one, "plan_ratio", 3, more, why)


def _digits(one: Printed) -> Iterator[_Typed]:
    """One digit wrong, or one digit left out."""
    digits, places = _plain(one), one.places
    for at, old in enumerate(digits):
        for new in "0123456789":
            other = digits[:at] + new + digits[at + 1 :]
            if new != old and not _leads_with_zero(other, places):
                why = (f"gõ nhầm {new} thành {old}", f"{old} typed for {new}")
                yield _typed(one, other, places, ONE_DIGIT, why)
    for at in range(len(digits) + 1):
        for new in "0123456789":
            other = digits[:at] + new + digits[at:]
            in_decimals = at > len(digits) - places
            if not _leads_with_zero(other, places + in_decimals):
                why = (f"gõ thiếu chữ số {new}", f"a {new} left out")
                yield _typed(one, other, places + in_decimals, ONE_DIGIT + 1, why)


def _plain(one: Printed) -> str:
    assert one.number is not None
    return str(int(one.number.copy_abs().scaleb(one.places))).zfill(one.places + 1)


def _leads_with_zero(digits: str, places: int) -> bool:
    return (len(digits) > places + 1 and digits[0] == "0") or not digits.strip("0")


def _typed(one: Printed, digits: str, places: int, rank: int, why: tuple[str, str]) -> _Typed:
    assert one.number is not None
    return _Typed(Decimal(digits).scaleb(-places).copy_sign(one.number), places, rank, why)
