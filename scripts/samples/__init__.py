# SPDX-License-Identifier: Apache-2.0
"""The five sample reports: one module a report, its sentences beside its layout."""
