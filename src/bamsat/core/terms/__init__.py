# SPDX-License-Identifier: Apache-2.0
"""The words that every stage speaks: numbers, units, periods, figures, and Vietnamese itself."""
