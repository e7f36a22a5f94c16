# SPDX-License-Identifier: Apache-2.0
"""What holds for every file type: spans cut out the exact text, and decomposed letters change nothing."""

import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bamsat.core.read.document import Document
from bamsat.core.read.loaders import load
from bamsat.core.read.loaders.safely import as_json, from_json
from tests.core.read.loaders.specimens import SENTENCES, TABLE, pdf, ruled, word, workbook

LEFTS = (50, 90, 190, 270, 370, 470, 560)
TOPS = (600, 560, 530, 500)

Maker = Callable[[list[str], list[list[str]]], bytes]


def text_file(lines: list[str], table: list[list[str]]) -> bytes:
    return "\n".join([*lines, *("\t".join(row) for row in table)]).encode()


def csv_file(lines: list[str], table: list[list[str]]) -> bytes:
    return "\n".join(";".join(f'"{words}"' for words in row) for row in table).encode()


def markdown_file(lines: list[str], table: list[list[str]]) -> bytes:
    rows = ["| " + " | ".join(row) + " |" for row in table]
    return "\n\n".join([*lines, "\n".join([rows[0], "|---" * len(table[0]) + "|", *rows[1:]])]).encode()


def html_file(lines: list[str], table: list[list[str]]) -> bytes:
    rows = "".join("<tr>" + "".join(f"<td>{words}</td>" for words in row) + "</tr>" for row in table)
    words = "".join(f"<p>{line}</p>" for line in lines)
    return f"<html><head><meta charset=utf-8></head><body>{words}<table>{rows}</table></body></html>".encode()


def pdf_file(lines: list[str], table: list[list[str]]) -> bytes:
    words = [(50.0, 760.0 - 40 * at, line) for at, line in enumerate(lines)]
    cells = [(LEFTS[c] + 2, TOPS[r] - 20, said[:12]) for r, row in enumerate(table) for c, said in enumerate(row)]
    return pdf([words + cells], [ruled(LEFTS, TOPS)])


MAKERS: dict[str, Maker] = {
    "bc.txt": text_file,
    "bc.csv": csv_file,
    "bc.md": markdown_file,
    "bc.html": html_file,
    "bc.pdf": pdf_file,
    "bc.docx": word,
    "bc.xlsx": lambda lines, table: workbook(("KQ", [*([line] for line in lines), *table])),
}


def check(document: Document) -> None:
    text = document.text
    assert unicodedata.is_normalized("NFC", text)
    end = 0
    for block in document.blocks:
        assert end <= block.start < block.end <= len(text)
        assert text[block.start : block.end].strip() == text[block.start : block.end]
        end = block.end
    for table in document.tables:
        assert 0 <= table.start < table.end <= len(text)
        for row in table.rows:
            for cell in row:
                assert cell is None or text[cell.start : cell.end] == cell.text
    assert from_json(as_json(document)) == document


@pytest.mark.parametrize("name", MAKERS)
def test_spans_cut_out_the_exact_text(name):
    document = load(MAKERS[name](list(SENTENCES), [list(row) for row in TABLE]), name)
    check(document)
    assert name == "bc.txt" or len(document.tables) == 1


@pytest.mark.parametrize("name", MAKERS)
def test_decomposed_letters_are_read_the_same(name):
    table = [list(row) for row in TABLE]
    apart = [[unicodedata.normalize("NFD", words) for words in row] for row in table]
    lines = [unicodedata.normalize("NFD", line) for line in SENTENCES]
    whole, mended = load(MAKERS[name](list(SENTENCES), table), name), load(MAKERS[name](lines, apart), name)
    if name == "bc.pdf":  # the specimen draws each mark as a letter of its own, which moves lines, not words
        assert "".join(mended.text.split()).startswith("".join(SENTENCES[0].split())[:40])
    else:
        assert (whole.text, whole.blocks, whole.tables) == (mended.text, mended.blocks, mended.tables)
        assert mended.notices
    check(mended)


@pytest.mark.parametrize("name", ["bc.txt", "bc.docx", "bc.xlsx", "bc.html", "bc.csv", "bc.md"])
def test_a_span_leads_back_to_its_letters(name):
    lines = [unicodedata.normalize("NFD", f"ph\u01b0\u01a1ng \u200bán {line}") for line in SENTENCES]
    table = [[unicodedata.normalize("NFD", words) for words in row] for row in TABLE]
    document = load(MAKERS[name](lines, table), name)
    last = 0
    for block in document.blocks:
        start, end = document.origin(block.start, block.end)
        words = document.text[block.start : block.end]
        assert start >= last
        assert end - start >= len(unicodedata.normalize("NFD", words))
        assert document.origin(block.start, block.start)[0] == start
        last = end


@settings(max_examples=30, deadline=None)
@given(
    st.lists(st.text(alphabet="đạt 12,5% tỷ\u0301\u200bƣ<&|;*\u00a0–", min_size=1, max_size=30), min_size=1, max_size=4)
)
def test_any_text_keeps_its_spans(lines):
    for name in ("bc.txt", "bc.docx", "bc.xlsx", "bc.csv"):
        check(load(MAKERS[name](["Năm 2021", *lines], [list(row) for row in TABLE]), name))


def test_a_path_is_read_like_its_bytes(tmp_path: Path):
    path = tmp_path / "bao-cao.docx"
    path.write_bytes(word())
    assert load(path) == load(word(), "bao-cao.docx")
