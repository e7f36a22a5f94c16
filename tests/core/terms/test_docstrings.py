# SPDX-License-Identifier: Apache-2.0
import doctest
import pkgutil
from importlib import import_module

import pytest

import bamsat.core

MODULES = [module.name for module in pkgutil.walk_packages(bamsat.core.__path__, "bamsat.core.")]


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_in_the_docstrings_are_true(name):
    assert doctest.testmod(import_module(name)).failed == 0
