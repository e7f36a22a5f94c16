# SPDX-License-Identifier: Apache-2.0
"""`bamsat remind`: the reminders before and after a deadline; once a day by the machine's clock, twice is safe."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from bamsat.rooms.accounts.mails import site_address
from bamsat.rooms.submissions.month.reminding import remind_of_deadlines


class Command(BaseCommand):
    help = "Nhắc nơi chưa gửi biểu: 3 và 1 ngày làm việc trước hạn, và ngày làm việc sau hạn."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--address", default="", help="địa chỉ của trang web, để ghi trong thư / address of the site for the mails"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        done = remind_of_deadlines(timezone.now(), options["address"] or site_address())
        self.stdout.write(
            f"Đã nhắc trên trang {done.on_page} phiếu, qua thư {done.by_mail} phiếu; "
            f"{done.without_address} nơi chưa có địa chỉ thư."
        )
