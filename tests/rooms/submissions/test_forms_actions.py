# SPDX-License-Identifier: Apache-2.0
"""Who may define forms, versions by period, drafts that are kept as typed, and places that need not send."""

import copy
from datetime import date

import pytest
from django.utils import timezone

from bamsat.core.forms.definition import DefinitionUnreadable
from bamsat.core.terms.errors import BamsatError
from bamsat.core.terms.period import Period
from bamsat.rooms.accounts.models import AuditRecord
from bamsat.rooms.catalogue.models import IndicatorSet
from bamsat.rooms.places.queries import NotAllowed
from bamsat.rooms.submissions.defining import actions
from bamsat.rooms.submissions.defining.actions import FormRefused
from bamsat.rooms.submissions.defining.shipped import load_forms
from bamsat.rooms.submissions.models import Form, FormVersion, Return
from bamsat.rooms.submissions.month.expected import Asked, Senders
from bamsat.rooms.submissions.queries import version_for
from tests import build

pytestmark = pytest.mark.django_db

MARCH, JUNE, OCTOBER = (Period.month(2026, month) for month in (3, 6, 10))


def own_form(cast, **header):
    """A form of the office at home, in use since January 2020."""
    return build.form("cua-so", place=cast.home, set=None, **header)


def other(definition, **changes):
    return copy.deepcopy(definition) | changes


# Rights.


def test_only_an_administrator_changes_everybodys_form(cast):
    form = build.form().form
    with pytest.raises(NotAllowed, match="dùng chung"):
        actions.draft_version(cast.director, form)
    assert actions.draft_version(cast.administrator, form).number == 2


def test_who_heads_an_office_defines_its_forms_and_a_specialist_does_not(cast):
    form = own_form(cast).form
    for user in (cast.specialist, cast.commune_official, cast.specialist_elsewhere, cast.reader):
        with pytest.raises(NotAllowed):
            actions.draft_version(user, form)
    for user in (cast.head, cast.deputy, cast.director):
        assert actions.draft_version(user, form).number == 2


def test_a_head_of_one_field_of_work_leaves_forms_of_others_alone(cast):
    fields = {each.code: each for each in IndicatorSet.objects.all()}
    role = cast.head.place_roles.get()
    role.sets.set([fields["petrol"]])
    form = build.form("cua-so", place=cast.home, set=fields["petrol"]).form
    assert actions.change_form(cast.head, form, "rõ hơn", name_vi="Tên mới").name_vi == "Tên mới"
    with pytest.raises(NotAllowed):
        actions.change_form(cast.head, form, "chuyển", set=fields["electricity"])
    with pytest.raises(NotAllowed):
        actions.add_form(cast.head, cast.home, "dien", name_vi="Điện", set=fields["electricity"])


def test_nobody_adds_a_form_for_everybody_but_an_administrator(cast):
    with pytest.raises(NotAllowed):
        actions.add_form(cast.director, None, "chung", name_vi="Chung")
    assert actions.add_form(cast.administrator, None, "chung", name_vi="Chung").form.place is None


# Codes.


@pytest.mark.parametrize("code", ["", "Có dấu", "a_b", "them", "ban-le-thang", "x" * 61, "../x"])
def test_a_code_that_no_address_can_bear_or_that_is_taken_is_refused(cast, code):
    with pytest.raises(FormRefused):
        actions.add_form(cast.administrator, None, code, name_vi="Biểu")


def test_a_name_makes_a_code():
    assert actions.code_of("Bán lẻ tháng (Sở)") == "ban-le-thang-so"


# Versions.


def test_a_version_holds_from_its_month_on_and_the_one_before_until_then(cast):
    first = own_form(cast)
    draft = actions.draft_version(cast.head, first.form)
    actions.save_draft(cast.head, draft, other(first.definition, frequency="quarter"))
    actions.put_in_use(cast.head, draft, JUNE.first, "theo quý")
    assert version_for(first.form, MARCH) == first
    assert version_for(first.form, JUNE).number == 2
    assert version_for(first.form, OCTOBER).parsed.frequency == "quarter"


def test_a_draft_is_not_asked_for(cast):
    first = own_form(cast)
    actions.draft_version(cast.head, first.form)
    assert version_for(first.form, OCTOBER) == first


def test_a_form_has_one_draft_at_a_time(cast):
    form = own_form(cast).form
    assert actions.draft_version(cast.head, form) == actions.draft_version(cast.director, form)


