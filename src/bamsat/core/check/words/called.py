# SPDX-License-Identifier: Apache-2.0
"""What a figure is called in the middle of a sentence."""

from __future__ import annotations

from bamsat.core.check.model import Stated
from bamsat.core.check.words.naming import indicator_name, uncapital
from bamsat.core.check.words.written import Language

LANGUAGES: tuple[Language, Language] = ("vi", "en")


def called(one: Stated, language: Language = "vi") -> str:
    """The indicator, and the part of it that is meant: "kim ngạch xuất khẩu (gạo)"."""
    figure = one.figure
    words = uncapital(indicator_name(figure.indicator, language, figure.label))
    return f"{words} ({figure.segment})" if figure.segment else words
