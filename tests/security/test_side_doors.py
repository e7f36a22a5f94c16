# SPDX-License-Identifier: Apache-2.0
"""What pages that one may open could tell beside what they are for: of other places, other fields, other documents."""

from datetime import date
from decimal import Decimal

import pytest

from bamsat.rooms.accounts.actions import create_user
from bamsat.rooms.catalogue.models import Indicator, IndicatorSet, SetMember
from bamsat.rooms.figures import actions, intake_actions
from bamsat.rooms.figures.intake.running import check, write
from bamsat.rooms.figures.models import Entry, Intake
from bamsat.rooms.figures.plans import actions as plans
from bamsat.rooms.places.actions import give_role, take_role
from bamsat.rooms.places.actions_changes import apply
from bamsat.rooms.places.changes import Begin, Change
from bamsat.rooms.places.models import Place, PlaceRole, Role
from bamsat.rooms.places.queries import NotAllowed
from tests import build
from tests.cast import Cast

pytestmark = pytest.mark.django_db
HEAD = "Chỉ tiêu;Địa bàn;Kỳ;Đơn vị;Giá trị\n"


@pytest.fixture(autouse=True)
def _catalogue(cast: Cast) -> None:
    build.catalogue()


def page(cast: Cast, user: object, address: str, **query: str) -> str:
    answer = cast.client(user).get(address, query)  # type: ignore[arg-type]
    assert answer.status_code == 200, (address, answer.status_code)
    return str(answer.content.decode())


def accepted(cast: Cast, place: Place, value: str, **more: str) -> Entry:
    said = build.stated(value, **({"area": place.name} | more))
    return actions.accept(cast.administrator, build.figure(cast.administrator, said, title=f"Báo cáo của {value}"))


# The sentence that a number came from.


def test_the_sentence_around_a_number_is_for_who_may_read_the_document(cast: Cast):
    told = "Xã Nhà đạt 5 tỷ đồng, Xã Bên đạt 987 tỷ đồng."
    assert cast.commune.pk
    document = build.document(cast.specialist, [build.stated("5000000000", area="Xã Nhà", start=11, end=20)])
    document.title, document.text = "Báo cáo mật của Sở", told
    document.save()
    entry = actions.accept(cast.head, document.figures.get())
    again = build.document(cast.specialist, [build.stated("5000000000", area="Xã Nhà")], title="Báo cáo mật thứ hai")
    actions.accept(cast.head, again.figures.get())
    for user in (cast.commune_official, cast.reader, cast.api_client):
        for address in (f"/so-lieu/but-toan/{entry.uuid}/", "/so-lieu/industrial_output/xa-nha/"):
            text = page(cast, user, address)
            assert "987" not in text
            assert "mật" not in text
            assert "ngoài phạm vi" in text
    text = page(cast, cast.specialist, f"/so-lieu/but-toan/{entry.uuid}/")
    assert "987" in text
    assert "Báo cáo mật thứ hai" in text


# Boundaries: roles follow a place, numbers are restated, and neither opens what is another's.


def merged(cast: Cast) -> Place:
    told = Change("merge", date(2024, 7, 1), "NQ", (cast.commune.pk, cast.other_commune.pk),
                  begins=(Begin("Xã Gộp", word="xã"),))  # fmt: skip
    apply(None, told)
    return Place.objects.get(name="Xã Gộp")


def test_a_role_follows_a_merged_place_and_opens_what_that_was_made_of(cast: Cast):
    official, _both = cast.commune_official, cast.other_commune
    accepted(cast, cast.commune, "11000000000")
    beside = accepted(cast, cast.other_commune, "23000000000")
    assert cast.client(official).get(f"/so-lieu/but-toan/{beside.uuid}/").status_code == 404
    new = merged(cast)
    assert cast.client(official).get(f"/so-lieu/but-toan/{beside.uuid}/").status_code == 200
    assert "34" in page(cast, official, f"/so-lieu/industrial_output/{new.slug}/", **{"dia-gioi": "2024-07-01"})


