# SPDX-License-Identifier: Apache-2.0
"""Figures held against last year, against plan and against each other."""
