# SPDX-License-Identifier: Apache-2.0
"""Documents that a text cites: which words are one, and what is known of each."""

import csv
import io
import json
import string
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bamsat.cli import read_command
from bamsat.core.read.apart import read_apart
from bamsat.core.read.citations import citations
from bamsat.core.read.citing.symbols import symbols
from bamsat.core.read.citing.words import data, types
from bamsat.core.read.loaders import from_text
from bamsat.core.read.reader import read_text
from bamsat.core.read.scan import lower
from bamsat.core.terms.directive import CITED, RELATIONS

RAW = data()
EXAMPLES = RAW["examples"]


def cited(text, area="Cao Bằng"):
    document = from_text(text, "van-ban.txt")
    return citations(document, lower(document.text), area)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example["text"])
def test_it_reads_the_examples_of_the_phrases(example):
    found = {one.text: one.as_json() for one in cited(example["text"])}
    for told in example["read"]:
        assert told["text"] in found
        assert {name: found[told["text"]][name] for name in told} == told
    listed = {told["text"] for told in example["read"]}
    assert [text for text, one in found.items() if text not in listed and one["kind"] != "generic"] == []


@pytest.mark.parametrize("text", RAW["never"])
def test_it_cites_nothing_in_the_counter_examples(text):
    assert [one.text for one in cited(text)] == []


def test_every_relation_has_an_example():
    told = {one["relation"] for example in EXAMPLES for one in example["read"] if "relation" in one}
    assert {row["means"] for row in RAW["relations"]} - told == set()
    assert told <= set(RELATIONS)


def test_wordings_are_composed_unicode_in_lower_case():
    said = [word for row in (*RAW["types"], *RAW["directives"], *RAW["relations"]) for word in row["says"]]
    said += [word for name in ("between", "ends", "ends_after_comma", "drafts", "many") for word in RAW[name]]
    assert [word for word in said if unicodedata.normalize("NFC", word) != word or word.lower() != word] == []


def test_no_two_types_share_a_code_or_a_wording():
    codes = [code for row in RAW["types"] for code in row.get("codes", ())]
    says = [word for row in (*RAW["types"], *RAW["directives"]) for word in row["says"]]
    assert len(codes) == len(set(codes))
    assert len(says) == len(set(says))


def test_an_issuer_comes_from_the_symbol_where_nobody_is_named():
    named = {
        one.symbol: one.issuer for one in cited("Theo Chỉ thị số 26/CT-TTg, Thông tư số 5/2020/TT-BCT, 128/NQ-CP.")
    }
    assert named == {
        "26/CT-TTg": "Thủ tướng Chính phủ",
        "5/2020/TT-BCT": "Bộ Công Thương",
        "128/NQ-CP": "Chính phủ",
    }


def test_what_the_words_do_not_say_is_inferred():
    [one] = cited("Theo Công văn số 841/UBND-VX ngày 15/4/2021 của UBND tỉnh.")
    assert (one.issuer, one.inferred) == ("UBND tỉnh Cao Bằng", ("issuer",))
    [one] = cited("Theo Công văn số 841/UBND-VX ngày 15/4/2021 của UBND tỉnh Lạng Sơn.")
    assert (one.issuer, one.inferred) == ("UBND tỉnh Lạng Sơn", ())


def test_without_a_province_the_issuer_stays_as_it_is_said():
    [one] = cited("Theo Công văn số 841/UBND-VX của UBND tỉnh.", area=None)
    assert one.issuer == "UBND tỉnh"


def test_a_day_without_a_year_is_of_the_year_of_the_document():
    text = "Số: 12/BC-SCT\nCao Bằng, ngày 20 tháng 5 năm 2024\nThực hiện Công văn số 9/UBND-TH ngày 15/4 của UBND tỉnh."
    [one] = read_text(text).citations
    assert one.date == "2024-04-15"
    assert "date" in one.inferred


def test_a_line_that_only_runs_on_is_no_end():
    [one] = cited(
        "Thực hiện Công văn số\n841/UBND-VX ngày 15\ntháng 4 năm 2021 "
        "của Ủy\nban nhân dân tỉnh về việc đánh giá\nmức độ an toàn."
    )
    assert (one.symbol, one.date, one.issuer) == ("841/UBND-VX", "2021-04-15", "Ủy ban nhân dân tỉnh Cao Bằng")
    assert one.about == "đánh giá mức độ an toàn"


def test_a_document_does_not_cite_itself():
    text = (
        "UBND TỈNH CAO BẰNG\nSỞ CÔNG THƯƠNG\nSố: 12/BC-SCT\nCao Bằng, ngày 20 tháng 5 năm 2024\n"
        "BÁO CÁO\nTình hình tháng 5\nQuyết định này có hiệu lực."
    )
    assert read_text(text).citations == ()


