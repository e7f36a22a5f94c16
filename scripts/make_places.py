# SPDX-License-Identifier: Apache-2.0
"""Makes data/places/*.csv from the package vietnamadminunits (MIT), which is needed only to run this.

    .venv/bin/python scripts/make_places.py

`valid_from` is the first day of a name, `valid_to` the first day on which it no longer holds, both empty where nothing
limits them. The 63 provinces stand from 1 August 2008, when Hà Tây joined Hà Nội; the 34, and the communes without
districts, from 1 July 2025. The state reuses statistics-office codes: a code means something only with its dates.
"""

import csv
import json
import sqlite3
import unicodedata
from collections.abc import Iterable
from pathlib import Path

import vietnamadminunits

SOURCE = Path(vietnamadminunits.__file__).parent / "data"
TARGET = Path(__file__).parents[1] / "src/bamsat/data/places"
BEFORE, HUE_CITY, MERGER = "2008-08-01", "2025-01-01", "2025-07-01"

FULL_NAMES = {"Hồ Chí Minh": "Thành phố Hồ Chí Minh"}
ENGLISH = {
    "Thành phố Hồ Chí Minh": "Ho Chi Minh City",
    "Hà Nội": "Hanoi",
    "Đà Nẵng": "Da Nang",
    "Hải Phòng": "Hai Phong",
}
ALIASES = {
    "Thành phố Hồ Chí Minh": [
        "TP Hồ Chí Minh", "TP. Hồ Chí Minh", "TP.Hồ Chí Minh",
        "TP.HCM", "TP. HCM", "TP HCM", "TPHCM", "Tp.HCM", "Sài Gòn",
    ],
    "Hà Nội": ["TP Hà Nội", "TP. Hà Nội", "TP.Hà Nội", "Thủ đô Hà Nội"],
    "Hải Phòng": ["TP Hải Phòng", "TP. Hải Phòng", "TP.Hải Phòng"],
    "Đà Nẵng": ["TP Đà Nẵng", "TP. Đà Nẵng", "TP.Đà Nẵng"],
    "Cần Thơ": ["TP Cần Thơ", "TP. Cần Thơ", "TP.Cần Thơ"],
    "Huế": ["TP Huế", "TP. Huế", "TP.Huế", "thành phố Huế"],
    "Thừa Thiên Huế": [
        "Thừa Thiên - Huế", "Thừa Thiên – Huế", "Thừa Thiên-Huế", "TT-Huế", "TT Huế", "TT. Huế", "TT - Huế",
    ],
    "Bà Rịa - Vũng Tàu": [
        "Bà Rịa – Vũng Tàu", "Bà Rịa-Vũng Tàu", "Bà Rịa–Vũng Tàu", "Bà Rịa Vũng Tàu", "BR-VT", "BRVT", "BR - VT",
    ],
    "Đắk Lắk": ["Đắc Lắc", "Đắk Lăk", "Đăk Lăk", "Đăk Lắk", "Daklak", "Dak Lak", "Đắc Lắk"],
    "Đắk Nông": ["Đắc Nông", "Đăk Nông", "Dak Nông"],
    "Bắc Kạn": ["Bắc Cạn", "Bắc Kan"],
    "Kon Tum": ["Kontum", "Công Tum"],
    "Hòa Bình": ["Hoà Bình"],
    "Khánh Hòa": ["Khánh Hoà"],
    "Thanh Hóa": ["Thanh Hoá"],
}  # fmt: skip


def plain(text: str) -> str:
    """Vietnamese without marks, as English maps write it."""
    bare = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(sign for sign in bare if not unicodedata.combining(sign))


def short_name(full: str, short: str) -> str:
    """The name without its rank; with it where the rest would be a bare number."""
    return full if short.isdigit() else short


def province_row(
    code: str, full: str, short: str, place: tuple[float, float], dates: tuple[str, str, str]
) -> list[object]:
    name = FULL_NAMES.get(short, short)
    kind = "city" if full.startswith("Thành phố") else "province"
    aliases = [*ALIASES.get(name, []), *(["Huế"] if name == "Thừa Thiên Huế" else [])]
    return [code, name, ENGLISH.get(name, plain(name)), "|".join(aliases), *dates, kind, *place]


def provinces(data: sqlite3.Connection) -> Iterable[list[object]]:
    """The 63 with what became of each, Huế twice, and the provinces that were made of several."""
    asked = "SELECT DISTINCT provinceKey, provinceCode, province, provinceShort, provinceLat, provinceLon FROM {}"
    old = {row[0]: row[1:] for row in data.execute(asked.format("admin_units_legacy"))}
    new = {row[0]: row[1:] for row in data.execute(asked.format("admin_units"))}
    made_of: dict[str, list[str]] = json.loads((SOURCE / "converter_2025.json").read_text())["DICT_PROVINCE"]
    becomes = {key: after for after, before in made_of.items() for key in before}
    for key, (code, full, short, *place) in old.items():
        after = becomes[key]
        if short == "Huế":
            before = ("Tỉnh Thừa Thiên Huế", "Thừa Thiên Huế")
            yield province_row(code, *before, tuple(place), (BEFORE, HUE_CITY, code))
            yield province_row(code, full, short, tuple(place), (HUE_CITY, "", ""))
        elif len(made_of[after]) == 1:
            yield province_row(code, full, short, tuple(place), (BEFORE, "", ""))
        else:
            yield province_row(code, full, short, tuple(place), (BEFORE, MERGER, new[after][0]))
    for key, (code, full, short, *place) in new.items():
        if len(made_of[key]) > 1:
            yield province_row(code, full, short, tuple(place), (MERGER, "", ""))


def districts(data: sqlite3.Connection) -> Iterable[list[object]]:
    asked = "SELECT DISTINCT district, districtShort, districtType, provinceCode, districtCode FROM admin_units_legacy"
    for full, short, kind, province, code in data.execute(f"{asked} WHERE district IS NOT NULL ORDER BY 4, 5"):
        yield [short_name(full, short), kind.lower(), province, code, "", MERGER]


def communes(data: sqlite3.Connection) -> Iterable[list[object]]:
    for table, dates in (("admin_units_legacy", ("", MERGER)), ("admin_units", (MERGER, ""))):
        asked = f"SELECT DISTINCT ward, wardShort, wardType, provinceCode, wardCode FROM {table}"
        for full, short, kind, province, code in data.execute(f"{asked} WHERE ward IS NOT NULL ORDER BY 4, 5"):
            yield [short_name(full, short), kind.lower(), province, *dates, code or ""]


def write(name: str, columns: str, rows: Iterable[list[object]]) -> None:
    with (TARGET / name).open("w", newline="", encoding="utf-8") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(columns.split(","))
        for row in rows:
            writer.writerow([unicodedata.normalize("NFC", cell) if isinstance(cell, str) else cell for cell in row])


def main() -> None:
    TARGET.mkdir(parents=True, exist_ok=True)
    data = sqlite3.connect(f"file:{SOURCE / 'dataset.db'}?mode=ro", uri=True)
    write(
        "provinces.csv",
        "code,name,name_en,aliases,valid_from,valid_to,successor,kind,latitude,longitude",
        sorted(provinces(data), key=lambda row: (str(row[0]), str(row[4]))),
    )
    write("districts.csv", "name,kind,province_code,code,valid_from,valid_to", districts(data))
    write("communes.csv", "name,kind,province_code,valid_from,valid_to,code", communes(data))


if __name__ == "__main__":
    main()
