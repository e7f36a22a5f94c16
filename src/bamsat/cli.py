# SPDX-License-Identifier: Apache-2.0
"""The command `bamsat`: `read` prints what documents say, `check` what cannot be true; the web part does the rest."""

from __future__ import annotations

import argparse
import csv
import json
import os
import sys
from collections.abc import Iterator
from dataclasses import fields
from decimal import Decimal
from pathlib import Path
from typing import Any, TextIO

Row = dict[str, Any]

_SAYS = {
    "vi": {
        "about": "Đọc văn bản, in ra số liệu kèm nguồn.",
        "files": "tệp hoặc thư mục; - là đầu vào chuẩn",
        "format": "cách in (mặc định: table)",
        "what": "in số liệu, nhận định không số, văn bản viện dẫn, ý kiến chỉ đạo hay thể thức (mặc định: figures)",
        "lang": "ngôn ngữ của thông báo và đầu cột (mặc định: vi)",
        "workers": "số tiến trình khi các tệp lớn hơn 32 MB",
        "none": "Không có tệp nào đọc được trong thư mục đã cho. Hãy chỉ một tệp, ví dụ: bamsat read bao-cao.docx",
        "failed": "Không đọc được {n}/{all} tệp.",
        "nothing": "(không có số liệu)",
        "nothing_else": "(không có)",
        "unit": "tệp",
    },
    "en": {
        "about": "Read documents, print their figures with their sources.",
        "files": "a file or a folder; - is standard input",
        "format": "how to print (default: table)",
        "what": "figures, statements without numbers, documents cited, instructions, the letterhead (default: figures)",
        "lang": "language of messages and heads (default: vi)",
        "workers": "processes when the files are larger than 32 MB",
        "none": "No readable file in the given folder. Name a file, for example: bamsat read report.docx",
        "failed": "{n} of {all} files could not be read.",
        "nothing": "(no figures)",
        "nothing_else": "(none)",
        "unit": "file",
    },
}
_USAGE = """bamsat read FILE...   đọc văn bản, in số liệu / read documents, print figures
bamsat check FILE...  soát số liệu của các văn bản / check the figures of documents against each other
bamsat serve          chạy trang web / run the web pages
bamsat trail verify   kiểm tra nhật ký có bị sửa, xóa / check that the audit trail is whole
bamsat trail export   xuất nhật ký ra CSV / write the audit trail as CSV
bamsat report KIND    viết báo cáo từ số đã duyệt / write a report from approved figures
bamsat lint FILE      soát số của báo cáo sắp ký với sổ / hold a report's numbers against the ledger
bamsat publish FOLDER công bố số đã duyệt thành Parquet / publish approved figures as Parquet
bamsat index documents lập lại chỉ mục tìm văn bản / make the documents' search index anew
bamsat follow         cả vòng việc: nhận, đọc, soát, đề xuất, nhắc / the whole loop, once or --every MINUTES
bamsat help           các lệnh quản trị / the administrator's commands
bamsat --version"""

