# SPDX-License-Identifier: Apache-2.0
import io
from pathlib import Path

import pytest
from django.conf import LazySettings

from bamsat.core.terms.errors import BamsatError, FileUnreadable
from bamsat.rooms.accounts.models import AuditRecord
from bamsat.rooms.documents import reading
from bamsat.rooms.documents.actions import clean_name, read_again, read_document, receive
from bamsat.rooms.documents.models import Document, FigureState, ReadFigure, State
from bamsat.rooms.places.queries import NotAllowed
from tests import build
from tests.cast import Cast

pytestmark = pytest.mark.django_db

REPORT = """Sở Công Thương tỉnh Cao Bằng

Năm 2021, giá trị sản xuất công nghiệp tỉnh Cao Bằng ước đạt 5.300 tỷ đồng, tăng 12,77% so với năm 2020.
Kim ngạch xuất khẩu đạt 337,887 triệu USD.
"""


def files_in(settings: LazySettings) -> list[Path]:
    return sorted(path for path in (Path(settings.BAMSAT_DATA) / "files").rglob("*") if path.is_file())


# Receiving.


def test_a_file_is_kept_under_its_digest_and_its_document_waits_to_be_read(cast: Cast, settings: LazySettings) -> None:
    document = build.received(cast.specialist, REPORT, "Báo cáo năm 2021.txt")
    assert (document.state, document.name, document.size) == (
        State.WAITING,
        "Báo cáo năm 2021.txt",
        len(REPORT.encode()),
    )
    assert (document.holder, document.uploaded_by, document.received_before) == (cast.home, cast.specialist, False)
    assert files_in(settings) == [document.path]
    assert document.path.read_bytes() == REPORT.encode()
    assert document.path.relative_to(settings.BAMSAT_DATA).parts == ("files", document.sha256[:2], document.sha256[2:])


def test_the_same_bytes_twice_are_the_same_document_and_it_says_so(cast: Cast, settings: LazySettings) -> None:
    first = build.received(cast.specialist, REPORT)
    again = build.received(cast.director, REPORT, "bản sao.txt")
    assert (again, again.received_before) == (first, True)
    assert len(files_in(settings)) == 1


def test_another_office_that_sends_the_same_bytes_gets_a_document_of_its_own(
    cast: Cast, settings: LazySettings
) -> None:
    first = build.received(cast.specialist, REPORT)
    other = build.received(cast.specialist_elsewhere, REPORT)
    assert other != first
    assert (other.holder, other.received_before) == (cast.elsewhere, False)
    assert len(files_in(settings)) == 1


@pytest.mark.parametrize("pieces", [[b"a" * 10, b"b"], io.BytesIO(b"a" * 10 + b"b"), b"aaaaaaaaaab"])
def test_content_may_come_whole_or_in_pieces_or_as_a_stream(cast: Cast, pieces: object) -> None:
    assert receive(cast.specialist, "a.txt", pieces).path.read_bytes() == b"aaaaaaaaaab"  # type: ignore[arg-type]


def test_an_empty_file_and_one_over_the_limit_are_refused_and_leave_nothing(cast: Cast, settings: LazySettings) -> None:
    settings.BAMSAT_UPLOAD_LIMIT = 1024 * 1024
    for content, cause in ((b"", "empty"), (b"a" * (1024 * 1024 + 1), "too_large")):
        with pytest.raises(FileUnreadable, match=r"a\.txt") as refusal:
            receive(cast.specialist, "a.txt", content)
        assert refusal.value.cause == cause
    assert files_in(settings) == []
    assert not Document.objects.exists()


def test_one_without_a_role_sends_nothing_and_nobody_sends_for_another_place(
    cast: Cast, settings: LazySettings
) -> None:
    with pytest.raises(NotAllowed):
        build.received(cast.newcomer)
    with pytest.raises(NotAllowed):
        build.received(cast.specialist, place=cast.elsewhere)
    assert files_in(settings) == []


def test_a_clerk_may_send_and_the_administrator_for_any_place(cast: Cast) -> None:
    assert build.received(cast.clerk).holder == cast.home
    assert build.received(cast.administrator, place=cast.elsewhere).holder == cast.elsewhere
    assert build.received(cast.administrator).holder is None


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("../../etc/passwd", "passwd"), ("C:\\Users\\a\\Báo cáo.docx", "Báo cáo.docx"), ("", "khong-ten"),
        ("a\x00\u202eb.txt", "ab.txt"), ("x" * 300 + ".docx", "x" * 246 + ".docx"),
    ],
)  # fmt: skip
def test_a_name_is_only_a_name(name: str, clean: str) -> None:
    assert clean_name(name) == clean


# Reading.


def test_a_received_document_is_read_by_the_worker_without_being_asked_twice(cast: Cast) -> None:
    document = receive(cast.specialist, "bc.txt", REPORT.encode())
    document.refresh_from_db()
    assert document.state == State.READ
    assert document.figures.exists()


