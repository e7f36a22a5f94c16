# SPDX-License-Identifier: Apache-2.0
"""What is written reads back to the figures that it tells."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bamsat.core.check.beside.wordings import findings
from bamsat.core.check.stated import stated_of
from bamsat.core.read.reader import read_text
from bamsat.core.report.facts import Topic
from bamsat.core.report.outline import Words
from bamsat.core.report.wording import Setting, goals, paragraph, plain, sentence, summary
from bamsat.core.terms.period import Period
from tests.core.report.telling import PLACES, a_goal, a_period, a_ratio, a_span, a_topic, differences

SEEDS = st.integers(0, 10**9)
STYLES = st.integers(0, 60)


def is_made(topic: Topic) -> bool:
    return topic.indicator.startswith("product:")


@settings(max_examples=150, deadline=None)
@given(SEEDS, STYLES)
def test_a_sentence_reads_back(seed: int, style: int) -> None:
    chance = Random(seed)
    topic = a_topic(chance)
    setting = Setting(topic.period, chance.choice(PLACES))
    assert differences(sentence(topic, setting, style), setting) == []


@settings(max_examples=60, deadline=None)
@given(SEEDS, STYLES)
def test_a_paragraph_reads_back_though_its_topics_differ_in_every_way(seed: int, style: int) -> None:
    """Tonnes behind a value of trade are tonnes traded, so what is made stands in a paragraph of its own."""
    chance = Random(seed)
    period = a_period(chance)
    setting = Setting(period, chance.choice(PLACES))
    made = chance.random() < 0.2
    topics = [topic for _ in range(8) if is_made(topic := a_topic(chance, period)) == made][:5]
    assert differences(paragraph(topics, setting, style), setting) == []


@settings(max_examples=60, deadline=None)
@given(SEEDS, STYLES)
def test_several_years_read_back(seed: int, style: int) -> None:
    chance = Random(seed)
    topic = a_span(chance)
    setting = Setting(topic.period, chance.choice(PLACES))
    assert differences(sentence(topic, setting, style), setting) == []


@settings(max_examples=60, deadline=None)
@given(SEEDS, STYLES)
def test_the_goals_of_a_year_read_back(seed: int, style: int) -> None:
    chance = Random(seed)
    year = Period.year(chance.randint(2018, 2027))
    setting = Setting(year, chance.choice(PLACES))
    assert differences(goals([a_goal(chance, year) for _ in range(4)], setting, style), setting) == []


@settings(max_examples=60, deadline=None)
@given(SEEDS, STYLES)
def test_a_summary_reads_back_and_its_counts_are_no_figures(seed: int, style: int) -> None:
    chance = Random(seed)
    period = a_period(chance)
    setting = Setting(period, chance.choice(PLACES))
    topics = [topic for _ in range(9) if not is_made(topic := a_topic(chance, period))]
    assert differences(summary(topics, setting, style), setting) == []


@settings(max_examples=40, deadline=None)
@given(SEEDS, STYLES)
def test_no_word_of_ours_contradicts_a_number(seed: int, style: int) -> None:
    chance = Random(seed)
    period = a_period(chance)
    setting = Setting(period, chance.choice(PLACES))
    topics = [topic for _ in range(6) if not is_made(topic := a_topic(chance, period))]
    reading = read_text(plain((*summary(topics, setting, style), Words(" "), *paragraph(topics, setting, style))))
    assert findings(stated_of(reading), reading.statements) == []


@pytest.mark.parametrize("style", range(12))
def test_a_ratio_reads_back(style: int) -> None:
    topic: Topic = a_ratio(Random(style))
    setting = Setting(topic.period, "Cao Bằng")
    assert differences(sentence(topic, setting, style), setting) == []
