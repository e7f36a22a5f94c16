# SPDX-License-Identifier: Apache-2.0
"""A place is an identity; its name, code and parent are dated versions. Roles are held at a place."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from bamsat.core.terms.vietnamese import fold, sort_key
from bamsat.rooms.catalogue.models import IndicatorSet


class Kind:
    """Codes of the kinds that the program itself speaks of; every kind is a row of PlaceKind, which is data."""

    COUNTRY = "country"
    PROVINCE = "province"
    DISTRICT = "district"
    COMMUNE = "commune"


class PlaceKind(models.Model):
    """A kind of place: an administrative unit, or a facility with attributes of its own.

    `attributes` describes them, in order: [{"code": "grade", "name_vi": "Hạng", "name_en": "Grade", "type": "choice",
    "choices": [...], "unit": ""}]; types are text, number, date, yes_no, choice.
    """

    code = models.SlugField(_("mã"), max_length=20, unique=True)
    name_vi = models.CharField(_("tên"), max_length=120)
    name_en = models.CharField(_("tên tiếng Anh"), max_length=120, blank=True)
    rank = models.PositiveSmallIntegerField(_("thứ bậc"), default=100)
    administrative = models.BooleanField(_("là đơn vị hành chính"), default=False)
    attributes = models.JSONField(_("thuộc tính"), default=list, blank=True)
    shipped = models.BooleanField(_("có sẵn trong sản phẩm"), default=False, editable=False)

    class Meta:
        verbose_name = _("loại địa bàn")
        verbose_name_plural = _("loại địa bàn")
        ordering = ["rank", "code"]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """Its name in the language of the page."""
        english = (get_language() or "vi").startswith("en")
        return self.name_en if english and self.name_en else self.name_vi


class Place(models.Model):
    """A province, district, commune, market, factory ...; what is true of it over time is in its versions."""

    slug = models.SlugField(_("địa chỉ"), max_length=120, unique=True)
    kind = models.CharField(_("loại"), max_length=20)
    name = models.CharField(_("tên gần nhất"), max_length=200, editable=False)
    name_en = models.CharField(_("tên tiếng Anh"), max_length=200, blank=True, editable=False)
    sort_key = models.CharField(max_length=400, editable=False, blank=True)
    latitude = models.DecimalField(_("vĩ độ"), max_digits=8, decimal_places=5, null=True, blank=True)
    longitude = models.DecimalField(_("kinh độ"), max_digits=8, decimal_places=5, null=True, blank=True)
    attributes = models.JSONField(_("thuộc tính"), default=dict, blank=True)
    ended = models.DateField(_("hết hiệu lực từ ngày"), null=True, blank=True)

    class Meta:
        verbose_name = _("địa bàn")
        verbose_name_plural = _("địa bàn")
        ordering = ["sort_key", "slug"]
        indexes = [models.Index(fields=["kind", "sort_key"], name="place_kind_sort")]

    def __str__(self) -> str:
        return self.name or self.slug

    @property
    def label(self) -> str:
        """Its latest name in the language of the page."""
        english = (get_language() or "vi").startswith("en")
        return self.name_en if english and self.name_en else self.name

    @property
    def full_label(self) -> str:
        """The same, and until when, for a place that is no more: two places may have borne one name."""
        if self.ended is None:
            return self.label
        last = f"{self.ended - timedelta(days=1):%d/%m/%Y}"
        return str(_("%(place)s (đến %(day)s)")) % {"place": self.label, "day": last}

    def take_name_from_versions(self) -> None:
        """Bring its latest name and its end up to its versions, after they were changed."""
        latest = max(self.versions.all(), key=lambda version: version.valid_from or date.min, default=None)
        if latest:
            self.name, self.name_en, self.sort_key = latest.name, latest.name_en, latest.sort_key
            self.ended = latest.valid_to
            self.save()


class PlaceVersion(models.Model):
    """Name, code and parent of a place from `valid_from` until the day before `valid_to`.

    `word` is what a unit is called before its name ("phường", "huyện"): a rename may change it alone.
    """

    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="versions")
    name = models.CharField(_("tên"), max_length=200)
    name_en = models.CharField(_("tên tiếng Anh"), max_length=200, blank=True)
    word = models.CharField(_("loại đơn vị"), max_length=20, blank=True)
    code = models.CharField(_("mã Tổng cục Thống kê"), max_length=12, blank=True, db_index=True)
    parent = models.ForeignKey(Place, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    valid_from = models.DateField(_("từ ngày"), null=True, blank=True)
    valid_to = models.DateField(_("hết hiệu lực từ ngày"), null=True, blank=True)
    folded = models.CharField(max_length=200, editable=False)
    sort_key = models.CharField(max_length=400, editable=False)

    class Meta:
        verbose_name = _("tên và cấp trên theo thời gian")
        verbose_name_plural = _("tên và cấp trên theo thời gian")
        ordering = ["place_id", "valid_from"]
        indexes = [models.Index(fields=["folded"], name="placeversion_folded")]
        constraints = [
            models.UniqueConstraint(fields=["place", "valid_from"], name="one_version_a_start"),
            models.CheckConstraint(
                condition=models.Q(valid_to__isnull=True)
                | models.Q(valid_from__isnull=True)
                | models.Q(valid_to__gt=models.F("valid_from")),
                name="version_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.fill_keys()
        super().save(*args, **kwargs)

    def fill_keys(self) -> None:
        self.folded = fold(self.name)[:200]
        self.sort_key = sort_key(self.name)[:400]

    @property
    def full_name(self) -> str:
        """Word and name, as official papers write them: "phường Thục Phán"."""
        return f"{self.word} {self.name}".strip()

    def holds_on(self, day: date) -> bool:
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day < self.valid_to)


class PlaceName(models.Model):
    """Another way in which a version of a place is written ("TP. Hà Nội")."""

    version = models.ForeignKey(PlaceVersion, on_delete=models.CASCADE, related_name="names")
    text = models.CharField(_("cách viết khác"), max_length=200)
    folded = models.CharField(max_length=200, editable=False, db_index=True)

    class Meta:
        verbose_name = _("cách viết khác của địa bàn")
        verbose_name_plural = _("cách viết khác của địa bàn")
        ordering = ["text"]
        constraints = [models.UniqueConstraint(fields=["version", "text"], name="one_spelling_once_a_version")]

    def __str__(self) -> str:
        return self.text

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.folded = fold(self.text)[:200]
        super().save(*args, **kwargs)


class Ancestor(models.Model):
    """Every place above a place, at any time; kept by `actions.rebuild_ancestors` so that rights need one query."""

    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="above")
    ancestor = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="below")
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)

    class Meta:
        verbose_name = _("cấp trên")
        verbose_name_plural = _("cấp trên")
        indexes = [models.Index(fields=["ancestor", "place"], name="ancestor_down")]

    def __str__(self) -> str:
        return f"{self.place_id} < {self.ancestor_id}"


class PlaceLink(models.Model):
    """A membership beside the tree: a factory that stands in a cluster, a station that an enterprise runs."""

    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="links")
    to = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="linked")
    role = models.CharField(_("quan hệ"), max_length=120)
    valid_from = models.DateField(_("từ ngày"), null=True, blank=True)
    valid_to = models.DateField(_("hết hiệu lực từ ngày"), null=True, blank=True)

    class Meta:
        verbose_name = _("quan hệ giữa các nơi")
        verbose_name_plural = _("quan hệ giữa các nơi")
        ordering = ["place_id", "to_id"]
        constraints = [models.UniqueConstraint(fields=["place", "to", "role"], name="one_link_once_a_role")]

    def __str__(self) -> str:
        return f"{self.place} → {self.to}"


class ChangeKind(models.TextChoices):
    MERGE = "merge", _("sáp nhập")
    SPLIT = "split", _("chia tách")
    TRANSFER = "transfer", _("điều chuyển")
    RENAME = "rename", _("đổi tên")
    FOUND = "found", _("thành lập")
    CLOSE = "close", _("giải thể")


class BoundaryChange(models.Model):
    """A dated change of the tree by a legal act: what was decided, in `told`, and what it did to the tree, below it."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(_("loại thay đổi"), max_length=10, choices=ChangeKind.choices)
    on = models.DateField(_("có hiệu lực từ ngày"))
    act = models.CharField(_("văn bản"), max_length=300)
    note = models.TextField(_("ghi chú"), blank=True)
    told = models.JSONField(default=dict)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("thay đổi địa giới")
        verbose_name_plural = _("thay đổi địa giới")
        ordering = ["-on", "-pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.on:%d/%m/%Y}"


class Succession(models.Model):
    """`old` became, in whole or in part, `new` on a date, by a legal act; `old` itself where it goes on with a part.

    `share` is the part of old's values that goes to new: 1 for the whole, nothing where no share was stated.
    """

    old = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="successors")
    new = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="predecessors")
    on = models.DateField(_("từ ngày"))
    share = models.DecimalField(_("phần chuyển sang"), max_digits=7, decimal_places=6, null=True, blank=True)
    act = models.CharField(_("văn bản"), max_length=300, blank=True)
    change = models.ForeignKey(
        BoundaryChange, on_delete=models.PROTECT, null=True, blank=True, related_name="successions"
    )

    class Meta:
        verbose_name = _("kế thừa địa bàn")
        verbose_name_plural = _("kế thừa địa bàn")
        constraints = [models.UniqueConstraint(fields=["old", "new", "on"], name="one_succession_a_pair_and_day")]

    def __str__(self) -> str:
        return f"{self.old} → {self.new}"