# Columns of the printed table: field, head in Vietnamese, head in English, widest.
_FIGURE_COLUMNS = (
    ("number", "Trong văn bản", "As written", 28),
    ("indicator", "Chỉ tiêu", "Indicator", 34),
    ("segment", "Phân tổ", "Segment", 24),
    ("measure", "Cách đo", "Measure", 14),
    ("value", "Giá trị", "Value", 26),
    ("unit", "Đơn vị", "Unit", 22),
    ("period", "Kỳ", "Period", 17),
    ("base", "So với", "Base", 17),
    ("area", "Địa bàn", "Area", 18),
    ("status", "Trạng thái", "Status", 10),
    ("at", "Ở đâu", "Where", 18),
    ("doubt", "Còn ngờ", "Doubt", 40),
)
_STATEMENT_COLUMNS = (
    ("text", "Nhận định", "Statement", 90),
    ("sign", "Chiều", "Sign", 8),
    ("indicator", "Chỉ tiêu", "Indicator", 34),
    ("period", "Kỳ", "Period", 17),
    ("at", "Ở đâu", "Where", 18),
)
_DOCUMENT_COLUMNS = (
    ("type", "Loại", "Type", 24),
    ("symbol", "Số, ký hiệu", "Symbol", 24),
    ("date", "Ngày", "Date", 10),
    ("issuer", "Cơ quan ban hành", "Issuer", 40),
    ("about", "Về việc", "About", 60),
    ("kind", "Cách nêu", "Told as", 12),
    ("relation", "Quan hệ", "Relation", 12),
    ("at", "Ở đâu", "Where", 18),
)
_LETTERHEAD_COLUMNS = (
    ("type", "Loại", "Type", 16),
    ("symbol", "Số, ký hiệu", "Symbol", 24),
    ("date", "Ngày", "Date", 10),
    ("issuer", "Cơ quan ban hành", "Issuer", 40),
    ("subject", "Trích yếu", "Subject", 60),
    ("authority", "Quyền ký", "Authority", 24),
    ("signer", "Người ký", "Signer", 24),
    ("urgency", "Độ khẩn", "Urgency", 12),
    ("secrecy", "Độ mật", "Secrecy", 10),
)
_INSTRUCTION_COLUMNS = (
    ("text", "Nội dung", "Asked", 90),
    ("kind", "Loại", "Kind", 12),
    ("who", "Ai làm", "Who", 36),
    ("supporting", "Phối hợp", "Supporting", 36),
    ("by_when", "Thời hạn", "By when", 28),
    ("due", "Hạn chót", "Due", 10),
    ("product", "Sản phẩm", "Product", 14),
    ("indicators", "Chỉ tiêu", "Indicators", 34),
    ("said_by", "Ai nói", "Said by", 30),
    ("at", "Ở đâu", "Where", 18),
)
_COLUMNS = {
    "figures": _FIGURE_COLUMNS,
    "statements": _STATEMENT_COLUMNS,
    "documents": _DOCUMENT_COLUMNS,
    "letterhead": _LETTERHEAD_COLUMNS,
    "instructions": _INSTRUCTION_COLUMNS,
}
_WORDS = {
    "level": "mức", "growth": "tăng trưởng", "change": "tăng giảm", "plan_ratio": "so kế hoạch", "share": "tỷ trọng",
    "index": "chỉ số", "contribution": "đóng góp", "ratio": "tỷ số", "actual": "thực hiện", "estimate": "ước",
    "target": "kế hoạch", "forecast": "dự báo", "+": "tăng", "-": "giảm", "0": "giữ", "plan>100": "vượt KH",
    "named": "nêu tên", "nested": "trong tên khác", "set": "nhiều văn bản", "directive": "chỉ đạo",
    "generic": "nói chung", "certificate": "giấy tờ", "based_on": "căn cứ", "carries_out": "thực hiện",
    "amends": "sửa đổi", "replaces": "thay thế", "answers": "trả lời", "cites": "viện dẫn",
    "khan": "khẩn", "thuong_khan": "thượng khẩn", "hoa_toc": "hỏa tốc", "mat": "mật", "toi_mat": "tối mật",
    "tuyet_mat": "tuyệt mật", "instruction": "chỉ đạo", "requirement": "yêu cầu", "commitment": "cam kết",
    "proposal": "kiến nghị", "solution": "giải pháp", "objective": "mục tiêu", "programme": "chương trình",
    "contingency": "ứng phó", "condition": "điều kiện", "emulation": "thi đua",
}  # fmt: skip
_LARGE = {
    "VND": ((10**9, "tỷ đồng"), (10**6, "triệu đồng")),
    "USD": ((10**6, "triệu USD"),),
    "kWh": ((10**6, "triệu kWh"),),
}


_TRANSLATED = ("measure", "status", "sign", "kind", "relation", "urgency", "secrecy")


