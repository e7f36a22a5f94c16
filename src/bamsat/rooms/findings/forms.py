# SPDX-License-Identifier: Apache-2.0
"""What is typed to give findings to somebody, and why they are explained or left as they are."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bamsat.rooms.accounts.models import User
from bamsat.rooms.findings.actions import MOST_WORDS

_DAYS = ["%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%d"]
NOBODY = "khong"


class AssignForm(forms.Form):
    """To whom, among those who may be chosen, and until when."""

    to = forms.ChoiceField(label=gettext_lazy("Giao cho"))
    due = forms.DateField(
        label=gettext_lazy("Hạn"), required=False, input_formats=_DAYS,
        error_messages={"invalid": gettext_lazy("Ngày viết như 31/12/2026.")},
    )  # fmt: skip

    def __init__(self, people: list[User], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(person.pk): person for person in people}
        field = self.fields["to"]
        assert isinstance(field, forms.ChoiceField)
        chosen = [(key, str(person)) for key, person in self.people.items()]
        field.choices = [("", _("chọn người")), *chosen, (NOBODY, _("không giao ai"))]
        field.error_messages["required"] = _("Hãy chọn người được giao.")

    @property
    def who(self) -> User | None:
        return self.people.get(self.cleaned_data["to"])

    @property
    def until(self) -> date | None:
        found: date | None = self.cleaned_data["due"]
        return found


class ReasonForm(forms.Form):
    """Why: kept with the finding as long as it is kept."""

    reason = forms.CharField(
        max_length=MOST_WORDS,
        error_messages={"required": gettext_lazy("Hãy ghi lý do: người xem sau cần biết vì sao.")},
    )
