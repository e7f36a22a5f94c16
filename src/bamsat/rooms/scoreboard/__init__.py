# SPDX-License-Identifier: Apache-2.0
"""The scoreboard (bảng điểm): where a place stands, what will be missed, why, and what pace is now needed."""
