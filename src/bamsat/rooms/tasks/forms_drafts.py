# SPDX-License-Identifier: Apache-2.0
"""What people type about a draft: a stage that it passed, units asked for their opinion, what one answered."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bamsat.core.terms.errors import BamsatError
from bamsat.rooms.directory.models import Body
from bamsat.rooms.figures.plans.typed import period_of
from bamsat.rooms.tasks.actions_drafts import About, Passing
from bamsat.rooms.tasks.drafting import FIRST, ISSUED, Track, type_of, types
from bamsat.rooms.tasks.forms import Dressed, day_field, words_field
from bamsat.rooms.tasks.models import Kind, Task
from bamsat.rooms.tasks.opinions import Opinion
from bamsat.ui import words

_SPAN = re.compile(r"(?:giai đoạn |thời kỳ )?(\d{4}) ?- ?(\d{4})")


def number_field(label: Any, example: str, **more: Any) -> forms.CharField:
    return forms.CharField(
        label=label, required=False, max_length=120, widget=forms.TextInput({"placeholder": example}), **more
    )


class PassForm(Dressed):
    """A stage that the draft came through: the next one, or one further on."""

    stage = forms.ChoiceField(label=gettext_lazy("Bước đã qua"))
    on = day_field(gettext_lazy("Ngày"), help_text=gettext_lazy("Ngày của văn bản ghi dưới đây."))
    evidence = number_field(gettext_lazy("Số, ký hiệu văn bản"), "45/TTr-SCT")
    relation = forms.ChoiceField(
        label=gettext_lazy("Văn bản ban hành so với văn bản giao"), required=False,
        choices=(("carries_out", gettext_lazy("thực hiện")), ("based_on", gettext_lazy("căn cứ"))),
    )  # fmt: skip
    note = words_field(gettext_lazy("Ghi chú"), required=False, rows=2)

    def __init__(self, track: Track, tied: bool, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        codes = [one.stage.code for one in track.way]
        coming = track.way[codes.index(track.at.code) :]
        offered = [one.stage for one in coming if one.stage.code not in (FIRST, track.at.code)]
        if track.at.code != FIRST:
            offered.append(track.at)  # it may come through the same once more
        self.choose("stage", [(one.code, one.label) for one in offered])
        if track.next and track.next.evidence:
            self.fields["evidence"].help_text = track.next.evidence.label
        if not tied or ISSUED not in (one.code for one in offered):
            del self.fields["relation"]
        self.dress()

    def passing(self) -> Passing:
        told = self.cleaned_data
        relation = told.get("relation") or "carries_out"
        return Passing(told["stage"], told["on"], told["evidence"], told["note"], relation=relation)


class AskForm(Dressed):
    """A letter that asks units for their opinion."""

    letter = number_field(gettext_lazy("Số công văn lấy ý kiến"), "812/SCT-QLCN")
    on = day_field(gettext_lazy("Ngày gửi"))
    until = day_field(gettext_lazy("Góp ý trước ngày"))
    units = forms.MultipleChoiceField(
        label=gettext_lazy("Đơn vị được lấy ý kiến"), widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Hãy chọn ít nhất một đơn vị.")},
    )  # fmt: skip

    def __init__(self, bodies: Sequence[Body], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.bodies = {body.slug: body for body in bodies}
        self.choose("units", [(slug, body.label) for slug, body in self.bodies.items()])
        self.dress("units")

    @property
    def chosen(self) -> list[Body]:
        return [self.bodies[slug] for slug in self.cleaned_data["units"]]


class AnswerForm(Dressed):
    """What a unit answered."""

    unit = forms.ChoiceField(label=gettext_lazy("Đơn vị"))
    agrees = forms.ChoiceField(label=gettext_lazy("Ý kiến"))
    on = day_field(gettext_lazy("Ngày trả lời"))
    letter = number_field(gettext_lazy("Số văn bản trả lời"), "305/STC-HCSN")
    note = words_field(gettext_lazy("Nội dung góp ý"), required=False, rows=2)

    def __init__(self, asked: Sequence[Opinion], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        waiting = [one for one in asked if one.answer is None] or list(asked)
        self.choose("unit", [(one.slug, one.name) for one in waiting])
        self.choose("agrees", [("co", _("thống nhất")), ("gop-y", _("có ý kiến"))])
        self.dress()


class AboutForm(Dressed):
    """What is drafted and who issues it; of a programme its committee; the years of both."""

    drafted = forms.ChoiceField(label=gettext_lazy("Loại văn bản"))
    issued_by = forms.CharField(
        label=gettext_lazy("Cơ quan ban hành"), required=False, max_length=300,
        widget=forms.TextInput({"placeholder": "UBND tỉnh"}),
    )  # fmt: skip
    committee = forms.ChoiceField(label=gettext_lazy("Ban chỉ đạo"), required=False)
    period = forms.CharField(
        label=gettext_lazy("Giai đoạn"), required=False, max_length=40,
        widget=forms.TextInput({"placeholder": "2026-2030"}),
    )  # fmt: skip

    def __init__(self, task: Task, committees: Sequence[Body], *args: Any, **kwargs: Any) -> None:
        initial = {
            "drafted": type_of(task.drafted).vi if task.drafted else "", "issued_by": task.issued_by,
            "committee": str(task.committee_id or ""), "period": words.period(task.period) if task.period else "",
        }  # fmt: skip
        super().__init__(*args, **kwargs | {"initial": initial})
        self.task = task
        self.committees = {str(body.pk): body for body in committees}
        self.choose("drafted", [(one.vi, one.label) for one in types()])
        self.choose("committee", [("", _("chưa có")), *((key, body.label) for key, body in self.committees.items())])
        for name in ("committee",) if task.kind == Kind.DRAFT else ("drafted", "issued_by"):
            del self.fields[name]
        self.dress()

    def clean_period(self) -> str:
        typed = " ".join(self.cleaned_data["period"].replace("–", "-").split())
        if not typed or typed == self.initial["period"]:
            return self.task.period if typed else ""
        if found := _SPAN.fullmatch(typed.casefold()):
            typed = f"{found[1]}/{found[2]}"
        try:
            return period_of(typed).code
        except BamsatError as trouble:
            raise forms.ValidationError(words.told(trouble)) from None

    def about(self) -> About:
        told = self.cleaned_data
        return About(
            told.get("drafted", self.task.drafted), told.get("issued_by", self.task.issued_by), told["period"],
            self.committees.get(told["committee"]) if "committee" in told else self.task.committee,
        )  # fmt: skip
