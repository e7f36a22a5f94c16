# SPDX-License-Identifier: Apache-2.0
import pytest

from bamsat.core.terms.errors import BamsatError
from bamsat.rooms.accounts.models import AuditRecord
from bamsat.rooms.documents.actions import set_provider
from bamsat.rooms.documents.reading import read_document
from bamsat.rooms.figures import actions
from bamsat.rooms.figures.models import Entry
from bamsat.rooms.places.queries import NotAllowed
from tests import build
from tests.cast import Cast

pytestmark = pytest.mark.django_db
SENTENCE = "Năm 2021, kim ngạch xuất khẩu của tỉnh Cao Bằng đạt 300 triệu USD."


@pytest.fixture(autouse=True)
def _catalogue(cast: Cast) -> None:
    build.catalogue()


@pytest.mark.parametrize(
    ("head", "provider"),
    [
        ("CỤC THỐNG KÊ TỈNH CAO BẰNG", "statistics"), ("CHI CỤC THỐNG KÊ\nSố: 10/BC-CTK", "statistics"),
        ("CHI CỤC HẢI QUAN KHU VỰC XVI", "customs"), ("CÔNG TY ĐIỆN LỰC CAO BẰNG", "power"),
        ("SỞ CÔNG THƯƠNG TỈNH CAO BẰNG", "department"),
        ("Theo số liệu của Cục Thống kê tỉnh, kinh tế tăng trưởng khá.", "department"),
    ],
)  # fmt: skip
def test_a_letterhead_says_whose_figures_a_document_gives(cast: Cast, head: str, provider: str) -> None:
    document = read_document(build.received(cast.specialist, f"{head}\n\n{SENTENCE}\n"))
    assert document.provider == provider


def test_values_of_the_department_and_of_customs_stand_side_by_side(cast: Cast) -> None:
    ours = build.document(cast.specialist, [build.stated(300_000_000, indicator="exports", unit="USD")])
    theirs = build.document(cast.specialist, [build.stated(290_000_000, indicator="exports", unit="USD")])
    set_provider(cast.specialist, theirs, "customs")
    for document in (ours, theirs):
        actions.accept(cast.head, document.figures.get())
    standing = Entry.objects.filter(latest__isnull=False)
    assert sorted(standing.values_list("series__provider", "value")) == [
        ("customs", 29_000_000_000), ("department", 30_000_000_000),
    ]  # fmt: skip


def test_a_change_of_provider_is_in_the_trail_and_never_behind_entries_back(cast: Cast) -> None:
    document = build.document(cast.specialist, [build.stated(300_000_000, indicator="exports", unit="USD")])
    set_provider(cast.specialist, document, "statistics")
    told = AuditRecord.objects.get(action="documents.document.provider")
    assert told.details == {"before": "department", "provider": "statistics"}
    actions.accept(cast.head, document.figures.get())
    with pytest.raises(BamsatError, match="rút các bút toán"):
        set_provider(cast.specialist, document, "customs")


def test_only_who_may_judge_it_changes_the_provider_and_only_to_a_known_one(cast: Cast) -> None:
    document = build.document(cast.specialist)
    for stranger in (cast.clerk, cast.specialist_elsewhere):
        with pytest.raises(NotAllowed):
            set_provider(stranger, document, "customs")
    with pytest.raises(BamsatError, match="danh mục"):
        set_provider(cast.specialist, document, "khong-co")


def test_the_reading_page_offers_the_provider(cast: Cast) -> None:
    document = build.document(cast.specialist, [build.stated(300_000_000, indicator="exports", unit="USD")])
    client = cast.client(cast.specialist)
    assert "Cơ quan hải quan" in client.get(f"/van-ban/{document.uuid}/").content.decode()
    client.post(f"/van-ban/{document.uuid}/nguon/", {"nguon": "customs"})
    document.refresh_from_db()
    assert document.provider == "customs"
