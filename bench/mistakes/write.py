# SPDX-License-Identifier: Apache-2.0
"""Makes the reports of the benchmark `check_mistakes` and their mistakes: `python -m bench.mistakes.write`.

A mistake is put in only where the oracle finds that the numbers of the report cannot all be true with it, as they can
without it.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

from bench.mistakes.oracle import possible
from bench.mistakes.render import Period, Report, Slot, report, rounded, shown, written
from bench.mistakes.truth import SUMS, Truth

HERE = Path(__file__).parent
# The style, and for each of its reports a province with the year and month it ends in.
PLACES = {
    "01": ("Hải Dương 2018 7", "Quảng Nam 2020 11", "Sóc Trăng 2023 5"),
    "02": ("Nghệ An 2019 8", "Bến Tre 2022 4", "Yên Bái 2024 10"),
    "03": ("Tuyên Quang 2017 9", "Gia Lai 2021 6", "Vĩnh Long 2023 11"),
    "04": ("Bình Dương 2019 9", "Hưng Yên 2022 6", "Đồng Nai 2024 9"),
    "05": ("Phú Yên 2018 9", "Điện Biên 2021 9", "Trà Vinh 2023 9"),
    "06": ("Thanh Hóa 2020 6", "Bạc Liêu 2022 8", "Lâm Đồng 2024 3"),
    "07": ("Quảng Ngãi 2019 12", "Hòa Bình 2021 12", "Kiên Giang 2023 12"),
    "08": ("Hà Nam 2018 5", "Quảng Trị 2022 10", "Ninh Thuận 2024 7"),
    "09": ("Thái Nguyên 2019 4", "Đắk Lắk 2021 3", "An Giang 2023 8"),
    "10": ("Sơn La 2020 9", "Hậu Giang 2022 6", "Kon Tum 2024 9"),
    "11": ("Bắc Giang 2020 12", "Bình Thuận 2022 12", "Phú Thọ 2024 12"),
    "12": ("Nam Định 2019 6", "Tây Ninh 2022 6", "Đồng Tháp 2024 6"),
    "13": ("Lạng Sơn 2019 10", "Cao Bằng 2022 7", "Lào Cai 2024 5"),
    "14": ("Vĩnh Phúc 2020 8", "Long An 2022 9", "Tiền Giang 2023 4"),
    "15": ("Bắc Ninh 2021 6", "Hà Tĩnh 2022 9", "Cà Mau 2024 9"),
}
UNSEEN = {
    "16": ("Bắc Kạn 2019 6", "Quảng Bình 2021 9", "Ninh Bình 2023 9"),
    "17": ("Thái Bình 2019 7", "Bình Phước 2022 5", "Cần Thơ 2024 11"),
    "18": ("Lai Châu 2020 6", "Hà Giang 2022 9", "Thừa Thiên Huế 2024 6"),
    "19": ("Khánh Hòa 2019 12", "Hải Phòng 2022 12", "Đắk Nông 2023 12"),
    "20": ("Bà Rịa - Vũng Tàu 2020 10", "Quảng Ninh 2021 4", "Bình Định 2023 6"),
    "21": ("Vĩnh Phúc 2019 5", "Nghệ An 2022 3", "Long An 2024 8"),
    "22": ("Hải Dương 2020 4", "Tây Ninh 2021 9", "Phú Yên 2024 10"),
    "23": ("Sóc Trăng 2018 12", "Yên Bái 2021 12", "Hưng Yên 2023 12"),
}
FRESH = {
    "24": ("Quảng Nam 2019 5", "Bắc Giang 2022 8", "Kiên Giang 2023 10", "Phú Thọ 2025 9"),
    "25": ("Hà Tĩnh 2020 9", "Đồng Tháp 2023 4", "Lâm Đồng 2025 8"),
    "26": ("Thái Nguyên 2021 6", "Bến Tre 2023 9", "Gia Lai 2024 6"),
    "27": ("Tiền Giang 2021 9", "Hà Nam 2023 6", "Đắk Lắk 2025 9"),
    "28": ("Trà Vinh 2020 12", "Nam Định 2022 12", "Lào Cai 2024 12"),
    "29": ("Bình Thuận 2021 4", "Thanh Hóa 2023 7", "Quảng Trị 2025 10"),
    "30": ("Đồng Nai 2020 6", "Cà Mau 2022 9", "Vĩnh Long 2025 9"),
    "31": ("Tuyên Quang 2020 10", "Ninh Thuận 2022 5", "Hậu Giang 2024 11"),
    "32": ("Hưng Yên 2021 9", "Bình Dương 2023 6", "Bắc Ninh 2025 9"),
    "33": ("An Giang 2022 11", "Hòa Bình 2024 4"),
}
# Where the reports of a set stand, whose they are, and how many mistakes of each kind are put into them.
SETS = {HERE: (PLACES, 12), HERE / "unseen": (UNSEEN, 8), HERE / "fresh": (FRESH, 10)}
# How many months before a style's report the one before it ended; the others come once a year.
MONTHLY = ("01", "02", "03", "06", "08", "09", "13", "14", "17", "20", "21", "24", "25", "31")
STEPS = dict.fromkeys(MONTHLY, 1) | dict.fromkeys(("04", "15", "18"), 3)
UNITS = {
    " tỷ đồng": (" triệu đồng", Decimal("0.001")), " triệu USD": (" tỷ USD", Decimal(1000)),
    " triệu kWh": (" nghìn kWh", Decimal("0.001")), " nghìn tấn": (" tấn", Decimal("0.001")),
    " nghìn lít": (" triệu lít", Decimal(1000)), " nghìn cái": (" triệu cái", Decimal(1000)),
}  # fmt: skip
# Units that only the third set of styles writes.
FRESH_UNITS = {
    " tỷ đồng": (" triệu đồng", Decimal("0.001")), " tỷ đ": (" triệu đ", Decimal("0.001")),
    " triệu đồng": (" tỷ đồng", Decimal(1000)), " trđ": (" tỷ đồng", Decimal(1000)),
    " tr.USD": (" tỷ USD", Decimal(1000)), " triệu đô la Mỹ": (" tỷ đô la Mỹ", Decimal(1000)),
    " triệu USD": (" nghìn USD", Decimal("0.001")), " tr.kWh": (" nghìn kWh", Decimal("0.001")),
    " nghìn m3": (" m3", Decimal("0.001")), " triệu viên": (" nghìn viên", Decimal("0.001")),
    " nghìn đôi": (" triệu đôi", Decimal(1000)), " tấn": (" nghìn tấn", Decimal(1000)),
    " nghìn tấn": (" tấn", Decimal("0.001")),
}  # fmt: skip
OPPOSITE = {"tăng": "giảm", "giảm": "tăng", "+": "-", "-": "+"}
# What is taken for the base by whoever errs; the plan ratio of part of a year is told as its growth.
BASES = {
    "m/pm": "ly", "m/ly": "pm", "q/pq": "lq", "q/lq": "pq",
    "c/cp": "plan", "c/plan": "cp", "y/py": "plan", "y/plan": "py",
}  # fmt: skip
KINDS = ("scale", "sign", "base", "copied", "total")


@dataclass(frozen=True, slots=True)
class Made:
    """A report of the benchmark, with its truth and the report of the period before, where there is one."""

    name: str
    style: str
    period: Period
    truth: Truth
    report: Report
    before: Report | None


@dataclass(frozen=True, slots=True)
class Mistake:
    """A change of a report: what stands from start to end becomes `now`; `number` is where the wrong number then is."""

    slot: Slot
    wrong: Slot
    start: int
    end: int
    now: str
    number: tuple[int, int]
    factor: Decimal = Decimal(1)


def reports(of: dict[str, tuple[str, ...]]) -> Iterator[Made]:
    for style, places in of.items():
        for letter, place in zip("abcd", places, strict=False):
            province, year, month = place.rsplit(" ", 2)
            period, truth = Period(int(year), int(month)), Truth(f"{style}{letter} {province}")
            before = None
            if style in STEPS:
                before = report(style, province, period.before(STEPS[style]), truth)
            yield Made(style + letter, style, period, truth, report(style, province, period, truth), before)


def _number(slot: Slot, value: Decimal) -> Mistake:
    """Another number in the place of the true one."""
    now = written(value, slot.decimals)
    wrong = replace(slot, shown=rounded(value, slot.decimals))
    return Mistake(slot, wrong, slot.start, slot.end, now, (slot.start, slot.start + len(now)))


def scale(made: Made, slot: Slot, chance: random.Random) -> Iterator[Mistake]:
    """Another unit word, or a comma one place off or forgotten."""
    if slot.way != "v":
        return
    after = made.report.text[slot.end :]
    units = FRESH_UNITS if made.style in FRESH else UNITS
    unit = next((unit for unit in units if after.startswith(unit)), None)
    if unit and chance.random() < 0.5:
        now, factor = units[unit]
        yield Mistake(slot, slot, slot.end, slot.end + len(unit), now, (slot.start, slot.end), factor)
    elif slot.decimals and chance.random() < 0.5:
        yield _number(replace(slot, decimals=0), slot.shown.scaleb(slot.decimals))
    elif slot.decimals:
        by = chance.choice((-1, 1))
        yield _number(replace(slot, decimals=slot.decimals - by), slot.shown.scaleb(by))


def sign(made: Made, slot: Slot, chance: random.Random) -> Iterator[Mistake]:
    """A rise told as a fall, or a fall as a rise."""
    if slot.word and abs(slot.shown) >= 1:
        start, end = slot.word
        now = OPPOSITE[made.report.text[start:end]]
        moved = len(now) - (end - start)
        wrong = replace(slot, shown=-slot.shown)
        yield Mistake(slot, wrong, start, end, now, (slot.start + moved, slot.end + moved))


def base(made: Made, slot: Slot, chance: random.Random) -> Iterator[Mistake]:
    """A growth, index or plan ratio worked out on another base than the one named."""
    spans = slot.said.split(":")[1].partition("@")[2]
    if slot.way not in "gpi" or slot.lower is None or spans not in BASES:
        return
    other = (slot.upper[0], *made.period.span(BASES[spans]))
    value = shown(made.truth, "p" if spans == "c/cp" else slot.way, slot.upper, other)
    if slot.way != "g" or (value > 0) == (slot.shown > 0):
        yield _number(slot, value)


def copied(made: Made, slot: Slot, chance: random.Random) -> Iterator[Mistake]:
    """The number of the report before, left standing where this one's should be."""
    if made.before is None or slot.way not in "vgip":
        return
    old = made.before.slots[made.report.slots.index(slot)]
    same_word = slot.way != "g" or (old.shown > 0) == (slot.shown > 0)
    if old.said == slot.said and same_word and old.upper != slot.upper:
        yield _number(replace(slot, decimals=old.decimals), old.shown)


