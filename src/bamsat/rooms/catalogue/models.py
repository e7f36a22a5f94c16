# SPDX-License-Identifier: Apache-2.0
"""Indicators and the names that reports use for them, units, code lists, providers, sets, identities, days off."""

from __future__ import annotations

import uuid
from typing import Any

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from bamsat.core.terms.vietnamese import fold, sort_key


class AddsUp(models.TextChoices):
    FLOW = "flow", _("cộng được theo thời gian và theo nơi")
    STOCK = "stock", _("số tại một thời điểm")
    INDEX = "index", _("chỉ số, không cộng")
    RATIO = "ratio", _("tỷ lệ của hai số")


class PriceBasis(models.TextChoices):
    CURRENT = "current", _("giá hiện hành")
    CONSTANT_1994 = "constant:1994", _("giá so sánh 1994")
    CONSTANT_2010 = "constant:2010", _("giá so sánh 2010")
    CONSTANT_2020 = "constant:2020", _("giá so sánh 2020")


class Good(models.TextChoices):
    UP = "up", _("tăng là tốt")
    DOWN = "down", _("giảm là tốt")
    NONE = "none", _("không có chiều tốt xấu")


class Named(models.Model):
    """What has a name in both languages."""

    name_vi = models.CharField(_("tên"), max_length=300)
    name_en = models.CharField(_("tên tiếng Anh"), max_length=300, blank=True)
    shipped = models.BooleanField(_("có sẵn trong sản phẩm"), default=False, editable=False)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name_vi

    @property
    def name(self) -> str:
        """Its name in the language of the page."""
        english = (get_language() or "vi").startswith("en")
        return self.name_en if english and self.name_en else self.name_vi


class Provider(Named):
    """Who gives a value (nguồn số liệu; SDMX data provider): the department, the statistics office, customs ...

    Values of one indicator, place and period from several providers stand side by side; the lower `order` comes first
    where one has to be chosen and no indicator set says otherwise.
    """

    code = models.SlugField(_("mã"), max_length=40, unique=True)
    order = models.PositiveIntegerField(_("thứ tự ưu tiên"), default=100)
    valid_to = models.DateField(_("hết dùng từ ngày"), null=True, blank=True)

    class Meta:
        verbose_name = _("nguồn số liệu")
        verbose_name_plural = _("nguồn số liệu")
        ordering = ["order", "code"]


class Unit(models.Model):
    """A unit of measure; `scale` is the number of decimals that ledger integers keep for it."""

    code = models.CharField(_("mã"), max_length=60, unique=True)
    name_vi = models.CharField(_("tên"), max_length=120)
    name_en = models.CharField(_("tên tiếng Anh"), max_length=120, blank=True)
    scale = models.PositiveSmallIntegerField(_("số chữ số thập phân giữ trong sổ"), default=6)
    valid_to = models.DateField(_("hết dùng từ ngày"), null=True, blank=True)
    shipped = models.BooleanField(_("có sẵn trong sản phẩm"), default=False, editable=False)

    class Meta:
        verbose_name = _("đơn vị tính")
        verbose_name_plural = _("đơn vị tính")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name_vi


