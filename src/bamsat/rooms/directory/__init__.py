# SPDX-License-Identifier: Apache-2.0
"""Bodies, their posts and who holds them by date, acting and handing over, committees and their work."""
