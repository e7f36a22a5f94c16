# SPDX-License-Identifier: Apache-2.0
"""Notes on the situation: what a thread says is a row for each time it was told anew, and no row is ever changed."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bamsat.core.terms.period import Period
from bamsat.rooms.catalogue.models import Indicator, IndicatorSet
from bamsat.rooms.documents.models import Document
from bamsat.rooms.figures.models import Entry, InsertOnly
from bamsat.rooms.places.models import Place
from bamsat.rooms.situation.scales import Step, level_of, step_of


class Kind(models.TextChoices):
    """What a note is; pages tell them in this order."""

    DIFFICULTY = "difficulty", _("Khó khăn")
    ADVANTAGE = "advantage", _("Thuận lợi")
    CAUSE = "cause", _("Nguyên nhân")
    RISK = "risk", _("Rủi ro")
    SOLUTION = "solution", _("Giải pháp")
    OBJECTIVE = "objective", _("Mục tiêu")


class Act(models.TextChoices):
    """How a row came to be."""

    WRITTEN = "written", _("ghi")
    EDITED = "edited", _("sửa")
    WITHDRAWN = "withdrawn", _("rút")
    RESTORED = "restored", _("ghi lại")


class Thread(models.Model):
    """One note through all that was said of it; it stays at the place it was written for."""

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="situation", verbose_name=_("địa bàn"))

    class Meta:
        verbose_name = _("mạch nhận định")
        verbose_name_plural = _("mạch nhận định")

    def __str__(self) -> str:
        return str(self.uuid)


class Note(InsertOnly):
    """What a thread said from `recorded_at` until the row that replaces it; the last row may say that it was withdrawn.

    `field` is the indicator set that the note is about (none: the whole place). `quote` is a sentence of `document`,
    word for word; without one the words are the writer's own.
    """

    thread = models.ForeignKey(Thread, on_delete=models.PROTECT, related_name="notes")
    act = models.CharField(_("việc"), max_length=10, choices=Act.choices, default=Act.WRITTEN)
    kind = models.CharField(_("loại"), max_length=10, choices=Kind.choices)
    text = models.TextField(_("nội dung"))
    field = models.ForeignKey(
        IndicatorSet, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("lĩnh vực")
    )
    period = models.CharField(_("kỳ"), max_length=40)
    first_month = models.IntegerField(_("tháng đầu của kỳ"))
    last_month = models.IntegerField(_("tháng cuối của kỳ"))
    indicators = models.ManyToManyField(Indicator, related_name="+", verbose_name=_("chỉ tiêu"))
    targets = models.ManyToManyField(Entry, related_name="+", verbose_name=_("chỉ tiêu kế hoạch"))
    about = models.ManyToManyField(Thread, related_name="answers", verbose_name=_("nói về nhận định"))
    # Where the words come from.
    document = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, related_name="+")
    quote = models.TextField(_("lời của văn bản"), blank=True)
    start = models.PositiveIntegerField(null=True)
    end = models.PositiveIntegerField(null=True)
    # Of a risk: how it is judged, and what answers it.
    likelihood = models.PositiveSmallIntegerField(_("khả năng xảy ra"), null=True)
    impact = models.PositiveSmallIntegerField(_("mức ảnh hưởng"), null=True)
    measure = models.TextField(_("biện pháp ứng phó"), blank=True)
    # Of a solution: the day it was carried out; before that it is planned.
    carried_out_on = models.DateField(_("ngày thực hiện"), null=True)
    # Of an objective: the one it is part of, and the pivot year of a frame of several years.
    parent = models.ForeignKey(Thread, on_delete=models.PROTECT, null=True, related_name="parts")
    pivot_year = models.PositiveSmallIntegerField(_("năm bản lề"), null=True)

    recorded_at = models.DateTimeField(default=timezone.now, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    replaces = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="replaced_by")
    reason = models.TextField(blank=True)

    class Meta:
        verbose_name = _("nhận định tình hình")
        verbose_name_plural = _("nhận định tình hình")
        ordering = ["-recorded_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["thread"], condition=models.Q(replaces__isnull=True), name="one_first_note_a_thread"
            ),
            models.CheckConstraint(
                condition=models.Q(first_month__lte=models.F("last_month")), name="note_period_in_order"
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def uuid(self) -> UUID:
        """The address of the note, which stays the same however often it is told anew."""
        return self.thread.uuid

    @property
    def place(self) -> Place:
        return self.thread.place

    @property
    def span(self) -> Period:
        return Period(self.first_month, self.last_month)

    @property
    def withdrawn(self) -> bool:
        return self.act == Act.WITHDRAWN

    @property
    def level(self) -> Step | None:
        """The level of a risk."""
        return level_of(self.likelihood, self.impact)

    @property
    def likelihood_told(self) -> Step | None:
        return step_of("likelihood", self.likelihood)

    @property
    def impact_told(self) -> Step | None:
        return step_of("impact", self.impact)

    @property
    def carried_out(self) -> bool:
        return self.carried_out_on is not None
