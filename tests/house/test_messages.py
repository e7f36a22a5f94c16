# SPDX-License-Identifier: Apache-2.0
"""Every message that people see exists in English."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import polib
import pytest

PACKAGE = Path(__file__).parents[2] / "src/bamsat"
CATALOGUE = PACKAGE / "locale/en/LC_MESSAGES/django.po"
NAMED = re.compile(r"%\((\w+)\)")


def messages(file: Path) -> dict[tuple[str | None, str], polib.POEntry]:
    return {(entry.msgctxt, entry.msgid): entry for entry in polib.pofile(str(file)) if not entry.obsolete}


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str | None, str], polib.POEntry]:
    """What the source says, taken out of a copy of it as `make messages` would."""
    copy = tmp_path_factory.mktemp("source") / "bamsat"
    shutil.copytree(PACKAGE, copy, ignore=shutil.ignore_patterns("__pycache__", "data", "core", "*.po", "*.mo"))
    (copy / "locale").mkdir(exist_ok=True)
    command = [sys.executable, "-m", "django", "makemessages", "--locale=en", "--no-wrap", "--no-location"]
    made = subprocess.run(command, cwd=copy, capture_output=True, text=True)
    assert made.returncode == 0, made.stderr
    return messages(copy / "locale/en/LC_MESSAGES/django.po")


def test_every_message_has_its_english(found: dict[tuple[str | None, str], polib.POEntry]):
    catalogue = messages(CATALOGUE)
    missing = [key[1] for key in found if key not in catalogue or not catalogue[key].translated()]
    assert missing == []


def test_no_translation_waits_for_a_second_look():
    assert [entry.msgid for entry in polib.pofile(str(CATALOGUE)) if entry.fuzzy] == []


def test_a_translation_keeps_the_values_of_its_message():
    broken = [
        entry.msgid
        for entry in messages(CATALOGUE).values()
        if set(NAMED.findall(entry.msgid))
        != set(NAMED.findall(entry.msgstr or " ".join(str(text) for text in entry.msgstr_plural.values())))
    ]
    assert broken == []
