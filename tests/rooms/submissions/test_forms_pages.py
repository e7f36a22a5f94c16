# SPDX-License-Identifier: Apache-2.0
"""Pages on which forms are listed, shown and defined: who gets in, and nothing that was typed is lost."""

from dataclasses import replace
from html.parser import HTMLParser

import pytest
import yaml
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from bamsat.rooms.submissions.defining import actions
from bamsat.rooms.submissions.defining.shipped import shipped_forms
from bamsat.rooms.submissions.models import Form, FormVersion
from tests import build

pytestmark = pytest.mark.django_db


def own_form(cast):
    return build.form("cua-so", place=cast.home, set=None)


def page_of(client, route, *args, **query):
    answer = client.get(reverse(f"submissions:{route}", args=args), query)
    assert answer.status_code == 200
    return answer.content.decode()


def fields(html):
    """What a browser would send of the editor's form: names and values."""

    class Reader(HTMLParser):
        def __init__(self):
            super().__init__()
            self.inside, self.select, self.found = False, None, []

        def handle_starttag(self, tag, attrs):
            given = dict(attrs)
            if tag == "form":
                self.inside = "define" in (given.get("class") or "")
            if not self.inside:
                return
            if tag == "input" and given.get("name"):
                if given.get("type") != "checkbox" or "checked" in given:
                    self.found.append(
                        (given["name"], given.get("value") or ("on" if given.get("type") == "checkbox" else ""))
                    )
            elif tag == "select":
                self.select = [given["name"], None]
            elif tag == "option" and self.select and (self.select[1] is None or "selected" in given):
                self.select[1] = given.get("value", "")
            elif tag == "textarea":
                self.found.append((given["name"], ""))

        def handle_endtag(self, tag):
            if tag == "form":
                self.inside = False
            if tag == "select" and self.select:
                self.found.append(tuple(self.select))
                self.select = None

    reader = Reader()
    reader.feed(html)
    posted: dict[str, list[str]] = {}
    for name, value in reader.found:
        posted.setdefault(name, []).append(value or "")
    return posted


def edited(cast, user=None, **posted):
    """The editor's page posted back with some fields changed; answers the draft."""
    client = cast.client(user or cast.head)
    code = "cua-so"
    html = page_of(client, "form_edit", code, **({"mo": posted.pop("mo")} if "mo" in posted else {}))
    answer = client.post(reverse("submissions:form_edit", args=[code]), fields(html) | posted)
    return answer, FormVersion.objects.get(form__code=code, in_use=False)


@pytest.fixture
def draft(cast):
    return actions.draft_version(cast.head, own_form(cast).form)


# Who gets in.


def test_everybody_who_sees_figures_sees_the_forms_but_only_definers_may_add(cast):
    own_form(cast)
    for user in (cast.specialist, cast.commune_official, cast.head):
        html = page_of(cast.client(user), "forms")
        assert "Báo cáo công tác phát triển chợ" in html
        assert ("Thêm biểu" in html) == (user == cast.head)


def test_an_office_elsewhere_does_not_see_an_offices_own_form(cast):
    own_form(cast)
    assert "Biểu cua-so" not in page_of(cast.client(cast.specialist_elsewhere), "forms")
    address = reverse("submissions:form", args=["cua-so"])
    assert cast.client(cast.specialist_elsewhere).get(address).status_code == 404
    assert cast.client(cast.commune_official).get(address).status_code == 200


def test_a_draft_is_seen_by_who_may_define_alone(cast, draft):
    address = reverse("submissions:form", args=["cua-so"])
    assert cast.client(cast.head).get(address, {"phien-ban": draft.number}).status_code == 200
    assert cast.client(cast.specialist).get(address, {"phien-ban": draft.number}).status_code == 404
    assert f"Bản {draft.number}<" not in cast.client(cast.specialist).get(address).content.decode()
    assert cast.client(cast.specialist).get(reverse("submissions:form_edit", args=["cua-so"])).status_code == 403


def test_everybodys_form_is_not_edited_by_an_office(cast):
    build.forms()
    address = reverse("submissions:form_draft", args=["ban-le-thang"])
    assert cast.client(cast.director).post(address).status_code == 403
    assert cast.client(cast.administrator).post(address).status_code == 302


