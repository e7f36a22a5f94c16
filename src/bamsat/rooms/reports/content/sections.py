# SPDX-License-Identifier: Apache-2.0
"""The sections of a report: what each tells of its indicators, whom it quotes, its tables and charts."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import chain

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from bamsat.core.report.facts import Topic
from bamsat.core.report.names import capital
from bamsat.core.report.outline import Block, Cell, Chart, Lacking, Paragraph, Piece, Row, Table, Told, Words, told_in
from bamsat.core.report.wording import Setting, hedged, paragraph, period_words, sentence, told
from bamsat.core.terms.period import Period
from bamsat.rooms.accounts.models import User
from bamsat.rooms.catalogue.models import AddsUp
from bamsat.rooms.reports.content.asked import Asked
from bamsat.rooms.reports.content.assigned import Assigned
from bamsat.rooms.reports.content.chosen import Chosen, Members
from bamsat.rooms.reports.content.facts import Teller
from bamsat.rooms.reports.content.frame import office_of
from bamsat.rooms.reports.content.interview import answered, unanswered
from bamsat.rooms.reports.content.kinds import AppendixAsked, Kind, Section
from bamsat.rooms.reports.content.lacking import of_topic, series_address, silent
from bamsat.rooms.reports.content.ledger import Held
from bamsat.rooms.reports.content.one_page import OnePage
from bamsat.rooms.reports.content.ordering import Part
from bamsat.rooms.reports.content.parts import Parts, parts_of
from bamsat.rooms.reports.content.pictures import growth_chart, months_chart, plan_chart, years_chart
from bamsat.rooms.reports.content.quoted import Quoted, new_note
from bamsat.rooms.reports.content.sayings import Saying, sayings
from bamsat.rooms.reports.content.tables import table_of, years_table
from bamsat.rooms.reports.grids import NoSuchGrid, grid_table
from bamsat.rooms.reports.grids_year import year_table

_AREA_KINDS = {"country": "cả nước", "province": "tỉnh", "district": "huyện", "commune": "xã"}
NOTE_NAMES = {
    "difficulty": "khó khăn", "advantage": "thuận lợi", "cause": "nguyên nhân", "risk": "rủi ro",
    "solution": "giải pháp đã thực hiện", "planned": "nhiệm vụ, giải pháp", "objective": "mục tiêu",
}  # fmt: skip


@dataclass
class Writer:
    """Writes the sections of one report, and remembers what they lack."""

    user: User | AnonymousUser
    asked: Asked
    kind: Kind
    teller: Teller
    members: Members
    told: Chosen
    after: Period
    quoted: Quoted
    says: Mapping[str, str]
    lacking: list[Lacking] = field(default_factory=list)
    _said: dict[str, Saying] = field(default_factory=dict)  # by indicator: told in the sentence of its document

    def part(self, section: Section) -> Part:
        """A section with those below it."""
        blocks = self._blocks(section)
        parts = tuple(self.part(one) for one in section.sections)
        if section.lead and (blocks or not all(part.is_empty for part in parts)):
            blocks.insert(0, Paragraph((Words(self.filled(section.lead)),)))
        return Part(self.filled(section.heading), tuple(blocks), parts)

    def _blocks(self, section: Section) -> list[Block]:
        if section.makes:
            self._note_lacks(section, self._topics.get(id(section), []))
            return self._one_page.part(section.makes)
        given = self._assigned.blocks(section.tasks) if section.tasks else ()
        blocks: list[Block] = [*self._figures(section), *self._targets(section), *given, *self._notes(section)]
        if not section.ask:
            return blocks
        question = capital(self.filled(section.ask))
        if not any(isinstance(block, Paragraph) for block in blocks):
            self.lacking.append(unanswered(question, self._where_to_answer(section)))
        return answered(question, self._speaker, blocks, self._names, self.asked.draft)

    @cached_property
    def _one_page(self) -> OnePage:
        topics = list(chain(*self._topics.values()))
        given = self._assigned.brief() if any(one.makes == "tasks" for one in self.kind.sections) else []
        return OnePage(topics, self.teller.ledger, self.setting, self.quoted, self.lacking, given)

    @cached_property
    def _assigned(self) -> Assigned:
        return Assigned(self.user, self.asked, self.after, office_of(self.asked))

    @property
    def _speaker(self) -> str:
        """The post that answers; a name only where the office has entered whose it is."""
        return f"Giám đốc Sở {self.asked.frame.get('signer') or ''}".strip()

    @cached_property
    def _names(self) -> dict[str, str]:
        return {one.indicator.code: one.indicator.name_vi for one in self.teller.ledger.held}

    def _where_to_answer(self, section: Section) -> str:
        if section.notes and not section.tells:
            return new_note(self.asked.place, self.asked.period, section.notes[0])
        if section.targets and not section.tells:
            return reverse("figures:plans")
        if section.indicators:
            return series_address(section.indicators[0], self.asked.place)
        return reverse("figures:list")

    def appendix(self, asked: AppendixAsked) -> Table | None:
        """None where there is nothing to put into it."""
        if asked.form:
            return self._form(asked.form)
        if asked.table == "year":
            return self._year()
        topics = [topic for topic in chain(*self._topics.values()) if topic.indicator not in self._said]
        return self._table(asked.table, self.filled(asked.title), topics)

    def _year(self) -> Table | None:
        """The table of the year, without what only the sentence of its document explains."""
        made = year_table(self.user, self.asked.place, self.asked.period.end_year, known=self.asked.known)
        free = {entry for one in told_in((made,)) if ":" in one.fact.indicator for entry in one.entries}
        explained = sayings(self.user, self.teller.ledger, free)
        kept = [row for row in made.rows if not explained.keys() & _entries_of(row)]
        rows = (replace(row, cells=(Cell((Words(str(at)),)), *row.cells[1:])) for at, row in enumerate(kept, start=1))
        return replace(made, rows=tuple(rows)) if kept else None

    def _form(self, code: str) -> Table | None:
        try:
            table = grid_table(self.user, code, self.asked.place, self.asked.period, self.asked.known)
        except NoSuchGrid:  # no form of the office's, or none for such a period
            return None
        return table if any(told_in((table,))) else None

    def filled(self, pattern: str) -> str:
        return pattern.format_map(self.says)

    # Indicators.

    @cached_property
    def setting(self) -> Setting:
        place = self.asked.place
        return Setting(self.asked.period, place.name, _AREA_KINDS.get(place.kind, ""))

    @cached_property
    def _parts(self) -> Parts:
        wholes = [
            one for section in self.kind.all_sections() if section.parts or section.field
            for one in self.told.named.get(id(section), ()) or self.told.of(section)
        ]  # fmt: skip
        return parts_of(self.user, self.teller.ledger, wholes)

    @cached_property
    def _topics(self) -> dict[int, list[Topic]]:
        """The topics of every section; what is told inside its whole is not told again."""
        return {
            id(section): [topic for held in self.told.of(section) if (topic := self._topic(section, held))]
            for section in self.kind.all_sections()
            if section.tells
        }

    def _topic(self, section: Section, held: Held) -> Topic | None:
        if held.indicator.code in self._parts.components:
            return None
        topic = self.teller.topic(held)
        if section.parts or section.field:
            found = self._parts.of.get((held.indicator.pk, held.shelf.price_basis), ())
            parts = (self.teller.topic(part.held, part.segment) for part in found)
            topic = replace(topic, parts=tuple(part for part in parts if part.facts() or part.to_date))
        return topic if topic.facts() or topic.to_date or topic.lacking else None

    def _figures(self, section: Section) -> Iterator[Block]:
        topics = self._topics.get(id(section), [])
        self._note_lacks(section, topics)
        named = {one.indicator.code for one in self.told.named.get(id(section), ())}
        main = [topic for topic in topics if topic.indicator in named]
        others = [topic for topic in topics if topic.indicator not in named]
        if section.items:
            main, others = [], topics
        for at, topic in enumerate(main):
            style = self.asked.style + 7 * at if self.asked.style else 4 * at  # no two sentences open alike
            yield Paragraph(paragraph((topic,), self.setting, style))
        others = yield from self._in_their_sentences(section, others)
        for family, words in section.together.items():
            alike = [topic for topic in others if topic.indicator.startswith(f"{family}:") and _is_counted(topic)]
            others = [topic for topic in others if topic not in alike]
            if alike:
                yield Paragraph(_together(words, alike), style="item")
        for at, topic in enumerate(others):
            yield Paragraph(self._item(topic, at), style="item")
        for name in section.tables:
            if made := self._table(name, self.filled(section.heading), topics):
                yield made
        yield from self._charts(section, topics)
        if self.asked.draft and section.tells and not section.rest and not topics:
            yield Lacking(f"Mục “{self.filled(section.heading)}”: sổ chưa có số {period_words(self.asked.period)}.")

    @cached_property
    def _sayings(self) -> dict[str, Saying]:
        """The sentences of documents, by entry, of what only counts and has a name in its document alone."""
        counted = (topic.level for topic in chain(*self._topics.values()) if _is_counted(topic) and topic.level)
        return sayings(self.user, self.teller.ledger, chain(*(level.entries for level in counted)))

    def _in_their_sentences(self, section: Section, topics: Sequence[Topic]) -> Generator[Block, None, list[Topic]]:
        """Each sentence once, whatever it says in how many sections; leaves the topics that no sentence tells."""
        found = {
            topic.indicator: saying for topic in topics
            if _is_counted(topic) and topic.level and (saying := self._sayings.get(topic.level.entries[0]))
        }  # fmt: skip
        told_before = set(self._said.values())
        self._said |= found
        style = "item" if section.items else "body"
        for saying in sorted(set(found.values()) - told_before, key=lambda one: (one.document, one.start)):
            yield Paragraph(saying.pieces, style=style)
        return [topic for topic in topics if topic.indicator not in found]

    def _item(self, topic: Topic, at: int) -> tuple[Piece, ...]:
        """A sentence; of something that was only counted, its name and number."""
        if _is_counted(topic):
            return _together(topic.name, [topic])
        return sentence(topic, self.setting, self._style(at))

    def _style(self, at: int) -> int:
        return self.asked.style + at if self.asked.style else 0

    def _note_lacks(self, section: Section, topics: Sequence[Topic]) -> None:
        place, told = self.asked.place, {topic.indicator for topic in topics}
        for topic in topics:
            named = topic.indicator in section.indicators and not section.items
            self.lacking += of_topic(topic, place, named)
            for part in topic.parts:
                self.lacking += of_topic(part, place, named=False)
        for held in self.told.named.get(id(section), ()):
            one = held.indicator
            if one.code not in told and one.code not in self._parts.components:
                self.lacking.append(silent(one.name, one.code, place, self.asked.period))

    def _table(self, name: str, caption: str, topics: Sequence[Topic]) -> Table | None:
        if name == "years":
            held = [one for one in self.teller.ledger.held if one.indicator.code in {each.indicator for each in topics}]
            return years_table(caption, [(one.indicator.name_vi, self.teller.years(one)) for one in held])
        return table_of(caption, topics, self.asked.period)

    def _charts(self, section: Section, topics: list[Topic]) -> Iterator[Chart]:
        for name in section.charts:
            found: Chart | None = None
            if name in ("months", "years"):
                flow = next((one for one in self.told.of(section) if one.indicator.adds_up == AddsUp.FLOW), None)
                draw = months_chart if name == "months" else years_chart
                found = draw(self.teller, flow) if flow else None
            elif name == "plan":
                found = plan_chart(topics, f"So với kế hoạch: {self.filled(section.heading)}")
            elif name == "growth":
                found = growth_chart(topics, f"So với cùng kỳ: {self.filled(section.heading)}")
            if found:
                yield found

    # What comes next.

    def _targets(self, section: Section) -> Iterator[Block]:
        if not section.targets:
            return
        found = (self.teller.target(held, self.after) for held in self.teller.ledger.held)
        for at, topic in enumerate(topic for topic in found if topic):
            yield Paragraph(sentence(topic, self.setting, self._style(at)), style="item")

    # The words of others.

    def _notes(self, section: Section) -> Iterator[Block]:
        fields = set(section.about)
        found = self.quoted.paragraphs(section.notes, fields, set(self.members.all(section.about)))
        yield from found
        if section.notes and not found and not section.about:
            lack = self._no_notes(section.notes)
            self.lacking.append(lack)
            if self.asked.draft:
                yield lack

    def _no_notes(self, kinds: Iterable[str]) -> Lacking:
        named = ", ".join(NOTE_NAMES[kind] for kind in kinds)
        period = self.after if set(kinds) & {"planned", "objective", "risk"} else self.asked.period
        address = new_note(self.asked.place, period, next(iter(kinds)))
        return Lacking(f"Chưa có nhận định nào về {named}.", "note", address)


def _entries_of(row: Row) -> set[str]:
    return {entry for cell in row.cells for piece in cell.pieces if isinstance(piece, Told) for entry in piece.entries}


def _is_counted(topic: Topic) -> bool:
    """Whether nothing but its number is told of something that reports name in their own words."""
    return ":" in topic.indicator and topic.level is not None and topic.facts() == (topic.level,) and not topic.to_date


def _together(words: str, topics: Sequence[Topic]) -> tuple[Piece, ...]:
    """ "Cơ sở đã cập nhật bản đồ an toàn: 40/40 nhà máy; 25/79 chợ." """
    pieces: list[Piece] = [Words(f"{words}: ")]
    for at, level in enumerate(topic.level for topic in topics if topic.level):
        pieces += [Words("; ")] if at else []
        pieces += (told(level),) if level.of is not None else hedged(level)
    return (*pieces, Words("."))
