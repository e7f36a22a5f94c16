# SPDX-License-Identifier: Apache-2.0
"""The directory's pages: who opens them, what they show on a day, and every form."""

import pytest
from django.http import HttpResponse

from bamsat.rooms.accounts.models import User
from bamsat.rooms.directory.actions import end_body
from bamsat.rooms.directory.actions_committees import add_member, add_work_item
from bamsat.rooms.directory.actions_posts import appoint, authorise
from bamsat.rooms.directory.forms import CHANGES
from bamsat.rooms.directory.models import Authorisation, Body, Handover, Holding, Membership, WorkItem
from bamsat.rooms.places.models import Place, Role
from tests.build import role
from tests.cast import Cast
from tests.rooms.directory.office import committee, day, department, division, post


@pytest.fixture
def sct(cast: Cast) -> Body:
    return department(cast)


def page(cast: Cast, user: User, address: str) -> str:
    response = cast.client(user).get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def send(cast: Cast, user: User, to: str, **typed: object) -> HttpResponse:
    return cast.client(user).post(f"/danh-ba/{to}", typed)


def test_the_list_says_how_many_and_who_leads_and_searches_without_tones(cast: Cast, sct: Body):
    division(sct)
    appoint(None, post(sct, "Giám đốc"), person="Giám đốc thứ nhất", valid_from=day("01/01/2020"))
    shown = page(cast, cast.specialist, "/danh-ba/")
    assert "2 cơ quan, đơn vị ngày" in shown
    assert "Giám đốc thứ nhất" in shown
    assert "Thêm cơ quan" not in shown
    found = page(cast, cast.specialist, "/danh-ba/?tim=quan+ly+CONG")
    assert "Phòng Quản lý công nghiệp" in found
    assert "Sở Công Thương tỉnh Cao Bằng</a>" not in found
    assert "Không có cơ quan nào khớp" in page(cast, cast.specialist, "/danh-ba/?tim=kho+bac")


def test_the_list_as_of_a_day_shows_what_there_was_and_keeps_the_day_in_its_links(cast: Cast, sct: Body):
    division(sct, since="01/07/2025")
    assert "Phòng Quản lý công nghiệp" not in page(cast, cast.specialist, "/danh-ba/?ngay=30/06/2025")
    assert "?ngay=2025-07-01" in page(cast, cast.specialist, "/danh-ba/?ngay=01/07/2025")


def test_a_day_that_cannot_be_read_is_told_beside_its_field(cast: Cast, sct: Body):
    for address in ("/danh-ba/?ngay=hôm+qua", f"/danh-ba/{sct.slug}/?ngay=31/02/2025"):
        assert "Hãy ghi ngày như 01/07/2025." in page(cast, cast.specialist, address)


def test_a_page_tells_who_leads_on_the_chosen_day_and_who_did_before(cast: Cast, sct: Body):
    seat = post(sct, "Giám đốc")
    appoint(None, seat, person="Giám đốc thứ nhất", valid_from=day("01/01/2020"), valid_to=day("01/07/2024"))
    appoint(None, seat, person="Giám đốc thứ hai", valid_from=day("01/07/2024"), act="Quyết định số 5/QĐ-UBND")
    authorise(None, seat, person="Chánh Văn phòng", scope="Giấy mời họp", valid_from=day("01/07/2024"))
    now = page(cast, cast.specialist, f"/danh-ba/{sct.slug}/")
    for words in ("Giám đốc: <b>Giám đốc thứ hai", "Quyết định số 5/QĐ-UBND", "2 lần giữ", "Giấy mời họp"):
        assert words in now
    before = page(cast, cast.specialist, f"/danh-ba/{sct.slug}/?ngay=30/06/2024")
    assert "Giám đốc: <b>Giám đốc thứ nhất" in before
    assert "Giấy mời họp" not in before


def test_a_page_of_a_body_that_is_no_more_says_what_followed(cast: Cast, sct: Body):
    new = department(cast, cast.elsewhere)
    end_body(None, sct, on=day("01/07/2025"), act="Nghị quyết số 202/2025/QH15", successor=new)
    shown = page(cast, cast.specialist, f"/danh-ba/{sct.slug}/")
    for words in ("không còn từ ngày 01/07/2025", "Được kế thừa bởi", new.name, "Nghị quyết số 202/2025/QH15"):
        assert words in shown


def test_a_committee_shows_its_members_and_its_programme_with_states_in_words(cast: Cast, sct: Body):
    board = committee(sct)
    add_member(None, board, post=post(sct, "Giám đốc"), role="head", act="Quyết định số 8/QĐ-UBND")
    add_work_item(None, board, year=2021, content="Rà soát dự án", lead=sct, due=day("30/06/2021"))
    shown = page(cast, cast.specialist, f"/danh-ba/{board.slug}/?ngay=01/06/2021")
    for words in ("Trưởng ban", "Quyết định số 8/QĐ-UBND", "Rà soát dự án", "30/06/2021", "Chưa bắt đầu"):
        assert words in shown
    assert board.name in page(cast, cast.specialist, f"/danh-ba/{sct.slug}/")


