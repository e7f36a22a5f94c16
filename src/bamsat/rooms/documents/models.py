# SPDX-License-Identifier: Apache-2.0
"""Documents received, what the reader found in them, and the register in which an office enters them."""

from __future__ import annotations

import uuid
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from bamsat.rooms.places.models import Place


class State(models.TextChoices):
    WAITING = "waiting", _("Chờ đọc")
    READING = "reading", _("Đang đọc")
    READ = "read", _("Đã đọc")
    FAILED = "failed", _("Chưa đọc được")
    REFUSED = "refused", _("Không nhận")  # marked secret: only its name and hash are kept, never its words


class Document(models.Model):
    """A file as it was received; `holder` is the place whose office holds it, `place` the place it is about."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    sha256 = models.CharField(max_length=64, db_index=True, editable=False)
    name = models.CharField(_("tên tệp"), max_length=255)
    media = models.CharField(_("loại tệp"), max_length=8, blank=True)
    size = models.BigIntegerField(_("cỡ tệp"))
    holder = models.ForeignKey(Place, on_delete=models.PROTECT, null=True, blank=True, related_name="held_documents")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, null=True, blank=True, related_name="documents")
    period = models.CharField(_("kỳ"), max_length=40, blank=True, null=True)
    title = models.CharField(_("tên văn bản"), max_length=500, blank=True)
    provider = models.CharField(_("nguồn số liệu"), max_length=40, default="department")  # of catalogue.Provider
    outlet = models.CharField(_("nơi phát hành"), max_length=200, blank=True)
    author = models.CharField(_("người viết"), max_length=200, blank=True)
    dated = models.DateField(_("ngày văn bản"), null=True, blank=True)
    state = models.CharField(_("trạng thái"), max_length=8, choices=State.choices, default=State.WAITING)
    progress = models.PositiveSmallIntegerField(_("tiến độ"), default=0)
    progress_vi = models.CharField(max_length=200, blank=True)
    progress_en = models.CharField(max_length=200, blank=True)
    error_vi = models.TextField(blank=True)
    error_en = models.TextField(blank=True)
    error_cause = models.CharField(max_length=20, blank=True)
    text = models.TextField(blank=True)
    layout = models.JSONField(default=dict, blank=True)
    attributes = models.JSONField(default=dict, blank=True)
    notices = models.JSONField(default=list, blank=True)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(default=timezone.now, editable=False)
    read_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("văn bản")
        verbose_name_plural = _("văn bản")
        ordering = ["-uploaded_at", "-id"]
        constraints = [models.UniqueConstraint(fields=["sha256", "uploaded_by"], name="one_document_a_file_and_user")]
        indexes = [
            models.Index(fields=["state", "uploaded_at"], name="document_state"),
            models.Index(fields=["-uploaded_at", "-id"], name="document_newest"),
        ]

    # Set by actions.receive: the same bytes had been received before.
    received_before: bool = False

    def __str__(self) -> str:
        return self.title or self.name

    @property
    def path(self) -> Path:
        """Where its bytes lie; the name on disk says nothing about the document."""
        return Path(settings.BAMSAT_DATA) / "files" / self.sha256[:2] / self.sha256[2:]

    @property
    def office(self) -> Place | None:
        """The place that rights are asked for: the holder, or else the place it is about."""
        return self.holder or self.place

    @property
    def error(self) -> str:
        return self.error_en if _english() else self.error_vi

    @property
    def progress_sentence(self) -> str:
        return self.progress_en if _english() else self.progress_vi

    @property
    def blocks(self) -> list[dict[str, Any]]:
        """Blocks in reading order: kind, start, end, at, level."""
        return list(self.layout.get("blocks", []))

    @property
    def tables(self) -> list[dict[str, Any]]:
        """Tables: start, end, at, caption, rows of cells (row, col, start, end, text, at) or None."""
        return list(self.layout.get("tables", []))


class FigureState(models.TextChoices):
    WAITING = "waiting", _("Chờ xem")
    DOUBT = "doubt", _("Cần xem lại")
    EDITING = "editing", _("Đang sửa")
    CHECKED = "checked", _("Chờ duyệt")
    RETURNED = "returned", _("Trả lại")
    ACCEPTED = "accepted", _("Đã nhận")
    REJECTED = "rejected", _("Không phải số liệu")


class ReadFigure(models.Model):
    """A number as the document states it. `as_read` is what the reader understood and never changes;
    the columns are what holds now, after corrections. A figure that was checked waits for the approval of a head; the
    remark says why it was returned last."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="figures")
    ordinal = models.PositiveIntegerField()
    state = models.CharField(max_length=8, choices=FigureState.choices, default=FigureState.WAITING)
    as_read = models.JSONField(editable=False)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    number = models.CharField(max_length=300)
    label = models.CharField(max_length=500, blank=True)
    indicator = models.CharField(_("chỉ tiêu"), max_length=160)
    segment = models.CharField(_("phân tổ"), max_length=300, blank=True)
    measure = models.CharField(_("loại số"), max_length=12)
    value_text = models.CharField(_("giá trị"), max_length=60)
    value_high = models.CharField(max_length=60, blank=True)
    of = models.CharField(max_length=60, blank=True)
    unit = models.CharField(_("đơn vị"), max_length=60, blank=True)
    lower = models.CharField(max_length=60)
    upper = models.CharField(max_length=60)
    status = models.CharField(_("tình trạng số"), max_length=8)
    hedge = models.CharField(_("mức dè dặt"), max_length=8, blank=True)
    area = models.CharField(_("địa bàn"), max_length=200, blank=True)
    period = models.CharField(_("kỳ"), max_length=40, blank=True)
    base = models.CharField(_("kỳ so sánh"), max_length=40, blank=True)
    price_basis = models.CharField(_("giá"), max_length=16, blank=True)
    inferred = models.JSONField(default=list, blank=True)
    doubt = models.TextField(blank=True)
    at = models.CharField(max_length=200, blank=True)
    corrected = models.BooleanField(default=False)
    rejected_because = models.TextField(blank=True)
    remark = models.TextField(_("ý kiến trả lại"), blank=True)
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    checked_at = models.DateTimeField(null=True)
    # While it waits: the place that its words meant when it was checked. Drafts stand beside the figures of that place.
    checked_place = models.ForeignKey(Place, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)

    class Meta:
        verbose_name = _("số liệu đọc được")
        verbose_name_plural = _("số liệu đọc được")
        ordering = ["document_id", "ordinal"]
        constraints = [models.UniqueConstraint(fields=["document", "ordinal"], name="one_figure_an_ordinal")]
        # Few figures wait for approval at any time, however many were ever read.
        indexes = [
            models.Index(fields=["document", "state"], name="readfigure_state"),
            models.Index(
                fields=["checked_place"], name="readfigure_drafts", condition=models.Q(checked_place__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label}: {self.number}"

    @property
    def value(self) -> Decimal:
        return Decimal(self.value_text)

    @property
    def needs_look(self) -> bool:
        """Nobody has said yet what becomes of it: neither checked nor accepted nor rejected."""
        return self.state not in (FigureState.CHECKED, FigureState.ACCEPTED, FigureState.REJECTED)


class ReadStatement(models.Model):
    """A direction stated without a number ("đều giảm"); shown beside figures, never as one."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="statements")
    ordinal = models.PositiveIntegerField()
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    text = models.TextField()
    indicator = models.CharField(max_length=160, blank=True)
    sign = models.CharField(max_length=8)
    period = models.CharField(max_length=40, blank=True)
    base = models.CharField(max_length=40, blank=True)
    at = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("nhận định")
        verbose_name_plural = _("nhận định")
        ordering = ["document_id", "ordinal"]
        constraints = [models.UniqueConstraint(fields=["document", "ordinal"], name="one_statement_an_ordinal")]

    def __str__(self) -> str:
        return self.text


class ReadCitation(models.Model):
    """A document that the document cites; `record` is the one of the register that is meant, once it is known."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="citations")
    ordinal = models.PositiveIntegerField()
    as_read = models.JSONField(editable=False)  # core.terms.directive.Citation
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    text = models.TextField()
    kind = models.CharField(max_length=12)
    type = models.CharField(_("loại văn bản"), max_length=60)
    symbol = models.CharField(_("số, ký hiệu"), max_length=80, blank=True)
    date = models.CharField(_("ngày"), max_length=10, blank=True)  # a day, or a year alone
    issuer = models.CharField(_("cơ quan ban hành"), max_length=300, blank=True)
    about = models.TextField(_("trích yếu"), blank=True)
    relation = models.CharField(_("quan hệ"), max_length=12)  # of core.terms.directive.RELATIONS
    record = models.ForeignKey("Record", on_delete=models.SET_NULL, null=True, related_name="citations")

    class Meta:
        verbose_name = _("văn bản được viện dẫn")
        verbose_name_plural = _("văn bản được viện dẫn")
        ordering = ["document_id", "ordinal"]
        constraints = [models.UniqueConstraint(fields=["document", "ordinal"], name="one_citation_an_ordinal")]

    def __str__(self) -> str:
        return self.text


class ProposalState(models.TextChoices):
    WAITING = "waiting", _("Chờ xem")
    ACCEPTED = "accepted", _("Đã thành nhiệm vụ")
    DISMISSED = "dismissed", _("Bỏ qua")


class ReadInstruction(models.Model):
    """What a document asks of somebody, proposed as a task with its words; a person decides what becomes of it."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="instructions")
    ordinal = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=ProposalState.choices, default=ProposalState.WAITING)
    as_read = models.JSONField(editable=False)  # core.terms.directive.Instruction
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    text = models.TextField()
    kind = models.CharField(_("loại"), max_length=12)  # of core.terms.directive.ASKED
    who = models.CharField(_("ai làm"), max_length=300, blank=True)
    what = models.TextField(_("việc gì"))
    time = models.CharField(max_length=8)  # of core.terms.directive.TIMES
    by_when = models.CharField(_("thời hạn (nguyên văn)"), max_length=300, blank=True)
    due = models.DateField(_("hạn"), null=True)
    said_by = models.CharField(_("ai giao"), max_length=300, blank=True)
    at = models.CharField(max_length=200, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    reason = models.TextField(_("lý do bỏ qua"), blank=True)

    class Meta:
        verbose_name = _("ý kiến chỉ đạo đọc được")
        verbose_name_plural = _("ý kiến chỉ đạo đọc được")
        ordering = ["document_id", "ordinal"]
        constraints = [models.UniqueConstraint(fields=["document", "ordinal"], name="one_instruction_an_ordinal")]
        indexes = [
            models.Index(
                fields=["document"], name="instruction_waiting", condition=models.Q(state=ProposalState.WAITING)
            )
        ]

    def __str__(self) -> str:
        return self.text


class Direction(models.TextChoices):
    RECEIVED = "received", _("Văn bản đến")
    ISSUED = "issued", _("Văn bản đi")
    CITED = "cited", _("Được viện dẫn, chưa có trong sổ")


class Urgency(models.TextChoices):
    NORMAL = "", _("Thường")
    URGENT = "khan", _("Khẩn")
    VERY_URGENT = "thuong_khan", _("Thượng khẩn")
    MOST_URGENT = "hoa_toc", _("Hỏa tốc")


class Record(models.Model):
    """A line of an office's register of documents (sổ văn bản đến, đi); what is only cited stands here until it comes.

    `number` of an issued document and `arrival` of a received one are those of the office's own register: recorded,
    never made up here. `key` is the symbol folded, by which citations find it.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    direction = models.CharField(_("sổ"), max_length=8, choices=Direction.choices)
    holder = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="records", verbose_name=_("đơn vị giữ sổ"))
    document = models.OneToOneField(Document, on_delete=models.PROTECT, null=True, blank=True, related_name="record")
    type = models.CharField(_("loại văn bản"), max_length=60)
    number = models.CharField(_("số"), max_length=20, blank=True)
    symbol = models.CharField(_("số, ký hiệu"), max_length=80, blank=True)
    key = models.CharField(max_length=80, blank=True, editable=False, db_index=True)
    dated = models.DateField(_("ngày văn bản"), null=True, blank=True)
    issuer = models.CharField(_("cơ quan ban hành"), max_length=300, blank=True)
    signer = models.CharField(_("người ký"), max_length=200, blank=True)
    post = models.CharField(_("chức vụ người ký"), max_length=200, blank=True)
    subject = models.TextField(_("trích yếu"), blank=True)
    urgency = models.CharField(_("độ khẩn"), max_length=12, choices=Urgency.choices, default=Urgency.NORMAL, blank=True)
    year = models.PositiveSmallIntegerField(_("năm của sổ"), null=True, blank=True)
    arrival = models.PositiveIntegerField(_("số đến"), null=True, blank=True)
    received_on = models.DateField(_("ngày đến"), null=True, blank=True)
    note = models.TextField(_("ghi chú"), blank=True)
    as_read = models.JSONField(default=dict, editable=False)  # core.terms.directive.Letterhead, before anyone mended it
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)  # None: as the machine read it, nobody has looked yet
    entered_at = models.DateTimeField(default=timezone.now, editable=False)
    # The day by which the register is leafed through: when it came, else its own, else when it was entered.
    filed_on = models.DateField(default=timezone.localdate, editable=False)

    class Meta:
        verbose_name = _("văn bản trong sổ")
        verbose_name_plural = _("văn bản trong sổ")
        ordering = ["-filed_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["holder", "year", "arrival"], condition=models.Q(arrival__isnull=False),
                name="one_arrival_a_register_and_year",
            ),
            models.UniqueConstraint(
                fields=["holder", "year", "key"], condition=models.Q(direction="issued") & ~models.Q(number=""),
                name="one_issued_symbol_a_register_and_year",
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["holder", "direction", "-filed_on", "-id"], name="record_filed"),
            models.Index(fields=["holder", "direction", "year", "-filed_on", "-id"], name="record_filed_in_year"),
        ]

    def __str__(self) -> str:
        return " ".join(filter(None, (self.type, self.symbol))) or self.subject


