# SPDX-License-Identifier: Apache-2.0
"""How the check speaks: names, numbers, periods, and a conflict as one sentence."""
