# SPDX-License-Identifier: Apache-2.0
"""Many returns sent, checked or approved at once: each on its own merits, in short transactions, with one line in the
trail a piece; and the approval of a single one, which is the same thing once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

from django.db import transaction
from django.db.models import F, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from bamsat.core.terms.errors import BamsatError
from bamsat.rooms.accounts import audit
from bamsat.rooms.figures.intake import bulk
from bamsat.rooms.places.queries import NotAllowed
from bamsat.rooms.places.rights import Function
from bamsat.rooms.submissions.checking_kept import with_open
from bamsat.rooms.submissions.checking_tasks import check_later, check_ledger_later
from bamsat.rooms.submissions.filling.actions import Refused
from bamsat.rooms.submissions.flow.actions import (
    APPROVED,
    CHECKED,
    DRAFT,
    RETURNED,
    SENT,
    ask_state,
    ask_to_fill,
    digest,
    hold,
    may_approve,
    may_check,
    snapshot,
    unready,
)
from bamsat.rooms.submissions.flow.deciders import Deciders, Standing
from bamsat.rooms.submissions.flow.errors import NotReady, place_of, stale
from bamsat.rooms.submissions.flow.recording import Prepared, Recorder
from bamsat.rooms.submissions.grids import grid_of, shelves
from bamsat.rooms.submissions.known import Shelf
from bamsat.rooms.submissions.models import Remark, Return, Step

if TYPE_CHECKING:
    from bamsat.rooms.accounts.models import User


class _Sizes(NamedTuple):
    """How many returns are read at once, and how many entries one transaction writes."""

    returns: int
    lines: int


# SQLite has one writer, which nobody should wait for longer than 200 ms; on PostgreSQL fewer round trips count more.
_SQLITE, _POSTGRESQL = _Sizes(40, 400), _Sizes(200, 6000)
_MOST_NAMED = 5_000  # returns that one question names


def _sizes() -> _Sizes:
    return _POSTGRESQL if bulk.is_postgresql() else _SQLITE


@dataclass(frozen=True, slots=True)
class Left:
    """A return that was left as it is, and why."""

    sent: Return
    vi: str
    en: str


@dataclass(frozen=True, slots=True)
class Many:
    """What became of many returns."""

    done: tuple[Return, ...] = ()
    left: tuple[Left, ...] = ()


@dataclass(slots=True)
class _Work:
    """What is done with many returns by one user."""

    user: User
    done: list[Return] = field(default_factory=list)
    left: list[Left] = field(default_factory=list)

    @property
    def result(self) -> Many:
        return Many(tuple(self.done), tuple(self.left))

    def in_order(self, ids: Sequence[int]) -> Many:
        """The result in the order in which the returns were named."""
        at = {pk: number for number, pk in enumerate(ids)}
        self.done.sort(key=lambda sent: at[sent.pk])
        self.left.sort(key=lambda each: at[each.sent.pk])
        return self.result

    def sift(self, returns: Iterable[Return], judge: Callable[[Return], object]) -> list[Return]:
        """Those that nothing speaks against; what speaks against the others is kept."""
        good = []
        for sent in returns:
            try:
                judge(sent)
            except BamsatError as trouble:
                self.left.append(Left(sent, trouble.vi, trouble.en))
            else:
                good.append(sent)
        return good

    def exact(self, prepared: Sequence[Prepared]) -> list[Prepared]:
        """Those whose numbers the ledger can keep as they are."""
        by_return = {each.sent.pk: each for each in prepared}
        good = self.sift([each.sent for each in prepared], lambda sent: _ask_exact(by_return[sent.pk]))
        return [by_return[sent.pk] for sent in good]

    def lock(self, returns: Sequence[Return]) -> list[Return]:
        """Those that nobody changed since they were read, locked until the transaction ends."""
        rows = Return.objects.select_for_update().filter(pk__in=[sent.pk for sent in returns]).order_by("pk")
        now = dict(rows.values_list("pk", "revision"))
        return self.sift(returns, lambda sent: _unchanged(sent, now[sent.pk]))


def _unchanged(sent: Return, revision: int) -> None:
    if sent.revision != revision:
        fresh = Return.objects.select_related("changed_by").get(pk=sent.pk)
        raise stale(fresh, sent.revision)


def _pieces(ids: Iterable[int]) -> Iterator[list[Return]]:
    """The returns with these keys, a piece at a time; read without the definitions, which are known by version."""
    left = iter(dict.fromkeys(ids))
    while piece := list(islice(left, _sizes().returns)):
        found = {sent.pk: sent for sent in _read().filter(pk__in=piece)}
        yield [found[pk] for pk in piece if pk in found]


def _by_form(ids: Sequence[int]) -> list[int]:
    """The returns of one form and period together: what the ledger knows is asked once for those of a piece."""
    order = {pk: (version, period) for pk, version, period in _keys_of(ids)}
    return sorted((pk for pk in ids if pk in order), key=order.__getitem__)


def _keys_of(ids: Sequence[int]) -> Iterator[tuple[int, int, str]]:
    for at in range(0, len(ids), _MOST_NAMED):
        rows = Return.objects.filter(pk__in=ids[at : at + _MOST_NAMED]).order_by()
        yield from rows.values_list("pk", "version_id", "period")


def _read() -> QuerySet[Return]:
    rows = Return.objects.select_related("form", "version", "place", "sent_by", "intake")
    return rows.defer("version__definition")


def _move(user: User, returns: Sequence[Return], **told: Any) -> None:
    """The same change of many returns, in the table and in the objects' state."""
    now = timezone.now()
    rows = Return.objects.filter(pk__in=[sent.pk for sent in returns])
    rows.update(revision=F("revision") + 1, changed_at=now, changed_by=user, **told)
    for sent in returns:
        sent.revision += 1
        sent.changed_at, sent.changed_by, sent.state = now, user, told["state"]