@pytest.mark.parametrize("code", [said["code"] for said in shipped_forms()])
def test_every_shipped_form_is_shown_in_both_languages(cast, code):
    client = cast.client(cast.specialist)
    form = build.form(code).form
    vietnamese = page_of(client, "form", code)
    assert form.name_vi in vietnamese
    client.cookies["django_language"] = "en"
    english = client.get(reverse("submissions:form", args=[code]), headers={"Accept-Language": "en"}).content.decode()
    assert form.name_en.split(",")[0] in english
    assert "{month}" not in vietnamese + english


def test_a_form_by_practice_says_so_and_the_circulars_form_does_not(cast):
    client = cast.client(cast.specialist)
    assert "Theo thông lệ, không theo thông tư" in page_of(client, "form", "ban-le-thang")
    html = page_of(client, "form", "bieu-10-sct-bct")
    assert "Theo thông lệ, không theo thông tư" not in html
    assert "34/2022/TT-BCT" in html
    assert "17:00 ngày 14/03 năm sau" in html


# The editor.


@pytest.mark.parametrize("code", [said["code"] for said in shipped_forms()])
def test_saving_the_editor_untouched_changes_nothing_that_a_form_says(cast, code):
    like = build.form(code)
    Form.objects.filter(pk=build.form("cua-so", place=cast.home, set=None).form.pk).update(name_vi="Của Sở")
    actions.draft_version(cast.head, Form.objects.get(code="cua-so"), like.definition)
    answer, kept = edited(cast, do="save")
    assert answer.status_code == 302
    found, roles = kept.parsed, like.parsed
    assert set(found.checks) == set(roles.checks)
    assert set(found.approves) == set(roles.approves)
    assert replace(found, checks=roles.checks, approves=roles.approves) == roles


def test_rows_are_added_copied_moved_indented_and_removed_by_buttons_alone(cast, draft):
    def codes():
        draft.refresh_from_db()
        return [row["code"] for row in draft.definition["rows"]]

    before = codes()
    edited(cast, do="row:below:0")
    assert codes() == [before[0], "r_2", *before[1:]]
    edited(cast, do="row:copy:1")
    edited(cast, do="row:up:2")
    assert codes()[:3] == [before[0], "r_3", "r_2"]
    edited(cast, do="row:in:1")
    draft.refresh_from_db()
    assert draft.definition["rows"][1]["level"] == 1
    edited(cast, do="row:remove:1")
    edited(cast, do="row:remove:1")
    assert codes() == before


def test_what_a_button_leaves_unsaid_is_kept(cast, draft):
    edited(cast, do="column:down:0", **{"row-2-name_vi": "Gạo, ngô"})
    draft.refresh_from_db()
    assert draft.definition["rows"][2]["name"] == {"vi": "Gạo, ngô", "en": "Food"}
    assert [each["code"] for each in draft.definition["columns"]][:2] == ["previous", "year_ago"]


def test_the_details_of_a_row_are_opened_and_said(cast, draft):
    answer, _kept = edited(cast, do="row:open:3")
    assert answer["Location"].endswith("?mo=row-3#row-3")
    _answer, kept = edited(
        cast, mo="row-3", do="save", **{"row-3-segment": "retail_group=petrol", "row-3-optional": "on",
        "row-3-columns": "previous, now", "row-3-decimals": "2"},
    )  # fmt: skip
    row = kept.definition["rows"][3]
    assert row["segment"] == {"retail_group": "petrol"}
    assert (row["optional"], row["columns"], row["decimals"]) == (True, ["previous", "now"], 2)


def test_a_breakdown_is_found_by_the_name_of_its_code(cast, draft):
    html = page_of(cast.client(cast.head), "form_codes", tim="xi mang")
    assert 'data-code="product=cement"' in html
    _answer, kept = edited(cast, mo="row-3", do="save", **{"row-3-segment_add": "partner=CN"})
    assert kept.definition["rows"][3]["segment"] == {"retail_group": "clothing", "partner": "CN"}


