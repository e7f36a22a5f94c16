# SPDX-License-Identifier: Apache-2.0
"""What the reader is unsure of, in words: the page sorts by it, and a person looks there first."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

from bamsat.core.read.state import Draft

# Whole sentences without a number or a semicolon in them, so that each has one English beside it and several can be
# joined by one.
READ_AS_PLAN_RATIO = "“tăng, giảm, vượt … so với kế hoạch” được đọc thành phần trăm của kế hoạch"
COMMA_MAY_GROUP = (
    "dấu phẩy trước ba chữ số được đọc là phần thập phân, dù văn bản không cho biết nó có tách hàng nghìn không"
)
NO_PERIOD = "không thấy kỳ của số liệu"
NO_AREA = "không thấy địa bàn của số liệu"
NO_NAME = "chưa rõ số này đo chỉ tiêu nào"
UNKNOWN_NOUN = "danh từ đứng sau số chưa có trong danh sách đơn vị tính"
OVER_A_WHOLE = "tỷ trọng lớn hơn 100%"
VERY_LARGE = "mức tăng, giảm lớn bất thường"
FELL_BY_MORE = "giảm quá 100%"
NO_DIRECTION = "không thấy chữ tăng hay giảm"
SHARE_OR_GROWTH = "không rõ là tỷ lệ hay mức tăng"
TIMES_TWO_WAYS = "“tăng … lần” có thể hiểu hai cách"
NO_PERCENT_SIGN = "văn bản không ghi dấu %"
PERCENT_SIGN_ONCE = "dấu % ghi một lần ở đầu"
NO_UNIT = "không thấy đơn vị tính"
TABLE_WITHOUT_UNIT = "bảng không nói rõ đơn vị tính"
TABLE_WITHOUT_PERIOD = "không rõ kỳ số liệu"
ROW_OF_WHAT = "không chắc dòng này thuộc chỉ tiêu nào"
COLUMN_OF_WHEN = "đầu cột không nói kỳ nào được so sánh"
GROWTH_NEAR_100 = "đầu cột nói tăng, giảm nhưng các số đều quanh 100"

# Beside the sentences and not in the catalogue of the pages, which the terminal does not have.
ENGLISH = {
    READ_AS_PLAN_RATIO: "“up, down or over … against plan” was read as a percentage of the plan",
    COMMA_MAY_GROUP: (
        "the comma before three digits was read as a decimal comma, though nothing in the document says that it does "
        "not group thousands"
    ),
    NO_PERIOD: "no period is stated for this figure",
    NO_AREA: "no place is stated for this figure",
    NO_NAME: "it is not clear which indicator this number measures",
    UNKNOWN_NOUN: "the noun after the number is not in the list of units",
    OVER_A_WHOLE: "a share greater than 100%",
    VERY_LARGE: "an unusually large rise or fall",
    FELL_BY_MORE: "a fall of more than 100%",
    NO_DIRECTION: "no word says whether it rose or fell",
    SHARE_OR_GROWTH: "it is not clear whether this is a share or a growth rate",
    TIMES_TWO_WAYS: "“up … times” can be understood in two ways",
    NO_PERCENT_SIGN: "the document writes no % sign",
    PERCENT_SIGN_ONCE: "the % sign is written once, at the beginning",
    NO_UNIT: "no unit is stated",
    TABLE_WITHOUT_UNIT: "the table does not make the unit clear",
    TABLE_WITHOUT_PERIOD: "the period of the figure is not clear",
    ROW_OF_WHAT: "it is not certain which indicator this row belongs to",
    COLUMN_OF_WHEN: "the column head does not say which period is compared",
    GROWTH_NEAR_100: "the column head speaks of growth, but its numbers are all around 100",
}
_JOINT = "; "

_THREE_DECIMALS = re.compile(r"[1-9]\d{0,2},\d{3}")
_LARGE = Decimal(300)
_LONG_LABEL = 70


def joined(doubts: Iterable[str]) -> str | None:
    """Several doubts as one, each said once; None where there are none."""
    return _JOINT.join(dict.fromkeys(doubts)) or None


def in_english(doubt: str) -> str:
    """A doubt, or several joined, in English; a sentence of an older reader stays as it was kept.

    >>> in_english("không thấy đơn vị tính; giảm quá 100%")
    'no unit is stated; a fall of more than 100%'
    """
    return _JOINT.join(ENGLISH.get(sentence, sentence) for sentence in doubt.split(_JOINT))


def doubt_about(draft: Draft, *, dots_group: bool) -> str | None:
    """The first reason to look at a figure again, or None; `dots_group` says that the text groups thousands by dots."""
    quantity, measure = draft.clause.quantity, draft.measure
    if draft.doubt:
        return draft.doubt
    if measure == "plan_ratio" and quantity.value != draft.value:
        return READ_AS_PLAN_RATIO
    if not dots_group and quantity.kind != "percent" and _THREE_DECIMALS.fullmatch(quantity.written):
        return COMMA_MAY_GROUP
    if measure == "share" and draft.value > 100:
        return OVER_A_WHOLE
    if measure == "growth" and draft.value < -100:
        return FELL_BY_MORE
    if measure == "growth" and abs(draft.value) > _LARGE and quantity.kind == "percent":
        return VERY_LARGE
    if quantity.kind == "open":
        return UNKNOWN_NOUN
    label = draft.subject.label
    if draft.subject.indicator.startswith("other:") and (not label or len(label) > _LONG_LABEL):
        return NO_NAME
    if draft.period is None:
        return NO_PERIOD
    return NO_AREA if draft.area is None else None
