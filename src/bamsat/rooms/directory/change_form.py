# SPDX-License-Identifier: Apache-2.0
"""What every form of the directory has: a title, a button, its fields, and the one action that it calls."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.db.models import Model
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from bamsat.rooms.directory.models import Body

if TYPE_CHECKING:
    from bamsat.rooms.accounts.models import User

DAY = "%d/%m/%Y"


class DayField(forms.DateField):
    """A day as it is written in Viet Nam: 01/07/2025."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            input_formats=[DAY, "%Y-%m-%d"],
            widget=forms.DateInput(format=DAY, attrs={"placeholder": "DD/MM/YYYY", "inputmode": "numeric"}),
            error_messages={"invalid": _("Hãy ghi ngày như 01/07/2025.")},
            **kwargs,
        )


class ActField(forms.CharField):
    """The legal act that a change rests on."""

    def __init__(self, label: Any = "", **kwargs: Any) -> None:
        super().__init__(
            label=label or _("Văn bản"),
            required=False,
            max_length=300,
            help_text=_("Tên, số, ngày và nơi ban hành"),
            **kwargs,
        )


class ChangeForm(forms.Form):
    """A change to a body, or to one thing that belongs to it (a post, a holding, a seat, a piece of work)."""

    title: ClassVar[str | Promise]
    button: ClassVar[str | Promise]
    done: ClassVar[str | Promise]
    of: ClassVar[type[Model] | None] = None
    to_body: ClassVar[str] = "body"

    def __init__(self, by: User, body: Body | None, item: Any, today: date, data: Any = None) -> None:
        super().__init__(data)
        self.by, self.item, self.today = by, item, today
        # A form without a body adds one; every other form has one, or the address would not have led to it.
        self.body: Body = body  # type: ignore[assignment]
        self.prepare()
        for field in self.fields.values():
            if not isinstance(field.widget, forms.CheckboxInput | forms.CheckboxSelectMultiple):
                field.widget.attrs["class"] = "field"
                field.widget.attrs["autocomplete"] = "off"

    def prepare(self) -> None:
        """Fill in what can be chosen and what stands there already."""

    perform: Callable[[], Body]
    """Call the one action; the body whose page to go to."""

    def offer(self, name: str, found: Any, first: Any = None) -> None:
        """What can be chosen in a field, and what is chosen at first."""
        field = self.fields[name]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = found
        field.initial = first
