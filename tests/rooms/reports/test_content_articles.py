# SPDX-License-Identifier: Apache-2.0
"""The year reports of four provinces, written from the figures of their own reports once these were read and approved.

What each must say is what its press article said: those numbers, with their hedges, and no other.
"""

from __future__ import annotations

import pytest

from bamsat.core.report.outline import Heading, Paragraph, Table, Told, told_in
from bamsat.core.report.wording import plain
from bamsat.core.terms.period import Period
from bamsat.rooms.directory.shipped import load_directory
from bamsat.rooms.figures.models import Entry
from bamsat.rooms.reports.content.asked import Asked, Composed
from bamsat.rooms.reports.content.compose import compose
from bamsat.rooms.reports.writing import MEDIA, write
from tests import build
from tests.cast import Cast
from tests.rooms.scoreboard.test_articles import Office, office

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _catalogue(cast: Cast) -> None:
    build.catalogue()


def yearly(there: Office, year: int, **more: object) -> Composed:
    return compose(there.cast.specialist, Asked("nam", there.place, Period.year(year), **more))  # type: ignore[arg-type]


def numbers(composed: Composed) -> dict[str, set[str]]:
    """What the text says of each indicator, hedges before the numbers: {"exports": {"1.456 triệu USD", "15,3%"}}."""
    found: dict[str, set[str]] = {}
    for block in composed.report.blocks:
        if isinstance(block, Paragraph):
            for told in (piece for piece in block.pieces if isinstance(piece, Told)):
                text = f"{told.fact.hedge} {told.text}".strip().replace("\u00a0", " ")
                found.setdefault(told.fact.indicator, set()).add(text)
    return found


def text(composed: Composed) -> str:
    said = [
        plain(block.pieces) if isinstance(block, Paragraph) else block.text
        for block in composed.report.blocks
        if isinstance(block, Paragraph | Heading)
    ]
    return "\n".join(said).replace("\u00a0", " ")


def every_number_is_in_the_ledger(composed: Composed) -> None:
    """Of these reports nothing has to be computed: each number is that of its first entry, or of a table's index."""
    rows = {str(entry.uuid): entry for entry in Entry.objects.select_related("series")}
    for told in told_in(composed.report.all_blocks()):
        entries = [rows[one] for one in told.entries]
        assert entries
        stated = {entry.amount for entry in entries} | {entry.amount - 100 for entry in entries}
        assert told.fact.value in stated, told


def it_says_whose_report_it_is_and_nobody_signs_it(made: Composed) -> None:
    frame = made.report.frame
    assert (frame.parent, frame.organ) == ("ỦY BAN NHÂN DÂN TỈNH CAO BẰNG", "SỞ CÔNG THƯƠNG")
    assert (frame.symbol, frame.place, frame.kind) == ("BC-SCT", "Cao Bằng", "BÁO CÁO")
    assert frame.subject == "Tình hình công nghiệp, thương mại năm 2021 và phương hướng, nhiệm vụ năm 2022"
    assert (frame.number, frame.day, frame.signer) == ("", None, "")
    assert frame.recipients[0] == "UBND tỉnh Cao Bằng (để báo cáo);"
    assert frame.recipients[-1].startswith("Lưu: VT")


def test_cao_bang_2021(cast: Cast):
    load_directory()
    there = office(cast, "cao-bang-nam-2021.docx")
    made = yearly(there, 2021)
    said = numbers(made)
    assert {code: said[code] for code in ("industrial_output", "retail_services")} == {
        "industrial_output": {"5.300 tỷ đồng", "12,77%", "100%"},
        "retail_services": {"8.871,77 tỷ đồng", "4,06%"},
    }
    assert {code: said[code] for code in ("trade_total", "exports", "imports", "supervised_goods")} == {
        "trade_total": {"777,792 triệu USD", "21,7%", "110,63%"},
        "exports": {"337,887 triệu USD", "21,43%", "110,4%"},
        "imports": {"178,925 triệu USD", "7,69%"},
        "supervised_goods": {"260,98 triệu USD"},
    }
    coverage = {code.partition(":")[2]: said[code] for code in said if code.startswith("facility_coverage:")}
    assert coverage == {
        "nhà máy": {"40/40 nhà máy"}, "siêu thị": {"3/5 siêu thị"}, "chợ": {"25/79 chợ"},
        "nhà hàng": {"38/232 nhà hàng"},
    }  # fmt: skip
    assert not any(code.startswith("relief:") for code in said)  # its window contradicts the text
    assert "over 30 văn bản" in said["document:văn bản hướng dẫn phòng"]
    every_number_is_in_the_ledger(made)
    told = text(made)
    sentence = next(line for line in told.splitlines() if "777,792" in line)  # the parts stand inside their whole
    assert sentence.index("trong đó") < sentence.index("337,887") < sentence.index("178,925") < sentence.index("260,98")
    assert told.count("337,887") == 1
    it_says_whose_report_it_is_and_nobody_signs_it(made)
    heads = {media: write(made, media)[:4] for media in MEDIA}
    assert heads["docx"] == b"PK\x03\x04" == heads["xlsx"]
    assert (heads["pdf"], heads["html"]) == (b"%PDF", b"<!do")


