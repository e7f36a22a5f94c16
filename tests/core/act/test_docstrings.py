# SPDX-License-Identifier: Apache-2.0
import doctest
import pkgutil
from importlib import import_module

import pytest

import bamsat.core.act

MODULES = [module.name for module in pkgutil.walk_packages(bamsat.core.act.__path__, "bamsat.core.act.")]


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_in_the_docstrings_are_true(name):
    found = doctest.testmod(import_module(name))
    assert found.failed == 0