def _indicator_names(lang: str) -> dict[str, str]:
    from bamsat.core.terms.data import shipped

    return {entry["code"]: entry["name"][lang] for entry in shipped("indicators.yml")}


def _amount(row: Row, lang: str) -> tuple[str, str]:
    """Value and unit as people write them: 844.000 tỷ đồng."""
    from bamsat.core.terms.numbers import format_number
    from bamsat.core.terms.unit import unit_name

    values = [Decimal(str(row[field])) for field in ("value", "value_high") if row[field] is not None]
    unit = row["unit"] if row["unit"][:1] in "%‰" else unit_name(row["unit"], lang)
    for scale, name in _LARGE.get(row["unit"], ()):
        if abs(values[0]) >= scale:
            values, unit = [value / scale for value in values], name
            break
    written = "–".join(format_number(value) for value in values)
    return (f"{written}/{format_number(Decimal(str(row['of'])))}" if row["of"] is not None else written), unit


def _shown(row: Row, names: dict[str, str], lang: str) -> Row:
    from bamsat.core.read.doubts import in_english

    shown = {field: "" if value is None else str(value) for field, value in row.items()}
    shown |= {field: "; ".join(map(str, value)) for field, value in row.items() if isinstance(value, list)}
    if "value" in row:
        shown["value"], shown["unit"] = _amount(row, lang)
    if "indicator" in row:
        shown["indicator"] = names.get(row["indicator"], row["indicator"].partition(":")[2] or row["indicator"])
    if lang == "en" and shown.get("doubt"):
        shown["doubt"] = in_english(shown["doubt"])
    if lang == "vi":
        shown |= {field: _WORDS.get(shown[field], shown[field]) for field in _TRANSLATED if field in row}
    return shown


def _cut(text: str, width: int) -> str:
    text = " ".join(text.split())
    return text if len(text) <= width else text[: width - 1] + "…"


def _print_table(rows: list[Row], columns: tuple[tuple[str, str, str, int], ...], lang: str, out: TextIO) -> None:
    names = _indicator_names(lang)
    heads = [head_vi if lang == "vi" else head_en for _, head_vi, head_en, _ in columns]
    shown = [_shown(row, names, lang) for row in rows]
    lines = [[_cut(row[field], width) for field, _, _, width in columns] for row in shown]
    used = [at for at, (field, *_) in enumerate(columns) if field == "number" or any(line[at] for line in lines)]
    widths = {at: max(len(heads[at]), *(len(line[at]) for line in lines)) for at in used}
    right = {at for at in used if columns[at][0] == "value"}
    for line in [heads, ["─" * widths.get(at, 0) for at in range(len(columns))], *lines]:
        cells = [line[at].rjust(widths[at]) if at in right else line[at].ljust(widths[at]) for at in used]
        print("  ".join(cells).rstrip(), file=out)


def _fields(what: str) -> list[str]:
    from bamsat.core.terms.directive import Citation, Instruction, Letterhead
    from bamsat.core.terms.figure import Figure, Statement

    if what == "letterhead":
        return ["doc", *(field.name for field in fields(Letterhead))]
    rows = {"figures": Figure, "statements": Statement, "documents": Citation, "instructions": Instruction}
    return [field.name for field in fields(rows[what])]


def _in_one(values: Any) -> Any:
    """A list or an object in one cell of CSV; a span as name:start:end."""
    if isinstance(values, dict):
        return json.dumps(values, ensure_ascii=False)
    if not isinstance(values, list):
        return values
    return ";".join(":".join(map(str, each)) if isinstance(each, list) else str(each) for each in values)


