# SPDX-License-Identifier: Apache-2.0
"""What people write a note with: a kind and a sentence are enough, the rest says where it belongs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bamsat.core.terms.errors import BamsatError
from bamsat.core.terms.period import Period
from bamsat.core.terms.vietnamese import fold
from bamsat.rooms.catalogue.models import Indicator, IndicatorSet
from bamsat.rooms.catalogue.queries import indicator_coded, suggest
from bamsat.rooms.documents.models import Document
from bamsat.rooms.figures.plans.typed import period_of
from bamsat.rooms.places.models import Place
from bamsat.rooms.situation import choices
from bamsat.rooms.situation.actions import LONGEST, Said
from bamsat.rooms.situation.listing import target_told
from bamsat.rooms.situation.models import Kind, Note, Thread
from bamsat.rooms.situation.rights import fields_of, general
from bamsat.rooms.situation.scales import scale
from bamsat.ui import words

if TYPE_CHECKING:
    from bamsat.rooms.accounts.models import User

DAYS = ["%d/%m/%Y", "%d-%m-%Y", "%Y-%m-%d"]
_SHOWN = 70


@dataclass(frozen=True, slots=True)
class Where:
    """What the form is for: a place and period, and the note that it edits, if it edits one."""

    user: User
    place: Place
    span: Period
    note: Note | None = None
    indicators: tuple[Indicator, ...] = ()  # chosen before the form was opened
    document: Document | None = None


class NoteForm(forms.Form):
    kind = forms.ChoiceField(
        label=gettext_lazy("Loại nhận định"), choices=Kind.choices, widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Hãy chọn loại nhận định.")},
    )  # fmt: skip
    text = forms.CharField(
        label=gettext_lazy("Nội dung"), max_length=LONGEST, widget=forms.Textarea({"rows": 4}),
        help_text=gettext_lazy("Một hoặc vài câu, viết như sẽ đọc trong báo cáo."),
        error_messages={"required": gettext_lazy("Hãy ghi nội dung, một hoặc vài câu.")},
    )  # fmt: skip
    period = forms.CharField(
        label=gettext_lazy("Kỳ"), max_length=60,
        help_text=gettext_lazy("Viết như “tháng 7/2021”, “6 tháng đầu năm 2021”, “năm 2021”, “2021-2025”."),
    )  # fmt: skip
    field = forms.ChoiceField(label=gettext_lazy("Lĩnh vực"), required=False)
    likelihood = forms.TypedChoiceField(
        label=gettext_lazy("Khả năng xảy ra"), required=False, coerce=int, empty_value=None
    )
    impact = forms.TypedChoiceField(label=gettext_lazy("Mức ảnh hưởng"), required=False, coerce=int, empty_value=None)
    measure = forms.CharField(
        label=gettext_lazy("Biện pháp ứng phó"), required=False, max_length=LONGEST, widget=forms.Textarea({"rows": 2})
    )
    carried_out_on = forms.DateField(
        label=gettext_lazy("Thực hiện ngày"), required=False, input_formats=DAYS,
        widget=forms.DateInput(format="%d/%m/%Y", attrs={"placeholder": "DD/MM/YYYY", "inputmode": "numeric"}),
        help_text=gettext_lazy("Để trống khi giải pháp mới đề ra."),
        error_messages={"invalid": gettext_lazy("Hãy viết ngày như 10/12/2021.")},
    )  # fmt: skip
    parent = forms.ChoiceField(label=gettext_lazy("Thuộc mục tiêu"), required=False)
    pivot_year = forms.IntegerField(
        label=gettext_lazy("Năm bản lề"), required=False, min_value=1, max_value=9999,
        help_text=gettext_lazy("Chỉ với mục tiêu của giai đoạn nhiều năm."),
        error_messages={"invalid": gettext_lazy("Hãy viết năm như 2021.")},
        widget=forms.TextInput({"inputmode": "numeric"}),
    )  # fmt: skip
    about = forms.MultipleChoiceField(
        label=gettext_lazy("Nói về nhận định"), required=False, widget=forms.CheckboxSelectMultiple
    )
    indicators = forms.MultipleChoiceField(
        label=gettext_lazy("Chỉ tiêu"), required=False, widget=forms.CheckboxSelectMultiple
    )
    more = forms.CharField(
        label=gettext_lazy("Chỉ tiêu khác"), required=False, max_length=600,
        help_text=gettext_lazy("Tên hoặc mã như trong danh mục, cách nhau bằng dấu chấm phẩy."),
    )  # fmt: skip
    targets = forms.MultipleChoiceField(
        label=gettext_lazy("Chỉ tiêu kế hoạch"), required=False, widget=forms.CheckboxSelectMultiple
    )
    document = forms.ChoiceField(label=gettext_lazy("Văn bản nguồn"), required=False)
    quote = forms.CharField(
        label=gettext_lazy("Câu trích nguyên văn"), required=False, max_length=4000,
        widget=forms.Textarea({"rows": 3, "class": "own"}),
        help_text=gettext_lazy("Chép đúng từng chữ; để trống nếu là lời của người ghi."),
    )  # fmt: skip
    reason = forms.CharField(label=gettext_lazy("Lý do sửa"), required=False, max_length=1000)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, where: Where, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.where = where
        thread = where.note.thread if where.note else None
        self._indicators = {one.code: one for one in choices.indicators(where.user, where.place, self._chosen())}
        held = where.note.targets.all() if where.note else ()
        self._targets = {str(one.uuid): one for one in choices.targets(where.user, where.place, where.span, held)}
        self._documents = {str(one.uuid): one for one in choices.received(where.user, where.place, where.document)}
        self._others = {str(one.uuid): one for one in self._spoken(thread)}
        self._parents = {str(one.uuid): one for one in choices.objectives(where.user, where.place, thread)}
        self._fields = {one.code: one for one in fields_of(where.user, where.place)}
        self._offer()
        if where.note is None:
            del self.fields["reason"]
        for name, one in self.fields.items():
            if name not in ("kind", "about", "indicators", "targets", "version"):
                one.widget.attrs["class"] = f"field {one.widget.attrs.get('class', '')}".strip()
                one.widget.attrs["autocomplete"] = "off"

    def _chosen(self) -> list[Indicator]:
        tied = list(self.where.note.indicators.all()) if self.where.note else []
        return [*self.where.indicators, *tied]

    def _spoken(self, thread: Thread | None) -> list[Note]:
        return choices.others(self.where.user, self.where.place, self.where.span, thread)

    def _offer(self) -> None:
        nothing = ("", _("không"))
        whole = [("", _("Chung, không riêng lĩnh vực nào"))] if general(self.where.user, self.where.place) else []
        offered: dict[str, list[tuple[str, str]]] = {
            "field": [*whole, *((code, one.name) for code, one in self._fields.items())],
            "likelihood": [("", _("chưa đánh giá")), *_steps("likelihood")],
            "impact": [("", _("chưa đánh giá")), *_steps("impact")],
            "parent": [nothing, *((key, _short(one.text)) for key, one in self._parents.items())],
            "about": [(key, f"{one.get_kind_display()}: {_short(one.text)}") for key, one in self._others.items()],
            "indicators": [(code, one.name) for code, one in self._indicators.items()],
            "targets": [(key, target_told(one)) for key, one in self._targets.items()],
            "document": [("", _("lời của người ghi")), *((key, str(one)) for key, one in self._documents.items())],
        }
        for name, found in offered.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = found

    def clean_period(self) -> Period:
        try:
            return period_of(self.cleaned_data["period"])
        except BamsatError as trouble:
            raise forms.ValidationError(words.told(trouble)) from trouble

    def clean_more(self) -> list[Indicator]:
        found = []
        for typed in filter(None, (" ".join(part.split()) for part in self.cleaned_data["more"].split(";"))):
            found.append(_indicator(typed))
        return found

    def said(self) -> Said:
        """What was written, once the form is valid."""
        told = self.cleaned_data
        chosen = [self._indicators[code] for code in told["indicators"]]
        parent, document = self._parents.get(told["parent"]), self._documents.get(told["document"])
        return Said(
            kind=told["kind"], text=told["text"], period=told["period"], field=self._field(told["field"]),
            indicators=tuple({one.pk: one for one in (*chosen, *told["more"])}.values()),
            targets=tuple(self._targets[key] for key in told["targets"]),
            about=tuple(self._others[key].thread for key in told["about"]), document=document, quote=told["quote"],
            likelihood=told["likelihood"], impact=told["impact"], measure=told["measure"],
            carried_out_on=told["carried_out_on"], parent=parent.thread if parent else None,
            pivot_year=told["pivot_year"],
        )  # fmt: skip

    def _field(self, code: str) -> IndicatorSet | None:
        return self._fields.get(code)


def as_written(note: Note, version: int) -> dict[str, Any]:
    """A note as one would type it, to be edited."""
    return {
        "kind": note.kind, "text": note.text, "period": words.period(note.period),
        "field": note.field.code if note.field else "", "likelihood": note.likelihood, "impact": note.impact,
        "measure": note.measure, "carried_out_on": note.carried_out_on,
        "parent": str(note.parent.uuid) if note.parent else "", "pivot_year": note.pivot_year,
        "about": [str(one.uuid) for one in note.about.all()], "indicators": [one.code for one in note.indicators.all()],
        "targets": [str(one.uuid) for one in note.targets.all()],
        "document": str(note.document.uuid) if note.document else "", "quote": note.quote, "version": version,
    }  # fmt: skip


def _steps(name: str) -> list[tuple[str, str]]:
    return [(str(step.value), words.capital(step.name)) for step in scale(name)]


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN].rsplit(' ', 1)[0]} …"


def _indicator(typed: str) -> Indicator:
    """The indicator of this code or name; what is near is told where none fits."""
    if chosen := indicator_coded(typed):
        return chosen
    near = suggest(typed, limit=5)
    for one in near:
        if fold(typed) in (fold(one.matched), fold(one.name)):
            return one.indicator
    listed = "; ".join(one.name for one in near)
    message = _("Danh mục chưa có chỉ tiêu “%(typed)s”.") % {"typed": typed}
    raise forms.ValidationError(f"{message} {_('Gần nhất: %(near)s.') % {'near': listed}}" if listed else message)
