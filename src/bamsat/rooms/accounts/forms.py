# SPDX-License-Identifier: Apache-2.0
"""What is typed on the pages of accounts, and what is wrong with it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth import authenticate
from django.contrib.auth.password_validation import validate_password
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .models import User
from .queries import Asked


class ChosenPassword(forms.Form):
    """The user's password now, and the next one twice. A wrong one counts as a wrong sign-in does."""

    old = forms.CharField(max_length=200, strip=False)
    new = forms.CharField(max_length=200, strip=False)
    again = forms.CharField(max_length=200, strip=False)

    def __init__(self, data: Any = None, *, request: HttpRequest, user: User) -> None:
        super().__init__(data)
        self.request, self.user = request, user

    def clean_old(self) -> str:
        old: str = self.cleaned_data["old"]
        if authenticate(self.request, username=self.user.username, password=old) is None:
            raise forms.ValidationError(_("Mật khẩu đang dùng không đúng. Hãy gõ lại."))
        return old

    def clean_new(self) -> str:
        new: str = self.cleaned_data["new"]
        if "old" in self.cleaned_data:
            validate_password(new, self.user)
        return new

    def clean_again(self) -> str:
        if self.cleaned_data.get("new") and self.cleaned_data["again"] != self.cleaned_data["new"]:
            raise forms.ValidationError(_("Hai lần gõ mật khẩu mới không giống nhau. Hãy gõ lại."))
        return str(self.cleaned_data["again"])


class NewUser(forms.ModelForm[User]):
    """Somebody who is to sign in."""

    administers = forms.BooleanField(required=False)

    class Meta:
        model = User
        fields = ("username", "display_name")
        error_messages = {
            "username": {
                "unique": gettext_lazy("Tên đăng nhập này đã có người dùng. Hãy chọn tên khác."),
                "invalid": gettext_lazy("Tên đăng nhập chỉ gồm chữ, số và các dấu @ . + - _"),
            }
        }

    def clean_display_name(self) -> str:
        name = " ".join(self.cleaned_data["display_name"].split())
        if not name:
            raise forms.ValidationError(_("Chưa ghi chức danh. Hãy ghi như “Chuyên viên phòng Thương mại”."))
        return name


class Title(forms.Form):
    display_name = forms.CharField(max_length=120)


class Address(forms.Form):
    """Where mails to a user go."""

    email = forms.EmailField(max_length=254, required=False)


class Reason(forms.Form):
    """Why something is done to somebody's account."""

    reason = forms.CharField(max_length=500, required=False)


_UNREADABLE = {"invalid": gettext_lazy("Không hiểu ngày này. Hãy viết như 05/07/2025.")}


class TrailSearch(forms.Form):
    """What of the trail is wanted; the names are those of the address."""

    ai = forms.CharField(max_length=150, required=False)
    viec = forms.CharField(max_length=80, required=False)
    loai = forms.CharField(max_length=80, required=False)
    ma = forms.CharField(max_length=80, required=False)
    tu = forms.DateField(required=False, input_formats=["%d/%m/%Y", "%Y-%m-%d"], error_messages=_UNREADABLE)
    den = forms.DateField(required=False, input_formats=["%d/%m/%Y", "%Y-%m-%d"], error_messages=_UNREADABLE)
    tim = forms.CharField(max_length=200, required=False)
    truoc = forms.IntegerField(required=False, min_value=1, max_value=2**62)

    def asked(self) -> Asked:
        """The part that could be understood; what could not stands under its field."""
        self.full_clean()
        told = self.cleaned_data
        return Asked(
            who=told.get("ai", ""),
            action=told.get("viec", ""),
            kind=told.get("loai", ""),
            object_id=told.get("ma", ""),
            since=told.get("tu"),
            until=told.get("den"),
            words=told.get("tim", ""),
        )

    def kept(self) -> dict[str, str]:
        """What was asked, without the place to go on from."""
        return {name: self.data[name] for name in self.fields if name != "truoc" and self.data.get(name)}
