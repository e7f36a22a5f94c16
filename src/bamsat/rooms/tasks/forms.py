# SPDX-License-Identifier: Apache-2.0
"""What people type about a task: the task itself, and each thing that can happen to it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bamsat.rooms.directory.models import Body
from bamsat.rooms.documents.models import Record

if TYPE_CHECKING:
    from bamsat.rooms.accounts.models import User

DAYS = ["%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%d"]
LONGEST = 4000
NOBODY = ""


def day_field(label: Any, required: bool = True, **more: Any) -> forms.DateField:
    widget = forms.DateInput(format="%d/%m/%Y", attrs={"placeholder": "31/12/2026", "inputmode": "numeric"})
    wrong = {
        "invalid": gettext_lazy("Ngày viết như 31/12/2026."),
        "required": gettext_lazy("Hãy ghi ngày, như 31/12/2026."),
    }
    return forms.DateField(
        label=label, required=required, input_formats=DAYS, widget=widget, error_messages=wrong, **more
    )


def words_field(label: Any, required: bool = True, rows: int = 3, missing: Any = "", **more: Any) -> forms.CharField:
    wrong = {"required": missing or gettext_lazy("Hãy ghi lý do: người xem sau cần biết vì sao.")}
    return forms.CharField(
        label=label, required=required, max_length=LONGEST, widget=forms.Textarea({"rows": rows}),
        error_messages=wrong, **more,
    )  # fmt: skip


class Dressed(forms.Form):
    """A form whose fields look as the others do, with choices that are known only when it is made."""

    def dress(self, *plain: str) -> None:
        for name, one in self.fields.items():
            if name not in plain:
                one.widget.attrs["class"] = "field"
                one.widget.attrs["autocomplete"] = "off"

    def choose(self, name: str, offered: Iterable[tuple[str, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = list(offered)


class Doers(Dressed):
    """Who does it: a body that leads, bodies that help, the person who follows it."""

    lead = forms.ChoiceField(label=gettext_lazy("Đơn vị chủ trì"), required=False)
    supporting = forms.MultipleChoiceField(
        label=gettext_lazy("Đơn vị phối hợp"), required=False, widget=forms.CheckboxSelectMultiple
    )
    person = forms.ChoiceField(label=gettext_lazy("Người theo dõi"), required=False)

    def __init__(self, bodies: Sequence[Body], people: Sequence[User], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.bodies = {str(body.pk): body for body in bodies}
        self.people = {str(person.pk): person for person in people}
        named = [(key, body.label) for key, body in self.bodies.items()]
        self.choose("lead", [(NOBODY, _("chưa giao đơn vị nào")), *named])
        self.choose("supporting", named)
        self.choose("person", [(NOBODY, _("chưa giao ai")), *((k, str(one)) for k, one in self.people.items())])

    @property
    def chosen_lead(self) -> Body | None:
        return self.bodies.get(self.cleaned_data["lead"])

    @property
    def chosen_supporting(self) -> tuple[Body, ...]:
        """Without the body that leads: nobody helps himself."""
        lead = self.cleaned_data["lead"]
        return tuple(self.bodies[key] for key in self.cleaned_data["supporting"] if key != lead)

    @property
    def chosen_person(self) -> User | None:
        return self.people.get(self.cleaned_data["person"])


class AssignForm(Doers):
    """To whom a task is given, and until when."""

    due = day_field(gettext_lazy("Hạn"), required=False)
    note = words_field(gettext_lazy("Ý kiến khi giao"), required=False, rows=2)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.dress("supporting")

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if not told.get("lead") and not told.get("person"):
            self.add_error("lead", _("Hãy chọn đơn vị chủ trì, hoặc người theo dõi."))
        return told


class ProgressForm(Dressed):
    note = words_field(
        gettext_lazy("Đã làm được gì"), missing=gettext_lazy("Hãy ghi đã làm được gì, một hai câu là đủ.")
    )
    percent = forms.IntegerField(
        label=gettext_lazy("Ước đạt (%)"), required=False, min_value=0, max_value=100,
        widget=forms.TextInput({"inputmode": "numeric"}),
        error_messages={
            "invalid": gettext_lazy("Hãy viết một số nguyên từ 0 đến 100."),
            "min_value": gettext_lazy("Hãy viết một số nguyên từ 0 đến 100."),
            "max_value": gettext_lazy("Hãy viết một số nguyên từ 0 đến 100."),
        },
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.dress()


class ExtensionForm(Dressed):
    """Until when, and why the deadline cannot be kept."""

    due = day_field(gettext_lazy("Xin lùi đến ngày"))
    reason = words_field(
        gettext_lazy("Vì sao"), missing=gettext_lazy("Hãy ghi vì sao không kịp hạn: người quyết định cần biết.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.dress()


class DecideForm(Dressed):
    """Whether an extension is granted, until when; a refusal has its reason."""

    due = day_field(gettext_lazy("Hạn mới"), required=False)
    reason = words_field(gettext_lazy("Ý kiến"), required=False, rows=2)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.grants = self.data.get("quyet") == "cho"
        self.dress()

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if self.grants and not told.get("due") and "due" not in self.errors:
            self.add_error("due", _("Hãy ghi hạn mới, như 31/12/2026."))
        if not self.grants and not told.get("reason", "").strip():
            self.add_error("reason", _("Hãy ghi vì sao không cho lùi hạn."))
        return told


class ReportForm(Dressed):
    """That it is done: on which day, and by which document one sees it."""

    on = day_field(gettext_lazy("Hoàn thành ngày"), help_text=gettext_lazy("Ngày của văn bản trả lời, nếu có."))
    record = forms.ChoiceField(label=gettext_lazy("Văn bản trong sổ đi"), required=False)
    evidence = forms.CharField(
        label=gettext_lazy("Hoặc ghi số, ký hiệu"), required=False, max_length=120,
        widget=forms.TextInput({"placeholder": "123/BC-SCT"}),
    )  # fmt: skip
    file = forms.FileField(label=gettext_lazy("Hoặc gửi tệp"), required=False)
    note = words_field(gettext_lazy("Kết quả"), required=False)

    def __init__(self, issued: Sequence[Record], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.issued = {str(one.pk): one for one in issued}
        self.choose("record", [(NOBODY, _("không chọn")), *((key, _named(one)) for key, one in self.issued.items())])
        self.dress("file")

    @property
    def chosen_record(self) -> Record | None:
        return self.issued.get(self.cleaned_data["record"])

    def clean_on(self) -> date:
        on: date = self.cleaned_data["on"]
        if on > timezone.localdate():
            raise forms.ValidationError(_("Ngày này chưa đến. Hãy ghi ngày đã hoàn thành."))
        return on

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if not any((told.get("record"), told.get("evidence", "").strip(), told.get("file"), told.get("note"))):
            self.add_error("evidence", _("Hãy chọn văn bản, ghi số văn bản, gửi tệp, hoặc ghi kết quả bằng lời."))
        return told


def _named(record: Record) -> str:
    day = f"{record.dated:%d/%m/%Y}" if record.dated else ""
    told = ", ".join(filter(None, (str(record), day)))
    return f"{told}: {record.subject}"[:110] if record.subject else told


class NoteForm(Dressed):
    """A word that may be left out."""

    reason = words_field(gettext_lazy("Ý kiến"), required=False, rows=2)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.dress()


class ReasonForm(Dressed):
    """Why: kept with the task as long as it is kept."""

    reason = words_field(gettext_lazy("Lý do"), rows=2)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.dress()
