# SPDX-License-Identifier: Apache-2.0
"""One object of every kind at home, each with a secret text or number, and everybody whom it does not concern.

Built once for a module of tests: each test runs in a savepoint, which is taken back when it ends.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import connection
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from bamsat.core.terms.period import Period
from bamsat.rooms.accounts import actions as accounts
from bamsat.rooms.accounts.models import User
from bamsat.rooms.catalogue.models import Indicator, IndicatorName, IndicatorSet, SetMember
from bamsat.rooms.catalogue.tables import SETS, TABLES, key_of
from bamsat.rooms.directory.actions import add_body
from bamsat.rooms.directory.actions_posts import appoint, authorise
from bamsat.rooms.directory.models import Body
from bamsat.rooms.figures import actions as figures
from bamsat.rooms.figures import intake_actions
from bamsat.rooms.figures.intake.running import check
from bamsat.rooms.figures.models import Entry, Intake, Plan
from bamsat.rooms.figures.plans import actions as plans
from bamsat.rooms.places.actions import give_role
from bamsat.rooms.places.actions_changes import apply
from bamsat.rooms.places.actions_register import Facility, add_place
from bamsat.rooms.places.changes import Begin, Change
from bamsat.rooms.places.models import BoundaryChange, Place, PlaceRole, Role
from bamsat.rooms.places.rights import Function, holds
from bamsat.rooms.situation.actions import Said, write
from bamsat.rooms.situation.models import Kind, Note
from bamsat.rooms.submissions.defining.actions import draft_version, spare
from bamsat.rooms.submissions.filling.actions import save_cells
from bamsat.rooms.submissions.flow import actions as actions_flow
from tests import build
from tests.cast import Cast
from tests.security.world_reports import of_reports
from tests.security.world_returns import of_returns
from tests.security.world_tasks import of_tasks

SECRET = "Chỉ Sở nhà biết"
# A value, and a share of it, that no other number of the world resembles, however it is written.
VALUE, OTHER_VALUE = 5_318_270_000_000, 918_273_000_000
NUMBERS = re.compile(r"5[.,]?318[.,]?27|918[.,]?273")
TODAY = date(2021, 12, 31)
HTMX = {"HX-Request": "true"}
SENT = {
    "value": "1", "unit": "đồng", "reason": "thử", "ly-do": "thử", "period": "2020", "area": "Lạng Sơn", "nhan": "1",
    "place": "Lạng Sơn", "indicator": "exports", "level": "7", "number": "7", "issuer": "x", "issued_on": "01/01/2021",
    "title": "x", "ghi": "1", "cach": "equal", "buoc": "ghi", "name": "x", "on": "01/01/2026", "display_name": "x",
    "role": "admin", "noi-ma": "lang-son", "text": "x", "valid_to": "01/01/2026", "loai": "market", "kieu": "x",
    "voi-so-khac": "replace", "bo-dong-loi": "co", "toi-ma": "lang-son", "nguon": "customs", "provider": "customs",
}  # fmt: skip


class World:
    """What the office at home has under its hands."""

    def __init__(self, cast: Cast, files: Path, mark: str = SECRET) -> None:
        build.catalogue()
        self.cast, self.files, self.mark = cast, files, mark
        # Everybody is there before the first test, or would be gone with it.
        for who in (cast.administrator, cast.director, cast.commune_official, cast.facility_clerk, cast.specialist):
            assert who.pk
        self.sets()
        self.figures()
        self.places()
        self.plans()
        self.note = self.noted()
        self.intake = self.imported()
        self.directory()
        self.returns()
        self.forms()
        self.given: dict[str, Any] = self.parameters() | of_returns(self) | of_reports(self) | of_tasks(self)

    def sets(self) -> None:
        """A field of exports alone: whoever works for it has nothing to do with industrial output."""
        self.exports = IndicatorSet.objects.create(code="chi-xuat-khau", name_vi="Chỉ xuất khẩu")
        SetMember.objects.create(set=self.exports, indicator=Indicator.objects.get(code="exports"), order=1)

    def figures(self) -> None:
        cast = self.cast
        self.document = build.document(
            cast.specialist, [build.stated(VALUE), build.growth("12.77")], title=f"{self.mark}: báo cáo"
        )
        self.entry = figures.accept(cast.head, self.document.figures.get(ordinal=1))
        self.finding = build.finding(self.document, f"{self.mark}: {VALUE} đồng và +12,77% không thể cùng đúng.")
        beside = build.document(
            cast.specialist, [build.stated(OTHER_VALUE, area=cast.other_commune.name)], title=f"{self.mark}: xã"
        )
        self.entry_beside = figures.accept(cast.head, beside.figures.get())

    def places(self) -> None:
        cast = self.cast
        market = Facility("market", f"{self.mark}: chợ", cast.other_commune, code="MA-BI-MAT-1")
        self.facility: Place = add_place(None, market)
        third = cast._below("xa-cu", "commune", "Xã Cũ", cast.home)
        told = Change(
            "rename", date(2026, 1, 1), f"{self.mark}: nghị quyết", (third.pk,), begins=(Begin("Xã Mới", word="xã"),)
        )
        self.change: BoundaryChange = apply(None, told)
        self.role = PlaceRole.objects.get(user=cast.specialist)

    def plans(self) -> None:
        cast = self.cast
        output = Indicator.objects.get(code="industrial_output")
        self.plan: Plan = plans.record_plan(
            cast.specialist, cast.home, "01/NQ-HĐND", "Hội đồng nhân dân tỉnh", date(2020, 12, 10),
            f"{self.mark}: kế hoạch", "2021",
        )  # fmt: skip
        self.target: Entry = plans.set_target(cast.specialist, self.plan, output, level=f"{VALUE} đồng")[0]
        plans.set_target(cast.specialist, self.plan, output, cast.other_commune, level=f"{OTHER_VALUE} đồng")

    def noted(self) -> Note:
        """A risk to the target of industrial output, quoted from the report of home, and one of the other commune."""
        cast, year = self.cast, Period.year(2021)
        tied = {"indicators": (self.target.series.indicator,), "targets": (self.target,)}
        told = Said(Kind.RISK, f"{self.mark}: rủi ro", year, measure=f"{self.mark}: biện pháp", **tied)
        write(cast.specialist, cast.other_commune, Said(Kind.CAUSE, f"{self.mark}: nguyên nhân", year), TODAY)
        return write(cast.specialist, cast.home, told, TODAY)

    def imported(self) -> Intake:
        rows = (
            "Chỉ tiêu;Địa bàn;Kỳ;Đơn vị;Giá trị\n"
            f"industrial_output;Cao Bằng;2021;đồng;{VALUE + 10**9}\n{self.mark};;;;\n"
        )
        intake = intake_actions.receive(self.cast.specialist, f"{self.mark}.csv", rows.encode(), now=True)
        checked = check(intake)
        assert checked.report["conflict"] == 1
        return checked

    def directory(self) -> None:
        cast = self.cast
        self.body: Body = add_body(
            None, kind="department", name=f"{self.mark}: cơ quan xã bên", place=cast.other_commune, usual_posts=True
        )
        post = self.body.posts.order_by("order").first()
        appoint(None, post, person=f"{self.mark}: người giữ", valid_from=date(2020, 1, 1))
        authorise(None, post, person="Chánh Văn phòng", scope=self.mark, valid_from=date(2020, 1, 1))
        self.post = post

    def returns(self) -> None:
        """A return of the other commune, sent back once with a remark."""
        cast = self.cast
        self.sent = build.sent(cast.specialist, build.form(), cast.other_commune, "2026-10", {"food.now": "731,25"})
        actions_flow.send_back(cast.director, self.sent, [("food.now", f"{self.mark}: ý kiến")])
        save_cells(cast.specialist, self.sent, [], note=f"{self.mark}: ghi chú")
        actions_flow.send(cast.specialist, self.sent)

    def forms(self) -> None:
        """A form of the other commune's own, with a draft and a place that is spared."""
        cast = self.cast
        version = build.form("bieu-rieng", place=cast.other_commune, set=None, name_vi=f"{self.mark}: biểu riêng")
        draft_version(cast.director, version.form)
        self.own_form = version.form
        self.sparing = spare(cast.director, version.form, cast.other_commune, f"{self.mark}: lý do miễn")

    def parameters(self) -> dict[str, Any]:
        """What stands for each parameter: of all addresses, of those of a room, or of one."""
        member = self.exports.members.get()
        shown = IndicatorName.objects.first()
        assert shown
        return {
            "documents.uuid": self.document.uuid, "figures.uuid": self.document.uuid, "ordinal": 2,
            "findings.uuid": self.finding.uuid, "figures:leave.finding": self.finding.uuid,
            "figures:entry.uuid": self.entry.uuid, "figures:replace.uuid": self.entry.uuid,
            "figures:withdraw.uuid": self.entry.uuid, "figures:series.indicator": "industrial_output",
            "scoreboard:why.code": "industrial_output", "situation.uuid": self.note.uuid,
            "figures:series.place": self.cast.home.slug, "target": self.target.uuid, "over": "noi",
            **{f"figures:{name}.uuid": self.plan.uuid for name in PLANS},
            **{f"figures:{name}.uuid": self.intake.uuid for name in INTAKES},
            "places.slug": self.facility.slug, "places.uuid": self.change.uuid,
            "username": self.cast.specialist.username, "submissions:chase.code": "ban-le-thang",
            "submissions:year.year": 2026,
            "places:take_role.pk": self.role.pk, "form": "csv", "directory.slug": self.body.slug,
            **{f"submissions:{name}.code": self.own_form.code for name in FORMS},
            "submissions:form_file.number": 1, "submissions:form_unspare.pk": self.sparing.pk,
            "submissions.uuid": self.sent.uuid, "year": 2026, "codelist": "retail_group",
            "directory:change.what": "doi-ten", "directory:change_item.what": "bo-nhiem", "item": self.post.uuid,
            "table": SETS.slug, "kind": "csv", "key": self.exports.code, "code": self.exports.code,
            "catalogue:version.key": self.first("lists"), "catalogue:add_name.key": "exports",
            "catalogue:remove_name.pk": shown.pk, "catalogue:remove_member.pk": member.pk,
        }  # fmt: skip

    @staticmethod
    def first(table: str) -> str:
        found = next(each for each in TABLES if each.code == table)
        return key_of(found, found.rows().first())

    def address(self, name: str) -> str:
        """KeyError where the world has nothing for a new address: then it wants an object here."""
        return reverse(name, kwargs={each: self.parameter(name, each) for each in addresses()[name]})

    def parameter(self, name: str, each: str) -> Any:
        room = name.partition(":")[0]
        for key in (f"{name}.{each}", f"{room}.{each}", each):
            if key in self.given:
                return self.given[key]
        raise KeyError(f"tests/security/world.py has nothing for {each} of {name}")

    # Everybody whom it does not concern.

    def outsider(self, who: str) -> User:
        return getattr(self, f"_{who}")()  # type: ignore[no-any-return]

    def _new(self, who: str) -> User:
        return accounts.create_user(f"ngoai-{who}", "Người ngoài", password="mat-khau-thu")

    def _newcomer(self) -> User:
        return self._new("newcomer")

    def _elsewhere(self, role: str) -> User:
        return build.role(self._new(role), self.cast.elsewhere.slug, role)

    def _clerk(self) -> User:
        return self._elsewhere(Role.CLERK)

    def _specialist(self) -> User:
        return self._elsewhere(Role.SPECIALIST)

    def _head(self) -> User:
        return self._elsewhere(Role.HEAD)

    def _director(self) -> User:
        return self._elsewhere(Role.DIRECTOR)

    def _reader(self) -> User:
        return self._elsewhere(Role.READER)

    def _api(self) -> User:
        return self._elsewhere(Role.API)

    def _ended(self) -> User:
        user = self._new("ended")
        yesterday = timezone.localdate() - timedelta(days=1)
        give_role(None, user, self.cast.home, Role.DIRECTOR, valid_from=date(2020, 1, 1), valid_to=yesterday)
        return user

    def _not_begun(self) -> User:
        user = self._new("not-begun")
        give_role(None, user, self.cast.home, Role.DIRECTOR, valid_from=timezone.localdate() + timedelta(days=1))
        return user

    def _acting_elsewhere(self) -> User:
        user = self._new("acting")
        give_role(
            None, user, self.cast.elsewhere, Role.DIRECTOR, acting_for=self.cast.director, act="Quyết định số 1/QĐ"
        )
        return user

    def _commune(self) -> User:
        return self.cast.commune_official

    def _facility(self) -> User:
        return self.cast.facility_clerk


