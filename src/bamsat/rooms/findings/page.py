# SPDX-License-Identifier: Apache-2.0
"""One finding as its page shows it: the figures with their sources, repairs, bounds, the picture, and the steps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.urls import NoReverseMatch, reverse
from django.utils import timezone, translation

from bamsat.rooms.documents.queries import visible
from bamsat.rooms.findings import naming, people
from bamsat.rooms.findings.drawing import drawing, rounding
from bamsat.rooms.findings.forms import AssignForm, ReasonForm
from bamsat.rooms.findings.listing import Filters, beside
from bamsat.rooms.findings.models import Finding, Part, Severity, State, Step
from bamsat.rooms.findings.naming import (
    FRAMES,
    SHAPES,
    STATE_SHAPES,
    act_name,
    reason_name,
    rule_name,
    sentence,
)
from bamsat.rooms.findings.queries import SETTLED, STANDING, may_decide, may_explain
from bamsat.ui import words

if TYPE_CHECKING:
    from bamsat.rooms.accounts.models import User

BOUNDS_SHOWN = 20


@dataclass(frozen=True, slots=True)
class PartRow:
    """A figure in the table: its number as written, where its words stand, and what rounding allows."""

    part: Part
    label: str
    source: str
    address: str
    at: str
    rounding: str
    suspect: bool
    changed: bool  # the document says something else now


@dataclass(frozen=True, slots=True)
class RepairRow:
    """A way to mend a figure, and where it is mended."""

    says: str
    number: str
    label: str
    address: str


@dataclass(frozen=True, slots=True)
class StepRow:
    step: Step
    name: str


def context_of(user: User, finding: Finding, filters: Filters, said: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Everything that the page shows; `said` are forms with what was typed, where that was refused."""
    parts = list(
        finding.parts.select_related("figure__document").defer("figure__document__text", "figure__document__layout")
    )
    seen = _open_documents(user, parts)
    decides, explains = may_decide(user, finding), may_explain(user, finding)
    standing = finding.state in STANDING
    called = naming.labels(finding, parts)
    repairs = _repairs(finding, parts, called, seen) if standing else []
    before, after = beside(user, filters, finding)
    severity = Severity(finding.severity)
    return {
        "finding": finding, "says": sentence(finding), "rule": rule_name(finding.rule), "shape": SHAPES[severity],
        "frame": FRAMES[severity],
        "word": words.capital(finding.get_severity_display()), "state_shape": STATE_SHAPES[State(finding.state)],
        "parts": _rows(finding, parts, called, seen), "repairs": repairs,
        "bounds": [words.told(_Said(**each)) for each in _said(finding, "bounds")[:BOUNDS_SHOWN]],
        "because": [reason_name(each) for each in finding.data.get("because", [])],
        "drawing": drawing(finding, parts, called), "steps": _steps(finding),
        "about": _address("submissions:review", finding.about) if finding.about else "",
        "before": before, "after": after, "filters": filters,
        "late": bool(finding.due and finding.due < timezone.localdate() and finding.state == State.OPEN),
        "may": {
            "assign": decides and standing, "accept": decides and finding.state in (State.OPEN, State.EXPLAINED),
            "explain": explains and finding.state in (State.OPEN, State.EXPLAINED),
            "reopen": decides and finding.state in SETTLED, "correct": decides,
        },
        "assign_form": AssignForm(
            people.for_finding(user, finding) if decides and standing else [],
            initial={"to": finding.assignee_id or "", "due": words.day(finding.due)},
        ),
        "explain_form": ReasonForm(), "accept_form": ReasonForm(),
    } | dict(said or {})  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Said:
    vi: str
    en: str


def _said(finding: Finding, what: str) -> list[dict[str, str]]:
    """Sentences in both languages that the finding carries."""
    return [
        {"vi": each.get("vi", ""), "en": each.get("en") or each.get("vi", "")} for each in finding.data.get(what, [])
    ]


def _open_documents(user: User, parts: Sequence[Part]) -> set[int]:
    """The documents of the figures that the user may open: a finding may tie figures of several offices."""
    told_by = {part.figure.document_id for part in parts if part.figure}
    return set(visible(user).filter(pk__in=told_by).values_list("pk", flat=True)) if told_by else set()


