# SPDX-License-Identifier: Apache-2.0
"""Where the tests run: data in a temporary folder, on SQLite unless BAMSAT_DATABASE_URL says otherwise."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import django
import pytest

DATA = Path(tempfile.mkdtemp(prefix="bamsat-tests-"))
os.environ["BAMSAT_DATA"] = str(DATA)
os.environ["BAMSAT_SECRET_KEY"] = "only-for-tests-" + "0" * 40
os.environ["DJANGO_SETTINGS_MODULE"] = "bamsat.settings"
# Playwright keeps an event loop in the main thread, which Django would take for an asynchronous caller.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "yes"
django.setup()

from django.conf import settings as django_settings  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import override_settings  # noqa: E402
from django.utils import translation  # noqa: E402

from bamsat.messages import compile_catalogues  # noqa: E402
from bamsat.rooms.accounts import triggers as trail_triggers  # noqa: E402
from bamsat.rooms.catalogue.actions import load_catalogue  # noqa: E402
from bamsat.rooms.figures import triggers as ledger_triggers  # noqa: E402
from bamsat.rooms.places.shipped import load_places  # noqa: E402
from bamsat.rooms.reports import triggers as report_triggers  # noqa: E402
from bamsat.rooms.situation import triggers as note_triggers  # noqa: E402
from bamsat.rooms.submissions.defining.shipped import load_forms  # noqa: E402
from bamsat.rooms.tasks import triggers as task_triggers  # noqa: E402
from tests.build import IN_USE_SINCE  # noqa: E402
from tests.cast import Cast  # noqa: E402

DATABASE_FIXTURES = {"db", "transactional_db", "live_server"}


def pytest_configure() -> None:
    compile_catalogues()


def pytest_unconfigure() -> None:
    shutil.rmtree(DATA, ignore_errors=True)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what touches a database, so that the other run, on PostgreSQL, repeats only that."""
    for item in items:
        if item.get_closest_marker("django_db") or DATABASE_FIXTURES & set(getattr(item, "fixturenames", ())):
            item.add_marker("database")


@pytest.fixture(scope="session", autouse=True)
def _plain_settings() -> Iterator[None]:
    """Static files straight from the source, jobs done at once, passwords hashed cheaply."""
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    with override_settings(
        STORAGES=django_settings.STORAGES | {"staticfiles": plain},
        TASKS={"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}},
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
        WHITENOISE_AUTOREFRESH=True,
        WHITENOISE_USE_FINDERS=True,
    ):
        yield


@pytest.fixture(autouse=True)
def _vietnamese() -> None:
    """A request in English leaves its language to whatever comes next in the same thread."""
    translation.deactivate()


@pytest.fixture(autouse=True)
def _own_files(tmp_path: Path, settings: object) -> None:
    """Each test keeps its files to itself."""
    settings.BAMSAT_DATA = tmp_path / "data"  # type: ignore[attr-defined]


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """Provinces, districts, catalogue and forms once for all; what needs them adds them again after a test that
    emptied the tables."""
    with django_db_blocker.unblock():
        load_places(communes=False)
        load_catalogue()
        load_forms(IN_USE_SINCE)


@pytest.fixture(autouse=True)
def _ledger_can_be_emptied(request: pytest.FixtureRequest) -> Iterator[None]:
    """A test with a live server empties every table when it ends, which triggers refuse on SQLite."""
    marker = request.node.get_closest_marker("django_db")
    live = {"transactional_db", "live_server"} & set(request.fixturenames) or (
        marker and marker.kwargs.get("transaction")
    )
    if not live:
        yield
        return
    request.getfixturevalue("transactional_db")
    for triggers in (trail_triggers, ledger_triggers, note_triggers, report_triggers, task_triggers):
        triggers.install(connection)
    yield
    for triggers in (trail_triggers, ledger_triggers, note_triggers, report_triggers, task_triggers):
        triggers.remove(connection)


@pytest.fixture
def cast(db: None) -> Cast:
    """The people of tests/cast.py, each made when first asked for."""
    return Cast()
