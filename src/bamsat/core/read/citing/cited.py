# SPDX-License-Identifier: Apache-2.0
"""All of one document's citations: read, nested in one another, related and given their issuers."""

from __future__ import annotations

import re
from bisect import bisect_right

from bamsat.core.read.citing.bodies import Body, issuer
from bamsat.core.read.citing.drafting import approver, drafter, signer
from bamsat.core.read.citing.found import Draft
from bamsat.core.read.citing.numbered import Numbered
from bamsat.core.read.citing.relations import relate
from bamsat.core.read.citing.titles import Passage
from bamsat.core.read.citing.unnumbered import Unnumbered
from bamsat.core.read.citing.words import anchors, types, unwrapped
from bamsat.core.read.document import Document
from bamsat.core.read.scan import lower
from bamsat.core.terms.directive import Citation, Letterhead

_QUIET = ("title", "heading", "caption")
_DEPARTMENT = re.compile(r"Sở Công [Tt]hương|ngành Công [Tt]hương")
_NEAR = 12  # documents before one, among which its outer one is
_OWN_FIELDS = ("symbol", "type", "issuer", "above", "number")


def all_cited(document: Document, low: str, area: str | None, head: Letterhead | None) -> tuple[Citation, ...]:
    """The documents that a loaded document cites, as `citations` says."""
    text = unwrapped(document.text)
    low = low if text == document.text else lower(text)
    year = _year(document, head)
    passage = Passage.of(text, low, anchors(low))
    numbered = Numbered(passage, area, year)
    found = numbered.read()
    quiet = [(block.start, block.end) for block in document.blocks if block.kind in _QUIET]
    loose = Unnumbered(passage, year, numbered.used).read(quiet)
    drafts = [draft for draft in _apart(document, found, loose) if not _outside(document, draft, head)]
    drafts.sort(key=lambda draft: (draft.start, -draft.end))
    _nest(drafts)
    relate(low, drafts)
    _issuers(drafts, text, low, area)
    return tuple(_citation(document, draft, area) for draft in drafts)


def _year(document: Document, head: Letterhead | None) -> int | None:
    said = (head.date if head else "") or document.attributes.get("dated", "")
    return int(said[:4]) if said[:4].isdigit() else None


def _apart(document: Document, found: list[Draft], loose: list[Draft]) -> list[Draft]:
    """Numbered documents, and those without a number that do not say the same again."""
    starts = {draft.start for draft in found}
    kept = [draft for draft in loose if draft.start not in starts]
    inner: list[Draft] = []
    found = sorted(found, key=lambda one: one.start)
    begins = [draft.start for draft in found]
    for draft in sorted(kept, key=lambda one: (one.start, -one.end)):
        same = any(
            other.end == draft.end and draft.start - other.start < 12 and other.kind != "named" for other in inner[-3:]
        )
        lower = document.text[draft.start].islower() and draft.kind == "named"
        within = (lower or draft.kind in ("generic", "set", "directive")) and any(
            other.start <= draft.start and draft.end <= other.end
            for other in (
                *inner[-4:],
                *found[max(0, bisect_right(begins, draft.start) - 4) : bisect_right(begins, draft.start)],
            )
        )
        if not same and not within:
            inner.append(draft)
    return [*found, *inner]


def _outside(document: Document, draft: Draft, head: Letterhead | None) -> bool:
    """Whether it stands in the document's own letterhead or in what is no text of it."""
    if head is not None and draft.symbol is not None and draft.symbol == head.symbol:
        return True
    own = _OWN_FIELDS if draft.symbol else (*_OWN_FIELDS, "subject")
    if head is not None and any(
        field in own and start < draft.end and draft.start < end for field, start, end in head.spans
    ):
        return True
    block = _block_kind(document, draft.start)
    return block == "furniture" or (block == "caption" and draft.symbol is None and draft.kind != "named")


def _block_kind(document: Document, at: int) -> str:
    place = bisect_right(document.blocks, at, key=lambda block: block.start) - 1
    return document.blocks[place].kind if place >= 0 and at < document.blocks[place].end else ""


