# SPDX-License-Identifier: Apache-2.0
"""Errors that teach: what is wrong, where, and how to mend it, in Vietnamese and in English."""

from __future__ import annotations

from typing import Literal

Cause = Literal[
    "empty", "truncated", "encrypted", "wrong_type", "too_large", "bomb", "binary", "unsupported", "too_slow"
]


class BamsatError(Exception):
    """An expected trouble, told in both languages.

    >>> str(BamsatError(vi="Thiếu kỳ báo cáo.", en="The period is missing."))
    'Thiếu kỳ báo cáo.'
    """

    def __init__(self, *, vi: str, en: str) -> None:
        super().__init__(vi)
        self.vi = vi
        self.en = en

    def __reduce__(self) -> tuple[object, ...]:
        # Keyword-only arguments do not survive the default pickling, and reading runs in worker processes.
        return _rebuilt, (type(self), self.__dict__)


class FileUnreadable(BamsatError):
    """A file that cannot be read as a whole; nothing of it was kept.

    >>> error = FileUnreadable(name="bc.docx", cause="empty", vi="Tệp rỗng.", en="The file is empty.")
    >>> error.name, error.cause
    ('bc.docx', 'empty')
    """

    def __init__(self, *, name: str, cause: Cause, vi: str, en: str) -> None:
        super().__init__(vi=vi, en=en)
        self.name = name
        self.cause: Cause = cause


def _rebuilt(kind: type[BamsatError], said: dict[str, str]) -> BamsatError:
    return kind(**said)
