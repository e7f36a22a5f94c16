# SPDX-License-Identifier: Apache-2.0
"""Dividing a target among months, quarters, places or codes: the parts always add up to it, to the last unit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import translation

from bamsat.core.ledger import allocation as shares
from bamsat.core.terms.numbers import format_number
from bamsat.rooms.accounts import audit
from bamsat.rooms.catalogue.models import Indicator
from bamsat.rooms.figures.ledger import Draft
from bamsat.rooms.figures.models import Entry, Plan
from bamsat.rooms.figures.plans import actions, queries
from bamsat.rooms.figures.plans.actions import PlanRefused
from bamsat.rooms.figures.plans.parts import Part, last_year, parts_of
from bamsat.rooms.figures.plans.typed import Said, said
from bamsat.rooms.figures.scopes import may_write
from bamsat.rooms.places.queries import NotAllowed, writing_scope
from bamsat.rooms.places.rights import Function
from bamsat.ui import words

if TYPE_CHECKING:
    from bamsat.rooms.accounts.models import User

METHODS = ("equal", "last_year", "shares", "amounts")
_PERCENT = Decimal(100)


@dataclass(frozen=True, slots=True)
class Worked:
    """One part with its share, before anything is written; None where the part is given nothing of its own."""

    part: Part
    value: Said | None


@transaction.atomic
def allocate(
    user: User,
    plan: Plan,
    target: Entry,
    over: str,
    method: str = "equal",
    typed: Mapping[str, str | Decimal] | None = None,
    *,
    codelist: str = "",
    step: Decimal | None = None,
    reason: str = "",
) -> list[Entry]:
    """Divide a target of a plan over "months", "quarters", "places" or the codes of a list ("breakdown").

    Methods: "equal"; "last_year", in the shape of last year's actual values; "shares", percentages in `typed` by the
    key of a part (a period's code, a place's address, a code); "amounts", values in `typed`, which must add up to the
    target. `step` keeps the parts round: the last of them takes what is left. A growth goes to each part as it is, or
    as typed. Dividing again replaces the parts; a part that is left out is withdrawn.
    """
    plan = actions.held(user, plan)
    actions.in_force(plan)
    target = current(plan, target)
    parts = parts_of(target, over, codelist)
    _may_divide(user, target, parts)
    worked = work_out(user, target, parts, method, typed or {}, step)
    known = queries.Tree(queries.targets(plan)).division(target, over, codelist)
    standing = {(e.period, e.series.place_id, e.series.segment): e for e in known.parts} if known else {}
    if standing:
        reason = actions.with_reason(reason)
    drafts = [_draft(plan, target, each.part, each.value) for each in worked if each.value]
    told = reason or f"Chia từ {format_number(target.amount)} {words.unit_name(target.series.unit)}"
    entries = actions.write(user, plan, drafts, told)
    kept = {each.part.line for each in worked if each.value}
    gone = [entry for line, entry in standing.items() if line not in kept]
    actions.take_back(user, gone, told)
    audit.record(
        user, "figures.plan.allocated", plan, reason, target=str(target.uuid), over=over, method=method,
        codelist=codelist, parts=len(entries), withdrawn=len(gone),
    )  # fmt: skip
    return entries


@transaction.atomic
def respread(user: User, plan: Plan, target: Entry, over: str, reason: str, codelist: str = "") -> list[Entry]:
    """After a total changed: its parts once more, in the proportions that they had."""
    target = current(plan, target)
    known = queries.Tree(queries.targets(plan)).division(target, over, codelist)
    if known is None or not known.adds:
        raise PlanRefused(
            vi="Chỉ tiêu này chưa chia như thế, nên không có tỷ lệ để chia lại.",
            en="This target is not divided so yet: there are no proportions to go by.",
        )
    before = {(e.period, e.series.place_id, e.series.segment): e.amount for e in known.parts}
    parts = [part for part in parts_of(target, over, codelist) if part.line in before]
    values = shared(target, [before[part.line] for part in parts])
    typed = {part.key: value for part, value in zip(parts, values, strict=True)}
    return allocate(user, plan, target, over, "amounts", typed, codelist=codelist, reason=reason)


def current(plan: Plan, target: Entry) -> Entry:
    """The entry of this plan that stands now in the target's line."""
    found = [each for each in queries.targets(plan) if queries.line_of(each) == queries.line_of(target)]
    if not found:
        raise PlanRefused(
            vi="Chỉ tiêu này không còn trong kế hoạch. Hãy tải lại trang.",
            en="This target is no longer in the plan. Load the page again.",
        )
    return found[0]