class Indicator(Named):
    """What is measured: its names, unit, how it adds up, and which direction is good.

    The last six fields are those by which Decree 94/2022/NĐ-CP describes a national indicator.
    """

    code = models.CharField(_("mã"), max_length=160, unique=True)
    unit = models.CharField(_("đơn vị gốc"), max_length=60, blank=True)
    display_unit = models.CharField(_("đơn vị hiển thị"), max_length=60, blank=True)
    display_scale = models.BigIntegerField(_("một đơn vị hiển thị bằng bao nhiêu đơn vị gốc"), default=1)
    adds_up = models.CharField(_("cách cộng"), max_length=8, choices=AddsUp.choices, default=AddsUp.FLOW)
    good = models.CharField(_("chiều tốt"), max_length=4, choices=Good.choices, default=Good.NONE)
    order = models.PositiveIntegerField(_("thứ tự"), default=10_000)
    folded = models.CharField(max_length=300, editable=False, db_index=True)
    sort_key = models.CharField(max_length=600, editable=False)
    valid_from = models.DateField(_("dùng từ ngày"), null=True, blank=True)
    valid_to = models.DateField(_("hết dùng từ ngày"), null=True, blank=True)
    price_basis = models.CharField(_("giá"), max_length=16, choices=PriceBasis.choices, blank=True)
    base_year = models.PositiveSmallIntegerField(_("năm gốc"), null=True, blank=True)
    weight = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("quyền số là")
    )
    numerator = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("tử số là")
    )
    denominator = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("mẫu số là")
    )
    dimensions = models.JSONField(_("phân tổ theo danh mục"), default=list, blank=True)  # codes of code lists
    concept = models.TextField(_("khái niệm"), blank=True)
    method = models.TextField(_("phương pháp tính"), blank=True)
    publication = models.CharField(_("kỳ công bố"), max_length=200, blank=True)
    source = models.CharField(_("nguồn số liệu"), max_length=300, blank=True)
    responsible = models.CharField(_("cơ quan chịu trách nhiệm"), max_length=300, blank=True)
    higher_code = models.CharField(_("mã ở hệ thống cấp cao hơn"), max_length=60, blank=True)

    class Meta:
        verbose_name = _("chỉ tiêu")
        verbose_name_plural = _("chỉ tiêu")
        ordering = ["order", "sort_key"]
        constraints = [
            models.CheckConstraint(condition=models.Q(display_scale__gt=0), name="indicator_display_scale_positive"),
        ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.fill_keys()
        super().save(*args, **kwargs)

    @property
    def family(self) -> str:
        """`product` of `product:xi măng`; nothing for an indicator of the shipped catalogue."""
        head, colon, _rest = self.code.partition(":")
        return head if colon else ""

    def fill_keys(self) -> None:
        self.folded = fold(self.name_vi)[:300]
        self.sort_key = sort_key(self.name_vi)[:600]


class IndicatorName(models.Model):
    """One wording that reports use for an indicator."""

    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="names")
    text = models.CharField(_("tên gọi"), max_length=300)
    folded = models.CharField(max_length=300, editable=False, db_index=True)
    shipped = models.BooleanField(_("có sẵn trong sản phẩm"), default=False, editable=False)

    class Meta:
        verbose_name = _("tên gọi khác")
        verbose_name_plural = _("tên gọi khác")
        ordering = ["text"]
        constraints = [models.UniqueConstraint(fields=["indicator", "text"], name="one_wording_once_an_indicator")]

    def __str__(self) -> str:
        return self.text

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.fill_keys()
        super().save(*args, **kwargs)

    def fill_keys(self) -> None:
        self.folded = fold(self.text)[:300]


