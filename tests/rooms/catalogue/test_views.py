# SPDX-License-Identifier: Apache-2.0
import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from bamsat.rooms.accounts.models import AuditRecord
from bamsat.rooms.catalogue import files, queries
from bamsat.rooms.catalogue.models import Code, CodeList, Indicator, IndicatorName, IndicatorSet, Provider
from bamsat.rooms.catalogue.tables import BY_CODE, BY_SLUG, INDICATORS, PROVIDERS, TABLES
from tests import build
from tests.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _catalogue(db: None) -> None:
    build.catalogue()


def at(name: str, **given: str) -> str:
    return reverse(f"catalogue:{name}", kwargs=given)


def test_the_first_page_counts_every_table_and_names_the_fields(cast: Cast):
    page = cast.client(cast.specialist).get("/danh-muc/").content.decode()
    for said in ("Chỉ tiêu", "Danh mục mã", "Kiểm tra thị trường", f"{Indicator.objects.count()}"):
        assert said in page
    assert "Nạp tệp" not in page


@pytest.mark.parametrize("slug", BY_SLUG)
def test_every_table_has_a_list_and_files(cast: Cast, slug: str):
    client = cast.client(cast.specialist)
    assert client.get(at("rows", table=slug)).status_code == 200
    assert client.get(at("rows", table=slug), {"tim": "cong"}).status_code == 200
    assert client.get(at("download", table=slug, kind="csv")).content.startswith(b"\xef\xbb\xbf")
    assert client.get(at("download", table=slug, kind="xlsx")).content.startswith(b"PK")


def test_a_list_is_searched_without_tones_and_narrowed(cast: Cast):
    client = cast.client(cast.specialist)
    found = client.get(at("rows", table="chi-tieu"), {"tim": "lap day"}).content.decode()
    assert "Tỷ lệ lấp đầy cụm công nghiệp" in found
    assert "Kim ngạch xuất khẩu" not in found
    found = client.get(at("rows", table="chi-tieu"), {"adds_up": "index", "bo": "electricity"}).content.decode()
    assert "IIP sản xuất và phân phối điện" in found
    assert "Điện thương phẩm" not in found
    found = client.get(at("rows", table="ma"), {"codelist": "partner/ISO 3166", "tim": "trung quoc"}).content.decode()
    assert "Trung Quốc" in found
    assert "Thái Lan" not in found


def test_an_indicator_page_says_how_it_adds_up_where_it_is_used_and_in_which_sets(cast: Cast):
    page = cast.client(cast.specialist).get(at("row", table="chi-tieu", key="cluster_leased_area")).content.decode()
    assert "không cộng theo thời gian" in page
    assert "Tỷ lệ lấp đầy cụm công nghiệp" in page
    assert "/danh-muc/bo-chi-tieu/clusters/" in page
    page = cast.client(cast.specialist).get(at("row", table="chi-tieu", key="exports")).content.decode()
    assert "trade_balance = exports - imports" in page
    assert "knxk" in page


@pytest.mark.parametrize(
    ("table", "key"),
    [("danh-muc-ma", "industry/2018"), ("ma", "industry/2018/C10"), ("bo-chi-tieu", "clusters"), ("nguon", "customs"),
     ("don-vi", "%"), ("dang-thuc", "trade_balance = exports - imports"), ("don-vi", "ton.km")],
)  # fmt: skip
def test_every_kind_of_row_has_its_page(cast: Cast, table: str, key: str):
    answer = cast.client(cast.specialist).get(at("row", table=table, key=key))
    assert answer.status_code == 200
    edit = cast.client(cast.administrator).get(at("change", table=table, key=key))
    assert edit.status_code == 200


@pytest.mark.parametrize("address", ["/danh-muc/khong-co/", "/danh-muc/chi-tieu/khong-co/", "/danh-muc/ten-goi/a/b/"])
def test_what_is_not_there_is_not_found(cast: Cast, address: str):
    assert cast.client(cast.specialist).get(address).status_code == 404


