# SPDX-License-Identifier: Apache-2.0
"""Forms as data: what a form asks, what its formulas compute while it is filled, and what is wrong at which cell."""
