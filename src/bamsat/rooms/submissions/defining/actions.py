# SPDX-License-Identifier: Apache-2.0
"""Defining forms: adding them, drafting a version, putting it in use, ending a form, sparing and obliging places."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from bamsat.core.forms.definition import Definition, DefinitionUnreadable
from bamsat.core.terms.errors import BamsatError
from bamsat.core.terms.vietnamese import fold
from bamsat.rooms.accounts import audit
from bamsat.rooms.catalogue.models import IndicatorSet
from bamsat.rooms.places.models import Place
from bamsat.rooms.places.queries import NotAllowed
from bamsat.rooms.places.rights import Function, sees_everything
from bamsat.rooms.submissions.defining.naming import unknown_names
from bamsat.rooms.submissions.models import Form, FormVersion, Return, Sparing
from bamsat.rooms.submissions.queries import may

if TYPE_CHECKING:
    from bamsat.rooms.accounts.models import User

HEADER = ("name_vi", "name_en", "number", "set", "basis", "by_practice", "note_vi", "note_en", "order")
RESERVED = {"them", "goi-y"}  # words of addresses beside the codes of forms
_CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_LONGEST = {"name_vi": 300, "name_en": 300, "number": 60, "basis": 300, "note_vi": 4000, "note_en": 4000}
_FIRST = {
    "frequency": "month",
    "senders": {"kinds": ["commune"]},
    "checks": ["specialist"],
    "approves": ["head"],
    "columns": [{"code": "now", "name": {"vi": "Kỳ báo cáo", "en": "This period"}}],
    "rows": [{"code": "first", "number": "1", "name": {"vi": "Chỉ tiêu", "en": "Indicator"}}],
    "rules": [],
}


class FormRefused(BamsatError):
    """A form or version that cannot be changed so; the sentence says what to do instead."""


# Rights.


def may_define(user: User, form: Form) -> bool:
    """Whether the user defines this form: who has the function at its place; an administrator everybody's forms."""
    return sees_everything(user) if form.place is None else may(user, Function.FORMS, form, form.place)


def ask_to_define(user: User, form: Form) -> None:
    if may_define(user, form):
        return
    if form.place is None:
        raise NotAllowed(
            vi=f"“{form}” là biểu dùng chung, chỉ quản trị sửa được. Hãy lấy làm biểu của Sở rồi sửa biểu ấy.",
            en=f"“{form.name}” is everybody's form; only administrators change it. Take it as your office's, "
            "then change that.",
        )
    raise NotAllowed(
        vi=f"Anh/chị không có quyền định nghĩa biểu của {form.place.label}.",
        en=f"You have no right to define forms of {form.place.label}.",
    )


def _ask_at(user: User, place: Place | None, form: Form) -> None:
    if (place is None and not sees_everything(user)) or (place and not may(user, Function.FORMS, form, place)):
        where = place.label if place else "mọi nơi"
        raise NotAllowed(
            vi=f"Anh/chị không có quyền định nghĩa biểu cho {where}.",
            en=f"You have no right to define forms for {place.label if place else 'everybody'}.",
        )


# Forms.


@transaction.atomic
def add_form(user: User, place: Place | None, code: str, **header: Any) -> FormVersion:
    """A new form of an office, with a first version to be drafted; none: everybody's."""
    form = Form(code=code.strip().lower(), place=place, **_header(header))
    _ask_at(user, place, form)
    _check_code(form.code)
    form.save()
    version = FormVersion.objects.create(form=form, number=1, first_month=_this_month(), definition=_FIRST, by=user)
    audit.record(user, "submissions.form.added", form, code=form.code, place=place.slug if place else "")
    return version


@transaction.atomic
def take_form(user: User, form: Form, place: Place, reason: str = "") -> FormVersion:
    """Everybody's form as one of an office: a copy that it may change, and that stands in for the other below it."""
    if form.place is not None:
        raise FormRefused(
            vi=f"“{form}” đã là biểu riêng của {form.place.label}. Hãy soạn phiên bản mới của nó.",
            en=f"“{form.name}” belongs to {form.place.label} already. Draft a new version of it.",
        )
    _ask_at(user, place, form)
    there = Form.objects.filter(place=place, replaces=form, ended=None).first()
    if there is not None:
        raise FormRefused(
            vi=f"{place.label} đã lấy biểu này: “{there}”. Hãy soạn phiên bản mới của biểu ấy.",
            en=f"{place.label} has taken this form already: “{there.name}”. Draft a new version of that one.",
        )
    latest = _in_use(form)
    code = _free_code(f"{form.code[:40]}-{place.slug}"[:60].strip("-"))
    told = {name: getattr(form, name) for name in HEADER}
    own = Form.objects.create(code=code, place=place, replaces=form, **told)
    version = FormVersion.objects.create(
        form=own, number=1, first_month=_this_month(), definition=latest.definition, by=user, note=str(form)
    )
    audit.record(user, "submissions.form.taken", own, reason, code=own.code, like=form.code, place=place.slug)
    return version


