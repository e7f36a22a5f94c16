# SPDX-License-Identifier: Apache-2.0
"""The first page and the scoreboard; it has no tables of its own."""
