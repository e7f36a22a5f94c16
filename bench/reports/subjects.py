# SPDX-License-Identifier: Apache-2.0
"""What a random report tells of: indicators with their units, sizes and parts, as catalogue and provinces have them."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from importlib import resources


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of the data, and how it is written: its name, how many base units that is, and the decimals in use."""

    code: str
    name: str
    scale: int
    places: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Subject:
    """An indicator, or a part of one: its code, its name at the head of a sentence, and the usual size in its unit."""

    indicator: str
    name: str
    unit: Unit | None = None  # None: told by growth alone, as an index is
    low: int = 1
    high: int = 1
    adds_up: str = "flow"
    segment: str = ""
    parts: tuple[Subject, ...] = ()
    planned: bool = True
    prices: bool = False  # whether a price basis may be told


BILLIONS = Unit("VND", "tỷ đồng", 10**9, (0, 0, 1, 2))
MILLIONS = Unit("VND", "triệu đồng", 10**6, (0,))
DOLLARS = Unit("USD", "triệu USD", 10**6, (0, 1, 2, 3))
POWER = Unit("kWh", "triệu kWh", 10**6, (0, 1, 2))
TONS = Unit("ton", "tấn", 1, (0,))
THOUSAND_TONS = Unit("ton", "nghìn tấn", 1000, (0, 1, 2))
LITRES = Unit("litre", "triệu lít", 10**6, (0, 1))
CUBIC = Unit("m3", "nghìn m3", 1000, (0, 1))
BRICKS = Unit("viên", "triệu viên", 10**6, (0, 1))


def _output(name: str) -> Subject:
    return Subject("industrial_output", name, BILLIONS, 40, 4000, segment=name.lower())


def _index(code: str, name: str) -> Subject:
    return Subject(code, name, adds_up="index", planned=False)


def _sold(code: str, name: str) -> Subject:
    return Subject(code, name, DOLLARS, 3, 400, segment=name.lower(), planned=False)


def _priced(name: str) -> Subject:
    return Subject("cpi", name, adds_up="index", segment=name.lower(), planned=False)


INDUSTRY = (
    Subject(
        "industrial_output", "Giá trị sản xuất công nghiệp", BILLIONS, 900, 90_000, prices=True,
        parts=(
            _output("Khai khoáng"), _output("Công nghiệp chế biến, chế tạo"),
            _output("Sản xuất và phân phối điện"), _output("Cung cấp nước, quản lý và xử lý rác thải, nước thải"),
        ),
    ),
    Subject(
        "iip", "Chỉ số sản xuất công nghiệp (IIP)", adds_up="index", planned=False,
        parts=(
            _index("iip_mining", "Khai khoáng"), _index("iip_manufacturing", "Công nghiệp chế biến, chế tạo"),
            _index("iip_electricity", "Sản xuất và phân phối điện"), _index("iip_water", "Cung cấp nước"),
        ),
    ),
)  # fmt: skip
TRADE = (
    Subject(
        "retail_services", "Tổng mức bán lẻ hàng hóa và doanh thu dịch vụ tiêu dùng", BILLIONS, 800, 60_000,
        parts=(
            Subject("retail_goods", "Doanh thu bán lẻ hàng hóa", BILLIONS, 500, 40_000, planned=False),
            Subject("retail_services", "Doanh thu dịch vụ lưu trú, ăn uống", BILLIONS, 30, 3000,
                    segment="doanh thu dịch vụ lưu trú, ăn uống", planned=False),
        ),
    ),
    Subject("exports", "Kim ngạch xuất khẩu", DOLLARS, 20, 9000, parts=(
        _sold("exports", "Hàng dệt, may"), _sold("exports", "Cà phê"), _sold("exports", "Giày dép các loại"),
        _sold("exports", "Gỗ và sản phẩm từ gỗ"))),
    Subject("imports", "Kim ngạch nhập khẩu", DOLLARS, 15, 7000),
    Subject("trade_total", "Tổng kim ngạch xuất nhập khẩu", DOLLARS, 60, 15_000, parts=(
        Subject("exports", "Kim ngạch xuất khẩu", DOLLARS, 20, 9000, planned=False),
        Subject("imports", "Kim ngạch nhập khẩu", DOLLARS, 15, 7000, planned=False))),
    Subject("trade_balance", "Cán cân thương mại", DOLLARS, -900, 900, planned=False),
    Subject("supervised_goods", "Trị giá hàng hóa giám sát qua địa bàn", DOLLARS, 100, 5000),
    Subject("cpi", "Chỉ số giá tiêu dùng (CPI)", adds_up="index", planned=False, parts=(
        _priced("Hàng ăn và dịch vụ ăn uống"), _priced("Giao thông"), _priced("Giáo dục"))),
    Subject("lodging_food_services", "Doanh thu dịch vụ lưu trú, ăn uống", BILLIONS, 30, 3000, planned=False),
)  # fmt: skip
POWER_AND_MONEY = (
    Subject("electricity_output", "Điện sản xuất", POWER, 80, 9000),
    Subject("electricity_consumption", "Điện thương phẩm", POWER, 60, 8000),
    Subject("grdp", "Tổng sản phẩm trên địa bàn (GRDP)", BILLIONS, 15_000, 400_000, prices=True),
    Subject("investment", "Vốn đầu tư toàn xã hội", BILLIONS, 3000, 90_000),
    Subject("budget_revenue", "Thu ngân sách nhà nước trên địa bàn", BILLIONS, 900, 50_000),
)


