# SPDX-License-Identifier: Apache-2.0
"""A report as a web page: a fragment for a page of the product, or a document of its own."""

from __future__ import annotations

import base64
import itertools
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from html import escape
from pathlib import Path

from bamsat.core.report import charts
from bamsat.core.report.docx.annexes import belongs_to
from bamsat.core.report.docx.letterhead import MOTTO, NATION, listed, number_line, place_line
from bamsat.core.report.layout import Levels, column_numbers, names_column
from bamsat.core.report.outline import (
    Appendix,
    Block,
    Chart,
    Frame,
    Heading,
    Lacking,
    PageBreak,
    Paragraph,
    Piece,
    Report,
    Row,
    Table,
    Told,
)
from bamsat.core.report.pdf.words import clean
from bamsat.core.report.written_out import written_out
from bamsat.core.report.xlsx.heads import merged

_STYLES = {"item": "item", "question": "question", "answer": "answer", "note": "remark", "centred": "centred"}
_MANY = 9  # columns: more are set smaller
_SHORT = 14  # characters of a unit or a code: they stay in one line

Address = Callable[[str], str]
ChartAddress = Callable[[Chart, int], str]


def to_html(report: Report, address: Address, chart: ChartAddress) -> str:
    """The report as a fragment without script and style: `address` is the page of a ledger entry, `chart` the picture
    of a chart, counted from 0 through the whole report."""
    return "".join(_Page(address, chart, 2).report(written_out(report)))


def page(report: Report, address: Address | None = None) -> str:
    """The report as a document of its own that loads nothing: its style and its charts are inside."""
    told = _Page(address, lambda chart, _: _inside(chart), 1)
    title = report.title or " ".join(filter(None, (report.frame.kind, report.frame.subject))) or "Báo cáo"
    body = "".join(told.report(written_out(report)))
    return (
        '<!doctype html>\n<html lang="vi">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{_text(title)}</title>\n<style>\n{_style()}</style>\n</head>\n<body>\n{body}</body>\n</html>\n"
    )


@cache
def _style() -> str:
    return (Path(__file__).parent / "page.css").read_text(encoding="utf-8")


def _inside(chart: Chart) -> str:
    return "data:image/svg+xml;base64," + base64.b64encode(charts.svg(chart.spec).encode()).decode()


def _text(text: str) -> str:
    return escape(clean(text))


def _line(text: str, kind: str, tag: str = "p") -> str:
    return f'<{tag} class="{kind}">{_text(text)}</{tag}>\n' if text else ""


