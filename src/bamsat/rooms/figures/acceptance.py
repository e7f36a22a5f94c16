# SPDX-License-Identifier: Apache-2.0
"""What taking figures into the ledger is made of: who may, what is tried first, what is written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from bamsat.core.read.doubts import in_english
from bamsat.core.terms.errors import BamsatError
from bamsat.rooms.documents.models import Document, FigureState, ReadFigure, State
from bamsat.rooms.documents.queries import may_judge
from bamsat.rooms.figures import ledger
from bamsat.rooms.figures.drafts import Desk
from bamsat.rooms.figures.ledger import Draft, Lines
from bamsat.rooms.figures.models import Entry, Series
from bamsat.rooms.figures.scopes import acting_for
from bamsat.rooms.places.queries import NotAllowed
from bamsat.rooms.places.rights import roles_of

if TYPE_CHECKING:
    from bamsat.rooms.accounts.models import User
    from bamsat.rooms.findings.models import Finding
    from bamsat.rooms.places.models import Place

_MARKED = ["state", "rejected_because", "remark", "checked_by", "checked_at", "checked_place"]


class Refused(BamsatError):
    """The ledger does not do this now; the sentence says what to do instead."""


@dataclass(frozen=True, slots=True)
class Left:
    """A figure that accept_all or approve_all left, and why."""

    figure: ReadFigure
    vi: str
    en: str


@dataclass(frozen=True, slots=True)
class Accepted:
    """What accept_all or approve_all did: entries made or confirmed, figures handed on for approval, figures left."""

    entries: tuple[Entry, ...]
    left: tuple[Left, ...]
    checked: tuple[ReadFigure, ...] = ()

    @property
    def count(self) -> int:
        return len(self.entries)


# Who may.


def held(user: User, read_figure: ReadFigure) -> ReadFigure:
    """The figure as it is now, locked, after asking for the right to judge it."""
    rows = ReadFigure.objects.select_for_update(of=("self",))
    figure = rows.select_related("document", "checked_by", "checked_place").get(pk=read_figure.pk)
    ask_to_judge(user, figure.document)
    return figure


def ask_to_judge(user: User, document: Document) -> None:
    if not may_judge(user, document):
        raise NotAllowed(
            vi="Anh/chị không có quyền nhận số của văn bản này. "
            "Chuyên viên hoặc lãnh đạo của nơi giữ văn bản mới nhận được.",
            en="You may not accept figures of this document; a specialist or head of the office that holds it may.",
        )
    if document.state != State.READ:
        raise Refused(vi="Văn bản chưa đọc xong.", en="The document has not been read yet.")


def not_approver(place: Place | None) -> NotAllowed:
    """Whom to ask instead."""
    where = (f" phụ trách {place}", f" in charge of {place}") if place else ("", "")
    return NotAllowed(
        vi=f"Số vào sổ do người có quyền duyệt quyết định: trưởng phòng, phó giám đốc hoặc giám đốc{where[0]}.",
        en=f"What is in the ledger is for an approver to decide: a head, deputy director or director{where[1]}.",
    )


# Taking one, as a trial or for good.


@contextmanager
def trial() -> Iterator[None]:
    """What is written inside is taken back at the end: all that would refuse a figure later refuses it now."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def take_one(user: User, figure: ReadFigure, desk: Desk) -> tuple[Entry, Draft]:
    """The entry that the figure makes or confirms, in place of what the ledger said before."""
    draft = desk.draft(figure)
    series = ledger.interned([draft])
    lines = Lines(series.values(), [draft.period.code])
    entry = take(draft, series[draft.series_key], lines, user)
    lines.close()
    return entry, draft


def take_each(
    user: User, desk: Desk, figures: list[ReadFigure], left: list[Left]
) -> list[tuple[ReadFigure, Draft, Entry]]:
    """Every figure that is complete and contradicts nothing; the others with their reasons in `left`."""
    drafts = drafts_of(desk, figures, left)
    series = ledger.interned([draft for _, draft in drafts])
    lines = Lines(series.values(), {draft.period.code for _, draft in drafts})
    done = []
    for figure, draft in drafts:
        try:
            entry = take_unless_contradicting(draft, series[draft.series_key], lines, user)
        except BamsatError as trouble:
            left.append(Left(figure, trouble.vi, trouble.en))
        else:
            done.append((figure, draft, entry))
    lines.close()
    return done


