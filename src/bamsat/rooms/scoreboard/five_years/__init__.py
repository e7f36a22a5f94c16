# SPDX-License-Identifier: Apache-2.0
"""The five-year plan: each target’s way year by year, and what the years left need."""
