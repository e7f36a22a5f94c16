# SPDX-License-Identifier: Apache-2.0
"""Which day to show, what to look for, and every change by the word it has in addresses."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from bamsat.rooms.directory import body_forms, committee_forms, post_forms
from bamsat.rooms.directory.change_form import ChangeForm, DayField

CHANGES: dict[str, type[ChangeForm]] = {
    "them-don-vi": body_forms.AddUnitForm,
    "doi-ten": body_forms.RenameForm,
    "chuyen": body_forms.MoveForm,
    "ket-thuc": body_forms.EndForm,
    "lien-he": body_forms.ContactForm,
    "linh-vuc": body_forms.SetsForm,
    "them-chuc-vu": post_forms.AddPostForm,
    "bo-nhiem": post_forms.AppointForm,
    "sua-nguoi-giu": post_forms.CorrectHoldingForm,
    "thoi-giu": post_forms.EndHoldingForm,
    "ban-giao": post_forms.HandOverForm,
    "uy-quyen": post_forms.AuthoriseForm,
    "thoi-uy-quyen": post_forms.EndAuthorisationForm,
    "them-thanh-vien": committee_forms.AddMemberForm,
    "thoi-tham-gia": committee_forms.EndMembershipForm,
    "them-viec": committee_forms.AddWorkForm,
    "sua-viec": committee_forms.ChangeWorkForm,
    "ket-qua": committee_forms.MarkWorkForm,
}
AddBodyForm = body_forms.AddBodyForm


class AsOfForm(forms.Form):
    """The day on which the directory is shown."""

    ngay = DayField(label=_("Ngày"), required=False)
