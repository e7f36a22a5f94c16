# SPDX-License-Identifier: Apache-2.0
"""Files sent out under their Vietnamese names."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar
from urllib.parse import quote

from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase

Sent = TypeVar("Sent", bound=HttpResponseBase)


def as_download(path: Path, name: str, plain: str, media: str, inline: bool = False) -> FileResponse:
    """A kept file under its Vietnamese name, with a plain one for what does not know such names."""
    if not path.exists():
        raise Http404
    return _named(FileResponse(path.open("rb"), content_type=media), name, plain, inline)


def download_of(content: bytes, name: str, plain: str, media: str) -> HttpResponse:
    """Bytes that are not kept, sent in the same way."""
    return _named(HttpResponse(content, content_type=media), name, plain)


def _named(answer: Sent, name: str, plain: str, inline: bool = False) -> Sent:
    how = "inline" if inline else "attachment"
    answer["Content-Disposition"] = f"{how}; filename=\"{plain}\"; filename*=UTF-8''{quote(name)}"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer
