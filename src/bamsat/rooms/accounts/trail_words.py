# SPDX-License-Identifier: Apache-2.0
"""The trail in words: what an action is called, and what its object is called now."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from django.apps import apps
from django.utils import timezone, translation

from bamsat.core.terms.data import shipped
from bamsat.ui import sheets

from .models import AuditRecord

HEAD = (
    "id", "at", "by", "by_name", "action", "action_vi", "object_type", "object_id", "reason", "details",
    "previous_digest", "digest",
)  # fmt: skip


def action_name(code: str, language: str = "") -> str:
    """ "figures.entry.withdrawn" -> "Rút bút toán"; a code that nobody named is shown as it is."""
    chosen = language or ("en" if (translation.get_language() or "vi").startswith("en") else "vi")
    told: dict[str, str] = shipped("actions.yml").get(code) or {}
    return told.get(chosen) or code


def kind_name(object_type: str) -> str:
    """What a kind of object is called: "figures.entry" -> "bút toán"."""
    try:
        return str(apps.get_model(object_type)._meta.verbose_name)
    except (LookupError, ValueError):
        return object_type


def object_names(rows: Iterable[AuditRecord]) -> dict[tuple[str, str], str]:
    """What the objects of these records are called today; one that is gone has no name."""
    wanted: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        if row.object_id.isdecimal():
            wanted[row.object_type].add(row.object_id)
    found: dict[tuple[str, str], str] = {}
    for kind, ids in wanted.items():
        try:
            there = apps.get_model(kind)._default_manager.in_bulk([int(pk) for pk in ids])
        except (LookupError, ValueError):
            continue
        found |= {(kind, str(pk)): str(one) for pk, one in there.items()}
    return found


def lines(details: dict[str, Any]) -> list[tuple[str, str]]:
    """The details one under the other, a list or a table inside as it is written."""
    return [
        (name, value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))
        for name, value in details.items()
    ]


def csv_lines(rows: Iterable[AuditRecord]) -> Iterator[str]:
    """The records as lines of CSV with their digests; Excel sees at once that it is UTF-8."""
    yield sheets.MARK + sheets.csv_line(HEAD)
    for row in rows:
        by, name = (row.by.get_username(), str(row.by)) if row.by else ("", "")
        told = (
            row.pk, timezone.localtime(row.at).isoformat(), by, name, row.action, action_name(row.action, "vi"),
            row.object_type, row.object_id, row.reason, json.dumps(row.details, ensure_ascii=False, sort_keys=True),
            row.previous_digest, row.digest,
        )  # fmt: skip
        yield sheets.csv_line(told)
