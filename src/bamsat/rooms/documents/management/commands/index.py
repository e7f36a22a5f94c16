# SPDX-License-Identifier: Apache-2.0
"""bamsat index documents: the full-text index of the register made anew, from the records and their files' text."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from bamsat.rooms.documents import indexing
from bamsat.rooms.documents.models import Record


class Command(BaseCommand):
    help = "Làm lại chỉ mục tìm kiếm. / Make a search index anew."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=("documents",), help="chỉ mục sổ văn bản / the register's index")

    def handle(self, *_args: Any, **_options: Any) -> None:
        done, total = 0, Record.objects.count()
        for done in indexing.rebuild():
            if sys.stderr.isatty():
                self.stderr.write(f"{done}/{total}", ending="\r")
        self.stdout.write(f"Đã lập chỉ mục / Indexed: {done}/{total}")
