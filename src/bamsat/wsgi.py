# SPDX-License-Identifier: Apache-2.0
"""The application as a server sees it: `bamsat.wsgi:application`."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bamsat.settings")
application = get_wsgi_application()


def _load() -> None:
    """The solver, what the check knows beforehand, the pages' own code and the SQL of their comparisons take seconds to
    load: once, before the first page, so that nobody who opens one waits for it."""
    from django.urls import get_resolver

    import bamsat.core.check.checking  # noqa: F401
    from bamsat.core.check.knowledge import Knowledge
    from bamsat.core.terms.unit import units
    from bamsat.rooms.figures.compared import prepare
    from bamsat.rooms.scoreboard.places import levels as places

    Knowledge.shipped()
    units()
    get_resolver().url_patterns  # noqa: B018 - asking for them imports every view
    prepare(places.EXPRESSIONS.values())


def _settle() -> None:
    """What is loaded by now stays for good. Looking through all of it for garbage would hold up one page in ten for a
    tenth of a second, and find nothing."""
    gc.collect()
    gc.freeze()


_load()
_settle()
