# SPDX-License-Identifier: Apache-2.0
import json
import subprocess
import sys

import pytest

from bamsat import cli, cli_check

HEAD = "Năm 2021, kim ngạch xuất khẩu của tỉnh Cao Bằng đạt "
RIGHT = HEAD + "337,9 triệu USD, tăng 21,4% so với năm 2020 (năm 2020 đạt 278,3 triệu USD).\n"
WRONG = RIGHT.replace("21,4%", "12,4%")
FIELDS = [
    "outcome",
    "severity",
    "rule",
    "figures",
    "sentence",
    "sentence_en",
    "calc",
    "repairs",
    "bounds",
    "because",
]


@pytest.fixture
def right(tmp_path):
    return written(tmp_path / "dung.txt", RIGHT)


@pytest.fixture
def wrong(tmp_path):
    return written(tmp_path / "sai.txt", WRONG)


def written(path, text):
    path.write_text(text, encoding="utf-8")
    return path


def check(capsys, *words):
    code = cli.main(["check", *map(str, words)])
    return code, *capsys.readouterr()


def findings(capsys, *words):
    code, out, _ = check(capsys, *words, "--format", "jsonl")
    return code, [json.loads(line) for line in out.splitlines()]


def test_figures_that_agree_exit_with_nothing_to_complain_of(right, capsys):
    code, found = findings(capsys, right)
    assert code == 0
    assert "holds" in {one["outcome"] for one in found}
    assert "fails" not in {one["outcome"] for one in found}


def test_figures_that_cannot_all_be_true_exit_with_one(wrong, capsys):
    code, found = findings(capsys, wrong)
    failing = [one for one in found if one["outcome"] == "fails"]
    assert code == 1
    assert {figure["number"].split()[0] for figure in failing[0]["figures"]} == {"337,9", "12,4%", "278,3"}
    assert failing[0]["sentence"]
    assert failing[0]["sentence_en"]


def test_jsonl_is_one_object_a_finding_with_exactly_the_public_fields(wrong, capsys):
    _, found = findings(capsys, wrong)
    assert found
    assert all(list(one) == FIELDS for one in found)
    for figure in (figure for one in found for figure in one["figures"]):
        assert (figure["doc"], WRONG[figure["start"] : figure["end"]]) == ("sai.txt", figure["number"])


def test_the_loudest_finding_comes_first(wrong, capsys):
    _, found = findings(capsys, wrong)
    order = ["error", "question", "note", "fine"]
    assert [one["severity"] for one in found] == sorted((one["severity"] for one in found), key=order.index)


def test_the_table_says_what_fails_where_and_what_would_mend_it(wrong, capsys):
    code, out, _ = check(capsys, wrong)
    assert code == 1
    assert out.startswith("SAI")
    assert "12,4%" in out
    assert "sai.txt" in out
    assert "Có thể sửa" in out
    assert "1 chỗ sai" in out.splitlines()[-1] or "1 chỗ sai" in out.splitlines()[-2]


def test_what_holds_is_counted_and_shown_on_request(right, capsys):
    short, full = check(capsys, right)[1], check(capsys, right, "--all")[1]
    assert "KHỚP" not in short
    assert short.splitlines()[-1] == "Thêm --all để xem những điều khớp."
    assert "KHỚP" in full
    assert "--all" not in full


def test_the_table_speaks_english_on_request(wrong, capsys):
    out = check(capsys, wrong, "--lang", "en")[1]
    assert out.startswith("FAILS")
    assert "1 fail" in out
    assert "SAI" not in out


def test_no_line_of_the_table_is_wider_than_a_screen(wrong, capsys):
    assert max(map(len, check(capsys, wrong, "--all")[1].splitlines())) <= 120


def test_files_are_checked_against_each_other(tmp_path, capsys):
    now = written(tmp_path / "nay.txt", HEAD + "337,9 triệu USD, tăng 21,4% so với năm 2020.\n")
    old = written(tmp_path / "truoc.txt", "Năm 2020, kim ngạch xuất khẩu của tỉnh Cao Bằng đạt 301,5 triệu USD.\n")
    _, found = findings(capsys, now, old)
    told = [{figure["doc"] for figure in one["figures"]} for one in found]
    assert {"nay.txt", "truoc.txt"} in told


