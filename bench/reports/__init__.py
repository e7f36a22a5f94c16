# SPDX-License-Identifier: Apache-2.0
"""Reports made at random, for the round trip: what is written must read back. Nothing here knows the reader."""
