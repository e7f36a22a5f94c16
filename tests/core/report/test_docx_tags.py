# SPDX-License-Identifier: Apache-2.0
"""Every number of a report in Word knows its entries, also after the file was edited; and it can be made to forget."""

from __future__ import annotations

import io
import re
import zipfile
from decimal import Decimal
from typing import Any

import docx
from hypothesis import given, settings
from hypothesis import strategies as st

from bamsat.core.report.docx import body_elements, tags_in, to_docx, without_tags
from bamsat.core.report.outline import Frame, Report, told_in
from bamsat.core.terms.period import Period
from tests.core.report.year_report import BLOCKS, GROWTH, LEVEL, REPORT, W, entry, part, said, text_of, told

ALL = list(told_in(tuple(REPORT.all_blocks())))


def changed(data: bytes, change: Any, name: str = "word/document.xml") -> bytes:
    """The file with the markup of a part changed as some program would."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for member in old.infolist():
            blob = old.read(member)
            new.writestr(member, change(blob.decode()).encode() if member.filename == name else blob)
    return out.getvalue()


def test_numbers_come_back_with_their_entries_in_the_order_of_the_report() -> None:
    tags = tags_in(to_docx(REPORT))
    assert [(tag.text, tag.entries) for tag in tags] == [(number.text, number.entries) for number in ALL]
    assert len({tag.id for tag in tags}) == len(ALL)


def test_the_key_of_a_number_says_what_it_measures() -> None:
    level, growth, *_ = tags_in(to_docx(REPORT))
    assert level.key["indicator"] == LEVEL.fact.indicator
    assert level.key["status"] == "estimate"
    assert Decimal(level.key["value"]) == LEVEL.fact.value
    assert growth.entries == GROWTH.entries
    assert (growth.key["measure"], Period.parse(growth.key["base"])) == ("growth", Period.year(2020))


def test_a_number_says_where_it_stands() -> None:
    tags = tags_in(to_docx(REPORT))
    level = tags[0]
    assert level.paragraph[level.start :].startswith("5.300 tỷ đồng, tăng 12,77%")
    assert re.fullmatch(r"đoạn \d+", level.place)
    assert [tag.place for tag in tags if tag.place.startswith("bảng 1,")][:2] == [
        "bảng 1, hàng 5, cột 4",
        "bảng 1, hàng 5, cột 5",
    ]


def test_a_control_is_hidden_has_its_own_id_and_a_tag_that_word_accepts() -> None:
    root = part(to_docx(REPORT), "word/document.xml")
    controls = [found for found in root.iter(W + "sdtPr") if found.find(W + "id") is not None]
    assert [control.find(W + "tag").get(W + "val") for control in controls] == [f"bamsat:{n.entries[0]}" for n in ALL]
    assert all(len(control.find(W + "tag").get(W + "val")) <= 64 for control in controls)
    assert all(control.find("{*}appearance").values() == ["hidden"] for control in controls)
    assert len({control.find(W + "id").get(W + "val") for control in controls}) == len(ALL)


def test_a_number_that_somebody_changed_keeps_the_words_with_which_it_was_written() -> None:
    edited = changed(to_docx(REPORT), lambda markup: markup.replace(">12,77%<", ">13,77%<"))
    tag = next(tag for tag in tags_in(edited) if tag.text == "13,77%")
    assert tag.key["text"] == "12,77%"
    assert tag.entries == GROWTH.entries


def test_numbers_are_found_by_title_when_a_program_lost_ids_and_tags() -> None:
    lost = changed(
        to_docx(REPORT),
        lambda markup: re.sub(r'<w:tag w:val="bamsat:[^"]*"/>', "", re.sub(r'<w:id w:val="\d+"/>', "", markup)),
    )
    assert [(tag.text, tag.entries) for tag in tags_in(lost)] == [(number.text, number.entries) for number in ALL]


def test_numbers_are_found_by_tag_when_the_part_with_their_keys_is_gone() -> None:
    lost = changed(to_docx(REPORT), lambda _: "<gone/>", "customXml/item1.xml")
    assert [tag.entries for tag in tags_in(lost)] == [number.entries[:1] for number in ALL]
    assert not any(tag.key for tag in tags_in(lost))


def test_without_tags_the_words_are_the_same_and_nothing_tells_of_entries() -> None:
    data = to_docx(REPORT)
    plain = without_tags(data)
    assert tags_in(plain) == []
    assert text_of(part(plain, "word/document.xml")) == text_of(part(data, "word/document.xml"))
    with zipfile.ZipFile(io.BytesIO(plain)) as archive:
        assert not [name for name in archive.namelist() if name.startswith("customXml/")]
        assert not any(entry(1).encode() in archive.read(name) for name in archive.namelist())
    assert docx.Document(io.BytesIO(plain)).paragraphs


def test_a_second_piece_in_the_same_document_gets_other_ids() -> None:
    package = docx.Document()
    for number in (1, 2):
        for element in body_elements(Report(Frame(), (said(told(f"{number} chợ", number)),)), package):
            package.element.body.insert(len(package.element.body) - 1, element)
    out = io.BytesIO()
    package.save(out)
    tags = tags_in(out.getvalue())
    assert [(tag.text, tag.entries, tag.key["text"]) for tag in tags] == [
        ("1 chợ", (entry(1),), "1 chợ"), ("2 chợ", (entry(2),), "2 chợ"),
    ]  # fmt: skip
    assert tags[0].id != tags[1].id


def test_a_number_without_an_entry_is_found_too() -> None:
    [tag] = tags_in(to_docx(Report(Frame(), (said("Bằng ", told("70%", 1, "plan_ratio", "70", "%", entries=())),))))
    assert (tag.text, tag.entries, tag.key["measure"]) == ("70%", (), "plan_ratio")


def test_a_file_of_somebody_else_has_no_numbers_of_ours() -> None:
    out = io.BytesIO()
    docx.Document().save(out)
    assert tags_in(out.getvalue()) == []


@given(st.lists(st.tuples(st.text(max_size=12), st.text(min_size=1, max_size=12), st.integers(1, 9)), max_size=8))
@settings(max_examples=50, deadline=None)
def test_whatever_stands_around_a_number_it_comes_back(pieces: list[tuple[str, str, int]]) -> None:
    numbers = [told(text, number, entries=tuple(entry(n) for n in range(number))) for _, text, number in pieces]
    block = said(*[piece for (words, _, _), number in zip(pieces, numbers, strict=True) for piece in (words, number)])
    tags = tags_in(to_docx(Report(Frame(), (block, *BLOCKS[:1]))))
    assert [tag.entries for tag in tags] == [number.entries for number in numbers]
    assert all(tag.paragraph[tag.start : tag.start + len(tag.text)] == tag.text for tag in tags)
