# SPDX-License-Identifier: Apache-2.0
"""Workbooks of a report: its tables as sheets one can print, sign and compute on; docs/reports/excel.md."""

from bamsat.core.report.xlsx.sheet import Sheet, sheets_of
from bamsat.core.report.xlsx.writing import to_xlsx

__all__ = ["Sheet", "sheets_of", "to_xlsx"]
