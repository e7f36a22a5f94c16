# SPDX-License-Identifier: Apache-2.0
"""Publishing: the approved figures of the ledger, written as a folder of data files and kept in the trail."""

from __future__ import annotations

import importlib.util
from datetime import datetime
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from bamsat.rooms.accounts import audit
from bamsat.rooms.accounts.models import User
from bamsat.rooms.exchange.asked import Asked
from bamsat.rooms.exchange.folder import beside, put_in_place
from bamsat.rooms.exchange.manifest import Manifest
from bamsat.rooms.exchange.refused import PublishRefused, ScaleMissing
from bamsat.rooms.exchange.writing import Progress, write
from bamsat.rooms.places.queries import NotAllowed
from bamsat.rooms.places.rights import sees_everything


def publish(
    by: User | None, folder: Path, asked: Asked, now: datetime | None = None, reason: str = "",
    progress: Progress = lambda _rows: None,
) -> Manifest:  # fmt: skip
    """Write what is asked for to a folder, which is complete afterwards or as it was before.

    `by` is an administrator, or nobody where the command is run on the machine itself. `progress` is told how many
    figures more are written.
    """
    if by is not None and not sees_everything(by):
        raise NotAllowed(vi="Chỉ người quản trị được công bố số liệu.", en="Only an administrator may publish figures.")
    if importlib.util.find_spec("pyarrow") is None:
        raise ScaleMissing
    folder, now = folder.resolve(), now or timezone.now()
    known = min(asked.moment or now, now)
    if asked.known and asked.known > timezone.localdate(now):
        raise PublishRefused(
            vi=f"Ngày {asked.known:%d/%m/%Y} chưa tới: sổ chưa biết gì của ngày ấy.",
            en=f"The day {asked.known} is not yet there: the ledger does not know it.",
        )
    try:
        with beside(folder) as part:
            manifest = write(part, asked, known, progress)
            with transaction.atomic():
                told = asked.told | {"folder": folder.name, "digest": manifest.digest, "rows": dict(manifest.rows)}
                audit.record(by, "exchange.publication.written", None, reason, **told)
                put_in_place(part, folder)
    except OSError as error:
        raise PublishRefused(
            vi=f"Không ghi được {folder}: {error.strerror or error}. Chưa công bố gì; hãy xem chỗ trống và quyền ghi.",
            en=f"Cannot write {folder}: {error.strerror or error}. Nothing was published; see space left and rights.",
        ) from error
    return manifest
