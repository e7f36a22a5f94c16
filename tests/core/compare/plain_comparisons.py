# SPDX-License-Identifier: Apache-2.0
"""What comparisons must say, worked out in plain Python with fractions: no database, no expression, no window."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from bamsat.core.compare.reasons import Reason
from bamsat.core.ledger.vintages import order

Number = int | Fraction | None
Row = dict[str, Any]


@dataclass(frozen=True)
class Small:
    """A small ledger: rows of each table by their names."""

    observations: list[Row]
    series: list[Row] = field(repr=False)
    places: list[Row] = field(repr=False)
    indicators: list[Row] = field(repr=False)
    boundaries: list[Row]
    levels: dict[int, Row] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "levels", {s["series"]: s for s in self.series if s["measure"] == "level"})

    def standing(self, kinds: tuple[str, ...] = ("actual", "estimate")) -> dict[tuple[int, int, int], Row]:
        best: dict[tuple[int, int, int], Row] = {}
        for row in self.observations:
            if row["base"] or row["kind"] not in kinds or row["series"] not in self.levels:
                continue
            key = row["series"], row["first_month"], row["last_month"]
            if key not in best or order(row["kind"], row["vintage"]) < order(best[key]["kind"], best[key]["vintage"]):
                best[key] = row
        return best

    def values(self) -> dict[tuple[int, int, int], int]:
        return {key: row["value"] for key, row in self.standing().items()}


def percent(part: Number, whole: Number) -> Fraction | None:
    return None if part is None or whole is None or whole <= 0 else Fraction(100 * part) / whole


def growth(now: Number, before: Number, absent: Reason = Reason.NO_FIGURE) -> tuple[Fraction | None, int]:
    if now is None:
        return None, absent
    if before is None:
        return None, Reason.NO_BASE
    return (None, Reason.BASE_NOT_POSITIVE) if before <= 0 else (percent(now - before, before), 0)


def no_sum(adds_up: str) -> Reason:
    return Reason.DOES_NOT_ADD if adds_up in ("index", "ratio") else Reason.MONTHS_LACK


class Plain:
    """The answers for a small ledger."""

    def __init__(self, ledger: Small) -> None:
        self.ledger, self.values, self.rows = ledger, ledger.values(), ledger.standing()
        self.plans = ledger.standing(("plan",))

    def month(self, series: int, month: int, column: str = "value") -> int | None:
        row = self.rows.get((series, month, month))
        return None if row is None else row[column]

    def to_date(self, series: int, year: int, month: int, column: str = "value") -> int | None:
        stated = self.rows.get((series, year * 12, year * 12 + month - 1))
        adds_up = self.ledger.levels[series]["adds_up"]
        if stated:
            return int(stated[column])
        months = [self.month(series, year * 12 + m, column) for m in range(month)]
        if adds_up == "stock":
            return months[-1]
        return None if adds_up != "flow" or None in months else sum(m for m in months if m is not None)

    def plan(self, series: int, year: int, column: str = "value") -> tuple[int | None, int]:
        span = year * 12, year * 12 + 11
        own = self.plans.get((series, *span))
        if own:
            return own[column], 0
        names = ("indicator", "place", "segment", "unit", "price_basis", "scale")
        mine = self.ledger.levels[series]
        others = [
            self.plans[number, *span]
            for number, one in self.ledger.levels.items()
            if (number, *span) in self.plans and all(one[name] == mine[name] for name in names)
        ]
        if len(others) == 1:
            return others[0][column], 0
        return None, Reason.PLANS_DIFFER if others else Reason.NO_PLAN

    def years(self, month: int) -> dict[Any, Row]:
        keys = {(s, row["year"]) for (s, _, _), row in self.rows.items()}
        keys |= {
            (s, row["year"]) for s in self.ledger.levels for row in self.plans.values()
            if self.plan(s, row["year"])[1] != Reason.NO_PLAN
        }  # fmt: skip
        return {key: self._year(*key, month) for key in keys}

    def _year(self, series: int, year: int, month: int) -> Row:
        there = [m for m in range(1, 13) if self.month(series, year * 12 + m - 1) is not None]
        lacking = [m for m in range(1, month + 1) if m not in there]
        told: Row = {
            "present": sum(1 << (m - 1) for m in there), "lacking": len(lacking), "total_lacking": 12 - len(there),
            "first_lacking": lacking[0] if lacking else None,
        }  # fmt: skip
        for name, until in (("to_date", month), ("total", 12)):
            for bound, column in (("", "value"), ("_lower", "lower"), ("_upper", "upper")):
                told[name + bound] = self.to_date(series, year, until, column)
            reason = no_sum(self.ledger.levels[series]["adds_up"])
            told[f"{name}_why"] = 0 if told[name] is not None else reason
        for bound, column in (("", "value"), ("_lower", "lower"), ("_upper", "upper")):
            told[f"plan{bound}"], told["plan_why"] = self.plan(series, year, column)
        return told

    def monthly(self) -> dict[Any, Row]:
        found = {}
        for series in self.ledger.levels:
            for month in range(2018 * 12, 2026 * 12):
                row = self._month(series, month)
                if row["value"] is not None or row["to_date"] is not None:
                    found[series, month] = row
        return found

    def _month(self, series: int, month: int) -> Row:
        year, number = divmod(month, 12)
        number += 1
        absent = no_sum(self.ledger.levels[series]["adds_up"])
        value, to_date = self.month(series, month), self.to_date(series, year, number)
        missing = [m for m in range(1, number + 1) if self.month(series, year * 12 + m - 1) is None]
        plan, why = self.plan(series, year)
        if to_date is None:
            why = absent
        elif plan is not None and plan <= 0:
            why = Reason.BASE_NOT_POSITIVE
        last, same = growth(value, self.month(series, month - 1)), growth(value, self.month(series, month - 12))
        summed = growth(to_date, self.to_date(series, year - 1, number), absent)
        return {
            "value": value, "year": year, "growth_last": last[0], "growth_last_why": last[1], "growth_same": same[0],
            "growth_same_why": same[1], "to_date": to_date, "to_date_why": 0 if to_date is not None else absent,
            "lacking": len(missing), "first_lacking": missing[0] if missing else None, "growth_to_date": summed[0],
            "growth_to_date_why": summed[1], "plan": plan, "plan_ratio": percent(to_date, plan), "plan_ratio_why": why,
        }  # fmt: skip

    def new_year(self) -> dict[Any, Row]:
        found = {}
        for series in self.ledger.levels:
            absent = no_sum(self.ledger.levels[series]["adds_up"])
            for year in range(2018, 2026):
                january, february = (self.month(series, year * 12 + m) for m in (0, 1))
                both = self.to_date(series, year, 2)
                if january is None and february is None and both is None:
                    continue
                told: Row = {"lacking": (january is None) + (february is None)}
                for name, now, before, why in (
                    ("both", both, self.to_date(series, year - 1, 2), absent),
                    ("january", january, self.month(series, year * 12 - 12), Reason.NO_FIGURE),
                    ("february", february, self.month(series, year * 12 - 11), Reason.NO_FIGURE),
                ):
                    told[name] = now
                    told[f"growth_{name}"], told[f"growth_{name}_why"] = growth(now, before, why)
                found[series, year] = told
        return found

    def growths(self) -> dict[Any, Row]:
        found = {}
        for (series, first, end), value in self.values.items():
            length = end - first + 1
            last, same = (self.values.get((series, first - n, end - n)) for n in (length, 12))
            grown, on_same = growth(value, last), growth(value, same)
            found[series, first, end] = {
                "value": value, "last": last, "same": same, "growth_last": grown[0], "growth_last_why": grown[1],
                "growth_same": on_same[0], "growth_same_why": on_same[1],
            }  # fmt: skip
        return found

    def plan_ratios(self) -> dict[Any, Row]:
        found = {}
        for (series, first, last), value in self.values.items():
            year = last // 12
            own = self.plans.get((series, first, last))
            done = value if own or first == year * 12 else self.to_date(series, year, last % 12 + 1)
            plan, why = (own["value"], 0) if own else self.plan(series, year)
            if done is None:
                why = no_sum(self.ledger.levels[series]["adds_up"])
            elif plan is not None and plan <= 0:
                why = Reason.BASE_NOT_POSITIVE
            found[series, first, last] = {
                "own": int(bool(own)), "done": done, "plan": plan, "plan_ratio": percent(done, plan),
                "plan_ratio_why": why,
            }  # fmt: skip
        return found

    def averages(self, years: int) -> dict[Any, Row]:
        found = {}
        for (series, first, last), value in self.values.items():
            past = [self.values.get((series, first - 12 * n, last - 12 * n)) for n in range(years)]
            there = [one for one in past if one is not None]
            whole, since = len(there) == years, past[-1]
            positive = since is not None and since > 0 and value > 0
            found[series, first, last] = {
                "found": len(there), "mean": Fraction(sum(there), years) if whole else None,
                "mean_why": 0 if whole else Reason.MONTHS_LACK,
                "yearly": ((value / since) ** (1 / max(years - 1, 1)) - 1) * 100 if since and positive else None,
                "yearly_why": Reason.NO_BASE if since is None else 0 if positive else Reason.BASE_NOT_POSITIVE,
            }  # fmt: skip
        return found

    def gaps(self) -> dict[Any, Row]:
        months: dict[int, list[int]] = defaultdict(list)
        for series, first, last in self.values:
            if first == last:
                months[series].append(first)
        return {
            (series, one + 1): {"last_month": after - 1, "months": after - one - 1}
            for series, there in months.items()
            for one, after in zip(sorted(there), sorted(there)[1:], strict=False)
            if after > one + 1
        }

    # Places.

    def _by_thing(self) -> dict[tuple[Any, ...], dict[str, tuple[int, int]]]:
        """For each thing and period, the place that has it: its series and value."""
        found: dict[tuple[Any, ...], dict[str, tuple[int, int]]] = defaultdict(dict)
        for (series, first, last), value in self.values.items():
            found[*thing(self.ledger.levels[series]), first, last][self.ledger.levels[series]["place"]] = series, value
        return found

    def totals(self) -> dict[Any, Row]:
        found = {}
        for (*what, first, last), there in self._by_thing().items():
            groups = {(p["parent"], p["kind"]) for p in self.ledger.places if p["parent"] and p["place"] in there}
            for parent, kind in groups:
                below = [p["place"] for p in self.ledger.places if (p["parent"], p["kind"]) == (parent, kind)]
                lacking = sum(place not in there for place in below)
                adds = what[-1] in ("flow", "stock")
                found[what[0], what[1], what[4], parent, kind, first, last] = {
                    "parts": len(below), "lacking": lacking,
                    "total": sum(there[place][1] for place in below) if adds and not lacking else None,
                    "total_why": Reason.PARTS_LACK * bool(lacking) if adds else Reason.DOES_NOT_ADD,
                }  # fmt: skip
        return found

    def restated(self) -> dict[Any, Row]:
        found = {}
        for (*what, first, last), there in self._by_thing().items():
            parts: Mapping[str, list[Row]] = defaultdict(list)
            for row in self.ledger.boundaries:
                if row["first_month"] <= last <= row["last_month"]:
                    parts[row["on_place"]].append(row)
            for place, rows in parts.items():
                lacking = sum(row["place"] not in there for row in rows)
                if lacking == len(rows):
                    continue
                unknown = sum(row["share"] is None for row in rows)
                adds = what[-1] in ("flow", "stock")
                told = adds and not lacking and not unknown
                total = (
                    sum(Fraction(there[r["place"]][1] * r["share"], r["of"]) for r in rows) if told else None
                )  # fmt: skip
                whole = told and all(row["share"] == row["of"] for row in rows)
                why = Reason.PARTS_LACK if lacking else Reason.SHARE_UNKNOWN if unknown else 0
                found[what[0], what[1], what[4], place, first, last] = {
                    "parts": len(rows), "lacking": lacking, "unknown": unknown, "total": total,
                    "whole": total if whole else None, "total_why": why if adds else Reason.DOES_NOT_ADD,
                }  # fmt: skip
        return found

    def shares_of_places(self) -> dict[Any, Row]:
        above = {p["place"]: p["parent"] for p in self.ledger.places}
        found = {}
        for (*_, first, last), there in self._by_thing().items():
            for place, (series, value) in there.items():
                whole = self._alike(series, above.get(place, ""))
                if whole is None:
                    continue
                other = self.values.get((whole, first, last))
                why = Reason.NO_BASE if other is None else Reason.BASE_NOT_POSITIVE if other <= 0 else 0
                found[series, first, last] = {"whole": whole, "share": percent(value, other), "share_why": why}
        return found

    def _alike(self, series: int, place: str) -> int | None:
        mine = thing(self.ledger.levels[series])[:-1]
        there = self.ledger.levels.items()
        return next((n for n, one in there if one["place"] == place and thing(one)[:-1] == mine), None)

    def contributions_of_places(self) -> dict[Any, Row]:
        above = {p["place"]: p["parent"] for p in self.ledger.places}
        found = {}
        for series, one in self.ledger.levels.items():
            whole = self._alike(series, above.get(one["place"], ""))
            for (of, first, last), now in self.values.items():
                if whole is None or of != whole:
                    continue
                value = self.values.get((series, first, last))
                before, all_before = (self.values.get((n, first - 12, last - 12)) for n in (series, whole))
                plan, whole_plan = (self.plans.get((n, first, last)) for n in (series, whole))
                points = value - before if value is not None and before is not None else None
                gap = value - plan["value"] if value is not None and plan else None
                found[series, first, last] = {
                    "whole": whole, "points": percent(points, all_before), "whole_growth": growth(now, all_before)[0],
                    "gap_points": percent(gap, whole_plan["value"] if whole_plan else None),
                }  # fmt: skip
        return found

    def remainders_of_places(self) -> dict[Any, Row]:
        found: dict[Any, Row] = {}
        for (_, first, last), row in self.contributions_of_places().items():
            told = found.setdefault(
                (row["whole"], first, last),
                {"parts": 0, "lacking": 0, "growth": row["whole_growth"], "explained": Fraction(0)},
            )
            told["parts"] += 1
            told["lacking"] += row["points"] is None
            told["explained"] += row["points"] or 0
        for row in found.values():
            row["rest"] = None if row["growth"] is None else row["growth"] - row["explained"]
        return found

    def ranks(self, numbers: Mapping[tuple[int, int, int], Number]) -> dict[Any, Row]:
        good = {one["indicator"]: one["good"] for one in self.ledger.indicators}
        groups: dict[Any, dict[str, Number]] = defaultdict(dict)
        tree = {p["place"]: p for p in self.ledger.places}
        for (series, first, last), number in numbers.items():
            one = self.ledger.levels[series]
            place = tree.get(one["place"])
            if number is not None and place:
                groups[(*thing(one)[:-1], place["parent"], place["kind"], first, last)][one["place"]] = number
        found = {}
        for group, there in groups.items():
            sign = -1 if good.get(group[0]) == "down" else 1
            for place, one in tree.items():
                if (one["parent"], one["kind"]) == (group[6], group[7]):
                    mine = there.get(place)
                    better = sum(sign * n > sign * mine for n in there.values() if n is not None and mine is not None)
                    found[place, group[0], group[1], group[4], *group[-2:]] = {
                        "number": mine, "rank": None if mine is None else better + 1, "ranked": len(there),
                        "places": sum((p["parent"], p["kind"]) == (group[6], group[7]) for p in tree.values()),
                        "rank_why": Reason.NO_FIGURE if mine is None else 0,
                    }  # fmt: skip
        return found


def thing(series: Row) -> tuple[Any, ...]:
    names = ("indicator", "segment", "unit", "price_basis", "provider", "scale", "adds_up")
    return tuple(series[name] for name in names)
