# SPDX-License-Identifier: Apache-2.0
"""bamsat report KIND --place PLACE --period PERIOD -o FILE: a report as the page writes it for one who sees everything;
with --all-provinces FOLDER one file a province."""

from __future__ import annotations

import os
import sys
from datetime import date, datetime
from difflib import get_close_matches
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db.models import Q
from tqdm import tqdm

from bamsat.core.terms.errors import BamsatError
from bamsat.core.terms.period import Period
from bamsat.rooms.catalogue.models import IndicatorSet
from bamsat.rooms.catalogue.queries import sets
from bamsat.rooms.figures.ground import end_of
from bamsat.rooms.figures.known import day_read, end_of_day
from bamsat.rooms.places.models import Kind as PlaceKinds
from bamsat.rooms.places.models import Place, PlaceVersion
from bamsat.rooms.places.queries import place_named
from bamsat.rooms.reports.content.asked import Asked, NothingToTell, ReportRefused
from bamsat.rooms.reports.content.compose import compose
from bamsat.rooms.reports.content.kinds import kind_coded
from bamsat.rooms.reports.models import Template
from bamsat.rooms.reports.outputs import template_bytes
from bamsat.rooms.reports.writing import write


class Command(BaseCommand):
    help = "Viết báo cáo từ số đã duyệt. / Write a report from approved figures."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("kind", metavar="KIND", help="loại báo cáo: thang, quy, nam … / the kind of report")
        parser.add_argument("--place", default="", metavar="SLUG", help="địa bàn / the place")
        parser.add_argument("--period", required=True, metavar="PERIOD", help="kỳ: 2021, 2021-Q3, 2021-07 … / period")
        parser.add_argument("-o", "--output", type=Path, metavar="FILE", help="tệp .docx .pdf .html .xlsx / the file")
        parser.add_argument("--known", default="", metavar="DAY", help="như sổ biết cuối ngày ấy / as known that day")
        parser.add_argument("--field", default="", metavar="CODE", help="bộ chỉ tiêu của chuyên đề / an indicator set")
        parser.add_argument("--style", type=int, default=0, metavar="N", help="cách diễn đạt / the wording")
        parser.add_argument(
            "--all-provinces", type=Path, metavar="FOLDER", help="mỗi tỉnh, thành một tệp / one file a province"
        )
        parser.add_argument("--format", default="docx", metavar="ENDING", help="với --all-provinces / of the files")

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            if options["all_provinces"]:
                self._all(options)
            else:
                self._one(options)
        except BamsatError as error:
            raise CommandError(f"{error.vi}\n{error.en}") from error
        except OSError as error:
            raise CommandError(
                f"Không ghi được {_where(options)}: {error.strerror}. Hãy xem thư mục, chỗ trống và quyền ghi.\n"
                f"Cannot write {_where(options)}: {error.strerror}. See the folder, space left and rights."
            ) from error
        except KeyboardInterrupt:
            raise CommandError("Đã dừng. / Stopped.", returncode=130) from None

    def _one(self, options: dict[str, Any]) -> None:
        if not options["place"] or not options["output"]:
            raise ReportRefused(
                vi="Cần --place và -o, hoặc --all-provinces. Ví dụ: bamsat report nam --place cao-bang --period 2021 "
                "-o bao-cao.docx",
                en="Give --place and -o, or --all-provinces. For example: bamsat report nam --place cao-bang "
                "--period 2021 -o report.docx",
            )
        asked, out = _asked(options, _place(options["place"])), options["output"]
        count, lacking = _write(asked, out, out.suffix.lstrip(".").lower())
        self.stdout.write(f"{out}: {count} số, {lacking} điều còn thiếu. / {count} numbers, {lacking} things lacking.")

    def _all(self, options: dict[str, Any]) -> None:
        folder: Path = options["all_provinces"]
        folder.mkdir(parents=True, exist_ok=True)
        period, ending = Period.parse(options["period"]), options["format"].lstrip(".").lower()
        written, silent = 0, []
        for place in tqdm(_provinces(period), unit=" báo cáo", leave=False, disable=not sys.stderr.isatty()):
            name = f"{options['kind']}-{place.slug}-{period.code.replace('/', '_')}.{ending}"
            try:
                _write(_asked(options, place), folder / name, ending)
                written += 1
            except NothingToTell:
                silent.append(place.name)
        self.stdout.write(f"{folder}: {written} báo cáo. / {written} reports.")
        if silent:
            self.stdout.write(f"Chưa có số đã duyệt: {', '.join(silent)}. / No approved figures: {len(silent)} places.")


