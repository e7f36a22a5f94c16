# SPDX-License-Identifier: Apache-2.0
"""Random topics and whole reports: figures, places, periods, directions, hedges and statuses drawn from a seed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from random import Random

from bamsat.core.report.facts import Fact, Topic
from bamsat.core.report.outline import (
    Block,
    Cell,
    Column,
    Frame,
    Heading,
    Paragraph,
    Report,
    Row,
    Table,
    Words,
)  # fmt: skip
from bamsat.core.report.wording import Setting, cell, paragraph, period_words, sentence
from bamsat.core.terms.period import Period
from bench.reports.subjects import SECTIONS, Subject, Where, provinces, size

_HUNDRED = Decimal(100)
_GENERAL = (
    "Sở Công Thương đã tham mưu triển khai đồng bộ các giải pháp tháo gỡ khó khăn cho sản xuất, kinh doanh.",
    "Các doanh nghiệp cơ bản duy trì sản xuất ổn định, bảo đảm việc làm cho người lao động.",
    "Hàng hóa trên thị trường dồi dào, đáp ứng nhu cầu của người dân; công tác quản lý thị trường được tăng cường.",
    "Thực hiện Chỉ thị số 12/CT-UBND ngày 15/3/2026 về bảo đảm cung ứng điện, các đơn vị đã xây dựng phương án cụ thể.",
)


@dataclass(frozen=True, slots=True)
class Made:
    """A report, where and when it is set, and the topics that it was written from."""

    report: Report
    setting: Setting


def report(seed: int) -> Made:
    """The report of a seed; the same seed makes the same report."""
    return _Maker(Random(seed)).report()


class _Maker:
    def __init__(self, draw: Random) -> None:
        self.draw = draw
        self.entries = 0

    # Where and when.

    def report(self) -> Made:
        period = self._period()
        where = self.draw.choice(
            [w for w in provinces() if w.since <= period.start_year and period.end_year <= w.until]
        )
        setting = Setting(period, where.name, where.kind)
        blocks: list[Block] = [Heading(1, f"Tình hình {period_words(period)}".upper(), "I.")]
        sections = [s for s in SECTIONS if self.draw.random() < 0.75] or [SECTIONS[0]]
        for number, (name, subjects) in enumerate(sections, 1):
            blocks.append(Heading(2, name, f"{number}."))
            blocks += self._section(setting, name, subjects)
        frame = self._frame(where, period)
        attributes = {"kind": "bench", "place": where.name, "period": period.code}
        return Made(Report(frame, tuple(blocks), title=frame.subject, attributes=attributes), setting)

    def _period(self) -> Period:
        year = self.draw.randint(2015, 2028)
        kind = self.draw.choices(("month", "quarter", "half", "nine", "year", "five"), (40, 15, 10, 10, 20, 5))[0]
        match kind:
            case "month":
                return Period.month(year, self.draw.randint(1, 12))
            case "quarter":
                return Period.quarter(year, self.draw.randint(1, 4))
            case "half":
                return Period.months(year, 1, 6)
            case "nine":
                return Period.months(year, 1, 9)
            case "year":
                return Period.year(year)
        first = self.draw.choice((2011, 2016))
        return Period.years(first, first + 4)

    def _frame(self, where: Where, period: Period) -> Frame:
        day = date(period.end_year, period.last % 12 + 1, self.draw.randint(18, 28))
        whole = f"ỦY BAN NHÂN DÂN {where.kind.upper()} {where.name.upper()}"
        return Frame(
            parent=whole, organ="SỞ CÔNG THƯƠNG", number=str(self.draw.randint(2, 2400)), symbol="BC-SCT",
            place=where.name, day=day, kind="BÁO CÁO",
            subject=f"Tình hình phát triển công nghiệp, thương mại {period_words(period)}",
            recipients=(f"UBND {where.kind} {where.name};", "Lưu: VT, KHTC."), post="GIÁM ĐỐC",
        )  # fmt: skip

    # What is told.

    def _section(self, setting: Setting, name: str, subjects: Sequence[Subject]) -> list[Block]:
        chosen = self.draw.sample(list(subjects), self.draw.randint(1, min(4, len(subjects))))
        topics = [self.topic(subject, setting) for subject in chosen]
        blocks: list[Block] = []
        if self.draw.random() < 0.4:
            blocks.append(Paragraph((Words(self.draw.choice(_GENERAL)),)))
        way, style = self.draw.random(), self.draw.randint(0, 11)
        if way < 0.45:
            blocks.append(Paragraph(paragraph(topics, setting, style)))
        elif way < 0.75:
            blocks += [Paragraph(sentence(topic, setting, style), "item") for topic in topics]
        else:
            blocks += [Paragraph(sentence(topic, setting, self.draw.randint(0, 11))) for topic in topics]
        table = self.table(name, topics, setting) if self.draw.random() < 0.5 else self.grid(name, topics, setting)
        if table.rows and self.draw.random() < 0.6:
            blocks.append(table)
        return blocks

    def topic(self, subject: Subject, setting: Setting, *, part: bool = False, status: str = "") -> Topic:
        draw, period = self.draw, setting.period
        status = status or draw.choice(("actual", "actual", "estimate"))
        price = draw.choice(("", "", "constant:2010", "current")) if subject.prices else ""
        base = period.shift_years(-1)
        fact = Fact(
            subject.indicator, "growth", Decimal(0), "%", period, status=status, segment=subject.segment,
            area=setting.area,
        )  # fmt: skip
        level = growth = on_last = plan = ratio = share = points = None
        if subject.unit is not None:
            level = self._level(subject, fact, price)
        five = period.length > 12
        if five:
            growth = replace(fact, value=self._percent(1, 18), unit="%/year", entries=self._entry())
        elif subject.indicator != "trade_balance" and (subject.unit is None or draw.random() < 0.9):
            value = self._percent(-22, 35)
            growth = replace(fact, value=value, base=base, price_basis=price, entries=self._entry())
        if growth is not None and period.length in (1, 3) and draw.random() < 0.3:
            on_last = replace(fact, value=self._percent(-9, 9), base=period.before(), entries=self._entry())
        if level is not None and subject.planned and not five and draw.random() < 0.5:
            low, high = (85, 125) if period.is_year else (6, 95)
            ratio = replace(fact, measure="plan_ratio", value=self._percent(low, high), entries=self._entry())
        if part and level is not None and draw.random() < 0.4:
            share = replace(fact, measure="share", value=self._percent(1, 70), entries=self._entry())
        if part and subject.indicator.startswith("iip_") and growth is not None and not five and draw.random() < 0.4:
            points = replace(
                fact, measure="contribution", value=self._percent(0, 8).copy_sign(growth.value), unit="point",
                base=base, entries=self._entry(),
            )  # fmt: skip
        if level is not None and subject.planned and not part and not five and draw.random() < 0.15:
            whole = period if period.is_year else Period.year(period.end_year)
            plan = replace(self._level(subject, fact, price), period=whole, status="target", hedge="")
        parts: tuple[Topic, ...] = ()
        if subject.parts and draw.random() < 0.6:
            few = draw.sample(list(subject.parts), draw.randint(2, len(subject.parts)))
            parts = tuple(self.topic(one, setting, part=True, status=status) for one in few)
        to_date = None
        if not part and period.length in (1, 3) and period.last % 12 >= period.length and draw.random() < 0.6:
            since = Setting(Period.months(period.end_year, 1, period.last % 12 + 1), setting.area, setting.area_kind)
            to_date = self.topic(replace(subject, parts=()), since, part=False, status=status)
        return Topic(
            subject.indicator, subject.name, period, level, growth, on_last, ratio, plan, share, points,
            subject.segment, parts, to_date, subject.adds_up,
            "none" if subject.indicator in ("cpi", "imports") else "up",
        )  # fmt: skip

    def _level(self, subject: Subject, fact: Fact, price: str) -> Fact:
        unit, draw = subject.unit, self.draw
        assert unit is not None
        places = draw.choice(unit.places)
        amount = round(size(subject, Decimal(str(draw.random()))), places)
        if not amount:
            amount = Decimal(1)
        hedge = draw.choice(("over", "nearly", "about")) if draw.random() < 0.15 and amount > 0 else ""
        return replace(
            fact, measure="level", value=amount * unit.scale, unit=unit.code, written=(unit.name, Decimal(unit.scale)),
            places=places, hedge=hedge, price_basis=price, entries=self._entry(),
        )  # fmt: skip

    def _percent(self, low: int, high: int) -> Decimal:
        places = self.draw.choice((1, 2, 2, 2))
        value = round(Decimal(str(self.draw.uniform(low, high))), places)
        return value if value else Decimal("0.37")

    def _entry(self) -> tuple[str, ...]:
        self.entries += 1
        return (f"00000000-0000-4000-8000-{self.entries:012}",)

    # A table of the same topics.

    def table(self, name: str, topics: Sequence[Topic], setting: Setting) -> Table:
        """The columns that the topics have in common, as the tables of monthly reports have them."""
        period, told = setting.period, period_words(setting.period)
        estimated = {fact.status for topic in topics for fact in (topic.level, topic.growth) if fact}
        topics = [topic for topic in topics if topic.growth is None or topic.growth.unit == "%"]
        levels = [topic for topic in topics if topic.level is not None] if len(estimated) == 1 else []
        head = f"Ước thực hiện {told}" if estimated == {"estimate"} else f"Thực hiện {told}"
        columns = [Column(("Chỉ tiêu",), 60), Column(("Đơn vị tính",), 24), Column((head,), number=True)]
        if period.length <= 12:
            columns.append(Column(("Tăng, giảm so với cùng kỳ năm trước (%)",), number=True))
        rows = []
        for topic in levels:
            assert topic.level is not None
            cells = [Cell((Words(topic.name),)), Cell((Words(topic.level.written[0]),)), cell(topic.level)]
            if period.length <= 12:
                cells.append(cell(topic.growth, sign=True))
            rows.append(Row(tuple(cells)))
        return Table(f"{name} {told}", tuple(columns), tuple(rows))

    def grid(self, name: str, topics: Sequence[Topic], setting: Setting) -> Table:
        """Heads of two levels: the period, since January, the plan; parts below their wholes; of what is done alone."""
        period, done = setting.period, ("actual",)
        rows = [(topic, 0) for topic in topics if topic.level is not None and topic.level.status in done]
        rows = [row for topic, _ in rows for row in ((topic, 0), *((part, 1) for part in topic.parts))]
        if period.length > 12 or any(topic.level is None for topic, _ in rows):
            return Table("", (), ())
        so_far = next((topic.to_date.period for topic, _ in rows if topic.to_date), None)
        now = _capital(period_words(period))
        columns = [Column(("TT",), 10), Column(("Chỉ tiêu",)), Column(("Đơn vị tính",), 24)]
        columns += [Column((now, "Giá trị"), 24, True), Column((now, "So với cùng kỳ năm trước (%)"), 24, True)]
        if so_far is not None:
            until = _capital(period_words(so_far))
            columns += [Column((until, "Giá trị"), 24, True), Column((until, "So với cùng kỳ năm trước (%)"), 24, True)]
        plan = f"Kế hoạch năm {period.end_year}"
        columns += [Column((plan, "Giá trị"), 24, True), Column((plan, "Thực hiện so với kế hoạch (%)"), 24, True)]
        return Table(f"{name} {period_words(period)}", tuple(columns), tuple(self._rows(rows, so_far is not None)))

    def _rows(self, rows: Sequence[tuple[Topic, int]], so_far: bool) -> Iterator[Row]:
        count = 0
        for topic, level in rows:
            assert topic.level is not None
            unit, count = topic.level.written[0], count + (not level)
            since = topic.to_date
            numbers = [cell(topic.level), cell(topic.growth)]
            if so_far:
                numbers += [cell(since.level if since else None, unit), cell(since.growth if since else None)]
            # the plan's percent is of the latest period that the row tells
            latest = since.plan_ratio if since else topic.plan_ratio
            numbers += [cell(topic.plan, unit), cell(latest if bool(since) == so_far else None)]
            head = [Cell((Words("" if level else str(count)),)), Cell((Words(topic.segment or topic.name),))]
            yield Row((*map(_capital_cell, head), Cell((Words(unit),)), *numbers), level=level)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _capital_cell(one: Cell) -> Cell:
    return Cell((Words(_capital(one.text)),))
