# SPDX-License-Identifier: Apache-2.0
"""Forms and their versions; returns with cells, steps, remarks and attachments; who is spared; reminders."""

from __future__ import annotations

import uuid
from functools import cached_property
from typing import Any, TypedDict

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bamsat.core.forms.definition import Definition
from bamsat.core.forms.sheet import Pick
from bamsat.core.terms.period import Period
from bamsat.core.terms.vietnamese import fold
from bamsat.rooms.catalogue.models import IndicatorSet, Named
from bamsat.rooms.figures.models import Intake
from bamsat.rooms.places.models import Place


class Form(Named):
    """A form (biểu mẫu) as offices know it, whatever its versions; `place` is whose form it is, none: everybody's.

    An office may take everybody's form for its own and change it: below the office it `replaces` the other one.
    """

    code = models.SlugField(_("mã biểu"), max_length=60, unique=True)
    number = models.CharField(_("số biểu"), max_length=60, blank=True)
    set = models.ForeignKey(
        IndicatorSet, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("lĩnh vực")
    )
    place = models.ForeignKey(
        Place, on_delete=models.PROTECT, null=True, blank=True, related_name="forms", verbose_name=_("của địa bàn")
    )
    replaces = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaced_by", verbose_name=_("thay biểu")
    )
    basis = models.CharField(_("căn cứ"), max_length=300, blank=True)
    by_practice = models.BooleanField(_("theo thông lệ, không theo thông tư"), default=False)
    note_vi = models.TextField(_("hướng dẫn"), blank=True)
    note_en = models.TextField(_("hướng dẫn tiếng Anh"), blank=True)
    order = models.PositiveIntegerField(_("thứ tự"), default=1000)
    ended = models.DateField(_("hết dùng từ ngày"), null=True, blank=True)
    folded = models.CharField(max_length=300, editable=False)

    class Meta:
        verbose_name = _("biểu mẫu")
        verbose_name_plural = _("biểu mẫu")
        ordering = ["order", "code"]

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.folded = fold(f"{self.name_vi} {self.number}")[:300]
        super().save(*args, **kwargs)


