# SPDX-License-Identifier: Apache-2.0
"""Vietnamese letters: folding for search, keys for sorting, and the spellings one word may take."""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

TONES = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}  # huyền hỏi ngã sắc nặng
_LETTER_MARKS = {"\u0306": "2", "\u0302": "3", "\u031b": "4"}  # ă, â ê ô, ơ ư: letters of their own
_ONSETS_BEFORE_I = ("h", "k", "l", "m", "s", "t", "qu")  # after these "i" and "y" are both written
_WORD = re.compile(r"[^\W_]+")
_MOST_SPELLINGS = 32


def _plain(char: str) -> str:
    bare = "".join(c for c in unicodedata.normalize("NFD", char) if not unicodedata.combining(c))
    return "d" if bare in "đĐ" else bare.lower()


_FOLDED: dict[int, str | None] = {
    code: _plain(chr(code)) for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00)) if chr(code).isalpha()
}
_FOLDED |= dict.fromkeys(range(0x300, 0x370))


def fold(text: str) -> str:
    """The text without case, tones and letter marks, its spaces single: what a search compares.

    >>> fold("Sở Công Thương  Cao Bằng") == fold("SO CONG THUONG CAO BANG") == "so cong thuong cao bang"
    True
    >>> fold("Điều tra")
    'dieu tra'
    """
    return " ".join(unicodedata.normalize("NFC", text).translate(_FOLDED).lower().split())


def _weigh(char: str) -> tuple[str, str]:
    """Where a letter stands in the alphabet, and the number of its tone."""
    if char == "đ":
        return "d5", "0"
    bare, *marks = list(unicodedata.normalize("NFD", char))
    letter = next((_LETTER_MARKS[m] for m in marks if m in _LETTER_MARKS), "1")
    return bare + letter, next((TONES[m] for m in marks if m in TONES), "0")


_weigh_once = lru_cache(maxsize=512)(_weigh)


def _word_keys(word: str) -> tuple[str, str]:
    if word.isdecimal():
        digits = str(int(word))
        return f"{min(len(digits), 9)}{digits}", "0"
    weights = [_weigh_once(char) for char in word]
    return "".join(letter for letter, _ in weights), max(tone for _, tone in weights)


def sort_key(text: str) -> str:
    """A key whose plain code point order is the Vietnamese alphabetical order.

    The letters a ă â b c d đ e ê ... decide first; among equals the tones ngang huyền hỏi ngã sắc nặng. Numbers sort
    by their value. A column that holds the key must compare by code point (SQLite's default; COLLATE "C").

    >>> sorted(["Đà Bắc", "Dương", "Ẩn", "Ăn", "An", "Phường 10", "Phường 2"], key=sort_key)
    ['An', 'Ăn', 'Ẩn', 'Dương', 'Đà Bắc', 'Phường 2', 'Phường 10']
    >>> sorted(["mạ", "má", "mã", "mả", "mà", "ma"], key=sort_key)
    ['ma', 'mà', 'mả', 'mã', 'má', 'mạ']
    """
    parts = re.findall(r"\d+|[^\W\d_]+", unicodedata.normalize("NFC", text).lower())
    keys = [_word_keys(part) for part in parts]
    return "-".join(letters for letters, _ in keys) + " " + "".join(tone for _, tone in keys)


_TAIL = re.compile(
    r"^(?P<onset>.*?)(?P<first>[oòóỏõọOÒÓỎÕỌuùúủũụUÙÚỦŨỤ])(?P<last>[aàáảãạAÀÁẢÃẠeèéẻẽẹEÈÉẺẼẸyỳýỷỹỵYỲÝỶỸỴ])$"
)


def _split_tone(char: str) -> tuple[str, str]:
    marks = unicodedata.normalize("NFD", char)
    tone = next((m for m in marks if m in TONES), "")
    return marks.replace(tone, "") if tone else marks, tone


def _tone_places(syllable: str) -> set[str]:
    """hóa and hoá; ủy and uỷ; quý and the slip qúy."""
    found = _TAIL.match(syllable)
    if not found:
        return {syllable}
    onset, first, last = found["onset"], *map(_split_tone, (found["first"], found["last"]))
    tone = first[1] or last[1]
    glide = (first[0] + last[0]).lower() in ("oa", "oe", "uy") or onset.lower() == "q"
    if not tone or not glide or (first[1] and last[1]):
        return {syllable}
    written = (onset + first[0] + tone + last[0], onset + first[0] + last[0] + tone)
    return {syllable, *(unicodedata.normalize("NFC", way) for way in written)}


_I_AND_Y = str.maketrans("iìíỉĩịyỳýỷỹỵIÌÍỈĨỊYỲÝỶỸỴ", "yỳýỷỹỵiìíỉĩịYỲÝỶỸỴIÌÍỈĨỊ")


def _i_or_y(syllable: str) -> set[str]:
    """tỷ and tỉ; kỹ and kĩ; quý and quí."""
    onset, last = syllable[:-1], syllable[-1:]
    if onset.lower() not in _ONSETS_BEFORE_I or last.translate(_I_AND_Y) == last:
        return {syllable}
    return {syllable, onset + last.translate(_I_AND_Y)}


@lru_cache(maxsize=4096)
def _spellings(syllable: str) -> tuple[str, ...]:
    ways = {way for placed in _tone_places(syllable) for way in _i_or_y(placed)}
    ways |= {way for other in _i_or_y(syllable) for way in _tone_places(other)}
    return (syllable, *sorted(ways - {syllable}))


_VARIES = re.compile(
    r"(?:[oòóỏõọ][aàáảãạeèéẻẽẹ]|q?[uùúủũụ][aàáảãạeèéẻẽẹyỳýỷỹỵiìíỉĩị]|[hklmst][iìíỉĩịyỳýỷỹỵ])(?![^\W\d_])", re.IGNORECASE
)
"""What a syllable with more than one spelling ends in; most have none."""


def _each_way(choices: Iterable[tuple[str, ...]], rest: list[str]) -> Iterable[str]:
    for chosen in itertools.product(*choices):
        yield "".join(itertools.chain.from_iterable(itertools.zip_longest(rest, chosen, fillvalue="")))


def tone_variants(text: str) -> tuple[str, ...]:
    """Every spelling in which people write these words, the given one first.

    Tone marks on either vowel, and "i" for "y" after h, k, l, m, s, t and qu, each word on its own.

    >>> tone_variants("hàng hóa")
    ('hàng hóa', 'hàng hoá')
    >>> sorted(tone_variants("tỷ")), sorted(tone_variants("quý"))
    (['tỉ', 'tỷ'], ['quí', 'quý', 'qúy'])
    >>> tone_variants("tỉnh")
    ('tỉnh',)
    """
    text = unicodedata.normalize("NFC", text)
    if not _VARIES.search(text):
        return (text,)
    choices = [_spellings(word) for word in _WORD.findall(text)]
    return tuple(itertools.islice(_each_way(choices, _WORD.split(text)), _MOST_SPELLINGS))
