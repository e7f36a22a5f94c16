# SPDX-License-Identifier: Apache-2.0
"""However people spoil an Excel form, each cell is taken rightly or refused by its name."""

import re
from decimal import Decimal

import pytest

from bamsat.core.forms.cells import read_typed
from bamsat.core.terms.period import Period
from bamsat.rooms.submissions.files.bundles import expected_of, workbook_of
from bamsat.rooms.submissions.files.findings import NotThisReturn
from bamsat.rooms.submissions.files.returns_in import read_return
from bamsat.rooms.submissions.filling.actions import open_return, typed_keys
from bamsat.rooms.submissions.grids import definition_of
from bamsat.rooms.submissions.models import Return
from tests import build
from tests.cast import Cast
from tests.rooms.submissions import spoiled_files, spoiled_layouts, spoiled_values
from tests.rooms.submissions.spoiled import WAYS, Book, opened_here

OCTOBER = Period.month(2026, 10)


@pytest.fixture
def sent(cast: Cast) -> Return:
    version = build.form()
    return open_return(cast.commune_official, version.form, cast.commune, OCTOBER)


@pytest.mark.django_db
@pytest.mark.parametrize("way", WAYS)
def test_a_spoiled_form_is_taken_rightly_or_refused_at_its_cell(way: str, sent: Return) -> None:
    book = Book(workbook_of(sent), list(typed_keys(definition_of(sent.version), ())))
    comes = WAYS[way](book)
    opened = opened_here(comes.data or book.saved(), comes.name)
    if comes.refused:
        with pytest.raises(NotThisReturn, match=re.escape(comes.refused)):
            read_return(opened, expected_of(sent))
        return
    found = read_return(opened, expected_of(sent))
    wanted = {**book.values, **{k: None if v is None else Decimal(v) for k, v in comes.values.items()}}
    taken = {each.key: read_typed(each.text, "triệu đồng").value for each in found.cells}
    assert taken | {each.key: None for each in found.troubles if each.key} == {
        key: value for key, value in wanted.items() if value is not None
    } | {each.key: None for each in found.troubles if each.key}
    if comes.trouble:
        assert [each.at for each in found.troubles][-1:] == [comes.trouble[0]], found.troubles
        assert comes.trouble[1] in found.troubles[-1].vi
    else:
        assert found.troubles == []
    if comes.note or comes.trouble:
        assert not comes.note or any(comes.note in each.vi for each in found.notes), found.notes
    else:
        assert found.notes == []


def test_there_are_more_than_thirty_ways() -> None:
    assert len(WAYS) > 60
    assert {way.__module__ for way in WAYS.values()} == {
        each.__name__ for each in (spoiled_files, spoiled_layouts, spoiled_values)
    }