def _uuids(returns: Iterable[Return]) -> list[str]:
    return [str(sent.uuid) for sent in returns]


def send_many(user: User, ids: Iterable[int]) -> Many:
    """Send each return that nothing is to be mended in; the others are left with what is."""
    work, recorder, deciders = _Work(user), Recorder(), Deciders(user, Function.ENTER)

    known: Mapping[tuple[int, str], Shelf] = {}

    def judge(sent: Return) -> None:
        ask_to_fill(deciders, sent)
        ask_state(sent, DRAFT, RETURNED)
        grid = grid_of(sent, shelf=known[sent.version_id, sent.period])
        if findings := unready(grid, recorder):
            raise NotReady(findings, place_of(grid, findings[0].key))

    told = list(dict.fromkeys(ids))
    for piece in _pieces(_by_form(told)):
        deciders.learn(sent.place_id for sent in piece)
        known = shelves(piece)
        ready = work.sift(piece, judge)
        with transaction.atomic():
            good = work.lock(ready)
            _send(user, good)
        work.done += good
    return work.in_order(told)


def _send(user: User, returns: Sequence[Return]) -> None:
    if not returns:
        return
    now, steps = timezone.now(), []
    for sent in returns:
        texts = snapshot(sent)
        step = Step(sent_return=sent, before=sent.state, after=SENT, by=user, at=now, cells=texts, sha256=digest(texts))
        steps.append(step)
    _move(user, returns, state=SENT, sent_at=Coalesce("sent_at", now), sent_by=user)
    for sent in returns:
        sent.sent_at, sent.sent_by = sent.sent_at or now, user
    Remark.objects.filter(sent_return__in=returns, answered_at=None).update(answered_at=now)
    bulk.insert(steps)
    uuids = _uuids(returns)
    audit.record(user, "submissions.returns.sent", None, count=len(returns), returns=uuids)
    # Many are checked against the ledger by the worker: nobody waits for thousands of them.
    transaction.on_commit(lambda: check_later.enqueue(uuids))