PLANS = (
    "plan", "plan_csv", "plan_compare", "plan_target", "plan_target_remove", "plan_correct", "plan_supersede",
    "plan_withdraw", "plan_divide", "plan_respread",
)  # fmt: skip
INTAKES = (
    "intake", "intake_progress", "intake_confirm", "intake_submit", "intake_drop", "intake_resume", "intake_findings",
)  # fmt: skip
FORMS = (
    "form", "form_file", "form_header", "form_draft", "form_edit", "form_upload", "form_withdraw", "form_take",
    "form_end", "form_spare", "form_unspare",
)  # fmt: skip
AT_OFFICES = (
    "newcomer", "clerk", "specialist", "head", "director", "reader", "api", "ended", "not_begun", "acting_elsewhere",
)  # fmt: skip
OUTSIDERS = (*AT_OFFICES, "commune", "facility")


# Addresses.


@cache
def routes() -> dict[str, URLPattern]:
    """Every address of the product by its name, the administrator's tables aside."""
    found: dict[str, URLPattern] = {}
    for name, entry in walked():
        assert name not in found, f"two addresses are called {name}"
        found[name] = entry
    return found


def walked(resolver: URLResolver | None = None, within: str = "") -> Iterator[tuple[str, URLPattern]]:
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLPattern):
            yield within + str(entry.name), entry
        elif entry.app_name != "admin":
            yield from walked(entry, f"{within}{entry.namespace}:" if entry.namespace else within)