def test_only_keepers_see_the_ways_to_change_and_only_where_they_keep(cast: Cast, sct: Body):
    away = department(cast, cast.elsewhere)
    assert f"/danh-ba/{sct.slug}/doi-ten/" in page(cast, cast.director, f"/danh-ba/{sct.slug}/")
    assert "doi-ten" not in page(cast, cast.director, f"/danh-ba/{away.slug}/")
    assert "doi-ten" not in page(cast, cast.specialist, f"/danh-ba/{sct.slug}/")


def test_a_form_is_refused_to_who_does_not_keep_the_body(cast: Cast, sct: Body):
    for user in (cast.specialist, cast.newcomer, cast.clerk):
        for address in ("them/", f"{sct.slug}/doi-ten/"):
            assert cast.client(user).get(f"/danh-ba/{address}").status_code == 403
            assert send(cast, user, address, name="X", on="01/01/2026").status_code == 403
    away = department(cast, cast.elsewhere)
    assert send(cast, cast.director, f"{away.slug}/doi-ten/", name="X", on="01/01/2026").status_code == 403
    assert not Body.objects.filter(name="X").exists()


def test_a_commune_that_changes_the_address_does_not_find_another_province(cast: Cast, sct: Body):
    away = department(cast, cast.elsewhere)
    district = Place.objects.filter(kind="district", above__ancestor=cast.home).first()
    local = role(cast.newcomer, district.slug, Role.COMMUNE)
    assert cast.client(local).get(f"/danh-ba/{sct.slug}/").status_code == 200
    assert cast.client(local).get(f"/danh-ba/{away.slug}/").status_code == 404


def test_a_visitor_is_asked_to_sign_in(client, sct: Body):
    for address in ("", "them/", f"{sct.slug}/", f"{sct.slug}/doi-ten/"):
        assert client.get(f"/danh-ba/{address}").status_code == 302


def test_what_is_not_there_answers_404(cast: Cast, sct: Body):
    held = post(sct, "Giám đốc")
    elsewhere = post(department(cast, cast.elsewhere), "Giám đốc")
    for address in (
        "khong-co/", f"{sct.slug}/xoa/", f"{sct.slug}/bo-nhiem/", f"{sct.slug}/doi-ten/{held.uuid}/",
        f"{sct.slug}/bo-nhiem/{elsewhere.uuid}/",
    ):  # fmt: skip
        assert cast.client(cast.director).get(f"/danh-ba/{address}").status_code == 404, address


def test_a_body_is_added_under_another_or_at_a_place_by_its_name(cast: Cast, sct: Body):
    sent = send(
        cast, cast.director, f"{sct.slug}/them-don-vi/", name="Phòng Kinh tế số", kind="division", usual_posts="on"
    )
    assert sent.headers["Location"] == "/danh-ba/phong-kinh-te-so/"
    added = Body.objects.get(slug="phong-kinh-te-so")
    assert (added.place, added.versions.get().parent, added.posts.count()) == (cast.home, sct, 2)
    sent = send(cast, cast.director, "them/", name="Hiệp hội Doanh nghiệp", kind="association", place="Cao Bằng")
    assert Body.objects.get(slug="hiep-hoi-doanh-nghiep").place == cast.home
    for place, told in (("Nơi không có", "Chưa có địa bàn nào tên"), ("Lạng Sơn", "không giữ danh bạ của Lạng Sơn")):
        sent = send(cast, cast.director, "them/", name="Hội X", kind="association", place=place)
        assert told in sent.content.decode()


def test_every_change_of_a_body_has_a_form_that_works(cast: Cast, sct: Body):
    unit, other = division(sct), division(sct, "Văn phòng Sở")
    send(cast, cast.director, f"{unit.slug}/doi-ten/", name="Phòng Công nghiệp", on="01/01/2026", act="Quyết định A")
    send(cast, cast.director, f"{unit.slug}/chuyen/", parent=other.pk, on="01/02/2026")
    send(cast, cast.director, f"{unit.slug}/lien-he/", phone="0206 000", address="Số 1")
    send(cast, cast.director, f"{unit.slug}/ket-thuc/", on="01/03/2026", successor=other.pk)
    unit.refresh_from_db()
    assert (unit.name, unit.phone, unit.valid_to) == ("Phòng Công nghiệp", "0206 000", day("01/03/2026"))
    assert [version.parent.name for version in unit.versions.all()] == [sct.name, sct.name, "Văn phòng Sở"]
    assert unit.successors.get().new == other


