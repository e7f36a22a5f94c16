# SPDX-License-Identifier: Apache-2.0
"""Where a request comes from: its address, the address as people may see it, and the browser in words."""

from __future__ import annotations

import re
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

# The first that fits: every Chromium also calls itself Chrome, and every Chrome calls itself Safari.
_BROWSERS = (
    ("Cốc Cốc", r"coc_coc_browser/(\d+)"),
    ("Edge", r"Edg[A-Za-z]*/(\d+)"),
    ("Opera", r"OPR/(\d+)"),
    ("Firefox", r"(?:Firefox|FxiOS)/(\d+)"),
    ("Zalo", r"Zalo[A-Za-z ]*/(\d+)"),
    ("Chrome", r"(?:Chrome|CriOS|HeadlessChrome)/(\d+)"),
    ("Safari", r"Version/(\d+)[.\d]* (?:Mobile/\S+ )?Safari/"),
)
_SYSTEMS = (("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("macOS", "Mac OS"))


def address_of(request: HttpRequest) -> str | None:
    """The address that sign-ins are counted by; of the sixth version only the network that one customer gets.

    What a browser says about itself counts only as far as our own reverse proxies wrote it.
    """
    told = request.META.get("REMOTE_ADDR") or ""
    if settings.BAMSAT_PROXIES:
        hops = [hop.strip() for hop in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if hop.strip()]
        told = hops[-settings.BAMSAT_PROXIES] if len(hops) >= settings.BAMSAT_PROXIES else told
    found = _read(told)
    if isinstance(found, IPv6Address):
        return str(found) if found.is_loopback else str(ip_network((found, 64), strict=False).network_address)
    return str(found) if found else None


def _read(text: str) -> IPv4Address | IPv6Address | None:
    try:
        found = ip_address(text)
    except ValueError:
        return None
    return (found.ipv4_mapped or found) if isinstance(found, IPv6Address) else found


def is_local(address: str | None) -> bool:
    """This machine itself, or no address at all: every request through a proxy that we were not told of."""
    found = _read(address or "")
    return found is None or found.is_loopback


def shortened(address: str | None) -> str:
    """Enough to know an office again, not enough to know a machine: "113.160.12.*"."""
    found = _read(address or "")
    if isinstance(found, IPv4Address):
        return re.sub(r"\d+$", "*", str(found))
    return f"{ip_network((found, 48), strict=False).network_address}*" if found else ""


def mark(address: str | None) -> str:
    """The address as something to compare, not to read."""
    return salted_hmac("bamsat.address", address).hexdigest() if address else ""


def browser_of(request: HttpRequest) -> str:
    """ "Chrome 120, Windows"; nothing where the browser does not say."""
    said = request.META.get("HTTP_USER_AGENT", "")[:500]
    browser = next((f"{name} {hit[1]}" for name, rule in _BROWSERS if (hit := re.search(rule, said))), "")
    system = next((name for name, word in _SYSTEMS if word in said), "Linux" if "Linux" in said else "")
    return ", ".join(word for word in (browser, system) if word)
