# SPDX-License-Identifier: Apache-2.0
"""The examples in the docstrings of plans hold."""

import doctest
from types import ModuleType

import pytest

from bamsat.rooms.figures.plans import known, segments, typed


@pytest.mark.parametrize("module", [known, segments, typed], ids=lambda module: module.__name__)
def test_examples_in_docstrings_hold(module: ModuleType) -> None:
    tried = doctest.testmod(module)
    assert tried.attempted > 0
    assert tried.failed == 0