def test_a_version_in_use_is_never_changed(cast):
    version = own_form(cast)
    with pytest.raises(FormRefused, match="đang dùng"):
        actions.save_draft(cast.head, version, {})
    with pytest.raises(FormRefused, match="đang dùng"):
        actions.withdraw_draft(cast.head, version)


def test_a_version_begins_no_earlier_than_the_one_before(cast):
    first = own_form(cast)
    draft = actions.draft_version(cast.head, first.form)
    with pytest.raises(FormRefused, match="01/2020"):
        actions.put_in_use(cast.head, draft, first.first_month - 1)


def test_returns_already_opened_have_to_be_known_of(cast):
    first = own_form(cast)
    Return.objects.create(
        form=first.form, version=first, place=cast.commune, period="2026-10", first_month=OCTOBER.first,
        last_month=OCTOBER.last,
    )  # fmt: skip
    draft = actions.draft_version(cast.head, first.form)
    with pytest.raises(FormRefused, match="Đã có 1 phiếu"):
        actions.put_in_use(cast.head, draft, JUNE.first)
    actions.put_in_use(cast.head, draft, JUNE.first, even_so=True)
    assert Return.objects.get(form=first.form).version == first


def test_a_draft_that_makes_no_form_is_kept_as_typed_but_not_put_in_use(cast):
    draft = actions.draft_version(cast.head, own_form(cast).form)
    actions.save_draft(cast.head, draft, {"frequency": "tuần", "rows": [{"code": "Á"}], "columns": "?"})
    draft.refresh_from_db()
    assert draft.definition["frequency"] == "tuần"
    with pytest.raises(DefinitionUnreadable) as told:
        actions.put_in_use(cast.head, draft, OCTOBER.first)
    assert {trouble.where for trouble in told.value.troubles} >= {"biểu", "dòng Á"}


SPOILED = {
    "indicator": ({"rows": [{"code": "a", "name": "A", "indicator": "khong_co"}]}, "dòng a", "khong_co"),
    "unit": ({"rows": [{"code": "a", "name": "A", "indicator": "exports", "unit": "xu xu"}]}, "dòng a", "xu xu"),
    "list": ({"rows": [{"code": "a", "name": "A", "indicator": "exports", "pick": ["la"]}]}, "dòng a", "la"),
    "code": (
        {"rows": [{"code": "a", "name": "A", "indicator": "exports", "segment": {"commodity": "la"}}]}, "dòng a", "la",
    ),
    "measure": ({"rows": [{"code": "a", "name": "A", "indicator": "exports", "measure": "la"}]}, "dòng a", "la"),
    "price": ({"rows": [{"code": "a", "name": "A", "indicator": "exports", "price_basis": "la"}]}, "dòng a", "la"),
    "column": ({"columns": [{"code": "c", "name": "C", "indicator": "khong_co"}]}, "cột c", "khong_co"),
    "provider": ({"provider": "bao-chi"}, "biểu", "bao-chi"),
    "kind": ({"senders": {"kinds": ["lang"]}}, "biểu", "lang"),
    "attribute": ({"senders": {"kinds": ["commune"], "where": {"mau": ["đỏ"]}}}, "biểu", "mau"),
    "role": ({"checks": ["trợ lý"]}, "biểu", "trợ lý"),
    "deadline": ({"deadline": {"day": 40}}, "biểu", "40"),
}  # fmt: skip


@pytest.mark.parametrize("kind", SPOILED)
def test_a_definition_that_names_what_nobody_knows_is_told_where(cast, kind):
    changes, where, named = SPOILED[kind]
    first = own_form(cast)
    draft = actions.draft_version(cast.head, first.form, other(first.definition, **changes, rules=[]))
    if kind == "column":
        draft.definition["rows"] = [{"code": "a", "name": "A", "indicator": "exports"}]
        draft.save()
    with pytest.raises(DefinitionUnreadable) as told:
        actions.put_in_use(cast.head, draft, OCTOBER.first)
    assert [(each.where, named in each.vi, named in each.en) for each in told.value.troubles] == [(where, True, True)]


