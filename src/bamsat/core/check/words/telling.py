# SPDX-License-Identifier: Apache-2.0
"""A conflict in one sentence: what is printed, what follows from it with rounding allowed, what is printed instead."""

from __future__ import annotations

from bamsat.core.check.told.bases import sum_led_back
from bamsat.core.check.told.case import Case, Told
from bamsat.core.check.told.chains import chain, together
from bamsat.core.check.told.limits import beyond_all
from bamsat.core.check.told.ratios import change_of_levels, ratio_of_levels
from bamsat.core.check.told.sums import growths_alone, parts_and_whole
from bamsat.core.check.told.twice import level_twice, ratio_twice

_FORMS = (
    beyond_all, level_twice, ratio_twice, parts_and_whole, ratio_of_levels, change_of_levels, growths_alone,
    sum_led_back, chain,
)  # fmt: skip


def tell(case: Case) -> Told:
    """The sentence for a conflict, of the first form that fits."""
    return next((told for form in _FORMS if (told := form(case)) is not None), None) or together(case)
