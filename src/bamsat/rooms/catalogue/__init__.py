# SPDX-License-Identifier: Apache-2.0
"""Indicators and units, with all the names that reports call them by."""
