# SPDX-License-Identifier: Apache-2.0
"""bamsat load_places: add the provinces, districts and communes that the product ships."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from bamsat.rooms.places.shipped import load_places


class Command(BaseCommand):
    help = "Nạp tỉnh, huyện, xã qua các thời kỳ; chạy lại không đổi gì. / Load administrative units."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--provinces-only", action="store_true", help="chỉ nạp tỉnh, thành phố / provinces only")

    def handle(self, *args: Any, **options: Any) -> None:
        loaded = load_places(districts=not options["provinces_only"], communes=not options["provinces_only"])
        self.stdout.write(f"Địa bàn: {loaded['places']} đơn vị, mới thêm {loaded['added']}.")
