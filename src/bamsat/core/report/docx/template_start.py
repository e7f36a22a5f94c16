# SPDX-License-Identifier: Apache-2.0
"""The template that an office begins with: the product's own layout, with marks where a report's words go."""

from __future__ import annotations

import copy
import io
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import docx

from bamsat.core.report.docx.document import to_docx
from bamsat.core.report.docx.marks import W
from bamsat.core.report.docx.paper import saved
from bamsat.core.report.outline import Frame, Paragraph, Report, Words

# By style of the layout: the marks that stand instead of its words, one line each.
_MARKS: dict[str, Sequence[str]] = {
    "CoQuanChuQuan": ("{{ co_quan_cap_tren }}",),
    "CoQuanBanHanh": ("{{ co_quan }}",),
    "SoKyHieu": ("Số: {{ so }}/{{ ky_hieu }}",),
    "DiaDanhNgayThang": ("{{ dia_danh }}, {{ ngay }}",),
    "TenLoaiVanBan": ("{{ loai }}",),
    "TrichYeu": ("{{ trich_yeu }}",),
    "KinhGui": ("{%p if noi_gui %}", "Kính gửi: {{ noi_gui }}", "{%p endif %}"),
    "CanCu": ("{%p for dong in can_cu %}", "{{ dong }}", "{%p endfor %}"),
    "DanhSachNoiNhan": ("{%p for dong in noi_nhan %}", "- {{ dong }}", "{%p endfor %}"),
    "ThanBai": ("{{p noi_dung }}",),
    "HoTen": ("{{ nguoi_ky }}",),
}
_SIGNING = (("{%p if tham_quyen %}", "{{ tham_quyen }}", "{%p endif %}"), ("{{ chuc_vu }}",))
_STOOD_IN = date(2000, 1, 31)


def starting_template(frame: Frame) -> bytes:
    """The layout of an office's own reports; its names make the lines as long as they will be."""
    whole = replace(
        frame, number=frame.number or "00", symbol=frame.symbol or "BC-SCT", place=frame.place or "Địa danh",
        day=_STOOD_IN, subject=frame.subject or "Trích yếu của báo cáo", addressee=("Nơi gửi",),
        bases=("Căn cứ",), recipients=("Nơi nhận",), authority="KT.", post=frame.post or "Chức vụ", signer="Người ký",
        parent=frame.parent or "CƠ QUAN CẤP TRÊN", organ=frame.organ or "CƠ QUAN",
    )  # fmt: skip
    document = docx.Document(io.BytesIO(to_docx(Report(whole, (Paragraph((Words("Nội dung"),)),)))))
    signing = iter(_SIGNING)
    for element in list(document.element.body.iter(W + "p")):
        style = element.find(f"{W}pPr/{W}pStyle")
        name = "" if style is None else style.get(W + "val")
        if name == "QuyenHanChucVu":
            _write(element, next(signing, ("",)))
        elif name in _MARKS:
            _write(element, _MARKS[name])
    _append_last(document.element.body)
    document.core_properties.title = "Mẫu báo cáo"
    return saved(document)


def _write(paragraph: Any, texts: Sequence[str]) -> None:
    """Put these lines in the paragraph's place, all of its looks."""
    for text in texts:
        one = copy.deepcopy(paragraph)
        words = list(one.iter(W + "t"))
        for other in words[1:]:
            other.text = ""
        words[0].text = text
        paragraph.addprevious(one)
    paragraph.getparent().remove(paragraph)


def _append_last(body: Any) -> None:
    """Room for the appendices at the very end, in a paragraph that takes no height of its own."""
    last = next(each for each in reversed(list(body)) if each.tag == W + "p")
    if any(True for _each in last.iter(W + "t")):
        last.addnext(copy.deepcopy(last))
        last = last.getnext()
        for run in list(last.iter(W + "r")):
            run.getparent().remove(run)
    run = last.makeelement(W + "r")
    words = run.makeelement(W + "t")
    words.text = "{{p phu_luc }}"
    run.append(words)
    last.append(run)
