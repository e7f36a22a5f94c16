# SPDX-License-Identifier: Apache-2.0
"""The list of returns: its tabs with their counts, filters, and a row for each return."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from bamsat.core.terms.period import Period
from bamsat.core.terms.vietnamese import fold
from bamsat.rooms.places.models import PlaceKind, PlaceVersion
from bamsat.rooms.submissions import queries
from bamsat.rooms.submissions.flow import queues
from bamsat.rooms.submissions.models import Return, ReturnState
from bamsat.rooms.submissions.naming_places import full_names, with_end
from bamsat.rooms.submissions.period_words import period_name
from bamsat.ui import words

if TYPE_CHECKING:
    from bamsat.rooms.accounts.models import User

A_PAGE = 50
MONTHS = 26  # how far back periods are offered among all returns
FILL, BACK, CHECK, APPROVE, ALL = "nhap", "tra-lai", "kiem-tra", "duyet", "tat-ca"
NAMES = {
    FILL: gettext_lazy("Cần nhập"), BACK: gettext_lazy("Cần sửa"), CHECK: gettext_lazy("Cần kiểm tra"),
    APPROVE: gettext_lazy("Cần duyệt"), ALL: gettext_lazy("Tất cả"),
}  # fmt: skip
SHAPES = {
    ReturnState.DRAFT: "half", ReturnState.SENT: "good", ReturnState.CHECKED: "good", ReturnState.APPROVED: "good",
    ReturnState.RETURNED: "bad",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Tab:
    code: str
    name: str
    count: int | None  # of all returns only where they are looked at: they are many
    current: bool


@dataclass(frozen=True, slots=True)
class Filters:
    """What the address says to show."""

    form: str = ""
    period: str = ""
    kind: str = ""
    state: str = ""
    find: str = ""

    @classmethod
    def of(cls, said: Mapping[str, str]) -> Filters:
        names = {"form": "bieu", "period": "ky", "kind": "loai", "state": "buoc", "find": "tim"}
        return cls(**{field: said.get(name, "").replace("\0", "").strip()[:120] for field, name in names.items()})

    @property
    def any(self) -> bool:
        return bool(self.find) or self.narrow_by

    @property
    def narrow_by(self) -> bool:
        return any((self.form, self.period, self.kind, self.state))

    def narrow(self, rows: QuerySet[Return]) -> QuerySet[Return]:
        if self.form:
            rows = rows.filter(form__code=self.form)
        if self.period:
            rows = rows.filter(period=self.period)
        if self.kind:
            rows = rows.filter(place__kind=self.kind)
        if self.state:
            rows = rows.filter(state=self.state)
        if self.find:
            folded = fold(self.find)
            places = PlaceVersion.objects.filter(folded__contains=folded).values("place_id")
            rows = rows.filter(Q(place__in=places) | Q(form__folded__contains=folded))
        return rows


@dataclass(frozen=True, slots=True)
class Row:
    """A return in the list."""

    sent: Return
    place: str
    period: str
    shape: str
    when: str
    late: bool
    explained: int


def tabs(user: User, chosen: str) -> tuple[list[Tab], str]:
    """The tabs that have something for the user, and which of them is open: the one asked for, else what waits."""
    counts: dict[str, int | None] = {code: queue(user).count() for code, queue in _QUEUES.items()}
    shown = [code for code in (FILL, BACK, CHECK, APPROVE) if counts[code] or code == chosen]
    current = chosen if chosen in NAMES else next((code for code in (APPROVE, CHECK, BACK, FILL) if counts[code]), ALL)
    counts[ALL] = queues.seen(user).count() if current == ALL else None
    return [Tab(code, str(NAMES[code]), counts[code], code == current) for code in [*shown, ALL]], current


_QUEUES: dict[str, Callable[[User], QuerySet[Return]]] = {
    FILL: queues.to_fill, BACK: queues.sent_back, CHECK: queues.to_check, APPROVE: queues.to_approve,
}  # fmt: skip


def rows_of(user: User, tab: str) -> QuerySet[Return]:
    """The returns of a tab, in the order of the list."""
    rows = queues.seen(user) if tab == ALL else _QUEUES[tab](user)
    return rows.select_related("form", "place", "sent_by").order_by(*queues.ORDER)


def shown(rows: Iterable[Return]) -> list[Row]:
    english = words.language() == "en"
    found = list(rows)
    names = full_names({sent.place_id for sent in found})
    return [
        Row(
            sent, with_end(sent.place, names[sent.place_id]), period_name(sent.span, english),
            SHAPES[ReturnState(sent.state)], _when(sent),
            bool(sent.due and sent.sent_at and sent.sent_at > sent.due), len(sent.explained),
        )
        for sent in found
    ]  # fmt: skip


def _when(sent: Return) -> str:
    if sent.state == ReturnState.APPROVED and sent.approved_at:
        return _("duyệt %(when)s") % {"when": words.moment(sent.approved_at)}
    if sent.sent_at and sent.state != ReturnState.RETURNED:
        return _("gửi %(when)s") % {"when": words.moment(sent.sent_at)}
    if sent.due:
        return _("hạn %(when)s") % {"when": words.moment(sent.due)}
    return ""


@dataclass(frozen=True, slots=True)
class Choices:
    """What can be chosen in the filters: only what the rows of the tab have."""

    forms: list[tuple[str, str]]
    periods: list[tuple[str, str]]
    kinds: list[tuple[str, str]]
    states: list[tuple[str, str]]


def choices(user: User, rows: QuerySet[Return], tab: str) -> Choices:
    english = words.language() == "en"
    kinds = {each.code: each.name for each in PlaceKind.objects.all()}
    forms = queries.forms(user)
    if tab == ALL:  # years of returns: what there may be, without looking through them all
        today = timezone.localdate()
        recent = rows.filter(last_month__gte=today.year * 12 + today.month - MONTHS)
        there = sorted(kinds)
    else:
        recent = rows
        forms = forms.filter(pk__in=rows.order_by().values("form_id"))
        there = sorted(rows.order_by().values_list("place__kind", flat=True).distinct())
    spans = recent.order_by("-last_month", "first_month").values_list("last_month", "first_month", "period").distinct()
    return Choices(
        [(form.code, form.name) for form in forms],
        [(code, period_name(Period(first, last), english)) for last, first, code in spans[:60]],
        [(code, kinds.get(code, code)) for code in there],
        [(code, str(name)) for code, name in ReturnState.choices] if tab == ALL else [],
    )


def lede(tab: str, count: int) -> str:
    """What matters, in a sentence."""
    if not count:
        return {
            FILL: _("Không có phiếu nào đang nhập dở."), BACK: _("Không còn phiếu nào cần sửa."),
            CHECK: _("Không còn phiếu nào chờ kiểm tra."), APPROVE: _("Không còn phiếu nào chờ duyệt."),
            ALL: _("Chưa có phiếu nào."),
        }[tab]  # fmt: skip
    said = {
        FILL: ngettext("%(n)s phiếu đang nhập dở.", "%(n)s phiếu đang nhập dở.", count),
        BACK: ngettext("%(n)s phiếu được trả lại để sửa.", "%(n)s phiếu được trả lại để sửa.", count),
        CHECK: ngettext("%(n)s phiếu đã gửi, chờ kiểm tra.", "%(n)s phiếu đã gửi, chờ kiểm tra.", count),
        APPROVE: ngettext("%(n)s phiếu đã kiểm tra, chờ duyệt.", "%(n)s phiếu đã kiểm tra, chờ duyệt.", count),
        ALL: ngettext("%(n)s phiếu.", "%(n)s phiếu.", count),
    }[tab]
    return said % {"n": words.number(count)}
