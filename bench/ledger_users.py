# SPDX-License-Identifier: Apache-2.0
"""Many users at once, through the server that `bamsat serve` starts: what a page of the ledger costs them."""

from __future__ import annotations

import http.client
import random
import socket
import subprocess
import threading
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field


def together(address: Callable[[random.Random], str], users: int, each: int) -> tuple[list[float], float]:
    """Milliseconds of requests by many users at once through the server that `bamsat serve` starts, and the seconds."""
    with ExitStack() as stack:
        port = serve(stack)
        people = [Person(port, session, random.Random(at)) for at, session in enumerate(_sessions(users))]
        for person in people[:4]:
            person.open(address, 3)
            person.times.clear()
        threads = [threading.Thread(target=person.open, args=(address, each)) for person in people]
        began = time.perf_counter()
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        seconds = time.perf_counter() - began
    if wrong := [said for person in people for said in person.wrong]:
        raise SystemExit("; ".join(wrong[:3]))
    return [time_ for person in people for time_ in person.times], seconds


def _sessions(users: int) -> list[str]:
    """Each user signs in anew."""
    from django.test import Client

    from bamsat.rooms.accounts.models import User

    user, made = User.objects.get(username="chuyen-vien"), []
    for _ in range(users):
        client = Client()
        client.force_login(user, "django.contrib.auth.backends.ModelBackend")
        made.append(client.cookies["sessionid"].value)
    return made


def serve(stack: ExitStack) -> int:
    from django.db import connection

    from bamsat.serve import server

    connection.close()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    process = subprocess.Popen(server("127.0.0.1", port), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    stack.callback(process.wait)
    stack.callback(process.terminate)
    for _ in range(600):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return port
    raise SystemExit("the server did not start")


@dataclass
class Person:
    """One user's browser: it asks again as soon as it has an answer."""

    port: int
    session: str
    choose: random.Random
    times: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def open(self, address: Callable[[random.Random], str], count: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        for _ in range(count):
            where, began = address(self.choose), time.perf_counter()
            connection.request("GET", where, headers={"Cookie": f"sessionid={self.session}"})
            answer = connection.getresponse()
            answer.read()
            self.times.append((time.perf_counter() - began) * 1000)
            if answer.status != 200:
                self.wrong.append(f"{where}: {answer.status}")
        connection.close()