def drafts_of(desk: Desk, figures: list[ReadFigure], left: list[Left]) -> list[tuple[ReadFigure, Draft]]:
    drafts = []
    for figure in figures:
        try:
            drafts.append((figure, desk.draft(figure)))
        except BamsatError as trouble:
            left.append(Left(figure, trouble.vi, trouble.en))
    return drafts


def wanting_a_look(figure: ReadFigure, include_doubtful: bool, error: Finding | None = None) -> Left | None:
    """Why a figure is not taken together with others; None where it may be. `error` is an open finding of the check
    that says what cannot be true with this figure."""
    if error is not None:
        return Left(figure, f"Mâu thuẫn: {error.vi}", f"In conflict: {error.en}")
    if figure.state == FigureState.DOUBT and not include_doubtful:
        return Left(figure, f"Cần xem lại: {figure.doubt}", f"To be looked at: {in_english(figure.doubt)}")
    if figure.state == FigureState.EDITING:
        return Left(figure, "Đang sửa dở.", "Being corrected.")
    if figure.state == FigureState.RETURNED:
        return Left(figure, f"Trả lại: {figure.remark}", f"Returned: {figure.remark}")
    return None


def take_unless_contradicting(draft: Draft, series: Series, lines: Lines, user: User) -> Entry:
    standing = lines.standing(ledger.draft_key(draft, series))
    if standing and ledger.contradicts(draft, series, standing):
        said = standing.source.number if standing.source else str(standing.amount)
        raise Refused(
            vi=f"Sổ đang có số khác cho cùng chỉ tiêu và kỳ này: “{said}”. Hãy xem từng số; bấm Nhận để thay số cũ.",
            en=f"The ledger has another number for this indicator and period: “{said}”. Look at it; "
            "Accept replaces it.",
        )
    return take(draft, series, lines, user)


def take(draft: Draft, series: Series, lines: Lines, user: User) -> Entry:
    standing = lines.standing(ledger.draft_key(draft, series))
    figure = draft.source
    if standing and figure and ledger.says_no_more(draft, series, standing):
        if standing.source_id != figure.pk:
            lines.confirm(standing, figure, user)
        return standing
    return lines.add(draft, series, user, _because(figure.document) if standing and figure else "")


def _because(document: Document) -> str:
    return f"Theo văn bản “{document}”"


# What a figure and the trail say afterwards.


def mark_checked(user: User, figure: ReadFigure, place: Place) -> None:
    figure.state, figure.checked_place = FigureState.CHECKED, place
    figure.checked_by, figure.checked_at = user, timezone.now()


def unmark_checked(figure: ReadFigure) -> None:
    figure.checked_by = figure.checked_at = figure.checked_place = None


def mark_taken(figures: Iterable[ReadFigure]) -> None:
    """All at once; who checked them stays written."""
    taken = ReadFigure.objects.filter(pk__in=[figure.pk for figure in figures])
    taken.update(state=FigureState.ACCEPTED, checked_place=None)


def saved(shown: ReadFigure, held: ReadFigure) -> ReadFigure:
    """Write what was said of the held figure, and let the one that a page shows say it too."""
    held.save(update_fields=_MARKED)
    for name in _MARKED:
        setattr(shown, name, getattr(held, name))
    return shown


def told(user: User, drafts: Iterable[Draft]) -> dict[str, Any]:
    """For the trail: for whom the user decides, where the role is held for somebody else."""
    if not roles_of(user).exclude(acting_for=None).exists():
        return {}
    asked = {(draft.place.pk, draft.indicator.pk): draft for draft in drafts}
    others = {other.username for d in asked.values() if (other := acting_for(user, d.place, d.indicator))}
    return {"acting_for": ", ".join(sorted(others))} if others else {}


def entry_of(figure: ReadFigure) -> Entry | None:
    """The entry that an accepted figure made or confirmed, unless it was withdrawn."""
    made = Entry.objects.filter(source=figure, withdrawal=None).order_by("-pk").first()
    return made or Entry.objects.filter(confirmations__source=figure, withdrawal=None).order_by("-pk").first()