def total(made: Made, slot: Slot, chance: random.Random) -> Iterator[Mistake]:
    """A total that still adds up to what one of its parts was before it was corrected."""
    if slot.way != "v" or slot.upper[1] == "plan":
        return
    parts = [one for one in made.report.slots if one.way == "v" and _is_part(one, slot)]
    if len(parts) > 1:
        largest = max(one.shown for one in parts)
        part = chance.choice([one for one in parts if one.shown > largest / 20])
        yield _number(slot, slot.shown + part.shown * Decimal(chance.choice((-1, 1)) * chance.randrange(25, 90)) / 1000)


def _is_part(part: Slot, whole: Slot) -> bool:
    (indicator, *span), (of, kind, year, first, last) = part.upper, whole.upper
    if span == [kind, year, first, last]:
        return indicator in SUMS.get(of, ())
    return indicator == of and span[:2] == [kind, year] and first <= span[2] and span[3] <= last


def _wrong(made: Made, mistake: Mistake) -> bool:
    """Whether the report with its mistake contradicts itself, the true number being gone."""
    rest = [slot for slot in made.report.slots if slot.start != mistake.slot.start]
    return not possible([*rest, mistake.wrong], {mistake.wrong: mistake.factor})


def mistakes(all_made: list[Made], each: int) -> Iterator[tuple[Made, str, Mistake]]:
    """So many of each kind, over as many reports as there are; no number is spoiled twice."""
    used: set[tuple[str, int]] = set()
    ways = {"scale": scale, "sign": sign, "base": base, "copied": copied, "total": total}
    for kind in KINDS:
        chance = random.Random(f"mistakes {kind}")
        order = all_made[:]
        chance.shuffle(order)
        found = 0
        for made in order * 3:
            if found == each:
                break
            for mistake in _candidates(made, ways[kind], chance):
                if (made.name, mistake.slot.start) not in used and _wrong(made, mistake):
                    used.add((made.name, mistake.slot.start))
                    found += 1
                    yield made, kind, mistake
                    break


