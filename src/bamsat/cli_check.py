# SPDX-License-Identifier: Apache-2.0
"""`bamsat check FILE...`: what the figures of documents cannot all be, must be, and are not comparable in."""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from pathlib import Path
from textwrap import wrap
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from bamsat.core.check.model import Finding, Repair, Report, Stated
    from bamsat.core.terms.figure import Reading

HOLDS, FAILS, TROUBLE = 0, 1, 2
"""Exit codes: nothing fails; something fails; nothing fails, but not every file could be read."""

_SAYS = {
    "vi": {
        "about": "Soát số liệu của các văn bản: điều gì không thể cùng đúng, số chưa công bố nằm trong khoảng nào.",
        "files": "tệp hoặc thư mục; - là đầu vào chuẩn. Các tệp được soát cùng nhau",
        "format": "cách in (mặc định: table); jsonl in mọi kết quả, mỗi dòng một đối tượng JSON",
        "lang": "ngôn ngữ (mặc định: vi)",
        "all": "in cả những điều khớp, không chỉ đếm",
        "codes": "Mã thoát: 0 không có gì sai; 1 có số liệu không thể cùng đúng; 2 không có gì sai nhưng có tệp không "
        "đọc được, hoặc lệnh viết sai.",
        "none": "Không có tệp nào đọc được trong thư mục đã cho. Hãy chỉ một tệp, ví dụ: bamsat check bao-cao.docx",
        "failed": "Không đọc được {n}/{all} tệp.",
        "error": "SAI",
        "question": "HỎI",
        "note": "LƯU Ý",
        "fine": "KHỚP",
        "where": "Ở",
        "repair": "Có thể sửa",
        "sum": "Đã soát {figures} số liệu của {files} văn bản: {error} chỗ sai, {question} chỗ cần hỏi, {note} lưu ý, "
        "{fine} điều khớp.",
        "more": "Thêm --all để xem những điều khớp.",
    },
    "en": {
        "about": "Check the figures of documents: what cannot all be true, what unpublished values lie between.",
        "files": "a file or a folder; - is standard input. All files are checked together",
        "format": "how to print (default: table); jsonl prints every finding, one JSON object a line",
        "lang": "language (default: vi)",
        "all": "print what holds too, instead of counting it",
        "codes": "Exit codes: 0 nothing fails; 1 some figures cannot all be true; 2 nothing fails, but a file could "
        "not be read or the command was wrong.",
        "none": "No readable file in the given folder. Name a file, for example: bamsat check report.docx",
        "failed": "{n} of {all} files could not be read.",
        "error": "FAILS",
        "question": "ASK",
        "note": "NOTE",
        "fine": "HOLDS",
        "where": "At",
        "repair": "Could be",
        "sum": "{figures} figures of {files} documents checked: {error} fail, {question} to ask about, {note} notes, "
        "{fine} hold.",
        "more": "Add --all to see what holds.",
    },
}  # fmt: skip
_SEVERITIES = ("error", "question", "note", "fine")
_SOLVER_MISSING = (
    "Phần soát số liệu chưa được cài. Hãy chạy: pip install 'bamsat[check]'\n"
    "What checks figures is not installed. Run: pip install 'bamsat[check]'"
)
_WIDTH = 110


def _parser(lang: str) -> argparse.ArgumentParser:
    says = _SAYS[lang]
    parser = argparse.ArgumentParser("bamsat check", description=says["about"], epilog=says["codes"])
    parser.add_argument("files", nargs="+", metavar="FILE", help=says["files"])
    parser.add_argument("--format", choices=("table", "jsonl"), default="table", help=says["format"])
    parser.add_argument("--lang", choices=("vi", "en"), default="vi", help=says["lang"])
    parser.add_argument("--all", action="store_true", help=says["all"])
    return parser


def _names(files: list[Path]) -> Iterator[tuple[Path, str]]:
    """Each file with the name that findings call it by: its own, or with its folders where two bear one name."""
    told = Counter(file.name for file in files)
    for file in files:
        yield file, file.name if told[file.name] == 1 else file.as_posix()


