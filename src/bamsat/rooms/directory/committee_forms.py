# SPDX-License-Identifier: Apache-2.0
"""What people write about a committee: its members and its programme of work."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from bamsat.rooms.directory import actions_committees as actions
from bamsat.rooms.directory.change_form import ActField, ChangeForm, DayField
from bamsat.rooms.directory.models import Body, CommitteeRole, Membership, Post, WorkItem, WorkState
from bamsat.rooms.directory.queries import bodies_near


class AddMemberForm(ChangeForm):
    title, button, done = _("Thêm thành viên"), _("Thêm thành viên"), _("Đã thêm thành viên.")
    role = forms.ChoiceField(label=_("Vai trò"), choices=CommitteeRole.choices, initial=CommitteeRole.MEMBER)
    post = forms.ModelChoiceField(
        Post.objects.none(), label=_("Người giữ chức vụ"), required=False, empty_label=_("chọn một trong ba")
    )
    member = forms.ModelChoiceField(
        Body.objects.none(), label=_("hoặc cơ quan"), required=False, empty_label=_("chọn một trong ba")
    )
    person = forms.CharField(label=_("hoặc họ tên"), required=False, max_length=160)
    valid_from = DayField(label=_("Từ ngày"), required=False)
    act = ActField()

    def prepare(self) -> None:
        near = bodies_near(self.by, self.body).exclude(pk=self.body.pk)
        self.offer("member", near)
        posts = Post.objects.filter(body__in=near).select_related("body")
        self.offer("post", posts.order_by("body__sort_key", "order"))

    def perform(self) -> Body:
        told = dict(self.cleaned_data)
        actions.add_member(self.by, self.body, body=told.pop("member"), **told)
        return self.body


class EndMembershipForm(ChangeForm):
    title, button, done = _("Thôi tham gia"), _("Ghi ngày thôi tham gia"), _("Đã ghi ngày thôi tham gia.")
    of, to_body = Membership, "committee"
    on = DayField(label=_("Thôi từ ngày"))
    act = ActField()

    def perform(self) -> Body:
        actions.end_membership(self.by, self.item, **self.cleaned_data)
        return self.body


class AddWorkForm(ChangeForm):
    title, button, done = _("Thêm việc vào chương trình công tác"), _("Thêm việc"), _("Đã thêm việc.")
    content = forms.CharField(label=_("Nội dung"), widget=forms.Textarea({"rows": 2}))
    year = forms.IntegerField(label=_("Năm"), min_value=1975, max_value=2100, widget=forms.TextInput)
    period = forms.CharField(label=_("Kỳ trong năm"), required=False, max_length=60, help_text=_("Như “quý II”"))
    lead = forms.ModelChoiceField(
        Body.objects.none(), label=_("Đơn vị chủ trì"), required=False, empty_label=_("chưa giao")
    )
    due = DayField(label=_("Hạn"), required=False)

    def prepare(self) -> None:
        self.initial = {"year": self.today.year}
        self.offer("lead", bodies_near(self.by, self.body).exclude(pk=self.body.pk))

    def perform(self) -> Body:
        actions.add_work_item(self.by, self.body, **self.cleaned_data)
        return self.body


class ChangeWorkForm(AddWorkForm):
    title, button, done = _("Sửa việc trong chương trình"), _("Lưu việc"), _("Đã sửa việc trong chương trình.")
    of, to_body = WorkItem, "committee"

    def prepare(self) -> None:
        super().prepare()
        self.initial = {name: getattr(self.item, name) for name in self.fields}

    def perform(self) -> Body:
        actions.change_work_item(self.by, self.item, **self.cleaned_data)
        return self.body


class MarkWorkForm(ChangeForm):
    title, button, done = _("Ghi kết quả"), _("Ghi kết quả"), _("Đã ghi kết quả.")
    of, to_body = WorkItem, "committee"
    state = forms.ChoiceField(label=_("Tình trạng"), choices=WorkState.choices)
    result = forms.CharField(
        label=_("Kết quả, hoặc lý do không làm nữa"), required=False, widget=forms.Textarea({"rows": 2})
    )

    def prepare(self) -> None:
        self.initial = {"state": self.item.state, "result": self.item.result}

    def perform(self) -> Body:
        actions.mark_work_item(self.by, self.item, **self.cleaned_data)
        return self.body
