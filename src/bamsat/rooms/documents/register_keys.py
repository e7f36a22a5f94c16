# SPDX-License-Identifier: Apache-2.0
"""When two ways of writing mean the same document: symbols as keys, issuers that may be one, days that agree."""

from __future__ import annotations

import re
from datetime import date

from bamsat.core.terms.vietnamese import fold

_SHORT = {
    "ubnd": "uy ban nhan dan", "hdnd": "hoi dong nhan dan", "ttg": "thu tuong chinh phu", "sct": "so cong thuong",
    "bct": "bo cong thuong", "tp": "thanh pho", "bcd": "ban chi dao", "btv": "ban thuong vu",
}  # fmt: skip
_LEADING = re.compile(r"^(so|ky hieu|so ky hieu)\s*[:.]?\s+(?=\d)|^(so|ky hieu)\s*:\s*")
_NUMBER = re.compile(r"\s*(?:số\s*:?\s*)?(\d{1,6}[a-zđ]?)\s*(?=[/-]|$)", re.IGNORECASE)
_YEAR = re.compile(r"\d{4}")


def key_of(symbol: str) -> str:
    """A symbol without case, marks, spaces and leading noughts: what citations are found by.

    >>> key_of("Số: 841 /UBND-VX"), key_of("07/KH–SCT"), key_of("684-QĐ/TU"), key_of("")
    ('841/ubnd-vx', '7/kh-sct', '684-qd/tu', '')
    """
    bare = _LEADING.sub("", fold(symbol)).replace(" ", "")
    bare = re.sub(r"[\u2010-\u2015\u2212]", "-", bare).strip(".,;:")
    return re.sub(r"^0+(?=\d)", "", bare)[:80]


def number_of(symbol: str) -> str:
    """The number in front of a symbol, as it is written.

    >>> number_of("07/KH-SCT"), number_of("684-QĐ/TU"), number_of("12a/BC-SCT"), number_of("/BC-SCT")
    ('07', '684', '12a', '')
    """
    found = _NUMBER.match(symbol)
    return found[1] if found else ""


def _parts(issuer: str) -> set[str]:
    return set(" ".join(_SHORT.get(word, word) for word in re.findall(r"[^\W_]+", fold(issuer))).split())


def one_issuer(one: str, other: str) -> bool:
    """Whether two names may be the same body: where one of them is not told, or says less than the other.

    >>> one_issuer("UBND tỉnh Cao Bằng", "ỦY BAN NHÂN DÂN TỈNH CAO BẰNG"), one_issuer("UBND tỉnh", "UBND tỉnh Cao Bằng")
    (True, True)
    >>> one_issuer("UBND tỉnh Cao Bằng", "UBND tỉnh Lạng Sơn"), one_issuer("", "Chính phủ")
    (False, True)
    """
    first, second = _parts(one), _parts(other)
    return first <= second or second <= first


def one_day(dated: date | None, year: int | None, said: str) -> bool:
    """Whether a day, or else a year, agrees with what a citation says of it ("2021-11-11", "2021" or nothing).

    >>> one_day(date(2021, 11, 11), None, "2021"), one_day(date(2021, 11, 11), None, "2021-11-12")
    (True, False)
    >>> one_day(None, 2021, "2021-03-01"), one_day(None, None, "2021")
    (True, True)
    """
    if not said:
        return True
    if dated is not None and (exact := day_of(said)):
        return dated == exact
    known = dated.year if dated else year
    return known is None or str(known) == said[:4]


def day_of(said: str | None) -> date | None:
    try:
        return date.fromisoformat(said or "")
    except ValueError:
        return None


def year_of(said: str | None) -> int | None:
    """The year of a day or of a year alone.

    >>> year_of("2021-11-11"), year_of("2021"), year_of("")
    (2021, 2021, None)
    """
    found = _YEAR.match(said or "")
    return int(found[0]) if found and int(found[0]) > 0 else None


def one_text(one: str, other: str) -> bool:
    """Whether two subjects are the same but for case, marks, quotation marks and "về việc"."""
    first, second = _bare(one), _bare(other)
    return bool(first) and first == second


def _bare(text: str) -> str:
    words = re.findall(r"[^\W_]+", fold(text))
    for start in (["v", "v"], ["ve", "viec"], ["ve"]):
        if words[: len(start)] == start:
            words = words[len(start) :]
            break
    return " ".join(words)
