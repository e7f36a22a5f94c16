# SPDX-License-Identifier: Apache-2.0
"""What figures, identities, periods, places and sources tie together."""
