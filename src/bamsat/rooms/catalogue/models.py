# SPDX-License-Identifier: Apache-2.0
"""Indicators, the names that reports use for them, and units."""

from __future__ import annotations

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


class Good(models.TextChoices):
    UP = "up", _("tăng là tốt")
    DOWN = "down", _("giảm là tốt")
    NONE = "none", _("không có chiều tốt xấu")


class Unit(models.Model):
    """A unit of measure; `scale` is the number of decimals that ledger integers keep for it."""

    code = models.CharField(_("mã"), max_length=60, unique=True)
    name_vi = models.CharField(_("tên"), max_length=120)
    name_en = models.CharField(_("tên tiếng Anh"), max_length=120, blank=True)
    scale = models.PositiveSmallIntegerField(_("số chữ số thập phân giữ trong sổ"), default=6)
    shipped = models.BooleanField(_("có sẵn trong sản phẩm"), default=False, editable=False)

    class Meta:
        verbose_name = _("đơn vị tính")
        verbose_name_plural = _("đơn vị tính")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name_vi


class Indicator(models.Model):
    """What is measured: its names, unit, how it adds up, and which direction is good."""

    code = models.CharField(_("mã"), max_length=160, unique=True)
    name_vi = models.CharField(_("tên"), max_length=300)
    name_en = models.CharField(_("tên tiếng Anh"), max_length=300, blank=True)
    unit = models.CharField(_("đơn vị gốc"), max_length=60, blank=True)
    display_unit = models.CharField(_("đơn vị hiển thị"), max_length=60, blank=True)
    display_scale = models.BigIntegerField(_("một đơn vị hiển thị bằng bao nhiêu đơn vị gốc"), default=1)
    adds_up = models.CharField(_("cách cộng"), max_length=8, choices=AddsUp.choices, default=AddsUp.FLOW)
    good = models.CharField(_("chiều tốt"), max_length=4, choices=Good.choices, default=Good.NONE)
    order = models.PositiveIntegerField(_("thứ tự"), default=10_000)
    folded = models.CharField(max_length=300, editable=False, db_index=True)
    sort_key = models.CharField(max_length=600, editable=False)
    shipped = models.BooleanField(_("có sẵn trong sản phẩm"), default=False, editable=False)

    class Meta:
        verbose_name = _("chỉ tiêu")
        verbose_name_plural = _("chỉ tiêu")
        ordering = ["order", "sort_key"]
        constraints = [
            models.CheckConstraint(condition=models.Q(display_scale__gt=0), name="indicator_display_scale_positive"),
        ]

    def __str__(self) -> str:
        return self.name_vi

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.fill_keys()
        super().save(*args, **kwargs)

    @property
    def name(self) -> str:
        """Its name in the language of the page."""
        english = (get_language() or "vi").startswith("en")
        return self.name_en if english and self.name_en else self.name_vi

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
        self.folded = fold(self.text)[:300]
        super().save(*args, **kwargs)
