# SPDX-License-Identifier: Apache-2.0
"""The words by which somebody is reminded of tasks: in a mail to one person, and as a text for a chat, by unit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bamsat.core.terms.vietnamese import sort_key
from bamsat.rooms.accounts.models import User
from bamsat.rooms.submissions.month.day_words import long_day
from bamsat.rooms.tasks.standing import Line

LONGEST = 200  # of what is to be done; the page has the whole of it


def subject(lines: Sequence[Line]) -> str:
    if len(lines) == 1:
        return _("Nhắc việc: %(what)s") % {"what": shortened(lines[0].task.what, 120)}
    return ngettext("Nhắc việc: %(n)s nhiệm vụ", "Nhắc việc: %(n)s nhiệm vụ", len(lines)) % {"n": len(lines)}


def body(user: User, lines: Sequence[Line], address: str) -> str:
    """Everything that the person is reminded of, the most urgent first."""
    told = [_("Kính gửi: %(name)s") % {"name": str(user)}, "", _("Các nhiệm vụ sau quá hạn hoặc sắp đến hạn:"), ""]
    for at, line in enumerate(by_urgency(lines), 1):
        said = _lines(line, address)
        told += [f"{at}. {said[0]}", *(f"   {one}" for one in said[1:]), ""]
    if address:
        told += [_("Tất cả nhiệm vụ: %(address)s") % {"address": _at(address, "/nhiem-vu/")}, ""]
    told.append(
        _("Thư này do phần mềm Bám Sát gửi. Đã xong việc thì báo hoàn thành trên trang, không cần trả lời thư.")
    )
    return "\n".join(told) + "\n"


def text_of(lines: Sequence[Line], address: str) -> str:
    """The same for a chat: by unit, with deadlines and addresses."""
    groups: dict[str, list[Line]] = defaultdict(list)
    for line in by_urgency(lines):
        groups[line.task.lead.label if line.task.lead else ""].append(line)
    told = [_("Đề nghị các đơn vị thực hiện nhiệm vụ quá hạn hoặc sắp đến hạn:")]
    for unit in sorted(groups, key=lambda unit: (not unit, sort_key(unit))):
        told += ["", (unit or _("Chưa giao đơn vị chủ trì")) + ":"]
        for line in groups[unit]:
            said = _lines(line, address, of_unit=True)
            told += [f"- {said[0]}", *(f"  {one}" for one in said[1:])]
    return "\n".join(told)


def by_urgency(lines: Sequence[Line]) -> list[Line]:
    return sorted(lines, key=lambda line: (line.standing.due or date.max, line.task.pk))


def shortened(what: str, longest: int = LONGEST) -> str:
    """In one line, cut at a word.

    >>> shortened("Rà soát  các chợ\\ntrên địa bàn", 14)
    'Rà soát các…'
    """
    whole = " ".join(what.split())
    return whole if len(whole) <= longest else whole[: longest - 1].rsplit(" ", 1)[0] + "…"


def _lines(line: Line, address: str, of_unit: bool = False) -> list[str]:
    task = line.task
    told = [shortened(task.what)]
    if line.standing.due:
        due = long_day(line.standing.due)
        told.append(_("Hạn: %(due)s") % {"due": f"{due} ({line.left})" if line.left else due})
    if task.record:
        told.append(_("Văn bản giao: %(record)s") % {"record": str(task.record)})
    if task.lead and not of_unit:
        told.append(_("Chủ trì: %(unit)s") % {"unit": task.lead.label})
    if of_unit and task.person:
        told.append(_("Người theo dõi: %(person)s") % {"person": str(task.person)})
    if address:
        told.append(_at(address, reverse("tasks:task", args=[task.uuid])))
    return told


def _at(address: str, path: str) -> str:
    return address.rstrip("/") + path
