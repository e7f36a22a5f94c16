# SPDX-License-Identifier: Apache-2.0
"""The register of an office is told to nobody else, and whatever is typed into it is words."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import docx
import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from bamsat.core.terms.errors import BamsatError
from bamsat.rooms.documents import actions_register, graph
from bamsat.rooms.documents.actions import receive
from bamsat.rooms.documents.actions_register import Line
from bamsat.rooms.documents.models import Direction, Document, Record, Relation, State
from bamsat.rooms.documents.refusing import SecretRefused
from bamsat.rooms.documents.searching import found
from bamsat.rooms.reports import actions as reports
from bamsat.rooms.reports import actions_write
from bamsat.rooms.tasks import actions
from tests.cast import Cast
from tests.rooms.documents.test_refused import MARKED, OPEN, as_docx, everything_kept
from tests.rooms.reports.office import YEAR, with_figures
from tests.rooms.tasks.told import TODAY, task
from tests.security.world import body_of

pytestmark = pytest.mark.django_db

DAY = date(2026, 9, 1)
SCRIPT = '<script>alert(1)</script><svg onload="x">'
HOSTILE = (
    '"', "'", "NEAR(", "a AND", "* OR *", "head:x", "-x", "a:*|b", "<->", "&!", "\\", "( ( (", "{head} : x", "^x",
    "x" * 5000, "a b " * 3000, "ё" * 300, "ё" * 1990, "\u202e\ud7ff", "%", "_", ";DROP TABLE x", "١٢", "²", "0" * 400,
)  # fmt: skip


def line(cast: Cast, subject: str = "Rà soát chợ", symbol: str = "12/UBND-KT", **more: object) -> Record:
    said = Line(Direction.RECEIVED, "Công văn", symbol, DAY, "UBND tỉnh", subject=subject, received_on=DAY, **more)
    return actions_register.enter(cast.clerk, cast.home, said)


def elsewhere(cast: Cast, subject: str = "Chuyện của Lạng Sơn") -> Record:
    return Record.objects.create(
        direction=Direction.RECEIVED, holder=cast.elsewhere, symbol="7/UBND-LS", key="7/ubnd-ls", subject=subject,
        year=2026,
    )  # fmt: skip


@pytest.mark.parametrize("words", HOSTILE)
def test_what_is_searched_for_is_words(cast: Cast, words: str):
    line(cast)
    client = cast.client(cast.clerk)
    for name in ("tim", "co-quan", "loai", "nam", "khan", "trang", "so", "noi"):
        assert client.get(reverse("documents:register"), {name: words}).status_code in (200, 400), name
    list(found(cast.clerk, words)[:5])
    made = line(cast, symbol="13/UBND-KT")
    assert client.get(reverse("documents:record", args=[made.uuid]), {"qh": words}).status_code == 200


@pytest.mark.parametrize("words", HOSTILE)
def test_what_is_entered_is_words(cast: Cast, words: str):
    made = line(cast, subject=words[:4000], note=words[:4000])
    assert cast.client(cast.clerk).get(reverse("documents:record", args=[made.uuid])).status_code == 200


@pytest.mark.parametrize("who", ["specialist_elsewhere", "commune_official", "reader", "newcomer", "api_client"])
def test_nobody_else_opens_searches_ties_or_downloads_it(cast: Cast, who: str):
    made, other = line(cast, "Chuyện riêng"), line(cast, "Chuyện khác", "13/UBND-KT")
    relation = actions_register.relate(cast.clerk, made, other, "based_on")
    user = getattr(cast, who)
    client = cast.client(user)
    assert client.get(reverse("documents:record", args=[made.uuid])).status_code in (403, 404)
    for address in (reverse("documents:register") + f"?tim=chuyen&noi={cast.home.slug}&so=den",):
        assert "Chuyện riêng" not in body_of(client.get(address))
    for name in ("confirm", "attach", "relate"):
        answer = client.post(reverse(f"documents:{name}", args=[made.uuid]), {"van-ban": str(other.uuid)})
        assert answer.status_code in (403, 404)
    assert client.post(reverse("documents:unrelate", args=[made.uuid, relation.pk])).status_code in (403, 404)
    assert not found(user, "chuyen rieng").exists()
    assert Relation.objects.count() == 1
    for act in (
        lambda: actions_register.confirm(user, made, Line(Direction.RECEIVED, subject="x")),
        lambda: actions_register.relate(user, made, other, "amends"),
        lambda: actions_register.unrelate(user, relation),
        lambda: actions_register.enter(user, cast.home, Line(Direction.RECEIVED, subject="x")),
    ):
        with pytest.raises(BamsatError):
            act()


def test_the_picture_stops_at_the_door_of_another_office(cast: Cast):
    """A tie across offices cannot be made; one that stands there nevertheless is not shown, nor what lies behind it."""
    made, strange, behind = line(cast), elsewhere(cast), line(cast, "Sau lưng", "14/UBND-KT")
    with pytest.raises(BamsatError):
        actions_register.relate(cast.administrator, made, strange, "based_on")
    Relation.objects.create(of=made, to=strange, kind="based_on")
    Relation.objects.create(of=strange, to=behind, kind="based_on")
    around = graph.graph(cast.clerk, made)
    assert not around.relations
    page = body_of(cast.client(cast.clerk).get(reverse("documents:record", args=[made.uuid])))
    assert "Lạng Sơn" not in page.replace(str(cast.elsewhere), "")
    assert "7/UBND-LS" not in page


def test_words_and_symbols_run_nowhere(cast: Cast):
    made = line(cast, SCRIPT, "1/<svg onload=x>", note=SCRIPT)
    other = line(cast, SCRIPT, "2/<b>", note=SCRIPT)
    actions_register.relate(cast.clerk, made, other, "based_on")
    given = task(cast, what=SCRIPT, assigner=SCRIPT, product=SCRIPT, words=SCRIPT, record=made)
    actions.assign(cast.director, given, None, (), cast.specialist, note=SCRIPT, today=TODAY)
    actions.note_progress(cast.specialist, given, SCRIPT, 10, today=TODAY)
    actions.report_done(cast.specialist, given, TODAY, SCRIPT, SCRIPT, today=TODAY)
    client = cast.client(cast.director)
    for address in (
        reverse("documents:record", args=[made.uuid]), reverse("documents:register"), reverse("tasks:list"),
        reverse("documents:register") + "?tim=script", reverse("tasks:board"), reverse("tasks:chase"),
        reverse("tasks:task", args=[given.uuid]), reverse("tasks:calendar") + "?thang=2026-09",
    ):  # fmt: skip
        text = body_of(client.get(address))
        assert "<script>alert" not in text, address
        assert "<svg onload" not in text, address


def test_tables_hold_no_formulas(cast: Cast):
    for at, start in enumerate("=+-@"):
        line(cast, f"{start}cmd|' /C calc'!A0", f"{at + 1}/UBND")
        task(cast, what=f"{start}cmd|' /C calc'!A0", assigner="=1+1", product="@SUM(1)\x0b")
    client = cast.client(cast.director)
    for address in (reverse("documents:register_download") + "?so=den&nam=2026", reverse("tasks:export_xlsx")):
        content = b"".join(client.get(address))
        book = openpyxl.load_workbook(BytesIO(content))
        cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
        assert any("cmd" in str(cell.value) for cell in cells)
        assert not [cell for cell in cells if cell.data_type == "f"]
    docx.Document(BytesIO(b"".join(client.get(reverse("tasks:export_docx")))))


# Papers marked secret, by other doors.


def test_a_secret_paper_as_evidence_is_refused_and_leaves_nothing(cast: Cast, settings):
    given = task(cast)
    actions.assign(cast.director, given, None, (), cast.specialist, today=TODAY)
    client = cast.client(cast.specialist)
    sent = {
        "on": "01/09/2026",
        "note": "xong",
        "evidence": "",
        "file": SimpleUploadedFile("kho-xang.docx", as_docx(MARKED)),
    }
    client.post(reverse("tasks:act", args=[given.uuid, "bao-xong"]), sent)
    assert Document.objects.get().state == State.REFUSED
    kept = everything_kept(settings.BAMSAT_DATA)
    assert [words for words in ("Nà Lủng", "kho-xang", "15/KH-UBND") if words in kept] == []
    page = body_of(client.get(reverse("tasks:task", args=[given.uuid])))
    assert "kho-xang" not in page
    assert client.get(reverse("documents:original", args=[Document.objects.get().uuid])).status_code == 404


def test_a_secret_paper_attached_to_a_line_leaves_nothing(cast: Cast, settings):
    made = line(cast)
    file = SimpleUploadedFile("kho-xang.docx", as_docx(MARKED))
    answer = cast.client(cast.clerk).post(reverse("documents:attach", args=[made.uuid]), {"tep": file}, follow=True)
    assert answer.status_code == 200
    made.refresh_from_db()
    assert made.document_id is None
    assert [words for words in ("Nà Lủng", "kho-xang") if words in everything_kept(settings.BAMSAT_DATA)] == []


def test_a_secret_paper_as_an_edited_report_leaves_nothing(cast: Cast, settings):
    with_figures(cast)
    report = reports.begin(cast.specialist, cast.home, "nam", YEAR)
    actions_write.write_draft(cast.specialist, report)
    with pytest.raises(SecretRefused):
        actions_write.take_edited(cast.specialist, report, "kho-xang.docx", as_docx(MARKED))
    assert report.versions.count() == 1
    assert [words for words in ("Nà Lủng", "kho-xang") if words in everything_kept(settings.BAMSAT_DATA)] == []
    assert not [
        path for path in settings.BAMSAT_DATA.rglob("*") if path.is_file() and path.read_bytes() == as_docx(MARKED)
    ]


def marked_docx(where: str, mark: str = "MẬT") -> bytes:
    made, out = docx.Document(), BytesIO()
    if where == "header":
        made.sections[0].header.paragraphs[0].text = mark
    if where == "first_header":
        made.sections[0].different_first_page_header_footer = True
        made.sections[0].first_page_header.paragraphs[0].text = mark
    if where == "table":
        made.add_table(1, 2).cell(0, 0).text = mark
    if where == "spaced":
        made.add_paragraph("M Ậ T")
    if where == "split":
        paragraph = made.add_paragraph()
        for letter in mark:
            paragraph.add_run(letter)
    if where == "footer":
        made.sections[0].footer.paragraphs[0].text = mark
    for words in OPEN:
        made.add_paragraph(words)
    made.save(out)
    return out.getvalue()


@pytest.mark.parametrize("where", ["header", "first_header", "footer", "table", "split", "spaced"])
def test_marks_in_odd_places_of_a_word_file_are_seen(cast: Cast, where: str):
    document = receive(cast.specialist, "kh.docx", marked_docx(where))
    document.refresh_from_db()
    assert document.state == State.REFUSED


@pytest.mark.parametrize("mark", ["TỐI MẬT", "Tuyệt mật", "MẬT", "Mật", "TO\u0302\u0301I MA\u0323\u0302T", "MẬT\u00a0"])
def test_marks_however_they_are_written_are_seen(cast: Cast, mark: str):
    document = receive(cast.specialist, "kh.docx", as_docx([OPEN[0], mark, *OPEN[1:]]))
    document.refresh_from_db()
    assert document.state == State.REFUSED
