# SPDX-License-Identifier: Apache-2.0
"""CSV files as a stream: a million lines pass through without ever being in memory together."""

from __future__ import annotations

import csv
import io
import itertools
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TextIO

from bamsat.core.read.loaders.delimited import sniff
from bamsat.core.read.loaders.limits import unreadable
from bamsat.core.read.loaders.plain_text import decode
from bamsat.rooms.figures.intake.fields import Row, Unread
from bamsat.rooms.figures.intake.grid import Sheet, Wide
from bamsat.rooms.figures.intake.sdmx import SdmxColumns, sdmx_columns
from bamsat.rooms.figures.intake.tidy import MOST_HEAD_ROWS, Columns, Names, columns_of

_LONGEST_FIELD = 20_000
_MOST_COLUMNS = 2_000
_MOST_GRID_ROWS = 20_000
_SAMPLE = 256 * 1024
_SMALL = 32 * 1024 * 1024


class Delimited:
    """A CSV file: one row a value, SDMX-CSV, or a wide table."""

    def __init__(self, path: Path, name: str, names: Names) -> None:
        self.path, self.name = path, name
        self.encoding = _encoding(path)
        sample = self._sample()
        self.delimiter = _said(sample) or self._sniffed(sample)
        self._unread: list[Unread] = []
        self.columns, self.heads_at, self.wide = None, 0, None
        self._learn(sample, names)
        self.format = "wide-csv" if self.wide else "sdmx-csv" if isinstance(self.columns, SdmxColumns) else "csv"

    columns: Columns | SdmxColumns | None
    wide: Wide | None

    @property
    def unread(self) -> list[Unread]:
        return [*self._unread, *(self.wide.unread if self.wide else ())]

    def rows(self) -> Iterator[Row]:
        """Every value of the file."""
        if self.wide:
            return iter(self.wide.rows())
        assert self.columns is not None
        return self._stream(self.columns)

    def _stream(self, columns: Columns | SdmxColumns) -> Iterator[Row]:
        self._unread = []
        row_of = columns.row
        with self._open() as text:
            reader = csv.reader(_without_nul(text), delimiter=self.delimiter)
            try:
                for cells in itertools.islice(reader, self.heads_at, None):
                    if len(cells) > 1:
                        yield row_of(f"dòng {reader.line_num}", cells)
            except (csv.Error, UnicodeDecodeError) as error:
                self._unread = [Unread(f"dòng {reader.line_num}", "damaged", type(error).__name__)]

    def _sniffed(self, sample: str) -> str:
        """A line longer than any field may be has no delimiter: it is refused like a line too wide."""
        try:
            return sniff(sample)
        except csv.Error as error:
            raise unreadable(self.name, "too_large", "một dòng quá dài", "a line is too long") from error

    def _learn(self, sample: str, names: Names) -> None:
        csv.field_size_limit(_LONGEST_FIELD)
        try:
            lines = csv.reader(_without_nul(io.StringIO(sample)), delimiter=self.delimiter)
            head = list(itertools.islice(lines, MOST_HEAD_ROWS))
        except csv.Error as error:
            raise unreadable(self.name, "truncated") from error
        if head and max(map(len, head)) > _MOST_COLUMNS:
            raise unreadable(self.name, "too_large", "quá nhiều cột", "too many columns")
        for number, cells in enumerate(head):
            self.columns = sdmx_columns(cells) or columns_of(cells, names)
            if self.columns:
                self.heads_at = number + 1
                return
        self.wide = Wide([Sheet("", self._grid())], names)

    def _grid(self) -> list[list[str]]:
        with self._open() as text:
            rows = list(itertools.islice(csv.reader(_without_nul(text), delimiter=self.delimiter), _MOST_GRID_ROWS + 1))
        if len(rows) > _MOST_GRID_ROWS:
            raise unreadable(self.name, "too_large", f"hơn {_MOST_GRID_ROWS} dòng", f"over {_MOST_GRID_ROWS} lines")
        return rows

    def _open(self) -> TextIO:
        if self.encoding:
            return self.path.open(encoding=self.encoding, newline="")
        return io.StringIO(decode(self.path.read_bytes(), self.name)[0], newline="")

    def _sample(self) -> str:
        with self._open() as text:
            try:
                return text.read(_SAMPLE)
            except UnicodeDecodeError as error:
                raise unreadable(self.name, "binary") from error


def _without_nul(lines: Iterable[str]) -> Iterator[str]:
    """PostgreSQL holds no NUL, not even in a question."""
    return (line.replace("\0", " ") for line in lines)


def _encoding(path: Path) -> str:
    """UTF-8 or UTF-16; nothing for an older code, which only the whole file gives away."""
    with path.open("rb") as file:
        start = file.read(_SAMPLE)
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    try:
        start[:-4].decode("utf-8-sig") if len(start) == _SAMPLE else start.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        near_end = error.start >= len(start) - 8
        return "utf-8-sig" if near_end or path.stat().st_size > _SMALL else ""
    return "utf-8-sig"


def _said(sample: str) -> str:
    """Excel writes its delimiter on a first line of its own: sep=;"""
    first = sample.partition("\n")[0].strip()
    return first[4] if first.lower().startswith("sep=") and len(first) == 5 else ""
