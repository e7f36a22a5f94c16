# SPDX-License-Identifier: Apache-2.0
"""The names and codes of the lists from which a form's rows and cells are chosen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bamsat.core.forms.definition import Definition
from bamsat.core.terms.vietnamese import fold
from bamsat.rooms.catalogue.models import Code, CodeList


@dataclass(frozen=True, slots=True)
class Listed:
    """A code list: its name, and its codes with all that each is called, the usual name first."""

    name: str
    names: Mapping[str, tuple[str, ...]]

    def code_of(self, said: str) -> str:
        """The code that is called so; "" where none is, or several are."""
        wanted = fold(said)
        if said in self.names:
            return said
        usual = [code for code, names in self.names.items() if fold(names[0]) == wanted]
        found = usual or [code for code, names in self.names.items() if any(fold(each) == wanted for each in names)]
        return found[0] if len(found) == 1 else ""


def lists_of(definition: Definition) -> dict[str, Listed]:
    """The lists of a form's columns, breakdowns and added rows."""
    wanted = {column.codelist for column in definition.columns if column.codelist}
    wanted |= {each for row in definition.rows for each in (*row.pick, *row.segment)}
    if not wanted:
        return {}
    names = dict(CodeList.objects.filter(code__in=wanted).order_by("version").values_list("code", "name_vi"))
    found: dict[str, dict[str, tuple[str, ...]]] = {code: {} for code in names}
    rows = Code.objects.filter(codelist__code__in=wanted).order_by("codelist__version", "order", "code")
    for codelist, code, name, others in rows.values_list("codelist__code", "code", "name_vi", "other_names"):
        found[codelist][code] = (name, *(str(each) for each in others or ()))
    return {code: Listed(names[code], codes) for code, codes in found.items()}