@transaction.atomic
def change_form(user: User, form: Form, reason: str = "", **header: Any) -> Form:
    """What a form is called, its field of work, basis and guidance; what it asks is in its versions."""
    form = Form.objects.select_for_update(of=("self",)).get(pk=form.pk)
    ask_to_define(user, form)
    told = _header({name: getattr(form, name) for name in HEADER} | header)
    _ask_at(user, form.place, Form(set=told["set"]))  # nor may a form leave the fields of work that one has
    changed = {name: value for name, value in told.items() if getattr(form, name) != value}
    if changed:
        before = {name: str(getattr(form, name)) for name in changed}
        for name, value in changed.items():
            setattr(form, name, value)
        form.shipped = False
        form.save()
        after = {name: str(value) for name, value in changed.items()}
        audit.record(user, "submissions.form.changed", form, reason, before=before, after=after)
    return form


@transaction.atomic
def end_form(user: User, form: Form, on: date | None, reason: str) -> Form:
    """The form is asked no more from a day on; without a day it is asked again. What was sent by it stays."""
    form = Form.objects.select_for_update(of=("self",)).get(pk=form.pk)
    ask_to_define(user, form)
    form.ended = on
    form.save()
    action = "submissions.form.ended" if on else "submissions.form.resumed"
    audit.record(user, action, form, _reason(reason), on=on.isoformat() if on else "")
    return form


# Versions.


@transaction.atomic
def draft_version(user: User, form: Form, definition: Mapping[str, Any] | None = None) -> FormVersion:
    """The version being drafted: a copy of the latest in use, or what is given; a form has one at a time."""
    form = Form.objects.select_for_update(of=("self",)).get(pk=form.pk)
    ask_to_define(user, form)
    draft = form.versions.filter(in_use=False).first()
    if draft is not None:
        return draft if definition is None else save_draft(user, draft, definition)
    like = _in_use(form)
    number = max(form.versions.values_list("number", flat=True)) + 1
    version = FormVersion.objects.create(
        form=form, number=number, first_month=max(like.first_month, _this_month()), by=user,
        definition=dict(definition) if definition is not None else like.definition,
    )  # fmt: skip
    audit.record(user, "submissions.version.drafted", version, form=form.code, number=number)
    return version


@transaction.atomic
def save_draft(user: User, version: FormVersion, definition: Mapping[str, Any], seen: str = "") -> FormVersion:
    """Keep a draft as it was typed, readable or not; refused if somebody else saved it meanwhile."""
    held = _held(user, version)
    if held.in_use:
        raise FormRefused(
            vi="Phiên bản đang dùng thì không sửa được nữa. Hãy soạn một phiên bản mới.",
            en="A version in use cannot be changed any more. Draft a new one.",
        )
    if seen and seen != stamp(held):
        raise FormRefused(
            vi=f"Trong lúc anh/chị sửa, {held.by or 'người khác'} đã lưu bản soạn này. Những gì anh/chị vừa gõ còn "
            "trên trang; lưu lần nữa thì lấy bản của anh/chị.",
            en=f"{held.by or 'Somebody else'} saved this draft while you were editing. What you typed is still on the "
            "page; save again to keep yours.",
        )
    if held.definition != definition:
        held.definition, held.by, held.at = dict(definition), user, timezone.now()
        held.save(update_fields=["definition", "by", "at"])
        audit.record(user, "submissions.version.saved", held, form=held.form.code, number=held.number)
    return held


@transaction.atomic
def put_in_use(user: User, version: FormVersion, first_month: int, note: str = "", even_so: bool = False) -> Form:
    """Ask by this version from a month on. DefinitionUnreadable tells all that is wrong with it, where it stands.

    Returns that were opened by an earlier version keep it; where there are some of that month or later, `even_so` says
    that this is known.
    """
    held = _held(user, version)
    if held.in_use:
        return held.form
    definition = Definition.parse(held.definition)
    if troubles := unknown_names(definition):
        raise DefinitionUnreadable(troubles)
    earlier = held.form.versions.filter(in_use=True).order_by("-first_month").first()
    if earlier and first_month < earlier.first_month:
        raise FormRefused(
            vi=f"Phiên bản {earlier.number} dùng từ tháng {month_words(earlier.first_month)}; phiên bản sau phải dùng "
            "từ tháng ấy trở đi.",
            en=f"Version {earlier.number} is used from {month_words(earlier.first_month)}; a later one has to begin "
            "then or after.",
        )
    opened = Return.objects.filter(form=held.form, first_month__gte=first_month).count()
    if opened and not even_so:
        raise FormRefused(
            vi=f"Đã có {opened} phiếu của kỳ từ tháng {month_words(first_month)} mở theo phiên bản cũ; các phiếu ấy "
            "giữ phiên bản cũ. Hãy chọn tháng sau, hoặc đánh dấu là anh/chị đã biết.",
            en=f"{opened} returns of periods from {month_words(first_month)} on were opened by the earlier version "
            "and keep it. Choose a later month, or say that you know.",
        )
    held.in_use, held.first_month, held.note, held.by = True, first_month, note.strip()[:2000], user
    held.at = timezone.now()
    held.save()
    form = held.form
    if form.shipped:  # an upgrade of the product leaves it alone from now on
        form.shipped = False
        form.save()
    audit.record(
        user, "submissions.version.used", held, held.note, form=form.code, number=held.number,
        first_month=month_words(first_month), opened=opened,
    )  # fmt: skip
    return form


