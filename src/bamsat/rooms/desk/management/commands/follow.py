# SPDX-License-Identifier: Apache-2.0
"""bamsat follow: the whole loop once, or every so many minutes; twice is safe.

0: done; 1: a step failed and is told; 2: the folder or the account is wrong; 3: another run has not ended.
"""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import close_old_connections
from django.utils import timezone

from bamsat.rooms.accounts.mails import site_address
from bamsat.rooms.accounts.models import User
from bamsat.rooms.desk.follow import AlreadyRunning, Round, Told, follow


class Command(BaseCommand):
    help = "Nhận, đọc, kiểm tra, đề xuất, bắt đầu việc đến kỳ, nhắc hạn; chạy lại không làm hai lần. / The whole loop."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--folder", type=Path, help="thư mục theo dõi; mặc định BAMSAT_WATCH / the watched folder")
        parser.add_argument("--user", default="", help="ai nhận; mặc định BAMSAT_WATCH_USER / who receives")
        parser.add_argument("--address", default="", help="địa chỉ của trang web trong thư / address of the site")
        parser.add_argument("--every", type=float, metavar="MINUTES", help="lặp lại / repeat")
        parser.add_argument("--dry-run", action="store_true", help="chỉ nói sẽ làm gì / say what would be done")
        parser.add_argument("--lang", choices=("vi", "en"), default="vi", help="ngôn ngữ / language")

    def handle(self, *_args: Any, **options: Any) -> None:
        if options["every"] is not None and options["every"] <= 0:
            raise CommandError("--every: số phút lớn hơn 0 / more than 0 minutes", returncode=2)
        folder = options["folder"] or settings.BAMSAT_WATCH
        user = _user(options["user"] or settings.BAMSAT_WATCH_USER, folder)
        code = 0
        try:
            while True:
                code = self._once(user, folder, options)
                if options["every"] is None:
                    break
                close_old_connections()
                time.sleep(options["every"] * 60)
        except KeyboardInterrupt:
            self.stdout.write("")
        if code:
            raise SystemExit(code)

    def _once(self, user: User | None, folder: Path | None, options: dict[str, Any]) -> int:
        asked = Round(timezone.now(), user, folder, options["address"] or site_address(), options["dry_run"])
        if asked.dry:
            self.stdout.write({"vi": "Chạy thử, không đổi gì.", "en": "A trial: nothing changes."}[options["lang"]])
        try:
            told = follow(asked, lambda one: self._tell(one, options["lang"]))
        except AlreadyRunning:
            said = {"vi": "Một lần chạy khác chưa xong.", "en": "Another run has not ended."}
            self.stderr.write(said[options["lang"]])
            return 3
        return 1 if any(one.faults for one in told) else 0

    def _tell(self, one: Told, lang: str) -> None:
        self.stdout.write(one.vi if lang == "vi" else one.en)
        for fault in one.faults:
            self.stderr.write(f"  {fault}")


def _user(name: str, folder: Path | None) -> User | None:
    """Who receives; needed where a folder is watched."""
    if folder is None:
        return None
    if not folder.is_dir():
        raise CommandError(f"Không có thư mục {folder}. / There is no folder {folder}.", returncode=2)
    found = User.objects.filter(username=name, is_active=True).first() if name else None
    if found is None:
        raise CommandError(
            f"Cần một tài khoản đang dùng để nhận văn bản (BAMSAT_WATCH_USER hoặc --user); “{name}” không có.\n"
            f"An active account must receive the documents (BAMSAT_WATCH_USER or --user); “{name}” is none.",
            returncode=2,
        )
    return found
