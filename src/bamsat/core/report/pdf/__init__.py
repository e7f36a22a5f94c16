# SPDX-License-Identifier: Apache-2.0
"""A report as PDF: the layout of Decree 30/2020, tagged, with its text, its fonts and its bookmarks inside."""

from bamsat.core.report.pdf.writing import to_pdf

__all__ = ["to_pdf"]
