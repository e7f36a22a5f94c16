# SPDX-License-Identifier: Apache-2.0
"""Reports of true values, rounded as reports round, never fail; one number out by a factor of a thousand does."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bamsat.core.check.checking import check
from bamsat.core.check.stated import stated_of
from bamsat.core.read.reader import read_text
from bamsat.core.terms.numbers import format_number

amounts = st.integers(20_000, 900_000).map(lambda thousands: Decimal(thousands) / 1000)


@dataclass(frozen=True)
class Trade:
    """Exports and imports of a year, the year before and the plan, in million USD."""

    exports: Decimal
    imports: Decimal
    exports_before: Decimal
    imports_before: Decimal
    plan: Decimal
    places: int

    def written(self, value: Decimal) -> str:
        return format_number(value.quantize(Decimal(1).scaleb(-self.places), ROUND_HALF_EVEN), self.places)

    def growth(self, now: Decimal, before: Decimal) -> str:
        percent = (now / before - 1) * 100
        rounded = percent.quantize(Decimal("0.01"), ROUND_HALF_EVEN)
        return f"{'giảm' if rounded < 0 else 'tăng'} {format_number(abs(rounded), 2)}%"

    def report(self, total: str = "") -> str:
        ratio = format_number((self.exports / self.plan * 100).quantize(Decimal("0.1"), ROUND_HALF_EVEN), 1)
        whole, before = self.exports + self.imports, self.exports_before + self.imports_before
        return (
            "Báo cáo của tỉnh Cao Bằng.\n\n"
            f"Năm 2021, tổng kim ngạch xuất nhập khẩu đạt {total or self.written(whole)} triệu USD, "
            f"{self.growth(whole, before)} so với năm 2020; trong đó kim ngạch xuất khẩu đạt "
            f"{self.written(self.exports)} triệu USD, {self.growth(self.exports, self.exports_before)} so với năm "
            f"2020, bằng {ratio}% kế hoạch năm; "
            f"kim ngạch nhập khẩu đạt {self.written(self.imports)} triệu USD, "
            f"{self.growth(self.imports, self.imports_before)} so với năm 2020.\n\n"
            f"Năm 2020, kim ngạch xuất khẩu đạt {self.written(self.exports_before)} triệu USD."
        )


trades = st.builds(Trade, amounts, amounts, amounts, amounts, amounts, st.integers(0, 3))


def outcomes(text: str) -> set[str]:
    return {finding.outcome for finding in check(stated_of(read_text(text, "bao-cao.txt"))).findings}


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(trades)
def test_true_values_never_fail(trade: Trade) -> None:
    assert "fails" not in outcomes(trade.report())


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(trades)
def test_a_total_a_thousand_times_too_large_fails(trade: Trade) -> None:
    total = format_number(((trade.exports + trade.imports) * 1000).quantize(Decimal(1)))
    assert "fails" in outcomes(trade.report(total))
