# SPDX-License-Identifier: Apache-2.0
"""A document is checked when it was read, and again whenever something is said of one of its figures."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from django.core.management import call_command
from django.test import Client

from bamsat.rooms.catalogue.models import Indicator
from bamsat.rooms.documents.actions import read_document
from bamsat.rooms.documents.models import Document, FigureState, ReadFigure
from bamsat.rooms.figures import actions, rechecking
from bamsat.rooms.figures.checking import check_document, stated_figures
from bamsat.rooms.figures.knowledge import knowledge
from bamsat.rooms.figures.known_stated import place_key
from bamsat.rooms.findings.actions import accept_as_is
from bamsat.rooms.findings.models import Finding, Severity, State
from tests import build
from tests.build import growth, stated
from tests.cast import Cast

pytestmark = pytest.mark.django_db
HTMX = {"hx-request": "true"}

# 530 over 470 is 12,77 percent more, and not 17,27.
WRONG = (
    "Năm 2021, tỉnh Cao Bằng. Kim ngạch nhập khẩu năm 2020 đạt 470,0 triệu USD. "
    "Kim ngạch nhập khẩu năm 2021 đạt 530,0 triệu USD, tăng 17,27% so với năm 2020. "
    "Giá trị sản xuất công nghiệp năm 2021 đạt 5.300 tỷ đồng."
)


@pytest.fixture(autouse=True)
def _catalogue(cast: Cast) -> None:
    build.catalogue()


@pytest.fixture
def document(cast: Cast) -> Document:
    """Four figures, of which three cannot all be true."""
    return read_document(build.received(cast.specialist, WRONG))


def the_error(document: Document) -> Finding:
    return Finding.objects.get(document=document, severity=Severity.ERROR, state=State.OPEN)


def growth_of(document: Document) -> ReadFigure:
    return document.figures.get(measure="growth")


def address(document: Document, rest: str = "") -> str:
    return f"/van-ban/{document.uuid}/{rest}"


def page(client: Client, where: str) -> str:
    return " ".join(client.get(where).content.decode().split())


# Checking.


def test_a_document_that_was_read_has_its_findings(document: Document):
    finding = the_error(document)
    assert {part.figure.number for part in finding.parts.all()} == {"470,0 triệu USD", "530,0 triệu USD", "17,27%"}
    assert finding.place == document.office
    assert finding.data["repairs"]


def test_a_correction_that_mends_the_conflict_closes_the_finding(cast: Cast, document: Document):
    finding = the_error(document)
    actions.correct(cast.specialist, growth_of(document), value="12,77", unit="%")
    finding.refresh_from_db()
    assert (finding.state, finding.settled_by) == (State.CORRECTED, cast.specialist)
    assert not Finding.objects.filter(document=document, severity=Severity.ERROR, state=State.OPEN).exists()


def test_a_rejected_figure_is_left_out_and_comes_back_when_it_is_reopened(cast: Cast, document: Document):
    finding, figure = the_error(document), growth_of(document)
    actions.reject(cast.specialist, figure)
    finding.refresh_from_db()
    assert finding.state == State.GONE
    actions.reopen(cast.specialist, figure)
    finding.refresh_from_db()
    assert finding.state == State.OPEN


def test_what_was_left_as_it_is_stays_so_while_its_figures_stay(cast: Cast, document: Document):
    accept_as_is(cast.specialist, the_error(document), "Nguồn công bố như vậy")
    actions.accept(cast.head, growth_of(document))
    assert Finding.objects.get(document=document, severity=Severity.ERROR).state == State.ACCEPTED


def test_figures_that_cannot_all_be_true_are_not_taken_with_the_others(cast: Cast, document: Document):
    done = actions.accept_all(cast.head, document, include_doubtful=True)
    told = {part.figure_id for part in the_error(document).parts.all()}
    assert told == {left.figure.pk for left in done.left}
    assert all(left.vi.startswith("Mâu thuẫn: ") for left in done.left)


def test_a_figure_says_what_it_says_after_corrections_and_who_vouches_for_it(cast: Cast, document: Document):
    figure = growth_of(document)
    actions.correct(cast.specialist, figure, value="12,77", unit="%")
    actions.accept(cast.head, figure)
    told = {one.key: one for one in stated_figures(document, list(document.figures.all()))}
    one = told[str(figure.uuid)]
    assert (one.figure.value, one.weight) == (Decimal("12.77"), Decimal(4))
    assert one.place == place_key(cast.home)
    assert "530,0 triệu USD" in one.near


def test_a_document_is_checked_against_the_ledger_without_its_own_entries(cast: Cast):
    level = {"number": "4.700 tỷ đồng", "period": "2020"}
    earlier = build.document(cast.specialist, [stated("4700000000000", **level)])
    actions.accept(cast.head, earlier.figures.get())
    now = [stated("5300000000000", number="5.300 tỷ đồng"), growth("17.27", number="17,27%")]
    document = build.document(cast.specialist, now)
    check_document(document)
    finding = Finding.objects.exclude(severity=Severity.FINE).get(document=document, rule="growth")
    assert [part.entry is not None for part in finding.parts.all()].count(True) == 1
    assert not Finding.objects.filter(document=earlier).exists()


def test_a_withdrawn_entry_is_gone_from_the_check_of_its_document(cast: Cast, document: Document):
    figure = document.figures.get(indicator="industrial_output")
    entry = actions.accept(cast.head, figure)
    actions.withdraw(cast.head, entry, "Nhầm kỳ")
    assert the_error(document)
    figure.refresh_from_db()
    assert figure.state == FigureState.WAITING


def test_a_long_document_is_checked_by_a_worker(
    cast: Cast, document: Document, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks
):
    monkeypatch.setattr(rechecking, "AT_ONCE", 2)
    with django_capture_on_commit_callbacks() as callbacks:
        actions.reject(cast.specialist, growth_of(document))
    assert len(callbacks) == 1
    assert the_error(document)
    rechecking.check_later.call(str(document.uuid))
    assert not Finding.objects.filter(document=document, severity=Severity.ERROR, state=State.OPEN).exists()


def test_a_fault_of_the_check_stops_nobody(cast: Cast, document: Document, monkeypatch: pytest.MonkeyPatch, caplog):
    def breaks(*_args: object) -> None:
        raise ArithmeticError

    monkeypatch.setattr("bamsat.core.check.checking.check", breaks)
    actions.reject(cast.specialist, growth_of(document))
    assert growth_of(document).state == FigureState.REJECTED
    assert the_error(document)
    assert "checking document" in caplog.text


def test_checking_asks_as_many_questions_for_many_figures_as_for_few(cast: Cast, django_assert_max_num_queries):
    figures = [stated(n * 1000, indicator=f"product:thứ {n}", number=f"{n}", unit="tấn") for n in range(1, 121)]
    document = build.document(cast.specialist, figures)
    with django_assert_max_num_queries(30):
        check_document(document)


def test_the_check_knows_the_catalogue_of_the_department(cast: Cast):
    own = knowledge()
    assert own.adds_up["industrial_output"] == "flow"
    Indicator.objects.filter(code="industrial_output").update(adds_up="stock", name_vi="Tên của Sở")
    assert (knowledge().adds_up["industrial_output"], knowledge().names["industrial_output"].vi) == (
        "stock",
        "Tên của Sở",
    )
    assert knowledge() is knowledge()
    assert cast.commune
    assert knowledge(cast.home).children[str(cast.home.pk)] == (str(cast.commune.pk),)


# The page.


def test_the_page_shows_what_cannot_all_be_true_and_marks_its_figures(cast: Cast, document: Document):
    shown = page(cast.client(cast.head), address(document))
    assert "3 số không thể cùng đúng" in shown
    assert the_error(document).vi.split("(")[0].split("“")[0] in shown
    assert len(re.findall(r'<a class="fg is-bad', shown)) == 3
    assert "Mâu thuẫn <b>3</b>" in shown
    assert "Nhận 1 số không có nghi ngờ" in shown


def test_the_card_offers_repairs_that_fill_the_correction(cast: Cast, document: Document):
    client, figure = cast.client(cast.head), growth_of(document)
    card = page(client, address(document, f"?so={figure.ordinal}"))
    assert "Sửa thành 12,77%" in card
    form = re.search(
        rf'<form method="post" action="{address(document, f"so/{figure.ordinal}/sua/")}"[^>]*>(.*?)</form>', card
    )
    fields = dict(re.findall(r'name="(\w+)" value="([^"]*)"', form[1]))
    fields.pop("csrfmiddlewaretoken", None)
    client.post(address(document, f"so/{figure.ordinal}/sua/"), fields)
    figure.refresh_from_db()
    assert figure.value == Decimal("12.77")
    assert "không thể cùng đúng" not in page(client, address(document))


def test_mending_by_htmx_brings_the_findings_lines_and_marks_anew(cast: Cast, document: Document):
    client, figure = cast.client(cast.head), growth_of(document)
    answer = client.post(
        address(document, f"so/{figure.ordinal}/sua/"), {"value": "12,77", "unit": "%"}, headers=HTMX
    )  # fmt: skip
    told = " ".join(answer.content.decode().split())
    assert re.search(r'<div id="phat-hien" hx-swap-oob="true"> *</div>', told)
    assert "không thể cùng đúng" not in told
    assert f'class="fig open is-wait" id="so-{figure.ordinal}"' in told
    assert len(re.findall(r'<li class="fig is-wait"[^>]*hx-swap-oob="true"', told)) == 2
    assert len(re.findall(r'<a class="fg is-wait[^>]*hx-swap-oob="true"', told)) == 3
    assert "Mâu thuẫn" not in told.partition('id="tien-do"')[2].partition('id="nhan-het"')[0]


def test_in_a_very_long_document_the_whole_list_comes_anew(
    cast: Cast, document: Document, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("bamsat.rooms.figures.shown.LISTED", 2)
    figure = growth_of(document)
    answer = cast.client(cast.head).post(
        address(document, f"so/{figure.ordinal}/sua/"), {"value": "12,77", "unit": "%"}, headers=HTMX
    )
    assert (answer["HX-Retarget"], answer["HX-Reswap"]) == ("#danh-sach", "outerHTML")
    assert "không thể cùng đúng" not in answer.content.decode()


def test_an_act_that_changes_no_finding_answers_its_line_alone(cast: Cast, document: Document):
    other = document.figures.get(indicator="industrial_output")
    answer = cast.client(cast.specialist).post(address(document, f"so/{other.ordinal}/nhan/"), headers=HTMX)
    assert "HX-Retarget" not in answer
    assert f'id="so-{other.ordinal}"' in answer.content.decode()


def test_figures_are_left_as_they_are_for_a_reason_that_stays(cast: Cast, document: Document):
    client, finding = cast.client(cast.head), the_error(document)
    where = address(document, f"phat-hien/{finding.uuid}/de-nguyen/")
    assert client.post(where, {"ly-do": " ", "so": "1"}).status_code == 302
    assert the_error(document) == finding
    answer = client.post(where, {"ly-do": "Cục Thống kê công bố như vậy", "so": "3"}, headers=HTMX)
    assert answer["HX-Retarget"] == "#danh-sach"
    told = " ".join(answer.content.decode().split())
    assert 'class="fig open' in told
    assert "Phát hiện đã xử lý" in told
    finding.refresh_from_db()
    assert (finding.state, finding.reason) == (State.ACCEPTED, "Cục Thống kê công bố như vậy")
    assert "Nhận 4 số không có nghi ngờ" in page(client, address(document))


def test_nobody_else_leaves_figures_as_they_are(cast: Cast, document: Document):
    where = address(document, f"phat-hien/{the_error(document).uuid}/de-nguyen/")
    assert cast.client(cast.specialist_elsewhere).post(where, {"ly-do": "x"}).status_code == 404
    assert cast.client(cast.clerk).post(where, {"ly-do": "x"}).status_code == 403
    other = build.document(cast.specialist, [stated("1")])
    elsewhere = address(other, f"phat-hien/{the_error(document).uuid}/de-nguyen/")
    assert cast.client(cast.head).post(elsewhere, {"ly-do": "x"}).status_code == 404


def test_a_clerk_reads_the_finding_without_buttons(cast: Cast, document: Document):
    shown = page(cast.client(cast.clerk), address(document, f"?so={growth_of(document).ordinal}"))
    assert "3 số không thể cùng đúng" in shown
    assert "Sửa thành" not in shown
    assert "Để nguyên" not in shown


def test_a_finding_that_speaks_of_the_ledger_is_not_seen_by_whom_the_ledger_is_closed_to(cast: Cast):
    from bamsat.rooms.catalogue.models import IndicatorSet, SetMember
    from bamsat.rooms.findings import queries
    from bamsat.rooms.places.models import PlaceRole

    earlier = build.document(cast.specialist, [stated("4700000000000", number="4.700 tỷ đồng", period="2020")])
    actions.accept(cast.head, earlier.figures.get())
    now = [stated("5300000000000", number="5.300 tỷ đồng"), growth("17.27", number="17,27%")]
    document = build.document(cast.specialist, now)
    check_document(document)
    finding = Finding.objects.exclude(severity=Severity.FINE).get(document=document, rule="growth")
    assert finding in queries.findings(cast.specialist)
    exports = IndicatorSet.objects.create(code="chi-xuat-khau", name_vi="Chỉ xuất khẩu")
    SetMember.objects.create(set=exports, indicator=Indicator.objects.get(code="exports"), order=1)
    PlaceRole.objects.get(user=cast.specialist).sets.add(exports)
    assert finding not in queries.findings(cast.specialist)


def test_a_corrected_period_mends_a_total_that_ended_before_its_last_round(cast: Cast):
    text = (
        "Năm 2021, tỉnh Cao Bằng. Đợt 3, từ tháng 6 đến tháng 12/2021, ngành điện giảm tiền điện 3,926 tỷ đồng. "
        "Tính chung cả 3 đợt, từ tháng 5/2020 đến tháng 6/2021, số tiền điện được giảm là 35,625 tỷ đồng."
    )
    document = read_document(build.received(cast.specialist, text))
    finding = Finding.objects.get(document=document, rule="window", severity=Severity.ERROR)
    client = cast.client(cast.specialist)
    total = document.figures.get(number__startswith="35,625")
    shown = page(client, address(document, f"?so={total.ordinal}"))
    assert "Sửa kỳ: từ tháng 5/2020 đến tháng 12/2021" in shown
    client.post(address(document, f"so/{total.ordinal}/sua/"), {"period": "2020-05/2021-12"})
    finding.refresh_from_db()
    assert finding.state == State.CORRECTED
    assert "không thể cùng đúng" not in page(client, address(document))


def test_documents_read_before_there_was_a_check_are_checked_from_the_terminal(
    cast: Cast, document: Document, capsys: pytest.CaptureFixture[str]
):
    of = {"indicator": "imports", "unit": "USD"}
    levels = [
        stated("530000000", number="530 triệu USD", **of),
        stated("470000000", number="470 triệu USD", period="2020", **of),
    ]
    other = build.document(cast.specialist, [*levels, growth("17.27", number="17,27%", indicator="imports")])
    call_command("check_documents")
    assert "1 văn bản" in capsys.readouterr().out
    assert Finding.objects.filter(document=other).exists()
    call_command("check_documents", "--all")
    assert "2 văn bản, 0 phát hiện mới" in capsys.readouterr().out
    assert the_error(document)
