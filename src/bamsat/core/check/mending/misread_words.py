# SPDX-License-Identifier: Apache-2.0
"""A misreading in words, and as a way to mend a finding: the number stays, what it is a number of does not."""

from __future__ import annotations

from bamsat.core.check.knowledge import APART, Knowledge
from bamsat.core.check.mending.misread import Misread
from bamsat.core.check.model import Network, Repair
from bamsat.core.check.words.naming import capital, uncapital
from bamsat.core.check.words.written import Language, period_words


def told_misread(network: Network, meant: Misread, language: Language = "vi") -> str:
    """Which figure was misread, and as what: "máy đọc nhầm kỳ của 120 triệu USD"."""
    number = network.figures[meant.figure].figure.number
    if language == "en":
        return f"the machine misread {'what' if meant.slip == 'other' else 'the period that'} {number} is of"
    return f"máy đọc nhầm {'phân tổ' if meant.slip == 'other' else 'kỳ'} của {number}"


def as_repair(network: Network, meant: Misread) -> Repair:
    """The misreading as a way to mend: the same number, of another period or another part."""
    stated = network.figures[meant.figure]
    number, other = stated.figure.number, meant.meant
    if meant.slip == "other":
        name = Knowledge.shipped().name(other.indicator, other.breakdown.partition(APART)[0])
        vi, en = f"{number} là số của {uncapital(name.vi)}", f"{number} is of {uncapital(name.en)}"
    else:
        vi = f"{number} là số của {period_words(other.period)}"
        en = f"{number} is of {period_words(other.period, 'en')}"
    return Repair(
        stated.key, meant.slip, stated.figure.value, stated.figure.lower, stated.figure.upper, number,
        f"Nếu {vi} thì mọi số khớp.", capital(f"if {en}, everything would fit."),
    )  # fmt: skip
