# SPDX-License-Identifier: Apache-2.0
"""The fields of what is asked: what, by when, which indicator it serves, what comes out, and what shows it."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache

from bamsat.core.read.document import Document
from bamsat.core.read.instructing.actors import Actors
from bamsat.core.read.instructing.frames import Draft
from bamsat.core.read.instructing.whens import when
from bamsat.core.read.lexicon import Event, phrases, within
from bamsat.core.terms.directive import Condition, Instruction
from bamsat.core.terms.figure import Figure
from bamsat.core.terms.vietnamese import tone_variants

_LONGEST_WHAT = 400
_MOST_CODES = 4
_PRODUCT = re.compile(
    r"(?:ban hành|xây dựng|trình|lập|hoàn thiện|phê duyệt|hoàn thành|tham mưu)[^.;:]{0,60}?(?<![^\W_])"
    r"(kế hoạch|đề án|chương trình|quy chế|quy hoạch|phương án|quyết định|nghị quyết|chỉ thị"
    r"|tờ trình|báo cáo|chiến lược|dự thảo|hướng dẫn|danh mục|dự toán|quy trình)(?![^\W_])"
)
_REPORT = re.compile(r"(?<![^\W_])(?:tổng hợp,?\s+)?báo cáo(?![^\W_])")
_LEAD_WORDS = re.compile(r"(?:[,:\s]|cần|phải|tiếp tục cần|có trách nhiệm|sẽ|cam kết|thì)+")
_AT_MOST = {"at_most": "<=", "at_least": ">=", "over": ">"}


@lru_cache(maxsize=1)
def _serving() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Words and the code that work on them serves (phrases/serves.yml)."""
    found = []
    for entry in phrases("serves"):
        ways = {way for said in entry["says"] for way in tone_variants(said)}
        any_of = "|".join(re.escape(way) for way in sorted(ways, key=len, reverse=True))
        found.append((re.compile(rf"(?<![^\W_])(?:{any_of})(?![^\W_])"), entry["means"]["code"]))
    return tuple(found)


class Fields:
    """Completes the drafts of one document."""

    def __init__(
        self,
        document: Document,
        low: str,
        actors: Actors,
        figures: tuple[Figure, ...],
        events: list[Event],
        dated: str,
        issuer: str,
    ) -> None:
        self.document, self.text, self.low = document, document.text, low
        self._actors, self._events, self._dated, self._issuer = actors, events, dated, issuer
        self._year_here = ""
        self._figures = sorted(figures, key=lambda figure: figure.start)
        self._starts = [figure.start for figure in self._figures]

    def complete(self, draft: Draft) -> Instruction:
        start, end = draft.start, draft.end
        inside = self._figures[bisect_left(self._starts, start) : bisect_left(self._starts, end)]
        inferred = list(draft.inferred)
        told = when(self.low, start, end, self._year_here or self._dated)
        if told.time in ("none", "soon") and draft.when.time not in ("none", "soon"):
            told = draft.when
            inferred.append("by_when")
        by_when = self.text[told.start : told.end] if told.time != "none" else None
        if told.due and by_when and len(self._dated) <= 4 and re.search(rf"{told.due[:4]}", by_when):
            self._year_here = told.due[:4]  # a text without a date of its own: what is said next goes on from here
        if told.due and by_when and not re.search(r"(?:19|20)\d\d", by_when):
            inferred.append("due")
        said_by = draft.said_by
        if said_by is None and self._issuer and draft.kind in ("instruction", "requirement", "proposal", "commitment"):
            said_by = self._issuer
            inferred.append("said_by")
        what_start = draft.after if start <= draft.after < end else start
        lead = _LEAD_WORDS.match(self.low, what_start, end)
        what_start = lead.end() if lead and lead.end() < end - 6 else what_start
        codes = self._indicators(start, end, inside)
        return Instruction(
            doc=self.document.name, start=start, end=end, text=self.text[start:end], kind=draft.kind,
            who=" ".join(draft.who.split()),
            supporting=self._actors.helpers(self.low, start, end) or draft.supporting,
            what=" ".join(self.text[what_start:end].split())[:_LONGEST_WHAT],
            by_when=by_when, time=told.time, due=told.due,
            indicators=codes, product=self._product(start, end), condition=self._condition(inside, told.due, codes),
            said_by=said_by, addressee=draft.addressee, inferred=tuple(dict.fromkeys(inferred)), at=draft.at,
        )  # fmt: skip

    def _indicators(self, start: int, end: int, inside: list[Figure]) -> tuple[str, ...]:
        codes = [figure.indicator for figure in inside if ":" not in figure.indicator]
        codes += [str(event.means["code"]) for event in within(self._events, start, end) if event.kind == "indicator"]
        said = self.low[start:end]
        found = sorted((match.start(), code) for pattern, code in _serving() if (match := pattern.search(said)))
        codes += [code for _, code in found]
        if not codes:
            codes = [figure.indicator for figure in inside]
        return tuple(dict.fromkeys(codes))[:_MOST_CODES]

    def _product(self, start: int, end: int) -> str | None:
        found = _PRODUCT.search(self.low, start, end)
        if found is not None:
            return self.text[found.start(1) : found.end(1)]
        report = _REPORT.search(self.low, start, end)
        return "báo cáo" if report is not None else None

    def _condition(self, inside: list[Figure], due: str | None, codes: tuple[str, ...]) -> Condition | None:
        """The first figure that can be looked up and compared, with the way in which it is to be reached. A name with
        those in it who lead or help is none: what the words serve is meant then."""
        for figure in inside:
            if (
                figure.of is not None
                or figure.measure in ("change", "ratio")
                or (figure.status == "actual" and due is None)
            ):
                continue
            around = self.low[max(0, figure.start - 28) : figure.start]
            comparison = _AT_MOST.get(figure.hedge or "", ">=")
            if re.search(r"không quá|không vượt|tối đa|giảm còn|giảm xuống|dưới", around):
                comparison = "<="
            elif re.search(r"ít nhất|tối thiểu|trên|từ", around):
                comparison = ">="
            family, _, name = figure.indicator.partition(":")
            code = figure.indicator
            if codes and re.search(r"phối hợp|chủ trì|^giao ", name):
                code = next((one for one in codes if one.startswith(f"{family}:")), codes[0])
            return Condition(code, figure.segment, figure.measure, comparison, figure.value, figure.unit, figure.period)
        return None
