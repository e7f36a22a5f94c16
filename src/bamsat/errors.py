# SPDX-License-Identifier: Apache-2.0
"""What people see when something cannot be done: what it is, what to do, and an id to quote."""

import logging
import sys
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.translation import gettext as _

log = logging.getLogger("bamsat.faults")


def page(request: HttpRequest, status: int, title: str, advice: str) -> HttpResponse:
    """The error page; a bare one when the templates themselves are what is broken."""
    told = {"status": status, "title": title, "advice": advice, "request_id": getattr(request, "id", "")}
    try:
        body: str = render_to_string("ui/error.html", told, request)
    except Exception:
        log.exception("the error page could not be made")
        quoted = _("Mã yêu cầu")
        body = (
            f'<!doctype html><html lang="vi"><meta charset="utf-8"><title>{escape(title)}</title>'
            f"<h1>{escape(title)}</h1><p>{escape(advice)}</p><p>{escape(quoted)}: {told['request_id']}</p></html>"
        )
    return HttpResponse(body, status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return page(
        request,
        400,
        _("Không hiểu yêu cầu này"),
        _("Địa chỉ hoặc dữ liệu gửi lên bị thiếu hay sai. Hãy quay lại trang trước, tải lại rồi làm lại."),
    )


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return page(
        request,
        403,
        _("Anh/chị không có quyền làm việc này"),
        _("Vai trò hiện tại chưa được giao việc này. Hãy nhờ người quản trị của đơn vị giao vai trò phù hợp."),
    )


def expired_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    return page(
        request,
        403,
        _("Trang đã mở quá lâu"),
        _("Vì an toàn, biểu mẫu này không còn dùng được. Hãy tải lại trang rồi gửi lại."),
    )


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return page(
        request,
        404,
        _("Không có trang này"),
        _("Địa chỉ có thể đã đổi hoặc gõ nhầm. Hãy tìm từ trang đầu."),
    )


def too_large(request: HttpRequest) -> HttpResponse:
    return page(
        request,
        413,
        _("Tệp gửi lên quá lớn"),
        _("Mỗi lần gửi tối đa %(limit)s MB. Hãy gửi ít tệp hơn mỗi lần, hoặc chia nhỏ tệp.")
        % {"limit": settings.BAMSAT_UPLOAD_LIMIT // (1024 * 1024)},
    )


def too_many_sign_ins(request: HttpRequest, *rest: Any) -> HttpResponse:
    return page(
        request,
        429,
        _("Đăng nhập sai quá nhiều lần"),
        _("Vì an toàn, việc đăng nhập tạm khóa. Hãy thử lại sau 15 phút, hoặc nhờ quản trị đặt lại mật khẩu."),
    )


def broken(request: HttpRequest) -> HttpResponse:
    log.error("a request failed", exc_info=sys.exc_info(), extra={"request_id": getattr(request, "id", "")})
    return page(
        request,
        500,
        _("Phần mềm gặp lỗi"),
        _("Việc vừa làm chưa được lưu. Hãy thử lại; nếu vẫn lỗi, báo người quản trị kèm mã yêu cầu dưới đây."),
    )
