# SPDX-License-Identifier: Apache-2.0
"""Numbers, amounts and statements held against the public cases and the annotated articles."""

import json
from collections.abc import Iterator
from dataclasses import dataclass

from bamsat.core.read.loaders import load
from bamsat.core.read.statements import statements
from bamsat.core.terms.numbers import NUMBER, read_number
from bamsat.core.terms.period import Period
from bench import ROOT, Line
from bench.reading_speed import cpu, varied
from tests.core.read.test_statements import agree
from tests.core.terms.test_number_cases import CASES, read_wrong

SHARED = ROOT.parent / "shared"


def measure() -> Iterator[Line]:
    yield Line("public number cases not read, of 385", len(read_wrong(CASES)), len(CASES) // 10, "cases")
    text = "\n".join(varied(20))
    plain = min(cpu(lambda: sum(1 for _ in NUMBER.finditer(text))) for _ in range(5))
    valued = min(cpu(lambda: [read_number(found[0]) for found in NUMBER.finditer(text)]) for _ in range(3))
    yield Line("a search for digits with their values, in plain searches", valued / plain, 6, "passes")
    if SHARED.exists():
        missed, most = of_statements()
        yield Line("annotated statements of direction missed, of 20", missed, 2, "marks")
        yield Line("most statements marked in one article", most, 25, "marks")


@dataclass(frozen=True, slots=True)
class About:
    """All that the statements ask of a document."""

    period: Period
    year: int


def of_statements() -> tuple[int, int]:
    """How many annotated statements were missed, and the most that were marked in one article."""
    rows = (SHARED / "eval/articles_qualitative.jsonl").read_text(encoding="utf-8").splitlines()
    gold = [json.loads(row) for row in rows]
    missed, most = len(gold), 0
    for path in sorted(SHARED.glob("articles/*.txt")):
        found = statements(load(path), About(Period.year(2021), 2021))
        missed -= sum(any(agree(one, row) for one in found) for row in gold if row["doc"] == path.name)
        most = max(most, len(found))
    return missed, most