@cache
def addresses() -> dict[str, tuple[str, ...]]:
    return {name: tuple(entry.pattern.converters) for name, entry in routes().items()}


NOWHERE = {"uuid": UUID(int=7), "slug": "khong-co", "int": 987_654, "string": "khong-co", "path": "khong-co"}


def nowhere(name: str, world: World) -> str:
    """The same address with something that is not there, in the place of each object."""
    kinds = {
        each: type(converter).__name__.removesuffix("Converter").lower()
        for each, converter in routes()[name].pattern.converters.items()
    }
    plain = {"over", "what", "table", "kind", "form", "ordinal"}  # words of the product, no objects
    return reverse(
        name,
        kwargs={each: world.parameter(name, each) if each in plain else NOWHERE[kind] for each, kind in kinds.items()},
    )


def who_may(name: str) -> tuple[str, ...]:
    return tuple(getattr(routes()[name].callback, "who_may", ()))


def has_the_function(user: User, name: str) -> bool:
    return holds(user, *(each for each in who_may(name) if each in Function.values))


def body_of(answer: Any) -> str:
    """What was answered, whole, whether it came at once or in pieces; archives unpacked."""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if content.startswith(b"PK"):
        import io
        import zipfile

        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            content = b"\n".join(archive.read(each) for each in archive.namelist())
    return content.decode(errors="replace")


def leaks(text: str) -> list[str]:
    return [word for word in (SECRET, "MA-BI-MAT-1") if word in text] + NUMBERS.findall(text)


# Writing.

_WRITES = re.compile(r'^\s*(?:INSERT (?:OR \w+ )?INTO|UPDATE|DELETE FROM)\s+"?(\w+)', re.IGNORECASE)
_OF_THE_SESSION = {"django_session", "accounts_signedin"}


@contextmanager
def writes() -> Iterator[list[str]]:
    """The tables that are written to, those of the session aside."""
    found: list[str] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        written = _WRITES.match(sql)
        if written and written[1] not in _OF_THE_SESSION:
            found.append(written[1])
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield found


def browser(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client