def test_an_indicator_is_chosen_by_code_or_by_name(cast, draft):
    _answer, kept = edited(cast, do="save", **{"row-2-indicator": "Kim ngạch xuất khẩu", "row-2-indicator_code": ""})
    assert kept.definition["rows"][2]["indicator"] == "exports"
    _answer, kept = edited(cast, do="save", **{"row-2-indicator": "x", "row-2-indicator_code": "imports"})
    assert kept.definition["rows"][2]["indicator"] == "imports"


SPOILED = [
    ({"row-2-code": "Có dấu"}, "row-2", "chữ thường không dấu"),
    ({"row-2-name_vi": ""}, "row-2", "thiếu tên"),
    ({"row-2-indicator": "khong co", "row-2-indicator_code": ""}, "row-2", "không có chỉ tiêu “khong co”"),
    ({"row-2-unit": "xu xu"}, "row-2", "không có đơn vị tính “xu xu”"),
    ({"row-1-formula": "sum(parts"}, "row-1", "Không hiểu công thức"),
    ({"row-1-formula": "sum(khong_co)"}, "row-1", "công thức nhắc “khong_co”"),
    ({"row-1-formula": "total"}, "row-1", "công thức vòng về chính nó"),
    ({"row-3-code": "food"}, "row-2", "mã này có hai lần"),
    ({"column-2-fill": "computed"}, "column-2", "phải có formula"),
    ({"column-3-formula": "now / khong_co"}, "column-3", "công thức nhắc “khong_co”"),
    ({"column-2-period": "hom_qua"}, "column-2", "chỉ nhận"),
    ({"kinds": []}, "chung", "chưa nói loại nơi nào gửi"),
    ({"deadline_day": "40"}, "chung", "40"),
    ({"deadline_time": "25h"}, "chung", "25h"),
]  # fmt: skip


@pytest.mark.parametrize(("typed", "where", "told"), SPOILED)
def test_what_is_wrong_is_told_where_it_stands_and_stays_typed(cast, draft, typed, where, told):
    answer, _kept = edited(cast, do="save", **typed)
    assert answer.status_code == 302
    html = page_of(cast.client(cast.head), "form_edit", "cua-so")
    part = html.partition(f'id="{where}"')[2].partition("</li>" if "-" in where else "</section>")[0]
    assert told in part
    for value in typed.values():
        assert not value or value in html
    assert "Lưu và đưa vào dùng" in html


def test_a_draft_is_put_in_use_from_the_page(cast, draft):
    answer, _kept = edited_and_used(cast, first_month="01/2027", note="thêm cột")
    assert answer.status_code == 302
    draft.refresh_from_db()
    assert draft.in_use
    assert draft.first_month == 2027 * 12
    assert draft.note == "thêm cột"


@pytest.mark.parametrize("month", ["", "tháng sau", "13/2026", "12/2019"])
def test_a_month_that_cannot_be_is_refused_on_the_page(cast, draft, month):
    answer, _kept = edited_and_used(cast, first_month=month)
    assert answer.status_code == 400
    draft.refresh_from_db()
    assert not draft.in_use


def edited_and_used(cast, **posted):
    client = cast.client(cast.head)
    html = page_of(client, "form_edit", "cua-so")
    return client.post(reverse("submissions:form_edit", args=["cua-so"]), fields(html) | posted | {"do": "use"}), None


def test_the_second_who_saves_keeps_what_was_typed_and_may_save_again(cast, draft):
    client = cast.client(cast.director)
    posted = fields(page_of(client, "form_edit", "cua-so")) | {"do": "save", "row-2-name_vi": "Gạo của giám đốc"}
    edited(cast, do="save", **{"row-2-name_vi": "Gạo của trưởng phòng"})
    answer = client.post(reverse("submissions:form_edit", args=["cua-so"]), posted)
    html = answer.content.decode()
    assert answer.status_code == 400
    assert "đã lưu bản soạn này" in html
    assert "Gạo của giám đốc" in html
    client.post(reverse("submissions:form_edit", args=["cua-so"]), fields(html) | {"do": "save"})
    draft.refresh_from_db()
    assert draft.definition["rows"][2]["name"]["vi"] == "Gạo của giám đốc"


