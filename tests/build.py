# SPDX-License-Identifier: Apache-2.0
"""Builders for tests: what a story needs before it begins, made through the product's own actions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.test import override_settings

from bamsat.core.check.model import Finding as Found
from bamsat.core.check.model import Repair, Report, Stated
from bamsat.core.read.document import Block
from bamsat.core.read.document import Document as Source
from bamsat.core.terms.figure import Figure, Reading, Statement
from bamsat.core.terms.period import Period
from bamsat.rooms.accounts.actions import create_user
from bamsat.rooms.accounts.models import User
from bamsat.rooms.catalogue.actions import load_catalogue
from bamsat.rooms.catalogue.models import Indicator
from bamsat.rooms.documents import reading
from bamsat.rooms.documents.actions import receive
from bamsat.rooms.documents.models import Document, ReadFigure
from bamsat.rooms.figures.checking import figure_of
from bamsat.rooms.findings.actions import Stands, keep
from bamsat.rooms.findings.models import Finding, Origin
from bamsat.rooms.places.actions import give_role
from bamsat.rooms.places.models import Place, Role
from bamsat.rooms.places.shipped import load_places
from bamsat.rooms.submissions.defining.shipped import load_forms
from bamsat.rooms.submissions.filling import actions as actions_fill
from bamsat.rooms.submissions.filling.actions import Change
from bamsat.rooms.submissions.flow import actions as actions_flow
from bamsat.rooms.submissions.flow import actions_many
from bamsat.rooms.submissions.grids import definition_of
from bamsat.rooms.submissions.models import Form, FormVersion, Return

IN_USE_SINCE = datetime(2020, 1, 1, tzinfo=UTC)
_made = iter(range(1, 1_000_000))


def catalogue() -> None:
    """The catalogue that the product ships; it is there already, but after a test that emptied the tables."""
    if not Indicator.objects.filter(shipped=True).exists():
        load_catalogue()


def provinces() -> None:
    """The provinces that the product ships, without what is below them."""
    load_places(districts=False, communes=False)


def place(slug: str) -> Place:
    return Place.objects.get(slug=slug)


def role(user: User, slug: str, role: str = Role.SPECIALIST) -> User:
    """Give the user one more role at a place."""
    give_role(None, user, place(slug), role)
    return user


def stated(value: str | int, /, **fields: Any) -> Figure:
    """A figure as the reader would hand it over; by default industrial output of Cao Bằng in 2021, in đồng."""
    number = Decimal(value)
    said: dict[str, Any] = {
        "doc": "bc.txt", "start": 0, "end": 1, "number": f"{value}", "label": "giá trị sản xuất công nghiệp",
        "indicator": "industrial_output", "segment": None, "measure": "level", "value": number, "value_high": None,
        "of": None, "unit": "VND", "lower": number, "upper": number, "status": "actual", "hedge": None,
        "area": "Cao Bằng", "period": "2021", "base": None, "price_basis": None, "inferred": (), "doubt": None,
        "at": "đoạn 1",
    }  # fmt: skip
    return Figure(**said | fields)


def growth(value: str, /, **fields: Any) -> Figure:
    return stated(value, **{"measure": "growth", "unit": "%", "base": "2020"} | fields)


def plan_ratio(value: str, /, **fields: Any) -> Figure:
    return stated(value, **{"measure": "plan_ratio", "unit": "%"} | fields)


_sent = iter(range(1, 1_000_000))


def received(user: User, text: str = "", name: str = "bc.txt", **more: Any) -> Document:
    """A document that waits to be read; each one has bytes of its own unless a text is given."""
    waits = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    with override_settings(TASKS=waits):
        return receive(user, name, (text or f"Báo cáo số {next(_sent)}").encode(), **more)


def document(
    user: User, figures: Iterable[Figure] = (), statements: Iterable[Statement] = (), area: str | None = "Cao Bằng",
    period: str | None = "2021", **attributes: str,
) -> Document:  # fmt: skip
    """A document in which the reader found exactly these figures, stored the way the worker stores them."""
    found = received(user)
    source = Source("bc.txt", "txt", "Báo cáo", (Block("paragraph", 0, 7, "đoạn 1"),), attributes=attributes)
    reading.store(found, Reading(source, tuple(figures), tuple(statements), area, period))
    reading.finish(found)
    found.refresh_from_db()
    return found


def figure(user: User, stated_figure: Figure | None = None, **attributes: str) -> ReadFigure:
    """One figure of a document of its own."""
    return document(user, [stated_figure or stated("5300000000000")], **attributes).figures.get()


def finding(
    document: Document, says: str = "Ba số không thể cùng đúng.", repair: Repair | None = None, **changes: Any
) -> Finding:
    """All that a check said of the figures of a document, whose keys are their ordinals; by default a growth fails."""
    figures = {str(each.ordinal): each for each in document.figures.order_by("ordinal")}
    said: dict[str, Any] = {"outcome": "fails", "severity": "error", "rule": "growth", "calc": "5.300 ÷ 4.700 = 1,1277"}
    found = Found(figures=tuple(figures), vi=says, en="", **said | {"repairs": (repair,) if repair else ()} | changes)
    stated_ = tuple(Stated(key, figure_of(each, document.name), document.name) for key, each in figures.items())
    before = set(Finding.objects.values_list("pk", flat=True))
    keep(
        Report((found,), stated_), origin=Origin.DOCUMENT, document=document, place=document.place,
        period=document.period or "", parts={key: Stands(each, source=str(document)) for key, each in figures.items()},
    )  # fmt: skip
    return Finding.objects.exclude(pk__in=before).get()


_OF_THE_FORM = {"set", "place", "name_vi", "name_en", "number", "basis", "by_practice", "order", "ended", "shipped"}


def forms() -> None:
    """The forms that the product ships; they are there already, but after a test that emptied the tables."""
    catalogue()
    if not Form.objects.filter(shipped=True).exists():
        load_forms(IN_USE_SINCE)


def form(code: str = "ban-le-thang", **changes: Any) -> FormVersion:
    """A form in use from January 2020: a shipped one, or one that differs from the retail form by `changes`.

    `changes` are fields of the form (place, set, name_vi ...), `first_month`, and parts of the definition: frequency,
    rows, columns, rules, senders, where, deadline, checks, approves, provider.
    """
    forms()
    found = Form.objects.filter(code=code).first()
    if found is not None and not changes:
        return found.versions.filter(in_use=True).latest("number")
    of_form = {name: changes.pop(name) for name in list(changes) if name in _OF_THE_FORM}
    first_month = changes.pop("first_month", 2020 * 12)
    like = FormVersion.objects.filter(form__code=code if found else "ban-le-thang", in_use=True).latest("number")
    if found is None:
        found = Form(code=code, set=like.form.set, name_vi=f"Biểu {code}", name_en=f"Form {code}", order=5000)
    for name, value in of_form.items():
        setattr(found, name, value)
    found.save()
    number = max(found.versions.values_list("number", flat=True), default=0) + 1
    return FormVersion.objects.create(
        form=found, number=number, first_month=first_month, definition=like.definition | changes, in_use=True,
        at=IN_USE_SINCE + timedelta(microseconds=next(_sent)),  # a definition is remembered by it
    )  # fmt: skip


def sent(
    user: User, form: FormVersion, place: Place, period: str, texts: Mapping[str, str] | None = None,
    until: str = "sent", by: User | None = None,
) -> Return:  # fmt: skip
    """A return on its way: "draft", "sent", "checked" or "approved"; cells without a text say that none is known yet.

    `by` checks and approves; an administrator if nobody is named.
    """
    texts = texts or {}
    found = actions_fill.open_return(user, form.form, place, Period.parse(period))
    changes = [Change(key, text) for key, text in texts.items()]
    asked = actions_fill.asked_keys(definition_of(form), found.chosen)
    changes += [Change(key, "", why="chưa thu thập được") for key in asked if key not in texts and until != "draft"]
    actions_fill.save_cells(user, found, changes)
    if until != "draft":
        actions_flow.send(user, found)
    if until in ("checked", "approved"):
        by = by or User.objects.filter(username="duyet-thay").first() or administrator("duyet-thay")
        actions_flow.check(by, found)
        if until == "approved":
            actions_many.approve(by, found)
    found.refresh_from_db()
    return found


def administrator(username: str) -> User:
    return create_user(username, "Quản trị", password="mat-khau-thu", administers=True)
