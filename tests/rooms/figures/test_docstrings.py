# SPDX-License-Identifier: Apache-2.0
import doctest
from importlib import import_module

import pytest

MODULES = (
    "documents.indexing", "documents.read_rows", "documents.register_keys", "documents.search_words", "tasks.mails",
    "tasks.occurrences", "figures.ledger", "figures.corrections",
)  # fmt: skip


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_in_the_module_hold(name: str) -> None:
    found = doctest.testmod(import_module(f"bamsat.rooms.{name}"))
    assert (found.failed, found.attempted > 0) == (0, True)
