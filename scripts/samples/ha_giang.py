# SPDX-License-Identifier: Apache-2.0
# ruff: noqa: E501 -- the sentences of a report are kept as they run
"""Hà Giang, looking back on 2020 and at the targets of 2021: a page of the department's own site."""

from pathlib import Path

NAME = "ha-giang-dau-nam-2021.html"

# The menu, the box of other news and the share buttons hold numbers that are no figures of the report.
TEXT = """\
<!doctype html>
<html lang="vi">
<head>
<meta charset="utf-8">
<title>Công Thương vào xuân với mục tiêu tăng tốc | Sở Công Thương tỉnh Hà Giang</title>
<meta name="author" content="Văn phòng Sở">
<meta property="article:published_time" content="2021-03-08T09:15:00+07:00">
<style>
body { margin: 0; font: 17px/1.55 "Times New Roman", "Liberation Serif", serif; color: #1c1c1c; background: #eef1f4; }
header { background: #0b5c8a; color: #fff; padding: 18px 32px; }
header p { margin: 0; letter-spacing: .04em; } header p + p { font-size: 24px; font-weight: bold; }
nav { background: #08466a; padding: 8px 32px; } nav a { color: #fff; margin-right: 22px; text-decoration: none; }
main { display: flex; gap: 28px; max-width: 1080px; margin: 22px auto; padding: 0 16px; }
article { flex: 1 1 680px; background: #fff; padding: 24px 34px; }
h1 { font-size: 27px; line-height: 1.25; margin: 4px 0 6px; } h2 { font-size: 20px; margin: 22px 0 6px; }
.dated, .share, figcaption, footer { color: #5d6670; font-size: 14px; } .lead { font-weight: bold; }
aside { flex: 0 0 260px; background: #fff; padding: 14px 20px; align-self: flex-start; font-size: 15px; }
footer { text-align: center; padding: 18px; }
</style>
</head>
<body>
<header>
<p>ỦY BAN NHÂN DÂN TỈNH HÀ GIANG</p>
<p>SỞ CÔNG THƯƠNG</p>
</header>
<nav>
<a href="#">Trang chủ</a> <a href="#">Giới thiệu</a> <a href="#">Tin hoạt động</a> <a href="#">Văn bản</a>
<a href="#">Thủ tục hành chính (128)</a> <a href="#">Liên hệ</a>
</nav>
<main>
<article>
<p class="dated">Thứ Hai, 08/03/2021 | 09:15 | 1.204 lượt xem</p>
<h1>Công Thương vào xuân với mục tiêu tăng tốc</h1>
<div class="share"><a href="#">Facebook</a> <a href="#">Zalo</a> <a href="#">In trang</a> <a href="#">Gửi email</a></div>
<p class="lead">Khép lại một năm nhiều mất mát vì dịch bệnh, ngành Công Thương của tỉnh đặt ra những con số cao hơn cho năm 2021.</p>
<h2>Một năm đi xuống</h2>
<p>Cả năm 2020, chỉ số sản xuất công nghiệp ước giảm 9,16% so với năm trước. Giá trị sản xuất công nghiệp tính theo giá hiện
hành ước đạt 6.181,4 tỷ đồng, giảm 1,08%. Bán hàng ra nước ngoài còn khó hơn: giá trị xuất khẩu cả năm ước
242 triệu USD, giảm tới 38,38% so với năm 2019.</p>
<p>Doanh thu lưu trú, ăn uống và du lịch lữ hành cùng giảm so với năm trước. Phần lớn doanh nghiệp công nghiệp
gặp khó: thiếu vốn để sản xuất lại, thiếu đơn hàng mới, hàng tồn kho nhiều.</p>
<figure><figcaption>Chế biến chè ở Phìn Hồ (Hoàng Su Phì). Ảnh: Văn phòng Sở</figcaption></figure>
<h2>Chỉ tiêu năm 2021</h2>
<p>Theo Giám đốc Sở, năm 2021 ngành phấn đấu đạt các chỉ tiêu sau:</p>
<ul>
<li>Chỉ số sản xuất công nghiệp (IIP): tăng 6,8% so với năm 2020;</li>
<li>Bán lẻ hàng hóa và doanh thu dịch vụ: tăng 10,8% so với năm 2020;</li>
<li>Tổng kim ngạch xuất nhập khẩu qua cửa khẩu: 270 triệu USD;</li>
<li>Tỷ lệ thôn biên giới được cấp điện theo tiêu chí nông thôn mới: 85%.</li>
</ul>
<h2>Việc phải làm</h2>
<p>Lưới điện chờ các nhà máy thủy điện đấu nối làm còn chậm. Hiệu quả đầu tư ở các khu, cụm công nghiệp
còn thấp. Chính sách hiện có chưa đủ sức kéo doanh nghiệp lớn về tỉnh. Vì vậy, ngành sẽ cơ cấu lại những ngành hàng có thế
mạnh, lấp dần các cụm công nghiệp theo quy hoạch, đổi cách quản lý chợ, đưa hàng Việt lên vùng cao và bàn với Cục Thương
vụ châu Văn Sơn (Trung Quốc) để hàng qua cửa khẩu được thông suốt. Năm 2021 cũng là năm mở đầu kế hoạch giai đoạn
2021 - 2025.</p>
<div class="share"><a href="#">Chia sẻ</a> <a href="#">Thích 36</a> <a href="#">Bình luận (4)</a></div>
</article>
<aside>
<h2>Tin khác</h2>
<ul>
<li><a href="#">Hội chợ xuân có 120 gian hàng</a> (05/03)</li>
<li><a href="#">Giá xăng tăng 722 đồng/lít từ chiều nay</a> (25/02)</li>
<li><a href="#">Tiếp nhận 15 hồ sơ qua dịch vụ công mức độ 4</a> (22/02)</li>
</ul>
</aside>
</main>
<footer>Trang mẫu kèm theo phần mềm Bám Sát, viết lại từ số liệu báo chí đã đăng; không phải trang của cơ quan.</footer>
</body>
</html>
"""


def write(path: Path) -> None:
    path.write_text(TEXT, encoding="utf-8", newline="\n")