class _Output:
    """Prints the rows of one file after the other."""

    def __init__(self, form: str, what: str, lang: str, out: TextIO) -> None:
        self.form, self.what, self.lang, self.out = form, what, lang, out
        self.csv = csv.DictWriter(out, _fields(what)) if form == "csv" else None
        if self.csv:
            self.csv.writeheader()

    def write(self, name: str, rows: tuple[Row, ...]) -> None:
        if self.form == "jsonl":
            for row in rows:
                print(json.dumps(row, ensure_ascii=False), file=self.out)
        elif self.csv:
            for row in rows:
                self.csv.writerow({field: _in_one(v) for field, v in row.items()})
        else:
            self._write_table(name, rows)

    def _write_table(self, name: str, rows: tuple[Row, ...]) -> None:
        print(f"{name}: {len(rows)}", file=self.out)
        if rows:
            _print_table(list(rows), _COLUMNS[self.what], self.lang, self.out)
        else:
            print(_SAYS[self.lang]["nothing" if self.what == "figures" else "nothing_else"], file=self.out)
        print(file=self.out)


def _parser(lang: str) -> argparse.ArgumentParser:
    says = _SAYS[lang]
    parser = argparse.ArgumentParser("bamsat read", description=says["about"])
    parser.add_argument("files", nargs="+", metavar="FILE", help=says["files"])
    parser.add_argument("--format", choices=("table", "jsonl", "csv"), default="table", help=says["format"])
    parser.add_argument("--what", choices=tuple(_COLUMNS), default="figures", help=says["what"])
    parser.add_argument("--lang", choices=("vi", "en"), default="vi", help=says["lang"])
    parser.add_argument("--workers", type=int, default=None, metavar="N", help=says["workers"])
    return parser


def _readings(files: list[Path], workers: int | None, unit: str) -> Iterator[Any]:
    """Each file's rows; a bar on standard error when someone is watching many files."""
    from bamsat.core.read.many import read_file, read_many

    on_disk = [file for file in files if str(file) != "-"]
    if len(on_disk) < len(files):
        yield read_file(sys.stdin.buffer.read(), "-")
    readings = read_many(on_disk, workers)
    if len(on_disk) > 1 and sys.stderr.isatty():
        from tqdm import tqdm

        yield from tqdm(readings, total=len(on_disk), unit=f" {unit}", file=sys.stderr, leave=False)
    else:
        yield from readings


def _wants_english(argv: list[str]) -> bool:
    """The language of the help, before the words are understood."""
    return any(
        word == "--lang=en" or (word == "--lang" and after == "en")
        for word, after in zip(argv, [*argv[1:], ""], strict=False)
    )


def read_command(argv: list[str], out: TextIO | None = None) -> int:
    """`bamsat read`: 0 when every file was read, 1 when some were not."""
    from bamsat.core.read.many import expand

    options = _parser("en" if _wants_english(argv) else "vi").parse_args(argv)
    says, files = _SAYS[options.lang], expand([Path(name) for name in options.files])
    if not files:
        print(says["none"], file=sys.stderr)
        return 1
    output = _Output(options.format, options.what, options.lang, out or sys.stdout)
    failed = 0
    for read in _readings(files, options.workers, says["unit"]):
        if read.error:
            failed += 1
            said = getattr(read.error, options.lang)
            print(said if read.name in said else f"{read.name}: {said}", file=sys.stderr)
        else:
            output.write(read.name, getattr(read, options.what))
    if failed and len(files) > 1:
        print(says["failed"].format(n=failed, all=len(files)), file=sys.stderr)
    return 1 if failed else 0


def main(argv: list[str] | None = None) -> int:
    """The command's entry: its words without the program's name; the answer is the exit code."""
    argv = sys.argv[1:] if argv is None else argv
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    if not argv or argv[0] in ("-h", "--help"):
        print(_USAGE)
        return 0
    if argv[0] == "--version":
        from bamsat import __version__

        print(__version__)
        return 0
    if argv[0] not in ("read", "check"):
        from bamsat.manage import main as manage

        return manage(["import_figures", *argv[1:]] if argv[0] == "import" else argv)
    try:
        if argv[0] == "check":
            from bamsat.cli_check import check_command

            return check_command(argv[1:], _wants_english(argv[1:]))
        return read_command(argv[1:])
    except BrokenPipeError:  # who reads our output has enough (bamsat read ... | head)
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