def test_every_change_of_a_post_has_a_form_that_works(cast: Cast, sct: Body):
    seat, deputies = post(sct, "Giám đốc"), post(sct, "Phó Giám đốc")
    send(cast, cast.director, f"{sct.slug}/them-chuc-vu/", post_title="Thư ký")
    assert sct.posts.filter(title="Thư ký").exists()
    for person, start in (("Người thứ nhất", "01/01/2020"), ("Người thứ hai", "01/07/2024")):
        send(
            cast, cast.director, f"{sct.slug}/bo-nhiem/{seat.uuid}/", person=person, kind="appointed", valid_from=start
        )
        if not Holding.objects.filter(person="Người thứ hai").exists():
            first = Holding.objects.get()
            mended = {"person": "Người thứ nhất", "valid_from": "01/02/2020", "reason": "ghi nhầm tháng"}
            send(cast, cast.director, f"{sct.slug}/sua-nguoi-giu/{first.uuid}/", **mended)
            send(cast, cast.director, f"{sct.slug}/thoi-giu/{first.uuid}/", on="01/07/2024", act="Quyết định B")
    first.refresh_from_db()
    assert (first.valid_from, first.valid_to) == (day("01/02/2020"), day("01/07/2024"))
    second = Holding.objects.get(person="Người thứ hai")
    sent = send(
        cast, cast.director, f"{sct.slug}/ban-giao/{first.uuid}/", new=second.pk, on="01/07/2024", what="Hồ sơ cụm"
    )
    assert sent.status_code == 302
    assert Handover.objects.get().new == second
    send(
        cast, cast.director, f"{sct.slug}/uy-quyen/{seat.uuid}/", manner="kt", to_post=deputies.pk, scope="Giấy mời",
        valid_from="01/08/2024",
    )  # fmt: skip
    given = Authorisation.objects.get()
    send(cast, cast.director, f"{sct.slug}/thoi-uy-quyen/{given.uuid}/", on="01/09/2024")
    given.refresh_from_db()
    assert (given.to_post, given.valid_to) == (deputies, day("01/09/2024"))


def test_every_change_of_a_committee_has_a_form_that_works(cast: Cast, sct: Body):
    board = committee(sct)
    send(cast, cast.director, f"{board.slug}/them-thanh-vien/", role="head", post=post(sct, "Giám đốc").pk)
    seat = Membership.objects.get()
    send(cast, cast.director, f"{board.slug}/thoi-tham-gia/{seat.uuid}/", on="01/01/2026")
    seat.refresh_from_db()
    assert seat.valid_to == day("01/01/2026")
    send(cast, cast.director, f"{board.slug}/them-viec/", year="2026", content="Rà soát dự án", lead=sct.pk)
    item = WorkItem.objects.get()
    send(cast, cast.director, f"{board.slug}/sua-viec/{item.uuid}/", year="2026", content="Rà soát", due="30/12/2026")
    refused = send(cast, cast.director, f"{board.slug}/ket-qua/{item.uuid}/", state="done")
    assert "Hãy ghi kết quả" in refused.content.decode()
    send(cast, cast.director, f"{board.slug}/ket-qua/{item.uuid}/", state="done", result="Đã rà soát")
    item.refresh_from_db()
    assert (item.state, item.result, item.due) == ("done", "Đã rà soát", day("30/12/2026"))


def test_a_refusal_is_told_in_the_form_and_what_was_typed_stays(cast: Cast, sct: Body):
    seat = post(sct, "Giám đốc")
    appoint(None, seat, person="Giám đốc thứ nhất", valid_from=day("01/01/2020"))
    sent = send(
        cast, cast.director, f"{sct.slug}/bo-nhiem/{seat.uuid}/", person="Giám đốc thứ hai", kind="appointed",
        valid_from="01/07/2024",
    ).content.decode()  # fmt: skip
    assert "chỉ một người giữ, và Giám đốc thứ nhất giữ từ 01/01/2020 đến nay" in sent
    assert 'value="Giám đốc thứ hai"' in sent


def test_a_form_opens_in_the_page_as_a_fragment(cast: Cast, sct: Body):
    answer = cast.client(cast.director).get(f"/danh-ba/{sct.slug}/them-chuc-vu/", headers={"HX-Request": "true"})
    assert "<form" in answer.content.decode()
    assert "<html" not in answer.content.decode()


def test_every_form_opens(cast: Cast, sct: Body):
    board = committee(sct)
    things = {
        "bo-nhiem": post(sct, "Giám đốc"), "uy-quyen": post(sct, "Giám đốc"),
        "thoi-giu": appoint(None, post(sct, "Giám đốc"), person="Giám đốc thứ nhất", valid_from=day("01/01/2020")),
        "thoi-uy-quyen": authorise(
            None, post(sct, "Giám đốc"), person="Chánh Văn phòng", scope="x", valid_from=day("01/01/2020")
        ),
        "thoi-tham-gia": add_member(None, board, person="Ủy viên"),
        "ket-qua": add_work_item(None, board, year=2026, content="Rà soát"),
    }  # fmt: skip
    things["ban-giao"] = things["sua-nguoi-giu"] = things["thoi-giu"]
    things["sua-viec"] = things["ket-qua"]
    for what, form in CHANGES.items():
        body = board if what in ("thoi-tham-gia", "ket-qua", "sua-viec", "them-thanh-vien", "them-viec") else sct
        end = f"{things[what].uuid}/" if form.of else ""
        assert str(form.button) in page(cast, cast.director, f"/danh-ba/{body.slug}/{what}/{end}")
