# SPDX-License-Identifier: Apache-2.0
"""What does not add: ratios, growth and indices on other boundaries, computed anew from restated levels or weights."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction

from bamsat.core.ledger.amounts import Bounds, quotient
from bamsat.core.ledger.boundaries import Boundaries, Values
from bamsat.core.ledger.outcomes import Derived, Part, Refusal, Restated
from bamsat.core.ledger.succession import Names, listed, plain_name

_HUNDRED = Decimal(100)


def ratio_of(
    numerator: Restated | Refusal, denominator: Restated | Refusal, times: Decimal = Decimal(1)
) -> Derived | Refusal:
    """A ratio from its restated parts; `times` turns it into the ratio's own unit (100 for percent).

    >>> from bamsat.core.ledger.amounts import Amount
    >>> done, all_of_them = Restated("C", Amount.exactly(30), (), ()), Restated("C", Amount.exactly(40), (), ())
    >>> ratio_of(done, all_of_them, times=Decimal(100)).bounds.value
    Decimal('75')
    """
    if isinstance(numerator, Refusal):
        return numerator
    if isinstance(denominator, Refusal):
        return denominator
    bounds = quotient(numerator.amount, denominator.amount, times)
    if bounds is None:
        return Refusal(
            numerator.place, "zero",
            vi="Mẫu số có thể bằng 0 nên không tính được tỷ lệ.",
            en="The denominator may be 0, so there is no ratio.",
        )  # fmt: skip
    return Derived(numerator.place, bounds, (numerator, denominator))


def growth_of(now: Restated | Refusal, before: Restated | Refusal) -> Derived | Refusal:
    """By how many percent a level grew on one set of boundaries, from the restated levels of both periods.

    >>> from bamsat.core.ledger.amounts import Amount
    >>> growth_of(Restated("C", Amount.exactly(33), (), ()), Restated("C", Amount.exactly(30), (), ())).bounds.value
    Decimal('10')
    """
    if isinstance(now, Refusal):
        return now
    if isinstance(before, Refusal):
        return before
    bounds = quotient(now.amount, before.amount, _HUNDRED, less=_HUNDRED) if before.amount.lower > 0 else None
    if bounds is None:
        return Refusal(
            now.place, "zero",
            vi="Số của kỳ so sánh có thể bằng 0 hoặc âm nên không tính được tăng trưởng.",
            en="The level compared with may be 0 or negative, so there is no growth.",
        )  # fmt: skip
    return Derived(now.place, bounds, (now, before))


def ratio_without_parts(target: Hashable, names: Names = plain_name) -> Refusal:
    """Why a published ratio alone cannot follow a place onto other boundaries."""
    vi, en = names(target)
    return Refusal(
        target, "no_parts",
        vi=f"{vi}: tỷ lệ không cộng được; cần số của tử số và mẫu số. Hãy khai tử số và mẫu số của chỉ tiêu.",
        en=f"{en}: ratios do not add; figures of the numerator and the denominator are needed. "
        "State both in the indicator.",
    )  # fmt: skip


def reweigh(
    boundaries: Boundaries,
    target: Hashable,
    indices: Values,
    weights: Mapping[Hashable, Decimal] | None,
    *,
    as_of: date,
    on: date,
    names: Names = plain_name,
) -> Derived | Refusal:
    """An index on other boundaries: the mean of its parts' indices, weighted with the value added of the base period.

    Weights stand on the same boundaries as the indices. Where a place only changed its name none are needed.
    """
    restated = boundaries.restate(target, indices, as_of=as_of, on=on)
    if isinstance(restated, Refusal):
        return restated
    if len(restated.parts) == 1 and restated.parts[0].share == 1:
        own = restated.amount
        bounds = Bounds.of(Fraction(own.value), Fraction(own.lower), Fraction(own.upper))
        return Derived(target, bounds, parts=restated.parts, steps=restated.steps)
    known = weights or {}
    lacking = [part.place for part in restated.parts if known.get(part.place, -1) < 0]
    if lacking:
        return _no_weights(target, lacking, names)
    return _mean(restated, [part.share * Fraction(known[part.place]) for part in restated.parts])


def _mean(restated: Restated, weights: list[Fraction]) -> Derived | Refusal:
    whole = sum(weights, Fraction(0))
    if not whole:
        return Refusal(
            restated.place, "no_weights",
            vi="Các quyền số đều bằng 0 nên không tính lại được chỉ số. Hãy nhập giá trị tăng thêm của kỳ gốc.",
            en="The weights are all 0, so there is no index. Enter the value added of the base period.",
        )  # fmt: skip
    parts = tuple(
        Part(part.place, part.amount, weight / whole) for part, weight in zip(restated.parts, weights, strict=True)
    )
    amounts = [(part.amount, part.share) for part in parts if part.amount]
    bounds = Bounds.of(
        sum((share * amount.value for amount, share in amounts), Fraction(0)),
        sum((share * amount.lower for amount, share in amounts), Fraction(0)),
        sum((share * amount.upper for amount, share in amounts), Fraction(0)),
    )
    return Derived(restated.place, bounds, parts=parts, steps=restated.steps)


def _no_weights(target: Hashable, lacking: list[Hashable], names: Names) -> Refusal:
    (vi, en), (of_vi, of_en) = names(target), listed(lacking, names)
    return Refusal(
        target, "no_weights",
        vi=f"{vi}: chỉ số không cộng được; chưa có quyền số của {of_vi}. "
        "Hãy nhập giá trị tăng thêm của kỳ gốc làm quyền số.",
        en=f"{en}: indices do not add; there are no weights for {of_en}. "
        "Enter the value added of the base period as weights.",
        missing=tuple(lacking),
    )  # fmt: skip
