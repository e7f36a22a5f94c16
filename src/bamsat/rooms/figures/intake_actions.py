# SPDX-License-Identifier: Apache-2.0
"""Bulk imports, each change named and signed: a file comes in, is looked through, is handed on to who approves, is
confirmed or dropped."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, BinaryIO

from django.db import transaction
from django.db.models import Q, QuerySet

from bamsat.core.terms.errors import BamsatError
from bamsat.rooms.accounts import audit
from bamsat.rooms.documents import files
from bamsat.rooms.documents.actions import clean_name
from bamsat.rooms.figures import intake_tasks
from bamsat.rooms.figures.intake.batches import KEEP, NEW_VINTAGE, REPLACE
from bamsat.rooms.figures.intake.heads import Options
from bamsat.rooms.figures.intake.rights import covers
from bamsat.rooms.figures.models import Intake, IntakeState
from bamsat.rooms.figures.origins import FORM
from bamsat.rooms.places.models import PlaceRole, Role
from bamsat.rooms.places.queries import NotAllowed, covered_by, roots
from bamsat.rooms.places.rights import Function, holds, sees_everything

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from bamsat.rooms.accounts.models import User

CHOICES = (KEEP, REPLACE, NEW_VINTAGE)
_NOT_ADMIN = [role for role in Role.values if role != Role.ADMIN]


class IntakeRefused(BamsatError):
    """What was asked of an import cannot be done."""


def receive(
    user: User, name: str, content: bytes | BinaryIO | Iterable[bytes], options: Options | None = None, *,
    limit: int | None = None, now: bool = False,
) -> Intake:  # fmt: skip
    """Keep a file of figures and have it looked through; nothing reaches the ledger yet.

    `now` leaves the dry run to the caller, who waits for it (the command line).
    """
    if not holds(user, Function.IMPORT):
        raise NotAllowed(
            vi="Anh/chị chưa có quyền nạp số liệu. Hãy nhờ quản trị giao vai trò.",
            en="You may not import figures. Ask an administrator for a role.",
        )
    name = clean_name(name)
    kept = files.keep(name, content, limit)
    said = {field: value for field in Options.__slots__ if (value := getattr(options or Options(), field))}
    with transaction.atomic():
        intake = Intake.objects.create(name=name, sha256=kept.sha256, size=kept.size, by=user, options=said)
        audit.record(user, "figures.intake.received", intake, sha256=kept.sha256, size=kept.size, options=said)
        if not now:
            transaction.on_commit(lambda: intake_tasks.check_later.enqueue(str(intake.uuid)))
    return intake


@transaction.atomic
def submit(user: User, intake: Intake, *, on_conflict: str = KEEP, reason: str = "", leave_out: bool = False) -> Intake:
    """Hand an import on that was looked through: who approves at all places of its sender has it written."""
    held = _held(user, intake)
    if held.state == IntakeState.SUBMITTED:
        return held
    _may_confirm(held, on_conflict, reason, leave_out)
    held.options |= {"on_conflict": on_conflict, "reason": reason.strip(), "leave_out": leave_out}
    held.options |= {"asked_by": user.username}
    held.state = IntakeState.SUBMITTED
    held.save(update_fields=["state", "options"])
    audit.record(user, "figures.intake.submitted", held, reason, on_conflict=on_conflict, left=held.report["left"])
    return held


def confirm(
    user: User, intake: Intake, *, on_conflict: str = KEEP, reason: str = "", leave_out: bool = False, now: bool = False
) -> Intake:
    """Have an import written that was looked through; conflicts as chosen, rows with errors left out if so said.

    What was handed on is written as its sender chose; the entries are the approver's, the trail says who asked.
    """
    with transaction.atomic():
        held = _held(user, intake, approving=True)
        if not covers(user, held.by):
            raise not_approver()
        if held.state == IntakeState.SUBMITTED:
            on_conflict, reason = held.options["on_conflict"], held.options["reason"]
            leave_out = held.options["leave_out"]
        _may_confirm(held, on_conflict, reason, leave_out)
        held.options |= {"on_conflict": on_conflict, "reason": reason.strip(), "leave_out": leave_out}
        held.options |= {"writer": user.pk}
        held.state = IntakeState.WRITING
        held.save(update_fields=["state", "options"])
        asked = held.options.get("asked_by") or held.by.username
        audit.record(
            user, "figures.intake.confirmed", held, reason, on_conflict=on_conflict, conflicts=held.report["conflict"],
            left=held.report["left"], **({"asked_by": asked} if asked != user.username else {}),
        )  # fmt: skip
        if not now:
            transaction.on_commit(lambda: intake_tasks.write_later.enqueue(str(held.uuid)))
    return held


@transaction.atomic
def resume(user: User, intake: Intake) -> None:
    """Have an import go on whose worker was stopped."""
    held = _held(user, intake, resuming=True)
    if held.state not in (IntakeState.CHECKING, IntakeState.WRITING):
        raise IntakeRefused(vi="Lần nạp này không còn gì để làm tiếp.", en="Nothing of this import is left to do.")
    audit.record(user, "figures.intake.resumed", held, read=held.read)
    later = intake_tasks.write_later if held.state == IntakeState.WRITING else intake_tasks.check_later
    transaction.on_commit(lambda: later.enqueue(str(held.uuid)))


@transaction.atomic
def drop(user: User, intake: Intake, reason: str = "") -> Intake:
    """Let go of an import of which nothing was written; an approver who turns down what was handed on says why."""
    held = _held(user, intake, approving=True)
    reason = reason.replace("\0", "").strip()
    if held.by_id != user.pk and held.state == IntakeState.SUBMITTED and not reason:
        raise IntakeRefused(
            vi="Hãy ghi lý do không duyệt: người trình cần biết phải sửa gì.",
            en="Say why it is turned down: whoever handed it on needs to know what to mend.",
        )
    if held.state not in (IntakeState.CHECKING, IntakeState.CHECKED, IntakeState.SUBMITTED, IntakeState.REFUSED):
        raise IntakeRefused(
            vi="Lần nạp này đã bắt đầu ghi nên không bỏ được. Số đã vào sổ thì rút từng số, có lý do.",
            en="This import has begun to be written and cannot be dropped. Withdraw its entries, with a reason.",
        )
    held.state = IntakeState.DROPPED
    held.options |= {"dropped_because": reason} if reason else {}
    held.save(update_fields=["state", "options"])
    audit.record(user, "figures.intake.dropped", held, reason)
    return held


def visible(user: User | AnonymousUser) -> QuerySet[Intake]:
    """One's own imports; an administrator's, all; a director's, also those of who works at the same places and nowhere
    else: a dry run may tell what the ledger holds of every place of its sender."""
    found = Intake.objects.select_related("by").exclude(format=FORM)
    if sees_everything(user):
        return found
    places = covered_by(roots(user, Function.IMPORT, Function.APPROVE)).values("pk")
    staff = PlaceRole.objects.filter(place__in=places).values("user")
    wider = PlaceRole.objects.exclude(place__in=places, role__in=_NOT_ADMIN).values("user")
    return found.filter(Q(by_id=user.pk) | Q(by__in=staff, by__is_superuser=False) & ~Q(by__in=wider))


def _held(user: User, intake: Intake, *, approving: bool = False, resuming: bool = False) -> Intake:
    held = Intake.objects.select_for_update(of=("self",)).select_related("by").get(pk=intake.pk)
    asked = approving and held.state == IntakeState.SUBMITTED and covers(user, held.by)
    begun = resuming and held.options.get("writer") == user.pk
    if held.by_id != user.pk and not sees_everything(user) and not asked and not begun:
        raise NotAllowed(
            vi="Lần nạp này của người khác; người gửi tệp mới ghi hoặc bỏ được.",
            en="This import belongs to somebody else; only who sent the file can write or drop it.",
        )
    return held


def not_approver() -> NotAllowed:
    return NotAllowed(
        vi="Ghi vào sổ cần người có quyền duyệt ở mọi nơi của người gửi tệp: trưởng phòng, phó giám đốc hoặc giám đốc. "
        "Hãy bấm Trình duyệt.",
        en="Writing to the ledger is for who approves at all places of the sender: a head, deputy director or "
        "director. Hand it on for approval.",
    )


def _may_confirm(held: Intake, on_conflict: str, reason: str, leave_out: bool) -> None:
    if held.state not in (IntakeState.CHECKED, IntakeState.SUBMITTED):
        raise IntakeRefused(
            vi="Lần nạp này chưa xem thử xong, hoặc đã được ghi hay bỏ.",
            en="This import is still being checked, or was written or dropped already.",
        )
    if on_conflict not in CHOICES:
        raise IntakeRefused(vi="Chưa chọn cách xử lý số khác nhau.", en="Choose what to do with conflicts.")
    if held.report["conflict"] and on_conflict != KEEP and not reason.strip():
        raise IntakeRefused(
            vi="Hãy ghi lý do thay số: người xem sau cần biết vì sao số thay đổi.",
            en="Give the reason for replacing: whoever looks later needs to know why the numbers changed.",
        )
    if held.report["left"] and not leave_out:
        raise IntakeRefused(
            vi=f"Có {held.report['left']} dòng lỗi. Hãy sửa tệp, hoặc đồng ý để các dòng đó lại.",
            en=f"{held.report['left']} rows have errors. Mend the file, or agree to leave these rows out.",
        )