def test_a_document_is_read_into_figures_with_their_words(cast: Cast) -> None:
    document = read_document(build.received(cast.specialist, REPORT))
    assert (document.state, document.progress, document.error_vi) == (State.READ, 100, "")
    assert (document.place, document.media) == (cast.home, "txt")
    assert document.text == REPORT.rstrip("\n") or document.text == REPORT
    numbers = [(f.number, document.text[f.start : f.end], f.indicator, f.measure) for f in document.figures.all()]
    assert ("5.300 tỷ đồng", "5.300 tỷ đồng", "industrial_output", "level") in numbers
    assert ("12,77%", "12,77%", "industrial_output", "growth") in numbers
    level = document.figures.get(number="5.300 tỷ đồng")
    assert (level.value_text, level.unit, level.status, level.period) == ("5300000000000", "VND", "estimate", "2021")
    assert level.as_read["value"] == 5_300_000_000_000
    assert document.blocks
    assert document.blocks[0]["start"] == 0
    assert (
        document.progress_vi
        == f"Đã đọc xong: {document.figures.count()} số liệu, {document.statements.count()} nhận định."
    )


def test_reading_twice_changes_nothing(cast: Cast) -> None:
    document = read_document(build.received(cast.specialist, REPORT))
    before = list(ReadFigure.objects.order_by("pk").values())
    read_document(document)
    assert list(ReadFigure.objects.order_by("pk").values()) == before
    assert AuditRecord.objects.filter(action="documents.document.read").count() == 1


def test_what_another_worker_has_stored_meanwhile_is_not_stored_again(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = build.received(cast.specialist, REPORT)
    real = reading.store

    def store_twice(*both: object) -> None:
        real(*both)  # type: ignore[arg-type]
        real(*both)  # type: ignore[arg-type]

    monkeypatch.setattr(reading, "store", store_twice)
    found = read_document(document).figures
    assert found.count() == len(set(found.values_list("ordinal", flat=True)))


@pytest.mark.parametrize(
    ("name", "content", "cause"),
    [
        ("bao-cao.docx", b"PK\x03\x04" + b"\x00" * 40, "truncated"), ("bao-cao.txt", bytes(range(256)) * 40, "binary"),
        ("bao-cao.pdf", b"%PDF-1.7\n" + b"x" * 100, "truncated"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_read_keeps_its_bytes_and_tells_why_in_both_languages(
    cast: Cast, name: str, content: bytes, cause: str
) -> None:
    document = read_document(receive(cast.specialist, name, content))
    assert (document.state, document.error_cause) == (State.FAILED, cause)
    assert name in document.error_vi
    assert name in document.error_en
    assert document.path.read_bytes() == content
    assert not ReadFigure.objects.exists()


def test_a_fault_of_the_program_half_way_leaves_nothing_stored(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    document = build.received(cast.specialist, REPORT)
    monkeypatch.setattr(reading.ReadStatement.objects, "bulk_create", lambda *_, **__: 1 / 0)
    read_document(document)
    assert (document.state, ReadFigure.objects.count(), document.text) == (State.FAILED, 0, "")
    assert "Tệp vẫn được giữ" in document.error_vi


def test_a_document_that_failed_can_be_read_again_and_one_that_was_read_cannot(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = build.received(cast.specialist, REPORT)
    with monkeypatch.context() as broken:
        broken.setattr(reading, "store", lambda *_: 1 / 0)
        assert read_document(document).state == State.FAILED
    with pytest.raises(NotAllowed):
        read_again(cast.specialist_elsewhere, document)
    read_again(cast.specialist, document)
    document.refresh_from_db()
    assert (document.state, document.error_vi) == (State.READ, "")
    with pytest.raises(BamsatError, match="đã đọc xong"):
        read_again(cast.specialist, document)


def test_doubtful_figures_say_so_from_the_start(cast: Cast) -> None:
    document = build.document(cast.specialist, [build.stated(1, doubt="đơn vị suy ra"), build.stated(2)])
    assert [f.state for f in document.figures.all()] == [FigureState.DOUBT, FigureState.WAITING]


def test_what_the_file_says_of_itself_is_kept(cast: Cast) -> None:
    document = build.document(
        cast.specialist, title="Báo cáo", outlet="Báo Cao Bằng", dated="2021-12-30", photo="minh họa"
    )
    assert (document.title, document.outlet, str(document.dated)) == ("Báo cáo", "Báo Cao Bằng", "2021-12-30")
    assert document.attributes["photo"] == "minh họa"


def test_a_document_about_no_known_place_is_about_the_place_of_its_office(cast: Cast) -> None:
    assert build.document(cast.specialist, area=None).place == cast.home
    assert build.document(cast.specialist, area="Xứ Lạ").place == cast.home


def test_of_several_offices_of_the_sender_the_one_that_the_document_is_about_holds_it(cast: Cast) -> None:
    user = build.role(cast.specialist, "thai-binh")
    assert build.document(user, area="Thái Bình").holder == build.place("thai-binh")
    assert build.document(user, area="Cao Bằng").holder == cast.home
    assert build.document(user, area="Nghệ An").holder == cast.home
