# SPDX-License-Identifier: Apache-2.0
"""Documents that a text cites: their symbols, days, issuers and titles."""