def _where(options: dict[str, Any]) -> Path:
    found: Path = options["all_provinces"] or options["output"]
    return found


def _asked(options: dict[str, Any], place: Place) -> Asked:
    period = Period.parse(options["period"])
    kind_coded(options["kind"])  # an unknown kind is told before an unknown day
    return Asked(
        options["kind"], place, period, field=_field(options["field"]), known=_known(options["known"]),
        style=options["style"],
    )  # fmt: skip


def _write(asked: Asked, out: Path, ending: str) -> tuple[int, int]:
    """How many numbers, and how much is lacking. A file is there whole or not at all."""
    composed = compose(None, asked)
    last = Template.objects.filter(place=asked.place, kind=asked.kind).order_by("-pk").first()
    content = write(composed, ending, template_bytes(last) if ending == "docx" else None)
    with NamedTemporaryFile(dir=out.parent, prefix=f".{out.name}.", delete=False) as part:
        part.write(content)
    try:
        Path(part.name).chmod(0o666 & ~_umask())
        Path(part.name).replace(out)
    except OSError:
        Path(part.name).unlink(missing_ok=True)
        raise
    return len(composed.numbers), len(composed.lacking)


def _umask() -> int:
    found = os.umask(0)
    os.umask(found)
    return found


def _place(said: str) -> Place:
    place = Place.objects.filter(slug=said).first() or place_named(said)
    if place is not None:
        return place
    slugs = list(
        Place.objects.filter(kind__in=(PlaceKinds.COUNTRY, PlaceKinds.PROVINCE)).values_list("slug", flat=True)
    )
    near = ", ".join(get_close_matches(said.lower(), slugs, n=3))
    raise ReportRefused(
        vi=f"Không có địa bàn “{said}”." + (f" Gần giống: {near}." if near else " Xem địa chỉ của nơi đó trên trang."),
        en=f"There is no place “{said}”." + (f" Did you mean {near}?" if near else " See its address on its page."),
    )


def _provinces(period: Period) -> list[Place]:
    """Those that there were on the last day of the period."""
    day: date = end_of(period)
    then = (Q(valid_from=None) | Q(valid_from__lte=day)) & (Q(valid_to=None) | Q(valid_to__gt=day))
    there = PlaceVersion.objects.filter(then, place__kind=PlaceKinds.PROVINCE)
    return list(Place.objects.filter(pk__in=there.values("place")).order_by("sort_key", "slug"))


def _field(code: str) -> IndicatorSet | None:
    if not code:
        return None
    found = sets().filter(code=code).first()
    if found is None:
        every = ", ".join(sets().values_list("code", flat=True))
        raise ReportRefused(
            vi=f"Không có bộ chỉ tiêu “{code}”. Các bộ: {every}.",
            en=f"There is no indicator set “{code}”. The sets are: {every}.",
        )
    return found


def _known(text: str) -> datetime | None:
    if not text:
        return None
    day = day_read(text)
    if day is None:
        raise ReportRefused(
            vi=f"Không hiểu ngày “{text}”. Hãy viết như 2026-09-30 hoặc 30/09/2026.",
            en=f"Cannot read the day “{text}”. Write it as 2026-09-30 or 30/09/2026.",
        )
    return end_of_day(day)
