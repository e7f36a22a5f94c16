# SPDX-License-Identifier: Apache-2.0
"""What is worth saying of the growth that a plan asks for: whether its own numbers agree, and what a fall leaves."""

from __future__ import annotations

from django.utils.translation import gettext as _

from bamsat.core.terms.period import Period
from bamsat.rooms.figures.asked_growth import AfterFall, Asked
from bamsat.ui import words


def notes(asked: Asked | None) -> list[str]:
    """Short sentences under the growth asked for; none where there is nothing to add."""
    if asked is None:
        return []
    refusal = "" if asked.stated else asked.refusal
    told = [_agreement(asked), refusal, _target(asked), _fall(asked.after_fall)]
    return [each for each in told if each]


def _agreement(asked: Asked) -> str:
    """Level and growth of one plan say two things that can be held against each other."""
    if asked.agree is None or asked.computed is None:
        return ""
    number = words.number(asked.computed.display)
    if not asked.agree:
        return _("mức kế hoạch cho %(number)s%%: không khớp") % {"number": number}
    if asked.only_by_hedge:
        return _("mức kế hoạch cho %(number)s%%: khớp nhờ chữ “gần”, “trên”") % {"number": number}
    return _("mức kế hoạch cho %(number)s%%: khớp") % {"number": number}


def _target(asked: Asked) -> str:
    if asked.target is None:
        return ""
    number = f"{words.number(asked.target.display)} {words.unit_name(asked.target.display_unit)}"
    return _("tức %(number)s") % {"number": number}


def _fall(after: AfterFall | None) -> str:
    if after is None or after.left.high >= 0:
        return ""
    told = {
        "year": words.period(Period.parse(after.left.period).shift_years(-2).code),
        "left": words.number(abs(after.left.display)), "recovery": words.number(after.recovery.display),
    }  # fmt: skip
    return _("đạt vẫn kém %(year)s %(left)s%%; muốn bằng phải tăng %(recovery)s%%") % told
