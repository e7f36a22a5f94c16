# SPDX-License-Identifier: Apache-2.0
"""Reports that the product composes from a ledger pass their own lint."""

import pytest

from bamsat.core.terms.period import Period
from bamsat.rooms.reports.content.asked import Asked
from bamsat.rooms.reports.content.compose import compose
from bamsat.rooms.reports.linting import linted
from bamsat.rooms.reports.writing import write
from tests import build
from tests.cast import Cast
from tests.rooms.reports import months

pytestmark = pytest.mark.django_db


def test_lint_says_nothing_of_reports_that_were_composed_from_the_ledger(cast: Cast) -> None:
    build.catalogue()
    months.recorded(cast.head, months.figures())
    asked = (
        ("thang", Period.month(2026, 10)), ("quy", Period.quarter(2026, 3)), ("9-thang", Period.months(2026, 1, 9)),
        ("nam", Period.year(2025)),
    )  # fmt: skip
    for kind, period in asked:
        composed = compose(cast.head, Asked(kind, cast.home, period))
        found = linted(cast.head, f"{kind}.docx", write(composed, "docx"), cast.home)
        assert len(found.reading.figures) > 40, kind
        assert [(remark.kind, remark.at, remark.words) for remark in found.remarks] == [], kind
