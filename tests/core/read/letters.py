# SPDX-License-Identifier: Apache-2.0
"""Letters to read: one with its parts to choose, and Word files built on the spot."""

import io

import docx

from bamsat.core.read.letterhead import letterhead
from bamsat.core.read.loaders import from_text, load

LETTER = """UBND TỈNH CAO BẰNG
SỞ CÔNG THƯƠNG
{stamp}CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
{number}
V/v đôn đốc báo cáo tình hình
thực hiện kế hoạch năm
Cao Bằng, ngày 15 tháng 4 năm 2021
{below}
Kính gửi:
- Các phòng thuộc Sở;
- Trung tâm Khuyến công.
Thực hiện chương trình công tác, Sở yêu cầu các đơn vị báo cáo trước ngày 30/4/2021.
{content}
Nơi nhận:
- Như trên;
- Ủy ban nhân dân tỉnh (b/c);
- Lưu: VT, KHTC.
KT. GIÁM ĐỐC
PHÓ GIÁM ĐỐC
(Đã ký)
Phó Giám Đốc Sở
"""


def letter(stamp="", number="Số: 841/SCT-KHTC", below="", content=""):
    return LETTER.format(stamp=f"{stamp}\n" if stamp else "", number=number, below=below, content=content)


def of_text(text):
    return letterhead(from_text(text, "van-ban.txt"))


def of_word(build):
    package = docx.Document()
    build(package)
    held = io.BytesIO()
    package.save(held)
    return letterhead(load(held.getvalue(), "van-ban.docx"))


def columns(package, *rows):
    table = package.add_table(len(rows), 2)
    for place, (left, right) in enumerate(rows):
        table.cell(place, 0).text, table.cell(place, 1).text = left, right
