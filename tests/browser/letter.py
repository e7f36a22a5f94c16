# SPDX-License-Identifier: Apache-2.0
"""A letter of the province that gives tasks, its deadlines counted from today: our own sentences, as a Word file."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone
from docx import Document as WordDocument

from bamsat.core.act.calendar import Calendar
from bamsat.rooms.catalogue.queries import calendar

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PLAN = "Xây dựng Kế hoạch dự trữ hàng hóa, bình ổn thị trường"
SCHEMES = "rà soát các đề án khuyến công"
STANDING = "Thường xuyên theo dõi tình hình hàng hóa tại các cửa khẩu"
OTHERS = "bố trí kinh phí đối ứng"
TASKS = 4


@dataclass(frozen=True)
class Days:
    """A morning that is worked, and deadlines of which one is three working days away from it."""

    calendar: Calendar
    today: date
    morning: date
    soon: date
    later: date

    @property
    def until(self) -> date:
        """A deadline to ask for: a week after the near one."""
        return self.soon + timedelta(days=7)


def days() -> Days:
    today = timezone.localdate()
    worked = calendar(today.year - 1, today.year + 1)
    morning = today if worked.is_working(today) else worked.next_working(today)
    return Days(worked, today, morning, worked.add_working_days(morning, 3), worked.add_working_days(morning, 30))


def said(day: date) -> str:
    return f"{day:%d/%m/%Y}"


def letter(when: Days, mark: str = "") -> bytes:
    """The letter of today; `mark` is what is stamped on it."""
    word = WordDocument()
    head = word.add_table(rows=1, cols=2).rows[0].cells
    stamp = f"{mark}\n" if mark else ""
    head[
        0
    ].text = f"ỦY BAN NHÂN DÂN\nTỈNH CAO BẰNG\n{stamp}\nSố: 2915/UBND-KT\nV/v đôn đốc nhiệm vụ ngành Công Thương (mẫu)"
    today = f"ngày {when.today:%d} tháng {when.today:%m} năm {when.today:%Y}"
    head[1].text = f"CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n\nCao Bằng, {today}"
    word.add_paragraph("Kính gửi:")
    word.add_paragraph("- Sở Công Thương;")
    word.add_paragraph("- Sở Tài chính.")
    word.add_paragraph("Ủy ban nhân dân tỉnh yêu cầu các cơ quan thực hiện các nhiệm vụ sau:")
    word.add_paragraph("1. Sở Công Thương", style="Heading 2")
    word.add_paragraph(f"a) {PLAN}, trình Ủy ban nhân dân tỉnh trước ngày {said(when.soon)}.")
    word.add_paragraph(
        f"b) Chủ trì, phối hợp với Sở Tài chính {SCHEMES}, báo cáo Ủy ban nhân dân tỉnh kết quả giải ngân trước ngày "
        f"{said(when.later)}."
    )
    word.add_paragraph(f"c) {STANDING}, kịp thời đề xuất giải pháp khi có ách tắc.")
    word.add_paragraph("2. Sở Tài chính", style="Heading 2")
    word.add_paragraph(
        f"Rà soát, {OTHERS} cho các đề án khuyến công đã phê duyệt, hoàn thành trước ngày {said(when.later)}."
    )
    foot = word.add_table(rows=1, cols=2).rows[0].cells
    foot[0].text = "Nơi nhận:\n- Như trên;\n- Lưu: VT, KT."
    foot[1].text = "TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n(Đã ký)"
    out = io.BytesIO()
    word.save(out)
    return out.getvalue()


def file(content: bytes, name: str = "cong-van-2915.docx") -> dict[str, object]:
    """As a browser sends it."""
    return {"name": name, "mimeType": WORD, "buffer": content}
