# SPDX-License-Identifier: Apache-2.0
"""The ledger: series, insert-only entries, withdrawals, and the entry that stands now for each key."""

from __future__ import annotations

import uuid
from decimal import Decimal
from typing import Any, NoReturn, TypeVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bamsat.rooms.catalogue.models import Indicator
from bamsat.rooms.documents.models import ReadFigure
from bamsat.rooms.places.models import Place


class Measure(models.TextChoices):
    LEVEL = "level", _("mức")
    GROWTH = "growth", _("tăng trưởng")
    CHANGE = "change", _("tăng, giảm tuyệt đối")
    PLAN_RATIO = "plan_ratio", _("so với kế hoạch")
    SHARE = "share", _("tỷ trọng")
    INDEX = "index", _("chỉ số")
    CONTRIBUTION = "contribution", _("đóng góp")
    RATIO = "ratio", _("tỷ lệ")


class EntryKind(models.TextChoices):
    ACTUAL = "actual", _("thực hiện")
    ESTIMATE = "estimate", _("ước")
    PLAN = "plan", _("kế hoạch")
    FORECAST = "forecast", _("dự báo")


class Vintage(models.TextChoices):
    ESTIMATE = "estimate", _("ước tính")
    PRELIMINARY = "preliminary", _("sơ bộ")
    OFFICIAL = "official", _("chính thức")


_Row = TypeVar("_Row", bound=models.Model)


class LedgerIsInsertOnly(TypeError):
    """Code tried to change or delete an entry; a programming error, never a user's."""

    def __init__(self) -> None:
        super().__init__("Ledger rows are insert-only: replace or withdraw an entry through figures.actions.")


class Series(models.Model):
    """What an entry is a value of, interned: indicator, place, breakdown, measure, unit and price basis."""

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="series")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="series")
    segment = models.CharField(_("phân tổ"), max_length=300, blank=True)
    measure = models.CharField(_("loại số"), max_length=12, choices=Measure.choices)
    unit = models.CharField(_("đơn vị"), max_length=60, blank=True)
    price_basis = models.CharField(_("giá"), max_length=16, blank=True)
    scale = models.PositiveSmallIntegerField(_("số chữ số thập phân"))

    class Meta:
        verbose_name = _("chuỗi số liệu")
        verbose_name_plural = _("chuỗi số liệu")
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "place", "segment", "measure", "unit", "price_basis"], name="series_interned"
            )
        ]
        indexes = [models.Index(fields=["place", "segment", "indicator"], name="series_place")]

    def __str__(self) -> str:
        return f"{self.indicator}, {self.place}"

    def to_decimal(self, stored: int) -> Decimal:
        """The value of a stored integer of this series, in base units."""
        return Decimal(stored).scaleb(-self.scale)


class InsertOnlyQuerySet(models.QuerySet[_Row]):
    def update(self, **kwargs: Any) -> NoReturn:
        raise LedgerIsInsertOnly

    def delete(self) -> NoReturn:
        raise LedgerIsInsertOnly


class InsertOnly(models.Model):
    """A row that is written once; the database refuses the rest by trigger too."""

    objects = InsertOnlyQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise LedgerIsInsertOnly
        kwargs["force_insert"] = True
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise LedgerIsInsertOnly


class Entry(InsertOnly):
    """A figure accepted into the ledger. Numbers are integers at the series' scale.

    Entries of one key (series, period, base, kind, vintage) form one line: each replaces the one before.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    series = models.ForeignKey(Series, on_delete=models.PROTECT, related_name="entries")
    period = models.CharField(_("kỳ"), max_length=40)
    first_month = models.IntegerField(_("tháng đầu của kỳ"))
    last_month = models.IntegerField(_("tháng cuối của kỳ"))
    base = models.CharField(_("kỳ so sánh"), max_length=40, blank=True)
    kind = models.CharField(_("loại"), max_length=8, choices=EntryKind.choices)
    vintage = models.CharField(_("lần công bố"), max_length=12, choices=Vintage.choices)
    value = models.BigIntegerField()
    value_high = models.BigIntegerField(null=True)
    of = models.BigIntegerField(null=True)
    lower = models.BigIntegerField()
    upper = models.BigIntegerField()
    hedge = models.CharField(max_length=8, blank=True)
    source = models.ForeignKey(ReadFigure, on_delete=models.PROTECT, null=True, related_name="entries")
    recorded_at = models.DateTimeField(default=timezone.now, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    replaces = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="replaced_by")
    reason = models.TextField(blank=True)

    class Meta:
        verbose_name = _("bút toán số liệu")
        verbose_name_plural = _("bút toán số liệu")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["series", "period", "base", "kind", "vintage"],
                condition=models.Q(replaces__isnull=True),
                name="one_first_entry_a_key",
            ),
            models.CheckConstraint(condition=models.Q(lower__lte=models.F("upper")), name="entry_bounds_in_order"),
        ]
        indexes = [models.Index(fields=["series", "period", "base", "kind", "vintage"], name="entry_key")]

    def __str__(self) -> str:
        return f"{self.series} {self.period}: {self.amount}"

    @property
    def amount(self) -> Decimal:
        """Its value in base units."""
        return self.series.to_decimal(self.value)

    @property
    def low(self) -> Decimal:
        return self.series.to_decimal(self.lower)

    @property
    def high(self) -> Decimal:
        return self.series.to_decimal(self.upper)

    @property
    def amount_high(self) -> Decimal | None:
        return None if self.value_high is None else self.series.to_decimal(self.value_high)

    @property
    def amount_of(self) -> Decimal | None:
        return None if self.of is None else self.series.to_decimal(self.of)

    @property
    def withdrawn(self) -> bool:
        return hasattr(self, "withdrawal")


class Confirmation(InsertOnly):
    """Another document that states what an entry already says; it adds a source, not a value."""

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="confirmations")
    source = models.ForeignKey(ReadFigure, on_delete=models.PROTECT, related_name="confirmations")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("nguồn nói cùng số")
        verbose_name_plural = _("nguồn nói cùng số")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["entry", "source"], name="one_confirmation_a_source")]

    def __str__(self) -> str:
        return f"{self.entry_id}: {self.source_id}"


class Withdrawal(InsertOnly):
    """An entry taken back, with the reason; the entry itself stays."""

    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="withdrawal")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now, editable=False)
    reason = models.TextField()

    class Meta:
        verbose_name = _("rút bút toán")
        verbose_name_plural = _("rút bút toán")

    def __str__(self) -> str:
        return f"{self.entry_id}: {self.reason}"


class Latest(models.Model):
    """The entry that stands now for a key; written with the entry, and rebuildable from entries alone."""

    series = models.ForeignKey(Series, on_delete=models.PROTECT, related_name="latest")
    period = models.CharField(max_length=40)
    base = models.CharField(max_length=40, blank=True)
    kind = models.CharField(max_length=8, choices=EntryKind.choices)
    vintage = models.CharField(max_length=12, choices=Vintage.choices)
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="latest")

    class Meta:
        verbose_name = _("số đang dùng")
        verbose_name_plural = _("số đang dùng")
        constraints = [
            models.UniqueConstraint(fields=["series", "period", "base", "kind", "vintage"], name="one_latest_a_key")
        ]

    def __str__(self) -> str:
        return f"{self.series_id} {self.period} → {self.entry_id}"
