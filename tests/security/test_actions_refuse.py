# SPDX-License-Identifier: Apache-2.0
"""Actions called past the pages: each asks for the right itself, and refuses without having written anything."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from bamsat.rooms.accounts import access, actions_sessions, actions_trail
from bamsat.rooms.accounts import actions as accounts
from bamsat.rooms.accounts.models import User
from bamsat.rooms.catalogue import actions_rows
from bamsat.rooms.catalogue.models import Indicator, IndicatorName
from bamsat.rooms.catalogue.tables import LISTS, SETS, UNITS
from bamsat.rooms.directory import actions as directory
from bamsat.rooms.directory import actions_committees, actions_posts
from bamsat.rooms.figures import actions as figures
from bamsat.rooms.figures import intake_actions
from bamsat.rooms.figures.plans import actions as plans
from bamsat.rooms.figures.plans import allocation
from bamsat.rooms.places import actions as places
from bamsat.rooms.places import actions_changes, actions_register
from bamsat.rooms.places.changes import Begin, Change
from bamsat.rooms.places.models import PlaceRole, Role
from tests import build
from tests.security import tasks_actions
from tests.security.world import OUTSIDERS, World, browser, writes

Act = Callable[[World, User], Any]
DAY = date(2026, 2, 1)


def facility(w: World) -> actions_register.Facility:
    return actions_register.Facility("market", "Chợ Lạ", w.cast.commune)


ACTIONS: dict[str, Act] = {
    "figures.accept": lambda w, by: figures.accept(by, w.document.figures.get(ordinal=2)),
    "figures.reject": lambda w, by: figures.reject(by, w.document.figures.get(ordinal=2), "x"),
    "figures.approve": lambda w, by: figures.approve(by, w.document.figures.get(ordinal=2)),
    "figures.approve_all": lambda w, by: figures.approve_all(by, w.document),
    "figures.send_back": lambda w, by: figures.send_back(by, w.document.figures.get(ordinal=2), "x"),
    "figures.uncheck": lambda w, by: figures.uncheck(by, w.document.figures.get(ordinal=2)),
    "figures.replace": lambda w, by: figures.replace(by, w.entry, "7 tỷ đồng", "x"),
    "figures.withdraw": lambda w, by: figures.withdraw(by, w.entry, "x"),
    "figures.accept_all": lambda w, by: figures.accept_all(by, w.document),
    "plans.record": lambda w, by: plans.record_plan(by, w.cast.home, "9", "x", DAY, "x", "2026"),
    "plans.correct": lambda w, by: plans.correct_plan(by, w.plan, "x", number="9"),
    "plans.supersede": lambda w, by: plans.supersede(by, w.plan, "9", "x", DAY, "x", "x"),
    "plans.withdraw": lambda w, by: plans.withdraw_plan(by, w.plan, "x"),
    "plans.set": lambda w, by: plans.set_target(by, w.plan, Indicator.objects.get(code="exports"), level="5 USD"),
    "plans.remove": lambda w, by: plans.remove_target(by, w.plan, w.target, "x"),
    "plans.allocate": lambda w, by: allocation.allocate(by, w.plan, w.target, "quarters"),
    "intake.confirm": lambda w, by: intake_actions.confirm(by, w.intake, leave_out=True),
    "intake.submit": lambda w, by: intake_actions.submit(by, w.intake, leave_out=True),
    "intake.drop": lambda w, by: intake_actions.drop(by, w.intake),
    "intake.resume": lambda w, by: intake_actions.resume(by, w.intake),
    "places.apply": lambda w, by: actions_changes.apply(
        by, Change("rename", DAY, "NQ", (w.cast.commune.pk,), begins=(Begin("Xã Lạ", word="xã"),))
    ),
    "places.merge": lambda w, by: actions_changes.apply(
        by, Change("merge", DAY, "NQ", (w.cast.other_commune.pk,), into=w.cast.commune.pk)
    ),
    "places.undo": lambda w, by: actions_changes.undo(by, w.change, "x"),
    "places.add": lambda w, by: actions_register.add_place(by, facility(w)),
    "places.edit": lambda w, by: actions_register.edit_place(by, w.facility, facility(w), "x"),
    "places.link": lambda w, by: actions_register.link_place(by, w.facility, w.cast.home, "x"),
    "places.role": lambda w, by: places.give_role(by, by, w.cast.home, Role.ADMIN),
    "places.take": lambda w, by: places.take_role(by, w.role, "x"),
    "directory.add": lambda w, by: directory.add_body(by, kind="division", name="x", place=w.cast.other_commune),
    "directory.rename": lambda w, by: directory.rename_body(by, w.body, on=DAY, name="x"),
    "directory.end": lambda w, by: directory.end_body(by, w.body, on=DAY),
    "directory.appoint": lambda w, by: actions_posts.appoint(by, w.post, person="x", valid_from=DAY),
    "directory.member": lambda w, by: actions_committees.add_member(by, w.body, person="x"),
    "catalogue.add": lambda w, by: actions_rows.add_row(by, UNITS, {"code": "x", "name_vi": "x"}),
    "catalogue.change": lambda w, by: actions_rows.change_row(by, SETS, w.exports, {"name_vi": "x"}, "x"),
    "catalogue.end": lambda w, by: actions_rows.end_row(by, SETS, w.exports, "2026-01-01", "x"),
    "catalogue.version": lambda w, by: actions_rows.new_version(by, LISTS.rows().first(), "9", "2026-01-01", "x", "x"),
    "catalogue.member": lambda w, by: actions_rows.add_member(
        by, w.exports, Indicator.objects.get(code="industrial_output")
    ),
    "catalogue.member_out": lambda w, by: actions_rows.remove_member(by, w.exports.members.get()),
    "catalogue.name_out": lambda w, by: actions_rows.remove_name(by, IndicatorName.objects.first()),
    "catalogue.file": lambda w, by: actions_rows.apply_rows(by, {}, "", "x"),
    "accounts.create": lambda w, by: accounts.create_user("x", "x", by=by),
    "accounts.rename": lambda w, by: accounts.rename(by, w.cast.specialist, "x"),
    "accounts.reset": lambda w, by: accounts.reset_password(by, w.cast.specialist, "x"),
    "accounts.lock": lambda w, by: accounts.deactivate(by, w.cast.specialist, "x"),
    "accounts.unlock": lambda w, by: accounts.reactivate(by, w.cast.specialist, "x"),
    "accounts.sign_out": lambda w, by: actions_sessions.sign_out(by, w.cast.specialist, "x"),
    "accounts.check": lambda w, by: actions_trail.begin_check(by),
    **tasks_actions.ACTIONS,
}  # fmt: skip


@pytest.mark.parametrize("who", OUTSIDERS)
def test_an_action_refuses_whom_it_does_not_concern(world: World, who: str):
    by, wrong = world.outsider(who), []
    for name, act in ACTIONS.items():
        with writes() as wrote:
            try:
                act(world, by)
                wrong.append((name, "was done"))
            except PermissionDenied:
                pass
            except Exception as error:
                wrong.append((name, f"{type(error).__name__}: {error}"))
        if wrote:
            wrong.append((name, wrote))
    assert wrong == []


# Who gives rights gives none that they do not have.


@pytest.fixture
def by_role(world: World) -> User:
    """An administrator by a role, not by the installation."""
    return build.role(accounts.create_user("quan-tri-tinh", "Quản trị tỉnh"), "cao-bang", Role.ADMIN)


def test_who_administers_by_a_role_never_becomes_or_makes_a_superuser(world: World, by_role: User):
    with pytest.raises(access.NotAdministrator):
        accounts.create_user("sieu", "x", administers=True, by=by_role)
    for act in (accounts.reset_password, accounts.deactivate, accounts.reactivate, actions_sessions.sign_out):
        with pytest.raises(PermissionDenied):
            act(by_role, world.cast.administrator, "x")
    client = browser(by_role)
    client.post("/them-nguoi-dung/", {"username": "sieu", "display_name": "x", "administers": "on"})
    client.post(
        "/them-nguoi-dung/",
        {"username": "thuong", "display_name": "x", "is_superuser": "on", "is_staff": "on", "password": "x"},
    )
    client.post(f"/nguoi-dung/{by_role.username}/chuc-danh/", {"display_name": "x", "is_superuser": "on"})
    client.post("/nguoi-dung/quan-tri/chuc-danh/", {"display_name": "Bị đổi"})
    assert set(User.objects.filter(is_superuser=True)) == {world.cast.administrator}
    assert not User.objects.filter(is_staff=True).exclude(pk=world.cast.administrator.pk).exists()
    assert not User.objects.filter(display_name="Bị đổi").exists()
    assert client.get("/quan-tri/").status_code == 302


def test_nobody_but_an_administrator_gives_a_role_whatever_the_form_says(world: World):
    sent = {"role": "admin", "noi-ma": "cao-bang", "user": world.cast.director.pk, "reason": "x", "act": "x"}
    for user in (world.cast.director, world.outsider("head"), world.cast.commune_official):
        client, before = browser(user), PlaceRole.objects.count()
        for username in (user.username, world.cast.specialist.username):
            assert client.post(reverse("places:roles_of", args=[username]), sent).status_code == 403
            assert client.post(reverse("places:take_role", args=[username, world.role.pk]), sent).status_code == 403
        assert PlaceRole.objects.count() == before


def test_a_role_is_taken_only_at_the_address_of_its_holder(world: World):
    client = browser(world.cast.administrator)
    assert (
        client.post(reverse("places:take_role", args=["giam-doc", world.role.pk]), {"reason": "x"}).status_code == 404
    )
    assert PlaceRole.objects.filter(pk=world.role.pk).exists()


def test_a_set_that_roles_are_limited_to_cannot_be_deleted_from_the_tables(world: World):
    """A role without sets is for all of them: taking the set away would widen it."""
    world.role.sets.set([world.exports])
    client = browser(world.cast.administrator)
    for page in (f"{world.exports.pk}/delete/", ""):
        client.post(
            f"/quan-tri/catalogue/indicatorset/{page}",
            {"post": "yes", "action": "delete_selected", "_selected_action": [world.exports.pk], "reason": "x"},
        )
    assert list(world.role.sets.all()) == [world.exports]


# What a form says of another thing than its address.


def test_a_plan_takes_no_target_of_another_plan_or_place(world: World):
    other = world.outsider("specialist")
    own = plans.record_plan(other, world.cast.elsewhere, "1/LS", "x", date(2020, 12, 10), "x", "2021")
    client = browser(other)
    for path in (
        f"{own.uuid}/chi-tieu/{world.target.uuid}/bo/", f"{own.uuid}/chia/{world.target.uuid}/noi/",
        f"{own.uuid}/chia/{world.target.uuid}/noi/lai/",
    ):  # fmt: skip
        assert client.post(f"/so-lieu/ke-hoach/{path}", {"reason": "x", "ghi": "1"}).status_code == 404
    assert client.get(f"/so-lieu/ke-hoach/{own.uuid}/?sua={world.target.uuid}").status_code == 404
    for place in ("Cao Bằng", "cao-bang", "Xã Bên", "Lạng Sơn, Cao Bằng"):
        with writes() as wrote:
            told = {
                "indicator": "exports",
                "place": place,
                "period": "2021",
                "level": "5",
                "plan": str(world.plan.uuid),
            }
            client.post(f"/so-lieu/ke-hoach/{own.uuid}/chi-tieu/", told)
        assert "figures_entry" not in wrote, place
    with writes() as wrote:
        client.post("/so-lieu/ke-hoach/moi/", {
            "place": "Cao Bằng", "number": "5", "issuer": "x", "issued_on": "01/01/2021", "title": "x",
            "period": "2021", "provider": "council", "by": world.cast.specialist.pk, "supersedes": world.plan.pk,
        })  # fmt: skip
    assert wrote == []


def test_a_facility_is_neither_put_into_nor_taken_from_anothers_commune(world: World):
    client = browser(world.outsider("head"))
    for path in ("them/?loai=market", f"{world.facility.slug}/sua/", f"{world.facility.slug}/lien-ket/"):
        with writes() as wrote:
            client.post(f"/dia-ban/{path}", {"name": "x", "noi-ma": "xa-nha", "loai": "market", "reason": "x",
                                             "toi-ma": "lang-son", "kind": "province", "slug": "y"})  # fmt: skip
        assert wrote == [], path
    for change in ({"loai": "merge", "noi": ["xa-nha", "xa-ben"], "ten-0": "Xã Gộp"},
                   {"loai": "transfer", "noi": "xa-nha", "cap-tren-ma": "lang-son"},
                   {"loai": "found", "cap-tren-ma": "cao-bang", "ten-0": "Xã Lập", "loai-moi": "commune"},
                   {"loai": "rename", "noi": "xa-nha", "ten-0": "Xã Đổi"}, {"loai": "close", "noi": "xa-nha"},
                   {"loai": "split", "noi": "xa-nha", "ten-0": "Một", "ten-1": "Hai"}):  # fmt: skip
        with writes() as wrote:
            client.post("/dia-ban/thay-doi/moi/", change | {"tu-ngay": "01/02/2026", "van-ban": "NQ", "buoc": "ghi"})
        assert wrote == [], change
