# SPDX-License-Identifier: Apache-2.0
"""What import-linter cannot see, and what keeps the tree one that people can find their way in."""

import re
import subprocess
import sys
import tokenize
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver

ROOT = Path(__file__).parents[2]
FORBIDDEN_NAMES = {"utils", "util", "helpers", "helper", "common", "misc", "base"}
MACHINE = re.compile(r"https?://(files|registry|index|deb|security|pypi)[.-]|(?<![\w.])/(work|farm|root)/")
UNFINISHED = re.compile(r"\b(TODO|FIXME|XXX)\b|raise NotImplementedError|mark\.(skip|xfail)|pytest\.skip\(")


@cache
def tracked() -> tuple[Path, ...]:
    """Every file of the repository; the whole folder's, where there is no git."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True)
    if listed.returncode:
        return tuple(
            file for top in ("src", "tests", "bench", "docs") for file in (ROOT / top).rglob("*") if file.is_file()
        )
    files = (ROOT / name.decode() for name in listed.stdout.split(b"\0") if name)
    return tuple(file for file in files if file.is_file())


def python_files() -> list[Path]:
    return [file for file in tracked() if file.suffix == ".py"]


def text_of(file: Path) -> str:
    try:
        return file.read_text("utf-8")
    except UnicodeDecodeError:
        return ""


def shown(files: list[Path]) -> list[str]:
    return [str(file.relative_to(ROOT)) for file in files]


def test_no_foreign_key_points_up_the_house():
    floor = {room: height for height, room in enumerate(reversed(settings.ROOMS))}
    upward = [
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        if model._meta.app_label in floor
        for field in model._meta.get_fields()
        if field.is_relation and not field.auto_created and field.related_model
        if floor.get(field.related_model._meta.app_label, -1) > floor[model._meta.app_label]
    ]
    assert upward == []


def test_no_drawer_takes_everything():
    assert shown([file for file in python_files() if file.stem in FORBIDDEN_NAMES]) == []


def test_every_source_file_names_its_licence():
    without = [file for file in python_files() if "SPDX-License-Identifier: Apache-2.0" not in text_of(file)[:200]]
    assert shown(without) == []


def test_no_file_names_a_machine_or_a_registry():
    here = Path(__file__)
    assert shown([file for file in tracked() if file != here and MACHINE.search(text_of(file))]) == []


def test_nothing_is_left_unfinished():
    here = Path(__file__)
    assert shown([file for file in python_files() if file != here and UNFINISHED.search(text_of(file))]) == []


def test_files_stay_of_a_size_that_people_read():
    long = [file for file in python_files() if "migrations" not in file.parts and len(text_of(file).splitlines()) > 400]
    large = [file for file in tracked() if file.stat().st_size > 1_500_000]
    assert shown(long + large) == []


def test_templates_stay_short():
    assert (
        shown([f for f in tracked() if f.suffix == ".html" and "src" in f.parts and len(text_of(f).splitlines()) > 150])
        == []
    )


def test_every_migration_has_a_name():
    assert shown([file for file in python_files() if re.match(r"\d{4}_auto_", file.stem)]) == []


def test_no_star_imports():
    assert (
        shown([file for file in python_files() if re.search(r"^from \S+ import \*", text_of(file), re.MULTILINE)]) == []
    )


def test_code_words_are_english():
    """Vietnamese belongs in messages, data and examples; the names in the code can be read by anyone."""
    odd = []
    for file in python_files():
        with file.open("rb") as source:
            names = {token.string for token in tokenize.tokenize(source.readline) if token.type == tokenize.NAME}
        odd += [f"{file.relative_to(ROOT)}: {name}" for name in sorted(names) if not name.isascii()]
    assert odd == []


def views(resolver: URLResolver | None = None) -> Iterator[URLPattern]:
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            # The administrator's tables ask for a staff sign-in themselves.
            if entry.app_name != "admin":
                yield from views(entry)
        else:
            yield entry


def test_every_view_says_who_may_use_it():
    silent = [str(entry.pattern) for entry in views() if not getattr(entry.callback, "who_may", None)]
    assert silent == []


def test_only_these_views_need_no_sign_in():
    open_to_all = {str(entry.name) for entry in views() if "anyone" in getattr(entry.callback, "who_may", ())}
    assert open_to_all <= {"login", "language", "help", "feed"}


@pytest.mark.parametrize("module", ["bamsat.core.terms.errors", "bamsat.core.read.reader", "bamsat.cli"])
def test_the_reader_loads_no_web(module: str):
    """`bamsat read` starts quickly and runs where only the base is installed."""
    unwanted = ("django", "sqlite3", "bamsat.rooms", "bamsat.settings")
    code = f"import sys, {module}; print([name for name in {unwanted} if name in sys.modules])"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert loaded.stdout.strip() == "[]"
