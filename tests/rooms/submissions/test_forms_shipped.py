# SPDX-License-Identifier: Apache-2.0
"""The forms that the product ships: complete, naming only what the catalogue knows, loaded once."""

import pytest

from bamsat.rooms.submissions.models import Form
from bamsat.rooms.submissions.shipped import load_forms
from tests import build

pytestmark = pytest.mark.django_db


def test_loading_the_forms_again_changes_nothing():
    build.forms()
    assert load_forms()["versions"] == 0


def test_a_form_of_a_test_is_in_use_and_sent_by_communes():
    version = build.form()
    assert version.in_use and version.parsed.senders == ("commune",)
    mine = build.form("rieng", frequency="quarter")
    assert Form.objects.get(code="rieng").versions.get() == mine and mine.parsed.frequency == "quarter"
