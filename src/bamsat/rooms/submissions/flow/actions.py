# SPDX-License-Identifier: Apache-2.0
"""The way of a return: sent, checked, approved; or sent back with remarks, taken back, unlocked."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from bamsat.core.forms.checks import Remark as Found
from bamsat.rooms.accounts import audit
from bamsat.rooms.places.queries import NotAllowed
from bamsat.rooms.places.rights import Function, sees_everything
from bamsat.rooms.submissions.checking import checked, with_findings
from bamsat.rooms.submissions.checking_kept import close_findings, keep_findings
from bamsat.rooms.submissions.filling.actions import LONGEST, Refused
from bamsat.rooms.submissions.flow.deciders import Deciders, Standing, named
from bamsat.rooms.submissions.flow.errors import NotReady, place_of, stale
from bamsat.rooms.submissions.flow.recording import Recorder
from bamsat.rooms.submissions.grids import Grid, definition_of, grid_of
from bamsat.rooms.submissions.models import Remark, Return, ReturnState, Step

if TYPE_CHECKING:
    from bamsat.rooms.accounts.models import User

DRAFT, SENT, CHECKED = ReturnState.DRAFT, ReturnState.SENT, ReturnState.CHECKED
APPROVED, RETURNED = ReturnState.APPROVED, ReturnState.RETURNED
MOST_REMARKS = 200


def hold(sent: Return, revision: int | None = None) -> Return:
    """The return, locked until the transaction ends; refused if somebody changed it since the user saw it."""
    rows = Return.objects.select_for_update(of=("self",))
    held = rows.select_related("form", "version", "place", "changed_by", "sent_by").get(pk=sent.pk)
    if revision is not None and revision != held.revision:
        raise stale(held, revision)
    return held


# Sending.


@transaction.atomic
def send(user: User, sent: Return, revision: int | None = None) -> Return:
    """Hand a return in; NotReady tells everything that has to be mended or explained first."""
    held = hold(sent, revision)
    ask_to_fill(Deciders(user, Function.ENTER), held)
    ask_state(held, DRAFT, RETURNED)
    grid = grid_of(held)
    told = checked(grid)
    if findings := unready(with_findings(grid, told), Recorder()):
        raise NotReady(findings, place_of(grid, findings[0].key))
    before, held.state, now = held.state, SENT, timezone.now()
    held.sent_at, held.sent_by = held.sent_at or now, user
    _save(held, user, "sent_at", "sent_by")
    Remark.objects.filter(sent_return=held, answered_at=None).update(answered_at=now)
    texts = snapshot(held)
    step = Step.objects.create(
        sent_return=held, before=before, after=SENT, by=user, at=now, cells=texts, sha256=digest(texts)
    )
    audit.record(user, "submissions.return.sent", held, sha256=step.sha256, **_told(held))
    keep_findings(held, user, grid, told)
    return held


def unready(grid: Grid, recorder: Recorder) -> tuple[Found, ...]:
    """What has to be mended or explained before the return can be sent; numbers that the ledger cannot keep too."""
    return grid.found or tuple(recorder.troubles(grid.sent_return, grid.sheet))


@transaction.atomic
def take_back(user: User, sent: Return, revision: int | None = None) -> Return:
    """The sender takes a return back that nobody has checked; a first sending then does not count as one."""
    held = hold(sent, revision)
    if held.sent_by_id != user.pk and not sees_everything(user):
        raise NotAllowed(
            vi=f"{held.sent_by or 'Nơi gửi'} đã gửi phiếu này; người gửi lấy lại, hoặc nơi nhận trả lại.",
            en=f"{held.sent_by or 'The sender'} sent this return and can take it back; an office can send it back.",
        )
    ask_to_fill(Deciders(user, Function.ENTER), held)
    ask_state(held, SENT)
    sending = held.steps.filter(after=SENT).order_by("-pk").first()
    held.state = ReturnState(sending.before) if sending and sending.before else DRAFT
    if held.state == DRAFT:
        held.sent_at = held.sent_by = None
    elif sending:
        Remark.objects.filter(sent_return=held, answered_at__gte=sending.at).update(answered_at=None)
    _save(held, user, "sent_at", "sent_by")
    Step.objects.create(sent_return=held, before=SENT, after=held.state, by=user)
    audit.record(user, "submissions.return.taken_back", held, **_told(held))
    close_findings(held, user)
    return held


# Checking.


@transaction.atomic
def check(user: User, sent: Return, revision: int | None = None) -> Return:
    """Say that a sent return was looked at and is right; it then waits for approval."""
    held = hold(sent, revision)
    standing = may_check(Deciders(user, Function.JUDGE), held)
    ask_state(held, SENT)
    held.state = CHECKED
    _save(held, user)
    Step.objects.create(
        sent_return=held, before=SENT, after=CHECKED, by=user, acting_for=standing.acting_for, sha256=digest_of(held)
    )
    audit.record(user, "submissions.return.checked", held, **_told(held), **_acting(standing))
    return held


@transaction.atomic
def uncheck(user: User, sent: Return, revision: int | None = None) -> Return:
    """Take a check back while nobody has approved; whoever checked does it."""
    held = hold(sent, revision)
    ask_state(held, CHECKED)
    last = held.steps.filter(after=CHECKED).select_related("by").order_by("-pk").first()
    if (last is None or last.by_id != user.pk) and not sees_everything(user):
        raise NotAllowed(
            vi=f"{last.by if last else '?'} đã kiểm tra phiếu này; người đó lấy lại, hoặc người duyệt trả lại.",
            en=f"{last.by if last else '?'} checked this return and can take that back; an approver can send it back.",
        )
    held.state = SENT
    _save(held, user)
    Step.objects.create(sent_return=held, before=CHECKED, after=SENT, by=user)
    audit.record(user, "submissions.return.unchecked", held, **_told(held))
    return held


@transaction.atomic
def send_back(
    user: User, sent: Return, remarks: Iterable[tuple[str, str]] = (), reason: str = "", revision: int | None = None
) -> Return:
    """Return it to its sender with remarks at cells, or a reason; it can be filled again then.

    A checker does it while the return is sent, an approver also after it was checked.
    """
    held = hold(sent, revision)
    standing = _may_send_back(user, held)
    ask_state(held, SENT, CHECKED)
    said = _remarks(held, remarks)
    reason = tidy(reason)
    if not said and not reason:
        raise Refused(
            vi="Hãy ghi ý kiến ở ít nhất một ô, hoặc lý do trả lại: nơi gửi cần biết phải sửa gì.",
            en="Write a remark at one cell at least, or a reason: the sender needs to know what to mend.",
        )
    before, held.state = held.state, RETURNED
    _save(held, user)
    _say(held, user, [*said, *([("", reason)] if reason else [])])
    Step.objects.create(
        sent_return=held, before=before, after=RETURNED, by=user, acting_for=standing.acting_for, reason=reason
    )
    told = {key or "*": text for key, text in said}
    audit.record(user, "submissions.return.sent_back", held, reason, remarks=told, **_told(held), **_acting(standing))
    return held


@transaction.atomic
def unlock(user: User, sent: Return, reason: str, revision: int | None = None) -> Return:
    """Open an approved return again, with a reason. Its figures stay in the ledger until the next approval."""
    held = hold(sent, revision)
    standing = may_approve(Deciders(user, Function.APPROVE), held)
    ask_state(held, APPROVED)
    reason = tidy(reason)
    if not reason:
        raise Refused(
            vi="Hãy ghi lý do mở lại: số của phiếu này đã vào sổ và có thể đã được báo cáo.",
            en="Give the reason for unlocking: its figures are in the ledger and may have been reported.",
        )
    held.state = RETURNED
    _save(held, user)
    _say(held, user, [("", reason)])
    Step.objects.create(
        sent_return=held, before=APPROVED, after=RETURNED, by=user, acting_for=standing.acting_for, reason=reason,
        unlocked=True,
    )  # fmt: skip
    audit.record(user, "submissions.return.unlocked", held, reason, **_told(held), **_acting(standing))
    return held


# Who may; each raises the sentence that says who does instead.


def ask_to_fill(deciders: Deciders, held: Return) -> None:
    if deciders.standing(held) is None:
        raise NotAllowed(
            vi=f"Anh/chị không nhập và gửi biểu này cho {held.place}. Hãy nhờ cán bộ của nơi đó.",
            en=f"You do not fill and send this form for {held.place}. Ask the officer of that place.",
        )


def may_check(deciders: Deciders, held: Return) -> Standing:
    roles = definition_of(held.version).checks
    standing = deciders.standing(held, roles)
    if standing is None:
        who = named(roles) or "chuyên viên hoặc lãnh đạo phòng"
        raise NotAllowed(
            vi=f"Anh/chị không kiểm tra biểu này của {held.place}; việc đó của {who} phụ trách.",
            en=f"You do not check this form of {held.place}; its {named(roles) or 'specialist or head'} does.",
        )
    return standing


def may_approve(deciders: Deciders, held: Return) -> Standing:
    roles = definition_of(held.version).approves
    standing = deciders.standing(held, roles)
    if standing is None:
        who = named(roles) or "trưởng phòng, phó giám đốc hoặc giám đốc"
        raise NotAllowed(
            vi=f"Anh/chị không duyệt biểu này của {held.place}; việc đó của {who} phụ trách.",
            en=f"You do not approve this form of {held.place}; its {named(roles) or 'head or director'} does.",
        )
    return standing


def _may_send_back(user: User, held: Return) -> Standing:
    """An approver at any step, a checker while nobody has checked."""
    try:
        return may_approve(Deciders(user, Function.APPROVE), held)
    except NotAllowed:
        if held.state == CHECKED:
            raise
        return may_check(Deciders(user, Function.JUDGE), held)


def ask_state(held: Return, *states: ReturnState) -> None:
    if held.state not in states:
        wanted = " / ".join(str(state.label) for state in states)
        raise Refused(
            vi=f"Phiếu đang ở bước “{held.get_state_display()}”, việc này chỉ làm được ở bước “{wanted}”. "
            "Hãy tải lại trang.",
            en=f"The return is “{held.get_state_display()}”; this is done when it is “{wanted}”. Reload the page.",
        )


# What is kept.


def snapshot(held: Return) -> dict[str, str]:
    """The texts of its cells that are not blank, by key."""
    return {key: text for key, text in held.texts.items() if text.strip()}


def digest(texts: Mapping[str, str]) -> str:
    """SHA-256 of texts by key, in one order whatever the order of typing."""
    said = json.dumps(dict(sorted(texts.items())), ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(said.encode()).hexdigest()


def digest_of(held: Return) -> str:
    return digest(snapshot(held))


def tidy(text: str) -> str:
    return text.replace("\0", "").strip()[:LONGEST]


def _remarks(held: Return, remarks: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    said = [(key, tidy(text)) for key, text in remarks if tidy(text)]
    known = {cell.key for cell in grid_of(held, ledger=False).sheet.cells() if cell.role} if said else set()
    for key, _text in said:
        if key and key not in known:
            raise Refused(
                vi=f"Biểu không có ô “{key}” để ghi ý kiến. Hãy tải lại trang.",
                en=f"The form has no cell “{key}” to remark on. Reload the page.",
            )
    if len(said) > MOST_REMARKS:
        raise Refused(
            vi=f"Một lần trả lại ghi nhiều nhất {MOST_REMARKS} ý kiến.",
            en=f"A return is sent back with {MOST_REMARKS} remarks at most.",
        )
    return said


def _say(held: Return, user: User, said: Sequence[tuple[str, str]]) -> None:
    Remark.objects.bulk_create(Remark(sent_return=held, key=key, text=text, by=user) for key, text in said)


def _save(held: Return, user: User, *more: str) -> None:
    held.revision += 1
    held.changed_at, held.changed_by = timezone.now(), user
    held.save(update_fields=["state", "revision", "changed_at", "changed_by", *more])


def _told(held: Return) -> dict[str, Any]:
    return {"form": held.form.code, "place": held.place.slug, "period": held.period, "revision": held.revision}


def _acting(standing: Standing) -> dict[str, Any]:
    return {"acting_for": standing.acting_for.username} if standing.acting_for else {}
