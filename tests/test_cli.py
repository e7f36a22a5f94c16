# SPDX-License-Identifier: Apache-2.0
import csv
import io
import json
import os
import subprocess
import sys

import pytest

from bamsat import cli
from bamsat.core.read import many
from bamsat.core.terms.figure import Figure, Statement

REPORT = "Năm 2021, giá trị sản xuất công nghiệp của tỉnh Cao Bằng đạt 900 tỷ đồng, tăng 12,5% so với năm 2020.\n"
STATING = "Năm 2021, sức mua trên địa bàn tăng khá so với năm trước.\n"
FIGURE_FIELDS = [field.name for field in Figure.__dataclass_fields__.values()]


@pytest.fixture
def report(tmp_path):
    path = tmp_path / "bao-cao.txt"
    path.write_text(REPORT, encoding="utf-8")
    return path


@pytest.fixture
def empty(tmp_path):
    path = tmp_path / "rong.txt"
    path.write_bytes(b"")
    return path


def run(*words):
    """The command in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "bamsat", *map(str, words)],
        capture_output=True,
        encoding="utf-8",
        check=False,
        env={**os.environ, "PYTHONUTF8": "1"},
    )


def read(capsys, *words):
    code = cli.main(["read", *map(str, words)])
    return code, *capsys.readouterr()


def test_jsonl_is_one_object_a_figure_with_exactly_the_public_fields(report, capsys):
    code, out, err = read(capsys, report, "--format", "jsonl")
    rows = [json.loads(line) for line in out.splitlines()]
    assert (code, err) == (0, "")
    assert [(row["value"], row["unit"]) for row in rows] == [(900000000000, "VND"), (12.5, "%")]
    assert all(list(row) == FIGURE_FIELDS for row in rows)
    assert all(row["doc"] == "bao-cao.txt" for row in rows)
    assert all(REPORT[row["start"] : row["end"]] == row["number"] for row in rows)


def test_csv_has_the_same_fields_and_numbers(report, capsys):
    _, out, _ = read(capsys, report, "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert list(rows[0]) == FIGURE_FIELDS
    assert [row["value"] for row in rows] == ["900000000000", "12.5"]


def test_csv_of_a_file_without_figures_still_has_its_heads(tmp_path, capsys):
    (tmp_path / "khong-so.txt").write_text("Không có số liệu nào ở đây.", encoding="utf-8")
    _, out, _ = read(capsys, tmp_path / "khong-so.txt", "--format", "csv")
    assert out.strip().split(",") == FIGURE_FIELDS


def test_the_table_is_aligned_and_speaks_vietnamese(report, capsys):
    _, out, _ = read(capsys, report)
    name, heads, rule, *rows = out.rstrip("\n").splitlines()
    assert name == "bao-cao.txt: 2"
    assert heads.startswith("Trong văn bản")
    assert "Giá trị sản xuất công nghiệp" in rows[0]
    assert "900" in rows[0]
    assert "tỷ đồng" in rows[0]
    value = heads.index("Giá trị") + len("Giá trị")
    assert [line[value - 3 : value].strip() for line in rows] == ["900", "2,5"]
    assert set(rule) <= {"─", " "}


def test_the_table_speaks_english_on_request(report, capsys):
    _, out, _ = read(capsys, report, "--lang", "en")
    assert "As written" in out
    assert "Industrial production value" in out


def test_doubts_are_told_in_the_language_asked_for(tmp_path, capsys):
    (tmp_path / "a.txt").write_text("Xuất khẩu năm 2021 của tỉnh Cao Bằng giảm 138%.\n", encoding="utf-8")
    assert "giảm quá 100%" in read(capsys, tmp_path / "a.txt")[1]
    english = read(capsys, tmp_path / "a.txt", "--lang", "en")[1]
    assert "a fall of more than 100%" in english
    assert "giảm quá" not in english


def test_statements_are_printed_on_request(tmp_path, capsys):
    (tmp_path / "a.txt").write_text(STATING, encoding="utf-8")
    _, out, _ = read(capsys, tmp_path / "a.txt", "--what", "statements", "--format", "jsonl")
    rows = [json.loads(line) for line in out.splitlines()]
    assert [(row["text"], row["sign"]) for row in rows] == [("sức mua trên địa bàn tăng khá so với năm trước", "+")]
    assert list(rows[0]) == list(Statement.__dataclass_fields__)


def test_one_bad_file_never_stops_the_rest(report, empty, tmp_path, capsys):
    code, out, err = read(capsys, empty, tmp_path / "mất.txt", report, "--format", "jsonl")
    assert code == 1
    assert len(out.splitlines()) == 2
    first, second, last = err.splitlines()
    assert "rong.txt" in first
    assert "rỗng" in first
    assert second == "mất.txt: không có tệp này. Hãy xem lại đường dẫn."
    assert last == "Không đọc được 2/3 tệp."


def test_errors_are_told_in_english_on_request(empty, capsys):
    code, _, err = read(capsys, empty, "--lang", "en")
    assert code == 1
    assert "rong.txt" in err
    assert "empty" in err


def test_a_fault_of_the_program_is_told_and_the_rest_is_read(report, tmp_path, capsys, monkeypatch):
    other = tmp_path / "hong.txt"
    other.write_text("1", encoding="utf-8")
    from bamsat.core.read import reader

    whole = reader.read
    monkeypatch.setattr(reader, "read", lambda source, name: 1 / 0 if name == "hong.txt" else whole(source, name))
    code, out, err = read(capsys, other, report, "--format", "jsonl")
    assert code == 1
    assert len(out.splitlines()) == 2
    assert "ZeroDivisionError" in err


def test_a_folder_stands_for_the_readable_files_in_it(report, tmp_path, capsys):
    (tmp_path / "sâu").mkdir()
    (tmp_path / "sâu" / "b.md").write_text(REPORT, encoding="utf-8")
    (tmp_path / "~$bao-cao.docx").write_bytes(b"x")
    (tmp_path / "anh.jpg").write_bytes(b"x")
    code, out, err = read(capsys, tmp_path, "--format", "jsonl")
    assert (code, err) == (0, "")
    assert {json.loads(line)["doc"] for line in out.splitlines()} == {"bao-cao.txt", "b.md"}


def test_an_empty_folder_is_told(tmp_path, capsys):
    code, _, err = read(capsys, tmp_path)
    assert code == 1
    assert "bamsat read" in err


def test_workers_read_the_same_in_the_same_order(tmp_path, capsys, monkeypatch):
    for place in range(5):
        (tmp_path / f"{place}.txt").write_text(REPORT.replace("900", f"90{place}"), encoding="utf-8")
    (tmp_path / "2.txt").write_bytes(b"")
    code, alone, _ = read(capsys, tmp_path, "--format", "jsonl")
    monkeypatch.setattr(many, "WORKERS_ABOVE", 0)
    assert read(capsys, tmp_path, "--format", "jsonl", "--workers", 2)[:2] == (code, alone)
    assert code == 1


def test_a_worker_that_dies_costs_only_its_own_file(tmp_path, capsys, monkeypatch):
    for name in ("a", "b", "c"):
        (tmp_path / f"{name}.txt").write_text(REPORT, encoding="utf-8")
    from bamsat.core.read import reader

    whole = reader.read
    monkeypatch.setattr(reader, "read", lambda source, name: os._exit(9) if name == "b.txt" else whole(source, name))
    monkeypatch.setattr(many, "WORKERS_ABOVE", 0)
    code, out, err = read(capsys, tmp_path, "--format", "jsonl", "--workers", 2)
    assert code == 1
    assert {json.loads(line)["doc"] for line in out.splitlines()} == {"a.txt", "c.txt"}
    assert "b.txt" in err


def test_standard_input_is_a_file_named_by_a_dash():
    done = subprocess.run(
        [sys.executable, "-m", "bamsat", "read", "-", "--format", "jsonl"],
        input=REPORT.encode(),
        capture_output=True,
        check=True,
    )
    rows = [json.loads(line) for line in done.stdout.decode().splitlines()]
    assert [row["doc"] for row in rows] == ["-", "-"]


def test_reading_loads_no_django(report):
    code = "import sys; from bamsat.cli import main; main(sys.argv[1:]); print('django' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code, "read", str(report)], capture_output=True, encoding="utf-8", check=True
    )
    assert done.stdout.rstrip().endswith("False")


def test_reading_loads_no_reader_of_a_file_type_that_did_not_come(report):
    code = "import sys; from bamsat.cli import main; main(sys.argv[1:]); print(sorted(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", code, "read", str(report)], capture_output=True, encoding="utf-8", check=True
    )
    loaded = done.stdout.splitlines()[-1]
    assert not any(
        f"'{name}'" in loaded for name in ("docx", "pdfplumber", "pypdfium2", "python_calamine", "selectolax")
    )


def test_it_stops_quietly_when_nobody_reads_on(tmp_path):
    (tmp_path / "dài.txt").write_text(REPORT * 3000, encoding="utf-8")
    command = f'"{sys.executable}" -m bamsat read "{tmp_path}" --format jsonl | head -1'
    done = subprocess.run(["bash", "-c", command], capture_output=True, encoding="utf-8", check=False)
    assert len(done.stdout.splitlines()) == 1
    assert done.stderr == ""


def test_without_words_it_says_what_it_can_do():
    done = run()
    assert done.returncode == 0
    assert "bamsat read" in done.stdout


def test_any_other_word_is_for_the_web_part(monkeypatch):
    from bamsat import manage

    given = []
    monkeypatch.setattr(manage, "main", lambda argv: given.append(argv) or 3)
    assert cli.main(["serve", "--port", "8123"]) == 3
    assert given == [["serve", "--port", "8123"]]


def test_it_refuses_a_format_it_does_not_have(report):
    done = run("read", report, "--format", "xml")
    assert done.returncode == 2
    assert "jsonl" in done.stderr
