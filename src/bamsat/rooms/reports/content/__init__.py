# SPDX-License-Identifier: Apache-2.0
"""What reports say: kinds of reports as data, facts from the ledger, sections, frame, what is lacking."""
