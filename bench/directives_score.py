# SPDX-License-Identifier: Apache-2.0
"""How well cited documents and instructions are read, against hand annotation, held to bench/floors.toml.

The articles lie beside the repository (../shared). The repository's own sentences are
tests/specimens/directives/*.jsonl: {"id", "text", "area"?, "dated"?, "documents": [...], "tasks": [...]},
annotated as the articles are. A reading is matched with the annotation one to one where they share at least half of
what both cover. Disagreements in the repository's sentences are not printed: they must not reach whoever writes the
words (`-v` shows those in the articles).
"""

from __future__ import annotations

import json
import re
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from bamsat.core.read.citations import citations
from bamsat.core.read.loaders import from_text
from bamsat.core.read.reader import figures, read, read_text
from bamsat.core.read.scan import lower
from bamsat.core.terms.directive import Citation, Instruction
from bamsat.core.terms.vietnamese import fold
from bench import ROOT, Line

SHARED = ROOT.parent / "shared"
DOCUMENTS = SHARED / "eval/articles_documents.jsonl"
TASKS = SHARED / "eval/articles_tasks.jsonl"
SENTENCES = ROOT / "tests/specimens/directives"
FLOORS = tomllib.loads((ROOT / "bench/floors.toml").read_text(encoding="utf-8"))
HALF = 0.5
_INSTRUCTIONS_ONLY = ("developed",)  # files in which not every document is annotated
FIELDS = ("symbol", "type", "date", "issuer", "about")
Row = dict[str, Any]


@dataclass(slots=True)
class Score:
    """Counts of one set of texts, and what disagrees."""

    wanted: int = 0
    found: int = 0
    told: int = 0
    right: int = 0
    fields: Counter[str] = field(default_factory=Counter)
    fields_right: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    kinds_found: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    @property
    def measures(self) -> dict[str, float]:
        return {
            "recall": self.found / max(self.wanted, 1),
            "precision": self.right / max(self.told, 1),
            "fields": sum(self.fields_right.values()) / max(sum(self.fields.values()), 1),
        }


def shared_part(a: tuple[int, int], b: tuple[int, int]) -> float:
    """How much of what two spans cover both cover."""
    return (min(a[1], b[1]) - max(a[0], b[0])) / (max(a[1], b[1]) - min(a[0], b[0]))


def paired(gold: Sequence[tuple[int, int]], read: Sequence[tuple[int, int]]) -> dict[int, int]:
    """One to one, the best first: place in gold to place in what was read."""
    near = sorted(
        (
            (shared_part(g, r), -i, -j)
            for i, g in enumerate(gold)
            for j, r in enumerate(read)
            if shared_part(g, r) >= HALF
        ),
        reverse=True,
    )
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for _, i, j in near:
        if -i not in pairs and -j not in taken:
            pairs[-i] = -j
            taken.add(-j)
    return pairs


# Documents


def stands_alone(row: Row) -> bool:
    """Whether an annotated document can be told from others, as Citation.stands_alone asks of one that was read."""
    return bool(row.get("symbol") or (row.get("kind") in ("named", "nested") and row.get("type") and row.get("issuer")))


def same_field(name: str, gold: Row, read: Citation, area: str | None) -> bool:
    said, told = gold.get(name), getattr(read, name)
    match name:
        case "issuer":
            ways = [_body(each, area) for each in str(said or "").split(" / ")]
            return not said or _body(told or "", area) in ways
        case "about":
            return not said or not told or bool(_words(said) & _words(told)) or read.symbol is not None
        case "date":
            return said is None or said == told
        case "type":
            return fold(said or "") == fold(told)
        case _:
            return bool(said == told)


def _body(name: str, area: str | None) -> str:
    """A body's name without the province of its document and the words for a province."""
    plain = re.sub(r"[^a-z0-9]+", " ", fold(name))
    plain = (
        re.sub(r"\b(?:tinh|cac)\b", " ", plain).replace("uy ban nhan dan", "ubnd").replace("hoi dong nhan dan", "hdnd")
    )
    return " ".join(plain.replace(fold(area), " ").split() if area else plain.split())


def _words(text: str) -> set[str]:
    return {word for word in re.findall(r"\w+", fold(text)) if len(word) > 2}


def score_documents(gold: list[Row], read: list[Citation], area: str | None, into: Score) -> None:
    """Count one text: recall and fields of documents that stand alone; precision of those read that do."""
    pairs = paired([(row["start"], row["end"]) for row in gold], [(one.start, one.end) for one in read])
    into.told += sum(one.stands_alone for one in read)
    into.right += sum(one.stands_alone for place, one in enumerate(read) if place in pairs.values())
    into.wrong += [
        f"extra {one.text[:90]}" for place, one in enumerate(read) if one.stands_alone and place not in pairs.values()
    ]
    for place, row in enumerate(gold):
        into.kinds[row["kind"]] += 1
        into.kinds_found[row["kind"]] += place in pairs
        if not stands_alone(row):
            continue
        into.wanted += 1
        if place not in pairs:
            into.wrong.append(f"missed {row['text'][:90]}")
            continue
        into.found += 1
        for name in FIELDS:
            right = same_field(name, row, read[pairs[place]], area)
            into.fields[name] += 1
            into.fields_right[name] += right
            if not right:
                into.wrong.append(f"{name} {row.get(name)!r} read {getattr(read[pairs[place]], name)!r}")


