# SPDX-License-Identifier: Apache-2.0
"""The report that the browser tests send in: our own sentences, every figure of it known."""

TEXT = """Báo cáo tình hình công nghiệp, thương mại tỉnh Cao Bằng năm 2021

Giá trị sản xuất công nghiệp năm 2021 ước đạt 5.300 tỷ đồng, tăng 12,77% so với năm 2020, bằng 100% kế hoạch năm.

Tổng mức bán lẻ hàng hóa và doanh thu dịch vụ tiêu dùng năm 2021 đạt 8.871,77 tỷ đồng, tăng 4,06% so với năm 2020.

Kim ngạch xuất khẩu năm 2021 đạt 337,887 triệu USD, tăng 21,43% so với năm 2020 và bằng 110,4% kế hoạch.
"""
NAME = "bao-cao-2021.txt"
FILE = {"name": NAME, "mimeType": "text/plain", "buffer": TEXT.encode()}
FIGURES = 8
