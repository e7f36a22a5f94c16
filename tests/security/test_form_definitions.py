# SPDX-License-Identifier: Apache-2.0
"""Definitions of forms that mean harm: formulas, files, names; and who may put one in another's place."""

from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from bamsat.core.forms.definition import Definition, DefinitionUnreadable
from bamsat.core.forms.formulas import Comparison, Formula, FormulaUnreadable
from bamsat.rooms.accounts.models import AuditRecord
from bamsat.rooms.submissions.defining import actions as actions_forms
from bamsat.rooms.submissions.defining import files as definition_files
from bamsat.rooms.submissions.defining.files import DefinitionFileUnreadable
from bamsat.rooms.submissions.models import Form, FormVersion
from tests import build
from tests.cast import Cast

DEEP = ["-" * 590 + "a", "~" * 590 + "a", "~" * 95 + "a", "a**2" + "+a" * 90, "a" + "+a" * 298, "not " * 140 + "a"]
TRICKS = ["a**9**9", "1e999*a", "__import__('os')", "a.b.__class__", "[a for a in a]", "lambda: 0", "'a'*9", "1j"]


@pytest.mark.parametrize("text", [*DEEP, *TRICKS])
def test_a_formula_that_is_no_plain_arithmetic_is_told_however_deep_it_is(text: str):
    with pytest.raises(FormulaUnreadable):
        Formula.parse(text)
    with pytest.raises(FormulaUnreadable):
        Comparison.parse(f"{text} <= a")


def test_what_grows_beyond_every_number_is_no_value():
    assert Formula.parse("a" + "*a" * 90).compute(lambda _name: Decimal("9" * 2000)).value is None
    assert Formula.parse("a*a").compute(lambda _name: Decimal(10**18)).value == 10**36


@pytest.mark.parametrize("deadline", ["x", 1, [[]], ["a"], True])
def test_a_deadline_that_is_no_rule_is_told_where_it_stands(deadline: object):
    with pytest.raises(DefinitionUnreadable, match="biểu"):
        Definition.parse({"columns": [], "rows": [], "deadline": deadline})


FILES = {
    "references": "definition: &a {columns: [*a], rows: []}",
    "growth": "a: &a [x,x]\nb: &b [*a,*a]\ndefinition: {columns: [*b], rows: [*b]}",
    "an object of a program": "definition: !!python/object/apply:os.system [ls]",
    "depth": "definition: " + "[" * 5000,
    "a number without end": "columns: []\nrows: 0x" + "f" * 100_000,
    "a number by sixties": "columns: []\nrows: 1" + ":59" * 2000,
    "a number of many digits": "columns: []\nrows: " + "9" * 10_000,
    "too much": "columns: []\nrows: '" + "x" * 600_000 + "'",
    "other letters": "columns: [\xff]".encode("latin-1"),
    "a list for a name": "? [a]\n: b\ncolumns: []",
}


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_means_harm_is_refused_in_words(name: str):
    said = FILES[name]
    with pytest.raises(DefinitionFileUnreadable):
        definition_files.read(said if isinstance(said, bytes) else said.encode())


def test_what_no_database_keeps_is_left_out_of_a_file():
    found = definition_files.read(b'columns: ["a\\0b", "\\uD800"]\nrows: [{"k\\0": 1.5}]')
    assert found == {"columns": ["ab", "?"], "rows": [{"k": "1.5"}]}


def own(cast: Cast) -> FormVersion:
    return build.form("cua-so", place=cast.home, set=None, name_vi="<script>alert(1)</script>")


@pytest.mark.django_db
def test_such_a_file_leaves_the_draft_as_it_was_and_breaks_no_page(cast: Cast):
    form, client = own(cast).form, cast.client(cast.head)
    for said in FILES.values():
        content = said if isinstance(said, bytes) else said.encode()
        answer = client.post(
            f"/bieu-mau/dinh-nghia/{form.code}/nap/", {"file": SimpleUploadedFile("b.yml", content)}, follow=True
        )
        assert answer.status_code == 200
    assert not form.versions.filter(in_use=False).exists()


@pytest.mark.django_db
def test_nonsense_that_a_file_brings_is_shown_as_text_and_put_in_use_by_nobody(cast: Cast):
    form, client = own(cast).form, cast.client(cast.head)
    for said in (
        "columns: 7\nrows: x", "columns: [{code: '<img src=x>', name: '<b>x</b>', formula: a**9**9}]\nrows: [[[]]]",
        "columns: []\nrows: []\nsenders: 5\ndeadline: [1]\nchecks: x\nunit: [1]\nrules: {}",
        "columns: [{code: a, name: {vi: [1]}, segment: [1], choices: {}, decimals: x}]\nrows: [null, 1]",
    ):  # fmt: skip
        client.post(f"/bieu-mau/dinh-nghia/{form.code}/nap/", {"file": SimpleUploadedFile("b.yml", said.encode())})
        page = client.get(f"/bieu-mau/dinh-nghia/{form.code}/sua/")
        assert page.status_code == 200
        assert "<img src=x>" not in page.content.decode()
        assert "<script>alert" not in page.content.decode()
        draft = form.versions.get(in_use=False)
        with pytest.raises(DefinitionUnreadable):
            actions_forms.put_in_use(cast.head, draft, 2026 * 12)


@pytest.mark.django_db
def test_nobody_elsewhere_finds_or_changes_an_offices_form(cast: Cast):
    form = own(cast).form
    actions_forms.draft_version(cast.head, form)
    chief = build.role(cast.newcomer, cast.elsewhere.slug, "director")
    before = (FormVersion.objects.count(), AuditRecord.objects.filter(action__startswith="submissions.").count())
    at = f"/bieu-mau/dinh-nghia/{form.code}/"
    for user in (chief, cast.specialist_elsewhere):
        client = cast.client(user)
        for end in ("thong-tin/", "soan/", "sua/", "nap/", "bo-ban-soan/", "lay/", "het-dung/", "noi-gui/"):
            answer = client.post(at + end, {"name_vi": "x", "place": "lang-son", "on": "2026-01-01", "reason": "x"})
            assert answer.status_code in (403, 404), end
        assert client.get(at).status_code == 404
        assert client.get(f"{at}phien-ban-1.yml").status_code == 404
    after = (FormVersion.objects.count(), AuditRecord.objects.filter(action__startswith="submissions.").count())
    assert before == after


@pytest.mark.django_db
def test_an_office_changes_nothing_in_a_form_of_everybody(cast: Cast):
    form, client = build.form().form, cast.client(cast.director)
    for end in ("thong-tin/", "soan/", "sua/", "nap/", "bo-ban-soan/", "het-dung/"):
        answer = client.post(f"/bieu-mau/dinh-nghia/{form.code}/{end}", {"name_vi": "x", "on": "2026-01-01"})
        assert answer.status_code in (403, 404), end
    place = cast.elsewhere.slug
    assert client.post(f"/bieu-mau/dinh-nghia/{form.code}/lay/", {"place": place}).status_code == 404
    spared = {"noi-ma": place, "reason": "x"}
    client.post(f"/bieu-mau/dinh-nghia/{form.code}/noi-gui/", spared)
    assert not form.sparings.exists()
    assert Form.objects.get(pk=form.pk).name_vi == form.name_vi
    assert form.versions.count() == 1
