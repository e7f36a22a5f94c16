# SPDX-License-Identifier: Apache-2.0
"""Bodies change by dated, signed acts; what does not fit is refused with a sentence that says how to mend it."""

import pytest

from bamsat.rooms.accounts.models import AuditRecord
from bamsat.rooms.directory import actions
from bamsat.rooms.directory.actions import DirectoryRefused
from bamsat.rooms.directory.queries import name_on, version_on
from bamsat.rooms.places.queries import NotAllowed
from tests.cast import Cast
from tests.rooms.directory.office import committee, day, department, division


def test_a_body_is_added_with_the_usual_posts_of_its_kind_and_signed_for(cast: Cast):
    body = actions.add_body(
        cast.director, kind="division", name="Phòng  Quản lý năng lượng", place=cast.home, usual_posts=True
    )
    assert (body.name, body.slug) == ("Phòng Quản lý năng lượng", "phong-quan-ly-nang-luong")
    assert [post.title for post in body.posts.all()] == ["Trưởng phòng", "Phó Trưởng phòng"]
    signed = AuditRecord.objects.get(action="directory.body.added")
    assert (signed.by, signed.object_id) == (cast.director, str(body.pk))


def test_two_bodies_of_one_name_have_two_addresses_and_none_takes_the_address_of_a_page(cast: Cast):
    names = [actions.add_body(None, kind="partner", name=name, place=None).slug for name in ("Hội A", "Hội A", "Thêm")]
    assert names == ["hoi-a", "hoi-a-2", "them-2"]


def test_an_unknown_kind_or_an_empty_name_is_refused(cast: Cast):
    for kind, name in (("bureau", "Cục X"), ("division", "  ")):
        with pytest.raises(DirectoryRefused, match="loại có trong danh mục"):
            actions.add_body(None, kind=kind, name=name, place=None)


def test_a_specialist_and_an_office_elsewhere_do_not_keep_the_directory(cast: Cast):
    for user in (cast.specialist, cast.specialist_elsewhere, cast.newcomer):
        with pytest.raises(NotAllowed, match="không giữ danh bạ của Cao Bằng"):
            actions.add_body(user, kind="division", name="Phòng X", place=cast.home)


def test_a_director_keeps_the_bodies_of_the_province_and_not_the_central_ones(cast: Cast):
    sct = department(cast)
    actions.set_contact(cast.director, sct, phone="0206 000 000")
    for place in (cast.elsewhere, None):
        with pytest.raises(NotAllowed):
            actions.add_body(cast.director, kind="department", name="Sở X", place=place)
    assert actions.add_body(cast.administrator, kind="ministry", name="Bộ X", place=None).place is None


def test_a_renamed_body_keeps_its_earlier_name_for_earlier_days(cast: Cast):
    body = division(department(cast))
    actions.rename_body(
        cast.director,
        body,
        on=day("01/01/2026"),
        name="Phòng Công nghiệp và Khoáng sản",
        act="Quyết định số 10/QĐ-UBND",
    )
    assert name_on(body, day("31/12/2025")) == "Phòng Quản lý công nghiệp"
    assert name_on(body, day("01/01/2026")) == body.name == "Phòng Công nghiệp và Khoáng sản"
    assert version_on(body, day("01/01/2026")).act == "Quyết định số 10/QĐ-UBND"


def test_a_name_mended_on_the_day_it_began_makes_no_second_version(cast: Cast):
    body = division(department(cast))
    for name in ("Phòng Công nghiêp", "Phòng Công nghiệp"):
        actions.rename_body(None, body, on=day("01/01/2026"), name=name)
    assert [version.name for version in body.versions.all()] == ["Phòng Quản lý công nghiệp", "Phòng Công nghiệp"]


def test_a_change_before_a_later_change_is_refused(cast: Cast):
    body = division(department(cast))
    actions.rename_body(None, body, on=day("01/01/2026"), name="Phòng B")
    with pytest.raises(DirectoryRefused, match="đã có thay đổi từ ngày 01/01/2026"):
        actions.rename_body(None, body, on=day("01/06/2025"), name="Phòng C")
    for last in ("01/06/2025", "01/01/2026"):
        with pytest.raises(DirectoryRefused, match="đã có thay đổi từ ngày 01/01/2026"):
            actions.end_body(None, body, on=day(last))


def test_a_moved_body_belongs_to_the_new_parent_from_that_day(cast: Cast):
    sct = department(cast)
    unit, centre = division(sct), division(sct, "Trung tâm Khuyến công")
    actions.move_body(cast.director, unit, centre, on=day("01/03/2026"))
    assert version_on(unit, day("28/02/2026")).parent == sct
    assert version_on(unit, day("01/03/2026")).parent == centre


def test_a_body_is_never_put_under_itself_or_under_what_is_below_it(cast: Cast):
    sct = department(cast)
    unit = division(sct)
    for parent in (sct, unit):
        with pytest.raises(DirectoryRefused, match="không thể là cấp trên của nó"):
            actions.move_body(None, sct, parent, on=day("01/03/2026"))


def test_a_body_that_ends_names_its_successor_and_the_act(cast: Cast):
    old, new = department(cast), department(cast, cast.elsewhere)
    actions.end_body(None, old, on=day("01/07/2025"), act="Nghị quyết số 202/2025/QH15", successor=new)
    old.refresh_from_db()
    assert (old.holds_on(day("30/06/2025")), old.holds_on(day("01/07/2025"))) == (True, False)
    succession = old.successors.get()
    assert (succession.new, succession.act) == (new, "Nghị quyết số 202/2025/QH15")
    assert version_on(old, day("01/07/2025")) is None


def test_a_body_with_units_left_does_not_end(cast: Cast):
    sct = department(cast)
    unit = division(sct)
    with pytest.raises(DirectoryRefused, match=r"Còn 1 đơn vị thuộc .*Phòng Quản lý công nghiệp"):
        actions.end_body(None, sct, on=day("01/07/2025"))
    actions.end_body(None, unit, on=day("01/07/2025"))
    actions.end_body(None, sct, on=day("01/07/2025"))


def test_a_day_outside_the_life_of_a_body_is_refused(cast: Cast):
    unit = division(department(cast), since="01/07/2025")
    with pytest.raises(DirectoryRefused, match="có từ 01/07/2025"):
        actions.rename_body(None, unit, on=day("30/06/2025"), name="Phòng B")
    with pytest.raises(DirectoryRefused, match="có từ 01/07/2025"):
        actions.end_body(None, unit, on=day("01/07/2025"))
    with pytest.raises(DirectoryRefused, match="không tồn tại ngày 01/01/2020"):
        actions.add_body(None, kind="division", name="Tổ", place=unit.place, parent=unit, valid_from=day("01/01/2020"))


def test_nothing_replaces_itself(cast: Cast):
    body = committee(department(cast))
    with pytest.raises(DirectoryRefused, match="không thể tự thay mình"):
        actions.end_body(None, body, on=day("01/07/2025"), successor=body)


def test_the_trail_of_a_contact_names_fields_and_not_what_was_written(cast: Cast):
    actions.set_contact(cast.director, department(cast), phone="0206 385 0000", email="sct@caobang.gov.vn")
    signed = AuditRecord.objects.get(action="directory.body.contact")
    assert "385" not in str(signed.details)
