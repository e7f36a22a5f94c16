# SPDX-License-Identifier: Apache-2.0
"""By when something is to be done (thời hạn): the words, whether they give a day, and which."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from bamsat.core.read.lexicon import phrases
from bamsat.core.read.periods import Mention, mentions
from bamsat.core.terms.vietnamese import tone_variants

_GAP = r"[ \u00a0]"
_DAY = re.compile(
    rf"(?:ngày{_GAP}+)?(?<![\d.,/\-])(?P<d>[0-3]?\d){_GAP}?(?:/|-|\.|{_GAP}tháng{_GAP}){_GAP}?(?P<m>1[0-2]|0?[1-9])(?![\d%])"
    rf"(?:{_GAP}?(?:/|-|\.|{_GAP}năm{_GAP}){_GAP}?(?P<y>(?:19|20)\d\d))?(?![\d%])"
)
_OF_MONTH = re.compile(rf"(?:ngày{_GAP}+)?(?:mùng{_GAP}+)?(?P<d>[0-3]?\d)(?![\d/.,%\-])")
_COMPARED = re.compile(r"(?:so với|so|cùng kỳ|như|bằng|hơn|của)(?: cả| thực hiện| kế hoạch| kết quả)?[ \u00a0]+$")
_AFTER = re.compile(rf"(?:trong{_GAP}(?:vòng|thời{_GAP}hạn){_GAP}+)?(?P<n>\d{{1,3}}){_GAP}+(?P<of>ngày|tuần|tháng)")


@dataclass(frozen=True, slots=True)
class When:
    """The words of a deadline; `time` is one of directive.TIMES."""

    start: int
    end: int
    time: str
    due: str | None = None


NEVER = When(0, 0, "none")


@lru_cache(maxsize=1)
def _openings() -> dict[str, re.Pattern[str]]:
    """The words that open a deadline, by what they open; longest first."""
    found: dict[str, re.Pattern[str]] = {}
    for entry in phrases("deadlines_said"):
        ways = {way for said in entry["says"] for way in tone_variants(said)}
        any_of = "|".join(re.escape(way).replace(r"\ ", rf"{_GAP}+") for way in sorted(ways, key=len, reverse=True))
        found[entry["means"]["time"]] = re.compile(rf"(?<![^\W_])(?:{any_of})(?![^\W_])")
    return found


def when(low: str, start: int, end: int, dated: str) -> When:
    """The deadline that a span tells; `dated` is the document's own date, as far as it is known.

    "trước ngày 30/9/2026" is taken as the 30th itself: offices count a task done on that day as done in time. A day
    or a month without a year takes the document's year, and the next one where it would lie before the document.

    >>> low = "báo cáo ubnd tỉnh trước ngày 20/9"
    >>> found = when(low, 0, len(low), "2026-08-11")
    >>> low[found.start : found.end], found.time, found.due
    ('trước ngày 20/9', 'date', '2026-09-20')
    """
    openings = _openings()
    standing = openings["standing"].search(low, start, end)
    titled = True  # whether `loosely` may be the period of a title
    loosely: When | None = None  # a period of a plan gives way to a day: "giai đoạn 2026-2030, trình trước ngày 30/6"
    for opened in openings["date"].finditer(low, start, end):
        if opened[0].startswith("năm") and _COMPARED.search(low, max(start, opened.start() - 30), opened.start()):
            continue  # "tăng 16% so với năm 2020" says when nothing is due
        found = _by_day(low, opened, end, dated)
        if (
            found is not None
            and standing is not None
            and abs(standing.start() - opened.start()) < (90 if _only_day(low, found) else 40)
        ):
            first, last = min(standing.start(), found.start), max(standing.end(), found.end)
            return When(first, last, "standing")
        if found is not None and found.due and len(dated) > 6 and found.due < dated[: len(found.due)]:
            found = None  # nothing is due before the document that asks for it
        if found is not None and opened[0].startswith(("giai", "thời kỳ", "trong giai", "năm", "kế hoạch")):
            loosely = loosely or found
        elif found is not None and opened[0].startswith(("trong", "đến năm", "vào")):
            # "kế hoạch khuyến công năm 2027, trình trong tháng 12/2026": a title's own year is no deadline
            loosely, titled = found if loosely is None or titled else loosely, False
        elif found is not None:
            return found
    if loosely is not None and loosely.time == "date" and standing is None:
        return loosely
    for time in ("standing", "event", "soon"):
        said = openings[time].search(low, start, end)
        if said is not None:
            stop = said.end()
            if time == "event":
                cut = re.compile(r"[,;.]").search(low, stop, end)
                stop = min(cut.start() if cut else end, stop + 80)
            return When(said.start(), stop, time)
    return NEVER


def _only_day(low: str, found: When) -> bool:
    """ "hằng tháng báo cáo về Sở trước ngày 20": a day without a month belongs to the rule."""
    return re.search(rf"ngày{_GAP}+\d{{1,2}}$", low[found.start : found.end]) is not None


def _by_day(low: str, opened: re.Match[str], end: int, dated: str) -> When | None:
    """What follows the opening words, if it is a day or a period."""
    at = opened.end()
    reach = min(end, at + 48)
    gap = re.compile(rf"(?:{_GAP}|:|,|\()*").match(low, at, reach)
    at = gap.end() if gap else at
    clock = re.compile(
        rf"\d{{1,2}}{_GAP}?(?:h|giờ|g)(?![^\W\d_])(?:{_GAP}?\d{{2}}(?:{_GAP}?phút)?)?(?:,|{_GAP})*(?:trước{_GAP})?"
    ).match(low, at, reach)
    at = clock.end() if clock else at
    day = _DAY.match(low, at, reach)
    if day is not None:
        due = _date(day["d"], day["m"], day["y"], dated)
        return When(opened.start(), day.end(), "date", due) if due else None
    monthly = _OF_MONTH.match(low, at, reach)
    if monthly is not None and "ngày" in low[opened.start() : monthly.end()] and 1 <= int(monthly["d"]) <= 31:
        return _of_month(low, opened.start(), monthly, end, dated)
    after = _AFTER.match(low, opened.start() if opened[0].startswith("trong") else at, reach)
    if after is not None and opened[0].startswith(("trong", "sau", "chậm")):
        return When(opened.start(), after.end(), "event")
    return _by_period(low, opened, at, reach, dated)


def _of_month(low: str, start: int, monthly: re.Match[str], end: int, dated: str) -> When:
    """ "trước ngày 20 hằng tháng" stands; "trước ngày 20 tháng này" is a day of the document's month."""
    tail = low[monthly.end() : min(end, monthly.end() + 24)]
    every = re.match(r"[ \u00a0](?:hằng|hàng|của|mỗi|các)[ \u00a0](?:tháng|quý|năm|tháng cuối quý)", tail)
    if every:
        return When(start, monthly.end() + every.end(), "standing")
    if len(dated) < 7:
        return When(start, monthly.end(), "date")
    year, month = int(dated[:4]), int(dated[5:7])
    if len(dated) == 10 and int(monthly["d"]) < int(dated[8:]):
        year, month = year + month // 12, month % 12 + 1
    return When(start, monthly.end(), "date", _date(monthly["d"], str(month), str(year), dated))


