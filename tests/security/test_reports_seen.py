# SPDX-License-Identifier: Apache-2.0
"""A report shows its numbers to those alone who may see every one of them: by place, and by field."""

from __future__ import annotations

import pytest
from django.urls import reverse

from bamsat.core.report.outline import Lacking
from bamsat.rooms.accounts import actions as accounts
from bamsat.rooms.accounts.models import User
from bamsat.rooms.catalogue.models import Indicator, IndicatorSet, SetMember
from bamsat.rooms.places.actions import give_role
from bamsat.rooms.places.models import Role
from bamsat.rooms.reports import actions, actions_issue, actions_write, page, queries
from bamsat.rooms.reports.actions_issue import Register
from bamsat.rooms.reports.models import Report
from bamsat.rooms.reports.outputs import path_of
from tests import build
from tests.cast import Cast
from tests.rooms.reports.office import TODAY, YEAR, a_report, edited, with_figures
from tests.security.world import body_of

EXPORTS, OUTPUT = "703", "5.300"


@pytest.fixture(autouse=True)
def _ledger(cast: Cast) -> None:
    with_figures(cast)


@pytest.fixture
def field(cast: Cast) -> IndicatorSet:
    made = IndicatorSet.objects.create(code="chi-xuat-khau", name_vi="Chỉ xuất khẩu")
    SetMember.objects.create(set=made, indicator=Indicator.objects.get(code="exports"), order=1)
    return made


@pytest.fixture
def limited(cast: Cast, field: IndicatorSet) -> User:
    """Works for exports alone."""
    user = accounts.create_user("chi-xuat-khau", "Chuyên viên xuất khẩu", password="mat-khau-thu")
    give_role(None, user, cast.home, Role.SPECIALIST, sets=[field])
    return user


def addresses(report: Report) -> list[str]:
    last = report.versions.order_by("-pk").first()
    found = [reverse("reports:report", args=[report.uuid]), reverse("reports:slip", args=[report.uuid])]
    if last:
        found += [reverse("reports:download", args=[report.uuid, last.uuid, media]) for media in ("docx", "html")]
        found.append(reverse("reports:chart", args=[report.uuid, last.uuid, 0]))
    return found


def opens(cast: Cast, user: User, report: Report) -> bool:
    client = cast.client(user)
    answers = [client.get(address) for address in addresses(report)]
    statuses = {answer.status_code for answer in answers[:2]}
    assert len(statuses) == 1, "page and files open together or not at all"
    if statuses == {200}:
        assert OUTPUT not in "".join(body_of(answer) for answer in answers if answer.status_code == 200)
    assert report.title in body_of(client.get(reverse("reports:list"))) or statuses == {404}
    return statuses == {200}


def test_a_report_named_after_a_field_that_tells_of_others_stays_closed_to_who_works_for_it(cast, limited, field):
    report = actions.begin(cast.specialist, cast.home, "nam", YEAR, field)
    version = actions_write.write_draft(cast.specialist, report)
    assert {number["indicator"] for number in version.numbers} > {"exports"}
    assert not opens(cast, limited, report)


def test_a_report_of_a_field_that_tells_of_it_alone_opens(cast, limited, field):
    report = actions.begin(cast.specialist, cast.home, "chuyen-de", YEAR, field)
    version = actions_write.write_draft(cast.specialist, report)
    assert {number["indicator"] for number in version.numbers} == {"exports"}
    assert opens(cast, limited, report)


def test_somebody_elses_word_file_closes_ones_own_report(cast, limited):
    report = actions.begin(limited, cast.home, "nam", YEAR)
    version = actions_write.write_draft(limited, report)
    assert opens(cast, limited, report)
    content = edited(path_of(version.sha256).read_bytes(), "Giá trị sản xuất công nghiệp đạt 5.300 tỷ đồng.")
    actions_write.take_edited(cast.specialist, report, "sua.docx", content)
    assert not opens(cast, limited, report)


def test_who_wrote_a_report_of_their_field_opens_it_still_when_it_was_issued(cast, limited):
    report = actions.begin(limited, cast.home, "nam", YEAR)
    actions_write.write_draft(limited, report)
    actions.submit(limited, report)
    actions.approve(cast.director, report)
    actions_issue.issue(cast.clerk, report, Register("7", "BC-SCT", TODAY, ""), TODAY)
    assert opens(cast, limited, report)
    assert [one.report for one in queries.issued(limited, queries.Searched())] == [report]


def test_what_was_issued_before_is_not_told_by_the_comparison(cast, limited):
    """A Word file from outside holds numbers without entries: nobody knows of which field they are."""
    before = a_report(cast)
    content = path_of(before.versions.get().sha256).read_bytes()
    told = edited(content, "Giá trị sản xuất công nghiệp năm 2021 đạt 5.318,27 tỷ đồng.")
    actions_write.take_edited(cast.specialist, before, "sua.docx", told)
    actions.submit(cast.specialist, before, "vẫn trình")
    actions.approve(cast.director, before)
    actions_issue.issue(cast.clerk, before, Register("8", "BC-SCT", TODAY, ""), TODAY)
    report = actions.begin(limited, cast.home, "nam", YEAR)
    actions_write.write_draft(limited, report)
    text = body_of(cast.client(limited).get(reverse("reports:report", args=[report.uuid])))
    assert "5.318" not in text
    assert OUTPUT not in text
    assert str(before.uuid) not in text


@pytest.mark.parametrize("who", ["reader", "api_client", "commune_official", "specialist_elsewhere", "newcomer"])
def test_whoever_writes_no_reports_of_the_place_opens_none(cast: Cast, who: str):
    report = a_report(cast, "issued")
    client = cast.client(getattr(cast, who))
    for address in addresses(report):
        assert client.get(address).status_code in (403, 404), address


def test_a_contradiction_is_told_to_those_alone_who_see_the_finding(cast: Cast):
    """It quotes figures beside those of the report, which its writer sees and others need not."""
    document = build.document(cast.administrator, [build.stated("7317000000000", area="Lạng Sơn")], area="Lạng Sơn")
    hidden = build.finding(document, "Lạng Sơn nói 7.317 tỷ đồng.")
    own = build.finding(build.document(cast.specialist, [build.stated("1")]), "Cao Bằng nói khác.")
    told = [
        Lacking(one.vi, "contradiction", reverse("findings:finding", args=[one.uuid])) for one in (hidden, own)
    ] + [Lacking("Chưa có số.", "missing", "/bieu/")]  # fmt: skip
    assert [one.text for one in page._for(cast.specialist, told)] == ["Cao Bằng nói khác.", "Chưa có số."]
    assert len(page._for(cast.administrator, told)) == 3
