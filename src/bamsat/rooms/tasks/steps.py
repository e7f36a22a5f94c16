# SPDX-License-Identifier: Apache-2.0
"""What every change of a task shares: the task held, its state asked for, the step written and signed in the trail."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from bamsat.core.act.tasks import Standing, State
from bamsat.core.terms.errors import BamsatError
from bamsat.rooms.accounts import audit
from bamsat.rooms.documents import queries as documents
from bamsat.rooms.documents.models import Document, Record
from bamsat.rooms.documents.searching import records_for
from bamsat.rooms.tasks import rights
from bamsat.rooms.tasks.models import Step, Task
from bamsat.rooms.tasks.standing import standing_of

if TYPE_CHECKING:
    from bamsat.rooms.accounts.models import User

LONGEST = 4000
LONGEST_LINE = 300


class Refused(BamsatError):
    """A step that cannot be taken where the task stands; the sentence says where that is, and what to do."""


def hold(by: User, task: Task, function: str, today: date) -> tuple[Task, Standing]:
    """The task as it stands, held until the transaction ends, if the user may do this with it."""
    held = Task.objects.select_for_update(of=("self",)).select_related("place", "lead", "person").get(pk=task.pk)
    rights.ask(by, held, function)
    return held, standing_of(held, today)


def write(by: User, task: Task, act: str, on: date, action: str, **said: Any) -> Step:
    """One more step of a task, and the same in the trail."""
    step = Step.objects.create(task=task, act=act, on=on, by=by, **said)
    told: dict[str, Any] = {"on": on.isoformat(), "what": task.what[:200]}
    told |= {name: said[name] for name in ("stage", "percent", "evidence") if said.get(name)}
    told |= {"due": said["due"].isoformat()} if said.get("due") else {}
    told |= {"record": str(said["record"])} if said.get("record") else {}
    # Not by its name: nobody has read it yet, and of a paper marked secret nothing may stay.
    told |= {"document": str(said["document"].uuid)} if said.get("document") else {}
    audit.record(by, f"tasks.task.{action}", task, said.get("note", ""), **told, **said.get("details", {}))
    return step


def today_or(today: date | None) -> date:
    return today or timezone.localdate()


# Where it stands.

_STATES: dict[State, tuple[str, str]] = {
    State.UNASSIGNED: ("chưa giao đơn vị nào", "not assigned to anybody"),
    State.RUNNING: ("đang thực hiện, chưa báo hoàn thành", "running; nobody reported it done"),
    State.REPORTED: ("đã báo hoàn thành, đang chờ xác nhận", "reported done and waits to be confirmed"),
    State.DONE: ("đã xác nhận hoàn thành", "confirmed as done"),
    State.CANCELLED: ("đã thôi thực hiện", "cancelled"),
}
_MENDS: dict[State, tuple[str, str]] = {
    State.UNASSIGNED: ("Hãy giao đơn vị chủ trì, rồi báo hoàn thành khi có kết quả", "Assign it, then report it done"),
    State.RUNNING: ("Hãy báo hoàn thành trước, có số văn bản hoặc kết quả", "Report it done first, with its evidence"),
    State.REPORTED: ("Hãy xác nhận hoặc trả lại báo cáo hoàn thành trước", "Confirm or return the report first"),
    State.DONE: ("Muốn làm tiếp thì mở lại nhiệm vụ", "Reopen the task to go on with it"),
    State.CANCELLED: ("Muốn làm tiếp thì mở lại nhiệm vụ", "Reopen the task to go on with it"),
}


def state_is(task: Task, now: Standing, *allowed: State) -> None:
    """Refused where the task stands elsewhere: perhaps since somebody else's last step, who is named."""
    if now.state in allowed:
        return
    (vi, en), (mend_vi, mend_en) = _STATES[now.state], _MENDS[now.state]
    last = task.steps.select_related("by").order_by("-pk").first()
    at = f"{timezone.localtime(last.at):%H:%M %d/%m/%Y}" if last else ""
    by_vi, by_en = (f" (bước gần nhất: {last.by}, {at})", f" (last step: {last.by}, {at})") if last else ("", "")
    raise Refused(vi=f"Nhiệm vụ {vi}{by_vi}. {mend_vi}.", en=f"The task is {en}{by_en}. {mend_en}.")


