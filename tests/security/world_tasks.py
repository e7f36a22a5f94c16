# SPDX-License-Identifier: Apache-2.0
"""What the office at home was told and makes of it: a line of the register, an instruction, a task and a draft."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from bamsat.core.terms.directive import Condition
from bamsat.rooms.documents.models import Direction, Record, Relation
from bamsat.rooms.tasks import actions, actions_feed
from bamsat.rooms.tasks.actions import TaskAsked
from bamsat.rooms.tasks.models import Kind, Task
from tests.rooms.tasks.told import proposal

if TYPE_CHECKING:
    from tests.security.world import World

BEGUN, DUE = date(2021, 9, 1), date(2021, 9, 30)
DRAFTS = ("draft_step",)
PROPOSALS = ("proposal", "accept", "dismiss", "take_back")


def registered(world: World) -> Relation:
    """The secret letter that gave the instruction, and the decision that it is based on."""
    said = {"holder": world.cast.home, "type": "Công văn", "issuer": f"{world.mark}: UBND", "dated": BEGUN}
    letter = Record.objects.create(
        direction=Direction.RECEIVED, document=world.document, symbol="841/UBND-VX", subject=f"{world.mark}: trích yếu",
        year=2021, arrival=17, received_on=BEGUN, **said,
    )  # fmt: skip
    decision = Record.objects.create(direction=Direction.CITED, subject=f"{world.mark}: căn cứ", **said)
    return Relation.objects.create(of=letter, to=decision, kind="based_on")


def worked_on(world: World, letter: Record) -> Task:
    """A task with a condition on the secret figure, assigned, noted on and reported done."""
    cast = world.cast
    condition = Condition("industrial_output", None, "level", ">=", Decimal(5 * 10**12), "VND", "2021")
    asked = TaskAsked(
        what=f"{world.mark}: nhiệm vụ", assigner=f"{world.mark}: người giao", begins=BEGUN, due=DUE, record=letter,
        condition=condition,
    )  # fmt: skip
    task = actions.create(cast.specialist, cast.home, asked, today=BEGUN)
    actions.assign(cast.director, task, None, (), cast.specialist, note=f"{world.mark}: ý kiến", today=BEGUN)
    actions.note_progress(cast.specialist, task, f"{world.mark}: tiến độ", 40, today=BEGUN)
    actions.report_done(cast.specialist, task, BEGUN, f"{world.mark}: kết quả", "7/BC-SCT", today=BEGUN)
    return task


def drafted(world: World) -> Task:
    asked = TaskAsked(
        what=f"{world.mark}: dự thảo",
        kind=Kind.DRAFT,
        drafted="Quyết định",
        issued_by="UBND tỉnh",
        begins=BEGUN,
        due=DUE,
    )
    return actions.create(world.cast.specialist, world.cast.home, asked, today=BEGUN)


def left_feed(world: World) -> str:
    """The address of a calendar that its owner made anew: whoever has kept it is no longer its owner."""
    before = actions_feed.make_address(world.cast.specialist)
    actions_feed.make_address(world.cast.specialist)
    return before


def of_tasks(world: World) -> dict[str, Any]:
    """What stands for the parameters of the addresses of tasks and of the register."""
    relation = registered(world)
    task, draft = worked_on(world, relation.of), drafted(world)
    waiting = proposal(world.cast, world.document, text=f"{world.mark}: ý kiến chỉ đạo", what=f"{world.mark}: việc")
    register = ("record", "confirm", "attach", "relate", "unrelate")
    return {
        "tasks.uuid": task.uuid, "tasks:act.what": "tien-do", "tasks:draft_step.what": "y-kien",
        "relation": relation.pk, "secret": left_feed(world),
        **{f"documents:{name}.uuid": relation.of.uuid for name in register},
        **{f"tasks:{name}.uuid": draft.uuid for name in DRAFTS},
        **{f"tasks:{name}.uuid": waiting.uuid for name in PROPOSALS},
    }  # fmt: skip
