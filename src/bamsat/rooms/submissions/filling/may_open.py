# SPDX-License-Identifier: Apache-2.0
"""Whether a return can begin: its period is near, its form is asked, and its place is there and sends that form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from bamsat.core.forms.definition import Definition
from bamsat.core.terms.errors import BamsatError
from bamsat.core.terms.period import Period
from bamsat.rooms.places.models import Ancestor, Place
from bamsat.rooms.places.rights import sees_everything
from bamsat.rooms.submissions.models import Form, Sparing
from bamsat.rooms.submissions.month.expected import last_day

if TYPE_CHECKING:
    from bamsat.rooms.accounts.models import User

MONTHS_AHEAD = 12  # a plan or a test; what lies further ahead is a slip of the hand


class NotOpened(BamsatError):
    """A return that cannot begin; the sentence says why, and which can."""


def ask_to_open(user: User, form: Form, definition: Definition, place: Place, period: Period) -> None:
    """NotOpened where a return would be of nobody, of a form that is not asked any more, or of a far future."""
    today = timezone.localdate()
    if period.first > today.year * 12 + today.month - 1 + MONTHS_AHEAD:
        raise NotOpened(
            vi=f"Kỳ {period.code} còn xa, chưa mở phiếu được. Hãy xem lại năm của kỳ.",
            en=f"The period {period.code} is far ahead and cannot be opened yet. Check its year.",
        )
    if form.ended and last_day(period) >= form.ended:
        raise NotOpened(
            vi=f"Biểu “{form.name_vi}” hết dùng từ {form.ended:%d/%m/%Y}, không nhận phiếu kỳ {period.code}.",
            en=f"“{form.name}” is not used since {form.ended:%d/%m/%Y}; it takes no return of {period.code}.",
        )
    if place.ended and last_day(period) >= place.ended:
        raise NotOpened(
            vi=f"{place} thôi hoạt động từ {place.ended:%d/%m/%Y}, không gửi biểu kỳ {period.code}. "
            "Hãy chọn nơi kế tục.",
            en=f"{place} ended on {place.ended:%d/%m/%Y} and sends nothing of {period.code}. Choose its successor.",
        )
    if not sees_everything(user) and not _sends(form, definition, place):
        raise NotOpened(
            vi=f"{place} không thuộc loại nơi gửi biểu “{form.name_vi}”. Nếu phải gửi, hãy nhờ người định nghĩa biểu "
            "ghi nơi này vào danh sách gửi thêm.",
            en=f"{place} is not of a kind that sends “{form.name}”. If it has to, ask whoever defines the form to "
            "oblige it.",
        )


def _sends(form: Form, definition: Definition, place: Place) -> bool:
    """Of a kind that sends it, below the office whose form it is; or obliged to."""
    if place.kind not in definition.senders:
        return Sparing.objects.filter(form=form, place=place, required=True).exists()
    if form.place_id is None or form.place_id == place.pk:
        return True
    return Ancestor.objects.filter(place=place, ancestor=form.place_id).exists()
