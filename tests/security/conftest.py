# SPDX-License-Identifier: Apache-2.0
"""The world of tests/security/world.py, built once for a module; what a test does to it is taken back."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.test import override_settings

from tests.cast import Cast
from tests.security.world import SECRET, World


@pytest.fixture(scope="module")
def built(
    request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: Any,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[World]:  # fmt: skip
    """A module may say what stands in every name of its world: MARK."""
    files: Path = tmp_path_factory.mktemp("world")
    with django_db_blocker.unblock(), transaction.atomic():
        with override_settings(BAMSAT_DATA=files):
            made = World(Cast(), files, getattr(request.module, "MARK", SECRET))
        yield made
        transaction.set_rollback(True)


@pytest.fixture
def world(built: World, _own_files: None, db: None) -> Iterator[World]:
    with override_settings(BAMSAT_DATA=built.files):
        yield built
