# SPDX-License-Identifier: Apache-2.0
"""A department at work: one of everything that an administrator keeps, and the pages on which it is kept."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from bamsat.core.check.model import Repair
from bamsat.core.terms.period import Period
from bamsat.rooms.catalogue.queries import indicator_coded
from bamsat.rooms.directory.actions_committees import add_member, add_work_item
from bamsat.rooms.directory.actions_posts import appoint
from bamsat.rooms.figures import intake_actions
from bamsat.rooms.figures.models import Entry, Intake, Plan
from bamsat.rooms.figures.plans import actions as plans
from bamsat.rooms.findings.actions import explain
from bamsat.rooms.findings.models import Finding
from bamsat.rooms.places.actions_changes import apply
from bamsat.rooms.places.changes import Begin, Change
from bamsat.rooms.places.models import BoundaryChange
from bamsat.rooms.situation.actions import Said, edit, withdraw, write
from bamsat.rooms.situation.models import Kind, Note
from tests import build
from tests.cast import Cast
from tests.rooms.directory.office import committee, department, post

FIGURES = """Chỉ tiêu;Địa bàn;Kỳ;Đơn vị;Giá trị
Giá trị sản xuất công nghiệp;Cao Bằng;2020;tỷ đồng;4.700,5
Chỉ tiêu không ai đặt;Cao Bằng;2020;cái;1
"""


def merged(office: Cast) -> BoundaryChange:
    """Two communes made one, a market in one of them going along."""
    assert office.facility.pk
    places = (office.commune.pk, office.other_commune.pk)
    change = Change("merge", date(2020, 1, 1), "Nghị quyết mẫu", places, begins=(Begin("Hợp Nhất", word="xã"),))
    return apply(office.administrator, change)


def planned(office: Cast) -> tuple[Plan, Plan, Entry]:
    """A plan with a target, the one that follows it, and its target."""
    said = {"issuer": "Hội đồng nhân dân tỉnh", "title": "Kế hoạch mẫu"}
    first = plans.record_plan(
        office.specialist, office.home, number="01/NQ-HĐND", issued_on=date(2020, 12, 10), period="2021", **said
    )
    indicator = indicator_coded("industrial_output")
    assert indicator
    plans.set_target(office.specialist, first, indicator, level="gần 5.300 tỷ đồng")
    later = plans.supersede(
        office.specialist, first, number="05/NQ-HĐND", issued_on=date(2021, 7, 10), reason="Điều chỉnh", **said
    )
    return first, later, Entry.objects.get(plan=later, series__measure="level")


def brought(office: Cast) -> Intake:
    """A file of figures looked through: one new number, one row with a mistake."""
    return intake_actions.receive(office.specialist, "so-lieu.csv", FIGURES.encode())


def found(office: Cast) -> list[Finding]:
    """Three figures that cannot all be true, and one that was asked about and explained."""
    told = [build.stated(5300), build.stated(4815, period="2020"), build.growth("12.77")]
    wrong, asked = (build.finding(build.document(office.specialist, told), **said) for said in (
        {"repair": Repair("1", "digits", Decimal(5430), Decimal(5429), Decimal(5431), "5.430", "Sửa.", "Mend it.")},
        {"outcome": "cannot_tell", "severity": "question", "rule": "copied", "because": ("hedge",)},
    ))  # fmt: skip
    explain(office.specialist, asked, "Số do Thống kê tỉnh công bố")
    return [wrong, asked]


def noted(office: Cast, target: Entry) -> Note:
    """A situation with a note of each kind, and the objective that is tied to a target."""
    year = Period.year(2021)

    def write_one(kind: str, text: str, **more: Any) -> Note:
        return write(office.specialist, office.home, Said(kind, text, more.pop("period", year), **more), date.today())

    hard = write_one(Kind.DIFFICULTY, "Giãn cách xã hội ảnh hưởng đến sản xuất.")
    write_one(Kind.ADVANTAGE, "Doanh nghiệp nỗ lực khắc phục khó khăn.")
    write_one(Kind.CAUSE, "Dịch bùng phát trở lại.", about=(hard.thread,))
    write_one(Kind.SOLUTION, "Giảm giá điện, tiền điện.", about=(hard.thread,), carried_out_on=date(2021, 10, 1))
    write_one(Kind.RISK, "Giá nguyên liệu tăng.", likelihood=3, impact=2, measure="Tìm nguồn thay thế.")
    frame = write_one(Kind.OBJECTIVE, "Phát triển bền vững.", period=Period.years(2021, 2025), pivot_year=2021)
    write_one(Kind.OBJECTIVE, "Hoàn thành kế hoạch năm.", parent=frame.thread, targets=(target,))
    return withdraw(
        office.specialist, edit(office.head, hard, Said(Kind.DIFFICULTY, "Dịch.", year), date.today()), "Trùng"
    )


def addresses(office: Cast) -> list[str]:
    change, (first, later, target), intake = merged(office), planned(office), brought(office)
    body = department(office)
    board, director = committee(body), post(body, "Giám đốc")
    appoint(None, director, person="Giám đốc thứ nhất", valid_from=date(2020, 1, 1))
    add_member(None, board, post=director)
    add_work_item(None, board, year=2026, content="Kiểm tra chợ đầu mối")
    plan = f"/so-lieu/ke-hoach/{later.uuid}/"
    wrong, asked = found(office)
    note, situation = noted(office, target), "/tinh-hinh/?noi=cao-bang&ky=2021"
    return [
        situation, "/tinh-hinh/?noi=cao-bang&ky=2019", "/tinh-hinh/ghi/?noi=cao-bang&ky=2021&loai=risk",
        f"/tinh-hinh/{note.uuid}/", "/bang-diem/muc-tieu-kep/?noi=cao-bang&ky=2021",
        "/dia-ban/", "/dia-ban/?tim=khong-co", "/dia-ban/xa-nha/",
        "/dia-ban/cho-nha/", "/dia-ban/cho-nha/sua/", "/dia-ban/them/?loai=market", "/dia-ban/nap/",
        "/dia-ban/thay-doi/", f"/dia-ban/thay-doi/{change.uuid}/", "/dia-ban/thay-doi/moi/?loai=merge",
        "/dia-ban/thay-doi/moi/?loai=split",
        "/danh-muc/", "/danh-muc/chi-tieu/?tim=xuat", "/danh-muc/chi-tieu/exports/", "/danh-muc/sua/chi-tieu/exports/",
        "/danh-muc/nhap/chi-tieu/",
        "/danh-ba/", f"/danh-ba/{body.slug}/", f"/danh-ba/{body.slug}/bo-nhiem/{director.uuid}/",
        f"/danh-ba/{board.slug}/",
        "/so-lieu/ke-hoach/", "/so-lieu/ke-hoach/moi/", plan, f"{plan}chia/{target.uuid}/thang/",
        f"/so-lieu/ke-hoach/{first.uuid}/so-sanh/", "/so-lieu/ke-hoach/canh-nhau/?noi=cao-bang&nam=2021",
        "/so-lieu/nap/", f"/so-lieu/nap/{intake.uuid}/",
        "/phat-hien/", "/phat-hien/?tim=khong-co", "/phat-hien/?noi=cao-bang&tt=moi", f"/phat-hien/{wrong.uuid}/",
        f"/phat-hien/{asked.uuid}/",
        "/nguoi-dung/", "/them-nguoi-dung/", "/nguoi-dung/chuyen-vien/", "/nguoi-dung/chuyen-vien/vai-tro/",
        "/nhat-ky/", "/tai-khoan/", "/tai-khoan/mat-khau/",
    ]  # fmt: skip
