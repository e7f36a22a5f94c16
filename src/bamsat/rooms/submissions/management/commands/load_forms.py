# SPDX-License-Identifier: Apache-2.0
"""bamsat load_forms: bring the shipped forms up to this version of the product."""

from typing import Any

from django.core.management.base import BaseCommand

from bamsat.rooms.submissions.defining.shipped import load_forms


class Command(BaseCommand):
    help = "Nạp các biểu mẫu có sẵn; chạy lại không đổi gì. / Load the shipped forms."

    def handle(self, *args: Any, **options: Any) -> None:
        loaded = load_forms()
        self.stdout.write(f"Biểu mẫu: {loaded['forms']} biểu, {loaded['versions']} phiên bản mới.")
