# SPDX-License-Identifier: Apache-2.0
"""The ledger: accepted figures, never changed, only replaced or withdrawn."""
