# SPDX-License-Identifier: Apache-2.0
"""bamsat publish FOLDER: the approved figures as Parquet with a data dictionary; bamsat publish --verify FOLDER."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError
from django.utils.timezone import localtime
from tqdm import tqdm

from bamsat.core.compare.published import MANIFEST
from bamsat.core.terms.errors import BamsatError
from bamsat.core.terms.numbers import format_number
from bamsat.rooms.accounts.models import AuditRecord
from bamsat.rooms.exchange import manifest
from bamsat.rooms.exchange.actions import publish
from bamsat.rooms.exchange.asked import Asked
from bamsat.rooms.exchange.refused import ScaleMissing
from bamsat.rooms.figures.known import day_read


class Command(BaseCommand):
    help = "Công bố số đã duyệt thành tệp Parquet kèm từ điển. / Publish approved figures as Parquet with a dictionary."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, help="thư mục để ghi; bản cũ được thay cả / a folder, replaced whole")
        parser.add_argument("--known", default="", metavar="DAY", help="như sổ biết cuối ngày ấy / as known that day")
        parser.add_argument("--place", default="", metavar="SLUG", help="một địa bàn và dưới nó / one place and below")
        parser.add_argument("--sets", nargs="+", default=[], metavar="CODE", help="chỉ các bộ chỉ tiêu / these sets")
        parser.add_argument(
            "--facilities", action="store_true", help="cả số của từng cơ sở / figures of single facilities too"
        )
        parser.add_argument("--reason", default="", metavar="TEXT", help="lý do, ghi vào nhật ký / why, for the trail")
        parser.add_argument("--verify", action="store_true", help="chỉ kiểm tra thư mục / only check the folder")

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            if options["verify"]:
                self._verify(options["folder"])
            else:
                self._publish(options)
        except BamsatError as error:
            code = 2 if isinstance(error, ScaleMissing) else 1
            raise CommandError(f"{error.vi}\n{error.en}", returncode=code) from error
        except KeyboardInterrupt:
            raise CommandError("Đã dừng; chưa công bố gì. / Stopped; nothing was published.", returncode=130) from None

    def _publish(self, options: dict[str, Any]) -> None:
        asked = Asked(_day(options["known"]), options["place"], tuple(options["sets"]), options["facilities"])
        with tqdm(unit=" số", unit_scale=True, leave=False, disable=not sys.stderr.isatty()) as bar:
            made = publish(None, options["folder"], asked, reason=options["reason"], progress=bar.update)
        count = made.rows["observations"]
        self.stdout.write(
            f"{options['folder']}: {format_number(count)} số, {format_number(made.rows['series'])} chuỗi. / "
            f"{count:,} figures, {made.rows['series']:,} series.\n{made.digest}"
        )

    def _verify(self, folder: Path) -> None:
        read = manifest.read(folder)
        if read is None:
            raise CommandError(
                f"{folder}: không có bản kê {MANIFEST} đọc được; đây không phải thư mục do bamsat publish ghi.\n"
                f"{folder}: no readable {MANIFEST}; bamsat publish did not write this folder."
            )
        if found := manifest.troubles(folder, read):
            listed = "\n".join(f"  {each.vi} / {each.en}" for each in found)
            raise CommandError(
                f"{folder}: KHÔNG còn như khi công bố. / NOT as it was published.\n{listed}", returncode=1
            )
        self.stdout.write(
            f"{folder}: nguyên vẹn, {len(read.files)} tệp. / whole, {len(read.files)} files.\n{read.digest}\n"
            f"{_in_trail(read.digest)}"
        )


def _in_trail(digest: str) -> str:
    """Whether this machine's trail knows the publication: a folder can be altered together with its own list."""
    try:
        row = AuditRecord.objects.filter(action="exchange.publication.written", details__digest=digest).last()
    except DatabaseError:
        row = None
    if row is None:
        return "Nhật ký của máy này không có lần công bố ấy. / The trail of this machine has no such publication."
    at = localtime(row.at)
    return f"Nhật ký: công bố lúc {at:%H:%M %d/%m/%Y}. / In the trail: published at {at:%Y-%m-%d %H:%M}."


def _day(text: str) -> date | None:
    if not text:
        return None
    day = day_read(text)
    if day is None:
        raise CommandError(
            f"Không hiểu ngày “{text}”. Hãy viết như 15/8/2025 hoặc 2025-08-15.\n"
            f"Cannot read the day “{text}”. Write it like 15/8/2025 or 2025-08-15."
        )
    return day