def test_nonsense_from_a_script_is_no_error_of_ours(cast, draft):
    client, address = cast.client(cast.head), reverse("submissions:form_edit", args=["cua-so"])
    for posted in (
        {}, {"do": "row:below:999999999"}, {"do": "row:x:1"}, {"do": ":::"}, {"rows": "9999999", "columns": "-1"},
        {"rows": "1", "row-0-rest": "[[[", "row-0-code": "a"},
        {"rows": "1", "row-0-rest": '{"level": {"a": 1}, "name": 5}'},
        {"columns": "1", "column-0-rest": '{"segment": 5, "choices": "x", "name": []}', "column-0-more": "1"},
        {"where": "=;;a;b=;", "deadline": "month"},
    ):  # fmt: skip
        assert client.post(address, posted).status_code in (302, 400)
        assert client.get(address).status_code == 200


# Files.


def test_a_definition_goes_out_as_a_file_and_comes_back_as_a_draft(cast):
    first = own_form(cast)
    client = cast.client(cast.head)
    answer = client.get(reverse("submissions:form_file", args=["cua-so", first.number]))
    said = yaml.safe_load(answer.content)
    assert said["definition"] == first.definition
    said["definition"]["frequency"] = "quarter"
    upload(client, yaml.safe_dump(said, allow_unicode=True).encode())
    assert FormVersion.objects.get(form=first.form, in_use=False).parsed.frequency == "quarter"


@pytest.mark.parametrize(
    "content",
    [b"", b"\xff\xfe", b"a: [", b"- 1", b"a: &x 1\nb: *x\ncolumns: []", b"columns: " + b"[" * 50, b"x" * 600_000],
)
def test_a_file_that_holds_no_definition_is_refused_in_words(cast, content):
    first = own_form(cast)
    client = cast.client(cast.head)
    html = upload(client, content)
    assert 'class="error"' in html or "Tệp" in html or "Dòng" in html
    assert not FormVersion.objects.filter(form=first.form, in_use=False).exists()


def upload(client, content):
    address = reverse("submissions:form_upload", args=["cua-so"])
    answer = client.post(address, {"file": SimpleUploadedFile("x.yml", content)}, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


# Forms as a whole.


def test_a_form_is_made_on_a_page_and_dropped_again(cast):
    client = cast.client(cast.head)
    answer = client.post(
        reverse("submissions:form_add"), {"name_vi": "Chợ phiên", "place": cast.home.slug, "by_practice": "on"}
    )
    assert answer["Location"] == reverse("submissions:form_edit", args=["cho-phien"])
    assert Form.objects.get(code="cho-phien").place == cast.home
    assert "chưa nói chỉ tiêu" in client.get(answer["Location"]).content.decode()
    client.post(reverse("submissions:form_withdraw", args=["cho-phien"]))
    assert not Form.objects.filter(code="cho-phien").exists()


def test_a_form_without_a_name_is_refused_with_what_was_typed(cast):
    answer = cast.client(cast.head).post(
        reverse("submissions:form_add"), {"name_vi": " ", "basis": "Văn bản 12", "place": cast.home.slug}
    )
    assert answer.status_code == 400
    assert "Văn bản 12" in answer.content.decode()


def test_an_office_takes_a_form_ends_it_and_spares_a_place_on_the_page(cast):
    build.forms()
    client = cast.client(cast.director)
    answer = client.post(reverse("submissions:form_take", args=["ban-le-thang"]), {"place": cast.home.slug})
    own = Form.objects.get(replaces__code="ban-le-thang")
    assert answer["Location"] == reverse("submissions:form_edit", args=[own.code])
    assert cast.commune
    client.post(
        reverse("submissions:form_spare", args=["ban-le-thang"]),
        {"noi-ma": cast.commune.slug, "tu": "10/2026", "reason": "lũ"},
    )
    html = page_of(client, "form", "ban-le-thang")
    assert "được miễn" in html
    assert "lũ" in html
    sparing = Form.objects.get(code="ban-le-thang").sparings.get()
    assert (sparing.first_month, sparing.required) == (2026 * 12 + 9, False)
    client.post(reverse("submissions:form_unspare", args=["ban-le-thang", sparing.pk]))
    assert not Form.objects.get(code="ban-le-thang").sparings.exists()
    client.post(reverse("submissions:form_end", args=[own.code]), {"on": "01/12/2026", "reason": "thôi"})
    own.refresh_from_db()
    assert own.ended.isoformat() == "2026-12-01"
