# SPDX-License-Identifier: Apache-2.0
"""Bám Sát: the operating ledger of a provincial Department of Industry and Trade."""

__version__ = "0.1.0"