def test_three_documents_in_one_another_are_three():
    text = (
        "Sở đã trình UBND tỉnh ban hành Quyết định ban hành Kế hoạch thực hiện Nghị quyết của HĐND về phát triển chợ."
    )
    found = cited(text)
    assert [(one.type, one.kind, one.issuer) for one in found] == [
        ("Quyết định", "named", "UBND tỉnh Cao Bằng"),
        ("Kế hoạch", "nested", "UBND tỉnh Cao Bằng"),
        ("Nghị quyết", "nested", "HĐND tỉnh Cao Bằng"),
    ]
    assert len({one.end for one in found}) == 1


def test_it_crosses_the_border_of_the_process_whole(tmp_path):
    path = tmp_path / "bao-cao.txt"
    path.write_text("\n".join(example["text"] for example in EXAMPLES), encoding="utf-8")
    told = read_apart(path)
    assert told.citations == read_text(path.read_text(encoding="utf-8"), path.name).citations
    assert len(told.citations) > len(EXAMPLES) / 2


CODES = sorted(code for row in RAW["types"] for code in row.get("codes", ()) if code not in ("L", "DA", "GP", "GCN"))
BODIES = sorted(code for code in RAW["codes"] if code not in ("QH", "UBTVQH"))


@given(
    number=st.integers(1, 9999),
    code=st.sampled_from(CODES),
    body=st.sampled_from(BODIES),
    gap=st.sampled_from(["", " ", "\u00a0"]),
    year=st.sampled_from(["", "2019/", "2024/"]),
)
def test_a_symbol_is_read_whatever_its_blanks(number, code, body, gap, year):
    [found] = symbols(f"số {number}{gap}/{gap}{year}{code}-{body} ngày 3/4/2024")
    assert found.text == f"{number}/{year}{code}-{body}"
    assert found.type is not None
    assert found.type.name in types()


@given(st.text(alphabet=string.ascii_letters + string.digits + ' /-–.,;:()"“”\n\tđĐươ', max_size=200))
def test_any_text_is_read_without_fault(text):
    for one in cited("Công văn số 1/UBND-VX của UBND tỉnh về việc " + text):
        assert one.kind in CITED
        assert one.relation in RELATIONS
        assert 0 <= one.start < one.end


@given(st.lists(st.sampled_from([example["text"] for example in EXAMPLES]), min_size=1, max_size=5, unique=True))
def test_what_stands_on_other_lines_changes_nothing(lines):
    together = [one.text for one in cited("\n".join(lines))]
    assert together == [one.text for line in lines for one in cited(line)]


@pytest.mark.parametrize(
    "text",
    [" " * 90_000, "số " * 30_000, "Công văn số 1/UBND-VX, " * 2_000, "(" * 50_000, '"' * 50_000, "kế hoạch, " * 8_000,
     "chỉ đạo của " * 8_000, "1/" * 50_000, "A-" * 50_000, "1/" + "A" * 50_000, "Căn cứ " * 15_000, "a\n" * 40_000],
    ids=lambda text: text[:12],
)  # fmt: skip
def test_hostile_text_does_not_hold_it_up(text):
    assert isinstance(cited(text), tuple)


def printed(form, what, path):
    out = io.StringIO()
    assert read_command([str(path), "--what", what, "--format", form], out) == 0
    return out.getvalue()


def test_the_command_prints_documents_in_every_form(tmp_path):
    path = tmp_path / "tin.txt"
    path.write_text(EXAMPLES[0]["text"], encoding="utf-8")
    [row] = [json.loads(line) for line in printed("jsonl", "documents", path).splitlines()]
    assert row == read_text(EXAMPLES[0]["text"], "tin.txt").citations[0].as_json()
    assert "215/UBND-TH" in printed("table", "documents", path)
    [told] = csv.DictReader(io.StringIO(printed("csv", "documents", path)))
    assert (told["symbol"], told["relation"]) == ("215/UBND-TH", "carries_out")


def test_the_command_prints_one_letterhead_a_file(tmp_path):
    path = tmp_path / "cong-van.txt"
    path.write_text(
        "UBND TỈNH CAO BẰNG\nSố: 5/KH-UBND\nCao Bằng, ngày 3 tháng 3 năm 2023\nKẾ HOẠCH\nPhát triển chợ\n", "utf-8"
    )
    [row] = [json.loads(line) for line in printed("jsonl", "letterhead", path).splitlines()]
    assert (row["doc"], row["type"], row["symbol"]) == ("cong-van.txt", "Kế hoạch", "5/KH-UBND")
    assert "5/KH-UBND" in printed("table", "letterhead", path)
    assert "symbol:" in printed("csv", "letterhead", path)
