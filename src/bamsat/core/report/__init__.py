# SPDX-License-Identifier: Apache-2.0
"""Report: an outline as data, worded as the field words it, written to Word, Excel, PDF and web, and linted."""
