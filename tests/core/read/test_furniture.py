# SPDX-License-Identifier: Apache-2.0
import pytest

from bamsat.core.read.furniture import furniture_of, is_signature, load_rules
from bamsat.core.read.loaders import from_text

RULES = load_rules()
LINES = [rule for rule in RULES.rules if rule.kind != "prefix"]


@pytest.mark.parametrize(("rule", "line"), [(rule, line) for rule in LINES for line in rule.says])
def test_a_rule_takes_its_examples(rule, line):
    found = furniture_of(line)
    assert found is not None
    assert found[1] == rule.kind


@pytest.mark.parametrize(("rule", "line"), [(rule, line) for rule in LINES for line in rule.never])
def test_a_rule_leaves_its_counter_examples(rule, line):
    found = furniture_of(line)
    assert found is None or found[0] != rule.id


@pytest.mark.parametrize("line", RULES.raw["signature"]["says"])
def test_a_name_alone_is_a_signature(line):
    assert is_signature(line)


@pytest.mark.parametrize("line", RULES.raw["signature"]["never"])
def test_other_last_lines_are_no_signature(line):
    assert not is_signature(line)


@pytest.mark.parametrize("part", ["letterhead", "reporter_of"])
def test_patterns_keep_their_examples(part):
    pattern = RULES.letterhead.fullmatch if part == "letterhead" else RULES.reporter.search
    assert all(pattern(line) for line in RULES.raw[part]["says"])
    assert not any(pattern(line) for line in RULES.raw[part]["never"])


@pytest.mark.parametrize(("rule", "line"), [(r, line) for r in RULES.rules if r.kind == "prefix" for line in r.says])
def test_what_stands_before_the_first_sentence_is_cut_off(rule, line):
    assert RULES.prefix.match(line)


def kinds(text: str) -> list[tuple[str, str]]:
    document = from_text(text)
    return [(block.kind, document.text[block.start : block.end]) for block in document.blocks]


LONG = "Sản xuất công nghiệp của tỉnh trong tháng tiếp tục phục hồi, các doanh nghiệp lớn đều có đơn hàng đến cuối năm."


def test_it_keeps_the_text_whole_and_marks_the_furniture():
    text = f"Công nghiệp tháng Bảy khởi sắc\nThứ Sáu, 30/07/2021, 08:50\nZalo\n{LONG}\n1,204 lượt xem\nHải Vân"
    document = from_text(text, "tin.txt")
    assert document.text == text
    assert [block.kind for block in document.blocks] == [
        "title", "furniture", "furniture", "paragraph", "furniture", "furniture",
    ]  # fmt: skip
    assert document.attributes == {
        "title": "Công nghiệp tháng Bảy khởi sắc", "dated": "2021-07-30", "author": "Hải Vân",
    }  # fmt: skip


def test_the_documents_own_date_beats_the_crawlers_clock():
    text = f"Thứ 6, 03/05/2024, 05:17[GMT+7]\nCông nghiệp tháng Bảy khởi sắc\nThứ 4, 28/07/2021 | 15:01:15\n{LONG}"
    assert from_text(text).attributes["dated"] == "2021-07-28"


def test_a_clock_with_a_time_zone_below_the_title_is_the_documents_own():
    text = f"Công nghiệp tháng Bảy khởi sắc\n25/07/2021 (GMT+7)\n{LONG}"
    assert from_text(text).attributes["dated"] == "2021-07-25"


def test_an_official_letterhead_gives_number_and_date_and_is_no_title():
    text = (
        "SỞ CÔNG THƯƠNG\nSố: 12/BC-SCT\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
        f"Cao Bằng, ngày 14 tháng 12 năm 2021\nBÁO CÁO\nTình hình công nghiệp và thương mại tháng 12\n{LONG}"
    )
    document = from_text(text)
    assert document.attributes == {
        "number": "12/BC-SCT",
        "dated": "2021-12-14",
        "title": "BÁO CÁO Tình hình công nghiệp và thương mại tháng 12",
    }
    assert [block.kind for block in document.blocks][:5] == ["paragraph"] * 5


def test_the_mark_of_an_outlet_is_cut_from_the_first_sentence():
    text = f"Công nghiệp tháng Bảy khởi sắc\n(BĐ) - {LONG}"
    assert kinds(text)[1:] == [("furniture", "(BĐ) -"), ("paragraph", LONG)]
    assert from_text(text).attributes["outlet"] == "Báo Bình Định"


def test_a_crawlers_date_before_the_text_gives_the_month():
    document = from_text(f" date 2021-03 BHG - {LONG}")
    assert document.attributes == {"dated": "2021-03", "outlet": "Báo Hà Giang"}
    assert kinds(f" date 2021-03 BHG - {LONG}")[1] == ("paragraph", LONG)


def test_captions_are_text_of_their_own_kind():
    picture = "Dây chuyền may ở cụm công nghiệp. Ảnh: Văn phòng Sở"
    text = f"Công nghiệp tháng Bảy khởi sắc\n{LONG}\n{picture}\n{LONG}\nĐập\nĐập\n{LONG}"
    assert [kind for kind, _ in kinds(text)] == [
        "title", "paragraph", "caption", "paragraph", "caption", "caption", "paragraph",
    ]  # fmt: skip
    assert from_text(text).attributes["photo"] == "Văn phòng Sở"


def test_a_title_that_is_repeated_stands_under_a_picture():
    text = f"Công nghiệp tháng Bảy khởi sắc\n{LONG}\nCông nghiệp tháng Bảy khởi sắc\n{LONG}"
    assert [kind for kind, _ in kinds(text)] == ["title", "paragraph", "caption", "paragraph"]


def test_a_date_that_cannot_be_is_no_date():
    assert "dated" not in from_text(f"Công nghiệp tháng Bảy khởi sắc\n45/17/2021\n{LONG}").attributes
