# SPDX-License-Identifier: Apache-2.0
"""Several at once write to the trail, in threads and in processes: one chain, no record lost."""

import os
import subprocess
import sys
import threading
from collections.abc import Callable

import pytest
from django.conf import settings
from django.db import connection, transaction

from bamsat.rooms.accounts import audit
from bamsat.rooms.accounts.models import AuditRecord

WRITERS, EACH = 4, 15
ALONE = """
import sys, django
from django.conf import settings
django.setup()
settings.DATABASES["default"]["NAME"] = sys.argv[1]
from django.db import connection
connection.settings_dict["NAME"] = sys.argv[1]
from bamsat.rooms.accounts import audit
for turn in range(int(sys.argv[2])):
    audit.record(None, "thu.nhieu", None, f"{sys.argv[3]}-{turn}", list=list(range(200)))
"""


def together(work: Callable[[int], None]) -> None:
    troubles: list[Exception] = []

    def run(number: int) -> None:
        try:
            work(number)
        except Exception as error:
            troubles.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(WRITERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert troubles == []


def reasons() -> set[str]:
    return set(AuditRecord.objects.filter(action="thu.nhieu").values_list("reason", flat=True))


@pytest.mark.django_db(transaction=True)
def test_threads_keep_one_chain_even_when_some_take_back_what_they_did():
    def work(number: int) -> None:
        for turn in range(EACH):
            try:
                with transaction.atomic():
                    audit.record(None, "thu.nhieu", None, f"{number}-{turn}")
                    audit.record(None, "thu.nhieu", None, f"{number}-{turn}-b")
                    if turn % 5 == 0:
                        raise ZeroDivisionError
            except ZeroDivisionError:
                continue

    together(work)
    kept = {f"{n}-{t}{end}" for n in range(WRITERS) for t in range(EACH) if t % 5 for end in ("", "-b")}
    assert reasons() == kept
    assert audit.walk().holds


@pytest.mark.django_db(transaction=True)
def test_processes_keep_one_chain():
    name = str(connection.settings_dict["NAME"])
    environment = os.environ | {"BAMSAT_DATA": str(settings.BAMSAT_DATA), "DJANGO_SETTINGS_MODULE": "bamsat.settings"}
    command = [sys.executable, "-c", ALONE, name, str(EACH)]
    writers = [subprocess.Popen([*command, str(number)], env=environment) for number in range(WRITERS)]
    assert [writer.wait() for writer in writers] == [0] * WRITERS
    assert reasons() == {f"{number}-{turn}" for number in range(WRITERS) for turn in range(EACH)}
    assert audit.walk().holds
