# SPDX-License-Identifier: Apache-2.0
"""A return as XML: it keeps to the published schema, comes in as it went out, and is refused by its line."""

import pytest
from lxml import etree

from bamsat.core.terms.errors import FileUnreadable
from bamsat.core.terms.period import Period
from bamsat.rooms.submissions.files.actions import take_file
from bamsat.rooms.submissions.files.findings import NotThisReturn
from bamsat.rooms.submissions.files.xml_out import as_xml, schema
from bamsat.rooms.submissions.filling.actions import Change, open_return, save_cells
from bamsat.rooms.submissions.grids import grid_of
from bamsat.rooms.submissions.models import Origin, Return
from tests import build
from tests.cast import Cast

OCTOBER = Period.month(2026, 10)


@pytest.fixture
def sent(cast: Cast) -> Return:
    version = build.form()
    return open_return(cast.commune_official, version.form, cast.commune, OCTOBER)


def told(cells: str, form: str = "ban-le-thang", place: str = "xa-nha", period: str = "2026-10") -> bytes:
    return (
        f'<?xml version="1.0"?>\n<return xmlns="urn:bamsat:return:1"><form>{form}</form>\n'
        f'<place code="{place}">Xã Nhà</place><period>{period}</period>\n<cells>\n{cells}\n</cells></return>'
    ).encode()


@pytest.mark.django_db
def test_what_goes_out_keeps_to_the_schema(sent: Return, cast: Cast) -> None:
    changes = [Change("food.now", "1.234,5"), Change("cars.now", "", why="chưa có số"), Change("fuel.now", "12 tr")]
    save_cells(cast.commune_official, sent, changes, note="gửi <sớm> & đủ")
    document = etree.fromstring(as_xml(grid_of(Return.objects.get(pk=sent.pk))))
    etree.XMLSchema(etree.fromstring(schema())).assertValid(document)
    names = {"r": "urn:bamsat:return:1"}
    food = document.find("r:cells/r:cell[@key='food.now']/r:value", names)
    assert (food.text, food.get("unit")) == ("1234.5", "triệu đồng")
    assert document.find("r:cells/r:cell[@key='cars.now']/r:note", names).text == "chưa có số"


@pytest.mark.django_db
def test_what_goes_out_comes_in_the_same(sent: Return, cast: Cast) -> None:
    changes = [Change("food.now", "1.234,5"), Change("fuel.now", "0", why="không phát sinh"), Change("cars.now", "-5")]
    save_cells(cast.commune_official, sent, changes, note="đủ")
    data = as_xml(grid_of(Return.objects.get(pk=sent.pk)))
    other = open_return(cast.specialist, sent.form, cast.other_commune, OCTOBER)
    moved = data.replace(b'code="xa-nha"', b'code="xa-ben"')
    taken = take_file(cast.specialist, other, "phieu.xml", moved)
    assert taken.read.troubles == []
    kept = Return.objects.get(pk=other.pk)
    assert kept.texts == {"food.now": "1.234,5", "fuel.now": "0", "cars.now": "−5"}
    assert (kept.note, kept.cells["fuel.now"]["why"]) == ("đủ", "không phát sinh")
    assert kept.cells["food.now"]["o"] == Origin.XML


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("cells", "at", "says"),
    [
        ('<cell row="food" column="now"><value>1.234,5</value></cell>', "dòng 5", "Hãy viết như 1234.5"),
        ('<cell row="gold" column="now"><value>1</value></cell>', "dòng 5", "không có ô “gold.now”"),
        ('\n<cell row="food"><value>1</value></cell>', "dòng 6", "thiếu row và column"),
        ('<cell row="food" column="now"><value unit="tỷ đồng">1</value></cell>', "dòng 5", "biểu dùng “triệu đồng”"),
        ('<cell row="food" column="now"><so>1</so></cell>', "dòng 5", "Không có phần <so>"),
        ('<cell row="food" column="now"><value>1</value></cell>\n<cell row="food" column="now"><value>2</value></cell>',
         "dòng 6", "có hai lần"),
        ('<cell row="food" column="now"><text>12 tr</text></cell>', "dòng 5", "chưa đọc được thành số"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_at_its_line(cells: str, at: str, says: str, sent: Return, cast: Cast) -> None:
    taken = take_file(cast.commune_official, sent, "phieu.xml", told(cells))
    assert [each.at for each in taken.read.troubles] == [at]
    assert says in taken.read.troubles[0].vi


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("data", "says"),
    [
        (told("", form="dien-thang"), "<form>"), (told("", place="xa-ben"), "<place>"),
        (told("", period="2026-09"), "<period>"),
    ],
)  # fmt: skip
def test_another_return_is_refused(data: bytes, says: str, sent: Return, cast: Cast) -> None:
    with pytest.raises(NotThisReturn, match=says):
        take_file(cast.commune_official, sent, "phieu.xml", data)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("data", "says"),
    [
        (told("<cell").replace(b"</cells>", b""), "hỏng ở dòng"),
        (b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY e SYSTEM "file:///etc/x">]><return>&e;</return>', "thực thể"),
        (b'<?xml version="1.0"?><return>' + b"<a>" * 100 + b"</a>" * 100 + b"</return>", "quá sâu"),
        (told(f'<cell row="food" column="now"><text>{"a" * 5000}</text></cell>'), "quá nhiều chữ"),
    ],
)  # fmt: skip
def test_harmful_or_broken_markup_is_refused(data: bytes, says: str, sent: Return, cast: Cast) -> None:
    with pytest.raises(FileUnreadable, match=says):
        take_file(cast.commune_official, sent, "phieu.xml", data)


@pytest.mark.django_db
def test_the_schema_is_published(cast: Cast) -> None:
    response = cast.client(cast.commune_official).get("/bieu-mau/nap/return.xsd")
    assert response.status_code == 200
    assert etree.XMLSchema(etree.fromstring(response.content)) is not None
