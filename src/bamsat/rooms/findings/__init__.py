# SPDX-License-Identifier: Apache-2.0
"""Findings of the check: kept, assigned, explained, accepted as they are, or gone because a figure was corrected."""
