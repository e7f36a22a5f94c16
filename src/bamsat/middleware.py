# SPDX-License-Identifier: Apache-2.0
"""Around every request: an id that people can quote, one log line, a limit on what is sent in, and who is at work."""

import json
import logging
import secrets
import time
import traceback
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFilesSent
from django.db import DataError
from django.http import HttpRequest, HttpResponse
from django.middleware.locale import LocaleMiddleware
from django.shortcuts import redirect
from django.urls import reverse

from bamsat import errors

Answer = Callable[[HttpRequest], HttpResponse]
log = logging.getLogger("bamsat.requests")
faults = logging.getLogger("bamsat.faults")


class RequestRecord:
    """Gives each request an id and writes one line about it: what kind of page, how long, who by number."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.id = secrets.token_hex(6)  # type: ignore[attr-defined]
        began = time.perf_counter()
        response = self.answer(request)
        response["X-Request-Id"] = request.id  # type: ignore[attr-defined]
        log.info("request", extra={"line": self._line(request, response, time.perf_counter() - began)})
        return response

    def _line(self, request: HttpRequest, response: HttpResponse, seconds: float) -> dict[str, object]:
        found, user = request.resolver_match, getattr(request, "user", None)
        return {
            "id": request.id,  # type: ignore[attr-defined]
            "method": request.method,
            # The pattern, not the address: an address can hold a name.
            "route": found.route if found else None,
            "status": response.status_code,
            "ms": round(seconds * 1000),
            "user": getattr(user, "pk", None),
        }


class UploadLimit:
    """Refuses a request that is too large before any of it is read, and one whose address no database can hold."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if int(request.META.get("CONTENT_LENGTH") or 0) > settings.BAMSAT_UPLOAD_LIMIT:
            return errors.too_large(request)
        if "\0" in request.path_info or "%00" in request.META.get("QUERY_STRING", ""):
            return errors.bad_request(request)
        return self.answer(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        # PostgreSQL has no room for it: a name too long, a NUL; SQLite says so of a number only.
        if isinstance(error, DataError) or (isinstance(error, OverflowError) and "SQLite" in str(error)):
            faults.error("the database cannot hold what was sent", extra={"request_id": getattr(request, "id", "")})
            return errors.bad_request(request)
        return errors.too_large(request) if isinstance(error, (RequestDataTooBig, TooManyFilesSent)) else None


class Presence:
    """Notes when a user was last at work, and lets one whose password is due do nothing before changing it."""

    FREE = ("accounts:password", "accounts:logout", "accounts:language")

    def __init__(self, answer: Answer) -> None:
        # Not above: the log's form of a line, in this file, is wanted before there are tables.
        from bamsat.rooms.accounts import passwords, sessions

        self.answer, self.must_change, self.seen = answer, passwords.must_change, sessions.seen

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.answer(request)

    def process_view(self, request: HttpRequest, *_view: object) -> HttpResponse | None:
        user: Any = request.user
        if not user.is_authenticated:
            return None
        self.seen(request, user)
        if not self.must_change(user) or (request.resolver_match and request.resolver_match.view_name in self.FREE):
            return None
        if getattr(request, "htmx", None):
            return HttpResponse(headers={"HX-Redirect": reverse("accounts:password")})
        return redirect("accounts:password")


class ChosenLanguage(LocaleMiddleware):
    """Vietnamese until somebody chooses English: the browser's language says nothing about an office's."""

    def process_request(self, request: HttpRequest) -> None:
        request.META.pop("HTTP_ACCEPT_LANGUAGE", None)
        super().process_request(request)


class JsonLine(logging.Formatter):
    """A log record as one line of JSON: where a fault happened, never the values that it happened on."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "at": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"),
            "level": record.levelname.lower(),
        }
        line |= getattr(record, "line", {"logger": record.name, "message": record.getMessage()})
        if request_id := getattr(record, "request_id", None):
            line["id"] = request_id
        if record.exc_info and record.exc_info[0]:
            frames = traceback.extract_tb(record.exc_info[2])
            line["error"] = record.exc_info[0].__name__
            line["where"] = [f"{frame.filename.rsplit('/site-packages/')[-1]}:{frame.lineno}" for frame in frames[-8:]]
        return json.dumps(line, ensure_ascii=False)
