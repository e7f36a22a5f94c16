# SPDX-License-Identifier: Apache-2.0
"""What happened to a task, and who was reminded of it, stays as it was written on both databases."""

from __future__ import annotations

from bamsat.rooms.accounts.insert_only import Guard

GUARD = Guard("tasks", ("tasks_step", "tasks_reminder"), "steps and reminders of tasks are insert-only")
install, remove = GUARD.install, GUARD.remove
install_by_migration, remove_by_migration = GUARD.install_by_migration, GUARD.remove_by_migration
