# SPDX-License-Identifier: Apache-2.0
"""What people type to record a plan, to give a target, and to divide one."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.contrib.auth.models import AnonymousUser
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bamsat.core.terms.errors import BamsatError
from bamsat.core.terms.vietnamese import fold
from bamsat.rooms.accounts.models import User
from bamsat.rooms.catalogue.models import Indicator, Provider
from bamsat.rooms.catalogue.queries import indicator_coded, suggest
from bamsat.rooms.figures.corrections import PRICE_BASES
from bamsat.rooms.figures.models import Entry, Measure, Plan
from bamsat.rooms.figures.plans import rows
from bamsat.rooms.figures.plans.queries import last_day
from bamsat.rooms.figures.plans.typed import period_of
from bamsat.rooms.places.models import Place
from bamsat.rooms.places.queries import place_named, scope
from bamsat.ui import words

DAYS = ["%d/%m/%Y", "%d-%m-%Y", "%Y-%m-%d"]


class HeaderForm(forms.Form):
    """What stands at the head of a decision."""

    number = forms.CharField(label=gettext_lazy("Số, ký hiệu"), max_length=80)
    issued_on = forms.DateField(
        label=gettext_lazy("Ngày ban hành"), input_formats=DAYS,
        error_messages={"invalid": gettext_lazy("Hãy viết ngày như 10/12/2020.")},
    )  # fmt: skip
    issuer = forms.CharField(label=gettext_lazy("Cơ quan ban hành"), max_length=300)
    title = forms.CharField(label=gettext_lazy("Trích yếu"), max_length=500)
    note = forms.CharField(label=gettext_lazy("Ghi chú"), max_length=1000, required=False)


class VersionForm(HeaderForm):
    """A decision that changes or replaces another one, and why."""

    reason = forms.CharField(label=gettext_lazy("Lý do"), max_length=1000)


class ReasonForm(forms.Form):
    reason = forms.CharField(label=gettext_lazy("Lý do"), max_length=1000)


class PlanForm(HeaderForm):
    """A whole new plan."""

    place = forms.CharField(label=gettext_lazy("Địa bàn"), max_length=200)
    period = forms.CharField(label=gettext_lazy("Kỳ kế hoạch"), max_length=60)
    provider = forms.ChoiceField(label=gettext_lazy("Kế hoạch của"))

    def __init__(self, user: User | AnonymousUser, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._user = user
        field = self.fields["provider"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(each.code, each.name) for each in planners()]

    def clean_period(self) -> str:
        return _period(self.cleaned_data["period"])

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if told.get("place") and told.get("period"):
            place = _place(self._user, told["place"], told["period"])
            if place is None:
                self.add_error("place", no_place(told["place"]))
            told["place"] = place
        return told


class TargetForm(forms.Form):
    """A target as the decision states it: a level, a growth, or both."""

    indicator = forms.CharField(label=gettext_lazy("Chỉ tiêu"), max_length=300)
    indicator_code = forms.CharField(required=False, max_length=160)
    level = forms.CharField(label=gettext_lazy("Mức"), required=False, max_length=80)
    growth = forms.CharField(label=gettext_lazy("Tăng trưởng (%)"), required=False, max_length=60)
    place = forms.CharField(label=gettext_lazy("Địa bàn"), required=False, max_length=200)
    period = forms.CharField(label=gettext_lazy("Kỳ"), required=False, max_length=60)
    segment = forms.CharField(label=gettext_lazy("Phân tổ"), required=False, max_length=300)
    price_basis = forms.ChoiceField(label=gettext_lazy("Giá"), required=False)
    reason = forms.CharField(label=gettext_lazy("Lý do"), required=False, max_length=1000)

    def __init__(self, user: User | AnonymousUser, plan: Plan, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._user, self._plan = user, plan
        field = self.fields["price_basis"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(code, words.capital(words.price_basis(code)) or _("Theo danh mục")) for code in PRICE_BASES]

    def clean_period(self) -> str:
        typed = self.cleaned_data["period"]
        return _period(typed) if typed.strip() else self._plan.period

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        told["price_basis"] = told.get("price_basis") or None  # not said: the one that the catalogue names
        if "indicator" in told:
            told["indicator"] = self._indicator(told["indicator"], told.get("indicator_code", ""))
        if "period" in told:
            named = told.get("place", "").strip()
            told["place"] = _place(self._user, named, told["period"]) if named else self._plan.place
            if told["place"] is None:
                self.add_error("place", no_place(named))
        return told

    def _indicator(self, typed: str, code: str) -> Indicator | None:
        """What was chosen from the list, if the words are still its own; else what the words name in full."""
        typed = " ".join(typed.split())
        chosen = indicator_coded(code or typed)
        if chosen and (chosen.code == typed or fold(typed) in (fold(chosen.name_vi), fold(chosen.name_en))):
            return chosen
        near = suggest(typed, limit=5)
        for one in near:
            if fold(typed) in (fold(one.matched), fold(one.name)):
                return one.indicator
        listed = "; ".join(one.name for one in near)
        message = _("Danh mục chưa có chỉ tiêu “%(typed)s”. Hãy chọn trong danh sách gợi ý khi gõ.") % {"typed": typed}
        self.add_error("indicator", f"{message} {_('Gần nhất: %(near)s.') % {'near': listed}}" if listed else message)
        return None


def planners() -> list[Provider]:
    """Who gives plans comes first, then everybody else that gives figures."""
    first = ("council", "committee", "ministry", "department", "scenario")
    found = list(Provider.objects.all())
    return sorted(found, key=lambda each: first.index(each.code) if each.code in first else len(first))


def of_plan(plan: Plan) -> dict[str, str]:
    """The header as it stands, to be mended."""
    return {
        "number": plan.number, "issued_on": words.day(plan.issued_on), "issuer": plan.issuer, "title": plan.title,
        "note": plan.note,
    }  # fmt: skip


def of_target(entry: Entry, mate: Entry | None) -> dict[str, str]:
    """A target as one would type it; units are read in Vietnamese, whatever the language of the page."""
    series, stated = entry.series, {}
    with translation.override("vi"):
        for one in (entry, mate):
            if one:
                told = rows.stated(one)
                field = "growth" if one.series.measure == Measure.GROWTH else "level"
                stated[field] = f"{told.text} {told.unit}".strip()
    return stated | {
        "indicator": series.indicator.name, "indicator_code": series.indicator.code, "place": series.place.label,
        "period": entry.period if words.language() == "en" else words.period(entry.period), "segment": series.segment,
        "price_basis": series.price_basis,
    }  # fmt: skip


def step_of(typed: str, size: Decimal) -> Decimal | None:
    """How round the parts of a division are to be, in base units; None for exactly as they come."""
    choices = {"tron": size, "nghin": size / 1000}
    return choices.get(typed)


def _period(typed: str) -> str:
    try:
        return period_of(typed).code
    except BamsatError as trouble:
        raise forms.ValidationError(words.told(trouble)) from trouble


def _place(user: User | AnonymousUser, typed: str, period: str) -> Place | None:
    """The place of this name at the end of the period, or any time, among those that the user may see."""
    day = last_day(period_of(period).last)
    found = place_named(typed, on=day) or place_named(typed) or Place.objects.filter(slug=typed).first()
    return found if found and scope(user).filter(pk=found.pk).exists() else None


def no_place(typed: str) -> str:
    return _("Không tìm thấy địa bàn “%(typed)s”. Hãy ghi tên tỉnh, huyện hoặc xã như trong danh mục.") % {
        "typed": typed
    }
