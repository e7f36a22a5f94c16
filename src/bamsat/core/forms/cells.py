# SPDX-License-Identifier: Apache-2.0
"""What was typed into a cell: a number written the Vietnamese way, or what is wrong and what it should probably be."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from bamsat.core.terms.numbers import format_number, read_number
from bamsat.core.terms.vietnamese import fold

# Signs of statistical tables: "-" nothing of the kind occurred, "..." it occurred but is not known.
_NONE = {"-", "–", "—", "−"}
_UNKNOWN = {"...", "…", "..", "chua co", "chua co so", "khong co so", "n/a", "na", "x"}
_SPACES = re.compile(r"(?<=\d)[ \u00a0\u2009\u202f](?=\d{3}(?:\D|$))")
_TRAILING = re.compile(r"^([-−+]?\s*[\d.,\s]*\d)\s*([^\d\s.,].*)$")
# "1.200" is one thousand two hundred; "0.200" and "1200.5" can only be English.
_ENGLISH = re.compile(r"[-−]?\d{1,3}(?:,\d{3})+\.\d+|[-−]?\d{1,3}(?:,\d{3}){2,}|[-−]?(?![1-9]\d{0,2}\.\d{3}$)\d+\.\d+")
_USUAL = re.compile(r"(?:[1-9][0-9]{0,2}(?:\.[0-9]{3})+|[0-9]+)(?:,[0-9]+)?")  # nothing about it has to be asked
_DATE = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_YES, _NO = {"co", "yes", "x", "1", "dat", "dung"}, {"khong", "no", "0", "khong dat", "sai"}
_MOST = 18  # digits


@dataclass(frozen=True, slots=True)
class Typed:
    """A cell as it was typed: its value where it was understood; else why not, and what it should probably be."""

    text: str
    value: Decimal | None = None
    words: str = ""  # of a cell of words: the text, a date as YYYY-MM-DD, "yes" or "no"
    vi: str = ""
    en: str = ""
    mend: str = ""

    @property
    def is_blank(self) -> bool:
        return self.value is None and not self.words and not self.vi

    @property
    def is_wrong(self) -> bool:
        return bool(self.vi)


def read_typed(text: str, unit: str = "") -> Typed:
    """A number as a clerk types it; `unit` may stand behind it and is left away.

    >>> read_typed("1.234,5").value, read_typed("1 234").value, read_typed("-").value, read_typed("…").value
    (Decimal('1234.5'), Decimal('1234'), Decimal('0'), None)
    >>> read_typed("1.200").value, read_typed("10.000").value
    (Decimal('1200'), Decimal('10000'))
    >>> read_typed("1,234.5").mend
    '1.234,5'
    """
    if len(text) <= _MOST and _USUAL.fullmatch(text):
        return Typed(text, Decimal(text.replace(".", "").replace(",", ".")))
    told = " ".join(text.split())
    if not told or fold(told) in _UNKNOWN:
        return Typed(text)
    if told in _NONE:
        return Typed(text, Decimal(0))
    body = _SPACES.sub("", told.removesuffix("%").strip() if unit == "%" else told)
    if (tail := _TRAILING.match(body)) and unit and fold(tail[2]) in (fold(unit), fold(unit.split(maxsplit=1)[0])):
        body = tail[1].strip()
    body = body.removeprefix("+").strip()
    number = read_number(body)
    if number is None or len(number.value.as_tuple().digits) > _MOST:
        return _not_a_number(text, body)
    if number.is_english or _ENGLISH.fullmatch(body):
        english = number.english if number.english is not None else number.value
        return Typed(
            text,
            vi=f"“{told}”: ở đây dấu chấm tách hàng nghìn, dấu phẩy tách phần lẻ.",
            en=f"“{told}”: here a dot separates thousands, a comma decimals.",
            mend=format_number(english),
        )
    return Typed(text, number.value)


def _not_a_number(text: str, body: str) -> Typed:
    told = " ".join(text.split())[:60]
    digits = re.sub(r"[^\d.,-]", "", body)
    found = read_number(digits) if digits else None
    if len(digits) > _MOST + 6:
        return Typed(
            text,
            vi=f"“{told}” có quá {_MOST} chữ số. Hãy xem lại đơn vị tính của biểu.",
            en=f"“{told}” has more than {_MOST} digits. Check the unit of the form.",
        )
    if re.search(r"\d\s*[-–÷]\s*\d", body):
        return Typed(
            text,
            vi=f"“{told}” là một khoảng; ô này nhận một số. Hãy ghi số ước tính và giải thích ở ghi chú.",
            en=f"“{told}” is a range; this cell takes one number. Give the estimate and explain it in the note.",
        )
    mend = format_number(found.value) if found and not found.is_english else ""
    if found is None and digits:
        mend = _regrouped(digits)
    return Typed(
        text,
        vi=f"“{told}” chưa đọc được thành số. Hãy gõ số như 1.234,5; không phát sinh thì gõ 0; chưa có thì để trống.",
        en=f"“{told}” cannot be read as a number. Type it as 1.234,5; 0 if there is none; leave it blank if not known.",
        mend=mend,
    )


def _regrouped(digits: str) -> str:
    """ "1.2345,6", whose dots stand wrong, as 12.345,6; nothing where that would be a guess."""
    if digits.count(",") > 1 or digits.endswith((".", ",")):
        return ""
    try:
        return format_number(Decimal(digits.replace(".", "").replace(",", ".")))
    except InvalidOperation:
        return ""


def read_words(text: str, type: str, choices: tuple[str, ...] = ()) -> Typed:
    """A cell of words: free text, a date, yes or no, or one of the choices (which ignore accents and case).

    >>> read_words("5/9/2026", "date").words, read_words("Có", "yes_no").words
    ('2026-09-05', 'yes')
    >>> read_words("HANG 1", "choice", ("hạng 1", "hạng 2")).words
    'hạng 1'
    """
    told = " ".join(text.split())
    if not told or type == "text":
        return Typed(text, words=told)
    if type == "date":
        return _date(text, told)
    if type == "yes_no":
        folded = fold(told)
        if folded in _YES | _NO:
            return Typed(text, words="yes" if folded in _YES else "no")
        return Typed(text, vi=f"“{told}”: ô này nhận “có” hoặc “không”.", en=f"“{told}”: this cell takes yes or no.")
    found = next((each for each in choices if fold(each) == fold(told)), "")
    if found:
        return Typed(text, words=found)
    near = next((each for each in choices if fold(told) in fold(each)), "")
    listed = ", ".join(choices[:12])
    return Typed(
        text,
        vi=f"“{told[:60]}” không có trong danh sách. Hãy chọn: {listed}.",
        en=f"“{told[:60]}” is not on the list. Choose: {listed}.",
        mend=near,
    )


def _date(text: str, told: str) -> Typed:
    match = _DATE.fullmatch(told)
    try:
        day = date(int(match[3]), int(match[2]), int(match[1])) if match else date.fromisoformat(told)
    except ValueError:
        return Typed(
            text,
            vi=f"“{told[:30]}” không phải ngày. Hãy gõ ngày/tháng/năm, như 05/09/2026.",
            en=f"“{told[:30]}” is no date. Type day/month/year: 05/09/2026.",
        )
    return Typed(text, words=day.isoformat())