class FormVersion(models.Model):
    """What a form asks from a period on; once in use it is not changed, a later version takes its place."""

    form = models.ForeignKey(Form, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField(_("phiên bản"))
    first_month = models.IntegerField(_("dùng cho kỳ bắt đầu từ tháng"))  # months since year 0, as in core.terms.period
    definition = models.JSONField()
    in_use = models.BooleanField(_("đang dùng"), default=False)
    note = models.TextField(_("thay đổi gì"), blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("phiên bản của biểu mẫu")
        verbose_name_plural = _("phiên bản của biểu mẫu")
        ordering = ["form_id", "-number"]
        constraints = [models.UniqueConstraint(fields=["form", "number"], name="one_number_a_version")]

    def __str__(self) -> str:
        return f"{self.form} ({self.number})"

    @cached_property
    def parsed(self) -> Definition:
        """Its definition; it was read when it was put in use, so it can be."""
        return Definition.parse(self.definition)


class Sparing(models.Model):
    """A place that need not send a form for a time though its kind does, or that sends it though its kind does not."""

    form = models.ForeignKey(Form, on_delete=models.CASCADE, related_name="sparings")
    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="+")
    required = models.BooleanField(_("phải gửi"), default=False)
    first_month = models.IntegerField(null=True)
    last_month = models.IntegerField(null=True)
    reason = models.TextField(_("lý do"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("nơi được miễn hoặc gửi thêm")
        verbose_name_plural = _("nơi được miễn hoặc gửi thêm")
        ordering = ["form_id", "place_id", "pk"]

    def __str__(self) -> str:
        return f"{self.form_id}: {self.place_id}"


class ReturnState(models.TextChoices):
    DRAFT = "draft", _("Đang nhập")
    SENT = "sent", _("Đã gửi")
    CHECKED = "checked", _("Đã kiểm tra")
    APPROVED = "approved", _("Đã duyệt")
    RETURNED = "returned", _("Trả lại")


class Origin(models.TextChoices):
    """How a value came into a cell."""

    TYPED = "typed", _("gõ")
    PASTED = "pasted", _("dán")
    EXCEL = "excel", _("từ tệp Excel")
    XML = "xml", _("từ tệp XML")
    LAST = "last", _("chép từ kỳ trước")
    LEDGER = "ledger", _("lấy từ sổ")
    BELOW = "below", _("cộng từ nơi bên dưới")


class CellData(TypedDict, total=False):
    """A cell of a return as kept: its text, how it came (an Origin), who and when, its count of changes, and why.

    `n` grows by one with every change of the cell: who saves tells the `n` that was seen, so that a change made
    meanwhile by somebody else shows. `why` explains a doubt or a value that is missing. `src` says in words where a
    pulled value is from.
    """

    t: str
    o: str
    by: int
    at: str
    n: int
    why: str
    src: str


class Return(models.Model):
    """A form as one place fills it for one period (phiếu gửi); numbers in it count only once it is approved."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    form = models.ForeignKey(Form, on_delete=models.PROTECT, related_name="returns")
    version = models.ForeignKey(FormVersion, on_delete=models.PROTECT, related_name="returns")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="returns")
    period = models.CharField(_("kỳ"), max_length=40)
    first_month = models.IntegerField(_("tháng đầu của kỳ"))
    last_month = models.IntegerField(_("tháng cuối của kỳ"))
    state = models.CharField(_("trạng thái"), max_length=10, choices=ReturnState.choices, default=ReturnState.DRAFT)
    cells = models.JSONField(default=dict)  # key -> CellData
    picks = models.JSONField(default=list)  # rows that the sender added: [row, [codes]]
    filled = models.PositiveIntegerField(default=0)  # cells that have a value, of `asked`
    asked = models.PositiveIntegerField(default=0)
    revision = models.PositiveIntegerField(default=0)  # grows with every change of the return
    due = models.DateTimeField(_("hạn"), null=True)
    opened_at = models.DateTimeField(default=timezone.now, editable=False)
    changed_at = models.DateTimeField(default=timezone.now)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    sent_at = models.DateTimeField(null=True)  # when it was first sent: late or not is told by it
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    note = models.TextField(_("ghi chú của nơi gửi"), blank=True)
    intake = models.OneToOneField(Intake, on_delete=models.PROTECT, null=True, related_name="sent_in_return")

    class Meta:
        verbose_name = _("phiếu gửi")
        verbose_name_plural = _("phiếu gửi")
        ordering = ["-last_month", "form_id", "place_id"]
        constraints = [
            models.UniqueConstraint(fields=["form", "place", "period"], name="one_return_a_place_and_period")
        ]
        indexes = [
            # Who has sent is counted from this index alone, without the returns and their cells.
            models.Index(
                fields=["last_month", "form", "state", "first_month", "place", "sent_at", "due"], name="return_counted"
            ),
            models.Index(fields=["place", "last_month"], name="return_of_a_place"),
            models.Index(fields=["state", "last_month"], name="return_in_a_state"),
        ]

    def __str__(self) -> str:
        return f"{self.form}, {self.place}, {self.period}"

    @property
    def span(self) -> Period:
        return Period(self.first_month, self.last_month)

    @property
    def texts(self) -> dict[str, str]:
        """What stands in its cells, by key."""
        return {key: cell.get("t", "") for key, cell in self.cells.items()}

    @property
    def explained(self) -> set[str]:
        """Cells with a reason for what looks wrong or is missing."""
        return {key for key, cell in self.cells.items() if cell.get("why")}

    @property
    def chosen(self) -> tuple[Pick, ...]:
        return tuple(Pick(row, tuple(codes)) for row, codes in self.picks)

    @property
    def is_open(self) -> bool:
        """Whether its sender may still change it."""
        return self.state in (ReturnState.DRAFT, ReturnState.RETURNED)


class Step(models.Model):
    """One step of a return's way, with its cells as they were then; written once."""

    OPEN, REOPEN = "opened", "unlocked"

    sent_return = models.ForeignKey(Return, on_delete=models.PROTECT, related_name="steps")
    before = models.CharField(max_length=10, choices=ReturnState.choices, blank=True)
    after = models.CharField(max_length=10, choices=ReturnState.choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    acting_for = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now, editable=False)
    reason = models.TextField(blank=True)
    unlocked = models.BooleanField(default=False)
    cells = models.JSONField(default=dict)  # of a sending and an approval: key -> text
    sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name = _("bước của phiếu gửi")
        verbose_name_plural = _("bước của phiếu gửi")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.sent_return_id}: {self.before} → {self.after}"


class Remark(models.Model):
    """What a checker or approver says at a cell (none: of the whole) when a return goes back."""

    sent_return = models.ForeignKey(Return, on_delete=models.PROTECT, related_name="remarks")
    key = models.CharField(_("ô"), max_length=160, blank=True)
    text = models.TextField(_("ý kiến"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now, editable=False)
    answered_at = models.DateTimeField(null=True)  # when the return was sent again

    class Meta:
        verbose_name = _("ý kiến trả lại")
        verbose_name_plural = _("ý kiến trả lại")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.sent_return_id} {self.key}: {self.text}"


class Attachment(models.Model):
    """A file that goes with a return: the signed PDF, a map; kept by its content as documents are."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    sent_return = models.ForeignKey(Return, on_delete=models.PROTECT, related_name="attachments")
    name = models.CharField(_("tên tệp"), max_length=255)
    sha256 = models.CharField(max_length=64)
    size = models.BigIntegerField()
    signed = models.BooleanField(_("bản đã ký"), default=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now, editable=False)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("tệp kèm theo")
        verbose_name_plural = _("tệp kèm theo")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name


class Channel(models.TextChoices):
    MAIL = "mail", _("thư điện tử")
    PAGE = "page", _("trên trang")
    TEXT = "text", _("lời nhắc để dán")
    LETTER = "letter", _("công văn đôn đốc")


class Reminder(models.Model):
    """One place reminded once of one form and period."""

    form = models.ForeignKey(Form, on_delete=models.PROTECT, related_name="reminders")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+")
    period = models.CharField(max_length=40)
    channel = models.CharField(max_length=8, choices=Channel.choices)
    on = models.DateField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now, editable=False)
    to = models.JSONField(default=list)  # user ids of a mail
    delivered = models.BooleanField(default=True)
    note = models.TextField(blank=True)  # why a mail was not delivered

    class Meta:
        verbose_name = _("lần nhắc")
        verbose_name_plural = _("lần nhắc")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["form", "place", "period", "channel", "on"], name="one_reminder_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.form_id} {self.place_id} {self.period}"


class BatchState(models.TextChoices):
    READING = "reading", _("đang đọc")
    READ = "read", _("đã đọc")
    FAILED = "failed", _("không đọc được")


class Batch(models.Model):
    """Many files of returns given at once, and what became of each; a step is safe to run twice."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    state = models.CharField(max_length=8, choices=BatchState.choices, default=BatchState.READING)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now, editable=False)
    finished_at = models.DateTimeField(null=True)
    options = models.JSONField(default=dict)
    total = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("lần nạp phiếu")
        verbose_name_plural = _("lần nạp phiếu")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.at:%d/%m/%Y %H:%M}"


class BatchFile(models.Model):
    """One file of a batch: the return that it filled, or what is wrong at which cell."""

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="files")
    name = models.CharField(_("tên tệp"), max_length=255)
    sha256 = models.CharField(max_length=64)
    size = models.BigIntegerField()
    archive = models.CharField(max_length=64, blank=True)  # the digest of the zip that it lies in, if in one
    member = models.PositiveIntegerField(null=True)  # and where in it
    done = models.BooleanField(default=False)
    filled = models.ForeignKey(Return, on_delete=models.PROTECT, null=True, related_name="files")
    report = models.JSONField(default=dict)  # {"troubles": [{"at", "key", "vi", "en"}], "notes": [...], "cells": n}

    class Meta:
        verbose_name = _("tệp của lần nạp")
        verbose_name_plural = _("tệp của lần nạp")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name
