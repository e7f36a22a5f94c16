# SPDX-License-Identifier: Apache-2.0
"""What the pass over a text keeps in mind, and a figure while its sentence is being read."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from bamsat.core.read.clauses import Clause, Comparison
from bamsat.core.read.periods import Mention
from bamsat.core.read.subjects import Subject, Topic
from bamsat.core.terms.period import Period


@dataclass(slots=True)
class State:
    """What holds until the text says otherwise."""

    topic: Topic = field(default_factory=Topic)
    subject: Subject | None = None
    area: str | None = None
    area_local: bool = False
    period: Period | None = None
    status: str = "actual"
    measure: str = ""
    sign: int = 1
    bracket_measure: str = ""
    bracket_sign: int = 1
    outer: Subject | None = None
    outer_area: str | None = None  # to go back to after "(cả nước 11,1%)"
    outer_period: tuple[Period | None, str] | None = None
    target_held: bool = False  # the paragraph speaks of targets, also after "mức ước thực hiện năm 2023"
    aside_period: Period | None = None  # to go back to after "trong khi tháng 9 ..."
    pair: list[Comparison] = field(default_factory=list)  # two bases told of one subject, for the lists that follow
    lead_sign: int = 0  # "Sản phẩm giảm so với cùng kỳ: ..."
    list_period: Period | None = None
    list_status: str = ""
    plan_period: Period | None = None
    pending: Mention | None = None  # the second of two periods told "lần lượt"
    compare: Comparison | None = None  # the last base that a sentence of the paragraph named
    main: Subject | None = None  # the first subject of the paragraph
    row: list[Subject] = field(default_factory=list)  # the subjects told of the place at hand
    row_before: list[Subject] = field(default_factory=list)
    sentence_start: int = 0
    share_told: bool = False  # the clause, or the figure before it, speaks of a share
    own_period: bool = False  # the clause names its period by a word such as "lũy kế"


@dataclass(slots=True)
class Draft:
    """A figure while its sentence is being read."""

    clause: Clause
    subject: Subject
    measure: str
    value: Decimal
    high: Decimal | None
    unit: str
    status: str
    hedge: str | None
    area: str | None
    period: Period | None
    compare: Comparison | None
    price: str | None
    doubt: str | None
    inferred: list[str]
    base: Period | None = None
    own_period: bool = False  # its own words named the period


@dataclass(slots=True)
class Meaning:
    """How a number is to be taken: its measure, its value after that, and its unit."""

    measure: str
    value: Decimal
    high: Decimal | None
    unit: str
    doubt: str | None = None
