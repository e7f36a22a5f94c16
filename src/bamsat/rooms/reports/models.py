# SPDX-License-Identifier: Apache-2.0
"""Reports: what an office has to issue when, each report from draft to issue, every version that was kept."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bamsat.core.terms.period import Period
from bamsat.rooms.catalogue.models import IndicatorSet
from bamsat.rooms.figures.models import InsertOnly
from bamsat.rooms.places.models import Place


class Frequency(models.TextChoices):
    """How often a report is due; `once` stands for reports that are asked for."""

    MONTH = "month", _("tháng")
    QUARTER = "quarter", _("quý")
    HALF = "half", _("6 tháng")
    NINE_MONTHS = "nine_months", _("9 tháng")
    YEAR = "year", _("năm")
    FIVE_YEARS = "five_years", _("5 năm")
    ONCE = "once", _("khi được yêu cầu")


class State(models.TextChoices):
    """Where a report is on its way."""

    DRAFT = "draft", _("Đang soạn")
    SUBMITTED = "submitted", _("Đã trình")
    RETURNED = "returned", _("Trả lại")
    APPROVED = "approved", _("Đã duyệt")
    ISSUED = "issued", _("Đã ban hành")
    DROPPED = "dropped", _("Thôi soạn")


class Origin(models.TextChoices):
    """How a version came to be."""

    GENERATED = "generated", _("máy soạn")
    EDITED = "edited", _("sửa trong Word")
    SIGNED = "signed", _("bản ký số (PDF)")


class Template(InsertOnly):
    """A Word template of an office for a kind of report. The last row of a kind and place is in force; a row without a
    file puts the product's own layout back."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="report_templates")
    kind = models.CharField(_("loại báo cáo"), max_length=40)
    name = models.CharField(_("tên tệp"), max_length=255, blank=True)
    sha256 = models.CharField(max_length=64, blank=True, editable=False)
    size = models.BigIntegerField(_("cỡ tệp"), default=0)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now, editable=False)
    reason = models.TextField(blank=True)

    class Meta:
        verbose_name = _("mẫu Word")
        verbose_name_plural = _("mẫu Word")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["place", "kind"], name="template_in_force")]

    def __str__(self) -> str:
        return self.name or self.kind


