# SPDX-License-Identifier: Apache-2.0
"""From data to a definition, with everything that is wrong told at once, each where it stands."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from bamsat.core.forms.definition import (
    CODE,
    FILLS,
    FREQUENCIES,
    KINDS,
    MOST_CELLS,
    PARTS,
    RELATIONS,
    SEVERITIES,
    TYPES,
    Column,
    Definition,
    DefinitionUnreadable,
    Row,
    Rule,
    Trouble,
    Words,
    parts_of,
)
from bamsat.core.forms.formulas import Comparison, Formula
from bamsat.core.terms.errors import BamsatError

Read = TypeVar("Read")


class Reader:
    """Reads one definition; troubles gather on the way."""

    def __init__(self) -> None:
        self.troubles: list[Trouble] = []

    def trouble(self, where: str, vi: str, en: str) -> None:
        self.troubles.append(Trouble(where, vi, en))

    def one_of(self, where: str, name: str, value: Any, allowed: Sequence[str]) -> str:
        if value not in allowed:
            self.trouble(
                where,
                f"“{name}” là “{value}”; chỉ nhận {', '.join(allowed)}.",
                f"“{name}” is “{value}”; it can be {', '.join(allowed)}.",
            )
            return allowed[0]
        return str(value)

    def code(self, where: str, value: Any) -> str:
        if not isinstance(value, str) or not CODE.fullmatch(value):
            self.trouble(
                where,
                f"mã “{value or ''}” phải là chữ thường không dấu, số và gạch dưới, bắt đầu bằng chữ, như retail_food.",
                f"the code “{value or ''}” has to be small letters, digits and underscores, a letter first: "
                "retail_food.",
            )
            return "x"
        return value

    def words(self, where: str, value: Any) -> Words:
        if isinstance(value, str) and value.strip():
            return Words(value.strip())
        if isinstance(value, Mapping) and str(value.get("vi") or "").strip():
            return Words(str(value["vi"]).strip(), str(value.get("en") or "").strip())
        self.trouble(where, "thiếu tên.", "its name is missing.")
        return Words("?")

    def formula(self, where: str, value: Any, parse: Callable[[str], Read]) -> Read | None:
        if not value:
            return None
        try:
            return parse(str(value))
        except BamsatError as trouble:
            self.trouble(where, trouble.vi, trouble.en)
            return None

    def number(self, where: str, name: str, value: Any, least: int, most: int) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            self.trouble(
                where, f"“{name}” là số từ {least} đến {most}.", f"“{name}” is a number from {least} to {most}."
            )
            return least
        return value

    def mapping(self, where: str, name: str, value: Any) -> dict[str, str]:
        if not isinstance(value or {}, Mapping):
            self.trouble(where, f"“{name}” là các cặp mã: giá trị.", f"“{name}” has to be pairs of code: value.")
            return {}
        return {str(key): str(each) for key, each in sorted((value or {}).items())}

    def many(self, where: str, name: str, value: Any) -> tuple[str, ...]:
        if value is not None and (isinstance(value, str) or not isinstance(value, Sequence)):
            self.trouble(where, f"“{name}” là một danh sách.", f"“{name}” has to be a list.")
            return ()
        return tuple(str(each) for each in value or ())


def read_definition(data: Mapping[str, Any]) -> Definition:
    reader = Reader()
    columns = _each(reader, "cột", data.get("columns"), _column)
    rows = _each(reader, "dòng", data.get("rows"), _row)
    rules = _each(reader, "quy tắc", data.get("rules") or [], _rule)
    form = "biểu"
    senders = data.get("senders") or {}
    if not isinstance(senders, Mapping):
        senders = {"kinds": senders}
    deadline = data.get("deadline") or {}
    if not isinstance(deadline, Mapping):
        reader.trouble(
            form,
            f"hạn gửi “{str(deadline)[:40]}” không phải một quy tắc, như day: 20.",
            f"the deadline “{str(deadline)[:40]}” is no rule, such as day: 20.",
        )
        deadline = {}
    definition = Definition(
        frequency=reader.one_of(form, "frequency", data.get("frequency"), FREQUENCIES),
        columns=columns,
        rows=rows,
        rules=rules,
        senders=reader.many(form, "senders.kinds", senders.get("kinds")),
        where={
            str(key): reader.many(form, f"senders.where.{key}", each)
            for key, each in (senders.get("where") or {}).items()
        },
        deadline=dict(deadline),
        checks=reader.many(form, "checks", data.get("checks")),
        approves=reader.many(form, "approves", data.get("approves")),
        provider=str(data.get("provider") or "department"),
        unit=reader.words(form, data["unit"]) if data.get("unit") else None,
    )
    _check(reader, definition)
    if reader.troubles:
        raise DefinitionUnreadable(reader.troubles)
    return definition


def _each(
    reader: Reader, word: str, said: Any, read: Callable[[Reader, str, Mapping[str, Any]], Read]
) -> tuple[Read, ...]:
    if isinstance(said, str) or not isinstance(said, Sequence):
        reader.trouble("biểu", f"thiếu danh sách {word}.", f"the list of {word} is missing.")
        return ()
    found = []
    for at, each in enumerate(said, 1):
        if isinstance(each, Mapping):
            found.append(read(reader, f"{word} {each.get('code') or at}", each))
        else:
            reader.trouble(f"{word} {at}", "phải gồm các cặp mã: giá trị.", "it has to be pairs of code: value.")
    return tuple(found)


def _column(reader: Reader, where: str, said: Mapping[str, Any]) -> Column:
    fill = reader.one_of(where, "fill", said.get("fill", "typed"), FILLS)
    formula = reader.formula(where, said.get("formula"), Formula.parse)
    if (fill == "computed") != bool(said.get("formula")):
        reader.trouble(
            where,
            "cột máy tính (computed) thì phải có formula, cột khác thì không.",
            "a computed column needs a formula, any other has none.",
        )
    return Column(
        code=reader.code(where, said.get("code")),
        name=reader.words(where, said.get("name")),
        fill=fill,
        period=reader.one_of(where, "period", said.get("period", "this"), RELATIONS),
        kind=reader.one_of(where, "kind", said.get("kind", "actual"), KINDS),
        formula=formula,
        type=reader.one_of(where, "type", said.get("type", "number"), TYPES),
        segment=reader.mapping(where, "segment", said.get("segment")),
        group=reader.words(where, said["group"]) if said.get("group") else None,
        unit=str(said.get("unit") or ""),
        decimals=None if said.get("decimals") is None else reader.number(where, "decimals", said["decimals"], 0, 6),
        codelist=str(said.get("codelist") or ""),
        choices=reader.many(where, "choices", said.get("choices")),
        record=bool(said.get("record", True)),
        hidden=bool(said.get("hidden", False)),
        indicator=str(said.get("indicator") or ""),
        base=reader.one_of(where, "base", said["base"], RELATIONS) if said.get("base") else "",
        number=str(said.get("number") or ""),
    )


def _row(reader: Reader, where: str, said: Mapping[str, Any]) -> Row:
    heading = bool(said.get("heading", False))
    formula = reader.formula(where, said.get("formula"), Formula.parse)
    return Row(
        code=reader.code(where, said.get("code")),
        name=reader.words(where, said.get("name")),
        number=str(said.get("number") or ""),
        level=reader.number(where, "level", said.get("level", 0), 0, 8),
        heading=heading,
        indicator=str(said.get("indicator") or ""),
        segment=reader.mapping(where, "segment", said.get("segment")),
        unit=str(said.get("unit") or ""),
        measure=str(said.get("measure") or "level"),
        price_basis=str(said.get("price_basis") or ""),
        provider=str(said.get("provider") or ""),
        formula=formula,
        columns=reader.many(where, "columns", said.get("columns")),
        optional=bool(said.get("optional", False)),
        decimals=None if said.get("decimals") is None else reader.number(where, "decimals", said["decimals"], 0, 6),
        pick=reader.many(where, "pick", said.get("pick")),
        typed=reader.many(where, "typed", said.get("typed")),
    )


def _rule(reader: Reader, where: str, said: Mapping[str, Any]) -> Rule:
    says = reader.formula(where, said.get("says"), Comparison.parse)
    if not said.get("says"):
        reader.trouble(where, "thiếu says, như “a <= b”.", "says is missing: “a <= b”.")
    return Rule(
        code=reader.code(where, said.get("code")),
        says=says or Comparison.parse("0 = 0"),
        severity=reader.one_of(where, "severity", said.get("severity", "error"), SEVERITIES),
        message=reader.words(where, said.get("message")),
        columns=reader.many(where, "columns", said.get("columns")),
        rows=reader.many(where, "rows", said.get("rows")),
    )


# What the parts say together.


def _check(reader: Reader, form: Definition) -> None:
    for word, codes in (
        ("cột", [each.code for each in form.columns]),
        ("dòng", [each.code for each in form.rows]),
        ("quy tắc", [each.code for each in form.rules]),
    ):
        for twice in sorted({code for code in codes if codes.count(code) > 1}):
            reader.trouble(f"{word} {twice}", "mã này có hai lần.", "this code is there twice.")
    if not form.columns or not form.rows:
        reader.trouble("biểu", "cần ít nhất một cột và một dòng.", "at least one column and one row are needed.")
    if not form.senders:
        reader.trouble(
            "biểu",
            "chưa nói loại nơi nào gửi (senders.kinds), như commune hoặc province.",
            "which kinds of place send it (senders.kinds) is not said: commune, or province.",
        )
    if len(form.columns) * len(form.rows) > MOST_CELLS:
        reader.trouble(
            "biểu",
            f"có hơn {MOST_CELLS} ô; hãy chia thành nhiều biểu.",
            f"there are more than {MOST_CELLS} cells; make several forms of it.",
        )
    for row in form.rows:
        _check_row(reader, form, row)
    columns, rows = {each.code for each in form.columns}, {each.code for each in form.rows}
    for column in form.columns:
        if column.formula:
            _check_names(reader, f"cột {column.code}", column.formula.names, columns, rows, columns)
        if column.type == "choice" and not column.choices and not column.codelist:
            reader.trouble(
                f"cột {column.code}",
                "cột chọn (choice) cần choices hoặc codelist.",
                "a column of choices needs choices or a codelist.",
            )
    for rule in form.rules:
        _check_rule(reader, rule, rows, columns)
    _check_circles(reader, form)


def _check_row(reader: Reader, form: Definition, row: Row) -> None:
    where = f"dòng {row.code}"
    columns = {each.code for each in form.columns}
    for code in sorted((set(row.columns) | set(row.typed)) - columns):
        reader.trouble(where, f"không có cột “{code}”.", f"there is no column “{code}”.")
    if row.heading:
        return
    if row.formula:
        names = {each.code for each in form.rows} | {PARTS}
        _check_names(reader, where, row.formula.names, names, {each.code for each in form.rows}, columns)
        if PARTS in row.formula.names and not list(parts_of(form.rows, row)):
            reader.trouble(
                where,
                "công thức cộng các dòng con (parts) nhưng bên dưới không có dòng con nào.",
                "its formula adds the rows below it (parts), but there are none.",
            )
    recorded = (each for each in form.columns if each.record and each.type == "number" and not each.indicator)
    if not row.indicator and not row.formula and any(row.types(each) for each in recorded):
        reader.trouble(
            where,
            "chưa nói chỉ tiêu (indicator); cột không vào sổ thì ghi record: false.",
            "its indicator is not said; a column that is not for the ledger says record: false.",
        )


def _check_names(
    reader: Reader, where: str, names: Sequence[str], allowed: set[str], rows: set[str], columns: set[str]
) -> None:
    for name in names:
        row, dot, column = name.partition(".")
        known = (row in rows and column in columns) if dot else name in allowed
        if not known:
            near = ", ".join(sorted(allowed)[:12])
            reader.trouble(
                where,
                f"công thức nhắc “{name}”, biểu không có. Có: {near}.",
                f"its formula names “{name}”, which the form does not have. It has: {near}.",
            )


def _check_rule(reader: Reader, rule: Rule, rows: set[str], columns: set[str]) -> None:
    where = f"quy tắc {rule.code}"
    _check_names(reader, where, rule.says.names, rows | columns, rows, columns)
    plain = {name for name in rule.says.names if "." not in name}
    mixed = plain - rows and plain - columns
    if mixed or (plain and len(plain) < len(rule.says.names)):
        reader.trouble(
            where,
            "nhắc lẫn dòng với cột. Hãy chỉ dùng mã dòng, chỉ dùng mã cột, hoặc ghi từng ô như “dòng.cột”.",
            "it mixes rows and columns. Use codes of rows only, of columns only, or name cells: “row.column”.",
        )
    for code in sorted(set(rule.columns) - columns):
        reader.trouble(where, f"không có cột “{code}”.", f"there is no column “{code}”.")
    for code in sorted(set(rule.rows) - rows):
        reader.trouble(where, f"không có dòng “{code}”.", f"there is no row “{code}”.")


def _check_circles(reader: Reader, form: Definition) -> None:
    rows = {
        row.code: [
            each
            for name in (row.formula.names if row.formula else ())
            for each in ([part.code for part in parts_of(form.rows, row)] if name == PARTS else [name.split(".")[0]])
        ]
        for row in form.rows
    }
    columns = {each.code: list(each.formula.names) if each.formula else [] for each in form.columns}
    for word, graph in (("dòng", rows), ("cột", columns)):
        for code in graph:
            if _reaches(graph, code):
                reader.trouble(
                    f"{word} {code}",
                    "công thức vòng về chính nó.",
                    "its formula comes back to itself.",
                )


def _reaches(graph: Mapping[str, Sequence[str]], start: str) -> bool:
    """Whether a formula leads back to where it began."""
    seen: set[str] = set()
    waiting = list(graph[start])
    while waiting:
        code = waiting.pop()
        if code == start:
            return True
        if code not in seen:
            seen.add(code)
            waiting.extend(graph.get(code, ()))
    return False
