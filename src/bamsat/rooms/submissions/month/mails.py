# SPDX-License-Identifier: Apache-2.0
"""The mail that reminds somebody of all they owe: the forms, their deadlines, the cells that lack, where to go."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bamsat.core.terms.period import Period
from bamsat.rooms.accounts.mails import hand_over
from bamsat.rooms.accounts.models import User
from bamsat.rooms.catalogue.queries import calendar
from bamsat.rooms.submissions.due import due_of
from bamsat.rooms.submissions.filling.actions import typed_keys
from bamsat.rooms.submissions.grids import definition_of
from bamsat.rooms.submissions.models import Reminder, Return, ReturnState
from bamsat.rooms.submissions.month.agenda import time_left
from bamsat.rooms.submissions.month.day_words import long_day
from bamsat.rooms.submissions.month.duties import title_of
from bamsat.rooms.submissions.naming_places import full_names
from bamsat.rooms.submissions.queries import version_for
from bamsat.ui import words

NAMED = 12  # cells that lack, before the mail says how many more


@dataclass(frozen=True, slots=True)
class Item:
    """One form that a place owes, as a mail or a text tells it."""

    reminder: Reminder
    place: str
    due: datetime | None
    sent: Return | None
    lacks: tuple[str, ...]

    @property
    def is_returned(self) -> bool:
        return self.sent is not None and self.sent.state == ReturnState.RETURNED


def send_reminders(ids: Sequence[int], address: str) -> int:
    """One mail a person; a reminder is delivered once all its mails are, else it says why not."""
    waiting = Reminder.objects.filter(pk__in=ids, delivered=False).select_related("form", "form__set", "place", "by")
    items = items_of(list(waiting))
    by_user: dict[int, list[Item]] = defaultdict(list)
    for item in items:
        for user in item.reminder.to:
            by_user[user].append(item)
    failed: dict[int, str] = {}
    users = User.objects.in_bulk(by_user)
    count = 0
    for pk, held in by_user.items():
        why = _send(users.get(pk), held, address)
        count += not why
        failed |= {item.reminder.pk: why for item in held if why}
    for item in items:
        item.reminder.note = failed.get(item.reminder.pk, "")
        item.reminder.delivered = not item.reminder.note
    Reminder.objects.bulk_update([item.reminder for item in items], ["note", "delivered"])
    return count


def _send(user: User | None, items: Sequence[Item], address: str) -> str:
    """Why it did not go out, or nothing."""
    with translation.override(user.language if user else "vi"):
        return hand_over(user, subject(items), body(user, items, address) if user else "")


def subject(items: Sequence[Item]) -> str:
    if len(items) == 1:
        one = items[0].reminder
        return _("Đôn đốc gửi biểu: %(title)s") % {"title": title_of(one.form.name, one.period)}
    return ngettext("Đôn đốc gửi %(n)s biểu", "Đôn đốc gửi %(n)s biểu", len(items)) % {"n": len(items)}


def body(user: User, items: Sequence[Item], address: str) -> str:
    told = [_("Kính gửi: %(name)s") % {"name": str(user)}, "", _("Sở Công Thương đề nghị gửi các biểu sau:"), ""]
    for at, item in enumerate(items, 1):
        told += [f"{at}. {line}" if not n else f"   {line}" for n, line in enumerate(lines(item, address))]
        told.append("")
    if address:
        told += [_("Tất cả biểu phải gửi: %(address)s") % {"address": address}, ""]
    told.append(_("Thư này do phần mềm Bám Sát gửi. Nếu đã gửi biểu thì không cần trả lời."))
    return "\n".join(told) + "\n"


def lines(item: Item, address: str) -> list[str]:
    """One form in a few lines."""
    one = item.reminder
    told = [title_of(one.form.name, one.period), _("Nơi gửi: %(place)s") % {"place": item.place}]
    if item.due is not None:
        told.append(_("Hạn: %(due)s") % {"due": due_in_words(item.due, one.at)})
    if item.sent is not None:
        told.append(
            _("Đã nhập %(n)s/%(all)s ô; còn thiếu: %(cells)s")
            % {"n": item.sent.filled, "all": item.sent.asked, "cells": _few(item.lacks)}
            if item.lacks
            else _("Đã nhập đủ, chưa bấm Gửi.")
        )
        if address:
            told.append(address.rstrip("/") + reverse("submissions:return", args=[item.sent.uuid]))
    else:
        told.append(_("Chưa mở biểu."))
    return told


def due_in_words(due: datetime, now: datetime) -> str:
    """ "17:00 thứ Ba, 20/10/2026 (còn 1 ngày làm việc)"."""
    local = timezone.localtime(due)
    workdays = calendar(local.year - 1, local.year + 1)
    return f"{local:%H:%M} {long_day(local.date())} ({time_left(due, now, workdays)})"


def _few(names: Sequence[str]) -> str:
    more = len(names) - NAMED
    told = "; ".join(names[:NAMED])
    return told + (ngettext("; và %(n)s ô nữa", "; và %(n)s ô nữa", more) % {"n": more} if more > 0 else "")


def items_of(reminders: Iterable[Reminder]) -> list[Item]:
    """What the reminders are about; a few queries, however many places there are."""
    held = list(reminders)
    names = full_names({reminder.place_id for reminder in held})
    rows = Return.objects.filter(
        form__in={one.form_id for one in held}, period__in={one.period for one in held},
        place__in={one.place_id for one in held},
    ).select_related("version")  # fmt: skip
    sent = {(one.form_id, one.place_id, one.period): one for one in rows}
    due: dict[tuple[int, str], datetime | None] = {}
    made = []
    for one in held:
        if (one.form_id, one.period) not in due:
            due[one.form_id, one.period] = _due(one)
        found = sent.get((one.form_id, one.place_id, one.period))
        until = found.due if found and found.due else due[one.form_id, one.period]
        made.append(Item(one, names.get(one.place_id, ""), until, found, tuple(lacking(found)) if found else ()))
    return made


def _due(one: Reminder) -> datetime | None:
    period = Period.parse(one.period)
    version = version_for(one.form, period)
    return due_of(definition_of(version), period) if version else None


def lacking(sent: Return) -> list[str]:
    """The rows of which a cell that the form asks for is empty, without a reason."""
    definition, texts, explained = definition_of(sent.version), sent.texts, sent.explained
    english = words.language() == "en"
    names = {row.code: row.name.said(english) for row in definition.rows}
    found = [
        key.rsplit(".", 1)[0]
        for key, asked in typed_keys(definition, sent.chosen).items()
        if asked and not texts.get(key, "").strip() and key not in explained
    ]
    return list(dict.fromkeys(names.get(code.split("~")[0], code) for code in found))
