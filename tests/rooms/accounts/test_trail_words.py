# SPDX-License-Identifier: Apache-2.0
"""What the trail calls the things that people do."""

from __future__ import annotations

import re
from pathlib import Path

import bamsat.rooms
from bamsat.core.terms.data import shipped

ROOMS = Path(bamsat.rooms.__file__).parent
CODE = re.compile(r'"((?:accounts|catalogue|places|directory|documents|figures|desk)\.[a-z_]+\.[a-z_]+)"')


def test_every_action_of_the_rooms_has_words_in_both_languages():
    used = {code for source in ROOMS.rglob("*.py") for code in CODE.findall(source.read_text("utf-8"))}
    named = shipped("actions.yml")
    assert len(used) > 70
    assert sorted(used - named.keys()) == []
    assert [code for code, words in named.items() if not (words.get("vi") and words.get("en"))] == []
