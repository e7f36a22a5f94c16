# SPDX-License-Identifier: Apache-2.0
"""What lies ahead of a row, in words: the forecast, the chance of the plan, what each month left must bring."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from math import floor, log10

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bamsat.core.compare.forecast import SYMMETRIC
from bamsat.rooms.figures.comparison import Number
from bamsat.rooms.scoreboard.rows import Row
from bamsat.ui import words

# From this chance on, the words hold.
CHANCES = (
    (0.9, gettext_lazy("gần như chắc đạt")), (2 / 3, gettext_lazy("nhiều khả năng đạt")),
    (1 / 3, gettext_lazy("chưa chắc đạt")), (0.1, gettext_lazy("khó đạt")), (0.0, gettext_lazy("rất khó đạt")),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Ahead:
    """A forecast as a board tells it."""

    value: str
    range: str
    chance: str
    chance_word: str
    chance_told: str
    came: str  # what the year came to, where that is known by now
    needed: str


def ahead_of(row: Row, size: Decimal) -> Ahead | None:
    """`size` is how many base units one shown unit is."""
    made = row.forecast
    if made is None:
        return None
    grows = made.method == "growth"
    size = Decimal(1) if grows else size
    # What was done of a flow stays done; a balance, a level or a growth may still fall.
    least = made.low if made.method in SYMMETRIC else max(made.low, made.done)
    low, value, high = (each / float(size) for each in (least, made.value, made.high))
    step = 10.0 ** (floor(log10(high - low)) - 1) if high > low else 0.0
    came = row.progress.came
    return Ahead(
        value=_grown(rounded(value, step)) if grows else rounded(value, step), range=_range(low, high, step, grows),
        chance=chance_said(row.chance), chance_word=chance_word(row.chance), chance_told=_chance_told(row.chance),
        came=_came(came, size, grows) if came else "",
        needed=_needed(row, float(size)),
    )  # fmt: skip


def _chance_told(chance: float | None) -> str:
    if chance is None:
        return ""
    said = {"chance": chance_said(chance), "word": chance_word(chance)}
    return _("khả năng đạt %(chance)s, %(word)s") % said


def _grown(number: str) -> str:
    return f"{number}%" if number.startswith(("-", "−")) else f"+{number}%"


def _range(low: float, high: float, step: float, grows: bool) -> str:
    ends = [_grown(each) if grows else each for each in (rounded(low, step), rounded(high, step))]
    if low < 0:  # a dash before a minus would read as two
        return _("%(low)s đến %(high)s") % {"low": ends[0], "high": ends[1]}
    return f"{ends[0]} {words.DASH} {ends[1]}"


def _came(came: Number, size: Decimal, grows: bool) -> str:
    if grows:
        return _("cả năm về sau: %(came)s") % {"came": _grown(words.number(came.display))}
    shown = came.display if came.unit != came.display_unit else came.value / size
    return _("cả năm về sau: %(came)s") % {"came": words.number(shown)}


def rounded(value: float, step: float) -> str:
    """In steps of a tenth to a hundredth of the range: its ends are not surer than that.

    >>> rounded(783_660.4, 1000), rounded(7.836, 0.01), rounded(12, 0)
    ('784.000', '7,84', '12')
    """
    if step <= 0:
        return words.number(round(Decimal(value), 2).normalize() + 0)
    decimals = max(0, -floor(log10(step)))
    told = round(Decimal(round(value / step)) * Decimal(repr(step)), decimals)
    return words.number(told)


def chance_said(chance: float | None) -> str:
    """
    >>> chance_said(0.352), chance_said(0.001), chance_said(0.9999)
    ('35%', 'dưới 1%', 'trên 99%')
    """
    if chance is None:
        return ""
    if chance < 0.01:
        return _("dưới %(least)s") % {"least": "1%"}
    if chance > 0.99:
        return _("trên %(most)s") % {"most": "99%"}
    return f"{round(chance * 100)}%"


def chance_word(chance: float | None) -> str:
    return "" if chance is None else str(next(word for least, word in CHANCES if chance >= least))


def _needed(row: Row, size: float) -> str:
    """ "mỗi tháng còn lại cần 78.555, 1,25 lần mức đã làm"."""
    asked = row.needed
    if asked is None or not asked.months or asked.left <= 0 or row.indicator.good == "down":
        return ""
    each = asked.each / size
    step = 10.0 ** (floor(log10(each)) - 4) if each > 0 else 0.0
    said = {"each": rounded(each, max(step, 0.01) if each >= 1 else step)}
    if asked.times is None:
        return _("mỗi tháng còn lại cần %(each)s") % said
    said["times"] = words.number(round(Decimal(asked.times), 2).normalize() + 0)
    return _("mỗi tháng còn lại cần %(each)s, bằng %(times)s lần mức đã làm") % said