def _candidates(made: Made, way, chance: random.Random) -> Iterator[Mistake]:
    slots = list(made.report.slots)
    chance.shuffle(slots)
    for slot in slots:
        yield from (one for one in way(made, slot, chance) if made.report.text[one.start : one.end] != one.now)


def row(number: int, made: Made, kind: str, mistake: Mistake) -> dict:
    text = made.report.text
    return {
        "id": f"m{number:02}",
        "report": f"{made.name}.txt",
        "kind": kind,
        "start": mistake.start,
        "end": mistake.end,
        "was": text[mistake.start : mistake.end],
        "now": mistake.now,
        "figure": list(mistake.number),
        "true_start": mistake.slot.start,
        "number": text[mistake.slot.start : mistake.slot.end],
        "with_before": kind == "copied",
    }


def main() -> None:
    for folder, (places, each) in SETS.items():
        made = list(reports(places))
        for one in made:
            assert possible(one.report.slots), one.name
            (folder / "reports" / f"{one.name}.txt").write_text(one.report.text, encoding="utf-8")
            if one.before:
                assert possible([*one.report.slots, *one.before.slots]), one.name
                (folder / "before" / f"{one.name}.txt").write_text(one.before.text, encoding="utf-8")
        rows = [row(number, *found) for number, found in enumerate(mistakes(made, each), 1)]
        lines = "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in rows)
        (folder / "mistakes.jsonl").write_text(lines, encoding="utf-8")


if __name__ == "__main__":
    main()
