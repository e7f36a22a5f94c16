# SPDX-License-Identifier: Apache-2.0
"""Recording plans and their targets: every change named, atomic and signed; nothing that a plan said is lost."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.db.models import Max

from bamsat.core.terms.errors import BamsatError
from bamsat.core.terms.period import Period
from bamsat.rooms.accounts import audit
from bamsat.rooms.catalogue.models import Indicator, Provider
from bamsat.rooms.documents.models import Document
from bamsat.rooms.figures import ledger
from bamsat.rooms.figures.corrections import PRICE_BASES
from bamsat.rooms.figures.ledger import Draft, Lines
from bamsat.rooms.figures.models import Entry, EntryKind, Latest, Measure, Plan, Vintage, Withdrawal
from bamsat.rooms.figures.plans import queries, rights
from bamsat.rooms.figures.plans.typed import Said, said
from bamsat.rooms.figures.scopes import may_write
from bamsat.rooms.places.models import Ancestor, Place
from bamsat.rooms.places.queries import NotAllowed, writing_scope
from bamsat.rooms.places.rights import Function
from bamsat.ui import words

if TYPE_CHECKING:
    from bamsat.rooms.accounts.models import User

HEADER = ("number", "issuer", "issued_on", "title", "note")


class PlanRefused(BamsatError):
    """A plan cannot be recorded or changed so; the sentence says what to do instead."""


# Plans.


@transaction.atomic
def record_plan(
    user: User,
    place: Place,
    number: str,
    issuer: str,
    issued_on: date,
    title: str,
    period: str | Period,
    provider: str = "council",
    *,
    document: Document | None = None,
    note: str = "",
) -> Plan:
    """Record a decision that gives targets. The same number of the same day is recorded once a place."""
    _may_plan(user, place)
    if not Provider.objects.filter(code=provider).exists():
        known = ", ".join(Provider.objects.values_list("code", flat=True))
        raise PlanRefused(
            vi=f"Danh mục chưa có nguồn “{provider}”. Chọn một trong: {known}.",
            en=f"The catalogue has no provider “{provider}”. Choose one of: {known}.",
        )
    span = period if isinstance(period, Period) else Period.parse(period)
    header = _header(number=number, issuer=issuer, issued_on=issued_on, title=title, note=note)
    plan = _new(Plan(place=place, provider=provider, period=span.code, document=document, by=user, **header))
    audit.record(user, "figures.plan.recorded", plan, number=plan.number, place=place.slug, period=plan.period)
    return plan


@transaction.atomic
def correct_plan(user: User, plan: Plan, reason: str, **header: str | date) -> Plan:
    """Mend what was mistyped of a decision itself: number, issuer, date, title, note. Its targets stay as they are."""
    plan = held(user, plan)
    reason = with_reason(reason)
    old = {name: str(getattr(plan, name)) for name in header}
    for name, value in _header(**{name: getattr(plan, name) for name in HEADER} | header).items():
        setattr(plan, name, value)
    changed = {name: was for name, was in old.items() if was != str(getattr(plan, name))}
    if changed:
        _saved(plan)
        new = {name: str(getattr(plan, name)) for name in changed}
        audit.record(user, "figures.plan.corrected", plan, reason, old=changed, new=new)
    return plan


@transaction.atomic
def supersede(
    user: User, plan: Plan, number: str, issuer: str, issued_on: date, title: str, reason: str, *, note: str = ""
) -> Plan:
    """A new version in the place of a plan: it says what the old one said until its own targets are changed.

    Every target goes on as an entry of the new version that replaces the old entry, so that the history of a number
    names both decisions.
    """
    plan = held(user, plan)
    reason = with_reason(reason)
    in_force(plan)
    header = _header(number=number, issuer=issuer, issued_on=issued_on, title=title, note=note)
    if issued_on < plan.issued_on:
        raise PlanRefused(
            vi=f"Bản thay thế ban hành trước bản bị thay ({words.day(plan.issued_on)}). Hãy xem lại ngày ban hành.",
            en=f"The new version was issued before the one it replaces ({words.day(plan.issued_on)}). Check its date.",
        )
    carried = queries.targets(plan)
    rights.for_whole(user, plan)
    new = Plan(
        place=plan.place, provider=plan.provider, period=plan.period, supersedes=plan, by=user, **header,
    )  # fmt: skip
    new = _new(new)
    entries = write(user, new, [_again(entry, new) for entry in carried], f"Giữ nguyên khi thay kế hoạch {plan}")
    audit.record(user, "figures.plan.superseded", new, reason, supersedes=str(plan.uuid), carried=len(entries))
    return new


@transaction.atomic
def withdraw_plan(user: User, plan: Plan, reason: str) -> int:
    """Take a plan back, with all its targets; how many those were. The version before it is in force again.

    A plan that never had a target leaves nothing but its line in the trail.
    """
    plan = held(user, plan)
    reason = with_reason(reason)
    if later := queries.superseder(plan):
        raise PlanRefused(
            vi=f"Kế hoạch này đã được thay bằng {later}. Muốn rút thì rút bản thay thế trước.",
            en=f"This plan was superseded by {later}. Withdraw that version first.",
        )
    told = {"number": str(plan), "title": plan.title, "supersedes": str(plan.supersedes) if plan.supersedes else None}
    standing = list(Entry.objects.filter(plan=plan, withdrawal=None).select_related("series"))
    rights.for_whole(user, plan)
    audit.record(user, "figures.plan.withdrawn", plan, reason, targets=len(standing), **told)
    if not Entry.objects.filter(plan=plan).exists():
        plan.delete()
        return 0
    Plan.objects.filter(pk=plan.pk).update(supersedes=None)
    take_back(user, standing, reason)
    return len(standing)


# Targets.


@transaction.atomic
def set_target(
    user: User,
    plan: Plan,
    indicator: Indicator,
    place: Place | None = None,
    period: str | Period | None = None,
    *,
    level: str | Decimal | None = None,
    growth: str | Decimal | None = None,
    unit: str = "",
    hedge: str = "",
    segment: str = "",
    price_basis: str | None = None,
    reason: str = "",
) -> tuple[Entry, ...]:
    """Give a target: a level, a growth against the year before, or both, as the decision states them.

    Numbers are Decimals in base units or as people type them ("gần 51.000 tỷ đồng", "+9,7%"). What the one implies
    for the other is computed when shown, never stored. Changing a target wants a reason; saying it again does not.
    """
    plan = held(user, plan)
    in_force(plan)
    place, span = place or plan.place, _span(plan, period)
    _may_target(user, plan, place, indicator)
    if level in (None, "") and growth in (None, ""):
        raise PlanRefused(
            vi=f"{indicator.name_vi}: hãy ghi mức hoặc tăng trưởng phải đạt.",
            en=f"{indicator.name_en or indicator.name_vi}: give the level or the growth to be reached.",
        )
    basis = indicator.price_basis if price_basis is None else price_basis
    if basis and basis not in PRICE_BASES and basis != indicator.price_basis:
        raise PlanRefused(vi=f"Không có loại giá “{basis}”.", en=f"There is no price basis “{basis}”.")
    drafts = []
    if level not in (None, ""):
        number = said(level, indicator.unit, unit, hedge)
        _unit_fits(indicator, number.unit)
        drafts.append(draft(plan, indicator, place, span, number, segment=segment, price_basis=basis))
    if growth not in (None, ""):
        number = said(growth, "%", "", "" if drafts else hedge)
        drafts.append(draft(plan, indicator, place, span, number, Measure.GROWTH, segment=segment, price_basis=basis))
    entries = write(user, plan, drafts, reason, asks=True)
    uuids = [str(entry.uuid) for entry in entries]
    audit.record(user, "figures.plan.target_set", plan, reason, entries=uuids, indicator=indicator.code)
    return tuple(entries)


@transaction.atomic
def remove_target(user: User, plan: Plan, target: Entry, reason: str) -> int:
    """Take one target out of a plan, in this version and so that no earlier version's stands again."""
    plan = held(user, plan)
    in_force(plan)
    reason = with_reason(reason)
    _may_target(user, plan, target.series.place, target.series.indicator)
    line = Entry.objects.filter(
        series=target.series_id, period=target.period, base=target.base, kind=EntryKind.PLAN, withdrawal=None,
        plan__in=[each.pk for each in queries.versions(plan)],
    ).select_related("series")  # fmt: skip
    found = list(line)
    take_back(user, found, reason)
    audit.record(user, "figures.plan.target_removed", plan, reason, entry=str(target.uuid))
    return len(found)


