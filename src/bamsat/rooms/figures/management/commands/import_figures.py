# SPDX-License-Identifier: Apache-2.0
"""bamsat import: bring a file of figures into the ledger from the terminal, after a dry run."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from bamsat.core.terms.errors import BamsatError
from bamsat.rooms.accounts.models import User
from bamsat.rooms.figures import intake_actions
from bamsat.rooms.figures.intake.findings import name_of, sentence
from bamsat.rooms.figures.intake.heads import Options
from bamsat.rooms.figures.intake.rights import covers
from bamsat.rooms.figures.intake.running import check, write
from bamsat.rooms.figures.models import EntryKind, Intake, IntakeState, Vintage

_LIMIT = 16 * 1024**3
_SHOWN = 40


class Command(BaseCommand):
    help = "Nạp một tệp số liệu vào sổ, xem thử trước. / Import a file of figures, after a dry run."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="tệp CSV, XLSX, SDMX-CSV hoặc XML / a file")
        parser.add_argument("--place", default="", help="địa bàn, nếu tệp không ghi / place, if the file has none")
        parser.add_argument("--provider", default="department", help="nguồn số liệu / who gives the values")
        parser.add_argument("--kind", choices=EntryKind.values, default="actual", help="loại số / kind of the values")
        parser.add_argument("--vintage", choices=Vintage.values, default="", help="lần công bố / which release")
        parser.add_argument("--unit", default="", help="đơn vị, nếu tệp không ghi / unit, if the file has none")
        parser.add_argument("--user", default="", help="người nạp / the user in whose name it is imported")
        parser.add_argument("--on-conflict", choices=intake_actions.CHOICES, default="keep", help="khi sổ có số khác")
        parser.add_argument("--reason", default="", help="lý do thay số / why numbers are replaced")
        parser.add_argument("--dry-run", action="store_true", help="chỉ xem thử / only look")
        parser.add_argument("--yes", action="store_true", help="không hỏi lại; để lại dòng lỗi / do not ask")
        parser.add_argument(
            "--resume", metavar="UUID", default="", help="ghi tiếp một lần nạp dở / go on with an import"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self._import(options)
        except BamsatError as error:
            raise CommandError(f"{error.vi}\n{error.en}") from error

    def _import(self, options: dict[str, Any]) -> None:
        user = _user(options["user"])
        if options["resume"]:
            self._write(Intake.objects.get(uuid=options["resume"]))
            return
        intake = self._checked(user, options)
        if intake.state == IntakeState.REFUSED:
            raise CommandError(f"{intake.error_vi}\n{intake.error_en}")
        self._tell(intake)
        if options["dry_run"] or not (options["yes"] or self._agreed()):
            intake_actions.drop(user, intake)
            return
        choice = {"on_conflict": options["on_conflict"], "reason": options["reason"]}
        if covers(user, user):
            self._write(intake_actions.confirm(user, intake, leave_out=True, now=True, **choice))
        else:
            intake_actions.submit(user, intake, leave_out=True, **choice)
            self.stdout.write("Đã trình duyệt; trưởng phòng, phó giám đốc hoặc giám đốc ghi vào sổ ở “Nạp số liệu”.")

    def _checked(self, user: User, options: dict[str, Any]) -> Intake:
        told = Options(**{name: options[name] for name in Options.__slots__})
        try:
            with options["file"].open("rb") as content:
                intake = intake_actions.receive(user, options["file"].name, content, told, limit=_LIMIT, now=True)
        except OSError as error:
            raise CommandError(f"Không mở được tệp / cannot open the file: {options['file']}") from error
        return check(intake)

    def _tell(self, intake: Intake) -> None:
        report = intake.report
        self.stdout.write(
            f"{intake.name}: {intake.rows} dòng; mới {report['new']}, không đổi {report['unchanged']}, "
            f"sổ có số khác {report['conflict']}, dòng lỗi {report['left']}."
        )
        for kind, count in sorted(report["counts"].items(), key=lambda each: -each[1]):
            self.stdout.write(f"  {name_of(kind)}: {count}")
        for kind, cell, said in report["first"][:_SHOWN]:
            self.stdout.write(f"  {cell}: {sentence(kind, said)}")

    def _agreed(self) -> bool:
        if not sys.stdin.isatty():
            return False
        return input("Ghi vào sổ? / Write it? [c/k, y/n] ").strip().lower() in ("c", "có", "y", "yes")

    def _write(self, intake: Intake) -> None:
        self.stdout.write(f"Đang ghi; nếu bị ngắt, chạy: bamsat import {intake.name} --resume {intake.uuid}")
        done = write(intake)
        if done.error_vi:
            raise CommandError(f"{done.error_vi}\n{done.error_en}")
        self.stdout.write(f"Đã ghi {done.written}, không đổi {done.unchanged}, để lại {done.left}.")


def _user(name: str) -> User:
    """The one named, else the first administrator of this installation."""
    known = User.objects.filter(is_active=True).order_by("pk")
    user = known.filter(username=name).first() if name else known.filter(is_superuser=True).first()
    if user is None:
        raise CommandError("Chưa rõ nạp với tên ai: thêm --user TÊN. / Whose import is it? Add --user NAME.")
    return user
