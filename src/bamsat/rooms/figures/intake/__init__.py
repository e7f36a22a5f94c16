# SPDX-License-Identifier: Apache-2.0
"""Bringing in many figures at once: a file of any layout into one stream of rows, a dry run, and the writing."""
