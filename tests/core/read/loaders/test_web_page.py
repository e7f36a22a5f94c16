# SPDX-License-Identifier: Apache-2.0
from bamsat.core.read.document import Document
from bamsat.core.read.loaders import load
from tests.core.read.loaders.specimens import SENTENCES

PAGE = f"""<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>Tin tức | Sở Công Thương</title>
<meta property="og:site_name" content="Báo Cao Bằng"><meta name="author" content="Văn phòng Sở">
<meta property="article:published_time" content="2021-07-30T08:50:00+07:00">
<script>var x = "9.999 tỷ";</script></head><body>
<nav><ul><li><a href="/">Trang chủ</a></li><li>Xuất khẩu 111 triệu USD</li></ul></nav>
<div class="layout"><div class="sidebar">Tin đọc nhiều: bán lẻ tăng 99%</div>
<article><h1>Công nghiệp tháng Bảy khởi sắc</h1><p class="meta">Thứ Sáu, 30/07/2021, 08:50</p>
<div class="share-bar"><a>Zalo</a> <a>Facebook</a></div>
<p>{SENTENCES[0]}</p><h2>Thương mại</h2><p>{SENTENCES[1]}<br>{SENTENCES[2]}</p>
<table><caption>Kết quả (ĐVT: tỷ đồng)</caption>
<tr><th rowspan="2">Chỉ tiêu</th><th colspan="2">Năm 2021</th></tr><tr><th>Kế hoạch</th><th>Thực hiện</th></tr>
<tr><td>Bán lẻ</td><td>980</td><td>987,65</td></tr></table>
<ul><li>IIP tăng <b>6,8</b>%;</li><li>Xuất khẩu giảm.</li></ul>
<figure><img src="a.jpg" alt=""><figcaption>Dây chuyền may. Ảnh: Văn phòng Sở</figcaption></figure></article>
<div id="comments">Bình luận: tăng 500%</div></div><footer>Giấy phép số 12/GP</footer></body></html>"""


def rows(document: Document) -> list[list[str]]:
    return [[cell.text if cell else "" for cell in row] for row in document.tables[0].rows]


def test_the_main_block_is_read_and_nothing_else():
    document = load(PAGE.encode(), "tin.html")
    said = [(block.kind, document.text[block.start : block.end]) for block in document.blocks if block.kind != "cell"]
    assert said == [
        ("title", "Công nghiệp tháng Bảy khởi sắc"),
        ("furniture", "Thứ Sáu, 30/07/2021, 08:50"),
        ("paragraph", SENTENCES[0]),
        ("heading", "Thương mại"),
        ("paragraph", SENTENCES[1]),
        ("paragraph", SENTENCES[2]),
        ("caption", "Kết quả (ĐVT: tỷ đồng)"),
        ("item", "IIP tăng 6,8%;"),
        ("item", "Xuất khẩu giảm."),
        ("caption", "Dây chuyền may. Ảnh: Văn phòng Sở"),
    ]


def test_the_page_says_who_and_when():
    assert load(PAGE.encode(), "tin.html").attributes == {
        "title": "Công nghiệp tháng Bảy khởi sắc",
        "outlet": "Báo Cao Bằng",
        "author": "Văn phòng Sở",
        "dated": "2021-07-30",
        "photo": "Văn phòng Sở",
    }


def test_spans_of_rows_and_columns_are_filled():
    document = load(PAGE.encode(), "tin.html")
    assert rows(document) == [
        ["Chỉ tiêu", "Năm 2021", "Năm 2021"],
        ["Chỉ tiêu", "Kế hoạch", "Thực hiện"],
        ["Bán lẻ", "980", "987,65"],
    ]
    assert document.tables[0].caption == "Kết quả (ĐVT: tỷ đồng)"


def test_a_table_that_lays_the_page_out_is_walked_through():
    page = f"<html><body><table><tr><td><p>{SENTENCES[0]}</p><p>{SENTENCES[1]}</p></td></tr></table></body></html>"
    document = load(page.encode(), "tin.html")
    assert document.tables == ()
    assert document.text == "\n".join(SENTENCES[:2])


def test_a_page_of_the_nineties_is_read_in_its_code_page():
    meta = '<meta http-equiv="Content-Type" content="text/html; charset=windows-1252">'
    page = f"<html><head>{meta}</head><body><p>{{}}</p></body></html>"
    old = page.format("Gi¸ trÞ s¶n xuÊt c«ng nghiÖp n¨m 2001 ®¹t 5.300 tû ®ång, t¨ng 12% so víi n¨m tr\u00adíc")
    document = load(old.encode("cp1252"), "tin.htm")
    assert document.text == "Giá trị sản xuất công nghiệp năm 2001 đạt 5.300 tỷ đồng, tăng 12% so với năm trước"


def test_deep_nesting_is_survived():
    page = "<html><body>" + "<div>" * 5000 + SENTENCES[0] + "</div>" * 5000 + "</body></html>"
    assert load(page.encode(), "tin.html").text == SENTENCES[0]
