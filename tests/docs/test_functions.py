# SPDX-License-Identifier: Apache-2.0
"""docs/functions.md says where each function lives, and is true."""

import csv
import importlib.util
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from django.urls import URLPattern, URLResolver, get_resolver

ROOT = Path(__file__).parents[2]
BOOK = yaml.safe_load((ROOT / "src" / "bamsat" / "data" / "functions.yml").read_text(encoding="utf-8"))
FUNCTIONS = BOOK["functions"]
# Years, dates, spans of years, symbols of documents and names that carry a digit are no figures.
NO_FIGURE = re.compile(
    r"\d{1,2}/\d{1,2}/\d{4}|tháng \d{1,2}(?:/\d{4})?|\b20\d\d(?:-20\d\d)?\b|\b\d+/[A-ZĐ]+-[A-Za-zĐ]+|\b5K\b|Bảo Lâm 3|@"
)


def figures_of_articles() -> set[tuple[str, str]]:
    """The numbers that the hand annotation of the five articles holds, by province."""
    with (Path(__file__).parent / "article_figures.csv").open(encoding="utf-8", newline="") as file:
        return {(row["province"], row["number"]) for row in csv.DictReader(file)}


def named_addresses(resolver: URLResolver | None = None, room: str = "") -> Iterator[str]:
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            yield from named_addresses(entry, entry.namespace or room)
        elif isinstance(entry, URLPattern) and entry.name:
            yield f"{room}:{entry.name}" if room else entry.name


def test_there_are_151_functions_in_32_groups():
    codes = [function["code"] for function in FUNCTIONS]
    assert (len(codes), len(set(codes)), len(BOOK["groups"])) == (151, 151, 32)


def test_the_functions_of_a_group_are_counted_without_a_gap():
    for group in BOOK["groups"]:
        codes = [function["code"] for function in FUNCTIONS if function["group"] == group["code"]]
        assert codes == [f"{group['code']}.{n}" for n in range(1, len(codes) + 1)]
        assert codes, group


def test_every_function_says_all_that_the_page_shows():
    wanted = ("code", "group", "name_vi", "name_en", "articles", "sample_vi", "sample_en")
    missing = [(f["code"], key) for f in FUNCTIONS for key in wanted if not f.get(key)]
    silent = [f["code"] for f in FUNCTIONS if not {"screen", "test"} <= f.keys()]
    assert (missing, silent) == ([], [])


def test_what_a_screen_lacks_is_said_in_both_languages():
    assert [f["code"] for f in FUNCTIONS if ("lacks_vi" in f) != ("lacks_en" in f)] == []
    assert [f["code"] for f in FUNCTIONS if "lacks_vi" in f and not f["screen"]] == []


def test_every_article_is_one_of_the_five():
    assert {article for f in FUNCTIONS for article in f["articles"]} == set(BOOK["articles"])


def test_every_screen_is_an_address_of_the_product():
    there = set(named_addresses())
    assert {f["screen"] for f in FUNCTIONS if f["screen"]} - there == set()


def test_every_test_exists():
    assert [f["code"] for f in FUNCTIONS if f["test"] and not (ROOT / f["test"]).is_file()] == []


def test_every_function_with_a_screen_has_a_test():
    assert [f["code"] for f in FUNCTIONS if bool(f["screen"]) != bool(f["test"])] == []


@pytest.mark.parametrize("function", [f for f in FUNCTIONS if "figures" in f], ids=lambda f: f["code"])
def test_a_sample_quotes_figures_of_its_article(function: dict):
    provinces = [BOOK["articles"][article] for article in function["articles"]]
    known = figures_of_articles()
    for number in function["figures"]:
        assert number in function["sample_vi"]
        assert any((province, number) in known for province in provinces if province in function["sample_vi"]), number


def test_a_sample_states_no_other_number():
    odd = []
    for function in FUNCTIONS:
        rest = function["sample_vi"]
        for number in function.get("figures", ()):
            rest = rest.replace(number, "@")
        left = re.findall(r"\d[\d.,/%]*", NO_FIGURE.sub("", rest))
        odd += [(function["code"], left)] if left else []
    assert odd == []


def test_a_sample_names_a_province_of_its_articles():
    odd = [
        f["code"]
        for f in FUNCTIONS
        if not any(BOOK["articles"][article] in f["sample_vi"] for article in f["articles"])
    ]
    assert odd == []


def test_the_page_is_what_the_script_writes():
    spec = importlib.util.spec_from_file_location("make_functions", ROOT / "scripts" / "make_functions.py")
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    assert script.TARGET.read_text(encoding="utf-8") == script.page(BOOK)
