# SPDX-License-Identifier: Apache-2.0
"""An office's own Word template: looked through before it is used, put back, and downloaded."""

import io

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from bamsat.core.report.docx import tags_in
from bamsat.core.terms.errors import FileUnreadable
from bamsat.core.terms.period import Period
from bamsat.rooms.accounts.models import AuditRecord
from bamsat.rooms.figures.actions import accept
from bamsat.rooms.places.queries import NotAllowed
from bamsat.rooms.reports.content.asked import Asked
from bamsat.rooms.reports.content.compose import compose
from bamsat.rooms.reports.content.kinds import kinds
from bamsat.rooms.reports.models import Template
from bamsat.rooms.reports.templating.actions import TemplateRefused, drop_template, put_back, put_template
from bamsat.rooms.reports.templating.queries import codes_of, in_force, template_in_force
from bamsat.rooms.reports.writing import write
from tests import build
from tests.cast import HOME

pytestmark = pytest.mark.django_db

PAGE = f"/bao-cao/mau/nam/?noi={HOME}"


@pytest.fixture(autouse=True)
def _catalogue(cast):
    build.catalogue()


def word(*paragraphs: str) -> bytes:
    """A Word file of these paragraphs."""
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


GOOD = word("{{ co_quan }}", "{{p noi_dung }}", 'Riêng công nghiệp {{r dat("industrial_output") }}.')
WRONG = word("{{ co_quam }}", "{%p for ct in chi_tieu() %}", '{{r so("industrial_outptu") }}')


def test_a_template_without_mistakes_comes_into_force_and_is_signed_for(cast):
    row = put_template(cast.head, cast.home, "nam", "Mẫu của Sở.docx", GOOD, "theo quy chế mới")
    assert template_in_force(cast.home, "nam") == GOOD
    assert in_force(cast.home, "nam") == row
    assert in_force(cast.home, "thang") is None
    told = AuditRecord.objects.filter(action="reports.template.put").get()
    assert (told.reason, told.details["kind"], told.details["sha256"]) == ("theo quy chế mới", "nam", row.sha256)


def test_a_template_with_mistakes_is_refused_with_all_of_them_and_the_old_one_stays(cast):
    put_template(cast.head, cast.home, "nam", "tot.docx", GOOD)
    with pytest.raises(TemplateRefused) as refused:
        put_template(cast.head, cast.home, "nam", "sai.docx", WRONG)
    told = [(each.place_vi, each.vi) for each in refused.value.mistakes]
    assert told == [
        ("đoạn 1", "“co_quam”: không có trường này; gần nhất: co_quan"),
        ("đoạn 2", "“for” không có endfor"),
        ("đoạn 3", "“industrial_outptu”: không có chỉ tiêu này; gần nhất: industrial_output"),
    ]
    assert template_in_force(cast.home, "nam") == GOOD
    assert Template.objects.count() == 1


def test_only_who_defines_forms_at_the_place_sets_its_templates(cast):
    for user in (cast.specialist, cast.clerk, cast.specialist_elsewhere, cast.reader):
        with pytest.raises(NotAllowed):
            put_template(user, cast.home, "nam", "mau.docx", GOOD)
    with pytest.raises(NotAllowed):
        put_template(cast.head, cast.elsewhere, "nam", "mau.docx", GOOD)


def test_a_template_is_dropped_and_put_back_and_nothing_is_lost(cast):
    row = put_template(cast.head, cast.home, "nam", "mau.docx", GOOD)
    drop_template(cast.head, cast.home, "nam", "thử lại")
    assert template_in_force(cast.home, "nam") is None
    with pytest.raises(TemplateRefused):
        drop_template(cast.head, cast.home, "nam")
    put_back(cast.head, row)
    assert template_in_force(cast.home, "nam") == GOOD
    assert Template.objects.count() == 3


def test_the_same_file_again_changes_nothing(cast):
    put_template(cast.head, cast.home, "nam", "mau.docx", GOOD)
    with pytest.raises(TemplateRefused, match="chính là mẫu đang dùng"):
        put_template(cast.head, cast.home, "nam", "mau-2.docx", GOOD)