class _Page:
    """One drawing of a report."""

    def __init__(self, address: Address | None, chart: ChartAddress, top: int) -> None:
        self._address = address
        self._chart = chart
        self._top = top  # the level of the report's title
        self._later = ' loading="lazy"' if top > 1 else ""  # a file of its own is printed with all it holds
        self._levels = Levels()
        self._charts = itertools.count()

    def report(self, report: Report) -> Iterator[str]:
        yield '<article class="report" lang="vi">\n'
        yield from self._head(report.frame)
        for block in report.blocks:
            yield from self._block(block)
        yield from _tail(report.frame)
        for appendix in report.appendices:
            yield from self._appendix(appendix, report.frame)
        yield "</article>\n"

    def _head(self, frame: Frame) -> Iterator[str]:
        if frame.organ or frame.parent:
            yield '<header class="letterhead">\n<div>\n'
            yield _line(frame.parent, "parent") + _line(frame.organ, "organ") + _line(number_line(frame), "number")
            if frame.subject and not frame.kind:
                yield _line(f"V/v {frame.subject.removeprefix('V/v ')}", "about")
            yield "</div>\n<div>\n" + _line(NATION, "nation") + _line(MOTTO, "motto")
            yield _line(place_line(frame), "day") + "</div>\n</header>\n"
        if frame.kind:
            yield f'<h{self._top} class="title">{_text(frame.kind.upper())}'
            yield f" <span>{_text(frame.subject)}</span>" if frame.subject else ""
            yield f"</h{self._top}>\n"
        if len(frame.addressee) == 1:
            yield _line(f"Kính gửi: {frame.addressee[0].strip().rstrip('.;')}", "addressee")
        elif frame.addressee:
            yield _line("Kính gửi:", "addressee")
            yield "".join(_line(text, "addressee one") for text in listed(frame.addressee, "- "))
        yield "".join(_line(text, "basis") for text in listed(frame.bases))

    def _appendix(self, appendix: Appendix, frame: Frame) -> Iterator[str]:
        self._levels = Levels()
        yield '<section class="appendix">\n'
        if not appendix.title.strip().lower().startswith("phụ lục"):
            yield _line(f"Phụ lục {appendix.number}".strip(), "appendix-number")
        level = self._top + self._levels.of(1)
        yield _line(appendix.title, "appendix-title", f"h{level}")
        yield _line(belongs_to(frame), "belongs") if frame.kind else ""
        for block in appendix.blocks:
            yield from self._block(block)
        if appendix.prepared or appendix.headed:
            yield '<div class="signatures">\n<div>\n' + _line(appendix.prepared.upper(), "role") + "</div>\n<div>\n"
            yield _line(place_line(frame), "day") + _line(appendix.headed.upper(), "role") + "</div>\n</div>\n"
        yield "</section>\n"

    def _block(self, block: Block) -> Iterator[str]:
        match block:
            case Heading() if not clean(f"{block.number}{block.text}").strip():
                yield ""
            case Heading():
                level = min(self._top + self._levels.of(block.level), 6)
                yield _line(f"{block.number} {block.text}".strip(), f"level-{min(max(block.level, 1), 4)}", f"h{level}")
            case Paragraph():
                yield self._paragraph(block)
            case Table():
                yield from self._table(block)
            case Chart():
                yield from self._figure(block)
            case Lacking():
                yield self._lacking(block)
            case PageBreak():
                yield ""

    def _paragraph(self, block: Paragraph) -> str:
        pieces = [piece for piece in block.pieces if piece.text]
        if pieces and all(not isinstance(piece, Told) and piece.quoted for piece in pieces):
            return f"<blockquote><p>{self._pieces(pieces)}</p></blockquote>\n"
        style = _STYLES.get(block.style, "body")
        return f'<p class="{style}">{self._pieces(pieces)}</p>\n' if pieces else ""

    def _pieces(self, pieces: Sequence[Piece]) -> str:
        return "".join(self._piece(piece) for piece in pieces)

    def _piece(self, piece: Piece) -> str:
        words = _text(piece.text)
        if isinstance(piece, Told):
            return self._number(piece, words)
        if piece.quoted:
            words = f"<q>{words}</q>"
        return f"<strong>{words}</strong>" if piece.strong else words

    def _number(self, told: Told, words: str) -> str:
        """A number leads to its entry; one that was computed says from what, and leads to the first it comes from."""
        if self._address is None or not told.entries:
            return words
        how = f' title="{_text(told.fact.how)}"' if told.fact.how else ""
        derived = " derived" if told.fact.derived else ""
        return f'<a class="num-link{derived}" href="{escape(self._address(told.entries[0]))}"{how}>{words}</a>'

    def _lacking(self, block: Lacking) -> str:
        words = _text(block.text)
        if block.address and block.address.startswith(("/", "https://", "http://")):
            words = f'<a href="{escape(block.address)}">{words}</a>'
        return f'<p class="lacking">{words}</p>\n'

    def _figure(self, chart: Chart) -> Iterator[str]:
        source = escape(self._chart(chart, next(self._charts)))
        yield '<figure class="chart">\n<div class="drawn" role="region" tabindex="0"'
        yield f' aria-label="{_text(chart.caption or chart.sentence)}">'
        yield f'<img src="{source}" alt="{_text(chart.sentence or chart.caption)}"'
        yield f"{_size(chart)}{self._later}></div>\n"
        yield _line(chart.caption, "caption", "figcaption")
        yield _line(chart.note, "remark")
        if chart.table is not None and chart.table.columns:
            yield "<details><summary>Bảng số</summary>\n"
            yield from self._table(chart.table)
            yield "</details>\n"
        yield "</figure>\n"

    def _table(self, table: Table) -> Iterator[str]:
        if not table.columns:
            return
        named = f' role="region" tabindex="0" aria-label="{_text(table.caption)}"' if table.caption else ""
        dense = " dense" if len(table.columns) > _MANY else ""
        yield f'<div class="sheet{dense}"{named}>\n<table class="tbl report-table">\n'
        unit = f' <span class="unit">Đơn vị tính: {_text(table.unit)}</span>' if table.unit else ""
        if table.caption or unit:
            yield f"<caption>{_text(table.caption)}{unit}</caption>\n"
        yield "<thead>\n" + "".join(_heads(table)) + "</thead>\n<tbody>\n"
        names = names_column(table)
        short = _short_columns(table)
        for row in table.rows:
            yield self._row(row, table, names, short)
        yield "</tbody>\n</table>\n</div>\n" + _line(table.note, "remark")

    def _row(self, row: Row, table: Table, names: int, short: set[int]) -> str:
        cells = []
        # The name of a section of the table reaches over the cells that it leaves out.
        shown = len(row.cells) if row.kind == "head" and row.cells else len(table.columns)
        for place, column in enumerate(table.columns[:shown]):
            words = self._pieces(row.cells[place].pieces) if place < len(row.cells) else ""
            rest = len(table.columns) - place if place == shown - 1 else 1
            over = f' colspan="{rest}"' if rest > 1 else ""
            if place == names and words:
                depth = f' class="depth-{min(row.level, 4)}"' if row.level else ""
                cells.append(f'<th scope="{"rowgroup" if over else "row"}"{over}{depth}>{words}</th>')
            else:
                kind = ' class="num"' if column.number else ' class="short"' if place in short and not over else ""
                cells.append(f"<td{over}{kind}>{words}</td>")
        look = f' class="{row.kind}-row"' if row.kind != "body" else ""
        return f"<tr{look}>{''.join(cells)}</tr>\n"


