# SPDX-License-Identifier: Apache-2.0
"""Looks through a template before it comes into force: all its mistakes, each with its place and how to mend it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from jinja2 import nodes
from lxml import etree

from bamsat.core.report.docx import template_names as names
from bamsat.core.report.docx.template_grammar import (
    LONGEST_MARK,
    MOST_MARKS,
    TOPIC,
    UNKNOWN,
    Wrong,
    condition,
    loop,
    output,
    parse,
)
from bamsat.core.report.docx.template_marks import Line, Mark, Spot, W, lines, sides
from bamsat.core.report.docx.template_names import Codes, Place
from bamsat.core.report.docx.template_package import Part, opened, parts_of, tracked

_PLACES: dict[str, Place] = {"": "text", "r": "run", "p": "block"}
_ENDS = {"endfor": "for", "endif": "if"}
_SIGNS = ("{{", "{%", "{#", "}}", "%}", "#}")
MOST_MISTAKES = 200
MOST_IN_A_PARAGRAPH = 100  # marks; each is looked for among all pieces of its paragraph
MOST_PIECES = 5_000
_OWN_TEXT = etree._Element.text.__get__  # python-docx gives a paragraph's `text` another meaning


@dataclass(frozen=True, slots=True)
class Mistake:
    """What is wrong in a template: where, which words, and how to mend it."""

    spot: Spot | None
    around: str
    vi: str
    en: str

    @property
    def place_vi(self) -> str:
        return self.spot.vi if self.spot else "cả tệp"

    @property
    def place_en(self) -> str:
        return self.spot.en if self.spot else "the whole file"


@dataclass(slots=True)
class _Open:
    """A loop or condition that waits for its end."""

    word: str
    line: Line
    mark: Mark
    holder: Any  # its end must stand in the same part of the file
    scope: dict[str, str]  # outside it
    has_else: bool = False


@dataclass(slots=True)
class _Look:
    """One pass over a part of the file."""

    codes: Codes
    where: str
    found: list[tuple[int, int, Mistake]] = field(default_factory=list)  # in the order in which lines come
    at: dict[Any, int] = field(default_factory=dict)
    open: list[_Open] = field(default_factory=list)
    scope: dict[str, str] = field(default_factory=dict)

    def line(self, line: Line) -> None:
        self.at[line.element] = len(self.at)
        if len(line.marks) > MOST_IN_A_PARAGRAPH or line.pieces > MOST_PIECES:
            self.say(line, 0, 0, "đoạn quá dài hoặc quá nhiều nhãn; hãy chia thành nhiều đoạn",
                     "the paragraph is too long or has too many marks; divide it")  # fmt: skip
            return
        for at in line.halves:
            self.say(line, at, at + 2, "thiếu nửa kia của nhãn trong cùng đoạn; mỗi nhãn nằm gọn trong một đoạn",
                     "the other half of the mark is missing; a mark stands in one paragraph")  # fmt: skip
        for mark in line.marks:
            try:
                self.mark(line, mark)
            except Wrong as wrong:
                self.say(line, mark.start, mark.end, wrong.vi, wrong.en)

    def say(self, line: Line, start: int, end: int, vi: str, en: str) -> None:
        self.found.append((self.at[line.element], start, Mistake(line.spot, line.around(start, end), vi, en)))

    def mark(self, line: Line, mark: Mark) -> None:
        if mark.kind == "note":
            raise Wrong("không dùng chú thích {# #}; hãy bỏ đi", "comments {# #} are not used; remove it")
        if mark.end - mark.start > LONGEST_MARK:
            raise Wrong("nhãn dài quá 400 chữ", "the mark is longer than 400 characters")
        if len(sides(line, mark)) > 1:
            raise Wrong("nhãn nằm nửa trong nửa ngoài một liên kết hoặc trường; hãy gõ lại liền một mạch",
                        "the mark is half inside a link or field; type it anew in one go")  # fmt: skip
        if mark.inside.startswith(("-", "+")) or mark.inside.endswith(("-", "+")):
            raise Wrong("bỏ dấu trừ hoặc cộng sát ngoặc", "remove the sign beside the bracket")
        self.alone(line, mark)
        if mark.kind == "out":
            self.put(line, mark)
        else:
            self.tag(line, mark)

    def alone(self, line: Line, mark: Mark) -> None:
        """What replaces a paragraph or a row takes with it all else that stands there."""
        if mark.prefix == "p" and (len(line.marks) > 1 or line.text.strip() != mark.text.strip()):
            raise Wrong("nhãn có chữ p phải đứng một mình trong đoạn; hãy xuống dòng trước và sau nó",
                        "a mark with p stands alone in its paragraph; break the line before and after it")  # fmt: skip
        if mark.prefix == "p" and next(line.element.iter(W + "drawing", W + "pict", W + "sectPr"), None) is not None:
            raise Wrong("đoạn này còn có hình hoặc ngắt phần, sẽ mất theo nhãn; hãy tách ra đoạn khác",
                        "this paragraph holds a picture or section break, which would be lost")  # fmt: skip
        if mark.prefix == "tr":
            row = next(line.element.iterancestors(W + "tr"), None)
            if row is None:
                raise Wrong("nhãn có chữ tr phải nằm trong một hàng của bảng", "a mark with tr stands in a table's row")
            words = "".join(each.text or "" for each in row.iter(W + "t"))
            if words.strip() != mark.text.strip():
                raise Wrong("hàng có nhãn tr không được có chữ khác; hãy để nhãn ở một hàng riêng",
                            "a row with a tr mark holds nothing else; give the mark a row of its own")  # fmt: skip
        if mark.prefix == "tc":
            raise Wrong("không dùng nhãn tc", "marks with tc are not used")

    def put(self, line: Line, mark: Mark) -> None:
        if mark.prefix not in _PLACES:
            raise Wrong("nhãn {{ }} chỉ có thể là {{ }}, {{r }}, {{p }}", "a {{ }} mark is {{ }}, {{r }} or {{p }}")
        place = _PLACES[mark.prefix]
        tree = parse(f"{{{{ {mark.inside} }}}}")
        output(_only_expression(tree), place, self.scope, self.codes)
        if place == "block" and (self.where != "body" or line.spot.box):
            raise Wrong("nội dung không đặt được trong đầu trang, chân trang hay khung chữ",
                        "the body cannot stand in a header, footer or text box")  # fmt: skip
        if mark.inside == "phu_luc":
            _at_the_end(line)
        if place == "run" and self.where != "body":
            raise Wrong(
                "số liệu không đặt được trong đầu trang, chân trang", "numbers cannot stand in headers or footers"
            )

    def tag(self, line: Line, mark: Mark) -> None:
        if mark.prefix == "r":
            raise Wrong("lệnh viết là {% … %}, {%p … %} hoặc {%tr … %}", "a command is {% … %}, {%p … %} or {%tr … %}")
        match mark.word:
            case "for" | "if":
                self.begin(line, mark)
            case "else" | "elif":
                self.otherwise(line, mark)
            case "endfor" | "endif":
                self.end(line, mark)
            case word:
                known = ["for", "endfor", "if", "elif", "else", "endif"]
                said = f"“{word}” không phải lệnh được dùng; chỉ có {', '.join(known)}"
                raise Wrong(said, f"“{word}” is no command; there are {', '.join(known)}")

    def begin(self, line: Line, mark: Mark) -> None:
        before = self.scope
        self.open.append(_Open(mark.word, line, mark, _holder(line, mark), before))
        tree = parse(f"{{% {mark.inside} %}}{{% end{mark.word} %}}")
        node = tree.body[0] if len(tree.body) == 1 else None
        if isinstance(node, nodes.For):
            # A loop over something unknown still has its variable: one mistake is told once.
            if isinstance(node.target, nodes.Name):
                self.scope = {**before, node.target.name: _likely(node.iter)}
            self.scope = loop(node, before, self.codes)
        elif isinstance(node, nodes.If):
            condition(node.test, before, self.codes)
        else:
            raise Wrong("sai cú pháp", "syntax error")

    def otherwise(self, line: Line, mark: Mark) -> None:
        if not self.open or self.open[-1].word != "if":
            raise Wrong(f"“{mark.word}” không nằm trong if nào", f"“{mark.word}” stands in no if")
        begun = self.open[-1]
        self._same_holder(begun, line, mark)
        if begun.has_else:
            raise Wrong("if này đã có else", "this if has its else already")
        if mark.word == "else":
            begun.has_else = True
            if mark.inside != "else":
                raise Wrong("sau else không viết gì", "nothing follows else")
            return
        node = parse(f"{{% if {mark.inside.removeprefix('elif')} %}}{{% endif %}}").body[0]
        condition(node.test, self.scope, self.codes)  # type: ignore[attr-defined]

    def end(self, line: Line, mark: Mark) -> None:
        if mark.inside != mark.word:
            raise Wrong(f"sau {mark.word} không viết gì", f"nothing follows {mark.word}")
        wanted = _ENDS[mark.word]
        if not any(begun.word == wanted for begun in self.open):
            raise Wrong(f"“{mark.word}” không có {wanted} nào mở trước", f"“{mark.word}” without its {wanted}")
        while self.open[-1].word != wanted:
            self.unfinished(self.open.pop())
        begun = self.open.pop()
        self.scope = begun.scope
        self._same_holder(begun, line, mark)

    def _same_holder(self, begun: _Open, line: Line, mark: Mark) -> None:
        at = begun.line.spot
        if begun.mark.prefix != mark.prefix:
            raise Wrong(
                f"mở bằng {begun.mark.text} ({at.vi}) thì phải viết {{%{begun.mark.prefix} {mark.inside} %}}",
                f"opened by {begun.mark.text} ({at.en}), so it is written {{%{begun.mark.prefix} {mark.inside} %}}",
            )
        if begun.holder is _holder(line, mark):
            return
        if not mark.prefix:
            raise Wrong(
                f"“{begun.word}” mở ở {at.vi} phải đóng trong cùng đoạn; qua nhiều đoạn thì viết {{%p … %}}",
                f"“{begun.word}” opened at {at.en} ends in the same paragraph; over several, write {{%p … %}}",
            )
        raise Wrong(
            f"“{begun.word}” mở ở {at.vi} phải đóng ở cùng ô bảng hoặc cùng phần văn bản",
            f"“{begun.word}” opened at {at.en} ends in the same cell or the same part of the text",
        )

    def unfinished(self, begun: _Open) -> None:
        self.scope = begun.scope
        self.say(begun.line, begun.mark.start, begun.mark.end, f"“{begun.word}” không có end{begun.word}",
                 f"“{begun.word}” without its end{begun.word}")  # fmt: skip

    def finish(self) -> list[Mistake]:
        while self.open:
            self.unfinished(self.open.pop())
        return [mistake for _line, _start, mistake in sorted(self.found, key=lambda each: each[:2])]


def _holder(line: Line, mark: Mark) -> Any:
    """What a block must be closed in: for rows the table, for paragraphs their cell or body, for words their run's."""
    if mark.prefix == "tr":
        row = next(line.element.iterancestors(W + "tr"), None)
        return None if row is None else row.getparent()
    if mark.prefix == "p":
        return line.element.getparent()
    return next(iter(sides(line, mark)))


