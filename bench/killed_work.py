# SPDX-License-Identifier: Apache-2.0
"""The work that bench.ledger_kill kills: an import, replacements, a merge; what they leave, what must hold."""

from __future__ import annotations

import hashlib
import json
import random
from typing import Any

SEED = 2021
_ROWS, _BATCH, _REPLACED = 1_500, 150, 8


def prepare() -> None:
    from datetime import date

    from django.core.management import call_command

    from bamsat.rooms.accounts.actions import create_user
    from bamsat.rooms.catalogue.actions import load_catalogue
    from bamsat.rooms.figures import intake_actions
    from bamsat.rooms.places.actions_changes import apply
    from bamsat.rooms.places.changes import Begin, Change
    from bamsat.rooms.places.models import Place
    from bamsat.rooms.places.shipped import load_places

    call_command("migrate", verbosity=0)
    load_catalogue()
    load_places(districts=False, communes=False)
    user = create_user("quan-tri", "Quản trị viên", password="mat-khau-thu", administers=True)
    above = Place.objects.get(slug="cao-bang").pk
    for name in ("Nà Thử", "Bản Thử"):
        begins = (Begin(name, kind="commune", word="Xã"),)
        apply(user, Change("found", date(2025, 8, 1), "NQ 1/NQ-HĐND", parent=above, begins=begins))
    chance = random.Random(SEED)
    first = [row(n, chance.randrange(10**6)) for n in range(_ROWS)]
    write_file(user, first[: _ROWS // 3], "truoc.csv")
    # Of the second file a third is there already; some of it differs; some rows are wrong, some stand twice.
    second = [line if n % 7 else row(n, 999_999_999) for n, line in enumerate(first)]
    second[100:100] = ["khong co;cao-bang;2020;triệu USD;1\n", second[5], row(6, 7)]
    intake = checked(user, second, "sau.csv")
    # Its batches are written by whoever takes up the import.
    intake_actions.confirm(user, intake, on_conflict="replace", reason="Điều chỉnh", leave_out=True, now=True)


def row(number: int, value: int) -> str:
    code = ("exports", "imports")[number % 2]
    return f"{code};cao-bang;{2000 + number // 24 % 25}-{number // 2 % 12 + 1:02};phần {number // 600};USD;{value}\n"


def checked(user: Any, rows: list[str], name: str) -> Any:
    from bamsat.rooms.figures import intake_actions
    from bamsat.rooms.figures.intake import running

    text = "Chỉ tiêu;Địa bàn;Kỳ;Phân tổ;Đơn vị;Giá trị\n" + "".join(rows)
    intake = running.check(intake_actions.receive(user, name, text.encode(), now=True))
    assert intake.state == "checked", intake.error_vi
    return intake


def write_file(user: Any, rows: list[str], name: str) -> None:
    from bamsat.rooms.figures import intake_actions
    from bamsat.rooms.figures.intake import running

    intake_actions.confirm(user, intake := checked(user, rows, name), now=True)
    running.write(intake)


def do(job: str) -> None:
    """The job, or what is left of it."""
    {"import": _import, "replace": _replace, "merge": _merge}[job]()


def _import() -> None:
    from bamsat.rooms.figures.intake import running, writing
    from bamsat.rooms.figures.models import Intake

    writing._FIRST = writing._SMALLEST = writing._LARGEST = _BATCH
    running.write(Intake.objects.get(name="sau.csv"))


def _replace() -> None:
    from bamsat.rooms.accounts.models import User
    from bamsat.rooms.figures import actions
    from bamsat.rooms.figures.models import Entry

    for number, entry in enumerate(Entry.objects.filter(replaces=None).order_by("pk")[:_REPLACED]):
        if not hasattr(entry, "replaced_by"):
            actions.replace(User.objects.get(), entry, f"{number}", "Số điều chỉnh", unit="USD")


def _merge() -> None:
    from datetime import date

    from bamsat.rooms.accounts.models import User
    from bamsat.rooms.places.actions_changes import apply
    from bamsat.rooms.places.changes import Begin, Change
    from bamsat.rooms.places.models import BoundaryChange, Place

    if BoundaryChange.objects.filter(kind="merge").exists():
        return
    two = tuple(Place.objects.filter(name__contains="Thử").order_by("pk").values_list("pk", flat=True))
    begins = (Begin("Hợp Thử", word="Xã"),)
    apply(User.objects.get(), Change("merge", date(2026, 1, 1), "NQ 2/NQ-UBTVQH", two, begins=begins))


def state() -> dict[str, Any]:
    """All that a run leaves, without what differs from one to the next: ids, moments, digests."""
    from bamsat.rooms.accounts.models import AuditRecord
    from bamsat.rooms.figures.models import Entry, Intake, Latest
    from bamsat.rooms.places.models import Ancestor, BoundaryChange, Place, PlaceVersion, Succession

    told: list[Any] = [
        sorted(map(str, Entry.objects.values_list(
            "series__indicator__code", "series__place__slug", "series__segment", "series__unit", "period", "base",
            "kind", "vintage", "value", "lower", "upper", "cell", "reason", "replaces__value", "intake__name",
        ))),
        sorted(map(str, Latest.objects.values_list(
            "series__indicator__code", "series__segment", "period", "entry__value",
        ))),
        sorted(map(str, Intake.objects.values_list("name", "state", "read", "written", "unchanged", "left"))),
        sorted(map(str, Place.objects.values_list("slug", "name", "ended"))),
        sorted(map(str, PlaceVersion.objects.values_list(
            "place__slug", "name", "parent__slug", "valid_from", "valid_to",
        ))),
        sorted(map(str, Ancestor.objects.values_list("place__slug", "ancestor__slug", "valid_from", "valid_to"))),
        sorted(map(str, Succession.objects.values_list("old__slug", "new__slug", "on", "share"))),
        sorted(map(str, BoundaryChange.objects.values_list("kind", "on", "act"))),
        sorted(map(str, AuditRecord.objects.exclude(action__startswith="figures.intake.batch").values_list("action"))),
    ]  # fmt: skip
    return {"digest": hashlib.sha256(json.dumps(told).encode()).hexdigest(), "entries": len(told[0])}


def troubles() -> list[str]:
    """What is not as it must be at any moment at which nobody writes."""
    from django.db.models import Sum

    from bamsat.rooms.accounts import audit
    from bamsat.rooms.accounts.models import AuditRecord
    from bamsat.rooms.figures import ledger
    from bamsat.rooms.figures.intake import bulk
    from bamsat.rooms.figures.models import Entry, Intake
    from bamsat.rooms.places.models import BoundaryChange, Succession

    found = []
    if ledger.drift():
        found.append("what stands is not what the entries say")
    if audit.verify():
        found.append("the trail does not verify")
    for intake in Intake.objects.exclude(rows=0):
        entries = Entry.objects.filter(intake=intake)
        batches = AuditRecord.objects.filter(action="figures.intake.batch", object_id=str(intake.pk)).order_by("pk")
        told = [batch.details for batch in batches]
        if not entries.count() == intake.written == sum(batch["written"] for batch in told):
            found.append("entries, counts and trail differ")
        if intake.read != sum(batch["rows"] for batch in told):
            found.append("rows done and trail differ")
        written = iter(entries.order_by("pk").values_list("uuid", "value"))
        for batch in told:
            mine = [(uuid.hex, value) for uuid, value in (next(written) for _ in range(batch["written"]))]
            if bulk.digest(mine) != batch["sha256"]:
                found.append("a batch is not what its digest says")
    replaced = Entry.objects.filter(intake=None).exclude(replaces=None).count()
    if replaced != AuditRecord.objects.filter(action="figures.entry.replaced").count():
        found.append("replacements and trail differ")
    merged = BoundaryChange.objects.filter(kind="merge").count()
    if Succession.objects.filter(change__kind="merge").aggregate(n=Sum("share"))["n"] not in (None, 2 * merged):
        found.append("a merge is half written")
    return found
