# SPDX-License-Identifier: Apache-2.0
"""Notes stay as they were written on both databases."""

from __future__ import annotations

from bamsat.rooms.accounts.insert_only import Guard

GUARD = Guard(
    "situation",
    ("situation_note", "situation_note_indicators", "situation_note_targets", "situation_note_about"),
    "notes are insert-only",
)
install, remove = GUARD.install, GUARD.remove
install_by_migration, remove_by_migration = GUARD.install_by_migration, GUARD.remove_by_migration
