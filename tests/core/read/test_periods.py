# SPDX-License-Identifier: Apache-2.0
"""The period phrases of statistical reports: the whole span of the words, and the months they name."""

import pytest

from bamsat.core.read.periods import mentions, read_period
from bamsat.core.read.reader import read_text
from bamsat.core.read.scan import scan
from bamsat.core.terms.period import Period

# The 24 kinds. A phrase without a year takes the document's: here 2022, its month May.
DOCUMENT = Period.month(2022, 5)
KINDS = {
    "a month and its year by a stroke": ("tháng 5/2020", "2020-05"),
    "a month and its year in words": ("tháng 10 năm 2022", "2022-10"),
    "a month without a year": ("tháng 8", "2022-08"),
    "a month named by a word": ("tháng giêng năm 2021", "2021-01"),
    "a month in digits alone": ("07/2021", "2021-07"),
    "a quarter in Roman numerals by a stroke": ("quý III/2021", "2021-Q3"),
    "a quarter that opens a sentence": ("Quý I/2024", "2024-Q1"),
    "a quarter in words": ("quý IV năm 2020", "2020-Q4"),
    "a quarter in Arabic numerals": ("quý 2/2022", "2022-Q2"),
    "nine months, which are not May": ("9 tháng năm 2021", "2021-01/2021-09"),
    "eleven months": ("11 tháng năm 2023", "2023-01/2023-11"),
    "the first months of a year": ("6 tháng đầu năm 2023", "2023-01/2023-06"),
    "the last months of a year": ("6 tháng cuối năm 2023", "2023-07/2023-12"),
    "months by a stroke": ("4 tháng/2022", "2022-01/2022-04"),
    "months without a year": ("8 tháng", "2022-01/2022-08"),
    "months counted in words": ("chín tháng năm 2021", "2021-01/2021-09"),
    "half a year": ("nửa đầu năm 2022", "2022-01/2022-06"),
    "the other half": ("nửa cuối năm 2022", "2022-07/2022-12"),
    "from one month to another": ("từ tháng 6 đến tháng 12/2021", "2021-06/2021-12"),
    "a year": ("năm 2019", "2019"),
    "the whole of this year": ("cả năm", "2022"),
    "a span of years": ("giai đoạn 2021-2025", "2021/2025"),
    "five years": ("5 năm 2021-2025", "2021/2025"),
    "a day": ("ngày 15/3/2021", "2021-03"),
}
MORE = {
    "cả năm 2020": "2020",
    "năm nay": "2022",
    "12 tháng năm 2021": "2021",
    "2 tháng đầu năm 2022": "2022-01/2022-02",
    "6 tháng đầu năm": "2022-01/2022-06",
    "6 tháng đầu năm nay": "2022-01/2022-06",
    "9 tháng năm ngoái": "2021-01/2021-09",
    "6T/2022": "2022-01/2022-06",
    "từ đầu tháng 1 đến hết tháng 5/2022": "2022-01/2022-05",
    "từ tháng 11/2021 đến tháng 2/2022": "2021-11/2022-02",
    "ngày 31 tháng 12 năm 2020": "2020-12",
    "01/8/2023": "2023-08",
    "từ năm 2016 đến năm 2020": "2016/2020",
    "nhiệm kỳ 2020-2025": "2020/2025",
    "quý II": "2022-Q2",
    "tháng này": "2022-05",
    "trong tháng": "2022-05",
}
NONE = [
    "tháng 13/2021",
    "5 tháng tuổi",
    "1.234.2020",
    "trên 2.021 hộ",
    "Quốc lộ 4",
    "quý vị đại biểu",
    "cả nămnươi",
    "3 năm",
    "tỷ lệ 7/9 xã",
    "tăng 20,21%",
]


def found(text: str) -> list[tuple[str, str]]:
    low = text.lower()
    read = [(low[one.start : one.end], one.resolve(2022, DOCUMENT)) for one in mentions(low)]
    return [(words, period.code) for words, period in read if period]


def test_there_are_24_kinds():
    assert len(KINDS) == 24