def _readings(files: list[Path], lang: str) -> tuple[list[Reading], int]:
    """What could be read, and how many files could not; each of these is told on standard error."""
    from bamsat.core.read.many import reading_of
    from bamsat.core.terms.errors import BamsatError

    readings: list[Reading] = []
    unread = 0
    for file, name in _names(files):
        read = reading_of(sys.stdin.buffer.read() if name == "-" else file, name)
        if isinstance(read, BamsatError):
            said = getattr(read, lang)
            print(said if name in said else f"{name}: {said}", file=sys.stderr)
            unread += 1
        else:
            readings.append(read)
    if unread and len(files) > 1:
        print(_SAYS[lang]["failed"].format(n=unread, all=len(files)), file=sys.stderr)
    return readings, unread


def _checked(readings: Iterable[Reading]) -> Report:
    from bamsat.core.check.checking import check
    from bamsat.core.check.stated import stated_of

    readings = list(readings)
    stated = [one for reading in readings for one in stated_of(reading)]
    dated = {reading.document.name: reading.document.attributes.get("dated", "") for reading in readings}
    return check(stated, [statement for reading in readings for statement in reading.statements], dated=dated)


def _indented(head: str, text: str) -> Iterator[str]:
    lines = wrap(text, _WIDTH - len(head), break_long_words=False, break_on_hyphens=False) or [""]
    yield head + lines[0]
    for line in lines[1:]:
        yield " " * len(head) + line


def _place(stated: Stated) -> str:
    figure = stated.figure
    at = f"{figure.doc}, {figure.at}" if figure.at else figure.doc
    return f"“{' '.join(figure.number.split())}” ({at})"


def _repair(repair: Repair, by_key: dict[str, Stated], lang: str) -> str:
    return f"{_place(by_key[repair.figure])} → {repair.number}: {getattr(repair, lang)}"


def _told(finding: Finding, names: dict[str, str], by_key: dict[str, Stated], lang: str) -> Iterator[str]:
    """A finding for people: what it says, the sum, where its figures stand, and what they could be instead."""
    says = _SAYS[lang]
    yield from _indented(f"{says[finding.severity]:<7}", f"{names[finding.rule]}: {getattr(finding, lang)}")
    if finding.calc:
        yield from _indented(" " * 7, finding.calc)
    if finding.figures:
        places = "; ".join(_place(by_key[key]) for key in finding.figures)
        yield from _indented(f"{'':7}{says['where']}: ", places)
    for repair in finding.repairs:
        yield from _indented(f"{'':7}{says['repair']}: ", _repair(repair, by_key, lang))
    for bound in finding.bounds:
        if (said := getattr(bound, lang)) not in getattr(finding, lang):
            yield from _indented(f"{'':7}- ", said)


def _print_table(report: Report, files: int, lang: str, everything: bool, out: TextIO) -> None:
    from bamsat.core.terms.data import shipped

    says = _SAYS[lang]
    names = {rule["code"]: rule["name"][lang] for rule in shipped("rules.yml")}
    by_key = {one.key: one for one in report.stated}
    for finding in report.findings:
        if everything or finding.severity != "fine":
            print(*_told(finding, names, by_key, lang), "", sep="\n", file=out)
    counts: Counter[str] = Counter(finding.severity for finding in report.findings)
    numbers = {severity: counts[severity] for severity in _SEVERITIES}
    print(says["sum"].format(figures=len(report.stated), files=files, **numbers), file=out)
    if counts["fine"] and not everything:
        print(says["more"], file=out)


def _print_lines(report: Report, out: TextIO) -> None:
    by_key = {one.key: one for one in report.stated}
    for finding in report.findings:
        print(json.dumps(finding.as_json(by_key), ensure_ascii=False), file=out)


def check_command(argv: list[str], english: bool, out: TextIO | None = None) -> int:
    """`bamsat check`: 1 when something fails, 2 when nothing does but not every file was read, else 0."""
    from bamsat.core.read.many import expand

    options = _parser("en" if english else "vi").parse_args(argv)
    if not find_spec("highspy") or not find_spec("numpy"):
        print(_SOLVER_MISSING, file=sys.stderr)
        return TROUBLE
    files = expand([Path(name) for name in options.files])
    if not files:
        print(_SAYS[options.lang]["none"], file=sys.stderr)
        return TROUBLE
    readings, unread = _readings(files, options.lang)
    report = _checked(readings)
    if options.format == "jsonl":
        _print_lines(report, out or sys.stdout)
    else:
        _print_table(report, len(readings), options.lang, options.all, out or sys.stdout)
    return FAILS if report.fails else TROUBLE if unread else HOLDS
