# SPDX-License-Identifier: Apache-2.0
from pathlib import Path

import pytest

from bamsat.core.read.loaders import load
from bamsat.core.terms.errors import FileUnreadable
from tests.core.read.loaders.specimens import SENTENCES, TABLE

OLD = Path(__file__).parent / "files" / "bao-cao.doc"  # the Word specimen of this folder, saved as Word 97


def test_paragraphs_and_tables_are_read():
    document = load(OLD)
    assert document.media == "doc"
    assert [document.text[b.start : b.end] for b in document.blocks if b.kind == "paragraph"] == list(SENTENCES)
    assert [[cell.text for cell in row] for row in document.tables[0].rows] == [list(row) for row in TABLE]


@pytest.mark.parametrize("kept", [600, 4096, 9000])
def test_a_cut_file_is_refused(kept):
    with pytest.raises(FileUnreadable) as refused:
        load(OLD.read_bytes()[:kept], "bao-cao.doc")
    assert refused.value.cause == "truncated"
