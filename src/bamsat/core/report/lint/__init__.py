# SPDX-License-Identifier: Apache-2.0
"""Lint: each number of a report about to be signed is matched to the ledger, or called what it is."""

from bamsat.core.report.lint.linting import counted_by, lint
from bamsat.core.report.lint.model import Kind, Known, KnownFigure, Remark, Severity, Tagged

__all__ = ["Kind", "Known", "KnownFigure", "Remark", "Severity", "Tagged", "counted_by", "lint"]
