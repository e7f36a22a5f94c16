# SPDX-License-Identifier: Apache-2.0
"""The two axes of rights: what a role may do (function), and where it may do it (subtree of places, indicator sets)."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import wraps
from typing import Any, TypeVar

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bamsat.rooms.accounts.access import declare
from bamsat.rooms.accounts.models import User
from bamsat.rooms.places.models import PlaceRole, Role

View = TypeVar("View", bound=Callable[..., HttpResponseBase])
Answer = TypeVar("Answer")


class Function(models.TextChoices):
    """What can be done; a view or an action names the one that it needs."""

    SEE = "see", _("xem số liệu đã nhận vào sổ")
    READ = "read", _("xem văn bản và số đang đọc")
    UPLOAD = "upload", _("gửi văn bản vào")
    ENTER = "enter", _("nhập và gửi biểu")
    JUDGE = "judge", _("nhận, sửa, bỏ, thay và rút số")
    IMPORT = "import", _("nạp số liệu hàng loạt")
    PLAN = "plan", _("ghi và phân bổ kế hoạch")
    APPROVE = "approve", _("duyệt")
    FORMS = "forms", _("định nghĩa biểu mẫu")
    DIRECTORY = "directory", _("sửa danh bạ cơ quan")
    REPORT = "report", _("soạn báo cáo")
    ISSUE = "issue", _("ghi số, ngày và lưu bản ban hành")
    REGISTER = "register", _("vào sổ văn bản đến, đi")
    WORK = "work", _("lập nhiệm vụ, ghi tiến độ và báo hoàn thành")
    ASSIGN = "assign", _("giao, gia hạn, xác nhận và thôi nhiệm vụ")
    PLACES = "places", _("sửa địa bàn và cơ sở")
    CATALOGUE = "catalogue", _("sửa danh mục")
    PEOPLE = "people", _("quản người dùng và vai trò")
    AUDIT = "audit", _("xem nhật ký")


_STAFF = {
    Function.SEE, Function.READ, Function.UPLOAD, Function.JUDGE, Function.IMPORT, Function.PLAN, Function.ENTER,
    Function.REPORT, Function.REGISTER, Function.WORK,
}  # fmt: skip
_LEADS = {Function.APPROVE, Function.ASSIGN, Function.DIRECTORY, Function.FORMS}
FUNCTIONS: dict[str, frozenset[str]] = {
    Role.ADMIN: frozenset(Function.values),
    Role.DIRECTOR: frozenset(_STAFF | _LEADS | {Function.ISSUE}),
    Role.DEPUTY: frozenset(_STAFF | _LEADS | {Function.ISSUE}),
    Role.HEAD: frozenset(_STAFF | _LEADS | {Function.PLACES}),
    Role.SPECIALIST: frozenset(_STAFF),
    Role.CLERK: frozenset(
        {Function.SEE, Function.READ, Function.UPLOAD, Function.ISSUE, Function.REGISTER, Function.WORK}
    ),
    Role.COMMUNE: frozenset({Function.SEE, Function.ENTER, Function.UPLOAD, Function.WORK}),
    Role.FACILITY: frozenset({Function.SEE, Function.ENTER}),
    Role.READER: frozenset({Function.SEE}),
    Role.API: frozenset({Function.SEE}),
}


def roles_with(*functions: str) -> tuple[str, ...]:
    """The roles that may do all of these."""
    return tuple(role for role, held in FUNCTIONS.items() if held.issuperset(functions))


def may(*functions: str) -> Callable[[View], View]:
    """Only users who hold, somewhere, a role that may do all of these use the view; where, its queries decide."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            keep_rights(request.user)
            if not holds(request.user, *functions):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return declare(guarded, tuple(functions))  # type: ignore[return-value]

    return decorate


@dataclass(frozen=True, slots=True)
class Held:
    """A role that a user holds today, and the indicator sets that it is for (none: for all)."""

    place: int
    role: str
    sets: frozenset[int]


def keep_rights(user: User | AnonymousUser) -> None:
    """Let this object, which stands for a user during one request, remember its rights.

    A page asks for them a dozen times: for the view, for each entry of the side bar, for each query. The next request
    has a new object, so what an administrator changes holds from then on; an object that lives longer is not told to
    remember and asks anew each time.
    """
    user.rights_kept = {}  # type: ignore[union-attr]


@contextmanager
def remembering(user: User | AnonymousUser) -> Iterator[None]:
    """The same for the length of one question that asks for rights several times."""
    before = getattr(user, "rights_kept", None)
    if before is None:
        keep_rights(user)
    try:
        yield
    finally:
        user.rights_kept = before  # type: ignore[union-attr]


def kept(user: User | AnonymousUser, what: Hashable, find: Callable[[], Answer]) -> Answer:
    """The answer found earlier in this request, else found now."""
    memory: dict[Hashable, Any] | None = getattr(user, "rights_kept", None)
    if memory is None:
        return find()
    if what not in memory:
        memory[what] = find()
    return memory[what]  # type: ignore[no-any-return]


def held_by(user: User | AnonymousUser) -> tuple[Held, ...]:
    """The roles that the user holds today, in one query."""
    return kept(user, "held", lambda: _held_by(user))


def _held_by(user: User | AnonymousUser) -> tuple[Held, ...]:
    sets: dict[tuple[int, int, str], set[int]] = {}
    for pk, place, role, each in roles_of(user).values_list("pk", "place_id", "role", "sets").order_by("pk"):
        sets.setdefault((pk, place, role), set()).update({each} if each is not None else ())
    return tuple(Held(place, role, frozenset(found)) for (_pk, place, role), found in sets.items())


def holds(user: User | AnonymousUser, *functions: str) -> bool:
    """Whether the user has, at some place, a role that may do all of these."""
    if user.is_active and user.is_superuser:
        return True
    roles = {each.role for each in held_by(user)}
    return Role.ADMIN in roles or not roles.isdisjoint(roles_with(*functions))


def may_use(user: User | AnonymousUser, who: tuple[str, ...]) -> bool:
    """Whether what a view declares lets the user in; for menus, which show only what opens."""
    if "administrator" in who:
        return sees_everything(user)
    functions = [each for each in who if each in Function.values]
    return not functions or holds(user, *functions)


def sees_everything(user: User | AnonymousUser) -> bool:
    """Whether the user administers: a superuser, or one who holds the administrator's role."""
    return bool(user.is_active and user.is_superuser) or any(each.role == Role.ADMIN for each in held_by(user))


def roles_of(user: User | AnonymousUser) -> QuerySet[PlaceRole]:
    """The roles that the user holds today."""
    if user.is_anonymous or user.pk is None or not user.is_active:
        return PlaceRole.objects.none()
    today = timezone.localdate()
    begun = Q(valid_from=None) | Q(valid_from__lte=today)
    not_over = Q(valid_to=None) | Q(valid_to__gt=today)
    return PlaceRole.objects.filter(begun, not_over, user_id=user.pk)
