# SPDX-License-Identifier: Apache-2.0
"""bamsat trail verify, bamsat trail export FILE: is the trail whole; the trail as CSV."""

from __future__ import annotations

import os
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from bamsat.rooms.accounts import audit
from bamsat.rooms.accounts.models import AuditRecord
from bamsat.rooms.accounts.trail_words import action_name, csv_lines


class Command(BaseCommand):
    help = "Kiểm tra hoặc xuất nhật ký. / Verify or export the audit trail."

    def add_arguments(self, parser: CommandParser) -> None:
        what = parser.add_subparsers(dest="what", required=True, metavar="verify|export")
        verify = what.add_parser("verify", help="nhật ký có bị sửa, xóa không / has a record been altered or removed")
        verify.add_argument(
            "--head", default="", help="mã kiểm của lần trước, để thấy cả phần cuối bị cắt / digest of an earlier run"
        )
        export = what.add_parser("export", help="ghi ra tệp CSV kèm mã kiểm / write as CSV with the digests")
        export.add_argument("file", metavar="FILE.csv")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["what"] == "verify":
            self.verify(options["head"].strip().lower())
        else:
            self.export(options["file"])

    def verify(self, head: str) -> None:
        found = audit.walk(head)
        if found.broken:
            row = found.broken
            raise CommandError(
                f"Nhật ký KHÔNG nguyên vẹn: bản ghi {row.pk} ({row.at.isoformat()}, {action_name(row.action, 'vi')}) "
                f"không khớp với {found.count} bản ghi trước nó.\n"
                f"The trail is NOT whole: record {row.pk} ({row.action}) does not fit the {found.count} before it."
            )
        if found.lost:
            raise CommandError(
                f"Nhật ký KHÔNG nguyên vẹn: không còn bản ghi có mã {found.lost}; phần cuối đã bị cắt.\n"
                f"The trail is NOT whole: no record has the digest {found.lost}; its end was cut off."
            )
        self.stdout.write(f"Nhật ký nguyên vẹn / The trail is whole: {found.count}\n{found.head}")

    def export(self, file: str) -> None:
        rows = AuditRecord.objects.select_related("by")
        try:
            with open(
                os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8", newline=""
            ) as out:
                count = sum(1 for line in csv_lines(audit.in_pieces(rows)) if out.write(line)) - 1
        except OSError as error:
            raise CommandError(
                f"Không ghi được tệp {file}: {error.strerror}. Hãy chọn một thư mục khác.\n"
                f"Cannot write {file}: {error.strerror}. Choose another folder."
            ) from None
        self.stdout.write(f"{file}: {count}")
