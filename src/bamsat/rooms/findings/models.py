# SPDX-License-Identifier: Apache-2.0
"""Findings that are kept: what the check said of a document, a return or the ledger, and what became of it."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bamsat.rooms.documents.models import Document, ReadFigure
from bamsat.rooms.places.models import Place


class Origin(models.TextChoices):
    """Where the figures stand that were checked."""

    DOCUMENT = "document", _("văn bản")
    FORM = "form", _("phiếu")
    LEDGER = "ledger", _("sổ số liệu")


class Outcome(models.TextChoices):
    HOLDS = "holds", _("khớp")
    FAILS = "fails", _("không thể cùng đúng")
    CANNOT_TELL = "cannot_tell", _("chưa đủ số để nói")


class Severity(models.TextChoices):
    """How loudly a finding speaks; the inbox holds the first two."""

    ERROR = "error", _("không thể cùng đúng")
    QUESTION = "question", _("đáng hỏi")
    NOTE = "note", _("chưa đủ số để nói")
    FINE = "fine", _("khớp")


class State(models.TextChoices):
    OPEN = "open", _("chưa xử lý")
    EXPLAINED = "explained", _("đã giải trình")
    ACCEPTED = "accepted", _("để nguyên")
    CORRECTED = "corrected", _("đã sửa số")
    GONE = "gone", _("không còn")


class Finding(models.Model):
    """One finding. The same finding found again is the same row: `fingerprint` is made of its rule and of what its
    figures say, so that what somebody decided about it stays decided until a figure changes.

    `about` is the return (of the room above) that a finding of a form speaks of. `data` holds repairs, bounds and
    reasons as `bamsat.core.check.model` says them. A finding that no longer arises is closed, never deleted.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    origin = models.CharField(_("nơi phát hiện"), max_length=8, choices=Origin.choices)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, blank=True, related_name="findings")
    about = models.UUIDField(null=True, blank=True, editable=False)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("địa bàn"))
    period = models.CharField(_("kỳ"), max_length=40, blank=True)
    rule = models.CharField(_("phép kiểm tra"), max_length=20)
    outcome = models.CharField(_("kết quả"), max_length=12, choices=Outcome.choices)
    severity = models.CharField(_("mức"), max_length=8, choices=Severity.choices)
    fingerprint = models.CharField(max_length=64, editable=False)
    vi = models.TextField()
    en = models.TextField()
    calc = models.TextField(blank=True)
    # The sentence in both languages without tones: what a search looks through.
    folded = models.TextField(blank=True, editable=False)
    data = models.JSONField(default=dict, blank=True)
    state = models.CharField(_("tình trạng"), max_length=9, choices=State.choices, default=State.OPEN)
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="findings"
    )
    due = models.DateField(_("hạn"), null=True, blank=True)
    reason = models.TextField(_("lý do"), blank=True)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    settled_at = models.DateTimeField(null=True)
    found_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("phát hiện")
        verbose_name_plural = _("phát hiện")
        ordering = ["-found_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["document", "fingerprint"],
                condition=models.Q(document__isnull=False),
                name="one_finding_once_a_document",
            ),
            models.UniqueConstraint(
                fields=["about", "fingerprint"],
                condition=models.Q(about__isnull=False),
                name="one_finding_once_a_return",
            ),
            models.UniqueConstraint(
                fields=["fingerprint"], condition=models.Q(origin="ledger"), name="one_finding_once_in_the_ledger"
            ),
        ]
        indexes = [
            # Few findings wait at any time, however many were ever found.
            models.Index(
                fields=["place", "severity"],
                name="finding_waiting",
                condition=models.Q(state="open", severity__in=["error", "question"]),
            ),
            # The inbox, a page at a time: of one severity after another, the newest first.
            models.Index(fields=["state", "severity", "-id"], name="finding_inbox"),
        ]

    def __str__(self) -> str:
        return self.vi

    @property
    def told_of(self) -> Place | None:
        """The place that its figures speak of; `place` is where it is decided, which may be another one's office."""
        return (self.document.place if self.document else None) or self.place


class Part(models.Model):
    """One figure that a finding speaks of, as it stood then: read in a document, in the ledger, or in a cell."""

    finding = models.ForeignKey(Finding, on_delete=models.CASCADE, related_name="parts")
    ordinal = models.PositiveSmallIntegerField()
    key = models.CharField(max_length=200)
    figure = models.ForeignKey(ReadFigure, on_delete=models.PROTECT, null=True, related_name="parts")
    entry = models.UUIDField(null=True)
    cell = models.CharField(max_length=200, blank=True)
    label = models.CharField(max_length=500, blank=True)
    number = models.CharField(max_length=300)
    source = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("số trong phát hiện")
        verbose_name_plural = _("số trong phát hiện")
        ordering = ["finding_id", "ordinal"]
        constraints = [models.UniqueConstraint(fields=["finding", "ordinal"], name="one_part_an_ordinal")]

    def __str__(self) -> str:
        return f"{self.label}: {self.number}"


class Step(models.Model):
    """What was done about a finding, by whom and why: assigned, explained, accepted, reopened, corrected, gone."""

    finding = models.ForeignKey(Finding, on_delete=models.CASCADE, related_name="steps")
    act = models.CharField(max_length=10)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    to = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    reason = models.TextField(blank=True)

    class Meta:
        verbose_name = _("việc đã làm với phát hiện")
        verbose_name_plural = _("việc đã làm với phát hiện")
        ordering = ["finding_id", "pk"]

    def __str__(self) -> str:
        return f"{self.act}: {self.reason}"
