# SPDX-License-Identifier: Apache-2.0
"""Returns as files: a workbook or XML out, what came back in read cell by cell, many files at once."""
