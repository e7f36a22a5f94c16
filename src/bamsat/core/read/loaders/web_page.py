# SPDX-License-Identifier: Apache-2.0
"""Web pages: the block that holds the text, without navigation, asides, share bars and comments."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from bamsat.core.read.document import Document
from bamsat.core.read.loaders import limits
from bamsat.core.read.loaders.assembly import Assembly, Slot, one_line
from bamsat.core.read.loaders.limits import unreadable
from bamsat.core.read.loaders.lines import LAYOUT_WORDS, line_kind
from bamsat.core.read.loaders.plain_text import decode, old_code

_DROPPED = (
    "script", "style", "noscript", "template", "svg", "iframe", "form", "button", "select", "nav", "aside", "footer",
    "object", "embed", "canvas", "menu", "dialog", "[hidden]",
)  # fmt: skip
_DROPPED_CLASS = re.compile(
    r"(?:^|[\s_-])(?:share|social|comment|binh-?luan|related|lien-?quan|tin-?khac|breadcrumb|sidebar|side-bar|menu|navbar|"
    r"advert|ads?|banner|tags?|pagination|pager|footer|copyright|toolbar|rating|newsletter|popup|modal|cookie|most-?read|"
    r"doc-?nhieu|xem-?nhieu|widget)(?:$|[\s_-])",
    re.IGNORECASE,
)
_LEAD_BLOCKS = frozenset(
    (
        *("p", "div", "section", "article", "main", "center", "header", "blockquote", "pre", "dd", "dt", "dl", "ul"),
        *("ol", "address", "body", "td", "th", "tr", "tbody", "thead", "tfoot", "figure", "hr", "details", "summary"),
    )
)
_HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
_KINDS = {"li": "item", "figcaption": "caption", "caption": "caption"}
_DEEPEST = 150
_LONG_CELL = 400
_MOST_NODES = 400_000
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_ISO_DATE = re.compile(r"(\d{4}-\d{2}-\d{2})")
_META = {
    "title": ("og:title", "twitter:title"),
    "author": ("author", "article:author"),
    "dated": ("article:published_time", "datepublished", "pubdate", "date", "dc.date", "og:published_time"),
    "outlet": ("og:site_name", "application-name", "dc.publisher"),
}


def read(data: bytes, name: str) -> Document:
    """Read a web page."""
    text, notice = decode(_in_utf8(data), name)
    if text.count("<") > _MOST_NODES:
        raise unreadable(name, "too_large", "quá nhiều thẻ HTML", "too many HTML tags")
    tree = LexborHTMLParser(text)
    assembly = Assembly(name, "html")
    if notice:
        assembly.notices.append(notice)
    assembly.attributes.update(_attributes(tree))
    _prune(tree)
    body = tree.body
    if body is None:
        raise unreadable(name, "empty")
    assembly.code = old_code(body.text(separator=" ")[:100_000])
    main = _main_block(tree)
    page = _Page(assembly)
    heading = tree.css_first("h1")
    if heading is not None and (words := one_line(heading.text(separator=" "))):
        assembly.attributes["title"] = " ".join(words.split())
    if heading is not None and not _stands_in(heading, main):
        assembly.add("title", one_line(heading.text(separator=" ")), "tiêu đề")
    page.walk(main, "paragraph", 0, 0)
    page.flush()
    document = assembly.finish()
    if not document.text:
        raise unreadable(name, "empty")
    return document


def _in_utf8(data: bytes) -> bytes:
    """A page that names another code page than UTF-8, in UTF-8."""
    named = _CHARSET.search(data[:4096])
    code = named[1].decode("ascii", "replace").lower() if named else "utf-8"
    if code not in ("utf-8", "utf8") and not data.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")):
        try:
            data.decode("utf-8")
        except UnicodeDecodeError:
            try:
                return data.decode(code).encode()
            except (UnicodeError, LookupError):
                return data
    return data


def _attributes(tree: LexborHTMLParser) -> dict[str, str]:
    said: dict[str, str] = {}
    for meta in tree.css("meta"):
        key = (
            meta.attributes.get("property") or meta.attributes.get("name") or meta.attributes.get("itemprop") or ""
        ).lower()
        value = one_line(meta.attributes.get("content") or "")
        for attribute, names in _META.items():
            if value and key in names:
                said.setdefault(attribute, value)
    if "dated" not in said and (clock := tree.css_first("time[datetime]")) is not None:
        said["dated"] = clock.attributes.get("datetime") or ""
    date = _ISO_DATE.search(said.pop("dated", ""))
    if date:
        said["dated"] = date[1]
    if said.get("author", "").lower().startswith(("http", "admin")):
        del said["author"]
    title = tree.css_first("title")
    if "title" not in said and title is not None and (words := one_line(title.text())):
        said["title"] = words
    return {key: value for key, value in said.items() if value}


def _prune(tree: LexborHTMLParser) -> None:
    """Take out what is not text of the page."""
    tree.strip_tags(list(_DROPPED[:-1]), recursive=True)
    whole = len(tree.body.text(strip=True)) if tree.body is not None else 0
    for node in tree.css("[hidden], [class], [id]"):
        if node.tag in ("body", "html", "main", "article", "td", "th", "tr", "table"):
            continue
        mark = f"{node.attributes.get('class') or ''} {node.attributes.get('id') or ''}"
        if "hidden" not in node.attributes and not _DROPPED_CLASS.search(mark):
            continue
        # A page may call its very text "content-with-sidebar": what holds most of the words stays.
        if len(node.text(strip=True)) * 2 < whole:
            node.decompose()


def _main_block(tree: LexborHTMLParser) -> Any:
    """The element that holds the most text outside links, or the article around it."""
    scores: dict[int, float] = {}
    nodes: dict[int, Any] = {}
    for paragraph in tree.css("p, li, h2, h3, table, blockquote"):
        length = len(paragraph.text(strip=True)) - sum(len(link.text(strip=True)) for link in paragraph.css("a"))
        parent, share = paragraph.parent, 1.0
        for _ in range(3):
            if parent is None or length <= 0:
                break
            nodes[parent.mem_id] = parent
            scores[parent.mem_id] = scores.get(parent.mem_id, 0.0) + length * share
            parent, share = parent.parent, share * 0.6
    if not scores:
        return tree.body
    best = nodes[max(scores, key=lambda key: scores[key])]
    while best.tag in ("ul", "ol", "table", "tbody", "tr", "td", "p") and best.parent is not None:
        best = best.parent
    around = best
    while around is not None and around.tag not in ("article", "main", "body"):
        around = around.parent
    return around if around is not None and around.tag in ("article", "main") else best


def _stands_in(node: Any, block: Any) -> bool:
    while node is not None:
        if node.mem_id == block.mem_id:
            return True
        node = node.parent
    return False


@dataclass(slots=True)
class _Page:
    """Walks the main block: inline words gather into one paragraph until a block element ends it."""

    assembly: Assembly
    words: list[str] = field(default_factory=list)
    kind: str = "paragraph"
    level: int = 0
    count: int = 0
    tables: int = 0

    def walk(self, node: Any, kind: str, level: int, depth: int) -> None:
        if depth > _DEEPEST:
            self.words.append(node.text(deep=True))
            return
        child = node.child
        while child is not None:
            self._child(child, kind, level, depth)
            child = child.next

    def _child(self, child: Any, kind: str, level: int, depth: int) -> None:
        tag = child.tag
        if tag == "-text":
            self.kind, self.level = kind, level
            self.words.append(child.text(deep=False))
        elif tag == "br":
            self.flush()
        elif tag == "table":
            self.flush()
            self._table(child, depth)
        elif tag in _HEADINGS:
            self._block(child, "heading", _HEADINGS[tag], depth)
        elif tag in _KINDS:
            self._block(child, _KINDS[tag], 0, depth)
        elif tag in _LEAD_BLOCKS:
            self._block(child, kind if kind in ("item", "caption") else "paragraph", 0, depth)
        elif not tag.startswith(("-", "!", "_")):
            self.walk(child, kind, level, depth + 1)

    def _block(self, node: Any, kind: str, level: int, depth: int) -> None:
        self.flush()
        self.walk(node, kind, level, depth + 1)
        self.kind, self.level = kind, level
        self.flush()

    def flush(self) -> None:
        """Write the paragraph that is open."""
        words = " ".join("".join(self.words).split(" ")).replace("\n", " ").replace("\t", " ")
        self.words = []
        words = re.sub(" {2,}", " ", words).strip(" ")
        if not words.strip():
            return
        self.count += 1
        kind, level = self.kind, self.level
        if kind == "paragraph":
            kind, level = line_kind(words.strip())
        elif kind == "heading" and level == 1 and self.count <= 3:
            kind, level = "title", 0
        self.assembly.add(kind, words, f"đoạn {self.count}", level)

    def _table(self, table: Any, depth: int) -> None:
        rows = [row for row in table.css("tr") if _table_of(row) == table.mem_id]
        cells = [[cell for cell in row.iter() if cell.tag in ("td", "th")] for row in rows]
        widest = max((len(row) for row in cells), default=0)
        lengths = [len(cell.text(strip=True)) for row in cells for cell in row]
        laid_out = widest < 2 or table.css_first("table table") is not None or max(lengths, default=0) > _LONG_CELL
        laid_out = laid_out or LAYOUT_WORDS.search(table.text()) is not None
        if laid_out:
            for row in cells:
                for cell in row:
                    self._block(cell, "paragraph", 0, depth + 1)
            return
        caption = table.css_first("caption")
        if caption is not None:
            self._block(caption, "caption", 0, depth)
        self.tables += 1
        words = one_line(caption.text(separator=" ")) if caption is not None else ""
        self.assembly.add_table(_grid(cells, self.assembly.name), f"bảng {self.tables}", words)


def _table_of(row: Any) -> int:
    node = row.parent
    while node is not None and node.tag != "table":
        node = node.parent
    return 0 if node is None else int(node.mem_id)


def _grid(rows: list[list[Any]], name: str) -> list[list[Slot | None]]:
    """Cells in columns, a cell that spans standing in every place that it covers."""
    places: dict[tuple[int, int], Slot] = {}
    for row, cells in enumerate(rows):
        column = 0
        for cell in cells:
            while (row, column) in places:
                column += 1
            slot = Slot(re.sub(r"\s*\n\s*| {2,}", " ", cell.text(separator="").strip()))
            across, down = _span(cell, "colspan"), _span(cell, "rowspan")
            for place in _covered(row, column, min(down, len(rows) - row), across):
                places[place] = slot
            if len(places) > limits.MOST_CELLS:
                raise unreadable(name, "too_large", "quá nhiều ô bảng", "too many table cells")
            column += across
    width = 1 + max((column for _, column in places), default=-1)
    return [[places.get((row, column)) for column in range(width)] for row in range(len(rows))]


def _covered(row: int, column: int, down: int, across: int) -> Iterator[tuple[int, int]]:
    for r in range(row, row + down):
        for c in range(column, column + across):
            yield r, c


def _span(cell: Any, name: str) -> int:
    said = cell.attributes.get(name) or ""
    return min(max(int(said), 1), 500) if said.isdigit() and len(said) < 6 else 1