class CodeList(Named):
    """A version of a list of codes by which values are broken down (phân tổ; SDMX codelist): industries, goods ..."""

    code = models.SlugField(_("mã danh mục"), max_length=40)
    version = models.CharField(_("phiên bản"), max_length=20)
    valid_from = models.DateField(_("dùng từ ngày"), null=True, blank=True)
    valid_to = models.DateField(_("hết dùng từ ngày"), null=True, blank=True)
    act = models.CharField(_("văn bản ban hành"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("danh mục mã")
        verbose_name_plural = _("danh mục mã")
        ordering = ["code", "version"]
        constraints = [models.UniqueConstraint(fields=["code", "version"], name="one_version_once_a_list")]

    def __str__(self) -> str:
        return f"{self.name_vi} ({self.version})"


class Code(Named):
    """A code of a list, under another one where the list is a tree."""

    codelist = models.ForeignKey(CodeList, on_delete=models.CASCADE, related_name="codes")
    code = models.CharField(_("mã"), max_length=40)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="children")
    other_names = models.JSONField(_("tên gọi khác"), default=list, blank=True)
    unit = models.CharField(_("đơn vị tính"), max_length=60, blank=True)
    order = models.PositiveIntegerField(_("thứ tự"), default=10_000)
    valid_from = models.DateField(_("dùng từ ngày"), null=True, blank=True)
    valid_to = models.DateField(_("hết dùng từ ngày"), null=True, blank=True)
    folded = models.CharField(max_length=300, editable=False, db_index=True)

    class Meta:
        verbose_name = _("mã")
        verbose_name_plural = _("mã")
        ordering = ["order", "code"]
        constraints = [models.UniqueConstraint(fields=["codelist", "code"], name="one_code_once_a_list")]

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.fill_keys()
        super().save(*args, **kwargs)

    def fill_keys(self) -> None:
        self.folded = fold(self.name_vi)[:300]


class IndicatorSet(Named):
    """The indicators of a field of work (lĩnh vực); who is in charge of it is said in the directory."""

    code = models.SlugField(_("mã"), max_length=40, unique=True)
    order = models.PositiveIntegerField(_("thứ tự"), default=100)
    provider = models.ForeignKey(
        Provider, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("nguồn ưu tiên")
    )
    valid_to = models.DateField(_("hết dùng từ ngày"), null=True, blank=True)
    indicators = models.ManyToManyField(Indicator, through="SetMember", related_name="sets")

    class Meta:
        verbose_name = _("bộ chỉ tiêu")
        verbose_name_plural = _("bộ chỉ tiêu")
        ordering = ["order", "code"]

    def __str__(self) -> str:
        return self.name


class SetMember(models.Model):
    """An indicator's place in a set."""

    set = models.ForeignKey(IndicatorSet, on_delete=models.CASCADE, related_name="members")
    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="memberships")
    order = models.PositiveIntegerField(_("thứ tự"), default=10_000)

    class Meta:
        verbose_name = _("chỉ tiêu của bộ")
        verbose_name_plural = _("chỉ tiêu của bộ")
        ordering = ["set_id", "order", "pk"]
        constraints = [models.UniqueConstraint(fields=["set", "indicator"], name="one_indicator_once_a_set")]

    def __str__(self) -> str:
        return f"{self.set_id}: {self.indicator_id}"


class Identity(models.Model):
    """An equation that values of one place and period keep: "trade_total = exports + imports + supervised_goods"."""

    expression = models.CharField(_("đẳng thức"), max_length=500, unique=True)
    note_vi = models.TextField(_("ghi chú"), blank=True)
    note_en = models.TextField(_("ghi chú tiếng Anh"), blank=True)
    valid_to = models.DateField(_("hết dùng từ ngày"), null=True, blank=True)
    shipped = models.BooleanField(_("có sẵn trong sản phẩm"), default=False, editable=False)

    class Meta:
        verbose_name = _("đẳng thức")
        verbose_name_plural = _("đẳng thức")
        ordering = ["expression"]

    def __str__(self) -> str:
        return self.expression


class DayOff(Named):
    """A day that is off, or worked in lieu, by decision: the exceptions to what the calendar knows (lịch làm việc)."""

    day = models.DateField(_("ngày"), unique=True)
    working = models.BooleanField(
        _("nghỉ hay làm việc"), default=False, choices=[(False, _("nghỉ")), (True, _("làm việc"))]
    )
    act = models.CharField(_("theo văn bản"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("ngày nghỉ, làm bù")
        verbose_name_plural = _("ngày nghỉ, làm bù")
        ordering = ["-day"]


class Edition(models.Model):
    """Which edition of the tables this is: a single row whose stamp changes with every change of any of them.

    A process that keeps names of codes in memory compares its stamp with this one; another process may have changed
    them. The stamp is drawn, not counted: what was rolled back never looks like what was kept.
    """

    ONLY = 1

    stamp = models.UUIDField(default=uuid.uuid4)

    class Meta:
        verbose_name = _("lần sửa danh mục")
        verbose_name_plural = _("lần sửa danh mục")

    def __str__(self) -> str:
        return str(self.stamp)
