# SPDX-License-Identifier: Apache-2.0
"""What fails only because a machine may have misread one figure is asked about, and no more."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bamsat.core.check.checking import check
from bamsat.core.check.model import Finding, Stated
from bamsat.core.check.stated import stated_of
from bamsat.core.read.reader import read_text

HEAD = "Báo cáo của tỉnh Cao Bằng. "


def taken(text: str, **misreadings: dict[str, Any]) -> list[Stated]:
    """The figures of a text as a machine that errs takes them: by number ("350" as "n350")."""
    stated = stated_of(read_text(HEAD + text, "bao-cao.txt"))
    wrong = {name[1:].replace("_", ","): words for name, words in misreadings.items()}
    assert all(any(one.figure.number.startswith(number) for one in stated) for number in wrong)
    return [
        replace(one, figure=replace(one.figure, **wrong.get(one.figure.number.split(" ")[0], {}))) for one in stated
    ]


def loud(stated: list[Stated]) -> list[Finding]:
    return [one for one in check(stated).findings if one.needs_look]


GUESSED = {"inferred": ("period", "indicator")}


def test_a_month_above_its_quarter_is_a_question_where_its_period_was_guessed() -> None:
    text = (
        "Quý III/2021, xuất khẩu đạt 300 triệu USD. Cộng dồn, kim ngạch xuất khẩu ở mức 350 triệu USD so với 9 tháng."
    )
    (found,) = loud(taken(text, n300={"period": "2021-Q3"}, n350={"period": "2021-09", **GUESSED}))
    assert (found.outcome, found.because) == ("cannot_tell", ("reading",))
    assert found.repairs[0].slip == "period"
    assert found.repairs[0].number == "350 triệu USD"
    assert "máy đọc nhầm kỳ của 350 triệu USD" in found.vi
    assert "misread" in found.en


def test_a_month_above_its_quarter_fails_where_both_periods_are_written() -> None:
    (found,) = loud(taken("Quý III/2021, xuất khẩu đạt 300 triệu USD, trong đó tháng 9/2021 đạt 350 triệu USD."))
    assert found.outcome == "fails"


def test_a_level_in_brackets_behind_a_comparison_may_be_that_of_the_base() -> None:
    text = "Tháng 9/2021, xuất khẩu đạt 112,4 triệu USD, tăng 12,4% so với cùng kỳ (100,0 triệu USD). Tình hình tốt."
    taken_for_now = {"period": "2021-09", "inferred": ("indicator",)}
    told = taken(text, n100_0=taken_for_now) + taken(
        "Xuất khẩu tháng 9/2021 đạt 112,4 triệu USD.", n112_4={"period": "2021-09"}
    )
    assert all(one.outcome != "fails" for one in loud([replace(one, key=f"{at}") for at, one in enumerate(told)]))


def test_a_slip_of_the_hand_in_a_guessed_figure_still_fails() -> None:
    text = "Tháng 9/2021, xuất khẩu đạt 112,4 triệu USD, tăng 12,4% so với cùng kỳ (1.000 triệu USD)."
    (found,) = loud(taken(text))
    assert found.outcome == "fails"


def test_a_growth_between_two_levels_of_a_size_is_itself_wrong_however_they_were_read() -> None:
    text = "Tháng 9/2021, xuất khẩu đạt 634,4 triệu USD, tăng 79,7% so với cùng kỳ (tháng 9/2020 là 626,5 triệu USD)."
    (found,) = loud(taken(text, n626_5={"period": "2020-09", **GUESSED}))
    assert (found.outcome, found.rule) == ("fails", "growth")
