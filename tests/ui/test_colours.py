# SPDX-License-Identifier: Apache-2.0
"""Text can be read and states told apart, in light and in dark, also by people who see colours differently."""

from __future__ import annotations

import re
from importlib.resources import files
from itertools import combinations

import pytest

CSS = files("bamsat").joinpath("ui/static/bamsat/css")
TOKENS = CSS.joinpath("tokens.css").read_text("utf-8")
HEX = re.compile(r"--([\w-]+):\s*(#[0-9a-f]{6})\b")
INKS = ("ink", "ink-2", "ink-3", "accent", "good", "wait", "doubt", "bad")
TEXT_ON = [
    *((ink, "canvas") for ink in INKS), *((ink, "surface") for ink in INKS),
    ("ink-3", "sunken"), ("ink-2", "sunken"), ("ink", "accent-soft"), ("ink-2", "accent-soft"), ("on-accent", "accent"),
    ("on-accent", "accent-2"), ("ink", "doubt-soft"), ("ink", "bad-soft"), ("ink", "good-soft"),
]  # fmt: skip
# How light falls on eyes without red, green or blue cones (Viénot, Brettel, Mollon 1999; on linear light).
EYES = {
    "protan": ((0.152, 1.053, -0.205), (0.115, 0.786, 0.099), (-0.004, -0.048, 1.052)),
    "deutan": ((0.367, 0.861, -0.228), (0.280, 0.673, 0.047), (-0.012, 0.043, 0.969)),
    "tritan": ((1.256, -0.077, -0.179), (-0.078, 0.931, 0.148), (0.005, 0.691, 0.304)),
}


def palettes() -> dict[str, dict[str, str]]:
    light, dark = TOKENS.split("@media screen and (prefers-color-scheme: dark)")
    day = dict(HEX.findall(light))
    return {"light": day, "dark": day | dict(HEX.findall(dark))}


def linear(colour: str) -> tuple[float, float, float]:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return red, green, blue


def luminance(colour: str) -> float:
    red, green, blue = linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("name", ["light", "dark"])
def test_text_reaches_the_contrast_that_the_law_of_readability_asks(name: str):
    colours = palettes()[name]
    weak = {pair: round(contrast(*(colours[each] for each in pair)), 2) for pair in TEXT_ON
            if contrast(*(colours[each] for each in pair)) < 4.5}  # fmt: skip
    assert weak == {}


@pytest.mark.parametrize("name", ["light", "dark"])
def test_edges_of_controls_and_bars_are_seen(name: str):
    colours = palettes()[name]
    for edge in ("edge", "accent"):
        for paper in ("canvas", "surface"):
            assert contrast(colours[edge], colours[paper]) >= 3, (edge, paper)


@pytest.mark.parametrize("name", ["light", "dark"])
@pytest.mark.parametrize("eye", EYES)
def test_states_stay_apart_for_every_eye(name: str, eye: str):
    """Shape and word tell states first; colour must at least not tell a wrong story."""
    colours = palettes()[name]
    seen = {}
    for state in ("good", "doubt", "bad"):
        light = linear(colours[state])
        seen[state] = [sum(weight * part for weight, part in zip(row, light, strict=True)) for row in EYES[eye]]
    for one, other in combinations(seen, 2):
        away = sum((a - b) ** 2 for a, b in zip(seen[one], seen[other], strict=True)) ** 0.5
        assert away > 0.03, (one, other, away)


def test_colours_live_in_the_tokens_only():
    """A dark page stays dark because no other file knows a colour."""
    colour = re.compile(r"#[0-9a-fA-F]{3,8}\b(?![^{]*\{)|\brgb\(")
    others = [file for file in CSS.iterdir() if file.name.endswith(".css") and file.name != "tokens.css"]
    elsewhere = [file.name for file in others if colour.search(file.read_text("utf-8"))]
    assert elsewhere == []
