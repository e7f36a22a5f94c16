# SPDX-License-Identifier: Apache-2.0
"""What people type for reports: a plan, a report on request, its frame, its number and day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bamsat.core.act.deadlines import DeadlineRule
from bamsat.core.terms.errors import BamsatError
from bamsat.core.terms.period import Period
from bamsat.rooms.catalogue.models import IndicatorSet
from bamsat.rooms.catalogue.queries import sets
from bamsat.rooms.figures.plans.typed import period_of
from bamsat.rooms.places.models import Place
from bamsat.rooms.reports import rights
from bamsat.rooms.reports.actions_issue import Register
from bamsat.rooms.reports.actions_plan import Said
from bamsat.rooms.reports.models import Frequency, Report, ReportPlan
from bamsat.rooms.reports.naming import asks_for_field, frequency_of, kind_name, offered
from bamsat.rooms.submissions.models import Form
from bamsat.ui import words

if TYPE_CHECKING:
    from bamsat.rooms.accounts.models import User

DAYS = ["%d/%m/%Y", "%d-%m-%Y", "%Y-%m-%d"]
_SHAPES = {
    "month": ("day", "months_after", "if_off", "time"), "year": ("day", "month", "years_after", "if_off", "time"),
    "working": ("working_days_after", "time"),
}  # fmt: skip
_RULE = ("day", "months_after", "month", "years_after", "working_days_after", "if_off", "time")


def _day(label: Any, **more: Any) -> forms.DateField:
    widget = forms.DateInput(format="%d/%m/%Y", attrs={"placeholder": "DD/MM/YYYY", "inputmode": "numeric"})
    wrong = {"invalid": gettext_lazy("Hãy viết ngày như 10/12/2026.")}
    return forms.DateField(label=label, input_formats=DAYS, widget=widget, error_messages=wrong, **more)


def _count(label: Any, least: int, most: int) -> forms.IntegerField:
    wrong = {"invalid": gettext_lazy("Hãy viết một số nguyên.")}
    widget = forms.TextInput({"inputmode": "numeric"})
    return forms.IntegerField(
        label=label, required=False, min_value=least, max_value=most, widget=widget, error_messages=wrong
    )


class _Dressed(forms.Form):
    """A form whose fields look as the others do."""

    def dress(self, *plain: str) -> None:
        for name, one in self.fields.items():
            if name not in plain:
                one.widget.attrs["class"] = "field"
                one.widget.attrs["autocomplete"] = "off"

    def choose(self, name: str, offered: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = offered


class _OfPlaces(_Dressed):
    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places = {place.slug: place for place in rights.places_to_write(user)}
        self.sets: dict[str, IndicatorSet] = {one.code: one for one in sets()}
        if "place" in self.fields:
            self.choose("place", [(slug, place.full_label) for slug, place in self.places.items()])
        self.choose("kind", [(code, kind_name(code)) for code in offered()])
        self.choose("field", [("", _("không riêng lĩnh vực nào")), *((c, s.name) for c, s in self.sets.items())])

    @property
    def chosen_place(self) -> Place:
        return self.places[self.cleaned_data["place"]]

    @property
    def chosen_field(self) -> IndicatorSet | None:
        return self.sets.get(self.cleaned_data["field"])


class NewForm(_OfPlaces):
    """A report on request."""

    kind = forms.ChoiceField(label=gettext_lazy("Loại báo cáo"))
    place = forms.ChoiceField(label=gettext_lazy("Địa bàn"))
    period = forms.CharField(
        label=gettext_lazy("Kỳ"), max_length=60,
        help_text=gettext_lazy("Viết như “tháng 10/2026”, “quý III/2026”, “6 tháng đầu năm 2026”, “năm 2026”."),
    )  # fmt: skip
    field = forms.ChoiceField(
        label=gettext_lazy("Lĩnh vực"), required=False, help_text=gettext_lazy("Bắt buộc với báo cáo chuyên đề.")
    )

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(user, *args, **kwargs)
        self.dress()

    def clean_period(self) -> Period:
        try:
            return period_of(self.cleaned_data["period"])
        except BamsatError as trouble:
            raise forms.ValidationError(words.told(trouble)) from trouble


class PlanForm(_OfPlaces):
    """What an office issues again and again."""

    name = forms.CharField(
        label=gettext_lazy("Tên báo cáo"), max_length=300,
        error_messages={"required": gettext_lazy("Hãy ghi tên báo cáo.")},
    )  # fmt: skip
    place = forms.ChoiceField(label=gettext_lazy("Địa bàn"))
    kind = forms.ChoiceField(label=gettext_lazy("Loại báo cáo"))
    frequency = forms.ChoiceField(label=gettext_lazy("Định kỳ"), choices=Frequency.choices)
    field = forms.ChoiceField(label=gettext_lazy("Lĩnh vực"), required=False)
    audience = forms.CharField(
        label=gettext_lazy("Gửi tới"), required=False, max_length=4000, widget=forms.Textarea({"rows": 4}),
        help_text=gettext_lazy("Mỗi nơi nhận một dòng, như ở mục “Nơi nhận”."),
    )  # fmt: skip
    shape = forms.ChoiceField(label=gettext_lazy("Hạn tính theo"), required=False)
    day = _count(gettext_lazy("Ngày"), 1, 31)
    months_after = _count(gettext_lazy("Sau kỳ mấy tháng"), 0, 24)
    month = _count(gettext_lazy("Tháng"), 1, 12)
    years_after = _count(gettext_lazy("Sau kỳ mấy năm"), 0, 5)
    working_days_after = _count(gettext_lazy("Số ngày làm việc"), 1, 250)
    if_off = forms.ChoiceField(label=gettext_lazy("Gặp ngày nghỉ"), required=False)
    time = forms.CharField(label=gettext_lazy("Giờ"), required=False, max_length=5)
    since = _day(gettext_lazy("Làm từ ngày"))
    symbol = forms.CharField(
        label=gettext_lazy("Ký hiệu"), required=False, max_length=60, help_text=gettext_lazy("Như BC-SCT.")
    )
    authority = forms.CharField(
        label=gettext_lazy("Thẩm quyền ký"), required=False, max_length=60,
        help_text=gettext_lazy("Như KT. GIÁM ĐỐC, TL. GIÁM ĐỐC; để trống khi Giám đốc ký."),
    )  # fmt: skip
    post = forms.CharField(label=gettext_lazy("Chức vụ người ký"), required=False, max_length=120)
    returns = forms.MultipleChoiceField(
        label=gettext_lazy("Lấy số từ biểu"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, user: User, *args: Any, plan: ReportPlan | None = None, **kwargs: Any) -> None:
        super().__init__(user, *args, **kwargs)
        self.choose("shape", [
            ("", _("không có hạn")), ("month", _("ngày của tháng cuối kỳ hoặc tháng sau")),
            ("year", _("ngày, tháng của năm")), ("working", _("số ngày làm việc sau kỳ")),
        ])  # fmt: skip
        self.choose("if_off", [
            ("before", _("ngày làm việc trước đó")), ("after", _("ngày làm việc sau đó")), ("same", _("giữ nguyên")),
        ])  # fmt: skip
        if plan:
            del self.fields["place"]
        places = [plan.place_id] if plan else [place.pk for place in self.places.values()]
        offered = Form.objects.filter(_of(places), ended=None).order_by("order", "code")
        self.choose("returns", [(form.code, form.name) for form in offered])
        self.dress("returns")

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if asks_for_field(told.get("kind", "")) and not told.get("field"):
            self.add_error("field", _("Báo cáo chuyên đề cần một bộ chỉ tiêu. Hãy chọn lĩnh vực."))
        wanted = frequency_of(told.get("kind", ""))
        if wanted and told.get("frequency") and told["frequency"] != wanted:
            said = {"kind": kind_name(told["kind"]), "frequency": wanted.label}
            self.add_error("frequency", _("%(kind)s có định kỳ “%(frequency)s”.") % said)
        try:
            told["deadline"] = DeadlineRule.parse(self._rule(told)).written() if told.get("shape") else {}
        except BamsatError as trouble:
            self.add_error("shape", words.told(trouble))
        return told

    @staticmethod
    def _rule(told: dict[str, Any]) -> dict[str, Any]:
        names = _SHAPES[told["shape"]]
        return {name: told[name] for name in names if told.get(name) not in (None, "")}

    def said(self) -> Said:
        """What was written, once the form is valid."""
        told = self.cleaned_data
        return Said(
            kind=told["kind"], name=told["name"], frequency=told["frequency"], since=told["since"],
            audience=told["audience"], deadline=told["deadline"], field=self.chosen_field, forms=tuple(told["returns"]),
            symbol=told["symbol"], authority=told["authority"], post=told["post"],
        )  # fmt: skip


def _of(places: list[int]) -> Q:
    return Q(place=None) | Q(place__in=places)


def plan_as_written(plan: ReportPlan) -> dict[str, Any]:
    """A plan as one would type it."""
    rule = plan.deadline
    shape = "" if not rule else "working" if "working_days_after" in rule else "year" if "month" in rule else "month"
    return {
        "name": plan.name, "kind": plan.kind, "frequency": plan.frequency, "audience": plan.audience,
        "field": plan.field.code if plan.field else "", "shape": shape, "returns": plan.forms, "since": plan.since,
        "symbol": plan.symbol, "authority": plan.authority, "post": plan.post,
        **{name: rule[name] for name in _RULE if name in rule},
    }  # fmt: skip


class FrameForm(_Dressed):
    """What stands around a report; what is left empty comes from the directory of bodies and from the kind."""

    title = forms.CharField(label=gettext_lazy("Tên báo cáo"), max_length=500)
    subject = forms.CharField(
        label=gettext_lazy("Trích yếu"), required=False, max_length=300,
        help_text=gettext_lazy("Dưới chữ BÁO CÁO; để trống thì theo loại báo cáo."),
    )  # fmt: skip
    symbol = forms.CharField(label=gettext_lazy("Ký hiệu"), required=False, max_length=60)
    addressee = forms.CharField(
        label=gettext_lazy("Kính gửi"), required=False, widget=forms.Textarea({"rows": 2}),
        help_text=gettext_lazy("Mỗi nơi một dòng."),
    )  # fmt: skip
    recipients = forms.CharField(
        label=gettext_lazy("Nơi nhận"), required=False, widget=forms.Textarea({"rows": 4}),
        help_text=gettext_lazy("Mỗi nơi một dòng, dòng cuối “Lưu: VT, …”."),
    )  # fmt: skip
    authority = forms.CharField(label=gettext_lazy("Thẩm quyền ký"), required=False, max_length=60)
    post = forms.CharField(label=gettext_lazy("Chức vụ người ký"), required=False, max_length=120)
    signer = forms.CharField(
        label=gettext_lazy("Người ký"), required=False, max_length=200,
        help_text=gettext_lazy("Họ tên như sẽ ký; để trống thì chừa chỗ."),
    )  # fmt: skip

    def __init__(self, report: Report, *args: Any, **kwargs: Any) -> None:
        frame = {name: "\n".join(v) if isinstance(v, list) else v for name, v in report.frame.items()}
        super().__init__(*args, **{"initial": {"title": report.title} | frame} | kwargs)
        self.dress()


class IssueForm(_Dressed):
    """Number and day of the register."""

    number = forms.CharField(
        label=gettext_lazy("Số"), max_length=20, widget=forms.TextInput({"inputmode": "numeric"}),
        error_messages={"required": gettext_lazy("Hãy ghi số trong sổ văn bản đi.")},
    )  # fmt: skip
    symbol = forms.CharField(label=gettext_lazy("Ký hiệu"), max_length=60)
    issued_on = _day(gettext_lazy("Ngày ban hành"))
    signer = forms.CharField(
        label=gettext_lazy("Người ký"), required=False, max_length=200,
        help_text=gettext_lazy("Như trên bản đã ký."),
    )  # fmt: skip
    signed = forms.FileField(
        label=gettext_lazy("Bản ký số hoặc bản quét (PDF)"), required=False,
        help_text=gettext_lazy("Lưu ngay bây giờ hoặc sau khi đóng dấu."),
        widget=forms.FileInput({"accept": "application/pdf,.pdf"}),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.dress("signed")
        self.fields["issued_on"].initial = timezone.localdate()

    def said(self) -> Register:
        told = self.cleaned_data
        return Register(told["number"], told["symbol"], told["issued_on"], told["signer"])
