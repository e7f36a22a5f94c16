# SPDX-License-Identifier: Apache-2.0
"""Why something was not published."""

from bamsat.core.terms.errors import BamsatError


class PublishRefused(BamsatError):
    """What was asked for cannot be published, or not there; nothing was written."""


class ScaleMissing(PublishRefused):
    """The programs that write Parquet are not installed."""

    def __init__(self) -> None:
        super().__init__(
            vi="Phần ghi Parquet chưa được cài. Hãy chạy: pip install 'bamsat[web,scale]'",
            en="What writes Parquet is not installed. Run: pip install 'bamsat[web,scale]'",
        )
