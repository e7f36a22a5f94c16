# SPDX-License-Identifier: Apache-2.0
"""Figures of provinces and communes, and the addresses of the other ways to look at a scoreboard."""

from __future__ import annotations

from bamsat.rooms.places.models import Kind, Place
from tests import build
from tests.cast import Cast
from tests.rooms.scoreboard.beside import months, plan, recorded

PROVINCES = {"Cao Bằng": 12, "Lạng Sơn": 15, "Thái Bình": 40, "Hà Giang": 6, "Tuyên Quang": 9, "Khánh Hòa": 33}
POINTS = {"xa-nha": (22.6, 106.2), "xa-ben": (22.8, 105.9)}


def told(office: Cast) -> None:
    """Two years of six provinces and two communes: one misses a month, one has no plan."""
    places = [
        (office.commune, 2),
        (office.other_commune, 3),
        (office._below("xa-ba", Kind.COMMUNE, "Xã Ba", office.home), 0),
    ]
    for slug, (latitude, longitude) in POINTS.items():
        Place.objects.filter(slug=slug).update(latitude=latitude, longitude=longitude)
    values = PROVINCES | {place.name: value for place, value in places if value}
    figures = []
    for at, (area, value) in enumerate(values.items()):
        figures += months(area, 2020, [value] * 12)
        figures += months(area, 2021, [value + 1, None if at == 1 else value, value + at % 3])
        if at != 2:
            figures.append(plan(area, 2021, value * 13))
    figures.append(build.stated(10**9 * 270, area="Lạng Sơn", period="2021/2025", status="target"))
    recorded(office.administrator, figures)


def addresses(office: Cast) -> list[str]:
    told(office)
    home, beside = "noi=cao-bang&ky=2021-03", "noi=cao-bang&ky=2021-03&cap=cung-cap"
    return [
        f"/bang-diem/bieu-do/?{home}", "/bang-diem/bieu-do/?noi=cao-bang&ky=2021",
        f"/bang-diem/xep-hang/?{beside}&theo=tang-truong", f"/bang-diem/xep-hang/?{home}&theo=dong-gop",
        f"/bang-diem/ban-do/?{beside}&theo=gia-tri", f"/bang-diem/ban-do/?{beside}&theo=trang-thai",
        f"/bang-diem/ban-do/?{beside}&theo=gia-tri&dia-gioi=nay", f"/bang-diem/ban-do/?{home}&theo=gia-tri",
        f"/bang-diem/ban-do/?{home}&theo=trang-thai",
        f"/bang-diem/vi-sao/industrial_output/?{home}", "/bang-diem/vi-sao/industrial_output/?noi=cao-bang&ky=2021",
        "/bang-diem/nam-nam/?noi=lang-son", "/bang-diem/nam-nam/?noi=cao-bang",
        "/bang-diem/ban-do/?noi=lang-son&ky=2021-03&cap=duoi&biet=01/01/2020",
    ]  # fmt: skip
