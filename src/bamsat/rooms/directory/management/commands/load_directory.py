# SPDX-License-Identifier: Apache-2.0
"""bamsat load_directory: add the bodies that the product ships."""

from typing import Any

from django.core.management.base import BaseCommand

from bamsat.rooms.directory.shipped import load_directory


class Command(BaseCommand):
    help = "Nạp danh bạ cơ quan kèm theo phần mềm; chạy lại không đổi gì. / Load the shipped directory of bodies."

    def handle(self, *args: Any, **options: Any) -> None:
        loaded = load_directory()
        self.stdout.write(f"Danh bạ: {loaded['bodies']} cơ quan, mới thêm {loaded['added']}.")
