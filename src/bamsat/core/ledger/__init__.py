# SPDX-License-Identifier: Apache-2.0
"""The rules of the ledger: what may be added, onto which boundaries, how a whole is shared out, what was known when."""