def test_the_second_who_saves_a_draft_is_told(cast):
    first = own_form(cast)
    draft = actions.draft_version(cast.head, first.form)
    seen = actions.stamp(draft)
    actions.save_draft(cast.head, draft, other(first.definition, frequency="year"), seen)
    with pytest.raises(FormRefused, match="đã lưu bản soạn này"):
        actions.save_draft(cast.director, draft, other(first.definition, frequency="half"), seen)
    draft.refresh_from_db()
    assert draft.definition["frequency"] == "year"


def test_a_draft_can_be_withdrawn_and_a_form_never_used_goes_with_it(cast):
    first = own_form(cast)
    assert actions.withdraw_draft(cast.head, actions.draft_version(cast.head, first.form)) == first.form
    assert list(first.form.versions.all()) == [first]
    new = actions.add_form(cast.head, cast.home, "moi", name_vi="Mới")
    assert actions.withdraw_draft(cast.head, new) is None
    assert not Form.objects.filter(code="moi").exists()


# An office's own.


def test_an_office_takes_everybodys_form_and_the_other_is_not_asked_there(cast):
    everybodys = build.form()
    mine = actions.take_form(cast.director, everybodys.form, cast.home, "thêm nhóm hàng")
    assert mine.form.code == "ban-le-thang-cao-bang"
    assert mine.definition == everybodys.definition
    asked = Asked(everybodys.form, everybodys.parsed, frozenset({cast.home.pk}))
    assert cast.commune.pk in Senders.read([asked]).of(asked, OCTOBER)
    actions.put_in_use(cast.director, mine, OCTOBER.first)
    assert cast.commune.pk not in Senders.read([asked]).of(asked, OCTOBER)
    june = Senders.read([asked]).of(asked, JUNE)
    assert cast.commune.pk in june, "until then everybody's form is asked"
    own = Asked(mine.form, mine.parsed, frozenset({cast.home.pk}))
    assert cast.commune.pk in Senders.read([own]).of(own, OCTOBER)
    with pytest.raises(FormRefused, match="đã lấy"):
        actions.take_form(cast.director, everybodys.form, cast.home)


def test_a_shipped_form_that_an_administrator_changed_is_no_longer_brought_up(cast):
    first = build.form()
    draft = actions.draft_version(cast.administrator, first.form)
    actions.save_draft(cast.administrator, draft, other(first.definition, frequency="quarter"))
    actions.put_in_use(cast.administrator, draft, OCTOBER.first)
    load_forms()
    assert FormVersion.objects.filter(form=first.form).count() == 2


def test_a_form_is_ended_with_a_reason_and_asked_again(cast):
    form = own_form(cast).form
    with pytest.raises(BamsatError, match="lý do"):
        actions.end_form(cast.head, form, date(2026, 12, 1), " ")
    assert actions.end_form(cast.head, form, date(2026, 12, 1), "thông tư mới").ended == date(2026, 12, 1)
    assert actions.end_form(cast.head, form, None, "chưa có thông tư").ended is None


# Places.


def test_an_office_spares_its_places_and_no_others(cast):
    form = build.form().form
    with pytest.raises(NotAllowed):
        actions.spare(cast.head, form, cast.elsewhere, "không có bán lẻ")
    with pytest.raises(NotAllowed):
        actions.spare(cast.commune_official, form, cast.commune, "bận")
    with pytest.raises(FormRefused, match="đứng trước"):
        actions.spare(cast.head, form, cast.commune, "lũ", first_month=OCTOBER.first, last_month=JUNE.first)
    sparing = actions.spare(cast.head, form, cast.commune, "lũ", first_month=OCTOBER.first)
    asked = Asked(form, build.form().parsed, frozenset({cast.home.pk}))
    assert cast.commune.pk not in Senders.read([asked]).of(asked, OCTOBER)
    actions.unspare(cast.head, sparing)
    assert cast.commune.pk in Senders.read([asked]).of(asked, OCTOBER)


def test_every_change_is_in_the_trail(cast):
    before = timezone.now()
    version = actions.add_form(cast.head, cast.home, "moi", name_vi="Mới")
    actions.save_draft(cast.head, version, build.form().definition)
    actions.put_in_use(cast.head, version, OCTOBER.first)
    actions.spare(cast.head, version.form, cast.commune, "lũ")
    told = AuditRecord.objects.filter(at__gte=before, action__startswith="submissions.").order_by("pk")
    assert [each.action for each in told] == [
        "submissions.form.added", "submissions.version.saved", "submissions.version.used", "submissions.sparing.added",
    ]  # fmt: skip
