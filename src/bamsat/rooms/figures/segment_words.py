# SPDX-License-Identifier: Apache-2.0
"""A breakdown by codes in the words by which the check knows parts: who tells of a part calls it alike."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

from bamsat.core.check.knowledge import Knowledge
from bamsat.core.check.model import Stated
from bamsat.core.check.ties.series import placed
from bamsat.core.terms.figure import Figure
from bamsat.core.terms.vietnamese import fold
from bamsat.rooms.catalogue.naming import CodeNames, is_coded


def segment_words(indicator: str, segment: str, names: CodeNames | None) -> str:
    """ "retail_group:food" as "Lương thực, thực phẩm"; what is not coded stays as it is."""
    if names is None or not is_coded(segment):
        return segment
    return ", ".join(_word(indicator, part, names) for part in segment.split("|"))


def _word(indicator: str, part: str, names: CodeNames) -> str:
    """The name of a code; a code that shares its name, or whose name says no part to the check, is called by itself."""
    name = names.names.get(part, ("", ""))[0].replace(":", " ")
    own = part.replace(":", " ")
    if not name or not names.codes.get(part.partition(":")[0], {}).get(fold(name), part):
        return own
    return name if _is_part(indicator, name) else own


@lru_cache(maxsize=8192)
def _is_part(indicator: str, words: str) -> bool:
    """Whether the check takes these words for a part, and not for a heading, a period or who tells it."""
    one = Decimal(1)
    figure = Figure(
        doc="", start=0, end=0, number="1", label="", indicator=indicator, segment=words, measure="level", value=one,
        value_high=None, of=None, unit="", lower=one, upper=one, status="actual", hedge=None, area=None, period="2020",
        base=None, price_basis=None,
    )  # fmt: skip
    there = placed(0, Stated("", figure, ""), Knowledge.shipped())
    return there is None or bool(there.series.breakdown) or there.series.indicator != indicator