def test_the_division_in_charge_is_what_the_room_above_says(cast: Cast, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(queries, "in_charge", [lambda one: [("Phòng Quản lý công nghiệp", "/danh-ba/qlcn/")]])
    page = cast.client(cast.specialist).get(at("row", table="bo-chi-tieu", key="clusters")).content.decode()
    assert "Phòng Quản lý công nghiệp" in page


def test_only_an_administrator_changes_the_tables(cast: Cast):
    client = cast.client(cast.director)
    for name, given in [
        ("add", {"table": "nguon"}), ("change", {"table": "nguon", "key": "customs"}), ("load_all", {}),
        ("load", {"table": "nguon"}), ("end", {"table": "nguon", "key": "customs"}),
        ("version", {"key": "industry/2018"}), ("add_name", {"key": "exports"}), ("add_member", {"code": "main"}),
    ]:  # fmt: skip
        assert client.get(at(name, **given)).status_code == 403, name
        assert client.post(at(name, **given)).status_code == 403, name


def test_a_row_is_added_changed_with_a_reason_and_its_page_tells_it(cast: Cast):
    client = cast.client(cast.administrator)
    made = client.post(at("add", table="nguon"), {"code": "border", "name_vi": "Ban quản lý cửa khẩu"})
    assert made.status_code == 302
    assert Provider.objects.get(code="border").order == 100
    address = at("change", table="nguon", key="border")
    refused = client.post(address, {"name_vi": "Ban quản lý khu kinh tế", "order": "45"})
    assert refused.status_code == 400
    assert "Hãy ghi lý do" in refused.content.decode()
    client.post(address, {"name_vi": "Ban quản lý khu kinh tế", "order": "45", "reason": "Đổi tên theo quyết định"})
    page = client.get(at("row", table="nguon", key="border")).content.decode()
    assert "Ban quản lý khu kinh tế" in page
    assert "Đổi tên theo quyết định" in page


def test_a_wrong_cell_is_told_under_its_field_and_what_was_typed_stays(cast: Cast):
    answer = cast.client(cast.administrator).post(
        at("change", table="chi-tieu", key="cluster_area"),
        {"name_vi": "", "base_year": "hai nghìn", "numerator": "khong_co", "reason": "thử"},
    )
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "Ô này không được để trống." in page
    assert "“hai nghìn” không phải số nguyên" in page
    assert "Chưa có “khong_co” trong danh mục" in page
    assert 'value="hai nghìn"' in page


def test_two_people_who_edit_one_row_do_not_overwrite_each_other(cast: Cast):
    client, address = cast.client(cast.administrator), at("change", table="nguon", key="customs")
    seen = client.get(address).context["seen"]
    assert client.post(address, {"name_vi": "Hải quan", "seen": seen, "reason": "gọn"}).status_code == 302
    late = client.post(address, {"name_vi": "Cục Hải quan", "seen": seen, "reason": "khác"})
    assert late.status_code == 400
    assert "có người đã sửa dòng này" in late.content.decode()
    assert Provider.objects.get(code="customs").name_vi == "Hải quan"


def test_a_row_ends_and_is_used_again(cast: Cast):
    client, address = cast.client(cast.administrator), at("end", table="nguon", key="other")
    client.post(address, {"valid_to": "01/01/2026", "reason": "Không còn dùng"})
    assert "other" not in [each.code for each in queries.providers()]
    assert "Hết dùng" in client.get(at("row", table="nguon", key="other")).content.decode()
    client.post(address, {"valid_to": "", "reason": "Dùng lại"})
    assert "other" in [each.code for each in queries.providers()]


def test_a_new_version_of_a_list_is_a_dated_copy_and_the_former_one_ends(cast: Cast):
    client = cast.client(cast.administrator)
    sent = {
        "version": "2025",
        "valid_from": "15/11/2025",
        "act": "Quyết định số 36/2025/QĐ-TTg",
        "reason": "Hệ thống mới",
    }
    assert client.post(at("version", key="industry/2018"), sent).status_code == 302
    former, new = (CodeList.objects.get(code="industry", version=version) for version in ("2018", "2025"))
    assert former.valid_to == new.valid_from
    assert new.codes.count() == former.codes.count()
    assert Code.objects.get(codelist=new, code="C10").parent.codelist_id == new.pk
    assert client.post(at("version", key="industry/2018"), sent).status_code == 400


def test_names_and_members_come_and_go(cast: Cast):
    client = cast.client(cast.administrator)
    client.post(at("add_name", key="exports"), {"text": "hàng bán ngoài nước"})
    name = IndicatorName.objects.get(text="hàng bán ngoài nước")
    client.post(reverse("catalogue:remove_name", args=[name.pk]))
    assert not IndicatorName.objects.filter(pk=name.pk).exists()
    kept = IndicatorName.objects.filter(indicator__code="exports", shipped=True).first()
    client.post(reverse("catalogue:remove_name", args=[kept.pk]))
    assert IndicatorName.objects.filter(pk=kept.pk).exists()
    client.post(at("add_member", code="petrol"), {"indicator": "Kim ngạch xuất khẩu"})
    petrol = IndicatorSet.objects.get(code="petrol")
    member = petrol.members.get(indicator__code="exports")
    assert not petrol.shipped
    client.post(reverse("catalogue:remove_member", args=[member.pk]))
    assert not petrol.members.filter(indicator__code="exports").exists()
    page = client.get(at("row", table="bo-chi-tieu", key="petrol")).content.decode()
    assert "Bỏ khỏi bộ:" in page


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize("table", [table.code for table in TABLES])
def test_what_is_exported_changes_nothing_when_it_is_imported(cast: Cast, table: str, kind: str):
    described = BY_CODE[table]
    data = files.as_csv(described) if kind == "csv" else files.as_xlsx(described)
    page = load(cast, described.slug, data, f"a.{kind}")
    assert page.context["counts"]["left"] == described.model._default_manager.count()
    assert page.context["counts"]["wrong"] == page.context["writes"] == 0


def test_the_whole_catalogue_goes_out_and_comes_back_as_one_archive(cast: Cast):
    data = cast.client(cast.administrator).get(at("download_all")).content
    assert len(zipfile.ZipFile(io.BytesIO(data)).namelist()) == len(TABLES)
    page = load(cast, "", data, "a.zip")
    assert page.context["writes"] == page.context["counts"]["wrong"] == 0


def load(cast: Cast, slug: str, data: bytes, name: str = "a.csv"):  # type: ignore[no-untyped-def]
    address = at("load", table=slug) if slug else at("load_all")
    return cast.client(cast.administrator).post(address, {"file": SimpleUploadedFile(name, data)})


def test_a_file_is_shown_first_and_then_written_as_shown(cast: Cast):
    rows = "code,name_vi,name_en,order\ncustoms,Cơ quan hải quan,Customs,31\nborder,Ban quản lý,,44\nBad Code,X,,5\n"
    page = load(cast, "nguon", rows.encode())
    assert {key: page.context["counts"][key] for key in ("added", "changed", "wrong")} == {
        "added": 1, "changed": 1, "wrong": 1,
    }  # fmt: skip
    assert Provider.objects.get(code="customs").order == 30
    client = cast.client(cast.administrator)
    sent = {"rows": page.context["carried"], "digest": page.context["digest"], "reason": "Theo danh sách mới"}
    assert client.post(at("load", table="nguon"), sent).status_code == 302
    assert Provider.objects.get(code="customs").order == 31
    assert not Provider.objects.get(code="customs").shipped
    assert Provider.objects.filter(code="border").exists()
    record = AuditRecord.objects.get(action="catalogue.file.applied")
    assert (record.details["added"], record.details["changed"]) == (1, 1)
    assert client.post(at("load", table="nguon"), sent).status_code == 400  # what was shown is done already


def test_what_changed_after_the_preview_is_looked_at_again(cast: Cast):
    page = load(cast, "nguon", "code,name_vi\ncustoms,Hải quan\n".encode())
    Provider.objects.filter(code="customs").update(name_vi="Cục Hải quan")
    sent = {"rows": page.context["carried"], "digest": page.context["digest"], "reason": "thử"}
    answer = cast.client(cast.administrator).post(at("load", table="nguon"), sent)
    assert answer.status_code == 400
    assert "đã đổi sau khi xem trước" in answer.content.decode()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"a,b\n1,2\n",
        b"\xff\xfe\x00",
        b"PK\x03\x04 broken",
        b"name_vi\nX\n",
        b"code,code\na,b\n",
        b'code,name_vi\n"a',
    ],
)
def test_a_file_that_is_no_table_is_refused_in_words(cast: Cast, data: bytes):
    answer = load(cast, "nguon", data)
    assert answer.status_code in (200, 400)
    assert not Provider.objects.filter(name_vi="X").exists()


