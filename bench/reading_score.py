# SPDX-License-Identifier: Apache-2.0
"""How well the reader reads hand-annotated texts, held against bench/floors.toml.

The scorer, the articles and thirty reports lie beside the repository (../shared/eval). The repository's own sets are
the folders tests/specimens/NAME with texts and a figures.jsonl; a measure without a floor is only shown. Disagreements
are not printed here: those on the unseen set must not reach whoever writes the grammar.
"""

import json
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench import ROOT

SHARED = ROOT.parent / "shared"
SCORER = SHARED / "eval/score.py"
FLOORS = tomllib.loads((ROOT / "bench/floors.toml").read_text(encoding="utf-8"))
READ = [sys.executable, "-m", "bamsat", "read", "--format", "jsonl"]
MEASURES = ("found", "value", "core", "full")


@dataclass(frozen=True, slots=True)
class Annotated:
    """Texts, and what a person read in them."""

    name: str
    texts: list[Path]
    gold: Path


def annotated() -> Iterator[Annotated]:
    yield Annotated("articles", sorted(SHARED.glob("articles/*.txt")), SHARED / "eval/articles_figures.jsonl")
    yield Annotated("reports", sorted(SHARED.glob("eval/reports/*.txt")), SHARED / "eval/reports_figures.jsonl")
    for gold in sorted(ROOT.glob("tests/specimens/*/figures.jsonl")):
        texts = [file for file in sorted(gold.parent.iterdir()) if file != gold and file.suffix != ".md"]
        yield Annotated(f"specimens/{gold.parent.name}", texts, gold)


def scored(texts: Annotated) -> dict[str, float]:
    """F1 of each measure and the share of hedges, as the scorer gives them; that of statements, where annotated."""
    with tempfile.NamedTemporaryFile("w+", suffix=".jsonl", encoding="utf-8") as read:
        subprocess.run([*READ, *map(str, texts.texts)], check=True, stdout=read)
        command = [sys.executable, str(SCORER), str(texts.gold), read.name, "--json"]
        told = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    values = {measure: told[measure]["f1"] for measure in MEASURES} | {"hedge": told["hedge"] or 1.0}
    qualitative = texts.gold.with_name(texts.gold.name.replace("figures", "qualitative"))
    return values | (
        {"statements": statements(texts, rows(qualitative.read_text("utf-8")))} if qualitative.exists() else {}
    )


def statements(texts: Annotated, gold: list[dict[str, Any]]) -> float:
    """The share of annotated statements that were read over the same words with the same sign."""
    command = [*READ, "--what", "statements", *map(str, texts.texts)]
    read = rows(subprocess.run(command, check=True, capture_output=True, text=True).stdout)

    def met(one: dict[str, Any]) -> bool:
        near = [other for other in read if other["doc"] == one["doc"] and other["sign"] == one["sign"]]
        return any(other["start"] < one["end"] and one["start"] < other["end"] for other in near)

    return sum(map(met, gold)) / len(gold)


def rows(lines: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in lines.splitlines() if line.strip()]


def main() -> int:
    if not SCORER.exists():
        print(f"Không có bộ chấm / no scorer here: {SCORER.relative_to(ROOT.parent)}; nothing was scored.")
        return 0
    failed = False
    for texts in annotated():
        floors = FLOORS.get(texts.name, {})
        for measure, value in scored(texts).items():
            low = value < floors.get(measure, 0)
            failed |= low
            floor = f">= {floors[measure]:.2f}" if measure in floors else ""
            outcome = "FAIL" if low else "pass" if floor else ""
            print(f"{texts.name:<18} {measure:<10} {value:.4f}  {floor:<8} {outcome}".rstrip())
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