# Working out.


def work_out(
    user: User, target: Entry, parts: Sequence[Part], method: str, typed: Mapping[str, str | Decimal],
    step: Decimal | None = None,
) -> list[Worked]:  # fmt: skip
    """What each part gets; parts that have a sum to keep add up to the target exactly, or it is refused."""
    if method not in METHODS:
        raise PlanRefused(
            vi=f"Không có cách chia “{method}”. Chọn một trong: {', '.join(METHODS)}.",
            en=f"There is no method “{method}”. Choose one of: {', '.join(METHODS)}.",
        )
    if not queries.adds(target):
        return _growths(target, parts, method, typed)
    if method == "amounts":
        return _amounts(target, parts, typed)
    if method == "equal":
        weights = [Decimal(1)] * len(parts)
    elif method == "last_year":
        weights = _shape(user, target, parts)
    else:
        weights = _percentages(parts, typed)
    values = shared(target, weights, step)
    return [Worked(part, _exactly(value, target)) for part, value in zip(parts, values, strict=True)]


def shared(target: Entry, weights: Sequence[Decimal], step: Decimal | None = None) -> list[Decimal]:
    """The target split in proportion, in whole steps; by default in whole units, or in its own last decimal place."""
    exponent = target.amount.normalize().as_tuple().exponent
    grain = Decimal(1).scaleb(min(0, exponent)) if isinstance(exponent, int) else Decimal(1)
    step = max(step or grain, grain)
    steps, left = divmod(target.amount, step)
    values = [step * count for count in shares.spread(int(steps), list(weights))]
    if left:  # the last part that is given anything takes what does not make a whole step
        at = max(at for at, weight in enumerate(weights) if weight)
        values[at] += left
    return values


def _shape(user: User, target: Entry, parts: Sequence[Part]) -> list[Decimal]:
    found = last_year(user, target, parts)
    missing = [part.name for part in parts if part.key not in found]
    if missing:
        listed = ", ".join(missing[:6]) + ("…" if len(missing) > 6 else "")
        raise PlanRefused(
            vi=f"Sổ chưa có số năm trước của: {listed}. Hãy chia đều hoặc gõ tỷ trọng.",
            en=f"The ledger has no value of the year before for: {listed}. Split equally, or type shares.",
        )
    return [found[part.key].number.value for part in parts]


def _percentages(parts: Sequence[Part], typed: Mapping[str, str | Decimal]) -> list[Decimal]:
    weights = [said(typed[p.key], "%").value if typed.get(p.key) not in (None, "") else Decimal(0) for p in parts]
    if sum(weights) != _PERCENT:
        lacks = _PERCENT - sum(weights)
        word = ("thiếu", "short by") if lacks > 0 else ("thừa", "over by")
        raise PlanRefused(
            vi=f"Các tỷ trọng cộng lại bằng {format_number(sum(weights, Decimal(0)))}%, {word[0]} "
            f"{format_number(abs(lacks))} điểm %. Phải đúng 100%.",
            en=f"The shares add up to {format_number(sum(weights, Decimal(0)))}%, {word[1]} "
            f"{format_number(abs(lacks))} points. They must make 100%.",
        )
    return weights


