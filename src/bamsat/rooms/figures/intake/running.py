# SPDX-License-Identifier: Apache-2.0
"""The two pieces of work of an import, as a worker or the command line does them: the dry run and the writing."""

from __future__ import annotations

import logging
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from bamsat.core.read.loaders.limits import MEGABYTE
from bamsat.core.terms.errors import BamsatError
from bamsat.rooms.accounts import audit
from bamsat.rooms.documents import files
from bamsat.rooms.figures.intake.checking import Check, TooManyTwice
from bamsat.rooms.figures.intake.fields import Source
from bamsat.rooms.figures.intake.known import Known
from bamsat.rooms.figures.intake.sources import open_source
from bamsat.rooms.figures.intake.tidy import Names
from bamsat.rooms.figures.intake.writing import Counts, Overtaken, Writer, options_of
from bamsat.rooms.figures.models import Intake, IntakeState

log = logging.getLogger(__name__)
_EVERY = 0.7  # seconds between two notes of progress
_MOST_FINDINGS_FILE = 1024 * MEGABYTE

Progress = Callable[[int, int], None]


def path_of(sha256: str) -> Path:
    """Where the bytes of a kept file lie."""
    return Path(settings.BAMSAT_DATA) / "files" / sha256[:2] / sha256[2:]


def names_of(known: Known) -> Names:
    """What the readers of files may ask."""
    return Names(known.codes.list_named, known.places.is_place)


def check(intake: Intake, progress: Progress | None = None) -> Intake:
    """Look through the file and note what was found; the ledger stays as it is."""
    intake.refresh_from_db()
    if intake.state != IntakeState.CHECKING:
        return intake
    try:
        report = _report(intake, progress or _told(intake))
    except BamsatError as error:
        return _refuse(intake, error.vi, error.en)
    except TooManyTwice:
        return _refuse(
            intake,
            "Tệp có quá nhiều dòng trùng nhau. Có thể cùng một bảng được dán nhiều lần; hãy bỏ bớt rồi nạp lại.",
            "Too many rows repeat others. One table may have been pasted several times; remove it and import again.",
        )
    except Exception as error:
        log.exception("checking an import failed: %s", type(error).__name__)
        return _refuse(intake, *_broke(intake))
    _keep_report(intake, report)
    intake.refresh_from_db()
    return intake


@transaction.atomic
def _keep_report(intake: Intake, report: dict[str, Any]) -> None:
    rows = report.pop("rows")
    done = Intake.objects.filter(pk=intake.pk, state=IntakeState.CHECKING).update(
        state=IntakeState.CHECKED, report=report, rows=rows, read=0
    )
    if done:
        counts = {name: report[name] for name in ("new", "unchanged", "conflict", "left", "again", "blank")}
        audit.record(intake.by, "figures.intake.checked", intake, rows=rows, **counts)


def _report(intake: Intake, progress: Progress) -> dict[str, Any]:
    known = Known(intake.by)
    source = open_source(path_of(intake.sha256), intake.name, names_of(known))
    Intake.objects.filter(pk=intake.pk).update(format=source.format)
    with tempfile.NamedTemporaryFile("w+", encoding="utf-8", suffix=".jsonl") as out:
        report = Check(known, options_of(intake), source, out).run(progress)  # type: ignore[arg-type]
        out.flush()
        if report["told"]:
            with open(out.name, "rb") as told:
                report["findings"] = files.keep("findings.jsonl", told, _MOST_FINDINGS_FILE).sha256
    return report


def _told(intake: Intake) -> Progress:
    """Notes of progress on the row of the import, now and then."""
    last = 0.0

    def tell(read: int, rows: int) -> None:
        nonlocal last
        if time.monotonic() - last > _EVERY:
            last = time.monotonic()
            Intake.objects.filter(pk=intake.pk, state=IntakeState.CHECKING).update(read=read, rows=rows)

    return tell


def write(intake: Intake, on_batch: Callable[[Counts], None] | None = None) -> Intake:
    """Write what is not in the ledger yet; an import cut at any point goes on where it stopped."""
    intake.refresh_from_db()
    if intake.state != IntakeState.WRITING:
        return intake
    try:
        Writer(intake, _source(intake), intake.read, on_batch=on_batch).run()
    except Overtaken:
        log.info("an import is being written by another worker")
    except BamsatError as error:
        _note(intake, error.vi, error.en)
    intake.refresh_from_db()
    return intake


def _source(intake: Intake) -> Source:
    return open_source(path_of(intake.sha256), intake.name, names_of(Known(intake.by)))


def _note(intake: Intake, vi: str, en: str) -> None:
    Intake.objects.filter(pk=intake.pk).update(error_vi=vi, error_en=en)


@transaction.atomic
def _refuse(intake: Intake, vi: str, en: str) -> Intake:
    Intake.objects.filter(pk=intake.pk, state=IntakeState.CHECKING).update(
        state=IntakeState.REFUSED, error_vi=vi, error_en=en
    )
    audit.record(intake.by, "figures.intake.refused", intake)
    intake.refresh_from_db()
    return intake


def _broke(intake: Intake) -> Iterator[str]:
    yield f"Chương trình gặp lỗi khi xem thử tệp “{intake.name}”. Tệp vẫn được giữ; hãy báo quản trị."
    yield f"The program failed while checking “{intake.name}”. The file is kept; tell the administrator."
