# SPDX-License-Identifier: Apache-2.0
"""Reports received, their files, and what was read in them."""
