# SPDX-License-Identifier: Apache-2.0
"""What the product claims about itself, measured. `make bench`, or `make bench ONLY=install`.

A benchmark is a module here with `measure()`, which yields a Line for each claim.
"""

from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]


@dataclass(frozen=True, slots=True)
class Line:
    """One claim: its value must not pass its limit. A line without a limit only informs."""

    claim: str
    value: float
    limit: float | None
    unit: str
    peer: str = ""

    @property
    def passes(self) -> bool:
        return self.limit is None or self.value <= self.limit

    def __str__(self) -> str:
        limit = f"<= {self.limit:g} {self.unit}" if self.limit is not None else ""
        outcome = "" if self.limit is None else "pass" if self.passes else "FAIL"
        return f"{self.claim:<58} {self.value:>12,.2f} {self.unit:<8} {limit:<18} {self.peer:<44} {outcome}".rstrip()