def _nest(drafts: list[Draft]) -> None:
    """A document without a number within another's words is nested in its title."""
    reach, outer = -1, Draft(0, -1, "", "")
    for draft in drafts:
        if draft.end == outer.end and draft.symbol is None and draft.date == outer.date and "uật" in draft.type:
            draft.date = None  # the day is that of the act that amends
        if draft.start < reach and draft.symbol is None and draft.kind in ("named", "generic") and draft.about:
            draft.kind = "nested"
        if draft.end > reach:
            reach, outer = draft.end, draft


def _issuers(drafts: list[Draft], text: str, low: str, area: str | None) -> None:
    department = _department(text)
    for place, draft in enumerate(drafts):
        if department is not None and [body.name.lower() for body in draft.bodies] in (["ngành"], ["sở"]):
            draft.bodies = [department]
        if draft.symbol and not draft.bodies:
            _named_before(draft, drafts[place - 1] if place else None, text, low)
        if draft.bodies or draft.kind == "directive":
            continue
        if draft.by_symbol or (draft.type in types() and types()[draft.type].by):
            draft.issuer = draft.by_symbol or types()[draft.type].by
            draft.inferred.append("issuer")
        elif draft.kind == "named" or (draft.kind == "set" and draft.count is not None):
            _said_before(draft, text, low, department)
            if not draft.bodies:
                _as_outer(draft, [], drafts[place + 1 : place + 3], text)
        elif draft.kind == "nested":
            _as_outer(draft, drafts[max(0, place - _NEAR) : place], drafts[place + 1 : place + 3], text)


def _named_before(draft: Draft, before: Draft | None, text: str, low: str) -> None:
    """Who issued a numbered document by the words before it, or before the first of those named with it."""
    if body := signer(text, low, draft.start):
        draft.bodies, draft.subject = [body], True
    elif before is not None and before.subject and text[before.end : draft.start].strip(" ,;") in ("", "và"):
        draft.bodies, draft.subject = list(before.bodies), True


def _said_before(draft: Draft, text: str, low: str, department: Body | None) -> None:
    if found := approver(text, draft.end) or drafter(text, low, draft.start, department):
        draft.bodies = found
        draft.inferred.append("issuer")


def _as_outer(draft: Draft, earlier: list[Draft], later: list[Draft], text: str) -> None:
    """What a decision promulgates its issuer issues; a programme "theo Quyết định số ..." is of that decision's."""
    for other in later:
        between = text[draft.end : other.start].strip().lower()
        if other.symbol and between in (
            "theo",
            "ban hành theo",
            "tại",
            "ban hành kèm theo",
            "được phê duyệt tại",
            "được ban hành tại",
            "phê duyệt tại",
            "được ban hành kèm theo",
            "(",
        ):
            draft.bodies, draft.issuer = other.bodies, other.issuer or other.by_symbol or None
            draft.inferred.append("issuer")
            return
    for outer in reversed(earlier):
        if outer.start < draft.start < outer.end:
            said = text[outer.start : draft.start].lower().rstrip(' “"\u00a0')
            carried = said.endswith(("ban hành", "phê duyệt", "triển khai thực hiện", outer.type.lower(), "và", ","))
            if carried and not outer.by_symbol:
                draft.bodies, draft.issuer = outer.bodies, outer.issuer
            elif said.endswith(("ban hành", "phê duyệt")):
                draft.bodies, draft.issuer = outer.bodies, outer.issuer or outer.by_symbol
            if draft.bodies or draft.issuer:
                draft.inferred.append("issuer")
            return


def _department(text: str) -> Body | None:
    """The department whose work the document tells, where "Sở" or nobody is named."""
    match = _DEPARTMENT.search(text)
    return Body(match.start(), match.end(), "Sở Công Thương", "province") if match else None


def _citation(document: Document, draft: Draft, area: str | None) -> Citation:
    named, completed = issuer(draft.bodies, area)
    inferred = draft.inferred + (["issuer"] if completed else [])
    return Citation(
        doc=document.name,
        start=draft.start,
        end=draft.end,
        text=document.text[draft.start : draft.end],
        kind=draft.kind,
        type=draft.type,
        symbol=draft.symbol,
        date=draft.date,
        issuer=named or draft.issuer or None,
        about=draft.about,
        relation=draft.relation,
        count=draft.count,
        inferred=tuple(dict.fromkeys(inferred)),
        at=_at(document, draft.start),
    )


def _at(document: Document, at: int) -> str:
    place = bisect_right(document.blocks, at, key=lambda block: block.start) - 1
    return document.blocks[place].at if place >= 0 else ""
