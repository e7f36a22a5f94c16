# SPDX-License-Identifier: Apache-2.0
"""A body is an identity; its name and parent are dated versions. Posts belong to bodies, people hold them by date."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from bamsat.core.terms.vietnamese import fold, sort_key
from bamsat.rooms.catalogue.models import IndicatorSet
from bamsat.rooms.directory.kinds import BodyKind, kinds
from bamsat.rooms.places.models import Place


def standing(day: date) -> Q:
    """Rows that hold on the day: from `valid_from` until the day before `valid_to`, an unknown end being open."""
    return (Q(valid_from=None) | Q(valid_from__lte=day)) & (Q(valid_to=None) | Q(valid_to__gt=day))


def in_language(vietnamese: str, english: str) -> str:
    return english if english and (get_language() or "vi").startswith("en") else vietnamese


class Dated(models.Model):
    """What holds from `valid_from` until the day before `valid_to`."""

    valid_from = models.DateField(_("từ ngày"), null=True, blank=True)
    valid_to = models.DateField(_("hết hiệu lực từ ngày"), null=True, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_from=None) | Q(valid_to__gt=F("valid_from")),
                name="%(app_label)s_%(class)s_ends_after_it_starts",
            )
        ]

    def holds_on(self, day: date) -> bool:
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day < self.valid_to)


class Body(Dated):
    """A ministry, committee, department, division, association, enterprise ...; a body without a place is central."""

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    slug = models.SlugField(_("địa chỉ"), max_length=160, unique=True)
    kind = models.CharField(_("loại"), max_length=32, db_index=True)
    place = models.ForeignKey(
        Place, models.PROTECT, null=True, blank=True, related_name="bodies", verbose_name=_("địa bàn")
    )
    name = models.CharField(_("tên gần nhất"), max_length=300)
    name_en = models.CharField(_("tên tiếng Anh"), max_length=300, blank=True)
    sort_key = models.CharField(max_length=600, editable=False, blank=True)
    founded_act = models.CharField(_("văn bản thành lập"), max_length=300, blank=True)
    ended_act = models.CharField(_("văn bản kết thúc"), max_length=300, blank=True)
    address = models.CharField(_("trụ sở"), max_length=300, blank=True)
    phone = models.CharField(_("điện thoại"), max_length=60, blank=True)
    email = models.EmailField(_("thư điện tử"), blank=True)
    note = models.TextField(_("ghi chú, nguồn"), blank=True)
    sets = models.ManyToManyField(IndicatorSet, blank=True, related_name="bodies", verbose_name=_("lĩnh vực phụ trách"))
    shipped = models.BooleanField(default=False, editable=False)

    class Meta(Dated.Meta):
        verbose_name = _("cơ quan, đơn vị")
        verbose_name_plural = _("cơ quan, đơn vị")
        ordering = ["sort_key", "slug"]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """Its latest name in the language of the page."""
        return in_language(self.name, self.name_en)

    @property
    def kind_told(self) -> BodyKind:
        return kinds()[self.kind]

    def take_name_from_versions(self) -> None:
        """Bring its latest name up to its versions, after they were changed."""
        latest = max(self.versions.all(), key=lambda version: version.valid_from or date.min)
        self.name, self.name_en, self.sort_key = latest.name, latest.name_en, latest.sort_key
        self.save(update_fields=["name", "name_en", "sort_key"])


class BodyVersion(Dated):
    """What a body was called and to whom it belonged during a time."""

    body = models.ForeignKey(Body, models.CASCADE, related_name="versions")
    name = models.CharField(_("tên"), max_length=300)
    name_en = models.CharField(_("tên tiếng Anh"), max_length=300, blank=True)
    short_name = models.CharField(_("tên viết tắt"), max_length=60, blank=True)
    parent = models.ForeignKey(Body, models.PROTECT, null=True, blank=True, related_name="children_versions")
    act = models.CharField(_("văn bản"), max_length=300, blank=True)
    folded = models.CharField(max_length=300, editable=False, db_index=True)
    sort_key = models.CharField(max_length=600, editable=False)

    class Meta(Dated.Meta):
        verbose_name = _("tên và cấp trên theo thời gian")
        verbose_name_plural = _("tên và cấp trên theo thời gian")
        ordering = ["body_id", F("valid_from").asc(nulls_first=True)]
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(fields=["body", "valid_from"], name="directory_one_version_a_start"),
        ]

    def __str__(self) -> str:
        return self.label

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.fill_keys()
        super().save(*args, **kwargs)

    @property
    def label(self) -> str:
        return in_language(self.name, self.name_en)

    def fill_keys(self) -> None:
        self.folded = fold(f"{self.name} {self.short_name}")[:300]
        self.sort_key = sort_key(self.name)[:600]


class BodySuccession(models.Model):
    """`old` was replaced by `new` on a date, by a legal act."""

    old = models.ForeignKey(Body, models.CASCADE, related_name="successors")
    new = models.ForeignKey(Body, models.CASCADE, related_name="predecessors")
    on = models.DateField(_("từ ngày"))
    act = models.CharField(_("văn bản"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("kế thừa đơn vị")
        verbose_name_plural = _("kế thừa đơn vị")
        constraints = [models.UniqueConstraint(fields=["old", "new"], name="directory_one_succession_a_pair")]

    def __str__(self) -> str:
        return f"{self.old} → {self.new}"


class Post(models.Model):
    """An office within a body: director, head of division; `single` when one person at a time holds it."""

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    body = models.ForeignKey(Body, models.CASCADE, related_name="posts")
    title = models.CharField(_("chức vụ"), max_length=120)
    title_en = models.CharField(_("chức vụ bằng tiếng Anh"), max_length=120, blank=True)
    order = models.PositiveSmallIntegerField(_("thứ tự"), default=100)
    leads = models.BooleanField(_("đứng đầu"), default=False)
    single = models.BooleanField(_("chỉ một người giữ"), default=False)

    class Meta:
        verbose_name = _("chức vụ")
        verbose_name_plural = _("chức vụ")
        ordering = ["order", "pk"]
        constraints = [models.UniqueConstraint(fields=["body", "title"], name="directory_one_title_once_a_body")]

    def __str__(self) -> str:
        return f"{self.label}, {self.body}"

    @property
    def label(self) -> str:
        return in_language(self.title, self.title_en)


class HoldingKind(models.TextChoices):
    APPOINTED = "appointed", _("bổ nhiệm, bầu")
    ACTING = "acting", _("quyền")
    IN_CHARGE = "in_charge", _("phụ trách")


class Holding(Dated):
    """Who held a post, and when. Where the dates are unknown, `attested` says when a source names them with it."""

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    post = models.ForeignKey(Post, models.CASCADE, related_name="holdings")
    person = models.CharField(_("người giữ"), max_length=160)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="holdings",
        verbose_name=_("tài khoản"),
    )  # fmt: skip
    kind = models.CharField(_("cách giữ"), max_length=12, choices=HoldingKind.choices, default=HoldingKind.APPOINTED)
    attested_from = models.DateField(_("nguồn nhắc từ ngày"), null=True, blank=True)
    attested_to = models.DateField(_("nguồn nhắc đến hết ngày"), null=True, blank=True)
    source = models.CharField(_("nguồn"), max_length=300, blank=True)
    act = models.CharField(_("văn bản"), max_length=300, blank=True)
    ended_act = models.CharField(_("văn bản thôi giữ"), max_length=300, blank=True)

    class Meta(Dated.Meta):
        verbose_name = _("người giữ chức vụ")
        verbose_name_plural = _("người giữ chức vụ")
        ordering = ["post_id", F("valid_from").asc(nulls_first=True), "attested_from", "pk"]

    def __str__(self) -> str:
        return self.person

    @property
    def attested_only(self) -> bool:
        """Nobody told us when it began: only that a source names the person with the post."""
        return self.valid_from is None and self.attested_from is not None


class Manner(models.TextChoices):
    FOR_HEAD = "kt", _("ký thay (KT.)")
    BY_ORDER = "tl", _("thừa lệnh (TL.)")
    DELEGATED = "tuq", _("thừa ủy quyền (TUQ.)")
    IN_CHARGE = "dh", _("điều hành thay")


class Authorisation(Dated):
    """Who acts for the holder of a post, in what, from when to when."""

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    post = models.ForeignKey(Post, models.CASCADE, related_name="authorisations")
    to_post = models.ForeignKey(Post, models.CASCADE, null=True, blank=True, related_name="authorised")
    person = models.CharField(_("người được giao"), max_length=160, blank=True)
    manner = models.CharField(_("cách ký"), max_length=4, choices=Manner.choices, default=Manner.DELEGATED)
    scope = models.TextField(_("việc được giao"))
    act = models.CharField(_("văn bản"), max_length=300, blank=True)
    ended_act = models.CharField(_("văn bản thôi giao"), max_length=300, blank=True)

    class Meta(Dated.Meta):
        verbose_name = _("ủy quyền, ký thay")
        verbose_name_plural = _("ủy quyền, ký thay")
        ordering = ["post_id", "valid_from", "pk"]
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                condition=Q(to_post__isnull=False) | ~Q(person=""), name="directory_somebody_is_authorised"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_manner_display()}: {self.to_post or self.person}"


class Handover(models.Model):
    """On a date the holder of a post handed its work over to another holder."""

    old = models.ForeignKey(Holding, models.CASCADE, related_name="handed_over")
    new = models.ForeignKey(Holding, models.CASCADE, related_name="taken_over")
    on = models.DateField(_("ngày bàn giao"))
    what = models.TextField(_("nội dung bàn giao"))
    act = models.CharField(_("biên bản, văn bản"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("bàn giao")
        verbose_name_plural = _("bàn giao")
        ordering = ["-on", "-pk"]

    def __str__(self) -> str:
        return f"{self.old} → {self.new}"


class CommitteeRole(models.TextChoices):
    HEAD = "head", _("trưởng ban")
    STANDING_DEPUTY = "standing_deputy", _("phó trưởng ban thường trực")
    DEPUTY = "deputy", _("phó trưởng ban")
    MEMBER = "member", _("ủy viên")
    SECRETARY = "secretary", _("thư ký")


class Membership(Dated):
    """A seat on a committee: the holder of a post, a body, or a person by name."""

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    committee = models.ForeignKey(Body, models.CASCADE, related_name="members")
    role = models.CharField(_("vai trò"), max_length=16, choices=CommitteeRole.choices, default=CommitteeRole.MEMBER)
    post = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="memberships")
    body = models.ForeignKey(Body, models.PROTECT, null=True, blank=True, related_name="memberships")
    person = models.CharField(_("thành viên"), max_length=160, blank=True)
    act = models.CharField(_("văn bản"), max_length=300, blank=True)
    ended_act = models.CharField(_("văn bản thôi tham gia"), max_length=300, blank=True)

    class Meta(Dated.Meta):
        verbose_name = _("thành viên ban")
        verbose_name_plural = _("thành viên ban")
        ordering = ["committee_id", "pk"]
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                condition=Q(post__isnull=False, body=None, person="")
                | Q(post=None, body__isnull=False, person="")
                | (Q(post=None, body=None) & ~Q(person="")),
                name="directory_a_member_is_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.post or self.body or self.person}"


class WorkState(models.TextChoices):
    PLANNED = "planned", _("chưa bắt đầu")
    RUNNING = "running", _("đang làm")
    DONE = "done", _("đã xong")
    DROPPED = "dropped", _("không làm nữa")


class WorkItem(models.Model):
    """One thing in a committee's programme of work."""

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    committee = models.ForeignKey(Body, models.CASCADE, related_name="work")
    year = models.PositiveSmallIntegerField(_("năm"))
    period = models.CharField(_("kỳ trong năm"), max_length=60, blank=True)
    content = models.TextField(_("nội dung"))
    lead = models.ForeignKey(
        Body, models.PROTECT, null=True, blank=True, related_name="leads_work", verbose_name=_("đơn vị chủ trì")
    )
    due = models.DateField(_("hạn"), null=True, blank=True)
    state = models.CharField(_("tình trạng"), max_length=8, choices=WorkState.choices, default=WorkState.PLANNED)
    result = models.TextField(_("kết quả"), blank=True)
    note = models.TextField(_("ghi chú, nguồn"), blank=True)

    class Meta:
        verbose_name = _("việc trong chương trình công tác")
        verbose_name_plural = _("việc trong chương trình công tác")
        ordering = ["-year", F("due").asc(nulls_last=True), "pk"]

    def __str__(self) -> str:
        return self.content