class ReportPlan(models.Model):
    """A report that a place issues again and again: what, for whom, due when, from which forms."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="report_plans", verbose_name=_("địa bàn"))
    kind = models.CharField(_("loại báo cáo"), max_length=40)  # of data/reports
    name = models.CharField(_("tên báo cáo"), max_length=300)
    frequency = models.CharField(_("định kỳ"), max_length=12, choices=Frequency.choices)
    audience = models.TextField(_("gửi tới"), blank=True)  # one body a line: what stands under "Nơi nhận"
    deadline = models.JSONField(_("hạn"), default=dict)  # a rule of core/act/deadlines
    field = models.ForeignKey(
        IndicatorSet, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("bộ chỉ tiêu")
    )
    forms = models.JSONField(_("lấy số từ biểu"), default=list, blank=True)  # codes of forms
    symbol = models.CharField(_("ký hiệu"), max_length=60, blank=True)
    authority = models.CharField(_("thẩm quyền ký"), max_length=60, blank=True)  # "KT. GIÁM ĐỐC"
    post = models.CharField(_("chức vụ người ký"), max_length=120, blank=True)
    since = models.DateField(_("làm từ ngày"))
    until = models.DateField(_("thôi từ ngày"), null=True, blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("báo cáo định kỳ")
        verbose_name_plural = _("báo cáo định kỳ")
        ordering = ["place_id", "name", "pk"]

    def __str__(self) -> str:
        return self.name


class Report(models.Model):
    """One report of a place and period, from its first draft to its issue."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    plan = models.ForeignKey(ReportPlan, on_delete=models.PROTECT, null=True, blank=True, related_name="reports")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="reports", verbose_name=_("địa bàn"))
    kind = models.CharField(_("loại báo cáo"), max_length=40)
    period = models.CharField(_("kỳ"), max_length=40)
    first_month = models.IntegerField(_("tháng đầu của kỳ"))
    last_month = models.IntegerField(_("tháng cuối của kỳ"))
    field = models.ForeignKey(IndicatorSet, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    title = models.CharField(_("tên báo cáo"), max_length=500)
    state = models.CharField(_("trạng thái"), max_length=10, choices=State.choices, default=State.DRAFT)
    due = models.DateTimeField(_("hạn"), null=True, blank=True)
    frame = models.JSONField(_("thể thức"), default=dict, blank=True)  # fields of core/report Frame that differ
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("báo cáo")
        verbose_name_plural = _("báo cáo")
        ordering = ["-last_month", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "period"],
                condition=models.Q(plan__isnull=False) & ~models.Q(state="dropped"),
                name="one_report_a_plan_and_period",
            ),
            models.CheckConstraint(
                condition=models.Q(first_month__lte=models.F("last_month")), name="report_period_in_order"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def span(self) -> Period:
        return Period(self.first_month, self.last_month)


class Version(InsertOnly):
    """The bytes of a report at one moment, kept under their hash, with the numbers that stood in it.

    `numbers` holds one object a number: its words, key (indicator, measure, period, base, segment), value in base units
    as text, unit, status and entries; comparisons with the last issue and lint need no second reading.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="versions")
    origin = models.CharField(_("nguồn gốc"), max_length=10, choices=Origin.choices)
    media = models.CharField(_("loại tệp"), max_length=8)  # docx, pdf, xlsx
    name = models.CharField(_("tên tệp"), max_length=255)
    sha256 = models.CharField(max_length=64, db_index=True, editable=False)
    size = models.BigIntegerField(_("cỡ tệp"))
    known = models.DateTimeField(_("số theo sổ lúc"), null=True)  # which state of the ledger it was written from
    # The outline that it was written from, kept under its hash: every other form of this version comes from it alone.
    outline = models.CharField(max_length=64, blank=True, default="", editable=False)
    template = models.ForeignKey(Template, on_delete=models.PROTECT, null=True, related_name="+")
    numbers = models.JSONField(default=list, blank=True)
    remarks = models.JSONField(default=list, blank=True)  # what lint said of it
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now, editable=False)
    reason = models.TextField(blank=True)

    class Meta:
        verbose_name = _("bản báo cáo")
        verbose_name_plural = _("bản báo cáo")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.name


class Rendering(InsertOnly):
    """A version in another form (PDF, Excel, web page), made from its outline when it was issued, and kept."""

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="renderings")
    media = models.CharField(max_length=8)
    sha256 = models.CharField(max_length=64, db_index=True, editable=False)
    size = models.BigIntegerField()
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("dạng khác của bản báo cáo")
        verbose_name_plural = _("dạng khác của bản báo cáo")
        constraints = [models.UniqueConstraint(fields=["version", "media"], name="one_rendering_a_version_and_media")]

    def __str__(self) -> str:
        return f"{self.version_id}.{self.media}"


class Step(InsertOnly):
    """A step of a report's way: submitted, returned, approved, dropped, taken up again; with who, when and why."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="steps")
    state = models.CharField(max_length=10, choices=State.choices)
    version = models.ForeignKey(Version, on_delete=models.PROTECT, null=True, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now, editable=False)
    reason = models.TextField(blank=True)

    class Meta:
        verbose_name = _("bước")
        verbose_name_plural = _("bước")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.report_id}: {self.state}"


class Issue(InsertOnly):
    """A report as it was issued: number and day from the office's own register, the bytes, the signed PDF if any."""

    report = models.OneToOneField(Report, on_delete=models.PROTECT, related_name="issue")
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="+")
    signed = models.ForeignKey(Version, on_delete=models.PROTECT, null=True, related_name="+")
    # Place and year are said again here: within them and a symbol, a register gives each number once.
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    year = models.IntegerField(_("năm của sổ"))
    number = models.CharField(_("số"), max_length=20)
    symbol = models.CharField(_("ký hiệu"), max_length=60)
    issued_on = models.DateField(_("ngày ban hành"))
    signer = models.CharField(_("người ký"), max_length=200, blank=True)  # as the office entered it
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("bản ban hành")
        verbose_name_plural = _("bản ban hành")
        ordering = ["-issued_on", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["place", "year", "symbol", "number"], name="one_number_a_register_and_year")
        ]

    def __str__(self) -> str:
        return f"{self.number}/{self.symbol}"