def test_two_files_of_one_name_are_told_apart(tmp_path, capsys):
    for folder, text in (("a", RIGHT), ("b", WRONG)):
        (tmp_path / folder).mkdir()
        written(tmp_path / folder / "bc.txt", text)
    code, found = findings(capsys, tmp_path)
    docs = {figure["doc"] for one in found if one["outcome"] == "fails" for figure in one["figures"]}
    assert code == 1
    assert f"{tmp_path.as_posix()}/b/bc.txt" in docs


def test_a_file_that_cannot_be_read_is_told_and_the_rest_is_checked(right, tmp_path, capsys):
    empty = tmp_path / "rong.txt"
    empty.write_bytes(b"")
    code, out, err = check(capsys, empty, right, tmp_path / "mất.txt", "--format", "jsonl")
    assert code == 2
    assert out
    first, second, last = err.splitlines()
    assert "rong.txt" in first
    assert second == "mất.txt: không có tệp này. Hãy xem lại đường dẫn."
    assert last == "Không đọc được 2/3 tệp."


def test_a_failure_is_louder_than_a_file_that_cannot_be_read(wrong, tmp_path, capsys):
    assert check(capsys, tmp_path / "mất.txt", wrong)[0] == 1


def test_an_empty_folder_is_told(tmp_path, capsys):
    code, _, err = check(capsys, tmp_path)
    assert code == 2
    assert "bamsat check" in err


def test_a_document_without_figures_has_nothing_to_find(tmp_path, capsys):
    code, out, _ = check(capsys, written(tmp_path / "a.txt", "Không có số liệu nào ở đây.\n"))
    assert code == 0
    assert out == "Đã soát 0 số liệu của 1 văn bản: 0 chỗ sai, 0 chỗ cần hỏi, 0 lưu ý, 0 điều khớp.\n"


def test_without_the_solver_it_says_what_to_install(right, capsys, monkeypatch):
    monkeypatch.setattr(cli_check, "find_spec", lambda name: None)
    code, out, err = check(capsys, right)
    assert (code, out) == (2, "")
    assert err.splitlines()[0].startswith("Phần soát số liệu chưa được cài.")
    assert err.count("bamsat[check]") == 2


def test_standard_input_is_a_file_named_by_a_dash():
    command = [sys.executable, "-m", "bamsat", "check", "-", "--format", "jsonl"]
    done = subprocess.run(command, input=WRONG.encode(), capture_output=True, check=False)
    rows = [json.loads(line) for line in done.stdout.decode().splitlines()]
    assert done.returncode == 1
    assert {figure["doc"] for row in rows for figure in row["figures"]} == {"-"}


def test_checking_loads_no_django(right):
    code = "import sys; from bamsat.cli import main; main(sys.argv[1:]); print('django' in sys.modules)"
    command = [sys.executable, "-c", code, "check", str(right)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=True)
    assert done.stdout.rstrip().endswith("False")


def test_reading_loads_no_solver(right):
    code = "import sys; from bamsat.cli import main; main(sys.argv[1:]); print({'highspy', 'numpy'} & set(sys.modules))"
    command = [sys.executable, "-c", code, "read", str(right)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=True)
    assert done.stdout.rstrip().endswith("set()")


def test_it_refuses_a_format_it_does_not_have(right, capsys):
    with pytest.raises(SystemExit) as stopped:
        check(capsys, right, "--format", "csv")
    assert stopped.value.code == 2


def test_its_help_names_the_exit_codes_in_the_language_asked_for(capsys):
    for words, said in (((), "Mã thoát"), (("--lang", "en"), "Exit codes")):
        with pytest.raises(SystemExit):
            check(capsys, *words, "--help")
        assert said in capsys.readouterr().out