class RecordWords(models.Model):
    """That a record is in the full-text index, and where: `id` grows with the day by which it is filed, so that the
    index gives the newest first. The words themselves are kept as each database searches best (migration 0008)."""

    id = models.BigIntegerField(primary_key=True)
    record = models.OneToOneField(Record, on_delete=models.CASCADE, related_name="words")

    class Meta:
        verbose_name = _("văn bản trong chỉ mục tìm")
        verbose_name_plural = _("văn bản trong chỉ mục tìm")

    def __str__(self) -> str:
        return str(self.pk)


class Relation(models.Model):
    """How one document of the register stands to another: `of` carries out, amends, replaces ... `to`."""

    of = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="relations")
    to = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="related")
    kind = models.CharField(_("quan hệ"), max_length=12)  # of core.terms.directive.RELATIONS
    citation = models.ForeignKey(ReadCitation, on_delete=models.CASCADE, null=True, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("quan hệ giữa văn bản")
        verbose_name_plural = _("quan hệ giữa văn bản")
        constraints = [
            models.UniqueConstraint(fields=["of", "to", "kind"], name="one_relation_a_pair_and_kind"),
            models.CheckConstraint(condition=~models.Q(of=models.F("to")), name="no_document_relates_to_itself"),
        ]

    def __str__(self) -> str:
        return f"{self.of} {self.kind} {self.to}"


def _english() -> bool:
    return (get_language() or "vi").startswith("en")
