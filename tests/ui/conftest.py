# SPDX-License-Identifier: Apache-2.0
from collections.abc import Iterator

import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def _vietnamese() -> Iterator[None]:
    """A page of another test may have left English behind."""
    with translation.override("vi"):
        yield