def check_many(user: User, ids: Iterable[int]) -> Many:
    """Say of each sent return that it is right; one whose sender had to explain something, or of which the check found
    something, wants a look of its own."""
    work, deciders = _Work(user), Deciders(user, Function.JUDGE)
    standings: dict[int, Standing] = {}
    asked: set[UUID] = set()

    def judge(sent: Return) -> None:
        standings[sent.pk] = may_check(deciders, sent)
        ask_state(sent, SENT)
        if sent.explained:
            raise Refused(
                vi=f"Nơi gửi giải thích {len(sent.explained)} ô; hãy mở phiếu để xem rồi mới kiểm tra xong.",
                en=f"The sender explains {len(sent.explained)} cells; open the return and look before checking it.",
            )
        if sent.uuid in asked:
            raise Refused(
                vi="Phép kiểm tra có phát hiện cần xem ở phiếu này; hãy mở phiếu để xem rồi mới kiểm tra xong.",
                en="The check found something to look at in this return; open it and look before checking it.",
            )

    for piece in _pieces(ids):
        deciders.learn(sent.place_id for sent in piece)
        asked = with_open(piece)
        ready = work.sift(piece, judge)
        with transaction.atomic():
            good = work.lock(ready)
            if good:
                bulk.insert([_checked(user, sent, standings[sent.pk]) for sent in good])
                _move(user, good, state=CHECKED)
                audit.record(
                    user, "submissions.returns.checked", None, count=len(good), returns=_uuids(good),
                    **_acting(standings[sent.pk] for sent in good),
                )  # fmt: skip
        work.done += good
    return work.result


def _checked(user: User, sent: Return, standing: Standing) -> Step:
    return Step(
        sent_return=sent, before=SENT, after=CHECKED, by=user, acting_for=standing.acting_for,
        sha256=digest(snapshot(sent)),
    )  # fmt: skip


# Approving.


@dataclass(slots=True)
class _Approval:
    """Approvals of one user: by which standing each return is approved, and checked where it was not."""

    user: User
    approver: Deciders
    checker: Deciders
    recorder: Recorder = field(default_factory=Recorder)
    standings: dict[int, Standing] = field(default_factory=dict)
    checks: dict[int, Standing] = field(default_factory=dict)

    def judge(self, sent: Return) -> None:
        standing = may_approve(self.approver, sent)
        ask_state(sent, SENT, CHECKED)
        if sent.sent_by_id == self.user.pk and not standing.everything:
            raise NotAllowed(
                vi="Anh/chị đã gửi phiếu này nên không tự duyệt; người duyệt khác duyệt (nguyên tắc bốn mắt).",
                en="You sent this return, so somebody else approves it (four eyes).",
            )
        if sent.state == SENT:
            self.checks[sent.pk] = self._check_too(sent)
        self.standings[sent.pk] = standing

    def _check_too(self, sent: Return) -> Standing:
        try:
            return may_check(self.checker, sent)
        except NotAllowed as trouble:
            raise Refused(
                vi=f"Phiếu chưa được kiểm tra. {trouble.vi}", en=f"The return was not checked yet. {trouble.en}"
            ) from None

    def prepare(self, returns: Sequence[Return]) -> list[Prepared]:
        again = [sent.pk for sent in returns if sent.approved_at]
        before, reasons = _earlier(again) if again else ({}, {})
        return self.recorder.prepare(returns, before, reasons)

    def write(self, prepared: Sequence[Prepared], single: bool = False) -> None:
        """Into the ledger; the returns are locked and unchanged."""
        now, returns = timezone.now(), [each.sent for each in prepared]
        texts = {sent.pk: snapshot(sent) for sent in returns}
        digests = {pk: digest(told) for pk, told in texts.items()}
        recorded = self.recorder.write(prepared, self.user, now, digests)
        steps = [_checked(self.user, sent, self.checks[sent.pk]) for sent in returns if sent.state == SENT]
        steps += [
            Step(
                sent_return=sent, before=CHECKED, after=APPROVED, by=self.user, cells=texts[sent.pk],
                acting_for=self.standings[sent.pk].acting_for, sha256=digests[sent.pk],
            )
            for sent in returns
        ]  # fmt: skip
        bulk.insert(steps)
        _move(self.user, returns, state=APPROVED, approved_at=now, approved_by=self.user)
        for sent in returns:
            sent.intake, sent.approved_at, sent.approved_by = recorded.intakes[sent.pk], now, self.user
        Return.objects.bulk_update(returns, ["intake"])
        check_ledger_later(returns)
        reasons = "; ".join(sorted({each.reason for each in prepared if each.reason}))
        audit.record(
            self.user, f"submissions.return{'' if single else 's'}.approved", returns[0] if single else None, reasons,
            count=len(returns), returns=_uuids(returns), written=recorded.written, replaced=recorded.replaced,
            unchanged=recorded.unchanged, withdrawn=recorded.withdrawn, sha256=recorded.sha256,
            **_acting(self.standings[sent.pk] for sent in returns),
        )  # fmt: skip


