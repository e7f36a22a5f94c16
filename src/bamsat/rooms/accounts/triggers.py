# SPDX-License-Identifier: Apache-2.0
"""The audit trail is insert-only on both databases."""

from __future__ import annotations

from bamsat.rooms.accounts.insert_only import Guard

GUARD = Guard("accounts", ("accounts_auditrecord",), "the trail is insert-only")
install, remove = GUARD.install, GUARD.remove
install_by_migration, remove_by_migration = GUARD.install_by_migration, GUARD.remove_by_migration
