# SPDX-License-Identifier: Apache-2.0
"""Filling a return on its page: opening, saving as one goes, values pulled from elsewhere."""
