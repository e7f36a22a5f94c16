# SPDX-License-Identifier: Apache-2.0
"""What the reader is unsure of, in words: the page sorts by it, and a person looks there first."""

from __future__ import annotations

import re
from decimal import Decimal

from bamsat.core.read.state import Draft

# Whole sentences without a number in them, so that each is one message to translate.
READ_AS_PLAN_RATIO = "“tăng, giảm, vượt … so với kế hoạch” được đọc thành phần trăm của kế hoạch"
COMMA_MAY_GROUP = (
    "dấu phẩy trước ba chữ số được đọc là phần thập phân; văn bản không cho biết nó có tách hàng nghìn không"
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

_THREE_DECIMALS = re.compile(r"[1-9]\d{0,2},\d{3}")
_LARGE = Decimal(300)
_LONG_LABEL = 70


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
