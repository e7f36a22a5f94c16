# SPDX-License-Identifier: Apache-2.0
"""What holds for every text: numbers come back, spans cut out their words, spelling of Unicode does not matter."""

import json
import unicodedata
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bamsat.core.read.lexicon import PHRASE_FILES, indicator_rows, phrases
from bamsat.core.read.reader import read_text
from bamsat.core.terms.figure import Figure, Reading
from bamsat.core.terms.numbers import format_number

REPORTS = sorted((Path(__file__).parents[2] / "specimens" / "reports").glob("*.txt"))
SAID = sorted({word for file in PHRASE_FILES for entry in phrases(file) for word in entry["says"]})
NAMED = sorted({word for row in indicator_rows() for word in row.get("aliases", ())})
EXAMPLES = [
    example["text"] for file in PHRASE_FILES for entry in phrases(file) for example in entry.get("examples", ())
]
UNITS = ["%", " tỷ đồng", " triệu USD", " nghìn tấn", " chợ", " điểm phần trăm", " lần", " đồng/kg", "%/năm", ""]
PERIODS = ["năm 2021", "tháng 5/2022", "quý III/2021", "9 tháng", "giai đoạn 2016-2020", "cùng kỳ", "ngày 15/3/2021"]
MARKS = [", ", "; ", ". ", ": ", " (", ") ", "\n", "\n- ", " - ", "/", "\u00a0", " ", "“", "…", "-", "–", "−"]

bounded = settings(max_examples=60, deadline=None)
values = st.decimals(min_value=Decimal("0.001"), max_value=Decimal("99999999.999"), places=3)
digits = st.one_of(values.map(format_number), st.integers(0, 10**7).map(str), st.just("1,234.5"), st.just("5 - 7"))
pieces = st.one_of(
    st.sampled_from(SAID), st.sampled_from(NAMED), st.sampled_from(UNITS), st.sampled_from(PERIODS),
    st.sampled_from(MARKS), st.sampled_from(EXAMPLES), digits, st.text(max_size=8),
)  # fmt: skip
texts = st.lists(pieces, max_size=30).map("".join)


@cache
def reading(path: Path) -> Reading:
    return read_text(path.read_text("utf-8"), path.name)


def sound(text: str, figures: tuple[Figure, ...]) -> None:
    """What every figure of a text keeps to."""
    for figure in figures:
        assert text[figure.start : figure.end] == figure.number
        assert figure.number.strip() == figure.number != ""
        assert any(letter.isdigit() for letter in figure.number)
        assert figure.lower <= figure.value <= figure.upper
        assert figure.value_high is None or figure.lower <= figure.value_high <= figure.upper
        assert json.loads(json.dumps(figure.as_json()))["number"] == figure.number


@bounded
@given(values)
def test_a_level_that_our_formatter_writes_is_read_back(value: Decimal):
    (figure,) = read_text(f"Năm 2021, kim ngạch xuất khẩu đạt {format_number(value)} triệu USD.").figures
    assert (figure.value, figure.unit, figure.measure) == (value * 10**6, "USD", "level")


@bounded
@given(st.integers(1, 10**9))
def test_a_whole_number_that_our_formatter_writes_is_read_back(value: int):
    (figure,) = read_text(f"Năm 2021, giá trị sản xuất công nghiệp đạt {format_number(value)} tỷ đồng.").figures
    assert (figure.value, figure.unit) == (Decimal(value) * 10**9, "VND")


@bounded
@given(st.decimals(min_value=Decimal("0.01"), max_value=Decimal("999.99"), places=2), st.sampled_from(["tăng", "giảm"]))
def test_a_growth_that_our_formatter_writes_is_read_back_with_its_sign(value: Decimal, verb: str):
    text = f"Tháng 5/2022, chỉ số sản xuất công nghiệp {verb} {format_number(value)}% so với cùng kỳ."
    (figure,) = read_text(text).figures
    assert (figure.value, figure.measure, figure.base) == (value if verb == "tăng" else -value, "growth", "2021-05")


@bounded
@given(values)
def test_a_negative_number_that_our_formatter_writes_is_read_back(value: Decimal):
    (figure,) = read_text(f"Năm 2021, cán cân thương mại đạt {format_number(-value)} triệu USD.").figures
    assert figure.value == -value * 10**6


@bounded
@given(st.lists(values, min_size=2, max_size=8))
def test_a_list_of_numbers_is_read_back_in_order(numbers: list[Decimal]):
    goods = ("xi măng", "gạch", "đường", "chè", "giấy", "phân bón", "thép", "vải")
    told = ", ".join(f"{name} {format_number(number)} tấn" for name, number in zip(goods, numbers, strict=False))
    figures = read_text(f"Sản phẩm chủ yếu năm 2021: {told}.").figures
    assert [figure.value for figure in figures] == numbers


@bounded
@given(texts)
def test_any_text_is_read_and_what_is_read_is_sound(text: str):
    read = read_text(text)
    sound(read.document.text, read.figures)


@bounded
@given(st.text(max_size=200))
def test_text_of_no_language_is_read_too(text: str):
    read = read_text(text)
    sound(read.document.text, read.figures)


@bounded
@given(texts)
def test_reading_twice_gives_the_same(text: str):
    assert read_text(text).figures == read_text(text).figures


@bounded
@given(st.lists(st.sampled_from(EXAMPLES), min_size=1, max_size=6).map("\n".join))
def test_decomposed_unicode_is_read_as_composed(text: str):
    composed = read_text(unicodedata.normalize("NFC", text))
    decomposed = read_text(unicodedata.normalize("NFD", text))
    assert [figure.as_json() for figure in decomposed.figures] == [figure.as_json() for figure in composed.figures]


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.stem)
def test_the_figures_of_real_reports_are_sound(path: Path):
    read = reading(path)
    assert read.figures
    sound(read.document.text, read.figures)
    spans = [(figure.start, figure.end) for figure in read.figures]
    assert spans == sorted(spans)


@pytest.mark.parametrize("path", REPORTS[::6], ids=lambda path: path.stem)
def test_a_decomposed_report_is_read_as_the_composed_one(path: Path):
    decomposed = read_text(unicodedata.normalize("NFD", path.read_text("utf-8")), path.name)
    assert [one.as_json() for one in decomposed.figures] == [one.as_json() for one in reading(path).figures]
    assert decomposed.document.text == reading(path).document.text


@pytest.mark.parametrize("path", REPORTS[::12], ids=lambda path: path.stem)
def test_figures_do_not_depend_on_the_kind_of_line_end(path: Path):
    windows = read_text(path.read_text("utf-8").replace("\n", "\r\n"), path.name)
    places = ("start", "end")
    told = [{key: value for key, value in one.as_json().items() if key not in places} for one in windows.figures]
    assert told == [
        {key: value for key, value in one.as_json().items() if key not in places} for one in reading(path).figures
    ]
    sound(windows.document.text, windows.figures)