# What these need, and allocation with them.


def draft(
    plan: Plan,
    indicator: Indicator,
    place: Place,
    period: Period,
    number: Said,
    measure: str = Measure.LEVEL,
    *,
    segment: str = "",
    price_basis: str = "",
) -> Draft:
    """A target before it is an entry; one of growth is against the same months of the year before."""
    base = period.shift_years(-1).code if measure != Measure.LEVEL else ""
    return Draft(
        indicator=indicator, place=place, segment=" ".join(segment.split()), measure=measure, unit=number.unit,
        price_basis=price_basis, period=period, base=base, kind=EntryKind.PLAN, vintage=Vintage.OFFICIAL,
        value=number.value, value_high=None, of=None, lower=number.lower, upper=number.upper, hedge=number.hedge,
        source=None, provider=plan.provider, plan=plan,
    )  # fmt: skip


def write(user: User, plan: Plan, drafts: Sequence[Draft], reason: str, asks: bool = False) -> list[Entry]:
    """The entries of these targets: new ones after what stood, and those that say already what is wanted."""
    series = ledger.interned(drafts)
    lines = Lines(series.values(), {each.period.code for each in drafts})
    own = {each.pk for each in queries.versions(plan)} | {None}
    entries = []
    for each in drafts:
        line = series[each.series_key]
        standing = lines.standing(ledger.draft_key(each, line))
        if standing and standing.plan_id not in own:
            raise _given_elsewhere(standing)
        if standing and standing.plan_id == plan.pk:
            if _says_the_same(standing, each, line.scale):
                entries.append(standing)
                continue
            if asks:
                reason = with_reason(reason)
        entries.append(lines.add(each, line, user, reason))
    lines.close()
    return entries


