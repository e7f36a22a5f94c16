# SPDX-License-Identifier: Apache-2.0
"""A setting that cannot be read stops the start, and says so in both languages."""

import os
import subprocess
import sys
from pathlib import Path

import pytest


def start(
    tmp_path: Path, code: str = "import bamsat.settings as s", **environment: str
) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("BAMSAT_")}
    kept |= {"BAMSAT_DATA": str(tmp_path / "data")} | environment
    return subprocess.run([sys.executable, "-c", code], env=kept, capture_output=True, text=True)


@pytest.mark.parametrize(
    ("name", "value", "allowed"),
    [
        ("BAMSAT_DEBUG", "maybe", "yes, no"),
        ("BAMSAT_HTTPS", "on?", "yes, no"),
        ("BAMSAT_DATABASE_URL", "mysql://here/there", "sqlite:///FILE"),
        ("BAMSAT_DATABASE_URL", "postgres://host", "postgres://USER"),
        ("BAMSAT_UPLOAD_LIMIT_MB", "many", "1 or more"),
        ("BAMSAT_UPLOAD_LIMIT_MB", "0", "1 or more"),
        ("BAMSAT_HOSTS", "https://so.example", "host names"),
    ],
)
def test_it_names_the_variable_the_value_and_what_is_allowed(tmp_path: Path, name: str, value: str, allowed: str):
    refused = start(tmp_path, **{name: value})
    assert refused.returncode != 0
    assert all(word in refused.stderr for word in (name, f"“{value}”", allowed, "Được phép", "Allowed"))


def test_a_short_secret_is_refused_and_not_repeated(tmp_path: Path):
    refused = start(tmp_path, BAMSAT_SECRET_KEY="too-short-to-keep")
    assert refused.returncode != 0
    assert "BAMSAT_SECRET_KEY" in refused.stderr
    assert "too-short-to-keep" not in refused.stderr


def test_an_embedded_installation_makes_and_keeps_its_secret(tmp_path: Path):
    told = [start(tmp_path, "import bamsat.settings as s; print(s.SECRET_KEY)").stdout for _ in range(2)]
    assert told[0] == told[1]
    assert len(told[0].strip()) > 50
    kept = tmp_path / "data" / "secret-key.txt"
    assert kept.stat().st_mode & 0o777 == 0o600


def test_postgresql_is_spoken_to_through_a_pool(tmp_path: Path):
    code = "import bamsat.settings as s; d = s.DATABASES['default']; print(d['HOST'], d['NAME'], d['OPTIONS'])"
    told = start(tmp_path, code, BAMSAT_DATABASE_URL="postgres://so:mat%20khau@/so_lieu?host=/tmp/ổ")
    assert told.stdout.strip() == "/tmp/ổ so_lieu {'pool': True}"


def test_behind_https_the_cookies_and_headers_follow(tmp_path: Path):
    code = (
        "import bamsat.settings as s; print(s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.SECURE_HSTS_SECONDS > 0)"
    )
    assert start(tmp_path, code, BAMSAT_HTTPS="yes").stdout.strip() == "True True True"


def test_the_command_tells_a_bad_setting_without_a_traceback(tmp_path: Path):
    code = "import sys; from bamsat.manage import main; sys.exit(main(['check']))"
    refused = start(tmp_path, code, BAMSAT_DEBUG="maybe")
    assert refused.returncode == 2
    assert "BAMSAT_DEBUG" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_mail_goes_where_the_address_says_and_a_password_is_never_shown(tmp_path: Path):
    code = (
        "import bamsat.settings as s; print(s.BAMSAT_MAIL, getattr(s, 'EMAIL_HOST', ''), getattr(s, 'EMAIL_PORT', ''))"
    )
    assert start(tmp_path, code).stdout.split() == ["False"]
    url = "smtp://sct:mat%40khau@thu.example?tls=yes"
    assert start(tmp_path, code, BAMSAT_MAIL_URL=url).stdout.split() == ["True", "thu.example", "587"]
    for wrong in ("smtp://sct:mat-khau-that@thu.example?tls=perhaps", "http://thu.example", "smtp://"):
        told = start(tmp_path, code, BAMSAT_MAIL_URL=wrong)
        assert told.returncode
        assert "BAMSAT_MAIL_URL" in told.stderr
        assert "smtps://USER" in told.stderr
        assert "mat-khau-that" not in told.stderr.partition("ImproperlyConfigured")[2]
    assert "BAMSAT_MAIL_FROM" in start(tmp_path, code, BAMSAT_MAIL_FROM="So Cong Thuong").stderr
