# SPDX-License-Identifier: Apache-2.0
"""What reading prose costs, in passes of the plainest search for digits over the same text, beside its peers.

The texts are the articles beside the repository where they are, else the words of the product's own samples; each is
repeated with its digits changed, so that nothing can be remembered from one copy to the next.
"""

import random
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from importlib.resources import files
from pathlib import Path

from bamsat.core.read.loaders import from_text, load
from bamsat.core.read.reader import figures, read_text
from bench import ROOT, Line

DIGITS = re.compile(r"\d+(?:[.,]\d+)*")
COPIES = 50
PEER = ROOT / ".venv-peers/bin/python"


def measure() -> Iterator[Line]:
    texts = varied(COPIES)
    characters = sum(map(len, texts))
    passed = min(cpu(lambda: [sum(1 for _ in DIGITS.finditer(text)) for text in texts]) for _ in range(5))
    for text in varied(1):
        read_text(text)  # the words of the grammar are loaded once a process
    reading = min(cpu(lambda: [read_text(text) for text in texts]) for _ in range(3))
    shown = f"{characters / reading / 1e6:.2f} million characters a second"
    alone = min(cpu(lambda: [figures(from_text(text), with_statements=False) for text in texts]) for _ in range(3))
    yield Line("figures of prose, in passes of a search for digits", alone / passed, 15, "passes")
    yield Line("figures and statements of prose, likewise", reading / passed, None, "passes", shown)
    half = min(cpu(lambda: [read_text(text) for text in varied(COPIES // 2)]) for _ in range(3))
    yield Line("a text twice as long, in times of the shorter one", reading / half, 2.5, "times")
    yield Line("memory of 80 files, in times of that of 10", memory(80) / memory(10), 1.25, "times")
    for name, code in PEERS.items():
        cost = peer(code)
        if cost:
            yield Line(
                f"peer: {name}", cost / (passed / characters), None, "passes", f"{1 / cost / 1e6:.3f} million a second"
            )


def articles() -> list[str]:
    beside = sorted((ROOT.parent / "shared/articles").glob("*.txt"))
    if beside:
        return [file.read_text(encoding="utf-8") for file in beside]
    samples = sorted(files("bamsat.data").joinpath("samples").iterdir(), key=lambda sample: sample.name)
    prose = [sample for sample in samples if sample.name.endswith((".txt", ".html", ".docx", ".pdf"))]
    return [load(sample.read_bytes(), sample.name).text for sample in prose]


def varied(copies: int) -> list[str]:
    """Each text as many times over, every digit of every copy another one, the same in each run."""
    chance = random.Random(2021)

    def other(_: re.Match[str]) -> str:
        return chance.choice("123456789")

    return ["\n".join(re.sub(r"\d", other, text) for _ in range(copies)) for text in articles()]


def cpu(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


def memory(documents: int) -> float:
    """The most memory that `bamsat read` took for so many files at once."""
    with tempfile.TemporaryDirectory(prefix="bamsat-memory-") as folder:
        for number in range(documents):
            text = varied(1)[number % len(articles())]
            (Path(folder) / f"{number}.txt").write_text(text, encoding="utf-8")
        code = (
            "import resource, subprocess, sys; subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL);"
            "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
        )
        read = [sys.executable, "-m", "bamsat", "read", "--format", "jsonl", *sorted(map(str, Path(folder).iterdir()))]
        told = subprocess.run([sys.executable, "-c", code, *read], check=True, capture_output=True, text=True)
    return float(told.stdout.splitlines()[-1])


# Each takes the text from standard input and prints CPU seconds a character, after one warm-up line.
PEERS = {
    "quantulum3": "from quantulum3 import parser\ndef read(line):\n    return parser.parse(line)",
    "underthesea, words only": "from underthesea import word_tokenize\ndef read(line):\n    return word_tokenize(line)",
}
AROUND = """
import sys, time
{code}
lines = [line for line in sys.stdin.read().splitlines() if line.strip()]
def once(line):
    try:
        read(line)
    except Exception:
        pass  # it fails on some lines; the time it took counts all the same
once(lines[0])
began = time.process_time()
for line in lines:
    once(line)
print((time.process_time() - began) / sum(map(len, lines)))
"""


def peer(code: str) -> float | None:
    """CPU seconds a character, or None where the peers are not installed (`make bench` installs them)."""
    if not PEER.exists():
        return None
    text = "\n".join(varied(1))
    told = subprocess.run([PEER, "-c", AROUND.format(code=code)], input=text, capture_output=True, text=True)
    return float(told.stdout.split()[-1]) if told.returncode == 0 else None
