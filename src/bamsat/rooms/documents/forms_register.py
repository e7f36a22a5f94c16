# SPDX-License-Identifier: Apache-2.0
"""What a clerk writes a line of the register with."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bamsat.core.terms.directive import RELATIONS
from bamsat.rooms.documents.actions_register import Line
from bamsat.rooms.documents.graph import FORWARD
from bamsat.rooms.documents.models import Direction, Record, Urgency

DAYS = ["%d/%m/%Y", "%d-%m-%Y", "%Y-%m-%d"]
_BOOKS = [(Direction.RECEIVED.value, Direction.RECEIVED.label), (Direction.ISSUED.value, Direction.ISSUED.label)]


class _Day(forms.DateField):
    def __init__(self, **more: Any) -> None:
        widget = forms.DateInput(format="%d/%m/%Y", attrs={"placeholder": "DD/MM/YYYY", "inputmode": "numeric"})
        wrong = {"invalid": _("Hãy viết ngày như 10/12/2021.")}
        super().__init__(required=False, input_formats=DAYS, widget=widget, error_messages=wrong, **more)


class LineForm(forms.Form):
    direction = forms.ChoiceField(label=_("Sổ"), choices=_BOOKS)
    type = forms.CharField(label=_("Loại văn bản"), required=False, max_length=60)
    symbol = forms.CharField(
        label=_("Số, ký hiệu"), required=False, max_length=80,
        help_text=_("Như trên văn bản: 841/UBND-VX. Văn bản đi chưa có số thì để trống; số lấy ở sổ của đơn vị."),
    )  # fmt: skip
    dated = _Day(label=_("Ngày văn bản"))
    issuer = forms.CharField(label=_("Cơ quan ban hành"), required=False, max_length=300)
    subject = forms.CharField(
        label=_("Trích yếu"), required=False, max_length=2000, widget=forms.Textarea({"rows": 3})
    )  # fmt: skip
    signer = forms.CharField(label=_("Người ký"), required=False, max_length=200)
    post = forms.CharField(label=_("Chức vụ người ký"), required=False, max_length=200)
    urgency = forms.ChoiceField(label=_("Độ khẩn"), required=False, choices=Urgency.choices)
    arrival = forms.IntegerField(
        label=_("Số đến"), required=False, min_value=1, max_value=9_999_999,
        widget=forms.TextInput({"inputmode": "numeric"}), error_messages={"invalid": _("Hãy viết số đến bằng chữ số.")},
    )  # fmt: skip
    received_on = _Day(label=_("Ngày đến"))
    note = forms.CharField(label=_("Ghi chú"), required=False, max_length=2000, widget=forms.Textarea({"rows": 2}))

    def __init__(self, *args: Any, free: int | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if free is not None:
            self.fields["arrival"].help_text = _("Số kế tiếp trong sổ: %(n)s.") % {"n": free}
        for field in self.fields.values():
            field.widget.attrs |= {"class": "field", "autocomplete": "off"}

    def line(self) -> Line:
        """What was written, once the form is valid."""
        return Line(**self.cleaned_data)


def as_written(record: Record) -> dict[str, Any]:
    """A line as one would type it, to be looked at and mended."""
    return {name: getattr(record, name) for name in LineForm.base_fields}


def kinds() -> list[tuple[str, str]]:
    """The relations that one can choose, in words."""
    return [(kind, str(_(FORWARD[kind]))) for kind in RELATIONS]
