# SPDX-License-Identifier: Apache-2.0
"""Tasks (nhiệm vụ): one row a task, one step a thing that happened to it; where it stands is derived from its steps."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bamsat.core.terms.vietnamese import fold
from bamsat.rooms.catalogue.models import Indicator
from bamsat.rooms.directory.models import Body
from bamsat.rooms.documents.models import Document, ReadInstruction, Record
from bamsat.rooms.figures.models import Entry, InsertOnly
from bamsat.rooms.places.models import Place


class Kind(models.TextChoices):
    """A draft and a programme are tasks too: the one has stages, the other years."""

    TASK = "task", _("Nhiệm vụ")
    DRAFT = "draft", _("Văn bản tham mưu")
    PROGRAMME = "programme", _("Chương trình, đề án dài hạn")


class Time(models.TextChoices):
    """How long a task has; as core.terms.directive.TIMES."""

    DATE = "date", _("có hạn")
    STANDING = "standing", _("thường xuyên")
    EVENT = "event", _("khi có việc")
    SOON = "soon", _("sớm, khẩn trương")
    NONE = "none", _("không nói hạn")


class Task(models.Model):
    """Work that answers an instruction; `place` is whose office it belongs to. Lead, supporting units, deadline and
    person are what the last steps say, kept here to be asked for; where the task stands is never kept, always derived.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(_("loại"), max_length=9, choices=Kind.choices, default=Kind.TASK)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="tasks", verbose_name=_("địa bàn"))
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="children")
    # Where it comes from: the words of an instruction, and the document of the register that gave it.
    instruction = models.OneToOneField(
        ReadInstruction, on_delete=models.PROTECT, null=True, blank=True, related_name="task"
    )
    record = models.ForeignKey(Record, on_delete=models.PROTECT, null=True, blank=True, related_name="tasks")
    words = models.TextField(_("nguyên văn"), blank=True)
    assigner = models.CharField(_("ai giao"), max_length=300, blank=True)
    what = models.TextField(_("nội dung"))
    product = models.CharField(_("sản phẩm"), max_length=300, blank=True)
    lead = models.ForeignKey(
        Body, on_delete=models.PROTECT, null=True, blank=True, related_name="leads_tasks",
        verbose_name=_("đơn vị chủ trì"),
    )  # fmt: skip
    supporting = models.ManyToManyField(
        Body, blank=True, related_name="supports_tasks", verbose_name=_("đơn vị phối hợp")
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="tasks",
        verbose_name=_("người theo dõi"),
    )  # fmt: skip
    begins = models.DateField(_("giao ngày"))
    time = models.CharField(_("loại hạn"), max_length=8, choices=Time.choices, default=Time.DATE)
    due = models.DateField(_("hạn"), null=True, blank=True)  # as extended
    first_due = models.DateField(_("hạn ban đầu"), null=True, blank=True)  # before any extension
    # Of standing work that comes back: a rule of core/act/deadlines and its frequency; each period is a child task.
    rule = models.JSONField(_("lặp lại"), default=dict, blank=True)
    period = models.CharField(_("kỳ"), max_length=40, blank=True)  # of a child of standing work, or a programme's span
    # What it serves, and the figure by which a machine sees whether it was reached.
    indicators = models.ManyToManyField(Indicator, blank=True, related_name="tasks", verbose_name=_("chỉ tiêu"))
    target = models.ForeignKey(Entry, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    condition = models.JSONField(_("điều kiện về số liệu"), null=True, blank=True)  # core.terms.directive.Condition
    # Of a draft: what is drafted and who issues it. Of a programme: its committee.
    drafted = models.CharField(_("loại văn bản trình"), max_length=60, blank=True)
    issued_by = models.CharField(_("cơ quan ban hành"), max_length=300, blank=True)
    committee = models.ForeignKey(
        Body, on_delete=models.PROTECT, null=True, blank=True, related_name="programmes",
        verbose_name=_("ban chỉ đạo"),
    )  # fmt: skip
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    folded = models.TextField(editable=False, blank=True)  # what is searched: without accents

    class Meta:
        verbose_name = _("nhiệm vụ")
        verbose_name_plural = _("nhiệm vụ")
        ordering = [models.F("due").asc(nulls_last=True), "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["parent", "period"], condition=models.Q(parent__isnull=False) & ~models.Q(period=""),
                name="one_task_a_parent_and_period",
            ),
            models.CheckConstraint(
                condition=models.Q(due=None) | models.Q(due__gte=models.F("begins")), name="task_due_after_it_begins"
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["place", "due"], name="task_of_place")]

    def __str__(self) -> str:
        return self.what

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.folded = fold(" ".join((self.what, self.words, self.assigner, self.product)))
        if (only := kwargs.get("update_fields")) is not None:
            kwargs["update_fields"] = {*only, "folded"}
        super().save(*args, **kwargs)


