# SPDX-License-Identifier: Apache-2.0
import doctest
from importlib import import_module

import pytest


@pytest.mark.parametrize("name", ["rooms.exchange.manifest", "core.compare.published"])
def test_the_examples_in_the_module_hold(name: str) -> None:
    found = doctest.testmod(import_module(f"bamsat.{name}"))
    assert (found.failed, found.attempted > 0) == (0, True)