def _approval(user: User) -> _Approval:
    return _Approval(user, Deciders(user, Function.APPROVE), Deciders(user, Function.JUDGE))


@transaction.atomic
def approve(user: User, sent: Return, revision: int | None = None) -> Return:
    """Approve a checked return, or a sent one that the user may also check: its figures are in the ledger then."""
    hold(sent, revision)
    held = _read().get(pk=sent.pk)
    approval = _approval(user)
    approval.judge(held)
    prepared = approval.prepare([held])
    _ask_exact(prepared[0])
    approval.write(prepared, single=True)
    return held


def approve_many(user: User, ids: Iterable[int]) -> Many:
    """Approve each return that may be approved; the others are left with the reason."""
    work, approval = _Work(user), _approval(user)
    for piece in _pieces(ids):
        places = [sent.place_id for sent in piece]
        approval.approver.learn(places)
        approval.checker.learn(places)
        prepared = approval.prepare(work.sift(piece, approval.judge))
        for group in _apart(work.exact(prepared)):
            with transaction.atomic():
                good = work.lock([each.sent for each in group])
                if good:
                    held = {sent.pk for sent in good}
                    approval.write([each for each in group if each.sent.pk in held])
            work.done += good
    return work.result


def _apart(prepared: Iterable[Prepared]) -> Iterator[list[Prepared]]:
    """In groups for one transaction each: not too many lines, and no two returns that say the same figure."""
    group: list[Prepared] = []
    keys: set[tuple[object, ...]] = set()
    for each in prepared:
        if group and (not keys.isdisjoint(each.keys) or len(keys) + len(each.lines) > _sizes().lines):
            yield group
            group, keys = [], set()
        group.append(each)
        keys |= each.keys
    if group:
        yield group


def _ask_exact(prepared: Prepared) -> None:
    if prepared.troubles:
        raise NotReady(prepared.troubles, prepared.troubles[0].key)


def _earlier(ids: Sequence[int]) -> tuple[dict[int, dict[str, str]], dict[int, str]]:
    """What returns said when they were approved before, and why they were opened again."""
    texts: dict[int, dict[str, str]] = {}
    reasons: dict[int, str] = {}
    rows = Step.objects.filter(sent_return__in=ids).order_by("pk")
    for step in rows:
        if step.after == APPROVED:
            texts[step.sent_return_id] = step.cells
        elif step.unlocked:
            reasons[step.sent_return_id] = f"Mở lại: {step.reason}"
    return texts, reasons


def _acting(standings: Iterable[Standing]) -> dict[str, str]:
    names = sorted({each.acting_for.username for each in standings if each.acting_for})
    return {"acting_for": ", ".join(names)} if names else {}
