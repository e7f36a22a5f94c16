# SPDX-License-Identifier: Apache-2.0
"""What the first load of a page costs over the wire: the page and every style, script and picture that it asks for.

A department with the reports that the product ships, and the pages that links lead to from the first one on, one of
each kind. Each is asked for as a browser does that has nothing kept and takes compressed answers.
"""

from __future__ import annotations

import http.client
import json
import os
import re
import subprocess
import sys
import tempfile
from collections import deque
from collections.abc import Iterator
from contextlib import ExitStack
from functools import cache
from html import unescape
from urllib.parse import urljoin, urlsplit

from bench import ROOT, Line

LIMIT = 400.0  # kB
MOST_PAGES = 400
TOLD = 4  # of the heaviest pages
_ASSET = re.compile(r'<(?:link[^>]+href|script[^>]+src|img[^>]+src)="([^"]+)"')
_LINK = re.compile(r'<a [^>]*?href="([^"#]+)')


def measure() -> Iterator[Line]:
    with tempfile.TemporaryDirectory(prefix="bamsat-weight-") as folder:
        environment = os.environ | {
            "BAMSAT_DATA": folder, "BAMSAT_SAMPLES": "yes", "BAMSAT_SECRET_KEY": "only-for-benchmarks-" + "0" * 30,
            "DJANGO_SETTINGS_MODULE": "bamsat.settings", "PYTHONPATH": str(ROOT),
        }  # fmt: skip
        command = [sys.executable, "-m", "bench.page_weight", "inside"]
        told = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, cwd=ROOT).stdout
    found = json.loads(told.decode().splitlines()[-1])
    heaviest = sorted(found, key=lambda one: -one["bytes"])
    yield Line("kinds of pages weighed (at least 30)", -len(found), -30, "")
    yield Line("the heaviest first load over the wire", heaviest[0]["bytes"] / 1000, LIMIT, "kB", heaviest[0]["page"])
    for one in heaviest[1:TOLD]:
        yield Line("a first load over the wire", one["bytes"] / 1000, LIMIT, "kB", one["page"])
    for one in found:
        if one["page"].startswith("/bang-diem/"):
            yield Line(
                "a look at the scoreboard, first load over the wire", one["bytes"] / 1000, LIMIT, "kB", one["page"]
            )


# In the process that has the application.


def inside() -> None:
    import django

    django.setup()
    from django.test import Client

    from bamsat.rooms.accounts.models import User
    from bamsat.serve import prepare
    from bench.ledger_users import serve

    prepare()
    _accept()
    client = Client()
    client.force_login(User.objects.get(username="quan-tri"), "django.contrib.auth.backends.ModelBackend")
    with ExitStack() as stack:
        browser = Browser(serve(stack), client.cookies["sessionid"].value)
        print(json.dumps([{"page": page, "bytes": size} for page, size in browser.walk("/")]))


def _accept() -> None:
    """What was read of the samples goes into the ledger, so that its pages have something to show."""
    from bamsat.rooms.accounts.models import User
    from bamsat.rooms.documents.models import Document
    from bamsat.rooms.figures.actions import accept_all

    administrator = User.objects.get(username="quan-tri")
    for document in Document.objects.all():
        accept_all(administrator, document)


class Browser:
    """A browser that has nothing kept, on one connection."""

    def __init__(self, port: int, session: str) -> None:
        self.port, self.session = port, session
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)

    def walk(self, first: str) -> Iterator[tuple[str, int]]:
        """Each kind of page once, with the bytes of its first load."""
        waiting, seen = deque([first]), set[str]()
        for _ in range(MOST_PAGES):
            if not waiting:
                return
            page = waiting.popleft()
            kind = _kind(page)
            if kind in seen:
                continue
            text, size = self.page(page)
            if text is None:
                continue
            seen.add(kind)
            assets = {urljoin(page, unescape(each)) for each in _ASSET.findall(text)}
            yield page, size + sum(self.asset(each) for each in assets)
            waiting += [
                there
                for link in _LINK.findall(text)
                if (there := urljoin(page, unescape(link))).startswith("/") and _kind(there) not in seen
            ]

    def page(self, address: str) -> tuple[str | None, int]:
        """The text of a page, if it is one, and what it costs as it is sent."""
        status, kind, body, size = self._ask(address, "")
        if status != 200 or not kind.startswith("text/html"):
            return None, 0
        compressed = self._ask(address, "gzip, br")[3]
        return body.decode(), min(size, compressed)

    @cache  # noqa: B019 - one browser a run
    def asset(self, address: str) -> int:
        status, _, _, size = self._ask(address, "gzip, br")
        if status != 200:
            raise SystemExit(f"{address}: {status}")
        return size

    def _ask(self, address: str, encodings: str) -> tuple[int, str, bytes, int]:
        headers = {"Cookie": f"sessionid={self.session}", "Accept-Encoding": encodings or "identity"}
        self.connection.request("GET", address, headers=headers)
        answer = self.connection.getresponse()
        body = answer.read()
        head = sum(len(name) + len(value) + 4 for name, value in answer.getheaders())
        return answer.status, answer.headers.get("Content-Type", ""), body, len(body) + head


def _kind(address: str) -> str:
    """Pages of one route are of one kind; ways to ask for it are not."""
    from django.urls import Resolver404, resolve

    path = urlsplit(address).path
    try:
        return str(resolve(path).view_name or path)
    except Resolver404:
        return path


if __name__ == "__main__":
    inside()