def _short_columns(table: Table) -> set[int]:
    return {
        place
        for place, column in enumerate(table.columns)
        if not column.number
        and all(len(row.cells[place].text) <= _SHORT for row in table.rows if place < len(row.cells))
    }


def _size(chart: Chart) -> str:
    """Width and height, so that the page does not jump when the picture comes."""
    height, padding = chart.spec.get("height"), chart.spec.get("padding")
    if not isinstance(height, int | float) or not isinstance(padding, dict):
        return f' width="{charts.WIDTH}"'
    return f' width="{charts.WIDTH}" height="{round(height + padding.get("top", 0) + padding.get("bottom", 0))}"'


def _heads(table: Table) -> Iterator[str]:
    rows: dict[int, list[str]] = {}
    for head in merged(table.columns):
        across, down = head.right - head.left + 1, head.bottom - head.top + 1
        span = (f' colspan="{across}"' if across > 1 else "") + (f' rowspan="{down}"' if down > 1 else "")
        number = ' class="num"' if table.columns[head.left].number and across == 1 else ""
        cell = f'<th scope="{"colgroup" if across > 1 else "col"}"{span}{number}>{_text(head.text)}</th>'
        rows.setdefault(head.top, []).append(cell)
    for _, cells in sorted(rows.items()):
        yield f"<tr>{''.join(cells)}</tr>\n"
    if table.numbered:
        yield f'<tr class="numbers">{"".join(f"<td>{text}</td>" for text in column_numbers(table))}</tr>\n'


def _tail(frame: Frame) -> Iterator[str]:
    if not (frame.recipients or frame.authority or frame.post or frame.signer):
        return
    yield '<footer class="signed">\n<div>\n'
    if frame.recipients:
        yield _line("Nơi nhận:", "to") + "".join(_line(text, "recipient") for text in listed(frame.recipients, "- "))
    yield "</div>\n<div>\n" + _line(frame.authority.upper(), "role") + _line(frame.post.upper(), "role")
    yield _line(frame.signer, "signer") + "</div>\n</footer>\n"