@pytest.mark.parametrize("kind", KINDS)
def test_it_reads_each_kind_of_period_phrase_whole(kind: str):
    phrase, code = KINDS[kind]
    sentence = (
        f"Theo báo cáo, {phrase}, kim ngạch xuất khẩu đạt 80 triệu USD." if phrase[0].islower() else f"{phrase}, "
    )
    assert found(sentence) == [(phrase.lower(), code)]


@pytest.mark.parametrize("phrase", MORE)
def test_it_reads_other_ways_of_writing_them(phrase: str):
    assert found(f"Theo báo cáo, {phrase}, kim ngạch xuất khẩu đạt 80 triệu USD.") == [(phrase.lower(), MORE[phrase])]


@pytest.mark.parametrize("words", NONE)
def test_it_takes_nothing_else_for_a_period(words: str):
    assert found(f"Theo báo cáo, {words}, kim ngạch đạt 80 triệu USD.") == []


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "a day" and "20" in KINDS[kind][0]])
def test_a_figure_takes_the_period_before_it(kind: str):
    phrase, code = KINDS[kind]
    figures = read_text(f"{phrase[0].upper()}{phrase[1:]}, kim ngạch xuất khẩu đạt 80 triệu USD.").figures
    assert [(figure.number, figure.period) for figure in figures] == [("80 triệu USD", code)]


@pytest.mark.parametrize("kind", KINDS)
def test_no_number_of_a_period_is_a_figure(kind: str):
    phrase, _ = KINDS[kind]
    figures = read_text(f"Báo cáo {phrase} đã gửi các đơn vị.").figures
    assert [figure.number for figure in figures] == []


@pytest.mark.parametrize("kind", KINDS)
def test_a_phrase_is_read_whatever_its_letters(kind: str):
    phrase, code = KINDS[kind]
    for written in (phrase.upper(), phrase.title()):
        assert [period for _, period in found(written)] == [code]


@pytest.mark.parametrize("phrase", ["quý III/2021", "9 tháng năm 2021", "tháng 10 năm 2022", "năm 2019"])
def test_a_space_that_does_not_break_is_a_space(phrase: str):
    assert [period for _, period in found(phrase.replace(" ", "\u00a0"))] == [period for _, period in found(phrase)]


def test_two_periods_of_one_sentence_are_two():
    assert found("tháng 9/2021, tính chung 9 tháng năm 2021, riêng quý III/2021") == [
        ("tháng 9/2021", "2021-09"),
        ("9 tháng năm 2021", "2021-01/2021-09"),
        ("quý iii/2021", "2021-Q3"),
    ]


def test_the_year_of_constant_prices_is_no_period():
    assert scan("năm 2021, theo giá so sánh năm 2010, đạt 5.300 tỷ đồng").periods[-1].start == 0


def test_a_span_over_the_turn_of_the_year():
    assert read_period("từ tháng 11/2021 đến tháng 2/2022") == Period(2021 * 12 + 10, 2022 * 12 + 1)


def test_a_phrase_without_a_year_needs_the_documents():
    assert read_period("6 tháng đầu năm") is None
    assert read_period("6 tháng đầu năm", 2025) == Period.months(2025, 1, 6)


def test_to_date_is_the_span_from_january():
    figures = read_text("Lũy kế 8 tháng năm 2022, kim ngạch xuất khẩu đạt 80 triệu USD.").figures
    assert [figure.period for figure in figures] == ["2022-01/2022-08"]


def test_a_stock_takes_the_month_up_to_which_it_is_counted():
    figures = read_text("Đến hết tháng 5/2023, tỉnh có 12 cụm công nghiệp.").figures
    assert [figure.period for figure in figures] == ["2023-05"]


def test_a_stock_takes_the_month_of_its_day():
    figures = read_text("Tính đến ngày 15/3/2021, tỉnh có 12 cụm công nghiệp.").figures
    assert [(figure.number, figure.period) for figure in figures] == [("12 cụm công nghiệp", "2021-03")]