def _rows(finding: Finding, parts: Sequence[Part], called: Sequence[str], seen: set[int]) -> list[PartRow]:
    suspects = {each.get("figure") for each in finding.data.get("repairs", [])[:1]}
    drawn = finding.data.get("drawn", [])
    return [
        PartRow(
            part, called[at], _told_by(finding, part), _source(finding, part, seen),
            words.spot(part.figure.at) if part.figure else "",
            rounding(drawn[at], part.number) if at < len(drawn) else "", part.key in suspects,
            bool(part.figure and at < len(drawn) and part.figure.value != Decimal(drawn[at]["value"])),
        )
        for at, part in enumerate(parts)
    ]  # fmt: skip


def _told_by(finding: Finding, part: Part) -> str:
    """Who says it; the document of the finding itself stands over the table already."""
    own = part.figure is not None and part.figure.document_id == finding.document_id
    return "" if own and part.figure and part.figure.at else part.source


def _source(finding: Finding, part: Part, seen: set[int]) -> str:
    """The words of a document, the entry or the cell; nothing where the user may not look."""
    figure = part.figure
    if figure is not None:
        if figure.document_id not in seen:
            return ""
        return f"{_address('figures:reading', figure.document.uuid)}?so={figure.ordinal}#so-{figure.ordinal}"
    if part.entry:
        return _address("figures:entry", part.entry)
    if part.cell and finding.about:
        return f"{_address('submissions:review', finding.about)}#dong-{part.cell.partition('.')[0]}"
    return ""


def _repairs(finding: Finding, parts: Sequence[Part], called: Sequence[str], seen: set[int]) -> list[RepairRow]:
    by_key = {part.key: part for part in parts}
    names = {part.key: name for part, name in zip(parts, called, strict=True)}
    return [
        RepairRow(
            words.told(_Said(each.get("vi", ""), each.get("en") or each.get("vi", ""))), _typed(each),
            names.get(each.get("figure", ""), ""),
            _mends(finding, by_key.get(each.get("figure", "")), each, seen),
        )
        for each in finding.data.get("repairs", [])
    ]  # fmt: skip


def _mends(finding: Finding, part: Part | None, repair: Mapping[str, Any], seen: set[int]) -> str:
    """Where the figure is corrected: its card with the form open, its entry, or its cell."""
    if part is None:
        return ""
    figure = part.figure
    if figure is not None:
        if figure.document_id not in seen:
            return ""
        asked = urlencode({"so": figure.ordinal, "sua": 1} | _proposed(part, repair))
        return f"{_address('figures:reading', figure.document.uuid)}?{asked}#so-{figure.ordinal}"
    if part.cell and finding.about:
        return f"{_address('submissions:return', finding.about)}#dong-{part.cell.partition('.')[0]}"
    return _source(finding, part, seen)


def _typed(repair: Mapping[str, Any]) -> str:
    """What the figure would say; nothing where only a range is known."""
    known = repair.get("value") is not None or repair.get("slip") in ("period", "base")
    return str(repair.get("number", "")) if known else ""


def _proposed(part: Part, repair: Mapping[str, Any]) -> dict[str, str]:
    """What the repair would have typed into the form, as one types it: in Vietnamese, whatever the page speaks."""
    figure, slip, value = part.figure, repair.get("slip"), repair.get("value")
    if figure is None:
        return {}
    if value is None:
        return {str(slip): str(repair.get("number", ""))} if slip in ("period", "base") else {}
    with translation.override("vi"):
        number, unit = words.in_unit(Decimal(value), figure.unit, figure.number)
    told = {"value": number, "unit": unit}
    if slip == "plan_ratio" and figure.measure in ("growth", "plan_ratio"):
        told["measure"] = "plan_ratio" if figure.measure == "growth" else "growth"
    return told


def _steps(finding: Finding) -> list[StepRow]:
    return [StepRow(step, act_name(step.act)) for step in finding.steps.select_related("by", "to")]


def _address(route: str, key: object) -> str:
    """Pages of the rooms above: the address is known, the room is not."""
    try:
        return reverse(route, args=[key])
    except NoReverseMatch:
        return ""