def _at_the_end(line: Line) -> None:
    """Appendices may lie on their side, and what comes behind them would too."""
    behind = line.element.itersiblings()
    words = any((text.text or "").strip() for element in behind for text in element.iter(W + "t"))
    if words or line.element.getparent().tag != W + "body":
        raise Wrong("{{p phu_luc }} phải đứng cuối tệp, ngoài bảng", "{{p phu_luc }} stands at the end, outside tables")


def _likely(listed: nodes.Node) -> str:
    """What a loop variable is where the loop itself is wrong."""
    match listed:
        case nodes.Call(node=nodes.Name(name=names.INDICATORS)):
            return TOPIC
    return UNKNOWN


def _only_expression(tree: nodes.Template) -> nodes.Expr:
    match tree.body:
        case [nodes.Output(nodes=[nodes.Expr() as expression])] if not isinstance(expression, nodes.TemplateData):
            return expression
    raise Wrong("nhãn trống hoặc sai cú pháp", "the mark is empty or has a syntax error")


def mistakes(data: bytes, codes: Codes, name: str = "mẫu.docx") -> tuple[Mistake, ...]:
    """Every mistake of a template, in the order of the file; FileUnreadable where it is no Word file to work with."""
    document = opened(data, name)
    found: list[Mistake] = []
    marks = 0
    for part in parts_of(document):
        look = _Look(codes, part.where)
        for line in lines(part.element, part.where):
            marks += len(line.marks)
            if marks > MOST_MARKS or len(found) + len(look.found) > MOST_MISTAKES:
                break
            look.line(line)
        found += [*look.finish(), *_of_the_part(part)]
    if marks > MOST_MARKS:
        found.append(Mistake(None, "", "hơn 2.000 nhãn; hãy bớt đi", "more than 2,000 marks"))
    if not marks and not found:
        found.append(Mistake(None, "", "không có nhãn nào, nên báo cáo sẽ không có nội dung; hãy thêm {{p noi_dung }}",
                             "there is no mark, so a report would be empty; add {{p noi_dung }}"))  # fmt: skip
    return (*found, *_elsewhere(document))[: MOST_MISTAKES + 1]


