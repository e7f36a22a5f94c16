# SPDX-License-Identifier: Apache-2.0
"""bamsat load_catalogue: bring indicators and units up to what this version ships."""

from typing import Any

from django.core.management.base import BaseCommand

from bamsat.rooms.catalogue import actions


class Command(BaseCommand):
    help = "Nạp danh mục chỉ tiêu và đơn vị tính có sẵn; chạy lại không đổi gì. / Load the shipped catalogue."

    def handle(self, *args: Any, **options: Any) -> None:
        loaded = actions.load_catalogue()
        self.stdout.write(f"Danh mục: {loaded['indicators']} chỉ tiêu, {loaded['units']} đơn vị tính.")
