# SPDX-License-Identifier: Apache-2.0
"""The way of a report: begun, submitted, taken back, returned, approved, dropped, taken up again; its frame."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction

from bamsat.core.report.outline import Frame
from bamsat.core.terms.errors import BamsatError
from bamsat.core.terms.period import Period
from bamsat.rooms.accounts import audit
from bamsat.rooms.catalogue.models import IndicatorSet
from bamsat.rooms.places.models import Place
from bamsat.rooms.places.queries import NotAllowed
from bamsat.rooms.places.rights import sees_everything
from bamsat.rooms.reports import rights
from bamsat.rooms.reports.models import Origin, Report, ReportPlan, State, Step, Version
from bamsat.rooms.reports.naming import asks_for_field, frequency_of, kind_name, offered, title_of
from bamsat.rooms.reports.periods import due_of, is_period_of
from bamsat.ui import words

if TYPE_CHECKING:
    from bamsat.rooms.accounts.models import User

LONGEST_REASON = 1000
LONGEST_LINE = 300
MOST_LINES = 40
OPEN = (State.DRAFT, State.RETURNED)
_LINES = ("addressee", "bases", "recipients")
# Of the frame a person gives these; number and day come from the register when the report is issued.
FRAMED = ("parent", "organ", "symbol", "place", "subject", *_LINES, "authority", "post", "signer")


class Refused(BamsatError):
    """A step that cannot be taken now; the sentence says what to do instead."""


# Beginning.


@transaction.atomic
def begin(
    by: User, place: Place, kind: str, period: Period, field: IndicatorSet | None = None, today: date | None = None,
) -> Report:  # fmt: skip
    """A report that was asked for, of no plan."""
    rights.ask(by, place, rights.WRITE, field)
    _kind_and_period(kind, period, field)
    title = title_of(kind, period, None, field.name_vi if field else "")
    return _begun(by, place=place, kind=kind, period=period, field=field, title=title, plan=None)


@transaction.atomic
def begin_planned(by: User, plan: ReportPlan, period: Period) -> Report:
    """The report of a plan and a period."""
    plan = ReportPlan.objects.select_related("place", "field").get(pk=plan.pk)  # as it is now
    rights.ask(by, plan.place, rights.WRITE, plan.field)
    if not is_period_of(plan.frequency, period):
        raise Refused(
            vi=f"“{plan.name}” không có kỳ {words.period(period.code)}. Hãy chọn một kỳ trong danh sách.",
            en=f"“{plan.name}” has no period {period.code}. Choose one of the list.",
        )
    due = due_of(plan, period)
    if plan.until and (due is None or due.date() >= plan.until):
        raise Refused(
            vi=f"“{plan.name}” thôi làm từ ngày {plan.until:%d/%m/%Y}. Cần báo cáo này thì soạn theo yêu cầu.",
            en=f"“{plan.name}” ended on {plan.until:%d/%m/%Y}. Write the report on request if it is needed.",
        )
    frame = {name: getattr(plan, name) for name in ("symbol", "authority", "post") if getattr(plan, name)}
    if recipients := lines_of(plan.audience):
        frame["recipients"] = punctuated(recipients)
    return _begun(
        by, place=plan.place, kind=plan.kind, period=period, field=plan.field, title=title_of(plan.kind, period, plan),
        plan=plan, due=due, frame=frame,
    )  # fmt: skip


def _begun(by: User, *, period: Period, **columns: Any) -> Report:
    try:
        with transaction.atomic():
            made = Report.objects.create(
                created_by=by, period=period.code, first_month=period.first, last_month=period.last, **columns
            )
    except IntegrityError as trouble:
        raise _begun_already(columns["title"]) from trouble
    audit.record(by, "reports.report.begun", made, **told(made))
    return made


def _begun_already(title: str) -> Refused:
    return Refused(
        vi=f"“{title}” đã có người soạn. Hãy mở bản đang soạn trong danh sách báo cáo.",
        en=f"Somebody has begun “{title}” already. Open it in the list of reports.",
    )


def _kind_and_period(kind: str, period: Period, field: IndicatorSet | None) -> None:
    if kind not in offered():
        raise Refused(vi="Hãy chọn loại báo cáo.", en="Choose a kind of report.")
    wanted = frequency_of(kind)
    if wanted and not is_period_of(wanted, period):
        raise Refused(
            vi=f"{kind_name(kind)} không hợp với kỳ “{words.period(period.code)}”. Hãy chọn lại kỳ, như "
            "“tháng 10/2026”, “quý III/2026”, “6 tháng đầu năm 2026”, “năm 2026”, “2021-2025”.",
            en=f"“{kind_name(kind)}” does not go with {period.code}. Choose a period of its length.",
        )
    if asks_for_field(kind) and field is None:
        raise Refused(
            vi="Báo cáo chuyên đề cần một bộ chỉ tiêu. Hãy chọn lĩnh vực.",
            en="A thematic report needs a set of indicators. Choose a field.",
        )


# The frame.


@transaction.atomic
def set_frame(by: User, report: Report, said: Mapping[str, Any]) -> Report:
    """Title, addressees, signer and what else of the frame the office sets; it shows in the next version written."""
    held = hold(report)
    rights.ask(by, held.place, rights.WRITE, held.field)
    state_is(held, *OPEN)
    known = set(Frame.__dataclass_fields__) & set(FRAMED)
    frame: dict[str, Any] = {}
    for name, value in said.items():
        if name in known and (kept := lines_of(value) if name in _LINES else _line(str(value))):
            frame[name] = punctuated(kept) if name == "recipients" and isinstance(kept, list) else kept
    before, held.frame = held.frame, frame
    if title := _line(str(said.get("title", ""))):
        held.title = title
    if before != frame or title:
        held.save(update_fields=["frame", "title"])
        audit.record(by, "reports.report.framed", held, frame=frame, **told(held))
    return held


def lines_of(value: Any) -> list[str]:
    """Lines as they are typed, one a body."""
    rows = value if isinstance(value, list | tuple) else str(value).splitlines()
    return [kept for row in rows if (kept := _line(str(row)))][:MOST_LINES]


def punctuated(recipients: list[str]) -> list[str]:
    """Recipients as Decree 30/2020/NĐ-CP ends their lines: a semicolon each, a full stop after the last.

    >>> punctuated(["Bộ Công Thương", "Lưu: VT, KHTH"])
    ['Bộ Công Thương;', 'Lưu: VT, KHTH.']
    """
    bare = [one.rstrip(" ;.,") for one in recipients]
    return [f"{one};" for one in bare[:-1]] + [f"{one}." for one in bare[-1:]]


def _line(text: str) -> str:
    return " ".join(text.split())[:LONGEST_LINE]


# Steps.


@transaction.atomic
def submit(by: User, report: Report, reason: str = "") -> Report:
    """Hand the last version to whoever approves. What lint calls an error is mended, or its reason given."""
    held = hold(report)
    rights.ask(by, held.place, rights.WRITE, held.field)
    state_is(held, *OPEN)
    version = last_version(held)
    if version is None:
        raise Refused(
            vi="Chưa có bản nào để trình. Hãy soạn bản Word trước.", en="There is no version yet. Write one first."
        )
    if errors(version) and not reason.strip():
        n = len(errors(version))
        raise Refused(
            vi=f"Bản này còn {n} lỗi khi soát. Hãy sửa và tải bản mới lên, hoặc ghi lý do vẫn trình.",
            en=f"This version has {n} error(s). Mend them and send a new one, or say why it is submitted anyway.",
        )
    return _step(by, held, State.SUBMITTED, "submitted", reason, version)


@transaction.atomic
def take_back(by: User, report: Report) -> Report:
    """Who submitted it takes it back while nobody has approved."""
    held = hold(report)
    state_is(held, State.SUBMITTED)
    last = last_step(held, State.SUBMITTED)
    if (last is None or last.by_id != by.pk) and not sees_everything(by):
        who = last.by if last else "?"
        raise NotAllowed(
            vi=f"{who} đã trình báo cáo này; người trình lấy lại, hoặc người duyệt trả lại.",
            en=f"{who} submitted this report and can take it back; an approver can return it.",
        )
    rights.ask(by, held.place, rights.WRITE, held.field)
    return _step(by, held, State.DRAFT, "taken_back", "", None)


@transaction.atomic
def send_back(by: User, report: Report, reason: str) -> Report:
    """Return it to whoever wrote it, saying what to mend; also after it was approved, until it is issued."""
    held = hold(report)
    rights.ask(by, held.place, rights.APPROVE, held.field)
    state_is(held, State.SUBMITTED, State.APPROVED)
    if not reason.strip():
        raise Refused(
            vi="Hãy ghi lý do trả lại: người soạn cần biết phải sửa gì.",
            en="Say why it is returned: the writer needs to know what to mend.",
        )
    return _step(by, held, State.RETURNED, "returned", reason, _submitted(held))


@transaction.atomic
def approve(by: User, report: Report, seen: str = "") -> Report:
    """Four eyes: who submitted it does not approve it, administrators aside (docs/decisions/0017). `seen` is the
    version that the approver had before them: one that was taken back and submitted anew since is not approved unread.
    """
    held = hold(report)
    rights.ask(by, held.place, rights.APPROVE, held.field)
    state_is(held, State.SUBMITTED)
    last = last_step(held, State.SUBMITTED)
    if last and last.by_id == by.pk and not sees_everything(by):
        raise NotAllowed(
            vi="Anh/chị đã trình báo cáo này nên không tự duyệt. Hãy nhờ người khác có quyền duyệt.",
            en="You submitted this report and do not approve it. Ask somebody else who approves.",
        )
    version = _submitted(held)
    if seen and (version is None or str(version.uuid) != seen):
        raise Refused(
            vi="Báo cáo đã được sửa và trình lại sau khi anh/chị mở trang. Hãy xem bản mới rồi duyệt.",
            en="The report was changed and submitted again since you opened the page. Look at the new version first.",
        )
    return _step(by, held, State.APPROVED, "approved", "", version)


@transaction.atomic
def drop(by: User, report: Report, reason: str) -> Report:
    """Give a report up, saying why; its versions stay. One that waits for approval is dropped by who approves."""
    held = hold(report)
    open_ = held.state in OPEN
    rights.ask(by, held.place, rights.WRITE if open_ else rights.APPROVE, held.field)
    state_is(held, *OPEN, State.SUBMITTED, State.APPROVED)
    if not reason.strip():
        raise Refused(
            vi="Hãy ghi lý do thôi soạn; lý do được giữ cùng báo cáo.",
            en="Say why the report is dropped; the reason is kept with it.",
        )
    return _step(by, held, State.DROPPED, "dropped", reason, None)


@transaction.atomic
def take_up(by: User, report: Report) -> Report:
    """Go on with a report that was dropped."""
    held = hold(report)
    rights.ask(by, held.place, rights.WRITE, held.field)
    state_is(held, State.DROPPED)
    try:
        with transaction.atomic():
            return _step(by, held, State.DRAFT, "taken_up", "", None)
    except IntegrityError as trouble:
        raise _begun_already(held.title) from trouble


def _step(by: User, held: Report, state: State, name: str, reason: str, version: Version | None) -> Report:
    held.state, reason = state, " ".join(reason.split())[:LONGEST_REASON]
    held.save(update_fields=["state"])
    Step.objects.create(report=held, state=state, version=version, by=by, reason=reason)
    more = {"version": str(version.uuid), "sha256": version.sha256} if version else {}
    audit.record(by, f"reports.report.{name}", held, reason, **told(held), **more)
    return held


# What actions of this room share.


def hold(report: Report) -> Report:
    """The report as it stands, held until the transaction ends."""
    rows = Report.objects.select_for_update(of=("self",)).select_related("place", "plan", "field")
    return rows.get(pk=report.pk)


def state_is(held: Report, *allowed: str) -> None:
    if held.state in allowed:
        return
    state = State(held.state).label
    if held.state == State.ISSUED:
        raise Refused(
            vi="Báo cáo đã ban hành nên không đổi được nữa. Cần sửa thì soạn báo cáo mới theo yêu cầu.",
            en="The report was issued and never changes. Write a new one on request if something has to be mended.",
        )
    raise Refused(
        vi=f"Báo cáo đang ở bước “{state}”, không làm được việc này. Hãy tải lại trang để xem bước tiếp theo.",
        en=f"The report is at “{state}”, where this cannot be done. Reload the page to see what comes next.",
    )


def last_version(report: Report) -> Version | None:
    """The last version of the content: written by the product, or edited in Word."""
    return report.versions.filter(origin__in=(Origin.GENERATED, Origin.EDITED)).order_by("-pk").first()


def last_step(report: Report, *states: str) -> Step | None:
    return report.steps.filter(state__in=states).select_related("by", "version").order_by("-pk").first()


def _submitted(held: Report) -> Version | None:
    step = last_step(held, State.SUBMITTED)
    return step.version if step else None


def errors(version: Version) -> list[Mapping[str, Any]]:
    """What lint called an error in this version."""
    return [remark for remark in version.remarks if remark.get("severity") == "error"]


def told(report: Report) -> dict[str, Any]:
    """A report as the trail keeps it."""
    return {
        "report": str(report.uuid), "place": report.place.slug, "kind": report.kind, "period": report.period,
        "title": report.title, "state": str(report.state),
    }  # fmt: skip