def _amounts(target: Entry, parts: Sequence[Part], typed: Mapping[str, str | Decimal]) -> list[Worked]:
    worked, total = [], Decimal(0)
    for part in parts:
        value = amount(typed.get(part.key), target, part)
        worked.append(Worked(part, None if value is None else _exactly(value, target)))
        total += value or 0
    if total != target.amount:
        raise unequal(target, total)
    return worked


def amount(typed: str | Decimal | None, target: Entry, part: Part) -> Decimal | None:
    """A typed amount in base units; without a unit, in the one that the target is shown in."""
    if typed is None or typed == "":
        return None
    number = said(typed, target.series.unit, unit_shown(target))
    if number.unit != target.series.unit:
        raise PlanRefused(
            vi=f"{part.name}: “{typed}” không cùng đơn vị với chỉ tiêu ({words.unit_name(target.series.unit)}).",
            en=f"{part.name}: “{typed}” is not in the unit of the target ({target.series.unit}).",
        )
    return number.value


def unequal(target: Entry, total: Decimal) -> PlanRefused:
    """Say by how much parts miss the target, to the last unit."""
    lacks, unit = target.amount - total, words.unit_name(target.series.unit)
    word = ("thiếu", "short by") if lacks > 0 else ("thừa", "over by")
    return PlanRefused(
        vi=f"Các phần cộng lại được {format_number(total)} {unit}, {word[0]} {format_number(abs(lacks))} {unit} so với "
        f"tổng {format_number(target.amount)} {unit}. Hãy sửa cho khớp.",
        en=f"The parts add up to {format_number(total)} {unit}, {word[1]} {format_number(abs(lacks))} {unit} against "
        f"the total of {format_number(target.amount)} {unit}. Make them match.",
    )


def _growths(target: Entry, parts: Sequence[Part], method: str, typed: Mapping[str, str | Decimal]) -> list[Worked]:
    if method not in ("equal", "amounts"):
        raise PlanRefused(
            vi="Tăng trưởng không chia theo tỷ trọng: giao cùng một mức, hoặc gõ mức riêng cho từng phần.",
            en="A growth is not divided by shares: give the same to each part, or type one for each.",
        )
    same = Said(target.amount, target.low, target.high, target.series.unit, target.hedge)
    if method == "equal":
        return [Worked(part, same) for part in parts]
    stated = [typed.get(part.key) for part in parts]
    return [
        Worked(part, None if text in (None, "") else said(text, "%")) for part, text in zip(parts, stated, strict=True)
    ]


def unit_shown(target: Entry) -> str:
    """The unit in which people type the parts of this target: the one it is shown in, read in Vietnamese."""
    indicator: Indicator = target.series.indicator
    if target.series.unit == indicator.unit and indicator.display_unit:
        return indicator.display_unit
    with translation.override("vi"):
        return words.size_and_unit(target.amount, target.series.unit)[1]


def _exactly(value: Decimal, target: Entry) -> Said:
    return Said(value, value, value, target.series.unit, "")


def _draft(plan: Plan, target: Entry, part: Part, value: Said) -> Draft:
    series = target.series
    return actions.draft(
        plan, series.indicator, part.place, part.period, value, series.measure, segment=part.segment,
        price_basis=series.price_basis,
    )  # fmt: skip


def _may_divide(user: User, target: Entry, parts: Sequence[Part]) -> None:
    """The right to plan for the target's indicator and place, and for every place that is given a part."""
    places = {part.place.pk for part in parts}
    covered = writing_scope(user, Function.PLAN).filter(pk__in=places).count()
    if covered < len(places) or not may_write(user, target.series.place, target.series.indicator, Function.PLAN):
        raise NotAllowed(
            vi=f"Anh/chị không có quyền chia “{target.series.indicator.name_vi}” của {target.series.place}.",
            en=f"You may not divide “{target.series.indicator.name_en}” of {target.series.place}.",
        )
