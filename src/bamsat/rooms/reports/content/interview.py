# SPDX-License-Identifier: Apache-2.0
"""A question of an interview with its prepared answer, and the figures by which whoever speaks can defend it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bamsat.core.report.facts import Fact
from bamsat.core.report.names import capital
from bamsat.core.report.outline import Block, Cell, Column, Lacking, Paragraph, Row, Table, Told, Words, told_in
from bamsat.core.report.wording import base_words, hedged, period_words, told
from bamsat.rooms.figures.models import Entry
from bamsat.rooms.reports.grids import sources_of

_ASKER = "P.V: "
_BASIS = "Số liệu làm căn cứ"
_MEASURES = {"level": "", "plan_ratio": "so với kế hoạch", "share": "tỷ trọng", "ratio": "", "index": "chỉ số",
             "contribution": "đóng góp"}  # fmt: skip
_STATUS = {"target": "kế hoạch", "estimate": "ước", "forecast": "dự báo"}


def answered(
    question: str, speaker: str, blocks: Sequence[Block], names: Mapping[str, str], draft: bool
) -> list[Block]:
    """The question, the blocks as its answer, the table of its figures; in a draft the question alone too."""
    if not any(isinstance(block, Paragraph) for block in blocks):
        return [_asked(question), *blocks] if draft else []
    made: list[Block] = [_asked(question)]
    named = False
    for block in blocks:
        if isinstance(block, Paragraph):
            block = replace(block, style="answer" if block.style == "body" or not named else block.style)
            if not named:
                block = replace(block, pieces=(Words(f"{speaker}: ", strong=True), *block.pieces))
                named = True
        made.append(block)
    basis = _basis(tuple(blocks), names)
    return [*made, basis] if basis else made


def unanswered(question: str, address: str) -> Lacking:
    """Where the figures or notes that would answer it are written."""
    return Lacking(f"Câu hỏi “{question}”: sổ chưa có số liệu hoặc nhận định để trả lời.", "missing", address)


def _asked(question: str) -> Paragraph:
    return Paragraph((Words(f"{_ASKER}{question}"),), style="question")


def _basis(blocks: tuple[Block, ...], names: Mapping[str, str]) -> Table | None:
    """A figure a row: its name, value, source and entry."""
    figures = list({(one.fact.entries, one.fact.measure, one.fact.value): one for one in told_in(blocks)}.values())
    if not figures:
        return None
    codes = {entry for one in figures for entry in one.entries}
    sources = sources_of(list(Entry.objects.filter(uuid__in=codes).select_related("series")))
    rows = [_row(at, one, names, sources) for at, one in enumerate(figures, start=1)]
    columns = (
        Column(("TT",), 10), Column(("Số liệu",), code="name"), Column(("Giá trị",), 34, number=True),
        Column(("Nguồn",), 46), Column(("Bút toán",), 23),
    )  # fmt: skip
    return Table(_BASIS, columns, tuple(rows))


def _row(at: int, one: Told, names: Mapping[str, str], sources: Mapping[str, str]) -> Row:
    fact = one.fact
    value = (told(fact),) if fact.of is not None else hedged(fact)
    from_ = "; ".join(dict.fromkeys(_source(sources[entry]) for entry in one.entries if entry in sources))
    cells = (str(at), _name(fact, names), "", f"{from_}; {fact.how}" if fact.derived and fact.how else from_)
    entries = ", ".join(entry[:8] for entry in one.entries[:2]) + (" …" if len(one.entries) > 2 else "")
    made = [Cell((Words(text),)) if text else Cell() for text in cells]
    made[2] = Cell(tuple(value))
    return Row((*made, Cell((Words(entries),))))


def _source(told_by: str) -> str:
    """The document or file, which says whose it is; else whose number it is."""
    _by, found, where = told_by.partition(", ")
    return capital(where) if found else told_by


def _name(fact: Fact, names: Mapping[str, str]) -> str:
    name = names.get(fact.indicator) or capital(fact.indicator.partition(":")[2] or fact.indicator)
    period = period_words(fact.period)
    if fact.measure in ("growth", "change"):
        moved = f"{'mức giảm' if fact.value < 0 else 'mức tăng'} {period}"
        said: tuple[str, ...] = (f"{moved} so với {base_words(fact.period, fact.base)}" if fact.base else moved,)
    else:
        said = (_MEASURES.get(fact.measure, ""), period)
    return ", ".join(word for word in (name, fact.segment, *said, _STATUS.get(fact.status, "")) if word)
