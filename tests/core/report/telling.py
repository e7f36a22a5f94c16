# SPDX-License-Identifier: Apache-2.0
"""Topics made up from chance, and what the reader makes of their sentences, told as differences in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from random import Random

from bamsat.core.read.reader import read_text
from bamsat.core.report.amounts import shown_value, written_unit
from bamsat.core.report.facts import Fact, Topic
from bamsat.core.report.outline import Piece, Told
from bamsat.core.report.wording import Setting, plain
from bamsat.core.terms.figure import Figure
from bamsat.core.terms.period import Period

NAMES = {
    "industrial_output": ("Giá trị sản xuất công nghiệp", "VND"),
    "retail_services": ("Tổng mức bán lẻ hàng hóa và doanh thu dịch vụ tiêu dùng", "VND"),
    "retail_goods": ("Doanh thu bán lẻ hàng hóa", "VND"),
    "exports": ("Kim ngạch xuất khẩu", "USD"),
    "imports": ("Kim ngạch nhập khẩu", "USD"),
    "trade_total": ("Tổng kim ngạch xuất nhập khẩu", "USD"),
    "trade_balance": ("Cán cân thương mại", "USD"),
    "supervised_goods": ("Trị giá hàng hóa giám sát qua địa bàn", "USD"),
    "electricity_output": ("Điện sản xuất", "kWh"),
    "electricity_consumption": ("Điện thương phẩm", "kWh"),
    "grdp": ("Tổng sản phẩm trên địa bàn (GRDP)", "VND"),
    "investment": ("Vốn đầu tư toàn xã hội", "VND"),
    "budget_revenue": ("Thu ngân sách nhà nước trên địa bàn", "VND"),
    "product:xi măng": ("Xi măng", "ton"),
    "product:quặng sắt": ("Quặng sắt", "ton"),
}
INDICES = {
    "iip": "Chỉ số sản xuất công nghiệp (IIP)",
    "cpi": "Chỉ số giá tiêu dùng (CPI)",
    "iip_mining": "IIP khai khoáng",
    "iip_manufacturing": "IIP công nghiệp chế biến, chế tạo",
    "iip_electricity": "IIP sản xuất và phân phối điện, khí đốt",
    "iip_water": "IIP cung cấp nước; quản lý và xử lý rác thải, nước thải",
}
PARTS = {
    "industrial_output": ("khai khoáng", "chế biến, chế tạo", "điện", "nước, rác thải"),
    "retail_services": ("dịch vụ lưu trú và ăn uống",),
    "retail_goods": ("lương thực, thực phẩm", "hàng may mặc", "xăng dầu các loại"),
    "exports": ("chè", "hàng dệt may", "giày dép", "linh kiện điện tử"),
}
UNITS = {
    "VND": (("tỷ đồng", Decimal(10) ** 9), ("triệu đồng", Decimal(10) ** 6), ("nghìn tỷ đồng", Decimal(10) ** 12)),
    "USD": (("triệu USD", Decimal(10) ** 6), ("tỷ USD", Decimal(10) ** 9), ("nghìn USD", Decimal(10) ** 3)),
    "kWh": (("triệu kWh", Decimal(10) ** 6),),
    "ton": (("tấn", Decimal(1)), ("nghìn tấn", Decimal(1000))),
}
HEDGES = ("", "", "", "over", "nearly", "about", "at_least", "at_most")
STATUSES = ("actual", "actual", "estimate", "target", "forecast")
PLACES = ("Cao Bằng", "Hà Giang", "Thái Bình", "Thái Nguyên", "Ninh Bình")


def a_period(chance: Random) -> Period:
    year = chance.randint(2016, 2026)
    return chance.choice(
        (
            Period.year(year),
            Period.month(year, chance.randint(1, 12)),
            Period.quarter(year, chance.randint(1, 4)),
            Period.months(year, 1, 6),
            Period.months(year, 1, 9),
            Period.months(year, 1, chance.randint(2, 11)),
        )
    )


def _number(chance: Random, least: int, most: int, places: int) -> Decimal:
    return Decimal(chance.randint(least * 10**places, most * 10**places)).scaleb(-places)


def a_topic(chance: Random, period: Period | None = None) -> Topic:
    period = period or a_period(chance)
    if chance.random() < 0.3:
        return an_index(chance, period)
    code = chance.choice(tuple(NAMES))
    name, unit = NAMES[code]
    status = chance.choice(STATUSES)
    prices = chance.choice(("", "", "current", "constant:2010")) if code in ("industrial_output", "grdp") else ""
    written = chance.choice(UNITS[unit])
    level = Fact(
        code, "level", _number(chance, 1, 9999, chance.randint(0, 3)) * written[1], unit, period, status=status,
        hedge=chance.choice(HEDGES), written=written, price_basis=prices,
    )  # fmt: skip
    if code == "trade_balance":
        return Topic(code, name, period, level=level if chance.random() < 0.5 else _negative(level))
    told = _percents(chance, code, period, status, prices)
    parts = _parts(chance, code, name, period, level) if code in PARTS and chance.random() < 0.5 else ()
    to_date = None
    if period.length in (1, 3) and chance.random() < 0.4:
        span = Period(period.start_year * 12, period.last)
        if span != period:
            to_date = _to_date(chance, code, span, level, status)
    if chance.random() < 0.1:
        return Topic(code, name, period, growth=told.get("growth"), plan_ratio=told.get("plan_ratio"))
    if chance.random() < 0.1 and not parts:
        return _elsewhere(Topic(code, name, period, level, told.get("growth")), chance)
    plan = None
    if chance.random() < 0.2 and status in ("actual", "estimate"):
        year = Period.year(period.end_year)
        planned = _number(chance, 1, 9999, 1) * written[1]
        plan = Fact(code, "level", planned, unit, year, status="target", written=written, price_basis=prices)
    return Topic(
        code, name, period, level, told.get("growth"), told.get("growth_on_last"), told.get("plan_ratio"),
        plan, parts=parts, to_date=to_date,
    )  # fmt: skip


def _to_date(chance: Random, code: str, span: Period, level: Fact, status: str) -> Topic:
    total = replace(level, value=level.value * 3, period=span, hedge="") if chance.random() < 0.7 else None
    growth = _growth(chance, code, span, span.shift_years(-1), status, level.price_basis)
    ratio = Fact(
        code, "plan_ratio", _number(chance, 20, 130, 1), "%", span, status=status, price_basis=level.price_basis
    )
    return Topic(code, NAMES[code][0], span, total, growth, plan_ratio=ratio if chance.random() < 0.6 else None)


def _elsewhere(topic: Topic, chance: Random) -> Topic:
    """Told of another place than the report's; all that it says is of that place."""
    area = chance.choice(("Bắc Kạn", "Lạng Sơn"))
    level = replace(topic.level, area=area) if topic.level is not None else None
    growth = replace(topic.growth, area=area) if topic.growth is not None else None
    return replace(topic, level=level, growth=growth)