OPEN = (State.UNASSIGNED, State.RUNNING)


# What a step says.


def words(typed: str, need_vi: str = "", need_en: str = "") -> str:
    """The words of a step without spaces around them; where they are needed and missing, the sentence that asks."""
    text = typed.strip()
    if not text and need_vi:
        raise Refused(vi=need_vi, en=need_en)
    if len(text) > LONGEST:
        raise Refused(
            vi=f"Nội dung dài {len(text)} ký tự; nhiều nhất {LONGEST}. Hãy viết gọn hoặc gửi kèm tệp.",
            en=f"The text has {len(text)} characters; at most {LONGEST}. Shorten it or attach a file.",
        )
    return text


def happened_on(task: Task, on: date, today: date) -> date:
    """A day on which something can have happened to the task."""
    if on > today:
        raise Refused(
            vi=f"Ngày {on:%d/%m/%Y} chưa tới. Hãy ghi ngày của văn bản hoặc ngày làm xong, không sau hôm nay.",
            en=f"{on:%d/%m/%Y} is yet to come. Write the day of the document, or of the work, not after today.",
        )
    if on < task.begins:
        raise Refused(
            vi=f"Ngày {on:%d/%m/%Y} trước ngày giao nhiệm vụ ({task.begins:%d/%m/%Y}). Hãy xem lại ngày.",
            en=f"{on:%d/%m/%Y} is before the task began ({task.begins:%d/%m/%Y}). Look at the day again.",
        )
    return on


def evidence_of(by: User, evidence: str, record: Record | None, document: Document | None) -> dict[str, Any]:
    """The columns of a step's evidence; what it points at, the user must be able to see."""
    if document and not documents.visible(by).filter(pk=document.pk).exists():
        raise _unseen()
    if record and not records_for(by).filter(pk=record.pk).exists():
        raise _unseen()
    said = " ".join(evidence.split()) or (str(record) if record else "")
    if len(said) > 120:
        raise Refused(
            vi=f"Số văn bản hoàn thành dài {len(said)} ký tự; nhiều nhất 120. Hãy ghi số, ký hiệu, như 215/BC-SCT.",
            en=f"The evidence has {len(said)} characters; at most 120. Write number and symbol, as 215/BC-SCT.",
        )
    return {"evidence": said, "record": record, "document": document}


def _unseen() -> Refused:
    return Refused(
        vi="Không mở được văn bản làm minh chứng. Hãy chọn văn bản trong danh sách của mình.",
        en="The document given as evidence cannot be opened. Choose one of your own list.",
    )


# Other tasks.


def nothing_runs_below(task: Task, today: date) -> None:
    """A task is not finished while its parts run."""
    running = [each for each in task.children.all() if standing_of(each, today).state in (*OPEN, State.REPORTED)]
    if running:
        first = running[0].what[:80]
        raise Refused(
            vi=f"Còn {len(running)} việc con chưa xong (“{first}”). Hãy kết thúc các việc con trước.",
            en=f"{len(running)} of its parts are not finished (“{first}”). Finish them first.",
        )


def parent_runs(parent: Task | None, today: date) -> None:
    """Nothing runs below a task that is finished."""
    if parent and standing_of(parent, today).state in (State.DONE, State.CANCELLED):
        raise Refused(
            vi=f"Nhiệm vụ cấp trên “{parent.what[:80]}” đã kết thúc. Hãy mở lại nhiệm vụ đó trước.",
            en=f"The task above, “{parent.what[:80]}”, is finished. Reopen it first.",
        )
