# SPDX-License-Identifier: Apache-2.0
"""What people write to add a body, rename, move or end it, to say where it is and what it is in charge of."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bamsat.rooms.catalogue.models import IndicatorSet
from bamsat.rooms.directory import actions
from bamsat.rooms.directory.change_form import ActField, ChangeForm, DayField
from bamsat.rooms.directory.kinds import kinds
from bamsat.rooms.directory.models import Body
from bamsat.rooms.directory.queries import bodies_near, version_on
from bamsat.rooms.places.queries import home_places, place_named


class AddBodyForm(ChangeForm):
    title, button, done = _("Thêm cơ quan, đơn vị"), _("Thêm cơ quan"), _("Đã thêm cơ quan vào danh bạ.")
    name = forms.CharField(label=_("Tên"), max_length=300)
    kind = forms.ChoiceField(label=_("Loại"))
    place = forms.CharField(
        label=_("Địa bàn"), required=False, max_length=200, help_text=_("Để trống nếu là cơ quan trung ương")
    )
    short_name = forms.CharField(label=_("Tên viết tắt"), required=False, max_length=60)
    name_en = forms.CharField(label=_("Tên tiếng Anh"), required=False, max_length=300)
    valid_from = DayField(label=_("Thành lập ngày"), required=False)
    act = ActField()
    sets = forms.ModelMultipleChoiceField(
        IndicatorSet.objects.all(), label=_("Lĩnh vực phụ trách"), required=False, widget=forms.CheckboxSelectMultiple
    )
    usual_posts = forms.BooleanField(label=_("Thêm luôn các chức vụ thường có của loại này"), required=False)

    def prepare(self) -> None:
        field = self.fields["kind"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(kind.code, kind.label) for kind in kinds().values()]
        self.initial = {"usual_posts": True}
        if not IndicatorSet.objects.exists():
            del self.fields["sets"]
        if self.body:
            del self.fields["place"]
            self.initial["kind"] = "division"
        else:
            homes = home_places(self.by)
            self.initial["place"] = homes[0].name if len(homes) == 1 else ""

    def clean(self) -> dict[str, Any]:
        told = self.cleaned_data
        typed = told.get("place", "")
        told["where"] = self.body.place if self.body else None
        if typed:
            told["where"] = place_named(typed, told.get("valid_from") or self.today)
            if told["where"] is None:
                wrong = gettext("Chưa có địa bàn nào tên “%(typed)s”. Hãy ghi như “Cao Bằng” hoặc “xã …”.")
                self.add_error("place", wrong % {"typed": typed})
        return told

    def perform(self) -> Body:
        told = dict(self.cleaned_data)
        told.pop("place", None)
        return actions.add_body(self.by, parent=self.body, place=told.pop("where"), **told)


class AddUnitForm(AddBodyForm):
    title, button, done = _("Thêm đơn vị trực thuộc"), _("Thêm đơn vị"), _("Đã thêm đơn vị trực thuộc.")


class RenameForm(ChangeForm):
    title, button, done = _("Đổi tên"), _("Đổi tên"), _("Đã đổi tên; tên cũ vẫn còn trong lịch sử.")
    name = forms.CharField(label=_("Tên mới"), max_length=300)
    short_name = forms.CharField(label=_("Tên viết tắt"), required=False, max_length=60)
    name_en = forms.CharField(label=_("Tên tiếng Anh"), required=False, max_length=300)
    on = DayField(label=_("Từ ngày"))
    act = ActField()

    def prepare(self) -> None:
        version = version_on(self.body, self.today)
        if version:
            self.initial = {name: getattr(version, name) for name in ("name", "short_name", "name_en")}

    def perform(self) -> Body:
        actions.rename_body(self.by, self.body, **self.cleaned_data)
        return self.body


class MoveForm(ChangeForm):
    title, button, done = _("Chuyển sang cấp trên khác"), _("Chuyển đơn vị"), _("Đã chuyển sang cấp trên khác.")
    parent = forms.ModelChoiceField(
        Body.objects.none(), label=_("Cấp trên mới"), required=False, empty_label=_("không thuộc cơ quan nào")
    )
    on = DayField(label=_("Từ ngày"))
    act = ActField()

    def prepare(self) -> None:
        version = version_on(self.body, self.today)
        near = bodies_near(self.by, self.body).exclude(pk=self.body.pk)
        self.offer("parent", near, version.parent_id if version else None)

    def perform(self) -> Body:
        told = self.cleaned_data
        actions.move_body(self.by, self.body, told["parent"], on=told["on"], act=told["act"])
        return self.body


class EndForm(ChangeForm):
    title, button, done = _("Kết thúc hoạt động"), _("Kết thúc hoạt động"), _("Đã ghi ngày kết thúc hoạt động.")
    on = DayField(label=_("Không còn từ ngày"))
    successor = forms.ModelChoiceField(
        Body.objects.none(), label=_("Cơ quan kế thừa"), required=False, empty_label=_("không có")
    )
    act = ActField()

    def prepare(self) -> None:
        self.offer("successor", bodies_near(self.by, self.body).exclude(pk=self.body.pk))

    def perform(self) -> Body:
        actions.end_body(self.by, self.body, **self.cleaned_data)
        return self.body


class ContactForm(ChangeForm):
    title, button, done = _("Trụ sở và liên hệ"), _("Lưu liên hệ"), _("Đã lưu trụ sở và liên hệ.")
    address = forms.CharField(label=_("Trụ sở"), required=False, max_length=300)
    phone = forms.CharField(label=_("Điện thoại"), required=False, max_length=60)
    email = forms.EmailField(label=_("Thư điện tử"), required=False)

    def prepare(self) -> None:
        self.initial = {name: getattr(self.body, name) for name in self.fields}

    def perform(self) -> Body:
        actions.set_contact(self.by, self.body, **self.cleaned_data)
        return self.body


class SetsForm(ChangeForm):
    title, button, done = _("Lĩnh vực phụ trách"), _("Lưu lĩnh vực"), _("Đã lưu lĩnh vực phụ trách.")
    sets = forms.ModelMultipleChoiceField(
        IndicatorSet.objects.all(), label=_("Lĩnh vực"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def prepare(self) -> None:
        self.initial = {"sets": self.body.sets.all()}

    def perform(self) -> Body:
        actions.put_in_charge(self.by, self.body, self.cleaned_data["sets"])
        return self.body