def take_back(user: User, entries: Sequence[Entry], reason: str) -> None:
    """Withdraw many entries at once; what stood before each of them stands again."""
    ledger.hold({entry.series_id: entry.series for entry in entries}.values())
    Withdrawal.objects.bulk_create([Withdrawal(entry=entry, by=user, reason=reason) for entry in entries], 500)
    ids = {entry.series_id for entry in entries}
    touched = {queries.line_of(entry) for entry in entries}
    Latest.objects.filter(entry__in=[entry.pk for entry in entries]).delete()
    left = Entry.objects.filter(series__in=ids, kind=EntryKind.PLAN, withdrawal=None, latest=None)
    newest = left.order_by().values(*queries.KEY).annotate(newest=Max("pk"))
    stands = set(Latest.objects.filter(series__in=ids, kind=EntryKind.PLAN).values_list(*queries.KEY))
    rows = [
        Latest(series_id=row["series"], **{key: row[key] for key in queries.KEY[1:]}, entry_id=row["newest"])
        for row in newest
        if (row["series"], row["period"], row["base"]) in touched
        and tuple(row[key] for key in queries.KEY) not in stands
    ]
    Latest.objects.bulk_create(rows, 500)


def _again(entry: Entry, plan: Plan) -> Draft:
    series = entry.series
    return Draft(
        indicator=series.indicator, place=series.place, segment=series.segment, measure=series.measure,
        unit=series.unit, price_basis=series.price_basis, period=queries.period_of(entry), base=entry.base,
        kind=entry.kind, vintage=entry.vintage, value=entry.amount, value_high=entry.amount_high, of=entry.amount_of,
        lower=entry.low, upper=entry.high, hedge=entry.hedge, source=entry.source, provider=series.provider, plan=plan,
    )  # fmt: skip


def _says_the_same(standing: Entry, wanted: Draft, scale: int) -> bool:
    return standing.value == ledger.stored(wanted.value, scale) and standing.hedge == wanted.hedge


def _header(**header: str | date) -> dict[str, str | date]:
    """The header without stray spaces; number, issuer, date and title are all needed."""
    clean = {name: " ".join(value.split()) if isinstance(value, str) else value for name, value in header.items()}
    missing = {
        "number": ("số, ký hiệu", "number"), "issuer": ("cơ quan ban hành", "issuer"),
        "issued_on": ("ngày ban hành", "date"), "title": ("trích yếu", "title"),
    }  # fmt: skip
    lacking = [names for field, names in missing.items() if not clean.get(field)]
    if lacking:
        raise PlanRefused(
            vi=f"Quyết định còn thiếu: {', '.join(vi for vi, _en in lacking)}. Hãy ghi như trong văn bản.",
            en=f"The decision lacks: {', '.join(en for _vi, en in lacking)}. Give them as the document does.",
        )
    return clean