def test_thai_binh_2020_with_what_it_aims_at_in_2021(cast: Cast):
    made = yearly(office(cast, "thai-binh-nam-2020.pdf"), 2020)
    said = numbers(made)
    assert said["industrial_output"] == {"over 68.800 tỷ đồng", "1,7%", "79.770 tỷ đồng", "nearly 16%"}
    assert said["retail_services"] == {"46.315 tỷ đồng", "2,6%", "nearly 51.000 tỷ đồng", "9,7%"}
    assert said["exports"] == {"1.456 triệu USD", "15,3%"}
    assert said["imports"] == {"1.246 triệu USD", "21,6%"}
    assert said["trade_total"] == {"nearly 3.000 triệu USD"}  # nobody said by how much that is more
    every_number_is_in_the_ledger(made)
    told = text(made)
    assert "giảm 1,7%" in told
    assert "giảm 15,3%" in told
    assert "tăng gần 16%" in told
    assert told.index("Phương hướng, nhiệm vụ năm 2021") < told.index("79.770")
    level = next(
        one for one in made.numbers if one["indicator"] == "industrial_output" and one["period"] == "2020"
        and one["measure"] == "level"
    )  # fmt: skip
    entry = Entry.objects.get(series__indicator__code="industrial_output", series__measure="level", period="2020")
    assert level | {"text": ""} == {
        "text": "", "indicator": "industrial_output", "segment": "", "measure": "level", "period": "2020", "base": "",
        "value": "68800000000000", "unit": "VND", "status": "estimate", "hedge": "over", "area": "Thái Bình",
        "price_basis": "", "entries": [str(entry.uuid)],
    }  # fmt: skip


def test_ha_giang_2020_and_its_targets(cast: Cast):
    made = yearly(office(cast, "ha-giang-dau-nam-2021.html", segment=""), 2020)
    assert numbers(made) == {
        "iip": {"9,16%", "6,8%"}, "industrial_output": {"6.181,4 tỷ đồng", "1,08%"},
        "exports": {"242 triệu USD", "38,38%"}, "retail_services": {"10,8%"}, "trade_total": {"270 triệu USD"},
        "electrification:thôn biên giới được cấp điện theo tiêu chí nông thôn": {"85%"},
    }  # fmt: skip
    every_number_is_in_the_ledger(made)
    told = text(made)
    assert "giá hiện hành" in told  # of the value, which the index is not to be held against
    assert "giảm 9,16%" in told


def test_thai_nguyen_2021_with_its_stated_plans(cast: Cast):
    made = yearly(office(cast, "thai-nguyen-nam-2021.xlsx"), 2021)
    said = numbers(made)
    assert {code: said[code] for code in ("industrial_output", "retail_services", "exports")} == {
        "industrial_output": {"over 844.000 tỷ đồng", "7,7%", "100,38%", "840.800 tỷ đồng"},
        "retail_services": {"44.767,5 tỷ đồng", "11,5%", "101,7%", "44.019 tỷ đồng"},
        "exports": {"28,85 tỷ USD", "17,9%", "102,4%", "28,17 tỷ USD"},
    }
    every_number_is_in_the_ledger(made)
    # A ratio to the plan of an estimate is an estimate too.
    exports = {one["measure"]: one["status"] for one in made.numbers if one["indicator"] == "exports"}
    assert exports["plan_ratio"] == exports["growth"] == "estimate"
    headings = [(one.level, one.number) for one in made.report.blocks if isinstance(one, Heading)]
    assert headings == [(1, "I."), (2, "1."), (2, "2."), (2, "3.")]  # without gaps, though much is left out
    (appendix,) = made.report.appendices
    (table,) = appendix.blocks
    assert isinstance(table, Table)
    assert [cell.text for cell in table.rows[0].cells] == [
        "1", "Giá trị sản xuất công nghiệp", "tỷ đồng", "trên 844.000", "7,7", "840.800", "100,38",
    ]  # fmt: skip