def test_a_file_that_is_no_word_file_is_refused(cast):
    with pytest.raises(FileUnreadable):
        put_template(cast.head, cast.home, "nam", "mau.docx", b"PK not a zip")


def test_a_template_may_name_the_codes_of_the_catalogue_and_the_sections_of_its_kind(cast):
    build.catalogue()
    codes = codes_of("thang")
    assert codes.indicators["industrial_output"] == "Giá trị sản xuất công nghiệp"
    assert "main" in codes.sets
    assert "san-xuat-cong-nghiep" in codes.sections


def test_a_report_of_the_ledger_is_written_into_the_template_with_its_entries(cast):
    entry = accept(cast.head, build.figure(cast.specialist, build.stated("5300000000000")))
    composed = compose(cast.specialist, Asked("nam", cast.home, Period.year(2021)))
    tags = tags_in(write(composed, "docx", template=GOOD))
    last = tags[-1]
    assert last.text.replace("\xa0", " ") == "5.300 tỷ đồng"
    assert last.entries == (str(entry.uuid),)


# Pages.


def test_the_page_lists_every_mistake_beside_its_words(cast):
    sent = SimpleUploadedFile("sai.docx", WRONG)
    answer = cast.client(cast.head).post(PAGE, {"tep": sent, "ly-do": ""})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "có 3 chỗ phải sửa" in page
    assert "<mark>{{ co_quam }}</mark>" in page
    assert "gần nhất: industrial_output" in page


def test_the_page_puts_a_template_in_force_and_offers_it_again_later(cast):
    client = cast.client(cast.head)
    assert client.post(PAGE, {"tep": SimpleUploadedFile("mẫu Sở.docx", GOOD), "ly-do": "mới"}).status_code == 302
    page = client.get(PAGE).content.decode()
    assert "mẫu Sở.docx" in page
    row = Template.objects.get()
    assert client.post(f"/bao-cao/mau/nam/bo/?noi={HOME}").status_code == 302
    assert "Dùng lại mẫu này" in client.get(PAGE).content.decode()
    assert client.post(f"/bao-cao/mau/nam/{row.pk}/dung-lai/?noi={HOME}").status_code == 302
    assert template_in_force(cast.home, "nam") == GOOD
    sent = client.get(f"/bao-cao/mau/nam/{row.pk}.docx?noi={HOME}")
    assert b"".join(sent.streaming_content) == GOOD


def test_the_starting_template_has_no_mistake_and_comes_into_force_as_it_is(cast):
    client = cast.client(cast.head)
    start = client.get(f"/bao-cao/mau/thang/bat-dau.docx?noi={HOME}")
    assert start.status_code == 200
    put_template(cast.head, cast.home, "thang", "mau.docx", start.content)
    assert template_in_force(cast.home, "thang") == start.content


def test_a_specialist_sees_the_page_and_changes_nothing(cast):
    client = cast.client(cast.specialist)
    page = client.get(PAGE).content.decode()
    assert "Soát và dùng mẫu này" not in page
    assert client.post(f"/bao-cao/mau/nam/bo/?noi={HOME}").status_code == 403
    answer = client.post(PAGE, {"tep": SimpleUploadedFile("mau.docx", GOOD)})
    assert (answer.status_code, Template.objects.count()) == (422, 0)


def test_another_office_sees_none_of_it(cast):
    put_template(cast.head, cast.home, "nam", "mau.docx", GOOD)
    client = cast.client(cast.specialist_elsewhere)
    assert client.get(PAGE).status_code == 404
    assert client.get(f"/bao-cao/mau/nam/{Template.objects.get().pk}.docx?noi={HOME}").status_code == 404
    assert "mau.docx" not in client.get("/bao-cao/mau/").content.decode()


def test_the_list_shows_every_kind_with_what_is_in_force(cast):
    put_template(cast.head, cast.home, "nam", "mau.docx", GOOD)
    page = cast.client(cast.specialist).get(f"/bao-cao/mau/?noi={HOME}").content.decode()
    assert page.count("Trình bày có sẵn") == len(kinds()) - 1
    assert page.count("Mẫu riêng") == 1
