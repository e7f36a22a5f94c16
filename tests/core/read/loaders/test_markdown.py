# SPDX-License-Identifier: Apache-2.0
from bamsat.core.read.loaders import load

TEXT = """---
layout: post
---
# Công nghiệp tháng Bảy khởi sắc

Giá trị sản xuất đạt **1.234,5** tỷ đồng,
tăng *6,8%* so với [cùng kỳ](nam-2020.md).

## Thương mại

- Bán lẻ tăng `5%`
- Xuất khẩu
  giảm 2%

Đơn vị tính: tỷ đồng

| Chỉ tiêu | Kế hoạch | Thực hiện |
|---|--:|--:|
| Bán lẻ | 980 | **987,65** |

Phần cuối
=========
"""


def test_headings_lists_and_paragraphs_are_told_apart():
    document = load(TEXT.encode(), "tin.md")
    assert [(b.kind, b.level, document.text[b.start : b.end]) for b in document.blocks if b.kind != "cell"] == [
        ("title", 0, "Công nghiệp tháng Bảy khởi sắc"),
        ("paragraph", 0, "Giá trị sản xuất đạt 1.234,5 tỷ đồng, tăng 6,8% so với cùng kỳ."),
        ("heading", 2, "Thương mại"),
        ("item", 0, "- Bán lẻ tăng 5%"),
        ("item", 0, "- Xuất khẩu giảm 2%"),
        ("paragraph", 0, "Đơn vị tính: tỷ đồng"),
        ("heading", 1, "Phần cuối"),
    ]


def test_a_pipe_table_is_a_grid():
    table = load(TEXT.encode(), "tin.md").tables[0]
    assert [[cell.text for cell in row] for row in table.rows] == [
        ["Chỉ tiêu", "Kế hoạch", "Thực hiện"],
        ["Bán lẻ", "980", "987,65"],
    ]
    assert table.caption == "Đơn vị tính: tỷ đồng"
