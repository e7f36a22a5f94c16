# SPDX-License-Identifier: Apache-2.0
"""Page furniture: which blocks are not text of the document, and what they say about it."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib import resources
from itertools import takewhile
from typing import Any

from bamsat.core.read.document import Block
from bamsat.core.terms.data import shipped

_LONGEST_LINE = 260  # a longer line is text, whatever it says
_LOOK_FOR_TITLE = 25  # blocks
_LOOK_FOR_OUTLET = 6_000  # characters
_SHORTEST_TITLE = 8
_LONGEST_CAPTION = 120
_NAME_WORD = re.compile(r"[^\W\d_]+\.?(?:[^\W\d_]\.?)*")
_OFFICIAL_DATE = re.compile(r"ngày\s+(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4})")
_OFFICIAL_NUMBER = re.compile(r"Số\s*:?\s*(\d+\s*/\s*[A-ZĐÀ-Ỹa-z0-9&–-]+(?:/[A-Z0-9-]+)?)")
_BAR = re.compile(r"\s+[|•·]\s+")
_GROUP = re.compile(r"\(\?P<(\w+)>")


@dataclass(frozen=True, slots=True)
class Rule:
    """One way a line can be furniture."""

    id: str
    kind: str
    pattern: str
    says: tuple[str, ...]
    never: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of data/phrases/furniture.yml, ready to use."""

    rules: tuple[Rule, ...]
    line: re.Pattern[str]
    prefix: re.Pattern[str]
    letterhead: re.Pattern[str]
    reporter: re.Pattern[str]
    not_names: frozenset[str]
    document_kinds: frozenset[str]
    outlets: dict[str, str]
    raw: dict[str, Any]


def _one_pattern(rules: list[Rule]) -> re.Pattern[str]:
    """All rules in one alternation; group names carry the rule's place, since a name may be used once only."""
    parts = [
        f"(?P<rule_{n}>{_GROUP.sub(lambda m, n=n: f'(?P<{m[1]}_{n}>', rule.pattern)})"  # type: ignore[misc]
        for n, rule in enumerate(rules)
    ]
    return re.compile("|".join(parts))


@lru_cache(maxsize=1)
def load_rules() -> Rules:
    """Read once, when the first document needs them."""
    raw: dict[str, Any] = shipped("phrases/furniture.yml")
    kinds = {"lines": "furniture", "captions": "caption", "prefixes": "prefix"}
    rules = [
        Rule(row["id"], kind, row["pattern"], tuple(row["says"]), tuple(row["never"]))
        for part, kind in kinds.items()
        for row in raw[part]
    ]
    whole = [rule for rule in rules if rule.kind != "prefix"]
    return Rules(
        rules=tuple(rules),
        line=_one_pattern(whole),
        prefix=_one_pattern([rule for rule in rules if rule.kind == "prefix"]),
        letterhead=re.compile(raw["letterhead"]["pattern"]),
        reporter=re.compile(raw["reporter_of"]["pattern"]),
        not_names=frozenset(raw["signature"]["not_words"]),
        document_kinds=frozenset(raw["document_kinds"]),
        outlets=_outlets() | {row["mark"]: row["name"] for row in raw["outlets"]},
        raw=raw,
    )


def _outlets() -> dict[str, str]:
    """The marks of the press, each with the first name of its outlet."""
    lines = resources.files("bamsat").joinpath("data", "outlets.csv").read_text("utf-8").splitlines()
    rows = csv.DictReader(lines)
    return {mark: row["names"].split(";")[0] for row in rows for mark in row["abbreviations"].split(";") if mark}


def _found(match: re.Match[str]) -> tuple[int, dict[str, str]]:
    """Which rule matched, and what its named groups say."""
    number = next(int(name[5:]) for name, said in match.groupdict().items() if said and name.startswith("rule_"))
    said = {
        name.rpartition("_")[0]: value
        for name, value in match.groupdict().items()
        if value and not name.startswith("rule_")
    }
    return number, said


def furniture_of(line: str) -> tuple[str, str, dict[str, str]] | None:
    """The rule, the kind and the attributes of a line that is furniture or a caption; None for text.

    >>> furniture_of("7,357 lượt xem")
    ('view_counter', 'furniture', {})
    >>> furniture_of("Xuất khẩu đạt 242 triệu USD") is None
    True
    """
    match = load_rules().line.fullmatch(line)
    if match is None:
        return _several_parts(line) if _BAR.search(line) else None
    number, said = _found(match)
    rule = load_rules().rules[number]
    return rule.id, rule.kind, said