class Act(models.TextChoices):
    """What can happen to a task; core/act/tasks derives from these where it stands."""

    ASSIGNED = "assigned", _("giao")  # lead, supporting, person, due in `details`
    PROGRESS = "progress", _("ghi tiến độ")
    EXTENSION_ASKED = "extension_asked", _("xin gia hạn")
    EXTENDED = "extended", _("cho gia hạn")
    EXTENSION_REFUSED = "extension_refused", _("không cho gia hạn")
    REPORTED = "reported", _("báo hoàn thành")
    RETURNED = "returned", _("chưa đạt, làm tiếp")
    CLOSED = "closed", _("xác nhận hoàn thành")
    CANCELLED = "cancelled", _("thôi thực hiện")
    REOPENED = "reopened", _("mở lại")
    STAGE = "stage", _("qua bước")  # of a draft: `stage` is the step that is done now
    CHANGED = "changed", _("sửa")


class Step(InsertOnly):
    """Something that happened to a task: on which day it counts, who wrote it and when, with its evidence."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="steps")
    act = models.CharField(_("việc"), max_length=18, choices=Act.choices)
    on = models.DateField(_("ngày"))  # the day on which it counts: of the answering document, where there is one
    due = models.DateField(_("hạn mới"), null=True)  # asked for, or given
    stage = models.CharField(_("bước"), max_length=20, blank=True)  # of data/drafting.yml
    percent = models.PositiveSmallIntegerField(_("phần trăm"), null=True)
    note = models.TextField(_("nội dung"), blank=True)
    evidence = models.CharField(_("số văn bản hoàn thành"), max_length=120, blank=True)
    record = models.ForeignKey(Record, on_delete=models.PROTECT, null=True, related_name="+")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, related_name="+")  # the file
    details = models.JSONField(default=dict, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("bước")
        verbose_name_plural = _("bước")
        ordering = ["pk"]
        # The course of thousands of tasks is told from this index alone.
        indexes = [models.Index(fields=["task", "id", "act", "on"], name="step_course")]

    def __str__(self) -> str:
        return f"{self.task_id}: {self.act}"


class Way(models.TextChoices):
    PAGE = "page", _("trên trang")
    MAIL = "mail", _("thư điện tử")
    TEXT = "text", _("tin nhắn để dán")


class Reminder(InsertOnly):
    """Somebody was reminded of a deadline, so many days before it (or after it: negative). Each is sent once."""

    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="reminders")
    due = models.DateField()
    days = models.SmallIntegerField()
    way = models.CharField(max_length=4, choices=Way.choices)
    to = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    on = models.DateField()
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("lần nhắc")
        verbose_name_plural = _("lần nhắc")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["task", "due", "days", "way", "to"], name="one_reminder_a_person"),
            models.UniqueConstraint(
                fields=["task", "due", "days", "way"], condition=models.Q(to=None), name="one_reminder_of_nobody"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.task_id}: {self.days}"


class Feed(models.Model):
    """The address at which a calendar program fetches a user's deadlines; only the hash of its secret is kept."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="task_feed")
    secret = models.CharField(max_length=64, unique=True, editable=False)  # SHA-256
    made_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("địa chỉ lịch")
        verbose_name_plural = _("địa chỉ lịch")

    def __str__(self) -> str:
        return f"{self.user_id}"