def _negative(fact: Fact) -> Fact:
    return replace(fact, value=-fact.value)


def _growth(chance: Random, code: str, period: Period, base: Period, status: str, prices: str = "") -> Fact:
    value = _number(chance, -40, 60, chance.randint(0, 2)) or Decimal("0.7")
    hedge = chance.choice(HEDGES) if chance.random() < 0.4 else ""
    fact = Fact(code, "growth", value, "%", period, base=base, status=status, price_basis=prices, hedge=hedge)
    if chance.random() < 0.1:
        return replace(fact, hedge="", value_high=value + (1 if value > 0 else -1) * chance.randint(1, 3))
    if chance.random() < 0.03:
        return replace(fact, hedge="", value=-abs(value), value_high=abs(value) + 1)
    if chance.random() < 0.2:
        return replace(fact, value=value + Decimal("0.0123"), derived=True, places=chance.randint(0, 2), hedge="")
    return fact


def _percents(chance: Random, code: str, period: Period, status: str, prices: str) -> dict[str, Fact]:
    told: dict[str, Fact] = {}
    if chance.random() < 0.8:
        told["growth"] = _growth(chance, code, period, period.shift_years(-1), status, prices)
    if period.length in (1, 3) and chance.random() < 0.6:
        told["growth_on_last"] = _growth(chance, code, period, period.before(), status, prices)
    if chance.random() < 0.6:
        ratio = _number(chance, 20, 130, chance.randint(0, 2))
        hedge = chance.choice(HEDGES) if chance.random() < 0.3 else ""
        told["plan_ratio"] = Fact(
            code, "plan_ratio", ratio, "%", period, status=status, price_basis=prices, hedge=hedge
        )
    return told


def _parts(chance: Random, code: str, name: str, period: Period, whole: Fact) -> tuple[Topic, ...]:
    topics = []
    for segment in chance.sample(PARTS[code], chance.randint(1, len(PARTS[code]))):
        status = _beside(chance, whole.status)
        level = Fact(
            code, "level", (whole.value / 7).quantize(Decimal(1)) or whole.value, whole.unit, period,
            status=status, segment=segment, written=whole.written, price_basis=whole.price_basis,
        )  # fmt: skip
        growth = _growth(chance, code, period, period.shift_years(-1), status, whole.price_basis)
        share = Fact(
            code, "share", _number(chance, 1, 90, 1), "%", period, status=status, segment=segment,
            price_basis=whole.price_basis,
        )  # fmt: skip
        topics.append(
            Topic(
                code,
                name,
                period,
                segment=segment,
                level=level,
                growth=_segmented(growth, segment) if chance.random() < 0.7 else None,
                share=share if chance.random() < 0.4 else None,
            )
        )
    return tuple(topics)


def _beside(chance: Random, status: str) -> str:
    """Of what is estimated a part may be known, and of what is known a part may be estimated."""
    return chance.choice(("actual", "estimate")) if status in ("actual", "estimate") else status


def _segmented(fact: Fact, segment: str) -> Fact:
    return replace(fact, segment=segment)


