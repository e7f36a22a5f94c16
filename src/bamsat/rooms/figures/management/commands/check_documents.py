# SPDX-License-Identifier: Apache-2.0
"""bamsat check_documents: check documents that were read before the check was there, or all of them anew."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from bamsat.rooms.documents.models import Document, State
from bamsat.rooms.figures.checking import check_document


class Command(BaseCommand):
    help = "Kiểm tra số liệu của các văn bản đã đọc. / Check the figures of documents that were read."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--all", action="store_true", help="kiểm tra lại cả văn bản đã kiểm tra / also those checked"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        documents = Document.objects.filter(state=State.READ)
        if not options["all"]:
            documents = documents.filter(findings=None)
        new = closed = 0
        keys = list(documents.order_by("pk").values_list("pk", flat=True))
        for key in keys:  # one at a time: a text may be long
            kept = check_document(Document.objects.get(pk=key))
            new, closed = new + (kept.new if kept else 0), closed + (kept.closed if kept else 0)
        self.stdout.write(
            f"{len(keys)} văn bản, {new} phát hiện mới, {closed} không còn. / "
            f"{len(keys)} documents, {new} new findings, {closed} closed."
        )
