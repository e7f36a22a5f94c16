# SPDX-License-Identifier: Apache-2.0
"""Values of a place before and after its boundaries were drawn anew: told side by side, they cannot be compared."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from bamsat.core.check.knowledge import APART, Knowledge
from bamsat.core.check.model import Finding, Network, Stated, Variable
from bamsat.core.check.ties.sources import latest
from bamsat.core.check.words.naming import indicator_name
from bamsat.core.check.words.printed import said
from bamsat.core.check.words.written import period_words


def findings(network: Network, knowledge: Knowledge) -> Iterator[Finding]:
    """One note an indicator and place: the last value on the old boundaries beside the first on the new ones."""
    eras = latest(network.figures)
    told: dict[tuple[str, str, str, str], list[tuple[Variable, Stated]]] = defaultdict(list)
    for constraint in network.constraints:
        if constraint.rule == "told_twice" and constraint.figure is not None:
            variable = network.variables[constraint.rows[0].terms[0][0]]
            if variable.place in knowledge.redrawn and variable.kind == "actual" and APART not in variable.breakdown:
                series = (variable.place, variable.indicator, variable.breakdown, variable.unit)
                told[series].append((variable, network.figures[constraint.figure]))
    for (place, *_series), values in told.items():
        since = knowledge.redrawn[place]
        month = since.year * 12 + since.month - 1
        old = [one for variable, one in values if eras.get(variable.source, month) < month]
        new = [one for variable, one in values if eras.get(variable.source, month - 1) >= month]
        if old and new:
            yield _note(old[-1], new[0], f"{since:%d/%m/%Y}")


def _note(old: Stated, new: Stated, since: str) -> Finding:
    area, code = new.figure.area or "", new.figure.indicator
    before, after = (period_words(one.figure.period or "") for one in (old, new))
    vi = (
        f"{indicator_name(code)} của {area} {before} ({said(old.figure)}) và {after} ({said(new.figure)}) tính trên "
        f"hai địa giới khác nhau, trước và sau {since}: chỉ so được khi tính lại trên cùng một địa giới."
    )
    before, after = (period_words(one.figure.period or "", "en") for one in (old, new))
    en = (
        f"{indicator_name(code, 'en')} of {area} in {before} ({said(old.figure, 'en')}) and {after} "
        f"({said(new.figure, 'en')}) stand on different boundaries, before and after {since}: they compare only when "
        "restated on the same ones."
    )
    return Finding("cannot_tell", "note", "boundary", (old.key, new.key), vi, en, because=("boundary",))
