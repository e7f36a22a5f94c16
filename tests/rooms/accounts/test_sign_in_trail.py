# SPDX-License-Identifier: Apache-2.0
"""Sign-ins in the trail: who came, who failed, who was shut out; never what was typed, and never without bound."""

import pytest
from django.test import Client
from django.urls import reverse

from bamsat.rooms.accounts import audit, sign_ins
from bamsat.rooms.accounts.models import AuditRecord
from tests.cast import Cast


def try_in(username: str, password: str = "sai", address: str = "113.160.12.34") -> int:
    return (
        Client(REMOTE_ADDR=address)
        .post(reverse("accounts:login"), {"username": username, "password": password})
        .status_code
    )


def actions(prefix: str) -> list[str]:
    rows = AuditRecord.objects.filter(action__startswith=prefix).order_by("pk")
    return list(rows.values_list("action", flat=True))


def test_coming_and_going_are_told(cast: Cast):
    client = Client(REMOTE_ADDR="113.160.12.34")
    client.post(reverse("accounts:login"), {"username": cast.clerk.username, "password": "mat-khau-thu"})
    client.post(reverse("accounts:logout"))
    assert actions("accounts.session") == ["accounts.session.started", "accounts.session.ended"]
    row = AuditRecord.objects.get(action="accounts.session.started")
    assert (row.by, row.object_id, row.details["address"]) == (cast.clerk, str(cast.clerk.pk), "113.160.12.*")


def test_of_many_failures_the_first_and_the_lock_out_are_told(cast: Cast):
    for turn in range(15):
        try_in(cast.clerk.username, f"bi-mat-{turn}")
    assert actions("accounts.sign_in") == [sign_ins.FAILED, sign_ins.LOCKED]
    assert "bi-mat" not in str(list(AuditRecord.objects.values()))
    assert audit.verify() is None


def test_a_name_that_is_nobody_s_is_not_told(cast: Cast):
    for _turn in range(12):
        try_in("mật-khẩu-gõ-nhầm-ô")
    assert actions("accounts.sign_in") == [sign_ins.LOCKED]
    row = AuditRecord.objects.get(action=sign_ins.LOCKED)
    assert (row.by, row.object_type, row.object_id) == (None, "", "")
    assert "gõ-nhầm" not in str(list(AuditRecord.objects.values()))


def test_a_flood_of_failures_does_not_fill_the_trail(cast: Cast, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sign_ins, "MOST", 4)
    people = [cast.clerk, cast.specialist, cast.director, cast.administrator, cast.newcomer]
    for turn in range(3):
        for user in people:
            try_in(user.username, address=f"10.0.{turn}.7")
    assert actions("accounts.sign_in") == [sign_ins.FAILED] * 3 + [sign_ins.FLOOD]


def test_what_was_typed_as_a_name_is_kept_nowhere(cast: Cast):
    from axes.models import AccessAttempt

    try_in("mật-khẩu-gõ-nhầm-ô")
    assert AccessAttempt.objects.count() == 1
    assert "nhầm" not in str(list(AccessAttempt.objects.values()))
