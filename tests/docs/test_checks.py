# SPDX-License-Identifier: Apache-2.0
"""docs/checks.md explains every check, under its code and name."""

import re
from dataclasses import fields
from pathlib import Path

import yaml

from bamsat.core.check.model import Finding

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "checks.md").read_text(encoding="utf-8")
RULES = yaml.safe_load((ROOT / "src" / "bamsat" / "data" / "rules.yml").read_text(encoding="utf-8"))


def test_every_check_is_explained_under_its_code_and_name():
    headings = re.findall(r"^### (.+)$", PAGE, re.MULTILINE)
    assert headings == [f"{rule['code']} ({rule['name']['vi']})" for rule in RULES]


def test_every_explanation_has_words():
    sections = re.split(r"^##+ .+$", PAGE, flags=re.MULTILINE)[1:]
    assert [section for section in sections if len(section.split()) < 10] == []


def test_every_field_of_a_finding_is_named():
    shown = Finding("holds", "fine", "growth", (), "", "").as_json({})
    assert [name for name in shown if name not in PAGE] == []
    assert len(fields(Finding)) == len(shown)
