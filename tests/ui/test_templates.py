# SPDX-License-Identifier: Apache-2.0
"""What the policy of the pages refuses is not in the templates; every class in the styles is used."""

from __future__ import annotations

import re
from pathlib import Path

PACKAGE = Path(__file__).parents[2] / "src/bamsat"
TEMPLATES = sorted(PACKAGE.glob("**/templates/**/*.html"))
SCRIPTS = sorted((PACKAGE / "ui/static/bamsat/js").glob("*.js"))
STYLES = sorted((PACKAGE / "ui/static/bamsat/css").glob("*.css"))


def having(pattern: str) -> list[str]:
    """Templates in whose markup, the engine's own tags apart, the pattern stands."""
    markup = {file: re.sub(r"\{%.*?%\}", "", file.read_text("utf-8")) for file in TEMPLATES}
    return [file.name for file, text in markup.items() if re.search(pattern, text)]


def test_no_template_carries_a_style_or_a_script_of_its_own():
    assert having(r"\sstyle=|<style|<script(?![^>]*src=)|\son\w+=|javascript:|hx-on|hx-vals=[\"']js:") == []


def test_nothing_is_fetched_from_elsewhere():
    everything = [*TEMPLATES, *SCRIPTS, *STYLES]
    assert [
        file.name for file in everything if re.search(r"(?:src|href|url\()\S*//|@import", file.read_text("utf-8"))
    ] == []


def test_scripts_evaluate_no_text():
    assert [
        file.name for file in SCRIPTS if re.search(r"\beval\(|new Function|setTimeout\([\"']", file.read_text("utf-8"))
    ] == []


def test_no_key_is_a_bare_letter_or_digit():
    """A Vietnamese input method eats them, and moves with Ctrl + Shift or Alt + Z."""
    found = {
        key
        for file in TEMPLATES
        for keys in re.findall(r'data-keys="([^"]+)"', file.read_text("utf-8"))
        for key in keys.split()
    }
    assert found
    assert [key for key in found if re.fullmatch(r"\w", key) or "Shift" in key or key == "Alt+Z"] == []


def test_no_style_is_without_a_page():
    """A class that no template, script or piece of the program names is dead weight."""
    program = (*PACKAGE.glob("ui/**/*.py"), *PACKAGE.glob("rooms/**/*.py"), *PACKAGE.glob("core/report/*.py"))
    source = "\n".join(file.read_text("utf-8") for file in [*TEMPLATES, *SCRIPTS, *program])
    css = re.sub(r"/\*.*?\*/", "", "\n".join(file.read_text("utf-8") for file in STYLES), flags=re.DOTALL)
    names = {
        name for selector in re.findall(r"([^{}]+)\{", css) for name in re.findall(r"\.([a-zA-Z][\w-]*)", selector)
    }
    made = re.compile(
        r"^(is-(good|wait|half|doubt|bad|none)|f-(good|wait|half|doubt|bad|none)|depth-[1-4]|level-[1-4]|(head|total)-row|k[1-5]|htmx-request)$"
    )
    unused = {name for name in names if not made.match(name) and not re.search(rf"(?<![\w-]){name}(?![\w-])", source)}
    assert unused == set()
