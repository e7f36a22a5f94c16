# SPDX-License-Identifier: Apache-2.0
"""What an indicator or a part of it is called in a sentence: in full at first sight, shorter where it is known."""

from __future__ import annotations

import re

from bamsat.core.report.facts import Fact, Topic
from bamsat.core.report.phrasebook import choose, wordings, writing
from bamsat.core.terms.unit import read_unit

_SHORT = re.compile(r" \([^)]*\)$")  # "(IIP)" behind a name


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def mid_sentence(name: str) -> str:
    """The name without its capital, unless it begins with letters that stay: "IIP", "GRDP".

    >>> mid_sentence("Kim ngạch xuất khẩu"), mid_sentence("IIP khai khoáng")
    ('kim ngạch xuất khẩu', 'IIP khai khoáng')
    """
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]


def full_name(topic: Topic) -> str:
    """The catalogue's name, or for a branch of the index and for a part what the reader knows it by."""
    branch = writing()["branches"].get(topic.indicator)
    if branch is not None:
        return capital(choose("branch_of_index", 0).format(branch=branch))
    if topic.segment and topic.segment.lower() not in topic.name.lower():
        return f"{_SHORT.sub('', topic.name)} {topic.segment}"
    return _product_name(topic)


def _product_name(topic: Topic) -> str:
    """ "Sản lượng xi măng", not "Xi măng đạt ...", which no report writes."""
    money = topic.level is not None and topic.level.unit in ("VND", "USD", "%")
    told = topic.name.lower().startswith(wordings("product_named"))
    if not topic.indicator.startswith("product:") or money or told:
        return topic.name
    return choose("product", 0).format(name=mid_sentence(topic.name))


def topic_name(topic: Topic, fact: Fact, area: str, *, again: bool) -> str:
    """The name as it opens a sentence, with the place where that is not the report's own, and the prices."""
    name = full_name(topic)
    if again:
        name = _SHORT.sub("", name)
    if fact.area and fact.area != area:
        name = f"{name} tại {fact.area}"
    if fact.price_basis:
        kind, _colon, year = fact.price_basis.partition(":")
        name = f"{name} ({choose(f'prices.{kind}', 0).format(year=year)})"
    return name


def part_name(topic: Topic) -> str:
    """A part's name in the list behind its whole."""
    branch = writing()["branches"].get(topic.indicator)
    if branch is not None:
        return str(branch)
    return topic.segment or mid_sentence(_SHORT.sub("", topic.name))


def whole_name(topic: Topic) -> str:
    """The whole that a part is a share of, as the reader names it."""
    return mid_sentence(_SHORT.sub("", topic.name))


def counted(topic: Topic) -> str | None:
    """What the name says of things that are counted, behind their noun: None where it counts nothing.

    >>> from decimal import Decimal
    >>> from bamsat.core.terms.period import Period
    >>> year = Period.year(2021)
    >>> ratio = Fact("market:chợ", "ratio", Decimal(25), "chợ", year, of=Decimal(79))
    >>> counted(Topic("market:chợ", "Số chợ đạt tiêu chí", year, level=ratio))
    ' đạt tiêu chí'
    """
    fact = topic.level
    name = mid_sentence(topic.name)
    if fact is None or topic.segment or not (fact.of is not None or name.startswith("số ")):
        return None
    noun = fact.unit.lower()
    name = name.removeprefix("số ").removeprefix("tỷ lệ ")
    if not noun or not f"{name} ".startswith(f"{noun} "):
        return None
    found = read_unit(name.lower())
    return name[len(noun) :] if found is not None and found.code == fact.unit else None  # a shop, or a petrol station?