def an_index(chance: Random, period: Period) -> Topic:
    code = chance.choice(tuple(INDICES))
    status = chance.choice(STATUSES)
    growth: Fact | None = _growth(chance, code, period, period.shift_years(-1), status)
    if growth is not None and chance.random() < 0.2:
        growth = Fact(
            code, "index", _number(chance, 80, 130, 2), "%", period, base=period.shift_years(-1), status=status
        )
    on_last = _growth(chance, code, period, period.before(), status) if period.length in (1, 3) else None
    parts: tuple[Topic, ...] = ()
    if code == "iip" and chance.random() < 0.6:
        parts = tuple(
            _branch(chance, branch, period, _beside(chance, status)) for branch in chance.sample(tuple(INDICES)[2:], 3)
        )
    return Topic(
        code, INDICES[code], period, growth=growth, growth_on_last=on_last if chance.random() < 0.5 else None,
        parts=parts, adds_up="index",
    )  # fmt: skip


def _branch(chance: Random, code: str, period: Period, status: str) -> Topic:
    points = Fact(code, "contribution", _number(chance, -5, 5, 2) or Decimal("0.1"), "point", period, status=status)
    return Topic(
        code, INDICES[code], period, growth=_growth(chance, code, period, period.shift_years(-1), status),
        contribution=points if chance.random() < 0.5 else None,
    )  # fmt: skip


def differences(pieces: tuple[Piece, ...], setting: Setting) -> list[str]:
    """What the reader makes of the pieces otherwise than they mean it."""
    text = plain(pieces)
    head = f"Tình hình công nghiệp và thương mại {setting.area_kind} {setting.area}"
    reading = read_text(f"{head}\n\n{text}\n")
    told = [piece for piece in pieces if isinstance(piece, Told)]
    if len(told) != len(reading.figures):
        return [f"{len(told)} numbers are read as {len(reading.figures)}: {text}"]
    return [
        f"{said.text}: {name} is {meant!r}, read as {read!r}: {text}"
        for said, figure in zip(told, reading.figures, strict=True)
        for name, meant, read in _compared(said.fact, figure, setting)
        if meant != read
    ]


def _compared(fact: Fact, figure: Figure, setting: Setting) -> Iterator[tuple[str, object, object]]:
    scale = written_unit(fact)[1]
    yield "indicator", fact.indicator, figure.indicator
    yield "segment", fact.segment or None, figure.segment
    yield "measure", fact.measure, figure.measure
    yield "value", shown_value(fact) * scale, figure.value
    yield "the other end", fact.value_high, figure.value_high
    yield "the whole", fact.of, figure.of
    yield "unit", fact.unit, figure.unit
    yield "status", fact.status, figure.status
    yield "hedge", fact.hedge or None, figure.hedge
    yield "place", fact.area or setting.area, figure.area
    yield "period", fact.period.code, figure.period
    yield "base", fact.base.code if fact.base else None, figure.base
    yield "prices", fact.price_basis or None, figure.price_basis


def a_goal(chance: Random, year: Period) -> Topic:
    code = chance.choice(("industrial_output", "exports", "retail_services", "electricity_consumption", "iip"))
    growth = _growth(chance, code, year, year.shift_years(-1), "target") if chance.random() < 0.8 else None
    if code == "iip":
        return Topic(
            code, INDICES[code], year, growth=growth or _growth(chance, code, year, year.shift_years(-1), "target")
        )
    name, unit = NAMES[code]
    written = chance.choice(UNITS[unit])
    level = Fact(
        code, "level", _number(chance, 1, 9999, chance.randint(0, 3)) * written[1], unit, year, status="target",
        hedge=chance.choice(HEDGES), written=written,
    )  # fmt: skip
    return Topic(code, name, year, level=level, growth=growth)


def a_span(chance: Random) -> Topic:
    """Five years: a sum held against the five years before, or the last year against the first, and the pace."""
    code = chance.choice(
        ("industrial_output", "exports", "retail_services", "electricity_consumption", "budget_revenue")
    )
    name, unit = NAMES[code]
    first = chance.choice((2011, 2016, 2021))
    span, last = Period.years(first, first + 4), Period.year(first + 4)
    written = chance.choice(UNITS[unit])
    pace = Fact(code, "growth", _number(chance, 1, 20, 1), "%/year", span)
    about = span if chance.random() < 0.5 else last
    base = Period.years(first - 5, first - 1) if about is span else Period.year(first - 1)
    level = Fact(code, "level", _number(chance, 1, 9999, 1) * written[1], unit, about, written=written)
    growth = _growth(chance, code, about, base, "actual")
    return Topic(code, name, about, level=level, growth=growth, growth_on_last=pace)


def a_ratio(chance: Random) -> Topic:
    whole = chance.randint(10, 90)
    year = a_period(chance)
    ratio = Fact("market:chợ", "ratio", Decimal(chance.randint(1, whole)), "chợ", year, of=Decimal(whole))
    return Topic("market:chợ", "Số chợ đạt tiêu chí", year, level=ratio)