@transaction.atomic
def withdraw_draft(user: User, version: FormVersion, reason: str = "") -> Form | None:
    """Drop a draft; a form that has no other version goes with it. Answers the form that is left."""
    held = _held(user, version)
    form = held.form
    if held.in_use:
        raise FormRefused(
            vi="Phiên bản đang dùng thì không bỏ được. Hãy soạn phiên bản mới, hoặc cho hết dùng cả biểu.",
            en="A version in use cannot be dropped. Draft a new one, or end the form.",
        )
    audit.record(user, "submissions.version.withdrawn", form, reason, number=held.number, definition=held.definition)
    held.delete()
    if form.versions.exists():
        return form
    form.delete()
    return None


# Places that need not send, or send too.


@transaction.atomic
def spare(
    user: User, form: Form, place: Place, reason: str, *, required: bool = False, first_month: int | None = None,
    last_month: int | None = None,
) -> Sparing:  # fmt: skip
    """A place need not send the form in these months, or has to though its kind does not. Who defines forms at it."""
    _ask_at(user, place, form)
    if first_month is not None and last_month is not None and last_month < first_month:
        raise FormRefused(vi="Tháng cuối đứng trước tháng đầu.", en="The last month stands before the first.")
    sparing = Sparing.objects.create(
        form=form, place=place, required=required, first_month=first_month, last_month=last_month,
        reason=_reason(reason), by=user,
    )  # fmt: skip
    audit.record(
        user, "submissions.sparing.added", form, sparing.reason, place=place.slug, required=required,
        first=month_words(first_month), last=month_words(last_month),
    )  # fmt: skip
    return sparing


@transaction.atomic
def unspare(user: User, sparing: Sparing, reason: str = "") -> None:
    _ask_at(user, sparing.place, sparing.form)
    audit.record(
        user, "submissions.sparing.removed", sparing.form, reason, place=sparing.place.slug, required=sparing.required
    )
    sparing.delete()


# What the actions ask.


def stamp(version: FormVersion) -> str:
    """Which saving of a draft this is."""
    return version.at.isoformat()


def month_words(month: int | None) -> str:
    return "" if month is None else f"{month % 12 + 1:02}/{month // 12}"


def _held(user: User, version: FormVersion) -> FormVersion:
    held = FormVersion.objects.select_for_update(of=("self",)).select_related("form", "by").get(pk=version.pk)
    ask_to_define(user, held.form)
    return held


def _in_use(form: Form) -> FormVersion:
    latest = form.versions.filter(in_use=True).order_by("-number").first()
    if latest is None:
        raise FormRefused(
            vi=f"“{form}” chưa có phiên bản nào đang dùng.", en=f"No version of “{form.name}” is in use yet."
        )
    return latest


def _header(told: Mapping[str, Any]) -> dict[str, Any]:
    header = {name: told[name] for name in HEADER if name in told}
    for name, most in _LONGEST.items():
        if name in header:
            header[name] = str(header[name] or "").strip()[:most]
    if not header.get("name_vi"):
        raise FormRefused(vi="Hãy ghi tên biểu.", en="Give the form a name.")
    chosen = header.get("set")
    assert chosen is None or isinstance(chosen, IndicatorSet)
    return header


def _check_code(code: str) -> None:
    if not _CODE.fullmatch(code) or len(code) > 60 or code in RESERVED:
        raise FormRefused(
            vi=f"Mã biểu “{code}” gồm chữ thường không dấu, số và gạch nối, như ban-le-thang.",
            en=f"The code “{code}” has to be small letters, digits and hyphens, such as ban-le-thang.",
        )
    if Form.objects.filter(code=code).exists():
        raise FormRefused(
            vi=f"Đã có biểu mang mã “{code}”. Hãy chọn mã khác.", en=f"The code “{code}” is taken. Choose another."
        )


def _free_code(code: str) -> str:
    taken = set(Form.objects.filter(code__startswith=code).values_list("code", flat=True))
    return next(each for each in (code, *(f"{code[:56]}-{n}" for n in range(2, 1000))) if each not in taken)


def code_of(name: str) -> str:
    """A code for a name: "Bán lẻ tháng" is "ban-le-thang"."""
    return re.sub(r"[^a-z0-9]+", "-", fold(name)).strip("-")[:60].strip("-")


def _reason(reason: str) -> str:
    if not reason.strip():
        raise FormRefused(vi="Hãy ghi lý do.", en="Give a reason.")
    return reason.strip()[:2000]


def _this_month() -> int:
    today = timezone.localdate()
    return today.year * 12 + today.month - 1