def test_who_received_a_part_sees_nothing_of_the_place_that_goes_on(cast: Cast):
    official = cast.commune_official
    rest = accepted(cast, cast.other_commune, "23000000000", period="2023")
    accepted(cast, cast.commune, "11000000000", period="2023")
    told = Change("transfer", date(2024, 7, 1), "NQ", (cast.other_commune.pk,), into=cast.commune.pk,
                  share=Decimal("0.25"))  # fmt: skip
    apply(None, told)
    client = cast.client(official)
    assert client.get(f"/so-lieu/but-toan/{rest.uuid}/").status_code == 404
    assert client.get("/so-lieu/industrial_output/xa-ben/").status_code == 404
    for query in ({"dia-gioi": "2024-07-01"}, {"dia-gioi": "2025-01-01", "biet": "2099-01-01"}, {"tai": "csv"},
                  {"dia-gioi": "2024-07-01", "tai": "csv"}):  # fmt: skip
        answer = client.get("/so-lieu/industrial_output/xa-nha/", query)
        text = b"".join(answer).decode()
        # Neither the other's number, nor its quarter, nor a sum from which either follows.
        for number in ("23000000000", "5750000000", "16750000000", "5,75", "16,75"):
            assert number not in text, (query, number)
    for address in ("/so-lieu/", "/bang-diem/?noi=xa-nha&ky=2024", "/"):
        assert "Xã Bên" not in page(cast, official, address)


# Imports.


def imported(user: object, rows: str, name: str = "so.csv") -> Intake:
    return check(intake_actions.receive(user, name, (HEAD + rows).encode(), now=True))  # type: ignore[arg-type]


def test_a_dry_run_tells_nothing_that_the_ledger_holds_of_others(cast: Cast):
    accepted(cast, cast.home, "5318270000000")
    rows = "industrial_output;Cao Bằng;2021;đồng;5318270000000\nindustrial_output;Cao Bằng;2021;đồng;1\n"
    user = build.role(cast.specialist_elsewhere, "lang-son", Role.HEAD)
    intake = imported(user, rows)
    assert intake.report["counts"] == {"rights": 2}
    assert (intake.report["unchanged"], intake.report["conflict"]) == (0, 0)
    intake_actions.confirm(user, intake, on_conflict="replace", reason="x", leave_out=True, now=True)
    write(intake)
    assert Entry.objects.count() == 1


def test_a_row_of_another_field_is_left_and_tells_nothing(cast: Cast):
    accepted(cast, cast.home, "5318270000000")
    only = IndicatorSet.objects.create(code="xk", name_vi="Xuất khẩu")
    SetMember.objects.create(set=only, indicator=Indicator.objects.get(code="exports"), order=1)
    user = build.role(create_user("xk", "Chuyên viên xuất khẩu"), "cao-bang")
    user.place_roles.get().sets.set([only])
    intake = imported(user, "industrial_output;Cao Bằng;2021;đồng;1\nexports;Cao Bằng;2021;USD;5\n")
    assert intake.report["counts"] == {"rights": 1}
    assert intake.report["new"] == 1


def test_rights_that_end_between_the_dry_run_and_the_writing_count(cast: Cast):
    user = build.role(create_user("sap-thoi", "Sắp thôi"), "cao-bang", Role.HEAD)
    intake = imported(user, "exports;Cao Bằng;2021;USD;5\n")
    intake_actions.confirm(user, intake, now=True)
    take_role(cast.administrator, PlaceRole.objects.get(user=user), "thôi việc")
    write(intake)
    assert Entry.objects.count() == 0


def test_an_import_is_confirmed_resumed_and_dropped_by_its_sender_alone(cast: Cast):
    intake = imported(cast.specialist, "exports;Cao Bằng;2021;USD;5\n")
    for user in (cast.director, cast.specialist_elsewhere, cast.commune_official, cast.newcomer):
        for act in (intake_actions.confirm, intake_actions.drop, intake_actions.resume):
            with pytest.raises(NotAllowed):
                act(user, intake)
    for user in (cast.commune_official, cast.facility_clerk, cast.reader, cast.api_client, cast.clerk, cast.newcomer):
        with pytest.raises(NotAllowed):
            intake_actions.receive(user, "so.csv", HEAD.encode(), now=True)
    intake.refresh_from_db()
    assert intake.state == "checked"


