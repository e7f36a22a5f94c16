# SPDX-License-Identifier: Apache-2.0
"""What opening a file of each type costs, in time and memory, before anything is understood."""

import io
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import openpyxl
import pdfplumber

from bamsat.core.read.loaders import load
from bench import ROOT, Line
from tests.core.read.loaders.specimens import SENTENCES, TABLE, pdf, ruled, word, workbook

DIGITS = re.compile(r"\d+(?:[.,]\d+)*")
PARAGRAPH = " ".join(SENTENCES)
LEFTS = (50, 90, 190, 270, 370, 470, 560)
TOPS = (300, 260, 230, 200)


def measure() -> Iterator[Line]:
    yield from plain_text()
    document = word([PARAGRAPH] * 2_000, TABLE * 30)
    yield Line("a Word file of 2,000 paragraphs and 90 rows", seconds(lambda: load(document, "a.docx")), 2.5, "s")
    page = f"<html><meta charset=utf-8><body>{''.join(f'<p>{PARAGRAPH}</p>' for _ in range(2_000))}</body></html>"
    yield Line("a web page of 2,000 paragraphs", seconds(lambda: load(page.encode(), "a.html")), 1, "s")
    yield from workbooks()
    yield from pages()
    yield from memory()


def plain_text() -> Iterator[Line]:
    text = f"{PARAGRAPH}\n" * 20_000
    data = text.encode()
    passed = seconds(lambda: sum(1 for _ in DIGITS.finditer(text)))
    loaded = seconds(lambda: load(data, "a.txt"))
    yield Line(
        "plain text, in passes of a search for digits", loaded / passed, 1.5, "passes", f"{len(text):,} characters"
    )


def workbooks() -> Iterator[Line]:
    lines = [[f"Dòng {row}", *(row * 10 + column + 0.5 for column in range(9))] for row in range(5_000)]
    book = workbook(("KQ", [["Chỉ tiêu", *(f"Cột {n}" for n in range(9))], *lines]))
    peer = seconds(lambda: [list(row) for row in openpyxl.load_workbook(io.BytesIO(book)).active.values], times=1)
    loaded = seconds(lambda: load(book, "a.xlsx"))
    yield Line("a workbook of 50,000 cells", loaded, 3, "s", f"openpyxl, values alone: {peer:.2f} s")


def pages() -> Iterator[Line]:
    book = pdf(report(500))
    loaded = seconds(lambda: load(book, "a.pdf"), times=1)
    yield Line("a PDF of 500 pages", loaded, 5, "s", f"pdfplumber, text alone: {peer_pages(book):.0f} s")
    tables = pdf(report(20), [ruled(LEFTS, TOPS)] * 20)
    yield Line("a PDF page with a ruled table", seconds(lambda: load(tables, "b.pdf"), times=1) / 20, 0.3, "s")


def report(count: int) -> list[list[tuple[float, float, str]]]:
    cells = [(LEFTS[c] + 2, TOPS[r] - 20, said[:12]) for r, row in enumerate(TABLE) for c, said in enumerate(row)]
    lines = [(60.0, 760.0 - 16 * at, f"Dòng {at} của trang: xuất khẩu đạt {at},5 triệu USD.") for at in range(26)]
    return [[*lines, *cells]] * count


def peer_pages(book: bytes) -> float:
    """Twenty pages stand for all: the peer's cost is the same for each."""
    with pdfplumber.open(io.BytesIO(book)) as opened:
        return 25 * seconds(lambda: [page.extract_text() for page in opened.pages[:20]], times=1)


def memory() -> Iterator[Line]:
    with tempfile.TemporaryDirectory() as folder:
        small, large = Path(folder, "a.pdf"), Path(folder, "b.pdf")
        small.write_bytes(pdf(report(50)))
        large.write_bytes(pdf(report(500)))
        few, many = resident(small), resident(large)
        yield Line("memory of a PDF of 500 pages", many, 200, "MB", f"of 50 pages: {few:.0f} MB")
        text = Path(folder, "c.txt")
        text.write_text(f"{PARAGRAPH}\n" * 20_000, encoding="utf-8")
        yield Line("memory of 5 MB of plain text", resident(text), 120, "MB")


def resident(path: Path) -> float:
    """The most memory that a process of its own took to load a file, in MB."""
    # Not getrusage: that still counts what this process held when it forked.
    code = (
        "import re, sys; from pathlib import Path; from bamsat.core.read.loaders import load; load(Path(sys.argv[1]));"
        r"print(re.search(r'VmHWM:\s+(\d+)', Path('/proc/self/status').read_text())[1])"
    )
    command = [sys.executable, "-c", code, str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
    return float(done.stdout) / 1024


def seconds(work: Callable[[], object], times: int = 3) -> float:
    """Processor time, the best of several runs."""
    taken = []
    for _ in range(times):
        start = time.process_time()
        work()
        taken.append(time.process_time() - start)
    return min(taken)
