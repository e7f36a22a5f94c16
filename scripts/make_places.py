# SPDX-License-Identifier: Apache-2.0
"""Makes data/places/*.csv from the package vietnamadminunits (MIT), which is needed only to run this.

    .venv/bin/python scripts/make_places.py

`valid_from` is the first day of a name, `valid_to` the first day on which it no longer holds, both empty where nothing
limits them. `successors` are the codes of the communes that followed on the day on which an old one ended; several
where it was divided: nobody has stated its parts. The 63 provinces stand from 1 August 2008, when Hà Tây joined Hà Nội;
the 34, and the communes without districts, from 1 July 2025. The state reuses statistics-office codes: a code means
something only with its dates.
"""

import csv
import json
import sqlite3
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
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


def successors(data: sqlite3.Connection) -> dict[tuple[str, str], list[str]]:
    """The codes of the communes into which each old commune went, by its district's code and its own.

    Five island districts had no communes and went as a whole into the special zone of their name.
    """
    told = json.loads((SOURCE / "converter_2025.json").read_text())
    asked = "SELECT provinceKey, wardKey, wardCode FROM admin_units"
    new = {(province, ward): code for province, ward, code in data.execute(asked)}
    asked = "SELECT provinceKey, districtKey, wardKey, districtCode, wardCode FROM admin_units_legacy"
    old = {f"{p}_{d or ''}_{w or ''}": (district, ward or "") for p, d, w, district, ward in data.execute(asked)}
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for province, wards in told["DICT_PROVINCE_WARD_NO_DIVIDED"].items():
        for ward, before in wards.items():
            for key in before:
                found[old[key]].append(new[province, ward])
    for province, divided in told["DICT_PROVINCE_WARD_DIVIDED"].items():
        for key, after in divided.items():
            found[old[key]] += [new[province, each["newWardKey"]] for each in after]
    return found


def districts(data: sqlite3.Connection) -> Iterable[list[object]]:
    """An island district stands where its special zone does: the package puts Hoàng Sa's at the city of Đà Nẵng."""
    heirs = successors(data)
    points = {code: point for code, *point in data.execute("SELECT wardCode, wardLat, wardLon FROM admin_units")}
    asked = (
        "SELECT DISTINCT district, districtShort, districtType, provinceCode, districtCode, districtLat, districtLon"
        " FROM admin_units_legacy WHERE district IS NOT NULL ORDER BY 4, 5"
    )
    for full, short, kind, province, code, *point in data.execute(asked):
        became = sorted(heirs.get((code, ""), []))
        where = degrees(points[became[0]] if became else point)
        yield [short_name(full, short), kind.lower(), province, code, "", MERGER, "|".join(became), *where]


def communes(data: sqlite3.Connection) -> Iterable[list[object]]:
    heirs = successors(data)
    for table, dates in (("admin_units_legacy", ("", MERGER)), ("admin_units", (MERGER, ""))):
        district = "districtCode" if table == "admin_units_legacy" else "''"
        asked = (
            f"SELECT DISTINCT ward, wardShort, wardType, provinceCode, {district}, wardCode, wardLat, wardLon"
            f" FROM {table} WHERE ward IS NOT NULL ORDER BY 4, 6"
        )
        for full, short, kind, province, above, code, *point in data.execute(asked):
            becomes = "|".join(sorted(heirs.get((above, code), [])))
            yield [short_name(full, short), kind.lower(), province, *dates, code, above, becomes, *degrees(point)]


def degrees(point: Sequence[float]) -> list[str]:
    """To four decimals, some ten metres."""
    return [f"{each:.4f}" for each in point]


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
    write(
        "districts.csv",
        "name,kind,province_code,code,valid_from,valid_to,successors,latitude,longitude",
        districts(data),
    )
    write(
        "communes.csv",
        "name,kind,province_code,valid_from,valid_to,code,district_code,successors,latitude,longitude",
        communes(data),
    )


if __name__ == "__main__":
    main()
