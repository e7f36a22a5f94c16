# SPDX-License-Identifier: Apache-2.0
"""An office that was told something: a letter in the register, proposals, tasks at every point, a programme."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from bamsat.rooms.documents import actions_register
from bamsat.rooms.documents.actions import receive
from bamsat.rooms.documents.models import Document, Record
from bamsat.rooms.tasks import actions
from bamsat.rooms.tasks.actions import TaskAsked
from bamsat.rooms.tasks.models import Kind, Task
from bamsat.rooms.tasks.reminding import remind_by_hand
from tests.browser import letter
from tests.cast import Cast
from tests.rooms.directory.office import department, division


def received(office: Cast) -> Document:
    """The letter, its line of the register confirmed, one of its proposals dismissed."""
    division(department(office))
    document = receive(office.clerk, "cong-van-2915.docx", letter.letter(letter.days()), office.home)
    document.refresh_from_db()
    record = Record.objects.get(document=document)
    line = actions_register.Line(**{name: getattr(record, name) for name in actions_register.Line.__slots__})
    actions_register.confirm(office.clerk, record, line)
    actions.dismiss(office.specialist, document.instructions.last(), "Việc của Sở Tài chính")
    return document


def tasks(office: Cast, document: Document) -> dict[str, Task]:
    """Proposed, overdue, with an extension asked for, reported and confirmed."""
    today = timezone.localdate()
    begun = today - timedelta(days=40)
    made = {"proposed": actions.accept(office.specialist, document.instructions.first())}
    for name in ("overdue", "asked", "reported", "done"):
        due = today - timedelta(days=9) if name in ("overdue", "done") else today + timedelta(days=5)
        asked = TaskAsked(what=f"Lập danh sách chợ cần sửa chữa ({name})", begins=begun, due=due, assigner="UBND tỉnh")
        made[name] = actions.create(office.specialist, office.home, asked)
        actions.assign(office.head, made[name], None, (), office.specialist)
    actions.note_progress(office.specialist, made["overdue"], "Đã rà soát 40 chợ", 60)
    remind_by_hand(office.head, Task.objects.filter(pk=made["overdue"].pk))
    actions.ask_extension(office.specialist, made["asked"], today + timedelta(days=20), "Chờ ý kiến các xã")
    for name in ("reported", "done"):
        actions.report_done(office.specialist, made[name], today, "Đã gửi danh sách", "412/BC-SCT")
    actions.close(office.head, made["done"])
    return made


def addresses(office: Cast) -> list[str]:
    """What a head finds: the register, proposals, tasks, the board, drafts and programmes."""
    document = received(office)
    made = tasks(office, document)
    record, waiting = Record.objects.get(document=document), document.instructions.filter(state="waiting").first()
    programme = TaskAsked(
        what="Chương trình phát triển công nghiệp", kind=Kind.PROGRAMME, time="none", period="2026/2030"
    )  # fmt: skip
    drafted = TaskAsked(what="Quy chế phối hợp", kind=Kind.DRAFT, drafted="Quyết định", time="none")
    long, draft = (actions.create(office.specialist, office.home, asked) for asked in (programme, drafted))
    return [
        "/so-van-ban/", "/so-van-ban/?so=vien-dan", "/so-van-ban/?tim=don+doc", "/so-van-ban/?tim=khong-co",
        f"/so-van-ban/{record.uuid}/", f"/van-ban/{document.uuid}/",
        "/nhiem-vu/", "/nhiem-vu/?tim=khong-co", "/nhiem-vu/bang/", "/nhiem-vu/lich/", "/nhiem-vu/moi/",
        "/nhiem-vu/de-xuat/", f"/nhiem-vu/de-xuat/{waiting.uuid}/",
        *(f"/nhiem-vu/{one.uuid}/" for one in (*made.values(), long, draft)),
        f"/nhiem-vu/{made['proposed'].uuid}/sua/", "/nhiem-vu/tham-muu/", "/nhiem-vu/chuong-trinh/",
        "/nhiem-vu/don-doc/", "/nhiem-vu/lich/dia-chi/", "/",
    ]  # fmt: skip


def to_register(office: Cast) -> list[str]:
    """What a clerk finds: the line that waits, and the form of a new one."""
    document = receive(office.clerk, "cong-van-2915.docx", letter.letter(letter.days()), office.home)
    document.refresh_from_db()
    record = Record.objects.get(document=document)
    return ["/so-van-ban/", f"/so-van-ban/{record.uuid}/", "/so-van-ban/vao-so/", "/so-van-ban/vao-so/?so=di"]
