# SPDX-License-Identifier: Apache-2.0
"""Many returns filled from files at once: read outside any transaction, written a hundred at a time in a short one."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from bamsat.core.forms.sheet import Pick
from bamsat.core.terms.errors import BamsatError, FileUnreadable
from bamsat.rooms.accounts import audit
from bamsat.rooms.figures.intake import bulk
from bamsat.rooms.submissions.due import due_here
from bamsat.rooms.submissions.files.findings import NotRecognised, ReadReturn
from bamsat.rooms.submissions.files.markup_in import read_markup
from bamsat.rooms.submissions.files.recognising import Recogniser, Said, Target, said_by
from bamsat.rooms.submissions.files.returns_in import Expected, read_return
from bamsat.rooms.submissions.files.sheets_in import Opened
from bamsat.rooms.submissions.filling.actions import LONGEST, MOST_PICKS, Change, Refused, mark_changed, put, typed_keys
from bamsat.rooms.submissions.models import Batch, BatchFile, Origin, Return, ReturnState, Step

AT_ONCE = 100
MOST_TOLD = 200
_TRIES = 4
_WRITTEN = ["cells", "picks", "filled", "asked", "revision", "changed_at", "changed_by", "note"]
_Key = tuple[int, int, str]


@dataclass(slots=True)
class _One:
    """A file on its way into a return."""

    file: BatchFile
    opened: Opened | FileUnreadable
    target: Target | None = None
    sent: Return | None = None
    read: ReadReturn | None = None
    told: list[str] = field(default_factory=list)  # cells written
    was: int = 0  # the return's revision when it was read
    changed: bool = False
    error: BamsatError | None = None
    unknown: bool = False

    @property
    def report(self) -> dict[str, Any]:
        """What is kept of it for the page."""
        found: dict[str, Any] = {"cells": len(self.told)}
        if chosen := self.file.report.get("chosen"):
            found["chosen"] = chosen
        if self.error is not None:
            found["error"] = {"vi": self.error.vi, "en": self.error.en}
            found["unknown"] = self.unknown
        if self.read is not None:
            found["troubles"] = [each.as_json() for each in self.read.troubles[:MOST_TOLD]]
            found["notes"] = [each.as_json() for each in self.read.notes[:MOST_TOLD]]
        return found


class Filler:
    """Fills the returns of one batch; running it again does only what was not done."""

    def __init__(self, batch: Batch) -> None:
        self.batch, self.user = batch, batch.by
        self.recogniser = Recogniser(self.user)
        rows = batch.files.filter(done=True, filled__isnull=False)
        self.filled: dict[_Key, str] = {
            (form, place, period): name
            for form, place, period, name in rows.values_list(
                "filled__form_id", "filled__place_id", "filled__period", "name"
            )
        }
        self.due: dict[tuple[int, str], datetime | None] = {}

    def fill(self, opened: Iterable[tuple[BatchFile, Opened | FileUnreadable]]) -> None:
        """Every file, in order; what somebody else changed in between is read anew."""
        for piece in _pieces(_One(*each) for each in opened):
            for _ in range(_TRIES):
                piece = self._piece(piece)
                if not piece:
                    break
            for one in piece:
                one.error = Refused(
                    vi="Phiếu đang được người khác sửa liên tục. Hãy chạy lại tệp này sau.",
                    en="Somebody else keeps changing the return. Run this file again later.",
                )
            if piece:
                self._write([], piece)

    def _piece(self, piece: Sequence[_One]) -> list[_One]:
        """Those that have to be done again."""
        self._recognise(piece)
        good = [one for one in piece if one.error is None]
        self._returns(good)
        now = timezone.now()
        for one in good:
            try:
                self._read(one, now)
            except BamsatError as error:
                one.error = error
        good = [one for one in good if one.error is None]
        try:
            return self._write(good, [one for one in piece if one.error is not None])
        except IntegrityError:  # somebody opened one of the returns just now
            return self._anew(piece)

    def _anew(self, ones: Iterable[_One]) -> list[_One]:
        found = [_One(one.file, one.opened) for one in ones]
        mine = {one.file.name for one in found}
        self.filled = {key: name for key, name in self.filled.items() if name not in mine}
        return found

    # What each file is for.

    def _recognise(self, piece: Sequence[_One]) -> None:
        told: list[tuple[_One, Said]] = []
        for one in piece:
            if isinstance(one.opened, FileUnreadable):
                one.error = one.opened
            else:
                told.append((one, said_by(one.opened, one.file.report.get("chosen", {}))))
        self.recogniser.prepare(said for _, said in told)
        for one, said in told:
            try:
                one.target = self.recogniser.target(said)
                self._once(one, one.target)
            except BamsatError as error:
                one.error = error
                one.unknown = isinstance(error, NotRecognised) or (one.target is None and "chosen" in one.file.report)

    def _once(self, one: _One, target: Target) -> None:
        """A return is filled by one file of a batch: which of two is right is for people to say."""
        before = self.filled.get(target.key)
        if before is not None:
            raise Refused(
                vi=f"Cùng phiếu với tệp “{before}” trong lần nạp này nên bỏ qua. Giữ một tệp cho mỗi phiếu.",
                en=f"The file “{before}” of this batch is of the same return. Keep one file for each return.",
            )
        self.filled[target.key] = one.file.name

    def _returns(self, good: Sequence[_One]) -> None:
        """The return of each file, as it is now or as it will be opened."""
        targets = {one.target.key: one.target for one in good if one.target}
        rows = Return.objects.filter(
            form__in={key[0] for key in targets}, place__in={key[1] for key in targets},
            period__in={key[2] for key in targets},
        ).select_related("version").defer("version__definition")  # fmt: skip
        there = {(sent.form_id, sent.place_id, sent.period): sent for sent in rows}
        for one in good:
            assert one.target is not None
            one.sent = there.get(one.target.key) or self._opened(one.target)
            one.sent.form, one.sent.place = one.target.version.form, one.target.place

    def _opened(self, target: Target) -> Return:
        key = (target.version.pk, target.period.code)
        if key not in self.due:
            self.due[key] = due_here(target.version, self.recogniser.definition(target.version), target.period)
        return Return(
            form=target.version.form, version=target.version, place=target.place, period=target.period.code,
            first_month=target.period.first, last_month=target.period.last, due=self.due[key], changed_by=self.user,
        )  # fmt: skip

    def _read(self, one: _One, now: datetime) -> None:
        """Everything of the file into the return, not kept yet; by the rules of a saving."""
        sent, target, opened = one.sent, one.target, one.opened
        assert sent is not None
        assert target is not None
        assert isinstance(opened, Opened)
        _ask_open(sent)
        if sent.version_id != target.version.pk:
            target = Target(sent.version, target.place, target.period)
        expected = Expected(
            self.recogniser.labels(target), target.place.slug, target.place.name, self.recogniser.names(target.place),
            sent.texts, sent.chosen,
        )  # fmt: skip
        markup = opened.markup
        one.read = read_markup(markup, expected) if markup is not None else read_return(opened, expected)
        origin = Origin.EXCEL if markup is None else Origin.XML
        added = [pick for pick in one.read.picks if [pick.row, list(pick.codes)] not in sent.picks]
        if len(sent.picks) + len(added) > MOST_PICKS:
            raise Refused(vi=f"Quá {MOST_PICKS} dòng thêm.", en=f"More than {MOST_PICKS} added rows.")
        sent.picks += [[pick.row, list(pick.codes)] for pick in added]
        keys = self._keys(sent)
        changes = [
            Change(each.key, each.text, origin=origin, why=each.why, src=f"{one.file.name}, {each.at}")
            for each in one.read.cells
        ]
        one.told, _, _ = put(sent, changes, keys, self.user.pk, now)
        one.was, one.changed = sent.revision, bool(one.told or added or _noted(sent, one.read))
        if one.changed or sent.pk is None:
            mark_changed(sent, keys, self.user, now)

    def _keys(self, sent: Return) -> dict[str, bool]:
        if not sent.picks:
            return self.recogniser.keys(sent.version)
        picks = tuple(Pick(row, tuple(codes)) for row, codes in sent.picks)
        return typed_keys(self.recogniser.definition(sent.version), picks)

    # Writing.

    @transaction.atomic
    def _write(self, good: Sequence[_One], bad: Sequence[_One]) -> list[_One]:
        """Keep a piece; those whose return changed since it was read come back."""
        ones = [*good, *bad]
        waiting = set(
            BatchFile.objects.select_for_update()
            .filter(pk__in=[one.file.pk for one in ones], done=False)
            .values_list("pk", flat=True)
        )
        ones = [one for one in ones if one.file.pk in waiting]
        again = self._changed([one for one in ones if one.error is None])
        kept = [one for one in ones if one.error is None and one not in again]
        self._keep_returns(kept)
        for one in (*kept, *(one for one in ones if one.error is not None)):
            file, opened = one.file, one.opened
            file.filled, file.report, file.done = one.sent if one.error is None else None, one.report, True
            if isinstance(opened, Opened):
                file.sha256, file.size = opened.sha256, opened.size
        done = [one.file for one in ones if one not in again]
        _rewrite(BatchFile, done, ["filled", "report", "done", "sha256", "size"])
        if kept:
            self._record(kept)
        return self._anew(again)

    def _changed(self, good: Sequence[_One]) -> list[_One]:
        """Those whose return is no longer as it was read; the others are locked until the transaction ends."""
        old = [one.sent.pk for one in good if one.sent and one.sent.pk]
        rows = (
            Return.objects.select_for_update().filter(pk__in=old).order_by("pk").values_list("pk", "revision", "state")
        )
        now = {pk: (revision, state) for pk, revision, state in rows}
        return [one for one in good if one.sent and one.sent.pk and not _is_still(one, now.get(one.sent.pk))]

    def _keep_returns(self, kept: Sequence[_One]) -> None:
        changed = [(one.sent, one.changed) for one in kept if one.sent is not None]
        fresh = [sent for sent, _ in changed if sent.pk is None]
        old = [sent for sent, is_changed in changed if sent.pk is not None and is_changed]
        bulk.insert(fresh)
        bulk.insert([Step(sent_return=sent, before="", after=ReturnState.DRAFT, by=self.user) for sent in fresh])
        _rewrite(Return, old, _WRITTEN)

    def _record(self, kept: Sequence[_One]) -> None:
        """One line of the trail for the piece; its digest covers every text that was written."""
        told = [
            [str(one.sent.uuid), one.file.sha256, {key: one.sent.cells[key]["t"] for key in one.told}]
            for one in kept
            if one.sent
        ]
        digest = hashlib.sha256(json.dumps(told, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
        audit.record(
            self.user, "submissions.batch.filled", self.batch, files=len(kept),
            cells=sum(len(one.told) for one in kept),
            returns=[uuid for uuid, _, _ in told], sha256=digest,
        )  # fmt: skip


def _rewrite(model: type[Return] | type[BatchFile], rows: Sequence[Any], names: list[str]) -> None:
    """These columns of rows that are there, in one statement; a bulk update takes ten times as long."""
    if rows:
        model.objects.bulk_create(rows, update_conflicts=True, unique_fields=["id"], update_fields=names)


def _is_still(one: _One, now: tuple[int, str] | None) -> bool:
    assert one.sent is not None
    return now is not None and now == (one.was, one.sent.state)


def _noted(sent: Return, read: ReadReturn) -> bool:
    """Whether the sender's remark in the file is a new one; it is put into the return."""
    if read.note is None or read.note.strip() == sent.note:
        return False
    sent.note = read.note.strip()[:LONGEST]
    return True


def _ask_open(sent: Return) -> None:
    if sent.pk is not None and not sent.is_open:
        raise Refused(
            vi=f"Phiếu đang ở bước “{sent.get_state_display()}” nên không nạp đè được. Cần sửa thì đề nghị trả lại.",
            en=f"The return is “{sent.get_state_display()}” and cannot be filled. Ask the office to send it back.",
        )


def _pieces(ones: Iterator[_One]) -> Iterator[list[_One]]:
    while piece := list(islice(ones, AT_ONCE)):
        yield piece
