# SPDX-License-Identifier: Apache-2.0
"""The tree of places, their names over time, and who has which role where."""