def _of_the_part(part: Part) -> Iterator[Mistake]:
    if tracked(part.element):
        yield Mistake(Spot(part.where, 1), "", "còn dấu vết sửa (Track Changes); hãy chấp nhận hoặc bỏ hết rồi lưu lại",
                      "tracked changes are left; accept or reject them all")  # fmt: skip
    words = set(part.element.iter(W + "t"))
    for element in part.element.iter():
        hidden = [str(value) for value in element.attrib.values()]
        if element not in words:
            hidden.append(_OWN_TEXT(element) or "")
        hidden.append(element.tail or "")
        for text in hidden:
            if any(sign in text for sign in _SIGNS):
                around = " ".join(text.split())[:80]
                yield Mistake(Spot(part.where, 1), around, "nhãn nằm ngoài chữ thường (mô tả hình, mã trường); hãy bỏ",
                              "a mark stands outside ordinary text (description of a picture, field code)")  # fmt: skip


def _elsewhere(document: Any) -> Iterator[Mistake]:
    """Marks in notes, comments or diagrams are never filled, so they are not let in."""
    read = {id(part.element) for part in parts_of(document)}
    for part in document.part.package.iter_parts():
        element = getattr(part, "element", None)
        name = str(part.partname)
        if (element is not None and id(element) in read) or name == str(document.part.partname):
            continue
        if name.endswith(".xml") and _has_signs(part.blob):
            yield Mistake(
                None, name, "nhãn nằm ở nơi không điền được (cước chú, ghi chú, hình, thuộc tính tệp); hãy bỏ",
                "a mark stands in a note, comment, picture or property, where nothing is filled",
            )  # fmt: skip


def _has_signs(blob: bytes) -> bool:
    try:
        root = etree.fromstring(blob, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False))
    except etree.XMLSyntaxError:
        return False
    return any(sign in "".join(root.itertext()) for sign in ("{{", "{%"))
