# SPDX-License-Identifier: Apache-2.0
"""What may be added: flows over time and places, stocks over places; the rest is refused with the reason."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from bamsat.core.ledger.amounts import Amount, Bounds, quotient
from bamsat.core.terms.errors import BamsatError
from bamsat.core.terms.period import Period

AddsUp = Literal["flow", "stock", "index", "ratio"]
Over = Literal["time", "places", "breakdown"]


class AdditionRefused(BamsatError):
    """A sum that makes no sense, or that would not be whole."""


class NothingToAdd(AdditionRefused):
    """No part at all."""


class IndicesDoNotAdd(AdditionRefused):
    """An index is no quantity; a mean of indices needs weights."""


class RatiosDoNotAdd(AdditionRefused):
    """The ratio of a whole comes from the numerators and denominators of its parts."""


class UnitsDiffer(AdditionRefused):
    """Parts in different units or at different scales."""


class PriceBasesDiffer(AdditionRefused):
    """Parts at current prices and at constant ones, or at constant prices of different years."""


class ProvidersDiffer(AdditionRefused):
    """Parts from sources that count differently."""


class PeriodsDiffer(AdditionRefused):
    """Parts of places or of a breakdown that are not of one period."""


class PeriodsOverlap(AdditionRefused):
    """Months that would count twice."""


class MonthsMissing(AdditionRefused):
    """Months of the whole without a figure; `months` says which."""

    def __init__(self, *, vi: str, en: str, months: tuple[str, ...]) -> None:
        super().__init__(vi=vi, en=en)
        self.months = months


class PartsMissing(AdditionRefused):
    """Places or segments of the whole without a figure; `lacking` says which."""

    def __init__(self, *, vi: str, en: str, lacking: tuple[str, ...]) -> None:
        super().__init__(vi=vi, en=en)
        self.lacking = lacking


class PartsTwice(AdditionRefused):
    """One place or segment that would count twice."""


@dataclass(frozen=True, slots=True)
class Addend:
    """A figure that may become part of a total, with what decides whether it may.

    `of` is the place or the segment; give it, price basis and provider by names that people know: refusals quote them.
    """

    amount: Amount
    period: Period
    unit: str = ""
    scale: int = 0
    price_basis: str = ""
    provider: str = "department"
    of: str = ""


def total(
    parts: Sequence[Addend],
    adds_up: AddsUp,
    over: Over,
    *,
    whole: Period | None = None,
    expected: Collection[str] | None = None,
) -> Amount:
    """The total of flows or stocks. Over time flows add and stocks are what they were at the end.

    `whole` is the period that months must fill without a gap; `expected` are the places or segments that must be there.

    >>> months = [Addend(Amount.exactly(10 * n), Period.month(2025, n)) for n in (1, 2, 3)]
    >>> total(months, "flow", "time").value, total(months, "stock", "time").value
    (60, 30)
    >>> total(months[::2], "flow", "time")
    Traceback (most recent call last):
    bamsat.core.ledger.totals.MonthsMissing: Chưa có số của tháng 2/2025. Hãy nhập đủ các tháng rồi cộng lại.
    """
    _refuse_what_does_not_add(adds_up)
    _check_alike(parts)
    if over == "time":
        return _over_time(parts, adds_up, whole)
    _check_one_period(parts)
    _check_each_once(parts, expected)
    return Amount.sum(part.amount for part in parts)


def year_to_date(parts: Iterable[Addend], until: Period, adds_up: AddsUp = "flow") -> Amount:
    """From January to the end of a period, from the months among the parts.

    >>> months = [Addend(Amount.exactly(n), Period.month(2025, n)) for n in range(1, 13)]
    >>> year_to_date(months, Period.month(2025, 6)).value
    21
    """
    return from_months(parts, Period(until.end_year * 12, until.last), adds_up)


def from_months(parts: Iterable[Addend], whole: Period, adds_up: AddsUp = "flow") -> Amount:
    """A quarter, a half-year or a year from its months; longer periods among the parts are left aside.

    >>> months = [Addend(Amount.exactly(n), Period.month(2025, n)) for n in range(1, 13)]
    >>> from_months(months, Period.quarter(2025, 2)).value
    15
    """
    months = [p for p in parts if p.period.length == 1 and whole.first <= p.period.first <= whole.last]
    if not months:
        raise _missing_months(range(whole.first, whole.last + 1))
    return total(months, adds_up, "time", whole=whole)


def total_of_ratio(numerator: Amount, denominator: Amount, times: Decimal = Decimal(1)) -> Bounds:
    """The ratio of a whole: the total of the numerators over the total of the denominators.

    >>> total_of_ratio(Amount.exactly(10), Amount.exactly(20), times=Decimal(100)).value
    Decimal('50')
    """
    bounds = quotient(numerator, denominator, times)
    if bounds is None:
        raise AdditionRefused(
            vi="Tổng mẫu số có thể bằng 0 nên không tính được tỷ lệ chung. Hãy kiểm tra số của mẫu số.",
            en="The total of the denominators may be 0, so there is no ratio of the whole. Check the denominators.",
        )
    return bounds


def mean_of_indices(parts: Sequence[Addend], weights: Mapping[str, Decimal] | None) -> Bounds:
    """The index of a whole: the mean of its parts' indices by weights under the names in `of`.

    >>> now = Period.month(2025, 1)
    >>> parts = [Addend(Amount.exactly(110), now, of="A"), Addend(Amount.exactly(100), now, of="B")]
    >>> mean_of_indices(parts, {"A": Decimal(3), "B": Decimal(1)}).value
    Decimal('107.5')
    """
    _check_alike(parts)
    _check_one_period(parts)
    _check_each_once(parts, None)
    if weights is None:
        _refuse_what_does_not_add("index")
    known = weights or {}
    lacking = [part.of for part in parts if known.get(part.of, -1) < 0]
    if lacking:
        raise PartsMissing(
            vi=f"Chưa có quyền số của {_listed(lacking)}. Hãy nhập giá trị tăng thêm của kỳ gốc.",
            en=f"There are no weights for {_listed(lacking)}. Enter the value added of the base period.",
            lacking=tuple(lacking),
        )
    weighted = [(Fraction(known[part.of]), part.amount) for part in parts]
    whole = sum((weight for weight, _ in weighted), Fraction(0))
    if not whole:
        raise IndicesDoNotAdd(
            vi="Các quyền số đều bằng 0. Hãy nhập giá trị tăng thêm của kỳ gốc làm quyền số.",
            en="The weights are all 0. Enter the value added of the base period as weights.",
        )
    return Bounds.of(
        sum((w * a.value for w, a in weighted), Fraction(0)) / whole,
        sum((w * a.lower for w, a in weighted), Fraction(0)) / whole,
        sum((w * a.upper for w, a in weighted), Fraction(0)) / whole,
    )


def _refuse_what_does_not_add(adds_up: AddsUp) -> None:
    if adds_up == "index":
        raise IndicesDoNotAdd(
            vi="Chỉ số không cộng được. Hãy tính bình quân theo quyền số là giá trị tăng thêm của kỳ gốc.",
            en="Indices do not add. Take their mean, weighted with the value added of the base period.",
        )
    if adds_up == "ratio":
        raise RatiosDoNotAdd(
            vi="Tỷ lệ không cộng được. Hãy cộng riêng tử số và mẫu số rồi chia.",
            en="Ratios do not add. Add the numerators and the denominators, then divide.",
        )


def _check_alike(parts: Sequence[Addend]) -> None:
    if not parts:
        raise NothingToAdd(
            vi="Không có số nào để cộng. Hãy chọn ít nhất một số.",
            en="There is nothing to add. Choose at least one figure.",
        )
    units = _kinds(parts, lambda part: f"{part.unit} ({part.scale})" if _scales(parts) else part.unit)
    if units:
        raise UnitsDiffer(
            vi=f"Các số không cùng đơn vị: {units}. Hãy đổi về một đơn vị rồi cộng.",
            en=f"The figures are not in one unit: {units}. Convert them to one unit first.",
        )
    prices = _kinds(parts, lambda part: part.price_basis)
    if prices:
        raise PriceBasesDiffer(
            vi=f"Các số không cùng loại giá: {prices}. Hãy chỉ cộng số theo một loại giá và một năm gốc.",
            en=f"The figures are not at one price basis: {prices}. Add figures of one basis and base year only.",
        )
    providers = _kinds(parts, lambda part: part.provider)
    if providers:
        raise ProvidersDiffer(
            vi=f"Các số không cùng nguồn: {providers}. Mỗi nguồn đếm một cách. Hãy cộng số của một nguồn.",
            en=f"The figures are not from one provider: {providers}. Each counts its own way; add those of one.",
        )


def _scales(parts: Sequence[Addend]) -> bool:
    return len({part.scale for part in parts}) > 1


def _kinds(parts: Sequence[Addend], of: Callable[[Addend], str]) -> str:
    """The kinds among the parts when there is more than one."""
    kinds = dict.fromkeys(of(part) for part in parts)
    return _listed([kind or "-" for kind in kinds]) if len(kinds) > 1 else ""


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names)


def _over_time(parts: Sequence[Addend], adds_up: AddsUp, whole: Period | None) -> Amount:
    if len({part.of for part in parts}) > 1:
        raise PartsTwice(
            vi=f"Cộng theo thời gian chỉ cho một nơi, ở đây có {_kinds(parts, lambda part: part.of)}. "
            "Hãy cộng theo nơi trước.",
            en=f"Time is added up for one place; here are {_kinds(parts, lambda part: part.of)}. Add the places first.",
        )
    ordered = sorted(parts, key=lambda part: part.period)
    end = whole.last if whole else max(part.period.last for part in parts)
    if adds_up == "stock":
        return _at_the_end(ordered, end)
    _check_no_overlap(ordered)
    start = whole.first if whole else ordered[0].period.first
    covered = {month for part in ordered for month in range(part.period.first, part.period.last + 1)}
    outside = [part.period.code for part in ordered if part.period.first < start or part.period.last > end]
    if outside:
        raise PeriodsDiffer(
            vi=f"Kỳ {_listed(outside)} nằm ngoài kỳ cần cộng. Hãy bỏ các kỳ đó hoặc đổi kỳ cần cộng.",
            en=f"{_listed(outside)} lies outside the period to be added up. Leave it out or change the period.",
        )
    gaps = [month for month in range(start, end + 1) if month not in covered]
    if gaps:
        raise _missing_months(gaps)
    return Amount.sum(part.amount for part in ordered)


def _at_the_end(ordered: Sequence[Addend], end: int) -> Amount:
    last = [part for part in ordered if part.period.last == end]
    if not last:
        raise _missing_months([end])
    if len({part.amount for part in last}) > 1:
        raise PeriodsOverlap(
            vi=f"Có nhiều số cuối kỳ khác nhau: {_listed([p.period.code for p in last])}. Hãy chọn một số.",
            en=f"There are different figures for the end: {_listed([p.period.code for p in last])}. Choose one.",
        )
    return last[0].amount


def _check_no_overlap(ordered: Sequence[Addend]) -> None:
    reached = ordered[0].period
    for part in ordered[1:]:
        if part.period.first <= reached.last:
            raise PeriodsOverlap(
                vi=f"Kỳ {reached.code} và kỳ {part.period.code} trùng nhau nên sẽ tính hai lần. Hãy bỏ một kỳ.",
                en=f"{reached.code} and {part.period.code} overlap and would count twice. Leave one out.",
            )
        reached = part.period


def _missing_months(months: Iterable[int]) -> MonthsMissing:
    periods = [Period(month, month) for month in months]
    told = _listed([f"{p.first % 12 + 1}/{p.start_year}" for p in periods])
    return MonthsMissing(
        vi=f"Chưa có số của tháng {told}. Hãy nhập đủ các tháng rồi cộng lại.",
        en=f"There is no figure for {_listed([p.code for p in periods])}. Enter all months, then add again.",
        months=tuple(p.code for p in periods),
    )


def _check_one_period(parts: Sequence[Addend]) -> None:
    periods = _kinds(parts, lambda part: part.period.code)
    if periods:
        raise PeriodsDiffer(
            vi=f"Các số không cùng kỳ: {periods}. Hãy cộng theo thời gian trước.",
            en=f"The figures are not of one period: {periods}. Add up time first.",
        )


def _check_each_once(parts: Sequence[Addend], expected: Collection[str] | None) -> None:
    names = [part.of for part in parts]
    twice = [name for name in dict.fromkeys(names) if names.count(name) > 1]
    if twice:
        raise PartsTwice(
            vi=f"Có hai số của {_listed(twice)} nên sẽ tính hai lần. Hãy bỏ một số.",
            en=f"There are two figures of {_listed(twice)}, which would count twice. Leave one out.",
        )
    lacking = [name for name in expected or () if name not in set(names)]
    if lacking:
        raise PartsMissing(
            vi=f"Chưa có số của {_listed(lacking)}. Hãy nhập đủ: tổng của một số phần không phải là tổng chung.",
            en=f"There is no figure for {_listed(lacking)}. Enter it: the sum of some of the parts is not the total.",
            lacking=tuple(lacking),
        )
