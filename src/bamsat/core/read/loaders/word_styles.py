# SPDX-License-Identifier: Apache-2.0
"""What the styles of a Word file say about a paragraph: heading, title, list, alignment, font."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_HEADING = re.compile(r"heading\s*(\d)", re.IGNORECASE)
_DEEPEST_CHAIN = 12  # styles that stand on styles; a loop ends here


@dataclass(frozen=True, slots=True)
class Looks:
    """How a paragraph is set."""

    title: bool = False
    heading: int = 0
    listed: bool = False
    centred: bool = False


@dataclass(slots=True)
class Styles:
    """The styles part, by style id."""

    elements: dict[str, Any] = field(default_factory=dict)
    default_font: str = ""

    @classmethod
    def of(cls, root: Any) -> Styles:
        styles = cls({style.get(W + "styleId", ""): style for style in root.iter(W + "style")})
        defaults = root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
        styles.default_font = _font(defaults)
        return styles

    def chain(self, style_id: str | None) -> list[Any]:
        """A style and those that it stands on."""
        chain: list[Any] = []
        while style_id and len(chain) < _DEEPEST_CHAIN and (style := self.elements.get(style_id)) is not None:
            chain.append(style)
            parent = style.find(W + "basedOn")
            style_id = None if parent is None else parent.get(W + "val")
        return chain

    def looks(self, paragraph: Any) -> Looks:
        own = paragraph.find(W + "pPr")
        chain = self.chain(_value(own, "pStyle"))
        settings = [found for found in (own, *(style.find(W + "pPr") for style in chain)) if found is not None]
        names = [_value(style, "name").lower() for style in chain]
        heading = next((int(found[1]) for name in names if (found := _HEADING.match(name))), 0)
        outline = next((_value(setting, "outlineLvl") for setting in settings if _value(setting, "outlineLvl")), "")
        if not heading and outline.isdigit() and int(outline) < 9:
            heading = int(outline) + 1
        aligned = next((_value(setting, "jc") for setting in settings if _value(setting, "jc")), "")
        return Looks(
            title="title" in names,
            heading=heading,
            listed=any(setting.find(W + "numPr") is not None for setting in settings),
            centred=aligned == "center",
        )

    def font(self, run: Any, paragraph: Any) -> str:
        """The font of a run: its own, its style's, its paragraph's, the document's."""
        own = run.find(W + "rPr")
        paragraph_style = _value(paragraph.find(W + "pPr"), "pStyle")
        for settings in (own, *self._of_style(_value(own, "rStyle")), *self._of_style(paragraph_style)):
            if font := _font(settings):
                return font
        return self.default_font

    def _of_style(self, style_id: str) -> list[Any]:
        return [style.find(W + "rPr") for style in self.chain(style_id)]


def _value(settings: Any, tag: str) -> str:
    found = None if settings is None else settings.find(W + tag)
    return "" if found is None else str(found.get(W + "val") or "")


def _font(settings: Any) -> str:
    fonts = None if settings is None else settings.find(W + "rFonts")
    if fonts is None:
        return ""
    return str(fonts.get(W + "ascii") or fonts.get(W + "hAnsi") or "")
