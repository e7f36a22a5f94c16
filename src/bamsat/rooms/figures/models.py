# SPDX-License-Identifier: Apache-2.0
"""The ledger: series, insert-only entries, withdrawals, the entry that stands now for each key; plans; imports."""

from __future__ import annotations

import uuid
from decimal import Decimal
from typing import Any, NoReturn, TypeVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from bamsat.rooms.catalogue.models import Indicator
from bamsat.rooms.documents.models import Document, ReadFigure
from bamsat.rooms.figures.origins import Origin, origin_of
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


DEPARTMENT = "department"  # the provider of what is not said to come from another one


class Series(models.Model):
    """What an entry is a value of, interned: indicator, place, breakdown, measure, unit, price basis and provider.

    `segment` is the breakdown in the words of a report, or codes of code lists: "industry:C10", and where there are
    several, "commodity:coffee|partner:CN" in the order of their lists.
    """

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="series")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="series")
    segment = models.CharField(_("phân tổ"), max_length=300, blank=True)
    measure = models.CharField(_("loại số"), max_length=12, choices=Measure.choices)
    unit = models.CharField(_("đơn vị"), max_length=60, blank=True)
    price_basis = models.CharField(_("giá"), max_length=16, blank=True)
    provider = models.CharField(_("nguồn số liệu"), max_length=40, default=DEPARTMENT)  # a code of catalogue.Provider
    scale = models.PositiveSmallIntegerField(_("số chữ số thập phân"))

    class Meta:
        verbose_name = _("chuỗi số liệu")
        verbose_name_plural = _("chuỗi số liệu")
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "place", "segment", "measure", "unit", "price_basis", "provider"],
                name="series_interned",
            )
        ]
        indexes = [models.Index(fields=["place", "segment", "indicator"], name="series_place")]

    def __str__(self) -> str:
        return f"{self.indicator}, {self.place}"

    def to_decimal(self, stored: int) -> Decimal:
        """The value of a stored integer of this series, in base units."""
        return Decimal(stored).scaleb(-self.scale)


class Plan(models.Model):
    """A plan by which targets are given (kế hoạch): a decision with number, issuer and date; its targets are entries.

    A later version supersedes an earlier one as a whole. `provider` says whose plan it is: the People's Council's,
    the ministry's, a scenario's; targets of several plans stand side by side.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    number = models.CharField(_("số, ký hiệu"), max_length=80)
    issuer = models.CharField(_("cơ quan ban hành"), max_length=300)
    issued_on = models.DateField(_("ngày ban hành"))
    title = models.CharField(_("trích yếu"), max_length=500)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="plans", verbose_name=_("địa bàn"))
    provider = models.CharField(_("kế hoạch của"), max_length=40, default="council")
    period = models.CharField(_("kỳ kế hoạch"), max_length=40)
    supersedes = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="superseded_by"
    )
    document = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    note = models.TextField(_("ghi chú"), blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("kế hoạch")
        verbose_name_plural = _("kế hoạch")
        ordering = ["-issued_on", "-pk"]
        constraints = [models.UniqueConstraint(fields=["place", "number", "issued_on"], name="one_plan_once_a_number")]

    def __str__(self) -> str:
        return f"{self.number}, {self.issued_on:%d/%m/%Y}"


class IntakeState(models.TextChoices):
    """How far a bulk import has come."""

    CHECKING = "checking", _("đang xem thử")
    CHECKED = "checked", _("đã xem thử, chưa ghi")
    SUBMITTED = "submitted", _("chờ duyệt")
    WRITING = "writing", _("đang ghi vào sổ")
    DONE = "done", _("đã ghi vào sổ")
    REFUSED = "refused", _("không nạp được")
    DROPPED = "dropped", _("đã bỏ")


class Intake(models.Model):
    """One file of figures brought in at once: what the dry run found, and how many of its rows are in the ledger.

    `read` counts the rows that are done with, so that an import that was cut goes on where it stopped.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("tên tệp"), max_length=255)
    sha256 = models.CharField(max_length=64, db_index=True)
    format = models.CharField(_("định dạng"), max_length=12)
    size = models.BigIntegerField()
    state = models.CharField(_("trạng thái"), max_length=10, choices=IntakeState.choices, default=IntakeState.CHECKING)
    options = models.JSONField(default=dict)  # what the person chose: place, provider, what to do on a conflict
    report = models.JSONField(default=dict)  # what the dry run says, by cell
    rows = models.BigIntegerField(default=0)
    read = models.BigIntegerField(default=0)
    written = models.BigIntegerField(default=0)
    unchanged = models.BigIntegerField(default=0)
    left = models.BigIntegerField(default=0)
    error_vi = models.TextField(blank=True)
    error_en = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now, editable=False)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("lần nạp số liệu")
        verbose_name_plural = _("lần nạp số liệu")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.name

    @cached_property
    def origin(self) -> Origin | None:
        """Where the page of what it holds is, if a room above keeps that page."""
        return origin_of(self)


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
    series = models.ForeignKey(Series, on_delete=models.PROTECT, related_name="entries", db_index=False)
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
    source = models.ForeignKey(ReadFigure, on_delete=models.PROTECT, null=True, related_name="entries", db_index=False)
    intake = models.ForeignKey(Intake, on_delete=models.PROTECT, null=True, related_name="entries", db_index=False)
    cell = models.CharField(_("ô hoặc dòng trong tệp"), max_length=80, blank=True)
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, null=True, related_name="targets", db_index=False)
    recorded_at = models.DateTimeField(default=timezone.now, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False)
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
        # Ten million rows stand here: what few rows have is indexed for those few only.
        indexes = [
            models.Index(fields=["series", "period", "base", "kind", "vintage"], name="entry_key"),
            models.Index(fields=["source"], name="entry_source", condition=models.Q(source__isnull=False)),
            models.Index(fields=["plan"], name="entry_plan", condition=models.Q(plan__isnull=False)),
        ]

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

    series = models.ForeignKey(Series, on_delete=models.PROTECT, related_name="latest", db_index=False)
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