def documents_in_articles() -> Score | None:
    if not DOCUMENTS.exists():
        return None
    score, gold = Score(), _rows(DOCUMENTS)
    for file in sorted(SHARED.glob("articles/*.txt")):
        reading = read(file)
        mine = [row for row in gold if row["doc"] == file.name]
        score_documents(mine, list(reading.citations), reading.area, score)
    return score


def documents_in_sentences() -> Iterator[tuple[str, Score]]:
    """One score for each file of sentences."""
    for file in sorted(SENTENCES.glob("*.jsonl")):
        rows = [row for row in _rows(file) if "documents" in row]
        if rows and file.stem not in _INSTRUCTIONS_ONLY:
            yield file.stem, _documents_in(rows)


def _documents_in(rows: list[Row]) -> Score:
    score = Score()
    for row in rows:
        area = row.get("area")
        document = from_text(row["text"], row.get("id", ""))
        if row.get("dated"):
            document = replace(document, attributes=document.attributes | {"dated": row["dated"]})
        found = citations(document, lower(document.text), area or read_text(row["text"]).area)
        score_documents([_spanned(one, row["text"]) for one in row["documents"]], list(found), area, score)
    return score


def _spanned(row: Row, text: str) -> Row:
    """Rows of sentences may give the words alone, or the span alone."""
    start = row["start"] if "start" in row else text.find(row["text"])
    end = row["end"] if "end" in row else start + len(row["text"])
    return (
        {"kind": "named", "symbol": None, "issuer": None} | row | {"start": start, "end": end, "text": text[start:end]}
    )


# Instructions


def score_instructions(gold: list[Row], read: Sequence[Instruction], into: Score) -> None:
    """Count one text: all kinds; fields are compared where the annotation bears them in the reader's own form."""
    pairs = paired([(row["start"], row["end"]) for row in gold], [(one.start, one.end) for one in read])
    into.wanted += len(gold)
    into.told += len(read)
    into.found += len(pairs)
    into.right += len(pairs)
    into.wrong += [f"extra {one.text[:90]}" for place, one in enumerate(read) if place not in pairs.values()]
    for place, row in enumerate(gold):
        into.kinds[row["kind"]] += 1
        into.kinds_found[row["kind"]] += place in pairs
        if place not in pairs:
            into.wrong.append(f"missed {row['kind']} {row['start']}-{row['end']}")
            continue
        told = read[pairs[place]]
        into.fields["kind"] += 1
        into.fields_right["kind"] += told.kind == row["kind"]
        for name in ("who", "due", "by_when"):
            if "due" in row:  # the repository's own annotation
                into.fields[name] += 1
                into.fields_right[name] += (row.get(name) or None) == (getattr(told, name) or None)


def instructions_in_articles() -> Score | None:
    if not TASKS.exists():
        return None
    score, gold = Score(), _rows(TASKS)
    for file in sorted(SHARED.glob("articles/*.txt")):
        score_instructions([row for row in gold if row["doc"] == file.name], read(file).instructions, score)
    return score


def instructions_in_sentences() -> Iterator[tuple[str, Score]]:
    """One score for each file of sentences."""
    for file in sorted(SENTENCES.glob("*.jsonl")):
        rows = [row for row in _rows(file) if "tasks" in row]
        score = Score()
        for row in rows:
            document = from_text(row["text"], row.get("id", ""))
            if row.get("dated"):
                document = replace(document, attributes=document.attributes | {"dated": row["dated"]})
            score_instructions(row["tasks"], figures(document).instructions, score)
        if rows:
            yield file.stem, score


# All


def _rows(file: Path) -> list[Row]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]


def scores() -> Iterator[tuple[str, Score]]:
    """Each set that is here, by the name of its floors."""
    articles = documents_in_articles()
    if articles is not None:
        yield "documents/articles", articles
    for name, score in documents_in_sentences():
        yield f"documents/{name}", score
    asked = instructions_in_articles()
    if asked is not None:
        yield "instructions/articles", asked
    for name, score in instructions_in_sentences():
        yield f"instructions/{name}", score


def _floors(name: str) -> dict[str, float]:
    """Those of a set, or of all sentences."""
    floors: dict[str, float] = FLOORS.get(name, FLOORS.get(f"{name.partition('/')[0]}/sentences", {}))
    return floors


def measure() -> Iterator[Line]:
    """For each set what is lacking, in per cent, against what the floors leave."""
    for name, score in scores():
        floors = _floors(name)
        for what, value in score.measures.items():
            limit = round(100 * (1 - floors[what]), 2) if what in floors else None
            yield Line(f"{name}: {what} lacking", round(100 * (1 - value), 2), limit, "%")


def main(argv: list[str]) -> int:
    failed = False
    for name, score in scores():
        floors = _floors(name)
        for what, value in score.measures.items():
            low = value < floors.get(what, 0)
            failed |= low
            floor = f">= {floors[what]:.2f}" if what in floors else ""
            print(
                f"{name:<22} {what:<10} {value:.4f}  {floor:<8} {'FAIL' if low else 'pass' if floor else ''}".rstrip()
            )
        kinds = ", ".join(f"{kind} {score.kinds_found[kind]}/{count}" for kind, count in score.kinds.items())
        print(f"{name:<22} found by kind: {kinds}")
        fields = ", ".join(f"{one} {score.fields_right[one]}/{count}" for one, count in score.fields.items())
        print(f"{name:<22} fields right: {fields}")
        if "-v" in argv and name.endswith("articles"):
            print(*(f"    {line}" for line in score.wrong), sep="\n")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