def _several_parts(line: str) -> tuple[str, str, dict[str, str]] | None:
    """Date, clock and counter that a page writes on one line, between bars."""
    parts = [furniture_of(part.strip()) for part in _BAR.split(line) if part.strip()]
    found = [part for part in parts if part is not None and part[1] == "furniture"]
    if not found or len(found) < len(parts):
        return None
    return found[0][0], "furniture", {name: value for part in found for name, value in part[2].items()}


def is_signature(line: str) -> bool:
    """Whether a last line is the writer's name and nothing else."""
    words = line.split()
    if not 1 <= len(words) <= 5 or len(line) > 40 or line[-1] in ":;,%)":
        return False
    if len(words) == 1 and not (line.isupper() and len(line) <= 6):
        return False
    if any(word.lower() in load_rules().not_names for word in words):
        return False
    return all(word[0].isupper() and _NAME_WORD.fullmatch(word) for word in words)


def iso_date(said: str) -> str:
    """A date written day first, as YYYY-MM-DD; empty when it is no date.

    >>> iso_date("03/05/2024"), iso_date("2021-03"), iso_date("40/40/2020")
    ('2024-05-03', '2021-03', '')
    """
    parts = re.split(r"[/-]", said)
    if len(parts[0]) == 4:
        return said
    if len(parts) != 3:
        return ""
    day, month, year = (int(part) for part in parts)
    if not (1 <= day <= 31 and 1 <= month <= 12 and 1900 <= year <= 2200):
        return ""
    return f"{year:04}-{month:02}-{day:02}"