def test_a_director_sees_no_import_of_somebody_who_also_works_elsewhere(cast: Cast):
    """Its dry run may tell what the ledger holds of the other place."""
    both = build.role(build.role(create_user("hai-noi", "Hai nơi"), "cao-bang"), "lang-son")
    home = imported(cast.specialist, "exports;Cao Bằng;2021;USD;5\n")
    assert set(intake_actions.visible(cast.director)) == {home}
    imported(both, "exports;Lạng Sơn;2021;USD;5\n")
    admin = build.role(create_user("quan-tri-nha", "Quản trị"), "cao-bang", Role.ADMIN)
    imported(admin, "exports;Lạng Sơn;2021;USD;5\n")
    assert set(intake_actions.visible(cast.director)) == {home}
    gone = build.role(create_user("da-chuyen", "Đã chuyển"), "cao-bang")
    PlaceRole.objects.filter(user=gone).update(valid_to=date(2020, 1, 1))
    give_role(None, gone, cast.elsewhere, Role.SPECIALIST)
    imported(gone, "exports;Lạng Sơn;2021;USD;5\n")
    assert set(intake_actions.visible(cast.director)) == {home}


def test_a_place_that_an_import_misspells_is_not_guessed_from_others_facilities(cast: Cast):
    place = cast.facility
    Place.objects.filter(pk=place.pk).update(name="Doanh nghiệp Bí Danh")
    rows = "exports;Doanh nghiệp Bí Dan;2021;USD;5\nexports;Cao Bằngg;2021;USD;5\n"
    intake = imported(cast.specialist_elsewhere, rows)
    assert "Bí Danh" not in str(intake.report)
    assert "Cao Bằng'" in str(intake.report)  # units of the country are no secret
    assert "Bí Danh" in str(imported(cast.specialist, rows).report)


# Plans.


def planned(cast: Cast) -> tuple[plans.Plan, Entry]:
    plan = plans.record_plan(
        cast.specialist, cast.home, "01/NQ", "Hội đồng nhân dân tỉnh", date(2020, 12, 10), "Kế hoạch", "2021"
    )
    output = Indicator.objects.get(code="industrial_output")
    return plan, plans.set_target(cast.specialist, plan, output, level="5318270000000 đồng")[0]


def test_a_plan_page_shows_a_commune_its_own_target_and_counts_no_other(cast: Cast):
    plan, _whole = planned(cast)
    output = Indicator.objects.get(code="industrial_output")
    plans.set_target(cast.specialist, plan, output, cast.commune, level="11 tỷ đồng")
    plans.set_target(cast.specialist, plan, output, cast.other_commune, level="918273 triệu đồng")
    for address in ("", f"{plan.uuid}/", f"{plan.uuid}/csv/", f"{plan.uuid}/so-sanh/",
                    "canh-nhau/?noi=cao-bang&nam=2021"):  # fmt: skip
        text = page(cast, cast.commune_official, f"/so-lieu/ke-hoach/{address}")
        for secret in ("5.318", "5318", "918", "Xã Bên"):
            assert secret not in text, (address, secret)
    assert ">3<" not in page(cast, cast.commune_official, "/so-lieu/ke-hoach/")


def test_who_plans_for_one_field_neither_supersedes_nor_takes_back_the_whole(cast: Cast):
    plan, _whole = planned(cast)
    only = IndicatorSet.objects.create(code="xk", name_vi="Xuất khẩu")
    exports = Indicator.objects.get(code="exports")
    SetMember.objects.create(set=only, indicator=exports, order=1)
    user = build.role(create_user("xk", "Chuyên viên xuất khẩu"), "cao-bang")
    user.place_roles.get().sets.set([only])
    before = Entry.objects.count()
    with pytest.raises(NotAllowed):
        plans.withdraw_plan(user, plan, "thử")
    with pytest.raises(NotAllowed):
        plans.supersede(user, plan, "02/NQ", "x", date(2021, 1, 1), "x", "thử")
    with pytest.raises(NotAllowed):
        plans.set_target(user, plan, Indicator.objects.get(code="industrial_output"), level="1 tỷ đồng", reason="x")
    assert Entry.objects.filter(withdrawal=None).count() == before
    assert plans.set_target(user, plan, exports, level="5 triệu USD")


@pytest.mark.parametrize("year", ["²", "٢٠٢١", "-1", "9" * 5000, "2021.5", "１９９９"])
def test_a_year_that_is_none_filters_nothing_and_breaks_nothing(cast: Cast, year: str):
    planned(cast)
    client = cast.client(cast.specialist)
    assert client.get("/so-lieu/ke-hoach/", {"nam": year}).status_code == 200
    assert client.get("/so-lieu/ke-hoach/canh-nhau/", {"nam": year, "noi": "cao-bang"}).status_code in (200, 404)