def _new(plan: Plan) -> Plan:
    _saved(plan)
    return plan


def _saved(plan: Plan) -> None:
    try:
        with transaction.atomic():
            plan.save()
    except IntegrityError as twice:
        raise PlanRefused(
            vi=f"Đã ghi kế hoạch số {plan} của {plan.place}. Hãy mở bản đã ghi; nếu là bản thay thế thì dùng "
            "“Ghi bản thay thế”.",
            en=f"Plan {plan} of {plan.place} is recorded already. Open it; for a new version use “Record a new "
            "version”.",
        ) from twice


def held(user: User, plan: Plan) -> Plan:
    """The plan as it is now, held until the change is done, after asking for the right to change it."""
    found = Plan.objects.select_for_update(of=("self",)).select_related("place").get(pk=plan.pk)
    _may_plan(user, found.place)
    return found


def in_force(plan: Plan) -> None:
    if later := queries.superseder(plan):
        raise PlanRefused(
            vi=f"Kế hoạch này đã được thay bằng {later}. Hãy mở bản đó rồi ghi.",
            en=f"This plan was superseded by {later}. Open that version and change it there.",
        )


def _may_plan(user: User, place: Place) -> None:
    if not writing_scope(user, Function.PLAN).filter(pk=place.pk).exists():
        raise NotAllowed(
            vi=f"Anh/chị không có quyền ghi kế hoạch của {place}.", en=f"You may not record plans of {place}."
        )


def _may_target(user: User, plan: Plan, place: Place, indicator: Indicator) -> None:
    if not may_write(user, place, indicator, Function.PLAN):
        raise NotAllowed(
            vi=f"Anh/chị không có quyền giao “{indicator.name_vi}” cho {place}.",
            en=f"You may not set targets of “{indicator.name_en or indicator.name_vi}” for {place}.",
        )
    if place.pk != plan.place_id and not Ancestor.objects.filter(place=place, ancestor=plan.place_id).exists():
        raise PlanRefused(
            vi=f"{place} không thuộc {plan.place}, nơi kế hoạch này giao chỉ tiêu.",
            en=f"{place} is not part of {plan.place}, to which this plan gives targets.",
        )


def _span(plan: Plan, period: str | Period | None) -> Period:
    whole = Period.parse(plan.period)
    span = whole if period in (None, "") else period if isinstance(period, Period) else Period.parse(str(period))
    if not (whole.first <= span.first and span.last <= whole.last):
        raise PlanRefused(
            vi=f"{words.capital(words.period(span.code))} nằm ngoài kỳ của kế hoạch ({words.period(plan.period)}).",
            en=f"{span.code} lies outside the period of the plan ({plan.period}).",
        )
    return span


def _unit_fits(indicator: Indicator, unit: str) -> None:
    if indicator.unit and unit != indicator.unit:
        raise PlanRefused(
            vi=f"{indicator.name_vi} tính bằng {words.unit_name(indicator.display_unit or indicator.unit)}, không phải "
            f"{words.unit_name(unit)}. Hãy xem lại đơn vị.",
            en=f"{indicator.name_en or indicator.name_vi} is measured in {indicator.unit}, not {unit}. Check the unit.",
        )


def _given_elsewhere(standing: Entry) -> PlanRefused:
    plan, name = standing.plan, standing.series.indicator.name_vi
    return PlanRefused(
        vi=f"“{name}” của {standing.series.place}, {words.period(standing.period)} đã giao theo {plan}. Hãy ghi bản "
        "thay thế của kế hoạch đó, hoặc chọn đúng nguồn của kế hoạch này.",
        en=f"“{standing.series.indicator.name_en or name}” of {standing.series.place}, {standing.period}, is set by "
        f"{plan}. Record a new version of that plan, or choose the right provider for this one.",
    )


def with_reason(text: str) -> str:
    if not text.strip():
        raise PlanRefused(
            vi="Hãy ghi lý do: người xem sau cần biết vì sao kế hoạch thay đổi.",
            en="Give the reason: whoever looks later needs to know why the plan changed.",
        )
    return text.strip()