def _by_period(low: str, opened: re.Match[str], at: int, reach: int, dated: str) -> When | None:
    """ "trong tháng 9", "đến hết quý III/2026", "giai đoạn 2021-2025": the last day of the period."""
    wide = low[opened.start() : min(len(low), reach + 16)]
    base = opened.start()
    for mention in mentions(wide, 0, len(wide)):
        inside = base + mention.start
        if inside > at + 8:
            break
        if base + mention.end <= opened.end() and inside < opened.start():
            continue
        due = _last_day(mention, dated, before=opened[0] in ("trước", "xong trước"))
        stop = base + mention.end
        return When(base, stop, "date", due) if due or mention.kind != "this" else When(base, stop, "date")
    bare = re.compile(r"(?:trong|cuối|hết|đến cuối|đến hết)?[ \u00a0]?(tháng|quý|năm) (?:này|nay)").match(
        low, opened.start(), reach
    )
    if bare is not None and len(dated) >= 7:
        return When(base, bare.end(), "date", _this(bare[1], dated))
    year = re.compile(r"(?:năm[ \u00a0])?((?:20)\d\d)(?![\d/\-])").match(low, at, reach)
    if year is not None:
        last = int(year[1]) - opened[0].startswith(("trước", "xong trước"))
        return When(base, year.end(), "date", f"{last}-12-31")
    return None


def _this(unit: str, dated: str) -> str:
    year, month = int(dated[:4]), int(dated[5:7])
    last = {"tháng": month, "quý": (month + 2) // 3 * 3, "năm": 12}[unit]
    return date(year, last, monthrange(year, last)[1]).isoformat()


def _last_day(mention: Mention, dated: str, before: bool) -> str | None:
    if mention.kind == "this":
        return None
    own = int(dated[:4]) if len(dated) >= 4 else 0
    period = mention.resolve(own, None)
    if period is None:
        return None
    last = period.last
    if not mention.year and len(dated) >= 7 and last < own * 12 + int(dated[5:7]) - 1:
        last += 12
    if before:  # "trước quý IV" is up to the last day of the third
        last = period.first - 1 + (last - period.last)
    year, month = divmod(last, 12)
    if not 1900 <= year <= 2100:
        return None
    return date(year, month + 1, monthrange(year, month + 1)[1]).isoformat()


def _date(day: str, month: str, year: str | None, dated: str) -> str | None:
    """A day as it must be meant: without a year the first such day that is not before the document."""
    if year is None and len(dated) < 4:
        return None
    try:
        told = date(int(year or dated[:4]), int(month), int(day))
        if year is None and len(dated) == 10 and told < date.fromisoformat(dated):
            told = told.replace(year=told.year + 1)
    except ValueError:
        return None
    return told.isoformat()
