# SPDX-License-Identifier: Apache-2.0
"""Why a number is what it is: its parts, the year’s course, what was said before, what people noted."""
