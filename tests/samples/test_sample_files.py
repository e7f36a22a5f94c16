# SPDX-License-Identifier: Apache-2.0
"""The five sample reports and the sample letter: small, marked as samples, and what scripts/make_samples.py writes."""

import hashlib
import importlib
import re
import sys
import zipfile
from pathlib import Path

import pypdfium2
import pytest

ROOT = Path(__file__).parents[2]
SHIPPED = ROOT / "src" / "bamsat" / "data" / "samples"
MARK = re.compile(r"mẫu kèm theo phần mềm Bám Sát")


@pytest.fixture(scope="module")
def maker():
    sys.path.insert(0, str(ROOT / "scripts"))
    try:
        yield importlib.import_module("make_samples")
    finally:
        sys.path.remove(str(ROOT / "scripts"))


def words_of(path: Path) -> str:
    """All the text of a file, however it is packed."""
    if path.suffix == ".pdf":
        with pypdfium2.PdfDocument(path) as pdf:
            return " ".join(page.get_textpage().get_text_range() for page in pdf)
    if path.suffix in (".docx", ".xlsx"):
        with zipfile.ZipFile(path) as parts:
            return " ".join(parts.read(name).decode() for name in parts.namelist() if name.endswith(".xml"))
    return path.read_text(encoding="utf-8")


def content(path: Path) -> object:
    """What two writings of a file must share: an archive's parts, else its bytes."""
    if path.suffix in (".docx", ".xlsx"):
        with zipfile.ZipFile(path) as parts:
            return {name: hashlib.sha256(parts.read(name)).hexdigest() for name in parts.namelist()}
    return path.read_bytes()


def test_there_is_one_of_each_kind_that_departments_send():
    reports = [path for path in SHIPPED.iterdir() if "-nam-" in path.name]
    assert sorted(path.suffix for path in reports) == [".docx", ".html", ".pdf", ".txt", ".xlsx"]


def test_each_is_small():
    assert {path.name: path.stat().st_size for path in SHIPPED.iterdir() if path.stat().st_size > 150_000} == {}


def test_each_says_that_it_is_a_sample():
    unmarked = [path.name for path in SHIPPED.iterdir() if not MARK.search(" ".join(words_of(path).split()))]
    assert unmarked == []


def test_the_script_writes_them_again_just_so(maker, tmp_path):
    for sample in maker.SAMPLES:
        if sample.NAME.endswith(".pdf"):
            continue  # its type comes from the machine's fonts: see the next test
        written = maker.write_one(sample, tmp_path)
        assert content(written) == content(SHIPPED / sample.NAME), sample.NAME


def test_the_pdf_says_every_word_of_its_source(maker):
    printed = re.sub(r"\W", "", words_of(SHIPPED / maker.thai_binh.NAME))
    said = [text for _, text in maker.thai_binh.PARTS] + [cell for row in maker.thai_binh.TABLE for cell in row]
    assert [text for text in said if re.sub(r"\W", "", text) not in printed] == []


def test_the_pdf_has_two_pages():
    with pypdfium2.PdfDocument(SHIPPED / "thai-binh-nam-2020.pdf") as pdf:
        assert len(pdf) == 2
