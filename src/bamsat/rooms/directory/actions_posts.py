# SPDX-License-Identifier: Apache-2.0
"""Posts, who holds them, who acts for whom, and handing over: each a dated act."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction

from bamsat.rooms.accounts import audit
from bamsat.rooms.directory.actions import DirectoryRefused, hold_still, require_keeper
from bamsat.rooms.directory.models import Authorisation, Body, Handover, Holding, HoldingKind, Manner, Post

if TYPE_CHECKING:
    from bamsat.rooms.accounts.models import User


@transaction.atomic
def add_post(
    by: User | None, body: Body, *, title: str, title_en: str = "", order: int | None = None, leads: bool = False,
    single: bool = False,
) -> Post:  # fmt: skip
    """A new post in the body, after the others unless an order is given."""
    require_keeper(by, body.place)
    title = " ".join(title.split())
    if not title or body.posts.filter(title__iexact=title).exists():
        raise DirectoryRefused(
            vi=f"“{body.name}” đã có chức vụ “{title}”, hoặc tên chức vụ để trống. Hãy ghi tên khác.",
            en=f"“{body.label}” already has the post “{title}”, or the title is empty. Give another title.",
        )
    if order is None:
        order = body.posts.count() + 1
    post = Post.objects.create(body=body, title=title, title_en=title_en, order=order, leads=leads, single=single)
    audit.record(by, "directory.post.added", post, body=body.slug, title=title, single=single)
    return post


@transaction.atomic
def appoint(
    by: User | None, post: Post, *, person: str, valid_from: date | None = None, valid_to: date | None = None,
    kind: str = HoldingKind.APPOINTED, act: str = "", user: User | None = None, attested_from: date | None = None,
    attested_to: date | None = None, source: str = "",
) -> Holding:  # fmt: skip
    """Someone holds the post from a day on; or is only attested with it, when no day of appointment is known."""
    require_keeper(by, post.body.place)
    holding = Holding(
        post=post, person=" ".join(person.split()), user=user, kind=HoldingKind(kind), valid_from=valid_from,
        valid_to=valid_to, attested_from=attested_from, attested_to=attested_to, source=source, act=act,
    )  # fmt: skip
    hold_still(post)
    _require_sound(holding)
    _require_free_seat(holding)
    holding.save()
    told: dict[str, Any] = {"post": post.pk, "kind": holding.kind, "from": _iso(valid_from), "to": _iso(valid_to)}
    audit.record(by, "directory.holding.began", holding, act=act, **told)
    return holding


@transaction.atomic
def correct_holding(
    by: User | None, holding: Holding, *, reason: str, person: str, valid_from: date | None = None,
    valid_to: date | None = None, act: str = "",
) -> None:  # fmt: skip
    """Mend what was written wrongly; the trail keeps the days as they stood, and why they were mended."""
    require_keeper(by, holding.post.body.place)
    if not reason.strip():
        raise DirectoryRefused(
            vi="Hãy ghi vì sao sửa, như “ghi nhầm ngày quyết định”.",
            en="Write why it is corrected, such as “wrong date of the decision”.",
        )
    hold_still(holding.post)
    told = {"from": [_iso(holding.valid_from), _iso(valid_from)], "to": [_iso(holding.valid_to), _iso(valid_to)]}
    holding.person, holding.valid_from, holding.valid_to = " ".join(person.split()), valid_from, valid_to
    holding.act = act
    _require_sound(holding)
    _require_free_seat(holding)
    holding.save(update_fields=["person", "valid_from", "valid_to", "act"])
    audit.record(by, "directory.holding.corrected", holding, reason.strip(), **told)


@transaction.atomic
def end_holding(by: User | None, holding: Holding, *, on: date, act: str = "") -> None:
    """The person no longer holds the post from that day on."""
    require_keeper(by, holding.post.body.place)
    if holding.valid_to is not None or on <= (_start(holding) or date.min):
        raise DirectoryRefused(
            vi=f"{holding.person} giữ chức vụ {_span(holding, 'vi')}. Hãy ghi ngày thôi giữ sau ngày bắt đầu, và chỉ "
            "ghi một lần.",
            en=f"{holding.person} holds the post {_span(holding, 'en')}. The day it ends comes after the day it began, "
            "and is written once.",
        )
    holding.valid_to, holding.ended_act = on, act
    holding.save(update_fields=["valid_to", "ended_act"])
    audit.record(by, "directory.holding.ended", holding, on=on.isoformat(), act=act)


@transaction.atomic
def authorise(
    by: User | None, post: Post, *, scope: str, valid_from: date, to_post: Post | None = None, person: str = "",
    valid_to: date | None = None, manner: str = Manner.DELEGATED, act: str = "",
) -> Authorisation:  # fmt: skip
    """Let the holder of another post, or a person by name, act for the holder of this post."""
    require_keeper(by, post.body.place)
    if to_post == post or not (to_post or person.strip()) or not scope.strip():
        raise DirectoryRefused(
            vi=f"Ủy quyền của “{post.title}” cần nêu việc được giao và người nhận: một chức vụ khác, hoặc họ tên.",
            en=f"An authorisation by “{post.label}” says what it covers and who receives it: another post, or a name.",
        )
    if valid_to and valid_to <= valid_from:
        raise _ends_too_early(valid_from, valid_to)
    made = Authorisation.objects.create(
        post=post, to_post=to_post, person=" ".join(person.split()), manner=Manner(manner), scope=scope.strip(),
        valid_from=valid_from, valid_to=valid_to, act=act,
    )  # fmt: skip
    told: dict[str, Any] = {
        "post": post.pk,
        "to": to_post.pk if to_post else None,
        "from": _iso(valid_from),
        "until": _iso(valid_to),
    }
    audit.record(by, "directory.authorisation.given", made, act=act, **told)
    return made


@transaction.atomic
def end_authorisation(by: User | None, one: Authorisation, *, on: date, act: str = "") -> None:
    """The authorisation holds no longer from that day on."""
    require_keeper(by, one.post.body.place)
    if one.valid_from and on <= one.valid_from:
        raise _ends_too_early(one.valid_from, on)
    one.valid_to, one.ended_act = on, act
    one.save(update_fields=["valid_to", "ended_act"])
    audit.record(by, "directory.authorisation.ended", one, on=on.isoformat(), act=act)


@transaction.atomic
def hand_over(by: User | None, old: Holding, new: Holding, *, on: date, what: str, act: str = "") -> Handover:
    """On that day the holder of a post handed its work over to another holder of the same body."""
    require_keeper(by, old.post.body.place)
    if old == new or old.post.body_id != new.post.body_id or not what.strip():
        raise DirectoryRefused(
            vi="Bàn giao cần nêu nội dung, và là giữa hai người giữ chức vụ của cùng một cơ quan.",
            en="A handover says what is handed over, and is between two holders of posts of one body.",
        )
    if (_start(old) or date.min) > on:
        raise DirectoryRefused(
            vi=f"{old.person} giữ chức vụ {_span(old, 'vi')}, nên chưa thể bàn giao ngày {on:%d/%m/%Y}. Hãy sửa ngày.",
            en=f"{old.person} holds the post {_span(old, 'en')}, and cannot hand over on {on:%d/%m/%Y}. Mend the day.",
        )
    done = Handover.objects.create(old=old, new=new, on=on, what=what.strip(), act=act)
    audit.record(by, "directory.handover.done", done, on=on.isoformat(), old=old.pk, new=new.pk, act=act)
    return done


def _require_sound(holding: Holding) -> None:
    if not holding.person:
        raise DirectoryRefused(
            vi=f"Hãy ghi họ tên người giữ chức vụ “{holding.post.title}”.",
            en=f"Write the name of the person who holds the post “{holding.post.label}”.",
        )
    if holding.valid_from and holding.valid_to and holding.valid_to <= holding.valid_from:
        raise _ends_too_early(holding.valid_from, holding.valid_to)
    if holding.valid_from is None and holding.attested_from is None:
        raise DirectoryRefused(
            vi=f"Hãy ghi ngày {holding.person} bắt đầu giữ chức vụ; nếu chưa rõ, ghi ngày của nguồn nhắc tới và "
            "tên nguồn.",
            en=f"Give the day on which {holding.person} began; if it is unknown, the day of a source and its name.",
        )


def _require_free_seat(holding: Holding) -> None:
    """One person at a time in a single seat, and one who stands in for them; an attestation may touch either."""
    post = holding.post
    if not post.single:
        return
    regular = holding.kind == HoldingKind.APPOINTED
    for other in post.holdings.exclude(pk=holding.pk):
        if (other.kind == HoldingKind.APPOINTED) == regular and _overlap(holding, other):
            raise DirectoryRefused(
                vi=f"“{post.title}” của “{post.body.name}” chỉ một người giữ, và {other.person} giữ "
                f"{_span(other, 'vi')}. Hãy ghi ngày thôi giữ của người đó trước, hoặc sửa ngày bắt đầu.",
                en=f"One person at a time is “{post.label}” of “{post.body.label}”, and {other.person} is, "
                f"{_span(other, 'en')}. Write the day that ends first, or mend the day that begins.",
            )


def _overlap(one: Holding, other: Holding) -> bool:
    return (_start(one) or date.min) < _end(other) and (_start(other) or date.min) < _end(one)


def _start(holding: Holding) -> date | None:
    return holding.valid_from or holding.attested_from


def _end(holding: Holding) -> date:
    """The first day after: what is only attested ends with the last day of its source."""
    if holding.valid_to or not (holding.attested_only and holding.attested_to):
        return holding.valid_to or date.max
    return holding.attested_to + timedelta(days=1)


def _span(holding: Holding, language: str) -> str:
    start, end = _start(holding), _end(holding)
    told = f"{start:%d/%m/%Y}" if start else "…"
    if end == date.max:
        return f"từ {told} đến nay" if language == "vi" else f"from {told} until now"
    return f"từ {told} đến trước {end:%d/%m/%Y}" if language == "vi" else f"from {told} until before {end:%d/%m/%Y}"


def _ends_too_early(start: date, end: date) -> DirectoryRefused:
    return DirectoryRefused(
        vi=f"Ngày kết thúc {end:%d/%m/%Y} không sau ngày bắt đầu {start:%d/%m/%Y}. Hãy sửa một trong hai ngày.",
        en=f"The end, {end:%d/%m/%Y}, is not after the beginning, {start:%d/%m/%Y}. Mend one of them.",
    )


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