def _made(name: str, unit: Unit, low: int, high: int) -> Subject:
    return Subject(f"product:{name.lower()}", name, unit, low, high)


PRODUCTS = (
    _made("Quặng sắt", TONS, 9000, 900_000), _made("Than sạch", THOUSAND_TONS, 20, 3000),
    _made("Xi măng", THOUSAND_TONS, 20, 4000), _made("Gạch nung", BRICKS, 10, 900),
    _made("Chè chế biến", TONS, 700, 60_000), _made("Tinh bột sắn", TONS, 700, 60_000),
    _made("Bia", LITRES, 3, 300), _made("Phân bón", THOUSAND_TONS, 4, 400), _made("Đá xây dựng", CUBIC, 40, 4000),
    _made("Đường", TONS, 900, 90_000), _made("Thức ăn chăn nuôi", THOUSAND_TONS, 9, 900),
)  # fmt: skip
SECTIONS = (
    ("Sản xuất công nghiệp", INDUSTRY),
    ("Sản phẩm công nghiệp chủ yếu", PRODUCTS),
    ("Thương mại, dịch vụ", TRADE),
    ("Điện và kinh tế chung", POWER_AND_MONEY),
)


@dataclass(frozen=True, slots=True)
class Where:
    """A province in one of its times, and whether it was a city."""

    name: str
    kind: str
    since: int
    until: int


@lru_cache(maxsize=1)
def provinces() -> tuple[Where, ...]:
    """All provinces with the years in which each bore its name as a whole."""
    text = resources.files("bamsat.data").joinpath("places/provinces.csv").read_text(encoding="utf-8")
    return tuple(
        Where(
            row["name"], "thành phố" if row["kind"] == "city" else "tỉnh",
            int(row["valid_from"][:4] or 2008) + (row["valid_from"] > "2025"), int(row["valid_to"][:4] or 2031) - 1,
        )
        for row in csv.DictReader(text.splitlines())
    )  # fmt: skip


def size(subject: Subject, share: Decimal) -> Decimal:
    """A size between the usual ones, by orders of magnitude as sizes are spread."""
    low, high = Decimal(subject.low), Decimal(subject.high)
    if low <= 0:
        return low + (high - low) * share
    return low * (high / low) ** share
