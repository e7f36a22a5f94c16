# SPDX-License-Identifier: Apache-2.0
"""The ledger is insert-only on both databases."""

from __future__ import annotations

from bamsat.rooms.accounts.insert_only import Guard

GUARD = Guard("figures", ("figures_entry", "figures_withdrawal", "figures_confirmation"), "the ledger is insert-only")
install, remove = GUARD.install, GUARD.remove
install_by_migration, remove_by_migration = GUARD.install_by_migration, GUARD.remove_by_migration
