# SPDX-License-Identifier: Apache-2.0
"""Files that mean harm, sent as returns: each is refused in words, alone and among others, and nothing else suffers."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from bamsat.core.terms.period import Period
from bamsat.rooms.submissions.files import actions_many as many
from bamsat.rooms.submissions.files import opening
from bamsat.rooms.submissions.files.bundles import blank, workbook_of
from bamsat.rooms.submissions.filling.actions import open_return
from bamsat.rooms.submissions.models import Return
from tests import build
from tests.cast import Cast
from tests.rooms.submissions.spoiled import Book
from tests.security.workbooks import HOSTILE, workbook

OCTOBER = Period.month(2026, 10)
LIES = {
    "not the attribute it looks for": workbook(
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c s="0" r="XFD1048576"><v>1</v></c></row>'
    ),
    "a program": b"MZ\x90\x00" + b"\0" * 400,
    "a web page": b"<html><script>alert(1)</script></html>",
    "encrypted": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le") + b"\0" * 4096,
    "one endless line": b"a;" * 3_000_000,
    "markup that grows": b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><r>&b;</r>',
}
ALL = {**{name: make() for name, make in HOSTILE.items()}, **LIES}


@pytest.fixture
def sent(cast: Cast) -> Return:
    version = build.form()
    return open_return(cast.commune_official, version.form, cast.commune, OCTOBER)


@pytest.mark.django_db
@pytest.mark.parametrize("name", ALL)
def test_a_harmful_file_is_refused_in_words(name: str, sent: Return, cast: Cast) -> None:
    client = cast.client(cast.commune_official)
    file = SimpleUploadedFile("bieu.xlsx", ALL[name])
    answer = client.post(reverse("submissions:workbook_in", args=[sent.uuid]), {"tep": file})
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()
    assert Return.objects.get(pk=sent.pk).cells == {}


@pytest.mark.django_db
def test_among_others_it_costs_only_itself(sent: Return, cast: Cast) -> None:
    good = Book(workbook_of(blank(sent.version, cast.commune, OCTOBER)), ["food.now"]).saved()
    uploads = [(f"{number}.xlsx", data) for number, data in enumerate(ALL.values())]
    batch = many.run(many.receive(cast.specialist, [*uploads, ("tot.xlsx", good)], now=True))
    assert batch.files.filter(done=True, filled=None).count() == len(ALL)
    assert Return.objects.get(pk=sent.pk).texts == {"food.now": "10,5"}


@pytest.mark.django_db
def test_an_archive_that_swells_or_lies_is_refused(cast: Cast) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.xlsx", b" " * 300_000_000)
    client = cast.client(cast.specialist)
    answer = client.post(reverse("submissions:batches"), {"tep": [SimpleUploadedFile("a.zip", out.getvalue())]})
    assert answer.status_code == 422
    assert "bị từ chối" in answer.content.decode()


@pytest.mark.django_db
def test_names_in_an_archive_lead_nowhere(cast: Cast) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("../../../etc/bieu.xlsx", b"x")
        archive.writestr("C:\\thu muc\\bieu2.xlsx", b"x")
    batch = many.receive(cast.specialist, [("a.zip", out.getvalue())], now=True)
    assert [each.name for each in batch.files.all()] == ["bieu.xlsx", "bieu2.xlsx"]


def test_a_file_that_kills_or_hangs_the_reader_is_passed_over(tmp_path: object, monkeypatch: object) -> None:
    files = []
    for number, data in enumerate((LIES["a program"], ALL["far apart"], b"a;b\n1;2\n")):
        path = tmp_path / str(number)  # type: ignore[operator]
        path.write_bytes(data)
        files.append(opening.Source(path, f"{number}.xlsx"))
    monkeypatch.setattr(opening, "MEGABYTES", 300)  # type: ignore[attr-defined]
    answers = list(opening.open_many(files))
    assert len(answers) == 3
    assert [type(each).__name__ for each in answers[:2]] == ["FileUnreadable", "FileUnreadable"]
