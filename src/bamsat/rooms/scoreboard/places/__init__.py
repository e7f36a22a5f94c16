# SPDX-License-Identifier: Apache-2.0
"""Places beside each other by one indicator: ranked, and on a map."""
