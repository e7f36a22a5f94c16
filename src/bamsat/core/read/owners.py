# SPDX-License-Identifier: Apache-2.0
"""Whose a figure is: the part of foreign, private or state-owned enterprises in what was just told."""

from __future__ import annotations

import re

from bamsat.core.read.families import Subject

# these have rules of their own for who made, sold or invested
_OWN_RULES = frozenset(
    ("iip", "industrial_output", "exports", "imports", "investment", "grdp", "trade_total", "trade_balance")
)
_OWNER = re.compile(
    r"(?:(?:các|khu vực|khối|doanh nghiệp|dn|thành phần|kinh tế|công ty|đơn vị|vốn|có|hộ|nguồn|từ|thuộc)[ \u00a0])*"
    r"(?:fdi|(?:có )?(?:vốn )?(?:đầu tư )?(?:trực tiếp )?(?:của )?nước ngoài|(?:ở )?trong nước|(?:ngoài )?nhà nước"
    r"|(?:ngoài )?quốc doanh|tư nhân|tập thể|cá thể|trung ương|địa phương)"
)


def owned_part(whole: Subject, words: str) -> Subject | None:
    """The part of a whole that the words name by its owner, or None.

    >>> owned_part(Subject("other:nộp ngân sách", None, "Nộp ngân sách"), "Doanh nghiệp FDI")
    Subject(indicator='other:nộp ngân sách', segment='doanh nghiệp fdi', label='Doanh nghiệp FDI')
    """
    owner = words.lower()
    if not owner or whole.indicator in _OWN_RULES or _OWNER.fullmatch(owner) is None:
        return None
    return Subject(whole.indicator, owner, words)
