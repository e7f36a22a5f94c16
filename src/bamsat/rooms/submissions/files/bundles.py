# SPDX-License-Identifier: Apache-2.0
"""Workbooks of returns for the pages: one, or all of a form and period packed as they are made."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator, Mapping

from bamsat.core.terms.period import Period
from bamsat.core.terms.vietnamese import fold
from bamsat.rooms.places.models import Place
from bamsat.rooms.submissions.due import due_here
from bamsat.rooms.submissions.files.labels import FormLabels
from bamsat.rooms.submissions.files.lists import Listed, lists_of
from bamsat.rooms.submissions.files.returns_in import Expected
from bamsat.rooms.submissions.files.workbook_out import workbook
from bamsat.rooms.submissions.filling.actions import asked_keys
from bamsat.rooms.submissions.grids import definition_of, grid_of
from bamsat.rooms.submissions.models import FormVersion, Return


def workbook_of(sent: Return, lists: Mapping[str, Listed] | None = None) -> bytes:
    """The workbook of a return."""
    found = lists if lists is not None else lists_of(definition_of(sent.version))
    return workbook(grid_of(sent), found)


def blank(version: FormVersion, place: Place, period: Period) -> Return:
    """A return that nobody opened, for its workbook; it is not kept."""
    definition = definition_of(version)
    return Return(
        form=version.form, version=version, place=place, period=period.code, first_month=period.first,
        last_month=period.last, due=due_here(version, definition, period), asked=len(asked_keys(definition, ())),
    )  # fmt: skip


def file_name(sent: Return, ending: str = "xlsx") -> str:
    """ "ban-le-thang_xa-nha_2026-10.xlsx" """
    return f"{sent.form.code}_{sent.place.slug}_{sent.period.replace('/', '_')}.{ending}"


def labels_of(version: FormVersion, period: Period) -> FormLabels:
    """What identifies the cells of a form in a period."""
    definition, form = definition_of(version), version.form
    return FormLabels(form.code, form.number, form.name_vi, definition, period, lists_of(definition))


def expected_of(sent: Return, labels: FormLabels | None = None) -> Expected:
    """Whose return a file has to be."""
    names = [version.full_name for version in sent.place.versions.all()]
    return Expected(
        labels or labels_of(sent.version, sent.span), sent.place.slug, sent.place.name, tuple(names), sent.texts,
        sent.chosen,
    )  # fmt: skip


class _Pieces(io.RawIOBase):
    """Where a zip writes to, taken away piece by piece."""

    def __init__(self) -> None:
        self.waiting = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, piece: object) -> int:
        data = bytes(piece)  # type: ignore[call-overload]
        self.waiting += data
        return len(data)

    def taken(self) -> bytes:
        data, self.waiting = bytes(self.waiting), bytearray()
        return data


def packed(files: Iterable[tuple[str, bytes]]) -> Iterator[bytes]:
    """A zip of files, given out while they are made; workbooks are compressed already."""
    pieces = _Pieces()
    with zipfile.ZipFile(pieces, "w", zipfile.ZIP_STORED) as archive:
        for name, data in files:
            archive.writestr(name, data)
            yield pieces.taken()
    yield pieces.taken()


def workbooks(version: FormVersion, places: Iterable[Place], period: Period) -> Iterator[tuple[str, bytes]]:
    """The workbook of each place: of its return, where there is one, else blank."""
    there = {
        sent.place_id: sent
        for sent in Return.objects.filter(form=version.form, period=period.code).select_related(
            "form", "version", "place"
        )
    }
    lists = lists_of(definition_of(version))
    for place in places:
        sent = there.get(place.pk) or blank(version, place, period)
        name = " ".join(place.name.replace("/", "-").split())
        yield f"{fold(name).replace(' ', '-')}_{file_name(sent)}", workbook_of(sent, lists)
