# SPDX-License-Identifier: Apache-2.0
"""Loading the forms that the product ships (data/forms), one file a form."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import Any

from django.db import transaction
from django.utils import timezone

from bamsat.core.forms.definition import Definition
from bamsat.core.terms.data import shipped
from bamsat.rooms.catalogue.models import IndicatorSet
from bamsat.rooms.submissions.models import Form, FormVersion


@transaction.atomic
def load_forms(since: datetime | None = None) -> dict[str, int]:
    """Bring the shipped forms up to this edition; what an office made, or changed, is never touched.

    A definition that differs from the latest one becomes a new version: returns keep the one by which they were filled.
    What falls due from now on, or from `since`, is waited for.
    """
    sets = dict(IndicatorSet.objects.values_list("code", "pk"))
    there = {form.code: form for form in Form.objects.all()}
    latest = {version.form_id: version for version in FormVersion.objects.filter(in_use=True).order_by("number")}
    added = 0
    for said in shipped_forms():
        form = there.get(said["code"])
        if form is not None and not form.shipped:
            continue
        form = _brought_up(form, said, sets)
        added += _version(form, said, latest.get(form.pk), since or timezone.now())
    return {"forms": len(shipped_forms()), "versions": added}


@cache
def shipped_forms() -> tuple[dict[str, Any], ...]:
    """Every shipped form as its file says it, its definition read once so that a wrong one is told at once."""
    found = tuple(shipped(f"forms/{name}") for name in _names())
    for said in found:
        Definition.parse(said["definition"])
    return found


def _names() -> Iterator[str]:
    folder = files("bamsat").joinpath("data", "forms")
    yield from sorted(each.name for each in folder.iterdir() if each.name.endswith(".yml"))


def _brought_up(form: Form | None, said: dict[str, Any], sets: dict[str, int]) -> Form:
    note = said.get("note") or {}
    told = {
        "name_vi": said["name"]["vi"], "name_en": said["name"].get("en", ""), "number": said.get("number", ""),
        "set_id": sets[said["set"]] if said.get("set") else None, "basis": said.get("basis", ""),
        "by_practice": bool(said.get("by_practice", False)), "note_vi": note.get("vi", ""),
        "note_en": note.get("en", ""), "order": said.get("order", 1000),
    }  # fmt: skip
    form = form or Form(code=said["code"], shipped=True)
    if form.pk is None or any(getattr(form, name) != value for name, value in told.items()):
        for name, value in told.items():
            setattr(form, name, value)
        form.save()
    return form


def _version(form: Form, said: dict[str, Any], latest: FormVersion | None, since: datetime) -> int:
    if latest is not None and latest.definition == said["definition"]:
        return 0
    number = max(form.versions.values_list("number", flat=True), default=0) + 1
    FormVersion.objects.create(
        form=form, number=number, first_month=month_of(said["from"]), definition=said["definition"], in_use=True,
        note=said.get("changed", ""), at=since,
    )  # fmt: skip
    return 1


def month_of(text: str) -> int:
    """ "2020-01" as a month since year 0."""
    year, month = text.split("-")
    return int(year) * 12 + int(month) - 1
