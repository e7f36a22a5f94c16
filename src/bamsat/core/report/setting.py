# SPDX-License-Identifier: Apache-2.0
"""What a report says of itself once, and its sentences need not say again."""

from __future__ import annotations

from dataclasses import dataclass

from bamsat.core.terms.period import Period


@dataclass(frozen=True, slots=True)
class Setting:
    """The report's period and place."""

    period: Period
    area: str = ""
    area_kind: str = "tỉnh"
