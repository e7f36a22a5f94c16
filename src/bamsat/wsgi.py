# SPDX-License-Identifier: Apache-2.0
"""The application as a server sees it: `bamsat.wsgi:application`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bamsat.settings")
application = get_wsgi_application()


def _load() -> None:
    """The solver, and what the check knows beforehand, take a second or two to load: once, before the first page, so
    that nobody who opens a form waits for it."""
    import bamsat.core.check.checking  # noqa: F401
    from bamsat.core.check.knowledge import Knowledge
    from bamsat.core.terms.unit import units

    Knowledge.shipped()
    units()


_load()
