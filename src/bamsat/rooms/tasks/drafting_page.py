# SPDX-License-Identifier: Apache-2.0
"""What the page of a draft or of a programme shows beside what every task shows."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bamsat.core.act.tasks import Counts
from bamsat.rooms.directory.kinds import committees
from bamsat.rooms.tasks import offered, programmes, rights
from bamsat.rooms.tasks.drafting import ISSUED, track
from bamsat.rooms.tasks.forms_drafts import AboutForm, AnswerForm, AskForm, PassForm
from bamsat.rooms.tasks.models import Kind
from bamsat.rooms.tasks.opinions import opinions
from bamsat.ui import words

if TYPE_CHECKING:
    from bamsat.rooms.accounts.models import User
    from bamsat.rooms.directory.models import Body
    from bamsat.rooms.tasks.models import Task
    from bamsat.rooms.tasks.page import Page

STAGE, ASK, ANSWER, ABOUT = "buoc", "lay-y-kien", "y-kien", "thong-tin"


def more_of(user: User, page: Page, today: date) -> dict[str, Any]:
    """Context for tasks/draft_track.html and tasks/programme_years.html; nothing of any other task."""
    if page.task.kind == Kind.DRAFT:
        return draft_context(user, page, today)
    return programme_context(user, page, today) if page.task.kind == Kind.PROGRAMME else {}


# A draft.


def draft_context(user: User, page: Page, today: date) -> dict[str, Any]:
    task, steps = page.task, page.line.steps
    way, asked = track(task.drafted, task.begins, steps), opinions(steps)
    works = page.standing.state.is_open and rights.may(user, task, rights.WORK)
    return {
        "track": way, "track_days": way.days(today), "horizon": words.period(task.period) if task.period else "",
        "opinions": [(one, one.shape(today), opinion_words(one.answer is None, one.agrees, today <= one.until))
                     for one in asked],
        "drafting_forms": _by_name(forms_of(user, page)) if works else {},
        "is_issued": any(one.stage.code == ISSUED and one.step for one in way.way),
    }  # fmt: skip


def _by_name(forms: dict[str, Any]) -> dict[str, Any]:
    """As a template names them."""
    return {name.replace("-", "_"): form for name, form in forms.items()}


def opinion_words(silent: bool, agrees: bool, in_time: bool) -> str:
    if silent:
        return _("Chờ trả lời") if in_time else _("Quá hạn, coi như thống nhất")
    return _("Thống nhất") if agrees else _("Có ý kiến")


def forms_of(user: User, page: Page, data: Any = None, tried: str = "") -> dict[str, Any]:
    """The forms that fit where the draft or programme stands, by their name in the address."""
    task, steps = page.task, page.line.steps

    def given(name: str) -> dict[str, Any]:
        return {"data": data if tried == name else None, "auto_id": f"{name}-%s"}

    made: dict[str, Any] = {}
    if rights.may(user, task.place, rights.WORK):
        made[ABOUT] = AboutForm(task, committees_of(user, task), **given(ABOUT))
    if task.kind != Kind.DRAFT:
        return made
    way, asked = track(task.drafted, task.begins, steps), opinions(steps)
    made[STAGE] = PassForm(way, task.record_id is not None, **given(STAGE))
    if "commented" not in way.type.skips:
        made[ASK] = AskForm(offered.bodies_of(user, task.place), **given(ASK))
    if asked:
        made[ANSWER] = AnswerForm(asked, **given(ANSWER))
    return made


# A programme.


def committees_of(user: User, task: Task) -> list[Body]:
    """The committees of the directory that could lead a programme of the place; the one that leads it now too."""
    found = offered.bodies_of(user, task.place) if task.kind == Kind.PROGRAMME else []
    kept = [one for one in found if one.kind in committees()]
    return kept if task.committee is None or task.committee in kept else [task.committee, *kept]


def programme_context(user: User, page: Page, today: date) -> dict[str, Any]:
    made = programmes.programme_of(page.line, page.children)
    laid_out = programmes.years(made, page.children, today)
    shown = [one.year for one in laid_out]
    works = page.standing.state.is_open and rights.may(user, page.task, rights.WORK)
    return {
        "drafting_forms": _by_name(forms_of(user, page)) if works else {}, "programme": made,
        "years": [(one, counts_words(one.counts)) for one in laid_out],
        "passed": passed_words(made.passed(today)), "span": words.period(made.span.code) if made.span else "",
        "results": programmes.results(user, made, shown), "shown_years": shown,
        "records": [(RELATION_WORDS.get(kind, ""), record) for kind, record in programmes.records(user, page.task)],
    }  # fmt: skip


RELATION_WORDS = {
    "based_on": gettext_lazy("căn cứ"), "carries_out": gettext_lazy("thực hiện"),
    "amends": gettext_lazy("sửa đổi"), "replaces": gettext_lazy("thay thế"), "answers": gettext_lazy("trả lời"),
    "cites": gettext_lazy("viện dẫn"), "is_based_on": gettext_lazy("là căn cứ của"),
    "is_carries_out": gettext_lazy("được thực hiện bằng"), "is_amends": gettext_lazy("được sửa bởi"),
    "is_replaces": gettext_lazy("được thay bởi"), "is_answers": gettext_lazy("được trả lời bởi"),
    "is_cites": gettext_lazy("được viện dẫn trong"),
}  # fmt: skip


def counts_words(counts: Counts) -> str:
    """ "3/5 việc xong, 1 quá hạn"; nothing of a year without any."""
    told = counts.total - counts.cancelled
    if not told:
        return ""
    said = _("%(done)s/%(all)s việc có hạn đã xong") % {"done": counts.done, "all": counts.with_deadline}
    if not counts.with_deadline:
        said = _("%(all)s việc không có hạn") % {"all": counts.without_deadline}
    elif counts.without_deadline:
        said += ", " + _("%(all)s việc không có hạn") % {"all": counts.without_deadline}
    return said + (", " + _("%(late)s quá hạn") % {"late": counts.running_overdue} if counts.running_overdue else "")


def passed_words(passed: tuple[int, int] | None) -> str:
    if passed is None:
        return _("chưa ghi giai đoạn")
    return _("đã qua %(done)s/%(all)s năm") % {"done": passed[0], "all": passed[1]}