class Role(models.TextChoices):
    ADMIN = "admin", _("quản trị")
    DIRECTOR = "director", _("giám đốc Sở")
    DEPUTY = "deputy", _("phó giám đốc Sở")
    HEAD = "head", _("lãnh đạo phòng")
    SPECIALIST = "specialist", _("chuyên viên")
    CLERK = "clerk", _("văn thư")
    COMMUNE = "commune", _("cán bộ cấp xã")
    FACILITY = "facility", _("cơ sở, doanh nghiệp")
    READER = "reader", _("người xem")
    API = "api", _("phần mềm khác (API)")


class PlaceRole(models.Model):
    """A user's role at a place; it reaches everything below the place, and follows its successors.

    With indicator sets it reaches only their indicators; without any, all of them. A role may be held for someone
    else for a time (quyền, ủy quyền), with the act that says so.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="place_roles", verbose_name=_("người dùng")
    )
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="roles", verbose_name=_("địa bàn"))
    role = models.CharField(_("vai trò"), max_length=12, choices=Role.choices)
    sets = models.ManyToManyField(IndicatorSet, blank=True, related_name="+", verbose_name=_("chỉ các bộ chỉ tiêu"))
    valid_from = models.DateField(_("từ ngày"), null=True, blank=True)
    valid_to = models.DateField(_("hết hiệu lực từ ngày"), null=True, blank=True)
    acting_for = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("làm thay cho"),
    )  # fmt: skip
    act = models.CharField(_("văn bản"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("vai trò tại địa bàn")
        verbose_name_plural = _("vai trò tại địa bàn")
        constraints = [models.UniqueConstraint(fields=["user", "place", "role"], name="one_role_once_a_place")]

    def __str__(self) -> str:
        return f"{self.get_role_display()}, {self.place}"
