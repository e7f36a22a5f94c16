# SPDX-License-Identifier: Apache-2.0
"""The way of a return: sent, checked, sent back, approved into the ledger, unlocked."""
