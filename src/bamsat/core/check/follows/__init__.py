# SPDX-License-Identifier: Apache-2.0
"""What follows from figures that hold, and what cannot be compared."""
