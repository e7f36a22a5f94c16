# SPDX-License-Identifier: Apache-2.0
"""bamsat lint FINAL.docx: each number of a report about to be signed, matched to the ledger or called what it is.

0: nothing wrong; 1: something is; 2: the file cannot be read, or nobody knows of which place it is.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import override

from bamsat.core.terms.errors import BamsatError
from bamsat.core.terms.numbers import format_number
from bamsat.rooms.places.models import Place
from bamsat.rooms.places.queries import place_named
from bamsat.rooms.reports.linting import Linted, as_row, linted

_WORDS = {
    "error": ("LỖI", "ERROR"), "question": ("hỏi", "question"), "information": ("lưu ý", "note"),
}  # fmt: skip


class Command(BaseCommand):
    help = "Soát số của báo cáo sắp ký với sổ. / Hold the numbers of a report about to be signed against the ledger."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE", help="tệp .docx hoặc .pdf / a .docx or .pdf file")
        parser.add_argument("--place", default="", metavar="SLUG", help="địa bàn; mặc định như tệp ghi / the place")
        parser.add_argument("--format", choices=("table", "jsonl"), default="table", help="cách in / how to print")
        parser.add_argument("--lang", choices=("vi", "en"), default="vi", help="ngôn ngữ / language")

    def handle(self, *_args: Any, **options: Any) -> None:
        file: Path = options["file"]
        try:
            content = file.read_bytes()
            found = linted(None, file.name, content, _place(options["place"]))
            if found.place is None:
                raise CommandError(
                    f"{file.name} không nói rõ của địa bàn nào. Hãy thêm --place, ví dụ --place cao-bang.\n"
                    f"{file.name} does not say of which place it is. Add --place, such as --place cao-bang.",
                    returncode=2,
                )
        except BamsatError as error:
            raise CommandError(f"{error.vi}\n{error.en}", returncode=2) from error
        except OSError as error:
            raise CommandError(
                f"Không mở được {file}: {error.strerror}. / Cannot open {file}: {error.strerror}.", returncode=2
            ) from error
        with override(options["lang"]):
            self._tell(found, options["format"], options["lang"])
        if found.errors:
            raise SystemExit(1)

    def _tell(self, found: Linted, form: str, lang: str) -> None:
        if form == "jsonl":
            for remark in found.remarks:
                self.stdout.write(json.dumps(as_row(remark), ensure_ascii=False))
            return
        for remark in found.remarks:
            word = _WORDS[remark.severity][lang == "en"]
            self.stdout.write(f"{word:<8}  {remark.at:<24}  {remark.vi if lang == 'vi' else remark.en}")
        traced, total = format_number(found.traced), format_number(len(found.reading.figures))
        asked = sum(remark.severity == "question" for remark in found.remarks)
        self.stdout.write(
            f"{traced}/{total} số có trong sổ; {found.errors} lỗi, {asked} câu hỏi. / "
            f"{traced} of {total} numbers traced; {found.errors} errors, {asked} questions."
        )


def _place(slug: str) -> Place | None:
    if not slug:
        return None
    place = Place.objects.filter(slug=slug).first() or place_named(slug)
    if place is None:
        raise CommandError(
            f"Không có địa bàn “{slug}”. Hãy ghi như trên địa chỉ trang, ví dụ cao-bang.\n"
            f"There is no place “{slug}”. Write it as in the page's address, such as cao-bang.",
            returncode=2,
        )
    return place
