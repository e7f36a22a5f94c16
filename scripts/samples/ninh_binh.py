# SPDX-License-Identifier: Apache-2.0
# ruff: noqa: E501 -- the sentences of a report are kept as they run
"""Ninh Bình, the start of 2021: an interview as plain text, in which nothing is counted."""

from pathlib import Path

NAME = "ninh-binh-dau-nam-2021.txt"

TEXT = """\
Ninh Bình: doanh nghiệp vào việc ngay sau Tết, Sở Công Thương nói về "mục tiêu kép"
Thứ Sáu, 26/02/2021, 08:50
Zalo

Giám đốc Sở Công Thương Ninh Bình trả lời phỏng vấn về tình hình sản xuất, kinh doanh tháng đầu năm và những việc ngành sẽ làm để giúp doanh nghiệp.

Phóng viên: Thưa ông, bức tranh sản xuất, kinh doanh của tỉnh trong tháng đầu năm 2021 ra sao?

Giám đốc Sở: Thuận lợi và khó khăn cùng có. Cuối tháng 1, dịch COVID-19 xuất hiện trở lại. Sản xuất công nghiệp hồi phục chậm hơn so với trước khi có dịch. Doanh nghiệp còn thiếu nguyên liệu. Thị trường xuất khẩu chưa hồi phục vì nhiều nước vẫn siết nhập khẩu. Ngành dịch vụ chưa kịp gượng dậy đã gặp khó khăn mới.

Bù lại, xã hội ổn định và người dân đồng lòng. Nhờ đó kết quả sản xuất những tuần đầu năm vẫn khả quan.

Phóng viên: Ngành bảo đảm an toàn trong nhà máy bằng cách nào?

Giám đốc Sở: Sở yêu cầu các cụm công nghiệp, nhà máy và cơ sở kinh doanh tự chấm điểm nguy cơ lây nhiễm. Chuyên gia, quản lý và lao động là người nước ngoài hết hạn cách ly vẫn được theo dõi y tế ở nơi ở và nơi làm. Chủ doanh nghiệp nào lơ là để dịch lây trong xưởng thì phải chịu trách nhiệm trước Chủ tịch UBND tỉnh và Ban Chỉ đạo phòng, chống dịch.

Phóng viên: Sở sẽ giúp doanh nghiệp những gì?

Giám đốc Sở: Trước hết là chuẩn bị sẵn phương án cho từng tình huống, phối hợp với các huyện, thành phố để không nơi nào bị động. Kế đến là giúp doanh nghiệp tận dụng các hiệp định thương mại tự do (FTA) đã có hiệu lực, tìm thêm thị trường và thêm mặt hàng.

Sở cũng đang trình tỉnh quy chế phối hợp quản lý cụm công nghiệp (CCN), chương trình hỗ trợ hạ tầng CCN và chương trình làm việc của Ban chỉ đạo phát triển công nghiệp, tiểu thủ công nghiệp giai đoạn 2021-2025. Khi mời gọi nhà đầu tư thứ cấp, tỉnh ưu tiên lắp ráp ô tô, điện tử, công nghệ cao, công nghệ sạch, công nghiệp hỗ trợ và công nghiệp phục vụ nông nghiệp.

Phóng viên: Xin cảm ơn ông.

Ảnh: Dây chuyền lắp ráp ô tô ở KCN Gián Khẩu
Văn bản mẫu kèm theo phần mềm Bám Sát, viết lại từ nội dung báo chí đã đăng; không phải văn bản của cơ quan.
"""


def write(path: Path) -> None:
    path.write_text(TEXT, encoding="utf-8", newline="\n")
