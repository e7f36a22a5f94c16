# SPDX-License-Identifier: Apache-2.0
"""What the pages of form definitions show: the list, a form in words, its grid as senders see it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Prefetch, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from bamsat.core.act.deadline_words import words as deadline_in_words
from bamsat.core.act.deadlines import DeadlineRule
from bamsat.core.forms.definition import LENGTHS, Definition, DefinitionUnreadable, Trouble
from bamsat.core.forms.sheet import Pick, Sheet
from bamsat.core.terms.errors import BamsatError
from bamsat.core.terms.period import Period
from bamsat.rooms.catalogue.models import IndicatorSet, Provider
from bamsat.rooms.places.models import Place, PlaceKind, Role
from bamsat.rooms.submissions.defining.editor_fields import FREQUENCIES, SEVERITIES
from bamsat.rooms.submissions.defining.naming import unknown_names
from bamsat.rooms.submissions.filling.table import Table, table_of
from bamsat.rooms.submissions.grids import Grid, choices_of
from bamsat.rooms.submissions.models import Form, FormVersion, Return
from bamsat.rooms.submissions.period_words import period_name
from bamsat.rooms.submissions.queries import forms
from bamsat.ui.words import language

if TYPE_CHECKING:
    from bamsat.rooms.accounts.models import User


@dataclass(frozen=True, slots=True)
class Listed:
    """A form on the list."""

    form: Form
    used: FormVersion | None
    draft: FormVersion | None
    frequency: str = ""
    senders: str = ""
    deadline: str = ""


@dataclass(frozen=True, slots=True)
class InWords:
    """Who sends a form, when, and what has to hold, in words."""

    frequency: str
    senders: str
    where: str
    deadline: str
    checks: str
    approves: str
    provider: str
    rules: tuple[tuple[str, str, str], ...]  # what is told, the formula, how hard


# The list.


def listed(user: User | AnonymousUser, ended: bool = False) -> list[tuple[IndicatorSet | None, list[Listed]]]:
    """The forms that a user sees, by field of work."""
    names = _kind_names()
    by_field: dict[IndicatorSet | None, list[Listed]] = {}
    for form in _with_versions(forms(user), ended):
        versions = list(form.versions.all())
        used = next((each for each in versions if each.in_use), None)
        draft = next((each for each in versions if not each.in_use), None)
        by_field.setdefault(form.set, []).append(_listed(form, used, draft, names))
    return sorted(by_field.items(), key=lambda pair: (pair[0] is None, pair[0].order if pair[0] else 0))


def _with_versions(found: QuerySet[Form], ended: bool) -> QuerySet[Form]:
    if not ended:
        found = found.exclude(ended__lte=timezone.localdate())
    versions = Prefetch("versions", FormVersion.objects.order_by("-number"))
    return found.select_related("set", "place").prefetch_related(versions)


def _listed(form: Form, used: FormVersion | None, draft: FormVersion | None, names: Mapping[str, str]) -> Listed:
    said: Mapping[str, Any] = (used or draft).definition if used or draft else {}  # type: ignore[union-attr]
    kinds = said.get("senders", {}).get("kinds", []) if isinstance(said.get("senders"), Mapping) else []
    frequency = str(said.get("frequency", ""))
    senders = _listed_words(names.get(str(each), str(each)) for each in kinds)
    when = deadline_words(said.get("deadline"), frequency)
    return Listed(form, used, draft, _label(FREQUENCIES, frequency), senders, when)


def deadline_words(said: Any, frequency: str) -> str:
    """A deadline as a form says it, in words; nothing where there is none, or none that can be read."""
    if not said:
        return ""
    try:
        return deadline_in_words(DeadlineRule.parse(said), language(), LENGTHS.get(frequency, 1))
    except BamsatError:
        return ""


# One form.


def troubles_of(said: Mapping[str, Any]) -> list[Trouble]:
    """All that keeps a definition from being used."""
    try:
        return unknown_names(Definition.parse(said))
    except DefinitionUnreadable as wrong:
        return list(wrong.troubles)


def in_words(definition: Definition) -> InWords:
    english = language() == "en"
    kinds, roles = _kind_names(), dict(Role.choices)
    provider = Provider.objects.filter(code=definition.provider).first()
    return InWords(
        frequency=_label(FREQUENCIES, definition.frequency),
        senders=_listed_words(kinds.get(each, each) for each in definition.senders),
        where="; ".join(f"{code}: {', '.join(values)}" for code, values in definition.where.items()),
        deadline=deadline_words(definition.deadline, definition.frequency),
        checks=_listed_words(str(roles.get(each, each)) for each in definition.checks),
        approves=_listed_words(str(roles.get(each, each)) for each in definition.approves),
        provider=provider.name if provider else definition.provider,
        rules=tuple(
            (rule.message.said(english), rule.says.text, _label(SEVERITIES, rule.severity)) for rule in definition.rules
        ),
    )


def grid_shown(version: FormVersion, definition: Definition) -> tuple[Table, Period]:
    """The form of the latest period that is over, empty, as its senders see it; with one row of each that they pick."""
    period = latest_period(definition.frequency)
    picks = tuple(
        Pick(row.code, tuple("x" for _each in row.pick), _("(nơi gửi chọn)")) for row in definition.rows if row.pick
    )
    sheet = Sheet(definition, {}, {}, picks, choices_of(definition))
    sent = Return(
        form=version.form, version=version, place=Place(name=_("Nơi gửi")), period=period.code,
        first_month=period.first, last_month=period.last, picks=[],
    )  # fmt: skip
    return table_of(Grid(sent, definition, sheet, {}, {}, ())), period


def latest_period(frequency: str) -> Period:
    """The latest period of this length that is over."""
    length = LENGTHS.get(frequency, 1)
    today = timezone.localdate()
    month = today.year * 12 + today.month - 1
    if frequency == "nine_months":
        return Period.months(today.year - (today.month < 10), 1, 9)
    first = month // length * length - length
    return Period(first, first + length - 1)


def periods_around(frequency: str) -> list[tuple[str, str]]:
    """The period that runs and a few that are over, by code and name: those for which empty forms are handed out."""
    latest, length = latest_period(frequency), LENGTHS.get(frequency, 1)
    step = 12 if frequency == "nine_months" else length
    found = [Period(latest.first + n * step, latest.last + n * step) for n in (1, 0, -1, -2)]
    return [(period.code, period_name(period, language() == "en")) for period in found]


def _kind_names() -> dict[str, str]:
    return {kind.code: kind.name for kind in PlaceKind.objects.all()}


def _label(choices: Sequence[tuple[str, Any]], code: str) -> str:
    return str(dict(choices).get(code, code))


def _listed_words(words: Any) -> str:
    return ", ".join(words)
