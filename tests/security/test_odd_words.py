# SPDX-License-Identifier: Apache-2.0
"""Every address with what no page of ours would put into it: refused in words, written nowhere, never a fault."""

import pytest

from tests.security.world import HTMX, World, browser, routes

NAMES = (
    "tim", "trang", "noi", "trong", "loai", "ngay", "biet", "dia-gioi", "nam", "ky", "bo", "nguon", "gia", "phan-to",
    "kieu", "dang", "sua", "voi", "moi", "so", "danh-muc", "ho", "mau", "tu", "den", "tu-ngay", "den-ngay", "truoc",
    "ma", "viec", "ai", "chi-tieu", "ca-het-dung", "trang-thai", "set", "provider", "adds_up", "chon", "tai",
    "cua", "tt", "don-vi", "thang", "van-ban", "thuoc", "qh", "khan", "co-quan", "chua-xem",
)  # fmt: skip
WORDS = (
    "-1", "0", "9" * 40, "9" * 5000, "²", "31/02/2025", "0000-01-01", "0001-01-01", "9999-12-31", "29/02/1900",
    "NaN", "Infinity", "1e999", "\u202e\u200b\u2066a", "a" * 3000, "%", "_", "'; DROP TABLE x; --", "\\", "[", "(?",
    "../../etc/passwd", "None", "\ud7ff", "🙂", "0", "٢٠٢٥-٠١-٠١",
)  # fmt: skip
FIELDS = (
    "value", "unit", "hedge", "reason", "ly-do", "period", "area", "place", "place_name", "indicator", "level",
    "growth", "segment", "price_basis", "number", "issuer", "issued_on", "title", "note", "provider", "cach", "tron",
    "ghi", "buoc", "bang", "noi", "nhan-ma", "cap-tren-ma", "noi-ma", "toi-ma", "tu-ngay", "van-ban", "ghi-chu", "phan",
    "con-lai", "ten-0", "ma-0", "loai-dv-0", "phan-0", "name", "name_en", "code", "since", "latitude", "longitude",
    "tt-area", "tt-grade", "bo", "role", "sets", "valid_from", "valid_to", "acting_for", "act", "on", "person",
    "scope", "kind", "parent", "order", "year", "due", "state", "result", "phien", "username", "display_name",
    "administers", "rows", "digest", "seen", "text", "version", "scale", "voi-so-khac", "bo-dong-loi", "old", "new",
    "again", "language", "vintage", "measure", "base", "kieu", "post", "body", "lead", "content",
    "de-xuat", "what", "words", "assigner", "begins", "time", "product", "supporting", "percent", "evidence", "record",
    "quyet", "quan-he", "arrival", "received_on", "symbol", "dated", "urgency", "direction", "signer", "subject",
    "frequency", "day", "c_measure", "c_comparison", "c_value", "c_unit", "c_period", "indicators", "muc", "kenh",
)  # fmt: skip


def faults(world: World, send: str, told: dict[str, str], **more: object) -> list[tuple[str, int]]:
    client, found = browser(world.cast.administrator), []
    client.raise_request_exception = False
    for name in routes():
        if name in ("accounts:logout", "accounts:login"):
            continue
        answer = getattr(client, send)(world.address(name), told, **more)
        if answer.status_code >= 500:
            found.append((name, answer.status_code))
    return found


@pytest.mark.parametrize("at", range(0, len(WORDS), 3))
def test_an_odd_word_in_every_part_of_an_address(world: World, at: int):
    told = {name: WORDS[(at + shift) % len(WORDS)] for shift, name in enumerate(NAMES)}
    assert faults(world, "get", told) == []


@pytest.mark.parametrize("at", range(0, len(WORDS), 4))
def test_an_odd_word_in_every_field_of_a_form(world: World, at: int):
    """The first field that is refused ends most requests, so that its word changes from field to field."""
    kept = {"loai": "market"} if at % 8 else {"loai": "merge", "buoc": "xem", "kind": "department"}
    told = {name: WORDS[(at + shift) % len(WORDS)] for shift, name in enumerate(FIELDS)}
    assert faults(world, "post", told | kept) == []


@pytest.mark.parametrize("step", ["xem", "ghi"])
def test_odd_numbers_in_the_names_of_fields(world: World, step: str):
    odd = {f"ve-{word}": word for word in ("9" * 40, "-1", "1", "²", "x", "")}
    odd |= {f"so-{word}": "1" for word in ("xa-nha", "../x", "")} | {
        "noi": "xa-ben",
        "loai": "split",
        "tu-ngay": "1/2/2026",
    }
    odd |= {"van-ban": "NQ", "ten-0": "Xã Một", "ten-1": "Xã Hai", "phan-0": "60", "phan-1": "70", "buoc": step}
    assert faults(world, "post", odd) == []


def test_odd_words_to_the_script(world: World):
    assert faults(world, "get", dict.fromkeys(NAMES, "²"), headers=HTMX) == []
    assert faults(world, "post", dict.fromkeys(FIELDS, "\0a"), headers=HTMX) == []
