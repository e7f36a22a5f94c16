# SPDX-License-Identifier: Apache-2.0
"""The first page, search and help; it has no tables of its own."""
