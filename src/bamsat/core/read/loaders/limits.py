# SPDX-License-Identifier: Apache-2.0
"""How much a file may ask of the machine, and what is said when it asks for more, or cannot be read at all."""

from __future__ import annotations

from bamsat.core.terms.errors import Cause, FileUnreadable

MEGABYTE = 1024 * 1024
LARGEST_FILE = 64 * MEGABYTE
LARGEST_TEXT_FILE = 512 * MEGABYTE  # plain text unfolds to nothing larger than itself
LARGEST_UNPACKED = 256 * MEGABYTE  # all members of a zip archive together
LARGEST_MEMBER = 192 * MEGABYTE
STEEPEST_RATIO = 200  # unpacked to packed; ordinary Word and Excel files stay under 60
RATIO_MATTERS_FROM = 8 * MEGABYTE
MOST_MEMBERS = 5_000
MOST_PAGES = 3_000
MOST_CELLS = 2_000_000
MOST_CHARACTERS = 60_000_000  # of a document with blocks; a longer one is a flood, not a report

_READABLE = "Word (.docx, .doc), Excel (.xlsx, .xls, .ods), PDF, HTML, CSV, Markdown"

# What is wrong, then how to mend it; {what} says more.
_SENTENCES: dict[Cause, tuple[str, str]] = {
    "empty": (
        "rỗng: không có nội dung nào. Hãy kiểm tra lại tệp ở nơi gửi và tải lên lần nữa.",
        "is empty. Check it where it was sent from and upload it again.",
    ),
    "truncated": (
        "bị hỏng hoặc bị cắt ngắn{what}. Hãy mở tệp gốc, lưu lại rồi gửi lại; nếu tải từ Zalo hoặc thư điện tử, "
        "hãy tải lại cho trọn vẹn.",
        "is damaged or cut short{what}. Open the original, save it again and resend it; if it came by Zalo or "
        "e-mail, download it again in full.",
    ),
    "encrypted": (
        "có mật khẩu. Hãy mở bằng mật khẩu, lưu một bản không mật khẩu rồi gửi bản đó.",
        "is protected by a password. Open it, save a copy without the password and send that.",
    ),
    "wrong_type": (
        f"{{what}}. Hãy gửi tệp {_READABLE} hoặc văn bản (.txt).",
        f"{{what}}. Send {_READABLE} or plain text (.txt).",
    ),
    "binary": (
        "không phải văn bản: nội dung là dữ liệu nhị phân không nhận ra được. Hãy kiểm tra xem có gửi nhầm tệp không.",
        "is not text: it holds binary data of no known kind. Check whether the right file was sent.",
    ),
    "bomb": (
        "bị từ chối: {what}. Tệp như vậy có thể làm treo máy; hãy lưu lại bằng Word hoặc Excel rồi gửi bản mới.",
        "is refused: {what}. Such a file can bring the machine down; save it anew in Word or Excel and send that.",
    ),
    "too_large": (
        "quá lớn: {what}. Hãy tách thành nhiều tệp nhỏ hơn hoặc chỉ gửi phần có số liệu.",
        "is too large: {what}. Split it into smaller files, or send only the part with figures.",
    ),
    "too_slow": (
        "đọc mất quá {what} giây nên đã dừng. Hãy tách tệp, hoặc lưu lại ở dạng đơn giản hơn (.docx, .txt).",
        "took more than {what} seconds to read and was stopped. Split it, or save it in a simpler form (.docx, .txt).",
    ),
    "unsupported": ("{what}", "{what}"),
}


def unreadable(name: str, cause: Cause, vi: str = "", en: str = "") -> FileUnreadable:
    """The error of one cause, in whole sentences.

    >>> print(unreadable("bc.docx", "encrypted").vi)
    Tệp “bc.docx” có mật khẩu. Hãy mở bằng mật khẩu, lưu một bản không mật khẩu rồi gửi bản đó.
    """
    says_vi, says_en = _SENTENCES[cause]
    return FileUnreadable(
        name=name,
        cause=cause,
        vi=f"Tệp “{name}” {says_vi.format(what=vi)}",
        en=f"The file “{name}” {says_en.format(what=en or vi)}",
    )