class _Marker:
    """One pass over the blocks of a document, and what it learns on the way."""

    def __init__(self, text: str, blocks: list[Block], attributes: dict[str, str]) -> None:
        self.text = text
        self.blocks = blocks
        self.attributes = attributes
        self.datelines: list[tuple[int, str, bool]] = []  # block, date, whether it is stamped with a time zone
        self.rules = load_rules()

    def words(self, block: Block) -> str:
        return self.text[block.start : block.end]

    def say(self, name: str, value: str) -> None:
        value = value.strip(" .,;()[]\u00a0")
        if value:
            self.attributes.setdefault(name, value)

    def mark_lines(self) -> None:
        for index, block in enumerate(self.blocks):
            if block.end - block.start > _LONGEST_LINE or block.kind in ("cell", "title", "furniture"):
                continue
            found = furniture_of(self.words(block))
            if found is None:
                continue
            _, kind, said = found
            self.blocks[index] = replace(block, kind=kind, level=0)
            if "dated" in said:
                self.datelines.append((index, iso_date(said.pop("dated")), bool(said.pop("clock", ""))))
            for name, value in said.items():
                self.say(name, value)

    def split_prefix(self) -> None:
        """Take a crawler's date and the outlet's mark off the first sentence."""
        for index, block in enumerate(self.blocks[:_LOOK_FOR_TITLE]):
            if block.kind not in ("paragraph", "item"):
                continue
            match = self.rules.prefix.match(self.text, block.start, min(block.end, block.start + 80))
            if match is not None:
                _, said = _found(match)
                mark = said.pop("mark", "")
                if "dated" in said:
                    self.datelines.append((index, iso_date(said["dated"]), False))
                elif mark not in self.rules.outlets:
                    return
                if mark in self.rules.outlets:
                    self.say("outlet", self.rules.outlets[mark])
                front = replace(block, kind="furniture", end=block.start + len(match[0].rstrip()))
                self.blocks[index : index + 1] = [front, replace(block, start=match.end())]
                self.datelines = [(at + (at > index), date, clock) for at, date, clock in self.datelines]
                return
            if block.end - block.start > _LONGEST_LINE:
                return

    def mark_signature(self) -> None:
        for index in range(len(self.blocks) - 1, 0, -1):
            block = self.blocks[index]
            if block.kind == "furniture":
                continue
            before = self.blocks[index - 1]
            alone = block.kind in ("paragraph", "heading") and before.end - before.start > block.end - block.start
            if alone and is_signature(self.words(block)):
                self.blocks[index] = replace(block, kind="furniture", level=0)
                self.say("author", self.words(block))
            return

    def find_title(self) -> None:
        title = [block for block in self.blocks[:_LOOK_FOR_TITLE] if block.kind == "title"]
        if not title:
            title = self._mark_title()
        elif self.words(title[-1]).lower() in self.rules.document_kinds:
            after = self.blocks.index(title[-1]) + 1
            if after < len(self.blocks) and self.blocks[after].kind in ("paragraph", "heading"):
                self.blocks[after] = replace(self.blocks[after], kind="title", level=0)
                title.append(self.blocks[after])
        if title:
            self.say("title", " ".join(" ".join(self.words(block).split()) for block in title))

    def _mark_title(self) -> list[Block]:
        for index, block in enumerate(self.blocks[:_LOOK_FOR_TITLE]):
            if block.kind in ("furniture", "caption", "cell"):
                continue
            words = self.words(block)
            if len(words) <= _LONGEST_LINE and self.rules.letterhead.fullmatch(words):
                continue
            names_kind = words.lower().strip() in self.rules.document_kinds
            if block.kind == "heading" and len(words) < _SHORTEST_TITLE and not names_kind:
                continue  # the name of a sheet
            if not names_kind and not self._can_be_title(index, words):
                return []
            last = index + 2 if names_kind and index + 1 < len(self.blocks) else index + 1
            self.blocks[index:last] = [replace(one, kind="title", level=0) for one in self.blocks[index:last]]
            return self.blocks[index:last]
        return []

    def _can_be_title(self, index: int, words: str) -> bool:
        if not _SHORTEST_TITLE <= len(words) <= 220 or words[-1] in ".;:,…" or self.blocks[index].kind == "item":
            return False
        return any(later.kind not in ("furniture", "cell") for later in self.blocks[index + 1 :])

    def mark_repeated(self) -> None:
        """A short line said twice on end, or a repeated title, stands under a picture."""
        title = next((self.words(block) for block in self.blocks if block.kind == "title"), None)
        for index, block in enumerate(self.blocks):
            if block.kind not in ("paragraph", "heading") or block.end - block.start > _LONGEST_LINE:
                continue
            words = self.words(block)
            if words == title:
                self.blocks[index] = replace(block, kind="caption", level=0)
            elif index and len(words) <= _LONGEST_CAPTION and self.words(self.blocks[index - 1]) == words:
                self.blocks[index - 1] = replace(self.blocks[index - 1], kind="caption", level=0)
                self.blocks[index] = replace(block, kind="caption", level=0)

    def find_official_lines(self) -> None:
        """Number and date of an official document, in its letterhead, whose lines are no headings."""
        end = len(self.blocks)
        places = [*range(min(end, _LOOK_FOR_TITLE)), *range(max(end - _LOOK_FOR_TITLE, _LOOK_FOR_TITLE), end)]
        for index in places:
            block = self.blocks[index]
            if block.end - block.start > _LONGEST_LINE or block.kind in ("title", "furniture"):
                continue
            words = self.words(block)
            if block.kind == "cell" or not self.rules.letterhead.fullmatch(words):
                continue
            self.blocks[index] = replace(block, kind="paragraph", level=0)
            if number := _OFFICIAL_NUMBER.match(words):
                self.say("number", number[1])
            if date := _OFFICIAL_DATE.search(words):
                self.datelines.insert(0, (len(self.blocks), iso_date(f"{date[1]}/{date[2]}/{date[3]}"), False))

    def find_date(self) -> None:
        """A crawler's clock stands above the title and says the time zone; the document's own line beats it."""
        title = next((index for index, block in enumerate(self.blocks) if block.kind == "title"), -1)
        own = [date for index, date, clock in self.datelines if date and not (clock and index < title)]
        crawled = [date for _, date, _ in self.datelines if date]
        for date in (own or crawled)[:1]:
            self.say("dated", date)

    def find_outlet(self) -> None:
        if "outlet" not in self.attributes and (said := self.rules.reporter.search(self.text, 0, _LOOK_FOR_OUTLET)):
            proper = takewhile(lambda word: word[0].isupper() or word == "-", said["name"].split())
            self.say("outlet", " ".join((said["kind"], *proper)).rstrip(" -"))


def mark(text: str, blocks: list[Block], attributes: dict[str, str]) -> tuple[tuple[Block, ...], dict[str, str]]:
    """The blocks with furniture, captions and title marked, and the attributes of the document.

    Attributes that the file itself carries (a meta tag, a core property) are given and win.
    """
    marker = _Marker(text, list(blocks), dict(attributes))
    marker.mark_lines()
    marker.split_prefix()
    marker.find_title()
    marker.mark_repeated()
    marker.mark_signature()
    marker.find_official_lines()
    marker.find_date()
    marker.find_outlet()
    return tuple(marker.blocks), marker.attributes
