# SPDX-License-Identifier: Apache-2.0
"""What people type to write a task down or to mend one: what, who said so, until when, by which figure one sees it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bamsat.core.act.deadlines import DeadlineRule
from bamsat.core.forms.definition import LENGTHS
from bamsat.core.terms.directive import COMPARISONS, Condition
from bamsat.core.terms.errors import BamsatError
from bamsat.core.terms.vietnamese import fold
from bamsat.rooms.catalogue.models import Indicator
from bamsat.rooms.catalogue.queries import indicator_coded, suggest
from bamsat.rooms.directory.models import Body
from bamsat.rooms.documents.models import Record
from bamsat.rooms.documents.register_keys import key_of
from bamsat.rooms.documents.searching import records_for
from bamsat.rooms.figures.plans.typed import period_of
from bamsat.rooms.places.models import Place
from bamsat.rooms.tasks.asked import TaskAsked
from bamsat.rooms.tasks.conditions import tells_condition
from bamsat.rooms.tasks.forms import Doers, day_field, words_field
from bamsat.rooms.tasks.models import Kind, Task, Time
from bamsat.rooms.tasks.suggesting import condition_of
from bamsat.ui import words

if TYPE_CHECKING:
    from bamsat.rooms.accounts.models import User

_MEASURES = ("level", "growth", "plan_ratio", "share", "index", "ratio")
_FREQUENCIES = {
    "month": gettext_lazy("hằng tháng"), "quarter": gettext_lazy("hằng quý"), "half": gettext_lazy("6 tháng một lần"),
    "year": gettext_lazy("hằng năm"),
}  # fmt: skip
_CONDITION = ("c_value", "c_unit", "c_period")


def _line(label: Any, most: int = 300, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, required=False, max_length=most, **more)


class TaskForm(Doers):
    """A task as somebody writes it down."""

    what = words_field(
        gettext_lazy("Nội dung"), missing=gettext_lazy("Hãy ghi việc phải làm, một câu bắt đầu bằng động từ."),
        help_text=gettext_lazy("Một câu bắt đầu bằng động từ: “Rà soát …, báo cáo UBND tỉnh”."),
    )  # fmt: skip
    assigner = _line(
        gettext_lazy("Ai giao"), widget=forms.TextInput({"placeholder": "Chủ tịch UBND tỉnh"}),
        help_text=gettext_lazy("Chức danh, cơ quan."),
    )  # fmt: skip
    meeting = _line(
        gettext_lazy("Tại cuộc họp"), 150,
        help_text=gettext_lazy("Khi giao bằng lời: tên cuộc họp, hội nghị."),
    )  # fmt: skip
    begins = day_field(gettext_lazy("Giao ngày"))
    record = _line(
        gettext_lazy("Văn bản giao: số, ký hiệu"), 80, widget=forms.TextInput({"placeholder": "841/UBND-VX"}),
        help_text=gettext_lazy("Như trong sổ văn bản; để trống khi giao bằng lời."),
    )  # fmt: skip
    words = words_field(gettext_lazy("Nguyên văn"), required=False, rows=2)
    time = forms.ChoiceField(label=gettext_lazy("Loại hạn"), choices=Time.choices)
    due = day_field(gettext_lazy("Hạn"), required=False)
    frequency = forms.ChoiceField(label=gettext_lazy("Lặp lại"), required=False)
    day = forms.IntegerField(
        label=gettext_lazy("vào ngày"), required=False, min_value=1, max_value=31,
        widget=forms.TextInput({"inputmode": "numeric"}),
        error_messages={"invalid": gettext_lazy("Hãy viết ngày trong tháng, từ 1 đến 31.")},
    )  # fmt: skip
    product = _line(gettext_lazy("Sản phẩm"), widget=forms.TextInput({"placeholder": "Báo cáo, Kế hoạch, Tờ trình"}))
    kind = forms.ChoiceField(label=gettext_lazy("Loại"), choices=Kind.choices, required=False)
    indicators = forms.MultipleChoiceField(
        label=gettext_lazy("Phục vụ chỉ tiêu"), required=False, widget=forms.CheckboxSelectMultiple
    )
    indicator = _line(gettext_lazy("Thêm chỉ tiêu"), help_text=gettext_lazy("Gõ tên chỉ tiêu trong danh mục."))
    c_measure = forms.ChoiceField(label=gettext_lazy("Số đo"), required=False)
    c_comparison = forms.ChoiceField(
        label=gettext_lazy("So sánh"), required=False, choices=[(one, one) for one in COMPARISONS]
    )
    c_value = _line(gettext_lazy("Giá trị"), 40, widget=forms.TextInput({"inputmode": "decimal", "placeholder": "60"}))
    c_unit = _line(gettext_lazy("Đơn vị tính"), 40, widget=forms.TextInput({"placeholder": "%"}))
    c_period = _line(gettext_lazy("Kỳ của số liệu"), 60, widget=forms.TextInput({"placeholder": "9 tháng năm 2026"}))
    reason = words_field(gettext_lazy("Lý do sửa"), required=False, rows=2)

    def __init__(
        self, user: User, place: Place, bodies: Sequence[Body], people: Sequence[User], *args: Any, **kwargs: Any
    ) -> None:  # fmt: skip
        super().__init__(bodies, people, *args, **kwargs)
        self.user, self.place = user, place
        self.condition: Condition | None = None
        self.hides_condition = False
        self.choose("frequency", [("", _("không lặp lại")), *_FREQUENCIES.items()])
        self.choose("c_measure", [(one, words.measure(one)) for one in _MEASURES])
        chosen = self.data.getlist("indicators") if hasattr(self.data, "getlist") else []
        offered = {*chosen, *self.initial.get("indicators", ())}
        named = Indicator.objects.filter(code__in=offered).order_by("order", "code")
        self.known = {one.code: one for one in named}
        self.choose("indicators", [(code, one.name) for code, one in self.known.items()])
        self.dress("supporting", "indicators")

    # Reading what was typed.

    def clean_record(self) -> Record | None:
        typed = " ".join(self.cleaned_data["record"].split())
        if not typed:
            return None
        found = records_for(self.user).filter(key=key_of(typed)).order_by("-dated", "-pk").first()
        if found is None:
            raise forms.ValidationError(
                _("Sổ văn bản chưa có “%(symbol)s”. Hãy vào sổ văn bản đó trước, hoặc để trống và ghi ở “Nguyên văn”.")
                % {"symbol": typed}
            )
        return found

    def clean_indicator(self) -> Indicator | None:
        typed = " ".join(self.cleaned_data["indicator"].split())
        if not typed:
            return None
        found = indicator_coded(str(self.data.get("indicator-ma", "")))
        if found and fold(found.name) == fold(typed):
            return found
        near = suggest(typed, 2)
        if near and (len(near) == 1 or fold(near[0].matched) == fold(typed)):
            return near[0].indicator
        raise forms.ValidationError(
            _("Không rõ “%(typed)s” là chỉ tiêu nào. Hãy chọn trong danh sách gợi ý khi gõ.") % {"typed": typed}
        )

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if told.get("time") == Time.DATE and not told.get("due") and "due" not in self.errors:
            self.add_error("due", _("Hãy ghi ngày hết hạn, hoặc chọn loại hạn khác."))
        if told.get("frequency") and told.get("time") != Time.STANDING:
            self.add_error("frequency", _("Chỉ việc thường xuyên mới lặp lại. Hãy chọn loại hạn “thường xuyên”."))
        if told.get("frequency") and not told.get("day"):
            self.add_error("day", _("Hãy ghi phải xong vào ngày nào của tháng."))
        if any(told.get(name) for name in _CONDITION):
            self._read_condition(told)
        return told

    def _read_condition(self, told: dict[str, Any]) -> None:
        """The figure by which one sees it, as a machine can check it."""
        about = told.get("indicator") or next((self.known[one] for one in told.get("indicators") or ()), None)
        kept: Condition | None = self.initial.get("condition")
        code = about.code if about else kept.indicator if kept else ""
        if not code:
            self.add_error("indicator", _("Điều kiện là về chỉ tiêu nào? Hãy chọn chỉ tiêu."))
            return
        try:
            value = Decimal(told["c_value"].replace(".", "").replace(",", ".").replace("−", "-").replace(" ", ""))
        except InvalidOperation:
            self.add_error("c_value", _("Hãy viết một số, như 60 hoặc 5.300,5."))
            return
        try:
            period = period_of(told["c_period"]).code if told["c_period"] else None
        except BamsatError as trouble:
            self.add_error("c_period", words.told(trouble))
            return
        segment = kept.segment if kept and kept.indicator == code else None
        self.condition = Condition(
            code, segment, told["c_measure"], told["c_comparison"] or COMPARISONS[0], value,
            told["c_unit"].strip() or (about.unit if about and told["c_measure"] == "level" else "%"), period,
        )  # fmt: skip

    # What was asked for.

    def asked(self, parent: Task | None = None) -> TaskAsked:
        told = self.cleaned_data
        assigner = ", ".join(filter(None, (told["assigner"].strip(), _at(told["meeting"]))))
        rule = {}
        if told["frequency"]:
            months = LENGTHS[told["frequency"]]
            deadline = DeadlineRule(day=told["day"]) if months else DeadlineRule()
            rule = {"frequency": told["frequency"], "deadline": deadline.written()}
        served = [self.known[code] for code in told["indicators"]]
        if told["indicator"] and told["indicator"] not in served:
            served.append(told["indicator"])
        return TaskAsked(
            what=told["what"], assigner=assigner, words=told.get("words", ""), product=told["product"],
            lead=self.chosen_lead, supporting=self.chosen_supporting, person=self.chosen_person,
            begins=told["begins"], time=told["time"],
            due=told["due"] if told["time"] != Time.STANDING else None, rule=rule, indicators=tuple(served),
            condition=self.condition, parent=parent, record=told["record"], kind=told["kind"] or Kind.TASK,
        )  # fmt: skip

    def keep(self, task: Task) -> None:
        """Mending a task: who does it is changed by assigning it again, and what only drafts and programmes have is
        mended on their own pages."""
        if task.kind != Kind.TASK:
            del self.fields["kind"]
        self.hides_condition = not tells_condition(self.user, task)
        if self.hides_condition:  # it names a target that this user may not see
            for name in ("c_measure", "c_comparison", *_CONDITION):
                del self.fields[name]

    def asked_of(self, task: Task) -> TaskAsked:
        """What was typed, with what this form does not ask about as it is."""
        told = self.cleaned_data
        told.setdefault("kind", task.kind)
        kept: dict[str, Any] = {
            name: getattr(task, name) for name in ("period", "target", "drafted", "issued_by", "committee", "parent")
        }
        if self.hides_condition:
            kept["condition"] = condition_of(task.condition)
        return replace(self.asked(), **kept)


def _at(meeting: str) -> str:
    said = " ".join(meeting.split())
    return f"tại {said[:1].lower() + said[1:]}" if said else ""


def as_typed(task: Task) -> dict[str, Any]:
    """A task as one would type it."""
    rule = task.rule or {}
    return {
        "what": task.what, "assigner": task.assigner, "begins": task.begins, "words": task.words, "time": task.time,
        "record": task.record.symbol if task.record else "", "due": task.due, "product": task.product,
        "kind": task.kind, "lead": str(task.lead_id or ""), "person": str(task.person_id or ""),
        "supporting": [str(body.pk) for body in task.supporting.all()], "frequency": rule.get("frequency", ""),
        "day": (rule.get("deadline") or {}).get("day"), "indicators": [one.code for one in task.indicators.all()],
        **_condition_typed(condition_of(task.condition)),
    }  # fmt: skip


def suggested(asked: TaskAsked) -> dict[str, Any]:
    """What the machine proposes, as one would type it."""
    return {
        "what": asked.what, "assigner": asked.assigner, "begins": asked.begins, "words": asked.words,
        "time": asked.time, "record": asked.record.symbol if asked.record else "", "due": asked.due,
        "product": asked.product, "kind": asked.kind, "lead": str(asked.lead.pk) if asked.lead else "",
        "person": str(asked.person.pk) if asked.person else "", "supporting": [str(one.pk) for one in asked.supporting],
        "indicators": [one.code for one in asked.indicators], **_condition_typed(asked.condition),
    }  # fmt: skip


def _condition_typed(condition: Condition | None) -> dict[str, Any]:
    if condition is None:
        return {}
    return {
        "condition": condition, "c_measure": condition.measure, "c_comparison": condition.comparison,
        "c_value": words.number(condition.value), "c_unit": condition.unit,
        "c_period": words.period(condition.period) if condition.period else "",
    }  # fmt: skip
