# SPDX-License-Identifier: Apache-2.0
"""Sessions in the database under a digest of their key: a copy of the database opens nobody's session."""

from __future__ import annotations

import hashlib
from typing import Any

from django.contrib.sessions.backends import db
from django.core.exceptions import SuspiciousOperation
from django.utils import timezone


def kept_as(key: str) -> str:
    """What the table has for a browser's key."""
    return hashlib.sha256(key.encode()).hexdigest()[:40]


class SessionStore(db.SessionStore):
    """Django's own, except for what stands in the column of keys."""

    def _get_session_from_db(self) -> Any:
        try:
            return self.model.objects.get(session_key=kept_as(self.session_key or ""), expire_date__gt=timezone.now())
        except (self.model.DoesNotExist, SuspiciousOperation):
            self._session_key = None
            return None

    def exists(self, session_key: str) -> bool:
        return super().exists(kept_as(session_key))

    def create_model_instance(self, data: Any) -> Any:
        row = super().create_model_instance(data)
        row.session_key = kept_as(row.session_key)
        return row

    def delete(self, session_key: str | None = None) -> None:
        if key := session_key or self.session_key:
            super().delete(kept_as(key))
