# SPDX-License-Identifier: Apache-2.0
"""What people write about posts: who holds one, who acts for whom, what was handed over."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from bamsat.rooms.accounts.models import User
from bamsat.rooms.directory import actions_posts as actions
from bamsat.rooms.directory.change_form import ActField, ChangeForm, DayField
from bamsat.rooms.directory.models import Authorisation, Body, Holding, HoldingKind, Manner, Post
from bamsat.rooms.directory.queries import bodies_near


class AddPostForm(ChangeForm):
    title, button, done = _("Thêm chức vụ"), _("Thêm chức vụ"), _("Đã thêm chức vụ.")
    post_title = forms.CharField(label=_("Chức vụ"), max_length=120)
    title_en = forms.CharField(label=_("Chức vụ bằng tiếng Anh"), required=False, max_length=120)
    leads = forms.BooleanField(label=_("Đứng đầu cơ quan"), required=False)
    single = forms.BooleanField(label=_("Mỗi lúc chỉ một người giữ"), required=False)

    def perform(self) -> Body:
        told = dict(self.cleaned_data)
        actions.add_post(self.by, self.body, title=told.pop("post_title"), **told)
        return self.body


class AppointForm(ChangeForm):
    title, button, done = _("Ghi người giữ chức vụ"), _("Ghi người giữ"), _("Đã ghi người giữ chức vụ.")
    of = Post
    person = forms.CharField(label=_("Họ tên"), max_length=160)
    kind = forms.ChoiceField(label=_("Cách giữ"), choices=HoldingKind.choices)
    valid_from = DayField(label=_("Giữ từ ngày"), required=False, help_text=_("Để trống nếu chưa rõ, và ghi nguồn"))
    valid_to = DayField(label=_("Đến trước ngày"), required=False, help_text=_("Để trống nếu đang giữ"))
    act = ActField()
    user = forms.ModelChoiceField(
        User.objects.none(), label=_("Tài khoản trong phần mềm"), required=False, empty_label=_("không có")
    )
    attested_from = DayField(label=_("Nguồn nhắc từ ngày"), required=False)
    attested_to = DayField(label=_("đến hết ngày"), required=False)
    source = forms.CharField(label=_("Nguồn"), required=False, max_length=300)

    def prepare(self) -> None:
        self.offer("user", User.objects.filter(place_roles__place=self.body.place).distinct().order_by("username"))

    def perform(self) -> Body:
        actions.appoint(self.by, self.item, **self.cleaned_data)
        return self.body


class CorrectHoldingForm(ChangeForm):
    title, button, done = _("Sửa điều ghi nhầm"), _("Lưu điều đã sửa"), _("Đã sửa; nhật ký giữ điều ghi trước đó.")
    of, to_body = Holding, "post__body"
    person = forms.CharField(label=_("Họ tên"), max_length=160)
    valid_from = DayField(label=_("Giữ từ ngày"), required=False)
    valid_to = DayField(label=_("Đến trước ngày"), required=False)
    act = ActField()
    reason = forms.CharField(label=_("Vì sao sửa"), max_length=300)

    def prepare(self) -> None:
        self.initial = {name: getattr(self.item, name) for name in ("person", "valid_from", "valid_to", "act")}

    def perform(self) -> Body:
        actions.correct_holding(self.by, self.item, **self.cleaned_data)
        return self.body


class EndHoldingForm(ChangeForm):
    title, button, done = _("Ghi ngày thôi giữ chức vụ"), _("Ghi ngày thôi giữ"), _("Đã ghi ngày thôi giữ chức vụ.")
    of, to_body = Holding, "post__body"
    on = DayField(label=_("Thôi giữ từ ngày"))
    act = ActField()

    def perform(self) -> Body:
        actions.end_holding(self.by, self.item, **self.cleaned_data)
        return self.body


class HandOverForm(ChangeForm):
    title, button, done = _("Bàn giao"), _("Ghi bàn giao"), _("Đã ghi việc bàn giao.")
    of, to_body = Holding, "post__body"
    new = forms.ModelChoiceField(Holding.objects.none(), label=_("Người nhận"), empty_label=None)
    on = DayField(label=_("Ngày bàn giao"))
    what = forms.CharField(label=_("Nội dung bàn giao"), widget=forms.Textarea({"rows": 3}))
    act = ActField(_("Biên bản, văn bản"))

    def prepare(self) -> None:
        others = Holding.objects.filter(post__body=self.body, valid_to=None).exclude(pk=self.item.pk)
        self.offer("new", others.select_related("post"))

    def perform(self) -> Body:
        told = dict(self.cleaned_data)
        actions.hand_over(self.by, self.item, told.pop("new"), **told)
        return self.body


class AuthoriseForm(ChangeForm):
    title, button, done = _("Ủy quyền, giao ký thay"), _("Ghi ủy quyền"), _("Đã ghi ủy quyền.")
    of = Post
    manner = forms.ChoiceField(label=_("Cách ký"), choices=Manner.choices)
    to_post = forms.ModelChoiceField(
        Post.objects.none(), label=_("Giao cho chức vụ"), required=False, empty_label=_("một người nêu họ tên")
    )
    person = forms.CharField(label=_("Họ tên, nếu không phải một chức vụ"), required=False, max_length=160)
    scope = forms.CharField(label=_("Việc được giao"), widget=forms.Textarea({"rows": 2}))
    valid_from = DayField(label=_("Từ ngày"))
    valid_to = DayField(label=_("Đến trước ngày"), required=False)
    act = ActField()

    def prepare(self) -> None:
        near = Post.objects.filter(body__in=bodies_near(self.by, self.body)).exclude(pk=self.item.pk)
        self.offer("to_post", near.select_related("body").order_by("body__sort_key", "order"))

    def perform(self) -> Body:
        actions.authorise(self.by, self.item, **self.cleaned_data)
        return self.body


class EndAuthorisationForm(ChangeForm):
    title, button, done = _("Thôi ủy quyền"), _("Ghi ngày thôi"), _("Đã ghi ngày thôi ủy quyền.")
    of, to_body = Authorisation, "post__body"
    on = DayField(label=_("Thôi từ ngày"))
    act = ActField()

    def perform(self) -> Body:
        actions.end_authorisation(self.by, self.item, **self.cleaned_data)
        return self.body
