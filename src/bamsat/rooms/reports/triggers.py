# SPDX-License-Identifier: Apache-2.0
"""What was kept of a report stays as it was on both databases."""

from __future__ import annotations

from bamsat.rooms.accounts.insert_only import Guard

GUARD = Guard(
    "reports",
    ("reports_template", "reports_version", "reports_step", "reports_issue"),
    "versions, steps and issues of reports are insert-only",
)
install_by_migration, remove_by_migration = GUARD.install_by_migration, GUARD.remove_by_migration
# The first migration knows the first four tables alone; since the fourth, renderings are kept too.
ALL = Guard("reports", (*GUARD.tables, "reports_rendering"), GUARD.refusal)
install, remove = ALL.install, ALL.remove
