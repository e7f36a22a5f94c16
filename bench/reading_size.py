# SPDX-License-Identifier: Apache-2.0
"""What one long document costs: time and memory a character stay the same however long it is."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator

from bamsat.core.read.reader import read_text
from bench import Line
from bench.reading_speed import varied

SHORT, LONG = 5, 50

# Reads the text on standard input and tells its size, and by how many bytes the most memory ever held has grown.
# From /proc, since getrusage counts the memory of the process that started this one too.
_IN_A_PROCESS = """
import json, re, sys
from bamsat.core.read.reader import read_text
def most():
    return int(re.search(r"VmHWM:\\s+(\\d+) kB", open("/proc/self/status").read())[1]) * 1024
text = sys.stdin.read()
read_text(text[:2000])
before = most()
read_text(text)
print(json.dumps({"characters": len(text), "bytes": most() - before}))
"""


def measure() -> Iterator[Line]:
    short, long = ("\n".join(varied(copies)) for copies in (SHORT, LONG))
    read_text(short[:2000])
    ratio = (best(long) / len(long)) / (best(short) / len(short))
    yield Line(f"time a character, {LONG} copies in one text against {SHORT}", ratio, 1.5, "times")
    few, many = taken(short), taken(long)
    grown = (many["bytes"] - few["bytes"]) / (many["characters"] - few["characters"])
    yield Line(
        "memory for each million characters more", grown, 100, "MB", f"{many['characters'] / 1e6:.1f} million read"
    )


def best(text: str) -> float:
    def once() -> float:
        began = time.process_time()
        read_text(text)
        return time.process_time() - began

    return min(once() for _ in range(3))


def taken(text: str) -> dict[str, int]:
    command = [sys.executable, "-c", _IN_A_PROCESS]
    told = subprocess.run(command, input=text, capture_output=True, encoding="utf-8", check=True)
    return dict(json.loads(told.stdout))
