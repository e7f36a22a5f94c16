# SPDX-License-Identifier: Apache-2.0
"""What people type on the pages of places: days, changes of the tree, facilities, roles."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bamsat.core.terms.numbers import read_number
from bamsat.rooms.accounts.models import User
from bamsat.rooms.catalogue.models import IndicatorSet
from bamsat.rooms.places.browse import on_day
from bamsat.rooms.places.changes import Begin, Change
from bamsat.rooms.places.models import ChangeKind, Place, PlaceKind, PlaceVersion, Role
from bamsat.rooms.places.queries import place_named
from bamsat.rooms.places.register import RegisterRefused, attributes_of, read_point, read_value, shown
from bamsat.ui import words

PARTS = 4  # how many new places a split offers


def read_day(text: str) -> date | None:
    """A day as people type it, 05/03/2026, or as addresses carry it, 2026-03-05."""
    for pattern in ("%d/%m/%Y", "%Y-%m-%d"):
        try:
            return datetime.strptime(text.strip(), pattern).date()
        except ValueError:
            continue
    return None


class DayField(forms.CharField):
    """A day, DD/MM/YYYY."""

    def __init__(self, **kwargs: Any) -> None:
        attributes = {"class": "field", "placeholder": "DD/MM/YYYY", "inputmode": "numeric", "autocomplete": "off"}
        super().__init__(max_length=10, widget=forms.TextInput(attrs=attributes), **kwargs)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        day = read_day(text)
        if day is None or not 1900 < day.year < 2200:
            raise forms.ValidationError(_("“%(text)s” chưa phải ngày. Hãy viết như 05/03/2026.") % {"text": text})
        return day


def read_share(text: str) -> Decimal | None:
    """A share as people type it: 12,5% or 12,5 is an eighth; nothing where nothing is typed."""
    bare = text.strip().removesuffix("%").strip()
    if not bare:
        return None
    number = read_number(bare)
    if number is None or number.is_english or number.last_place > 4:
        raise forms.ValidationError(
            _("“%(text)s” chưa phải tỷ lệ phần trăm. Hãy viết như 12,5%%, hoặc để trống.") % {"text": text}
        )
    return number.value / 100


def place_typed(data: QueryDict, name: str, reach: QuerySet[Place], on: date | None = None) -> Place | None:
    """The place chosen in a field; where nothing was chosen (there may be no script), the one whose name was typed."""
    slug, text = data.get(f"{name}-ma", ""), data.get(name, "").strip()[:200]
    if slug or not text:
        return reach.filter(slug=slug).first() if slug else None
    meant = place_named(text, on)
    return reach.filter(pk=meant.pk).first() if meant else None


class ChangeForm:
    """A change as the page tells it: read from what was posted, shown again as it was typed."""

    def __init__(self, kind: str, data: QueryDict, reach: Any) -> None:
        self.kind = kind if kind in ChangeKind.values else ChangeKind.MERGE
        self.data, self.errors = data, dict[str, str]()
        self.places = self._places(data.getlist("noi"), reach)
        on = read_day(self.value("tu-ngay"))
        self.into = place_typed(data, "nhan", reach, on)
        self.parent = place_typed(data, "cap-tren", reach, on)
        self.change: Change | None = None

    def value(self, name: str) -> str:
        return self.data.get(name, "").strip()

    @property
    def typed(self) -> dict[str, str]:
        """What stands in the fields, by the names under which the page asks."""
        names = {
            "on": "tu-ngay", "act": "van-ban", "note": "ghi-chu", "share": "phan", "keeps": "con-lai",
            "new_kind": "loai-moi", "into": "nhan", "parent": "cap-tren",
        }  # fmt: skip
        return {name: self.value(field) for name, field in names.items()}

    @property
    def rows(self) -> list[dict[str, str]]:
        """The new names, each with the fields as typed; a split offers several."""
        count = PARTS if self.kind == ChangeKind.SPLIT else 1
        told = {"name": "ten", "code": "ma", "word": "loai-dv", "share": "phan"}
        return [
            {name: self.value(f"{field}-{at}") for name, field in told.items()}
            | {"at": str(at), "wrong": self.errors.get(f"share-{at}", "")}
            for at in range(count)
        ]

    def read(self) -> Change | None:
        """The change, or None with `errors` filled by field."""
        on = read_day(self.typed["on"])
        if on is None:
            self.errors["on"] = _("Hãy ghi ngày có hiệu lực, như 01/07/2025.")
        begins = tuple(begin for row in self.rows if (begin := self._begin(row, on)))
        share = self._share("share", self.typed["share"])
        for name, chosen in (("into", self.into), ("parent", self.parent)):
            if self.typed[name] and chosen is None:
                self.errors[name] = _("Chưa rõ “%(text)s” là nơi nào. Hãy gõ tên và chọn trong danh sách.") % {
                    "text": self.typed[name]
                }
        if self.errors or on is None:
            return None
        return Change(
            kind=self.kind, on=on, act=self.typed["act"], note=self.typed["note"][:2000],
            places=tuple(place.pk for place in self.places), into=self.into.pk if self.into else None,
            parent=self.parent.pk if self.parent else None, begins=begins, share=share,
            keeps=bool(self.typed["keeps"]), moves=self._moves(),
        )  # fmt: skip

    def _begin(self, row: dict[str, str], on: date | None) -> Begin | None:
        """A new name; none where the kind of change has none, or the row was left empty. A rename keeps the word
        before the name where none is typed."""
        share = self._share(f"share-{row['at']}", row["share"])
        name, renames = row["name"], self.kind == ChangeKind.RENAME
        if not name and renames and (row["code"] or row["word"]) and self.places:
            name = self.places[0].name
        if not name or self.kind in (ChangeKind.TRANSFER, ChangeKind.CLOSE):
            return None
        kind = self.typed["new_kind"] if self.kind == ChangeKind.FOUND else ""
        word = row["word"].lower() or (self._word_before(on) if renames else "")
        return Begin(name[:300], row["code"][:12], word[:20], kind, share=share)

    def _word_before(self, on: date | None) -> str:
        """What the place to rename is called before its name on the day: xã, phường."""
        standing = PlaceVersion.objects.filter(on_day(on), place__in=self.places[:1]).first() if on else None
        return standing.word if standing else ""

    def _share(self, name: str, typed: str) -> Decimal | None:
        try:
            return read_share(typed)
        except forms.ValidationError as error:
            self.errors[name] = str(error.message)
            return None

    def _moves(self) -> dict[int, int]:
        told = {key.removeprefix("ve-"): self.value(key) for key in self.data if key.startswith("ve-")}
        return {int(child): int(to) for child, to in told.items() if child.isdecimal() and to.lstrip("-").isdecimal()}

    def _places(self, slugs: list[str], reach: Any) -> list[Place]:
        found = {place.slug: place for place in reach.filter(slug__in=slugs[:60])}
        return [found[slug] for slug in dict.fromkeys(slugs) if slug in found]


class FacilityForm(forms.Form):
    """A facility of one kind: what every place has, and the attributes that its kind describes."""

    name = forms.CharField(label=gettext_lazy("Tên"), max_length=200)
    name_en = forms.CharField(label=gettext_lazy("Tên tiếng Anh"), max_length=200, required=False)
    code = forms.CharField(label=gettext_lazy("Mã"), max_length=12, required=False)
    since = DayField(label=gettext_lazy("Có từ ngày"), required=False)
    latitude = forms.CharField(label=gettext_lazy("Vĩ độ"), max_length=20, required=False)
    longitude = forms.CharField(label=gettext_lazy("Kinh độ"), max_length=20, required=False)

    def __init__(self, kind: PlaceKind, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind_code = kind.code
        self.attributes = attributes_of(kind)
        for each in self.attributes:
            label = f"{each.name} ({each.unit})" if each.unit else each.name
            self.fields[f"tt-{each.code}"] = _field_of(each.type, each.choices, label)
        for field in self.fields.values():
            field.widget.attrs.setdefault("class", "field")

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        try:
            told["point"] = read_point(told.get("latitude", ""), told.get("longitude", ""))
        except RegisterRefused as error:
            self.add_error("latitude", words.told(error))
        told["attributes"] = {}
        for each in self.attributes:
            try:
                value = read_value(each, str(told.get(f"tt-{each.code}") or ""))
            except RegisterRefused as error:
                self.add_error(f"tt-{each.code}", words.told(error))
                continue
            if value is not None:
                told["attributes"][each.code] = value
        return told

    @staticmethod
    def typed(place: Place, kind: PlaceKind) -> dict[str, str]:
        """What is kept of a place, as it would be typed."""
        version = max(place.versions.all(), key=lambda each: each.valid_from or date.min)
        held = place.attributes or {}
        told = {
            f"tt-{each.code}": shown(each, held[each.code])
            if each.type != "yes_no"
            else ("có" if held[each.code] else "không")
            for each in attributes_of(kind)
            if held.get(each.code) not in (None, "")
        }
        point = {"latitude": place.latitude, "longitude": place.longitude}
        return told | {name: f"{value}".replace(".", ",") for name, value in point.items() if value is not None} | {
            "name": version.name, "name_en": version.name_en, "code": version.code,
            "since": f"{version.valid_from:%d/%m/%Y}" if version.valid_from else "",
        }  # fmt: skip


def _field_of(kind: str, choices: tuple[str, ...], label: str) -> forms.Field:
    if kind == "choice":
        return forms.ChoiceField(label=label, required=False, choices=[("", "—"), *((each, each) for each in choices)])
    if kind == "yes_no":
        offered = [("", "—"), ("có", gettext_lazy("có")), ("không", gettext_lazy("không"))]
        return forms.ChoiceField(label=label, required=False, choices=offered)
    decimal = {"inputmode": "decimal"} if kind == "number" else {"placeholder": "DD/MM/YYYY"} if kind == "date" else {}
    return forms.CharField(label=label, required=False, max_length=300, widget=forms.TextInput(attrs=decimal))


class RoleForm(forms.Form):
    """A role given to a user at a place."""

    role = forms.ChoiceField(label=gettext_lazy("Vai trò"), choices=Role.choices, initial=Role.SPECIALIST)
    sets = forms.ModelMultipleChoiceField(
        IndicatorSet.objects.all(), label=gettext_lazy("Chỉ các bộ chỉ tiêu"), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    valid_from = DayField(label=gettext_lazy("Từ ngày"), required=False)
    valid_to = DayField(label=gettext_lazy("Đến trước ngày"), required=False)
    acting_for = forms.CharField(
        label=gettext_lazy("Làm thay cho (tên đăng nhập)"), required=False, max_length=150
    )  # fmt: skip
    act = forms.CharField(label=gettext_lazy("Văn bản"), required=False, max_length=300)
    reason = forms.CharField(label=gettext_lazy("Lý do"), required=False, max_length=500)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if name != "sets":
                field.widget.attrs.setdefault("class", "field")

    def clean_acting_for(self) -> User | None:
        username = self.cleaned_data["acting_for"].strip()
        if not username:
            return None
        found = User.objects.filter(username=username).first()
        if found is None:
            raise forms.ValidationError(
                _("Không có người dùng “%(name)s”. Hãy ghi đúng tên đăng nhập.") % {"name": username}
            )
        return found
