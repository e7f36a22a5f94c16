# SPDX-License-Identifier: Apache-2.0
"""How soon `bamsat read` has read one short page."""

import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from bench import Line

PAGE = "SỞ CÔNG THƯƠNG TỈNH CAO BẰNG\nGiá trị sản xuất công nghiệp năm 2021 ước đạt 5.300 tỷ đồng, tăng 12,77%.\n"


def measure() -> Iterator[Line]:
    with tempfile.TemporaryDirectory(prefix="bamsat-startup-") as folder:
        page = Path(folder) / "trang.txt"
        page.write_text(PAGE, encoding="utf-8")
        python = seconds([sys.executable, "-c", "pass"])
        started = seconds([sys.executable, "-m", "bamsat", "--help"])
        read = seconds([sys.executable, "-m", "bamsat", "read", "--format", "jsonl", str(page)])
    yield Line("bamsat starts", started, 0.5, "s", f"python alone {python:.2f} s")
    yield Line("bamsat read has read a page of one sentence", read, 0.5, "s", f"python alone {python:.2f} s")


def seconds(command: list[str]) -> float:
    """The middle of five runs, after one that warms the disk."""
    times = []
    for _ in range(6):
        began = time.perf_counter()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        times.append(time.perf_counter() - began)
    return median(times[1:])
