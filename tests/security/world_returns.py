# SPDX-License-Identifier: Apache-2.0
"""Forms and returns of the commune beside: one return in each state, a form of its own with a draft, files, a batch."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bamsat.core.terms.period import Period
from bamsat.rooms.catalogue.models import Code
from bamsat.rooms.submissions.defining import actions as actions_forms
from bamsat.rooms.submissions.files import actions as actions_files
from bamsat.rooms.submissions.files import actions_many as actions_files_many
from bamsat.rooms.submissions.filling.actions import Change, add_row, open_return, save_cells
from bamsat.rooms.submissions.flow import actions as actions_flow
from bamsat.rooms.submissions.flow import actions_many
from bamsat.rooms.submissions.models import FormVersion, Return
from tests import build

if TYPE_CHECKING:
    from tests.security.world import World

STATES = {"draft": "2026-10", "sent": "2026-09", "checked": "2026-08", "approved": "2026-07"}
NUMBER = "5.318,27"  # what tests/security/world.py looks for
COLUMNS = [
    {"code": "now", "name": {"vi": "Tháng {month}/{year}"}, "fill": "typed"},
    {"code": "words", "name": {"vi": "Ghi chú"}, "fill": "typed", "type": "text", "record": False},
]  # fmt: skip
ROWS = [
    {"code": "output", "name": {"vi": "Giá trị sản xuất"}, "indicator": "industrial_output", "unit": "tỷ đồng"},
    {"code": "trade", "name": {"vi": "Hàng hóa"}, "indicator": "industrial_output", "unit": "tỷ đồng",
     "pick": ["partner"], "optional": True},
]  # fmt: skip
OF_STATE = {
    "take_back": "sent", "check": "sent", "send_back": "sent", "review": "sent", "uncheck": "checked",
    "approve": "checked", "unlock": "approved",
}  # fmt: skip


def of_returns(world: World) -> dict[str, Any]:
    """What stands for each parameter of an address of returns, forms and files."""
    form = own_form(world)
    found = {state: one_return(world, form, state) for state in STATES}
    draft, admin = found["draft"], world.cast.administrator
    pdf = actions_files.attach(admin, draft, f"{world.mark}.pdf", b"%PDF-1.4 ban da ky", signed=True)
    batch = actions_files_many.receive(admin, [(f"{world.mark}.csv", b"a;b\n1;2\n")], now=True)
    sparing = actions_forms.spare(admin, form.form, world.cast.commune, f"{world.mark}: lý do", required=False)
    kept = batch.files.get()
    return {
        "submissions.uuid": draft.uuid, **{f"submissions:{name}.uuid": found[of].uuid for name, of in OF_STATE.items()},
        "submissions.code": form.form.code, "number": form.number, "year": 2026, "codelist": "partner",
        "file": pdf.uuid, "submissions:form_unspare.pk": sparing.pk, "submissions:batch_choose.pk": kept.pk,
        **{f"submissions:{name}.uuid": batch.uuid for name in ("batch", "batch_progress", "batch_choose")},
    }  # fmt: skip


def own_form(world: World) -> FormVersion:
    """A form that only one commune has, used since 2020, with a draft of a next version."""
    place = world.cast.other_commune
    version = build.form(
        code="bieu-bi-mat", name_vi=f"{world.mark}: biểu", place=place, columns=COLUMNS, rows=ROWS, rules=[]
    )
    actions_forms.draft_version(world.cast.administrator, version.form)
    return version


def one_return(world: World, form: FormVersion, until: str) -> Return:
    """A return whose note, words and number are secret."""
    admin, period = world.cast.administrator, STATES[until]
    sent = open_return(admin, form.form, world.cast.other_commune, Period.parse(period))
    code = Code.objects.filter(codelist__code="partner").order_by("pk").values_list("code", flat=True)[0]
    sent = add_row(admin, sent, "trade", [code])
    told = [
        Change("output.now", NUMBER, why=f"{world.mark}: giải thích"),
        Change("output.words", f"{world.mark}: chữ"),
    ]
    save_cells(admin, sent, told, f"{world.mark}: ghi chú")
    if until != "draft":
        actions_flow.send(admin, sent)
    if until in ("checked", "approved"):
        actions_flow.check(admin, sent)
    if until == "approved":
        actions_many.approve(admin, sent)
    sent.refresh_from_db()
    assert sent.state == until
    return sent
