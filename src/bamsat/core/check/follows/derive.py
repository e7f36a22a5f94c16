# SPDX-License-Identifier: Apache-2.0
"""What follows from figures that hold: values nobody published, rounded outwards, with the figures they follow from."""

from __future__ import annotations

from collections.abc import Collection

from bamsat.core.check.follows import counted, implied, wholes
from bamsat.core.check.follows.values import Values
from bamsat.core.check.knowledge import Knowledge
from bamsat.core.check.model import Finding, Network


def findings(
    network: Network, knowledge: Knowledge, dropped: Collection[int] = (), doubted: Collection[str] = ()
) -> list[Finding]:
    """What holds and what follows, without the constraints dropped and without figures (keys) that are in doubt."""
    values = Values(network, knowledge, dropped, doubted)
    sure = [one for one in network.figures if one.key not in values.doubted]
    found = [*implied.findings(values), *wholes.findings(values), *counted.findings(sure)]
    return [one for one in found if not values.doubted.intersection(one.figures)]
