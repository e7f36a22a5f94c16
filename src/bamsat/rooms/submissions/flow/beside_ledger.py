# SPDX-License-Identifier: Apache-2.0
"""What pages of the ledger ask this room: where an approved number came from, which numbers are on their way."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from bamsat.core.forms.definition import period_of
from bamsat.core.terms.numbers import format_number
from bamsat.rooms.catalogue.models import Indicator
from bamsat.rooms.figures.models import Intake
from bamsat.rooms.figures.origins import Origin
from bamsat.rooms.figures.pending import Pending
from bamsat.rooms.places.models import Place
from bamsat.rooms.submissions.flow.recorded_cells import Value, values_of
from bamsat.rooms.submissions.grids import definition_of
from bamsat.rooms.submissions.known import Subject, base_of, subject_of
from bamsat.rooms.submissions.models import Return, ReturnState
from bamsat.rooms.submissions.period_words import period_name
from bamsat.rooms.submissions.queries import returns
from bamsat.ui import words

if TYPE_CHECKING:
    from bamsat.rooms.accounts.models import User

MOST_RETURNS = 20  # of one place, the newest: a page shows what is on its way, not what was left lying
_ON_THE_WAY = (ReturnState.SENT, ReturnState.CHECKED)


def name_of(sent: Return) -> str:
    """ "Biểu Bán lẻ hàng hóa, Xã Nhà, tháng 10/2026"."""
    told = {
        "form": sent.form.name, "place": sent.place.label, "period": period_name(sent.span, words.language() == "en"),
    }  # fmt: skip
    return _("Biểu %(form)s, %(place)s, %(period)s") % told


def origin_of_return(intake: Intake) -> Origin | None:
    """The return whose approval made an intake; its page says itself who may read it."""
    uuid = intake.options.get("return")
    sent = Return.objects.filter(uuid=uuid).select_related("form", "place").first() if uuid else None
    return Origin(name_of(sent), reverse("submissions:review", args=[sent.uuid])) if sent else None


def drafts(
    user: User | AnonymousUser, place: Place, indicators: Collection[str] | None = None, period: str | None = None
) -> Iterator[Pending]:
    """Numbers of a place's returns that nobody has approved yet: sent and checked ones, and what is being typed."""
    rows = returns(user).filter(place=place)
    rows = rows.filter(Q(state__in=_ON_THE_WAY) | Q(state__in=(ReturnState.DRAFT, ReturnState.RETURNED), filled__gt=0))
    found = rows.select_related("form", "version", "place", "sent_by").defer("version__definition")
    told = [
        (sent, value, subject_of(definition_of(sent.version), value.row, value.column))
        for sent in found.order_by("-last_month", "-changed_at")[:MOST_RETURNS]
        for value in values_of(sent)
        if period is None or _code(sent, value) == period  # a page of one month asks nothing more of the others
    ]
    wanted = [each for each in told if indicators is None or each[2].indicator in indicators]
    called = {
        each.code: each.name for each in Indicator.objects.filter(code__in={each[2].indicator for each in wanted})
    }
    for sent, value, subject in wanted:
        if each := _pending(sent, value, subject, called):
            yield each


def _code(sent: Return, value: Value) -> str:
    span = period_of(value.column.period, sent.span)
    return span.code if span else ""


def _pending(sent: Return, value: Value, subject: Subject, called: Mapping[str, str]) -> Pending | None:
    span = period_of(value.column.period, sent.span)
    if span is None:
        return None
    address = reverse("submissions:review", args=[sent.uuid])
    return Pending(
        indicator=subject.indicator, name=called.get(subject.indicator, subject.indicator),
        segment=subject.segment, period=span.code,
        base=base_of(value.column, sent.span), measure=subject.measure, kind=value.column.kind,
        unit=subject.unit.code, price_basis=subject.price_basis, value=value.value * subject.unit.scale,
        number=format_number(value.value), unit_shown=words.unit_name(value.column.unit or value.row.unit),
        label=f"{name_of(sent)}: {sent.get_state_display()}", address=f"{address}#dong-{value.row.code}",
        who=str(sent.sent_by or "") if sent.state in _ON_THE_WAY else "",
    )  # fmt: skip
