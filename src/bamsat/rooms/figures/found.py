# SPDX-License-Identifier: Apache-2.0
"""What the check found, as the reading page shows it beside the figures: sentences, sums, repairs, figures tied."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import AnonymousUser
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from bamsat.core.read.periods import read_period
from bamsat.core.terms.errors import BamsatError
from bamsat.core.terms.period import Period
from bamsat.rooms.documents.models import Document, FigureState, ReadFigure
from bamsat.rooms.figures.corrections import typed_number
from bamsat.rooms.findings.models import Finding, Part, Severity, State
from bamsat.rooms.findings.naming import SHAPES, reason_name, rule_name, sentence
from bamsat.rooms.findings.queries import LOUD, of_document
from bamsat.ui import words

if TYPE_CHECKING:
    from bamsat.rooms.accounts.models import User

_FRAMES = {"error": "", "question": "warn", "note": "na", "fine": "ok"}
_MENDABLE = (FigureState.WAITING, FigureState.DOUBT, FigureState.EDITING, FigureState.RETURNED, FigureState.CHECKED)
_LISTS = ("last_year", "plans")
_LABELS = {
    "": (gettext_lazy("Sửa thành %(number)s"), gettext_lazy("Sửa số %(ordinal)s thành %(number)s")),
    "period": (gettext_lazy("Sửa kỳ: %(number)s"), gettext_lazy("Sửa kỳ của số %(ordinal)s: %(number)s")),
    "base": (gettext_lazy("Sửa kỳ so sánh: %(number)s"), gettext_lazy("Sửa kỳ so sánh của số %(ordinal)s: %(number)s")),
}
SHOWN = 6  # findings above the list; the rest one click off
QUIET_SHOWN = 100


@dataclass(frozen=True, slots=True)
class Mending:
    """A way to mend a figure of the document: what it would say, and the fields of the correction that say so."""

    ordinal: int
    label: str
    says: str
    number: str
    fields: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Tied:
    """A figure that a finding speaks of: one of the document by its ordinal, or an entry of the ledger."""

    part: Part
    ordinal: int | None

    @property
    def entry(self) -> Any:
        return self.part.entry


@dataclass(frozen=True, slots=True)
class Shown:
    """One finding in words."""

    finding: Finding
    title: str
    says: str
    because: str
    repairs: list[Mending]
    tied: list[Tied]
    bounds: list[str]

    @property
    def kind(self) -> str:
        return SHAPES[Severity(self.finding.severity)] if self.open else "good"

    @property
    def frame(self) -> str:
        return _FRAMES[self.finding.severity] if self.open else "ok"

    @property
    def open(self) -> bool:
        return self.finding.state == State.OPEN

    @property
    def settled(self) -> str:
        """What became of it, and who said so."""
        if self.open:
            return ""
        told = {"word": words.capital(self.finding.get_state_display()), "who": self.finding.settled_by or ""}
        return (_("%(word)s, %(who)s:") if told["who"] else _("%(word)s:")) % told


@dataclass(frozen=True, slots=True)
class Found:
    """All findings of a document that the user may see."""

    findings: list[Finding]
    loud: dict[int, str] = field(default_factory=dict)

    @classmethod
    def of(cls, user: User | AnonymousUser, document: Document) -> Found:
        findings = of_document(user, document)
        loud: dict[int, str] = {}
        for finding in _open_loud(findings):
            for part in finding.parts.all():
                if part.figure_id and loud.get(part.figure_id) != Severity.ERROR:
                    loud[part.figure_id] = finding.severity
        return cls(findings, loud)

    @property
    def blocks(self) -> list[Shown]:
        """What is open and wants a look, errors first."""
        return [shown(finding) for finding in _open_loud(self.findings)]

    @property
    def first(self) -> list[Shown]:
        return self.blocks[:SHOWN]

    @property
    def rest(self) -> list[Shown]:
        return self.blocks[SHOWN:]

    @property
    def settled(self) -> list[Shown]:
        return [shown(one) for one in self.findings if one.severity in LOUD and one.state != State.OPEN]

    @property
    def holds(self) -> list[Shown]:
        """What is in order; lists of what follows from it are told value by value."""
        fine = [one for one in self.findings if one.severity == Severity.FINE and one.rule not in _LISTS]
        return [shown(one) for one in fine[:QUIET_SHOWN]]

    @property
    def implied(self) -> list[str]:
        """Between what values lie that nobody published, each once."""
        fine = (one for one in self.findings if one.severity == Severity.FINE)
        told = dict.fromkeys(_said(bound) for one in fine for bound in one.data.get("bounds", []))
        return list(told)[:QUIET_SHOWN]

    @property
    def notes(self) -> list[Shown]:
        return [shown(one) for one in self.findings if one.severity == Severity.NOTE][:QUIET_SHOWN]

    def about(self, figure: ReadFigure) -> list[Finding]:
        return [one for one in self.findings if any(part.figure_id == figure.pk for part in one.parts.all())]

    def on_card(self, figure: ReadFigure) -> dict[str, Any]:
        """For the open card of a figure: what wants a look or was decided, and facts of what holds."""
        mine = self.about(figure)
        fine = [one for one in mine if one.severity == Severity.FINE and one.calc]
        return {
            "found": [shown(one, figure) for one in mine if one.severity in LOUD],
            "holds": [one.calc for one in fine][:3],
            "cannot_tell": [sentence(one) for one in mine if one.severity == Severity.NOTE][:2],
        }


def _open_loud(findings: Iterable[Finding]) -> list[Finding]:
    return [one for one in findings if one.severity in LOUD and one.state == State.OPEN]


def shown(finding: Finding, beside: ReadFigure | None = None) -> Shown:
    """A finding in the language of the page; `beside` a figure, whose repairs come first among equals."""
    parts = list(finding.parts.all())
    by_key = {part.key: part.figure for part in parts if part.figure}
    repairs = [
        made for each in finding.data.get("repairs", [])
        if (figure := by_key.get(each["figure"])) and (made := _mending(figure, each, beside))
    ]  # fmt: skip
    return Shown(
        finding=finding, title=_title(finding, len(parts)), says=sentence(finding),
        because="; ".join(reason_name(each) for each in finding.data.get("because", [])), repairs=repairs,
        tied=[Tied(part, part.figure.ordinal if part.figure else None) for part in parts],
        bounds=[_said(each) for each in finding.data.get("bounds", [])],
    )  # fmt: skip


def _title(finding: Finding, count: int) -> str:
    if finding.severity == Severity.ERROR:
        told = ngettext("%(count)s số không thể cùng đúng", "%(count)s số không thể cùng đúng", count)
        return told % {"count": count} if count > 1 else _("Số này không thể đúng")
    if finding.severity == Severity.QUESTION:
        return _("Đáng hỏi: %(rule)s") % {"rule": rule_name(finding.rule)}
    return rule_name(finding.rule)


def _said(told: Mapping[str, Any]) -> str:
    english = words.language() == "en" and told.get("en")
    return str(told["en"] if english else told.get("vi", ""))


# ---- repairs


def _mending(figure: ReadFigure, repair: Mapping[str, Any], beside: ReadFigure | None) -> Mending | None:
    """A repair of a figure that can still be corrected; without fields where a person has to say what is right."""
    fields = tuple(_fields(figure, repair).items()) if figure.state in _MENDABLE else ()
    number = str(repair.get("number") or "")
    what = fields[0][0] if fields and fields[0][0] in _LABELS else ""
    own, of_other = _LABELS[what]
    label = own if beside is not None and beside.pk == figure.pk else of_other
    return Mending(figure.ordinal, label % {"ordinal": figure.ordinal, "number": number}, _said(repair), number, fields)


def _fields(figure: ReadFigure, repair: Mapping[str, Any]) -> dict[str, str]:
    """What the correction form would be filled with; nothing where the repair does not say enough."""
    slip = repair["slip"]
    if slip in ("period", "base") and repair.get("value") is None:
        code = _period_code(str(repair.get("number") or ""))
        return {slip: code} if code and code != getattr(figure, slip) else {}
    if repair.get("value") is None:
        return {}
    return _number_fields(figure, Decimal(repair["value"]), str(repair.get("number") or ""))


def _period_code(said: str) -> str:
    read = read_period(said) if said else None
    if read is not None and read.start_year > 1900:
        return read.code
    try:
        return Period.parse(said).code if said else ""
    except BamsatError:
        return ""


def _number_fields(figure: ReadFigure, value: Decimal, number: str) -> dict[str, str]:
    """The number as the repair writes it, if it is read back as the same value; else in the unit of the figure."""
    try:
        if number and typed_number(number, "", figure.unit).value == value:
            return {"value": number}
    except BamsatError:
        pass
    with translation.override("vi"):
        typed, unit = words.in_unit(value, figure.unit, figure.number)
    return {"value": typed, "unit": unit}
