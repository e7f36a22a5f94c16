# SPDX-License-Identifier: Apache-2.0
"""The full-text index of the register, kept by the actions that change a record; it can be made anew at any time."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator

from django.db import connection, transaction

from bamsat.rooms.documents.models import Document, Record, RecordWords, Urgency
from bamsat.rooms.documents.search_words import words_of

MOST_BYTES = (
    400_000  # of a document's words: a hundred and fifty pages; a vector of PostgreSQL holds a megabyte at most
)
MOST_BYTES_OF_HEAD = 40_000
LONGEST_WORD = 60
_RECORD_BITS = 40
_LAST_PLACE = 16_383  # PostgreSQL counts the places of words no further
_MOST_PLACES = 250  # of one word
_AT_ONCE = 200


def place_of(record: Record) -> int:
    """Where a record stands in the index: by the day it is filed under, then by its id."""
    return record.filed_on.toordinal() << _RECORD_BITS | record.pk


def head_of(record: Record) -> str:
    """What a record is called by: symbol, type, issuer, signer, subject."""
    urgency = Urgency(record.urgency).label if record.urgency in Urgency.values else ""
    told = (record.symbol, record.type, record.issuer, record.signer, record.post, record.subject, urgency, record.note)
    return _taken(" . ".join(map(str, told)), MOST_BYTES_OF_HEAD)


def body_of(text: str) -> str:
    """The words of the file, as many as the index takes."""
    return _taken(text, MOST_BYTES)


def _taken(text: str, most: int) -> str:
    """Words that a database has room for: what somebody wrote without a space for a page is none to look for."""
    taken = " ".join(word for word in words_of(text[: 2 * most]) if len(word) <= LONGEST_WORD).encode()
    return taken[:most].decode(errors="ignore")


@transaction.atomic
def index(record: Record) -> None:
    """Bring the index up to what the record and its file say now."""
    unindex(record)
    told = Document.objects.filter(record=record).values_list("name", "title", "text").first() or ()
    text = "\n".join(told)
    _put(place_of(record), record.pk, head_of(record), body_of(text))


def unindex(record: Record) -> None:
    """Take a record out of the index; before it is deleted too, for a database knows nothing of the words beside."""
    for place in RecordWords.objects.filter(record=record.pk).values_list("pk", flat=True):
        _forget(place)
        RecordWords.objects.filter(pk=place).delete()


def rebuild() -> Iterator[int]:
    """Index every record anew, a few in each transaction; tells how many are done."""
    done, after = 0, 0
    empty()
    while piece := list(Record.objects.filter(pk__gt=after).order_by("pk")[:_AT_ONCE]):
        with transaction.atomic():
            for record in piece:
                index(record)
        done, after = done + len(piece), piece[-1].pk
        yield done


@transaction.atomic
def empty() -> None:
    """Take everything out, also what no record belongs to any more."""
    RecordWords.objects.all().delete()
    if connection.vendor != "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO documents_recordtext(documents_recordtext) VALUES ('delete-all')")
            cursor.execute("DELETE FROM documents_recordpacked")


def _put(place: int, record: int, head: str, body: str) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "INSERT INTO documents_recordwords (id, record_id, vector) VALUES (%s, %s, %s::tsvector)",
                [place, record, vector(head, body)],
            )
            return
        _forget(place)  # of a table that was emptied behind the index's back
        cursor.execute("INSERT INTO documents_recordwords (id, record_id) VALUES (%s, %s)", [place, record])
        cursor.execute("INSERT INTO documents_recordtext (rowid, head, body) VALUES (%s, %s, %s)", [place, head, body])
        packed = zlib.compress(json.dumps([head, body]).encode(), 1)
        cursor.execute("INSERT INTO documents_recordpacked (id, packed) VALUES (%s, %s)", [place, packed])


def _forget(place: int) -> None:
    if connection.vendor == "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT packed FROM documents_recordpacked WHERE id = %s", [place])
        if row := cursor.fetchone():
            head, body = json.loads(zlib.decompress(row[0]))
            cursor.execute(
                "INSERT INTO documents_recordtext (documents_recordtext, rowid, head, body)"
                " VALUES ('delete', %s, %s, %s)",
                [place, head, body],
            )
            cursor.execute("DELETE FROM documents_recordpacked WHERE id = %s", [place])


def vector(head: str, body: str) -> str:
    """The text of a tsvector: each word with the places where it stands, those of the head weighted.

    >>> vector("nong san", "san pham")
    "'nong':1A 'san':2A,4 'pham':5"
    """
    places: dict[str, list[str]] = {}
    first = head.split()
    for at, word in enumerate(first, start=1):
        places.setdefault(word, []).append(f"{min(at, _LAST_PLACE)}A")
    # A gap, so that no phrase runs from the head into the body.
    for at, word in enumerate(body.split(), start=len(first) + 2):
        found = places.setdefault(word, [])
        if not found or (len(found) < _MOST_PLACES and at <= _LAST_PLACE):
            found.append(str(min(at, _LAST_PLACE)))
    return " ".join(f"'{word}':{','.join(found)}" for word, found in places.items())