def test_columns_may_be_called_as_on_the_page_and_half_a_file_changes_half(cast: Cast):
    page = load(cast, "nguon", "Mã;Tên\ncustoms;Hải quan\n".encode())
    assert page.context["counts"]["changed"] == 1
    assert page.context["lines"][0].before == {"name_vi": "Cơ quan hải quan"}


def test_a_text_that_looks_like_a_formula_is_guarded_in_csv_and_comes_back_as_it_was(cast: Cast):
    Provider.objects.filter(code="other").update(name_vi="=1+1")
    data = files.as_csv(PROVIDERS)
    assert b"'=1+1" in data
    assert files.read(PROVIDERS, "a.csv", data)["providers"][-1].cells["name_vi"] == "=1+1"


def test_rows_that_refer_to_each_other_come_in_any_order(cast: Cast):
    rows = (
        "code,name_vi,adds_up,numerator,denominator\n"
        "share_a,Tỷ lệ A,ratio,part_a,whole_a\npart_a,Phần A,stock,,\nwhole_a,Toàn bộ A,stock,,\n"
        "share_b,Tỷ lệ B,ratio,part_a,gone\n"
    )
    page = load(cast, "chi-tieu", rows.encode())
    assert (page.context["counts"]["added"], page.context["counts"]["wrong"]) == (3, 1)
    sent = {"rows": page.context["carried"], "digest": page.context["digest"], "reason": "thử"}
    cast.client(cast.administrator).post(at("load", table="chi-tieu"), sent)
    assert Indicator.objects.get(code="share_a").denominator.code == "whole_a"


def test_labels_of_one_table_are_all_different():
    for table in TABLES:
        labels = [table.label(column) for column in table.fields]
        assert len(labels) == len(set(labels)), table.code
    assert INDICATORS.label(INDICATORS.field("adds_up")) == "Cách cộng"
