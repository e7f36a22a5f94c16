# SPDX-License-Identifier: Apache-2.0
"""Reports of months: what is told, to whom, as known when, in whose words, and what is said to be lacking."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest

from bamsat.core.report.outline import Chart, Heading, Lacking, Paragraph, Table, Told, Words, told_in
from bamsat.core.report.wording import plain
from bamsat.core.terms.period import Period
from bamsat.rooms.accounts.models import User
from bamsat.rooms.catalogue.models import IndicatorSet
from bamsat.rooms.figures.actions import accept_all
from bamsat.rooms.figures.models import Entry
from bamsat.rooms.places.actions import give_role
from bamsat.rooms.places.models import Place, Role
from bamsat.rooms.reports.content.asked import Asked, Composed, NothingToTell, ReportRefused
from bamsat.rooms.reports.content.compose import compose, period_after
from bamsat.rooms.situation.actions import Said, write
from bamsat.rooms.situation.models import Kind
from tests import build
from tests.build import stated
from tests.cast import Cast
from tests.rooms.reports.months import amount, figures, recorded

pytestmark = pytest.mark.django_db
OCTOBER = Period.month(2026, 10)


@pytest.fixture(autouse=True)
def _catalogue(cast: Cast) -> None:
    build.catalogue()


def monthly(user: User | None, place: Place, **more: object) -> Composed:
    return compose(user, Asked("thang", place, OCTOBER, **more))  # type: ignore[arg-type]


def text(composed: Composed) -> str:
    said = (plain(one.pieces) for one in composed.report.blocks if isinstance(one, Paragraph))
    return "\n".join(said).replace("\u00a0", " ")


def told(composed: Composed, code: str) -> list[Told]:
    return [one for one in told_in(composed.report.blocks) if one.fact.indicator == code]


class TestTheMonth:
    @pytest.fixture
    def made(self, cast: Cast) -> Composed:
        recorded(cast.director, figures())
        return monthly(cast.specialist, cast.home)

    def test_the_month_the_year_so_far_and_what_each_comes_from(self, made: Composed):
        retail = {
            (one.fact.measure, one.fact.period.code, str(one.fact.base or "")): one
            for one in told(made, "retail_goods")
        }
        month = retail["level", "2026-10", ""]
        assert month.text.replace("\u00a0", " ").startswith(f"{amount('retail_goods', 2026, 10):f}".replace(".", ","))
        assert (month.fact.status, len(month.entries)) == ("estimate", 1)
        assert len(retail["growth", "2026-10", "2025-10"].entries) == 2
        assert len(retail["growth", "2026-10", "2026-09"].entries) == 2
        so_far = retail["level", "2026-01/2026-10", ""]
        assert so_far.fact.value == sum(amount("retail_goods", 2026, at) for at in range(1, 11)) * 10**9
        assert len(so_far.entries) == 10
        assert len(retail["growth", "2026-01/2026-10", "2025-01/2025-10"].entries) == 20
        assert len(retail["plan_ratio", "2026-01/2026-10", ""].entries) == 11
        assert Entry.objects.filter(uuid__in=so_far.entries, series__indicator__code="retail_goods").count() == 10

    def test_an_index_is_told_as_its_growth(self, made: Composed):
        (growth,) = told(made, "iip")[:1]
        assert (growth.fact.measure, growth.text) == ("growth", "8,4%")
        assert growth.entries

    def test_a_chart_has_the_months_of_both_years(self, made: Composed):
        charts = [one for one in made.report.blocks if isinstance(one, Chart)]
        assert charts
        table = charts[0].table
        assert table
        assert len(table.rows) == 10
        assert [column.heads for column in table.columns[1:]] == [("Năm 2026",), ("Năm 2025",)]

    def test_forms_filled_from_the_ledger_stand_behind(self, cast: Cast, made: Composed):
        build.forms()
        again = monthly(cast.specialist, cast.home)
        titles = [one.title for one in again.report.appendices]
        assert titles[:2] == [
            "Chỉ tiêu công nghiệp, thương mại tháng 10 năm 2026", "Các chỉ tiêu chủ yếu tháng 10 năm 2026",
        ]  # fmt: skip
        assert "Xuất khẩu, nhập khẩu tháng 10 năm 2026" in titles
        assert [one.number for one in again.report.appendices][:2] == ["I", "II"]

    def test_estimates_are_said_to_be_estimates(self, made: Composed):
        lacks = [one for one in made.lacking if one.kind == "estimate"]
        assert any("Doanh thu bán lẻ hàng hóa tháng 10 năm 2026 mới là số ước" in one.text for one in lacks)
        assert all(one.address for one in lacks)

    def test_the_same_style_writes_the_same_and_another_the_same_numbers(self, cast: Cast, made: Composed):
        again, other = monthly(cast.specialist, cast.home), monthly(cast.specialist, cast.home, style=5)
        assert again == made
        assert text(other) != text(made)

        def keys(one: Composed) -> list[tuple[str, ...]]:
            return sorted((n["indicator"], n["measure"], n["period"], n["base"], n["value"]) for n in one.numbers)

        assert keys(other) == keys(made)


def test_a_month_that_nobody_reported_is_said_and_nothing_is_added_up(cast: Cast):
    def without_april() -> Iterator[object]:
        yield from (one for one in figures() if (one.indicator, one.period) != ("exports", "2026-04"))

    recorded(cast.director, without_april())  # type: ignore[arg-type]
    made = monthly(cast.specialist, cast.home)
    assert not [one for one in told(made, "exports") if one.fact.period.code == "2026-01/2026-10"]
    assert "Kim ngạch xuất khẩu: chưa có số tháng 4 năm 2026." in [one.text for one in made.lacking]


class TestWhoSeesWhat:
    def test_only_the_indicator_sets_of_the_writer_are_told(self, cast: Cast):
        recorded(cast.director, figures())
        field = IndicatorSet.objects.get(code="electricity")
        give_role(None, cast.newcomer, cast.home, Role.SPECIALIST, sets=[field])
        made = monthly(cast.newcomer, cast.home)
        told_of = {one["indicator"] for one in made.numbers}
        allowed = set(field.indicators.values_list("code", flat=True))
        assert told_of
        assert told_of <= allowed

    def test_who_may_not_see_the_place_gets_nothing(self, cast: Cast):
        recorded(cast.director, figures())
        with pytest.raises(Place.DoesNotExist):
            monthly(cast.specialist_elsewhere, cast.home)

    def test_nobody_is_the_machine_itself_and_sees_all(self, cast: Cast):
        recorded(cast.director, figures())
        assert monthly(None, cast.home).numbers == monthly(build.administrator("tat-ca"), cast.home).numbers


def test_as_known_on_a_day(cast: Cast):
    recorded(cast.director, figures())
    then = datetime.now(UTC)
    document = build.document(
        cast.director, [stated("900000000000", indicator="retail_goods", period="2026-10", status="actual")],
        area=None, period=None,
    )  # fmt: skip
    assert not accept_all(cast.director, document).left
    now, before = monthly(cast.specialist, cast.home), monthly(cast.specialist, cast.home, known=then)
    assert told(now, "retail_goods")[0].text.replace("\u00a0", " ") == "900 tỷ đồng"
    assert told(before, "retail_goods")[0].fact.value == amount("retail_goods", 2026, 10) * 10**9
    assert before.report.attributes["known"] == then.isoformat()


class TestTheWordsOfOthers:
    def test_notes_are_quoted_with_their_source_where_the_kind_says(self, cast: Cast):
        recorded(cast.director, figures())
        words = Said(kind=Kind.CAUSE, text="Giá thép nhập khẩu tăng cao trong quý III.", period=OCTOBER)
        note = write(cast.specialist, cast.home, words, date(2026, 10, 20))
        made = monthly(cast.specialist, cast.home)
        block = next(
            one for one in made.report.blocks if isinstance(one, Paragraph) and "Giá thép" in plain(one.pieces)
        )
        said = next(piece for piece in block.pieces if isinstance(piece, Words) and piece.quoted)
        assert said.text == "“Giá thép nhập khẩu tăng cao trong quý III”"
        assert said.source == f"/tinh-hinh/{note.uuid}/"
        headings = [one.text for one in made.report.blocks if isinstance(one, Heading)]
        assert "Nguyên nhân" in headings
        assert "Khó khăn, hạn chế" not in headings

    def test_what_nobody_noted_is_lacking_and_nothing_is_made_up(self, cast: Cast):
        recorded(cast.director, figures())
        made = monthly(cast.specialist, cast.home)
        lack = next(one for one in made.lacking if "nguyên nhân" in one.text)
        assert (lack.kind, lack.address) == ("note", "/tinh-hinh/ghi/?noi=cao-bang&ky=2026-10&loai=cause")
        assert "Nguyên nhân" not in text(made)

    def test_a_draft_shows_it_where_it_would_stand(self, cast: Cast):
        recorded(cast.director, figures())
        draft = monthly(cast.specialist, cast.home, draft=True)
        blocks = list(draft.report.blocks)
        at = next(i for i, one in enumerate(blocks) if isinstance(one, Heading) and one.text == "Nguyên nhân")
        assert isinstance(blocks[at + 1], Lacking)
        assert not any(isinstance(one, Lacking) for one in monthly(cast.specialist, cast.home).report.blocks)


class TestWhatIsRefused:
    def test_a_kind_that_does_not_fit_the_period(self, cast: Cast):
        with pytest.raises(ReportRefused) as refused:
            compose(cast.specialist, Asked("nam", cast.home, OCTOBER))
        assert "Hãy chọn một năm" in str(refused.value)

    def test_a_kind_that_there_is_not(self, cast: Cast):
        with pytest.raises(ReportRefused) as refused:
            compose(cast.specialist, Asked("tuan", cast.home, OCTOBER))
        assert "thang, quy, 6-thang" in str(refused.value)

    def test_a_ledger_that_has_nothing(self, cast: Cast):
        with pytest.raises(NothingToTell):
            monthly(cast.specialist, cast.home)

    def test_a_thematic_report_without_its_theme(self, cast: Cast):
        with pytest.raises(ReportRefused) as refused:
            compose(cast.specialist, Asked("chuyen-de", cast.home, OCTOBER))
        assert "bộ chỉ tiêu" in str(refused.value)

    def test_a_part_of_the_frame_that_there_is_not(self, cast: Cast):
        recorded(cast.director, figures())
        with pytest.raises(ReportRefused):
            monthly(cast.specialist, cast.home, frame={"nguoi-ky": "x"})


def test_the_office_sets_its_frame(cast: Cast):
    recorded(cast.director, figures())
    frame = {"number": "12", "day": "2026-10-25", "recipients": "Như trên;\nLưu: VT.", "authority": "KT. GIÁM ĐỐC"}
    made = monthly(cast.specialist, cast.home, frame=frame).report.frame
    assert (made.number, made.day, made.authority) == ("12", date(2026, 10, 25), "KT. GIÁM ĐỐC")
    assert made.recipients == ("Như trên;", "Lưu: VT.")


def test_a_thematic_report_has_its_table_and_its_parts(cast: Cast):
    recorded(cast.director, figures())
    field = IndicatorSet.objects.get(code="mining_heavy")
    made = compose(cast.specialist, Asked("chuyen-de", cast.home, OCTOBER, field=field))
    assert {one["indicator"] for one in made.numbers} <= set(field.indicators.values_list("code", flat=True))
    assert any(isinstance(one, Table) for one in made.report.blocks)
    assert made.report.frame.subject == "Khai khoáng và công nghiệp nặng tháng 10 năm 2026"


def test_five_years_are_told_year_by_year(cast: Cast):
    recorded(cast.director, figures())
    made = compose(cast.specialist, Asked("5-nam", cast.home, Period.years(2021, 2025)))
    table = next(one for one in made.report.blocks if isinstance(one, Table))
    assert [column.heads[0] for column in table.columns[3:]] == [f"Năm {year}" for year in range(2020, 2026)]
    of_2025 = next(one for one in told(made, "exports") if one.fact.period.code == "2025")
    assert of_2025.fact.value == sum(amount("exports", 2025, at) for at in range(1, 13)) * 10**6
    assert len(of_2025.entries) == 12


def test_a_report_looks_ahead_to_the_period_after():
    ahead = {
        "2026-10": "2026-11", "2026-Q2": "2026-Q3", "2026-01/2026-06": "2026-07/2026-12", "2026": "2027",
        "2026-01/2026-09": "2026-Q4", "2021/2025": "2026/2030", "2026-12": "2027-01",
    }  # fmt: skip
    assert {code: period_after(Period.parse(code)).code for code in ahead} == ahead
