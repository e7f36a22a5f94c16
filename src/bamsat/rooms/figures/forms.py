# SPDX-License-Identifier: Apache-2.0
"""What people type to correct a figure, to replace an entry or to withdraw one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bamsat.core.read.periods import read_period
from bamsat.core.terms.vietnamese import fold
from bamsat.rooms.catalogue.queries import indicator_coded, suggest
from bamsat.rooms.documents.models import ReadFigure
from bamsat.rooms.figures.corrections import PRICE_BASES, CorrectionRefused
from bamsat.ui import words

STATUSES = ("actual", "estimate", "target", "forecast")
HEDGES = {
    "": gettext_lazy("không có"), "over": gettext_lazy("trên, hơn"), "nearly": gettext_lazy("gần"),
    "about": gettext_lazy("khoảng"), "at_least": gettext_lazy("từ … trở lên"), "at_most": gettext_lazy("không quá"),
}  # fmt: skip


class CorrectionForm(forms.Form):
    """The fields of one figure. Only what was changed reaches the action."""

    indicator = forms.CharField(label=gettext_lazy("Chỉ tiêu"), required=False, max_length=300)
    indicator_code = forms.CharField(required=False, max_length=160)
    segment = forms.CharField(label=gettext_lazy("Phân tổ"), required=False, max_length=300)
    measure = forms.ChoiceField(label=gettext_lazy("Loại số"), required=False)
    status = forms.ChoiceField(label=gettext_lazy("Tình trạng"), required=False)
    value = forms.CharField(label=gettext_lazy("Giá trị"), required=False, max_length=60)
    unit = forms.CharField(label=gettext_lazy("Đơn vị"), required=False, max_length=60)
    hedge = forms.ChoiceField(label=gettext_lazy("Mức dè dặt"), required=False)
    period = forms.CharField(label=gettext_lazy("Kỳ"), required=False, max_length=60)
    base = forms.CharField(label=gettext_lazy("So với kỳ"), required=False, max_length=60)
    area = forms.CharField(label=gettext_lazy("Địa bàn"), required=False, max_length=200)
    price_basis = forms.ChoiceField(label=gettext_lazy("Giá"), required=False)

    def __init__(
        self, figure: ReadFigure, *args: Any, proposed: Mapping[str, str] | None = None, **kwargs: Any
    ) -> None:
        self.figure = figure
        kwargs["initial"] = initial(figure) | dict(proposed or {})
        super().__init__(*args, **kwargs)
        choices = {
            "measure": [(code, words.capital(words.measure(code))) for code in words.MEASURES],
            "status": [(code, words.capital(words.status(code))) for code in STATUSES],
            "hedge": [(code, words.capital(str(name))) for code, name in HEDGES.items()],
            "price_basis": [(code, words.capital(words.price_basis(code)) or _("Không nêu")) for code in PRICE_BASES],
        }
        for name, offered in choices.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = offered

    def clean_indicator(self) -> str:
        """A name typed in full is as good as one chosen from the list."""
        typed = " ".join(self.cleaned_data["indicator"].split())
        code = str(self.data.get("indicator_code") or "").strip()
        if code:
            return code
        if not typed or typed == self.initial["indicator"]:
            return self.figure.indicator
        if indicator_coded(typed) or ":" in typed:
            return typed
        near = suggest(typed, limit=3)
        for one in near:
            if fold(one.matched) == fold(typed) or fold(one.name) == fold(typed):
                return one.code
        raise forms.ValidationError(_not_in_catalogue(typed, [one.name for one in near]))

    def clean_period(self) -> str:
        return _period_code(self.cleaned_data["period"])

    def clean_base(self) -> str:
        return _period_code(self.cleaned_data["base"])

    def changes(self) -> dict[str, str]:
        """What differs from what stood in the form; a number always comes with its unit."""
        changed = set(self.changed_data) & set(self.data) - {"indicator_code"}
        found = {name: self.cleaned_data[name] for name in changed if name in self.cleaned_data}
        if self.cleaned_data.get("indicator", self.figure.indicator) == self.figure.indicator:
            found.pop("indicator", None)
        else:
            found["indicator"] = self.cleaned_data["indicator"]
        if {"value", "unit", "hedge"} & found.keys():
            found |= {name: self.cleaned_data[name] for name in ("value", "unit", "hedge") if name in self.data}
        return found

    def tell(self, refused: CorrectionRefused) -> None:
        """Set what the action refused beside its fields."""
        for name, (vi, en) in refused.fields.items():
            self.add_error(name if name in self.fields else None, en if words.language() == "en" else vi)
        if not refused.fields:
            self.add_error(None, words.told(refused))


def initial(figure: ReadFigure) -> dict[str, str]:
    indicator = indicator_coded(figure.indicator)
    value, unit = typed_as(figure)
    return {
        "indicator": indicator.name if indicator else figure.indicator,
        "segment": figure.segment, "measure": figure.measure, "status": figure.status, "value": value, "unit": unit,
        "hedge": figure.hedge, "period": _period_typed(figure.period), "base": _period_typed(figure.base),
        "area": figure.area, "price_basis": figure.price_basis,
    }  # fmt: skip


def typed_as(figure: ReadFigure) -> tuple[str, str]:
    """Number and unit as one types them: the program reads units in Vietnamese, whatever the language of the page."""
    with translation.override("vi"):
        if figure.of:
            return words.number(figure.value_text), words.unit_name(figure.unit)
        return words.in_unit(figure.value, figure.unit, figure.number)


def _period_code(typed: str) -> str:
    """A period said in words ("9 tháng năm 2021") or as a code; the action explains what is wrong otherwise."""
    typed = " ".join(typed.split())
    read = read_period(typed.lower()) if typed else None
    return read.code if read and read.start_year > 1900 else typed


def _period_typed(code: str) -> str:
    """As people of this language would type it: words are read in Vietnamese only."""
    return code if words.language() == "en" else words.period(code)


def _not_in_catalogue(typed: str, near: list[str]) -> str:
    told = _("Danh mục chưa có chỉ tiêu “%(typed)s”. Hãy chọn trong danh sách gợi ý khi gõ.") % {"typed": typed}
    return told + " " + _("Gần nhất: %(near)s.") % {"near": "; ".join(near)} if near else told


class ReplaceForm(forms.Form):
    value = forms.CharField(label=gettext_lazy("Số mới"), max_length=60)
    unit = forms.CharField(required=False, max_length=60)
    hedge = forms.ChoiceField(label=gettext_lazy("Mức dè dặt"), required=False)
    reason = forms.CharField(label=gettext_lazy("Lý do"), max_length=1000)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["hedge"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(code, words.capital(str(name))) for code, name in HEDGES.items()]


class WithdrawForm(forms.Form):
    reason = forms.CharField(label=gettext_lazy("Lý do"), max_length=1000)
