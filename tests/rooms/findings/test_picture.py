# SPDX-License-Identifier: Apache-2.0
"""The picture of a finding: what is tied to what, and that nothing lies over anything else."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bamsat.rooms.findings.axis import Span, axis, distance
from bamsat.rooms.findings.picture import MOST, NARROW, WIDE, Box, Node, Picture, Plan, picture
from bamsat.rooms.findings.ties import Shown, Tie, ties

PHONE, DESKTOP = 390 - 2 * 16, 540  # the room for the drawing at its narrowest, in pixels
LETTER, DIGIT = 7.4, 9.3  # widths of letters at 13 px and of bold ones at 16 px


def value(indicator: str, number: str, /, **more: str) -> Shown:
    said = {"label": indicator, "place": "cao-bang", "period": "2021"} | more
    return Shown(number=number, indicator=indicator, value=Decimal(number), **said)


def told(found: Sequence[Tie]) -> list[tuple[str, tuple[int, ...], tuple[int, ...]]]:
    return [(tie.relation, tie.of, tie.to) for tie in found]


def test_a_growth_hangs_between_its_two_values():
    figures = [value("output", "5300"), value("output", "4700", period="2020"),
               value("output", "12.77", measure="growth", base="2020")]  # fmt: skip
    assert told(ties("growth", figures)) == [("growth", (1, 2), (0,))]


def test_a_plan_ratio_hangs_between_the_value_and_the_plan():
    figures = [value("output", "5300"), value("output", "5000", status="target"),
               value("output", "106", measure="plan_ratio")]  # fmt: skip
    assert told(ties("plan_ratio", figures)) == [("plan_ratio", (1, 2), (0,))]


def test_parts_come_to_their_total_which_is_the_largest():
    figures = [value("exports", "337"), value("trade", "777"), value("imports", "178"), value("supervised", "260")]
    assert told(ties("sum", figures)) == [("sum", (0, 2, 3), (1,))]


def test_segments_come_to_the_value_without_a_segment():
    figures = [
        value("retail", "800", segment="product:food"),
        value("retail", "790"),
        value("retail", "10", segment="x"),
    ]
    assert told(ties("parts", figures)) == [("parts", (0, 2), (1,))]


def test_parts_in_a_sum_with_their_whole_are_tied_once():
    figures = [value("retail", "100"), value("retail", "30", segment="x"), value("retail", "20", segment="y"),
               value("goods", "50")]  # fmt: skip
    assert told(ties("sum", figures)) == [("sum", (1, 2, 3), (0,))]


def test_months_come_to_the_running_total():
    months = [value("output", "400", period=f"2021-0{month}") for month in (1, 2)]
    figures = [value("output", "810", period="2021-01/2021-02"), *months]
    assert told(ties("months", figures)) == [("months", (1, 2), (0,))]


def test_one_thing_said_twice_is_tied_so():
    assert told(ties("told_twice", [value("output", "5300"), value("output", "5400")])) == [("told_twice", (0,), (1,))]


def test_communes_come_to_their_province():
    figures = [value("retail", "800"), value("retail", "300", place="xa-a"), value("retail", "500", place="xa-b")]
    assert told(ties("places", figures)) == [("places", (1, 2), (0,))]


def test_a_share_ties_a_part_and_its_whole_once():
    figures = [value("output", "300", segment="x"), value("output", "900"),
               value("output", "33", segment="x", measure="share")]  # fmt: skip
    assert told(ties("share", figures)) == [("share", (1, 2), (0,))]


def test_what_nothing_ties_is_tied_by_the_rule_itself():
    figures = [value("a", "1", period="2021-01"), value("b", "2", period="2021-05"), value("c", "3", period="2020")]
    assert told(ties("window", figures)) == [("window", (0, 1), (2,))]
    assert ties("window", figures[:1]) == ()


def test_every_figure_is_tied():
    figures = [value("output", "5300"), value("output", "12", measure="growth", base="2020"), value("retail", "7")]
    assert {at for tie in ties("growth", figures) for at in tie.all} == {0, 1, 2}


# Where things stand.


def overlap(one: Box, other: Box) -> bool:
    across = one.at < other.right - 1e-9 and other.at < one.right - 1e-9
    return across and one.top < other.top + other.height and other.top < one.top + one.height


def assert_drawn_well(drawn: Picture, plan: Plan, room: int) -> None:
    everything = [*drawn.boxes, *drawn.pills]
    assert [pair for pair in combinations(everything, 2) if overlap(*pair)] == []
    for box in everything:
        assert box.at >= 0
        assert box.right <= 100
        assert box.top >= 0
        assert box.top + box.height <= drawn.height
        for line in box.words:
            wide = len(line.text) * (DIGIT if line.kind == "v" else LETTER)
            assert wide + (20 if line.kind == "said" else 0) <= box.wide * room / 100, line.text
            assert box.top < line.y <= box.top + box.height
    # A line runs from the edge of a box to the edge of a pill; nothing stands between the columns.
    free = [(side + width, plan.middle[0]) if side < plan.middle[0] else (sum(plan.middle), side)
            for side, width in plan.sides]  # fmt: skip
    for line in drawn.lines:
        ends = sorted((float(line.x1.rstrip("%")), float(line.x2.rstrip("%"))))
        assert any(low - 0.01 <= ends[0] and ends[1] <= high + 0.01 for low, high in free)


NAMES = st.text(alphabet="aăâbcdđeêghiklmnoôơpqrstuưvxy ", min_size=0, max_size=90)
NODES = st.builds(
    Node, name=NAMES, number=st.text(alphabet="0123456789.,% tỷđồng", min_size=1, max_size=40),
    when=st.sampled_from(["", "tháng 10/2026", "giai đoạn 2021–2025"]), mark=st.sampled_from(["", "bad", "doubt"]),
    said=st.sampled_from(["", "có thể sai nhất"]),
)  # fmt: skip


@st.composite
def tied(draw: st.DrawFn) -> tuple[list[Node], list[Tie]]:
    nodes = draw(st.lists(NODES, min_size=2, max_size=30))
    position = st.integers(0, len(nodes) - 1)
    found = draw(st.lists(st.lists(position, min_size=2, max_size=8, unique=True), max_size=8))
    return nodes, [Tie("sum", tuple(group[:-1]), (group[-1],)) for group in found]


@pytest.mark.parametrize(("plan", "room"), [(WIDE, DESKTOP), (NARROW, PHONE)])
@given(drawn=tied())
def test_nothing_lies_over_anything_else_and_words_fit(plan: Plan, room: int, drawn: tuple[list[Node], list[Tie]]):
    nodes, found = drawn
    made = picture(nodes, found, ["so với kế hoạch"] * len(found), plan)
    assert len(made.boxes) == min(len(nodes), MOST)
    assert made.more == max(0, len(nodes) - MOST)
    assert_drawn_well(made, plan, room)


def test_a_phone_has_the_figures_below_one_another():
    nodes = [Node("Kim ngạch xuất khẩu", "337,887 triệu USD"), Node("Kim ngạch nhập khẩu", "178,925 triệu USD"),
             Node("Tổng kim ngạch", "777,792 triệu USD", "năm 2021", "bad", "có thể sai nhất")]  # fmt: skip
    found = ties("sum", [value("exports", "337"), value("imports", "178"), value("trade", "777")])
    phone, desktop = (picture(nodes, found, ["cộng"], plan) for plan in (NARROW, WIDE))
    assert len({box.at for box in phone.boxes}) == 1
    assert len({box.at for box in desktop.boxes}) == 2
    assert desktop.boxes[2].at > desktop.pills[0].at > desktop.boxes[0].at
    assert [line.suspect for line in phone.lines] == [False, False, True]


# One value on one axis.


def span(low: str | None, high: str | None, kind: str = "printed") -> Span:
    return Span("chữ", Decimal(low) if low else None, Decimal(high) if high else None, kind)


def test_the_gap_between_printed_and_demanded_is_seen():
    printed, asked = span("5299.5", "5300.5"), span("5420", "5430", "asked")
    made = axis([printed, asked])
    assert made
    assert made.gap
    assert distance(printed, asked) == Decimal("119.5")
    assert float(made.bars[0].x[:-1]) < float(made.bars[1].x[:-1])
    assert float(made.gap.x1[:-1]) < float(made.gap.x2[:-1])
    assert axis([asked, printed]).gap.x1 == made.gap.x1  # type: ignore[union-attr]


def test_intervals_that_meet_have_no_gap_and_open_ones_run_to_the_edge():
    made = axis([span("10", "20"), span("15", None, "asked")])
    assert made
    assert made.gap is None
    assert made.bars[1].open_high
    assert made.bars[1].mark_x == "97.00%"
    assert axis([span("10", "20")]) is None


ENDS = st.one_of(st.none(), st.decimals(-(10**15), 10**15, places=3))


@given(st.lists(st.tuples(ENDS, ENDS, NAMES), min_size=2, max_size=4))
def test_bars_stay_inside_and_words_never_meet(told_spans: list[tuple[Decimal | None, Decimal | None, str]]):
    spans = []
    for one, other, name in told_spans:
        low, high = (min(one, other), max(one, other)) if one is not None and other is not None else (one, other)
        spans.append(Span(name, low, high, "printed"))
    made = axis(spans)
    if made is None:
        return
    seen = 0
    for bar in made.bars:
        assert float(bar.x[:-1]) >= 0
        assert float(bar.x[:-1]) + float(bar.width[:-1]) <= 100
        for _line, y in bar.words:
            assert seen + 10 <= y
            seen = y
        assert seen < bar.y
        seen = bar.y + 10
    assert made.height > seen
