# SPDX-License-Identifier: Apache-2.0
"""The table of a section: an indicator a row, what it came to, since January, against the plan."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from bamsat.core.report.amounts import written_unit
from bamsat.core.report.facts import Fact, Topic
from bamsat.core.report.outline import Cell, Column, Row, Table, Words
from bamsat.core.report.wording import cell, period_words
from bamsat.core.terms.period import Period

Take = Callable[[Topic], Fact | None]


@dataclass(frozen=True, slots=True)
class _Asked:
    head: tuple[str, ...]
    take: Take
    percent: bool = False
    mixed: bool = False  # estimates stand beside what was done


def table_of(caption: str, topics: Sequence[Topic], period: Period) -> Table | None:
    """Only columns that any row fills; None where there is nothing to put into one."""
    rows = [row for topic in topics for row in _with_parts(topic, 0)]
    columns = [one for one in _columns(topics, period) if any(one.take(topic) for topic, _level in rows)]
    if not rows or not columns:
        return None
    columns = [_as_estimated(one, [topic for topic, _level in rows]) for one in columns]
    heads = [Column(("TT",), 10), Column(("Chỉ tiêu",)), Column(("Đơn vị tính",), 24)]
    heads += [Column(one.head, 24, number=True) for one in columns]
    told, count = [], 0
    for topic, level in rows:
        count += not level
        cells = [Cell((Words(str(count) if not level else ""),)), Cell((Words(_name(topic)),)), _unit(topic)]
        cells += [_cell(one, topic) for one in columns]
        told.append(Row(tuple(cells), level=level))
    return Table(caption, tuple(heads), tuple(told), note=_sources(topics))


def _columns(topics: Sequence[Topic], period: Period) -> list[_Asked]:
    so_far = next((topic.to_date.period for topic in topics if topic.to_date), None)
    now, plan = _capital(period), f"Kế hoạch năm {period.end_year}"
    before = {1: "So với tháng trước (%)", 3: "So với quý trước (%)"}.get(period.length, "So với kỳ trước (%)")
    found = [
        _Asked((now, "Giá trị"), lambda one: one.level or one.share),
        _Asked((now, before), lambda one: one.growth_on_last, percent=True),
        _Asked((now, "So với cùng kỳ năm trước (%)"), lambda one: one.growth, percent=True),
    ]
    if so_far is not None:
        found += [
            _Asked((_capital(so_far), "Giá trị"), lambda one: one.to_date.level if one.to_date else None),
            _Asked((_capital(so_far), "So với cùng kỳ năm trước (%)"), _to_date_growth, percent=True),
        ]
    return [
        *found,
        _Asked((plan, "Giá trị"), lambda one: one.plan or (one.to_date.plan if one.to_date else None)),
        _Asked((plan, "Thực hiện so với kế hoạch (%)"), _ratio, percent=True),
    ]


def _to_date_growth(topic: Topic) -> Fact | None:
    return topic.to_date.growth if topic.to_date else None


def _ratio(topic: Topic) -> Fact | None:
    return topic.plan_ratio or (topic.to_date.plan_ratio if topic.to_date else None)


def _capital(period: Period) -> str:
    words = period_words(period)
    return words[:1].upper() + words[1:]


def _with_parts(topic: Topic, level: int) -> list[tuple[Topic, int]]:
    return [(topic, level), *((part, level + 1) for part in topic.parts)]


def _name(topic: Topic) -> str:
    return topic.segment or topic.name


def _first(topic: Topic) -> Fact | None:
    so_far = topic.to_date
    levels = (topic.level, so_far.level if so_far else None, topic.plan, so_far.plan if so_far else None, topic.share)
    return next((fact for fact in levels if fact is not None), None)


def _unit(topic: Topic) -> Cell:
    fact = _first(topic)
    return Cell((Words(written_unit(fact)[0] if fact else "%"),))


def _cell(one: _Asked, topic: Topic) -> Cell:
    fact = one.take(topic)
    if fact is None:
        return cell(None)
    first = _first(topic)
    told = cell(fact) if one.percent or first is None else cell(fact, written_unit(first)[0])
    return Cell((Words("ước "), *told.pieces)) if one.mixed and fact.status == "estimate" else told


def _as_estimated(one: _Asked, topics: Sequence[Topic]) -> _Asked:
    """Levels that are all estimates are named so in the head; among others, each for itself."""
    found = [fact for topic in topics if (fact := one.take(topic)) is not None]
    estimates = [fact for fact in found if fact.status == "estimate"]
    if one.percent or not estimates:
        return one
    if len(estimates) == len(found):
        return replace(one, head=(*one.head[:-1], "Ước thực hiện"))
    return replace(one, mixed=True)


def _sources(topics: Sequence[Topic]) -> str:
    """Where numbers of others come from."""
    named = dict.fromkeys(fact.source for topic in topics for fact in topic.facts() if fact.source)
    return f"Nguồn: {'; '.join(named)}." if named else ""


Years = Sequence[tuple[Period, Fact | None, Fact | None]]  # level and growth of each year


def years_table(caption: str, rows: Sequence[tuple[str, Years]]) -> Table | None:
    """An indicator a row, a year a column; its growth in a row below. The year before is there to compare with."""
    told = [(name, years) for name, years in rows if any(level or growth for _year, level, growth in years)]
    if not told:
        return None
    heads = [Column(("TT",), 10), Column(("Chỉ tiêu",)), Column(("Đơn vị tính",), 24)]
    heads += [Column((f"Năm {year.start_year}",), 24, number=True) for year, _level, _growth in told[0][1]]
    made = [row for at, (name, years) in enumerate(told, start=1) for row in _of_years(at, name, years)]
    return Table(caption, tuple(heads), tuple(made))


def _of_years(at: int, name: str, years: Years) -> list[Row]:
    first = next((level for _year, level, _growth in years if level), None)
    unit = written_unit(first)[0] if first else "%"
    levels = [cell(level, unit) if level else cell(None) for _year, level, _growth in years]
    growths = [cell(growth) for _year, _level, growth in years]
    head = Row((Cell((Words(str(at)),)), Cell((Words(name),)), Cell((Words(unit),)), *levels))
    below = Row((Cell(), Cell((Words("So với năm trước"),)), Cell((Words("%"),)), *growths), level=1)
    grown = any(growth for _year, _level, growth in years)
    return [*([head] if first else []), *([below] if grown else [])] or [head]
