# SPDX-License-Identifier: Apache-2.0
"""What may stand inside a mark of a template: a closed list of shapes, so that a template computes nothing of its own.

Jinja reads the words; of what it reads only names, calls with texts, attributes of loop variables, conditions and
loops over our lists pass. Arithmetic, filters, imports, macros and attributes of Python never do, whether the mark
stands in a paragraph or somewhere in the file that no person sees.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping

from jinja2 import TemplateSyntaxError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from bamsat.core.report.docx import template_names as names
from bamsat.core.report.docx.template_names import Codes, Place
from bamsat.core.terms.errors import BamsatError

LONGEST_MARK = 400
DEEPEST_LOOPS = 3
MOST_MARKS = 2_000
# What a loop variable can be.
TOPIC, LINE, UNKNOWN = "topic", "line", "unknown"

FIELD_OF_PLACE: dict[Place, str] = {"text": "{{ … }}", "run": "{{r … }}", "block": "{{p … }}"}


def environment() -> ImmutableSandboxedEnvironment:
    """Jinja without its filters, tests and functions; values are escaped, for they stand in XML."""
    found = ImmutableSandboxedEnvironment(autoescape=True, optimized=False)
    found.filters.clear()
    found.tests.clear()
    found.globals.clear()
    return found


class Wrong(BamsatError):
    """Why a mark cannot stand as it is, in both languages."""

    def __init__(self, vi: str, en: str) -> None:
        super().__init__(vi=vi, en=en)


Scope = Mapping[str, str]  # loop variables and what each of them is


def parse(source: str) -> nodes.Template:
    """The tree of a piece of template, however it was spoiled."""
    if len(source) > 2 * LONGEST_MARK:
        raise Wrong("dài quá 400 chữ", "is longer than 400 characters")
    try:
        return environment().parse(source)
    except TemplateSyntaxError as error:
        raise Wrong("sai cú pháp; hãy chép lại đúng như danh sách nhãn", f"syntax error ({error.message})") from error
    except (RecursionError, ValueError, OverflowError, MemoryError) as error:
        raise Wrong("sai cú pháp", "syntax error") from error


def output(node: nodes.Expr, place: Place, scope: Scope, codes: Codes | None) -> None:
    """Refuse an expression that is not one of the shapes for a mark at this place; without codes only shapes count."""
    if _of_unknown(node, scope):
        return
    natural = _natural_place(node, scope, codes)
    if natural != place:
        raise Wrong(
            f"phải viết là {FIELD_OF_PLACE[natural]}, không phải {FIELD_OF_PLACE[place]}",
            f"must be written {FIELD_OF_PLACE[natural]}, not {FIELD_OF_PLACE[place]}",
        )


def _of_unknown(node: nodes.Node, scope: Scope) -> bool:
    """Whether it stands in a loop over something unknown: that mistake has been told, and is told once."""
    root = node.node if isinstance(node, nodes.Getattr) else node
    return isinstance(root, nodes.Name) and scope.get(root.name) == UNKNOWN


def _natural_place(node: nodes.Node, scope: Scope, codes: Codes | None) -> Place:
    match node:
        case nodes.Name(name=name):
            return _place_of_name(name, scope)
        case nodes.Call(node=nodes.Name(name=name)):
            return _place_of_call(name, node, codes)
        case nodes.Getattr(node=nodes.Name(name="loop"), attr="index") if scope:
            return "text"
        case nodes.Getattr(node=nodes.Name(name=name), attr=attribute):
            return _place_of_attribute(name, attribute, scope)
    raise Wrong(
        "chỉ được viết tên trường, tên hàm với mã, hoặc tên biến của vòng lặp",
        "only a field, a function with a code, or a variable of a loop may stand here",
    )


def _place_of_name(name: str, scope: Scope) -> Place:
    if scope.get(name) == LINE or name in names.TEXTS:
        return "text"
    if name in names.BLOCKS:
        return "block"
    if scope.get(name) == TOPIC:
        raise Wrong(f"“{name}” là cả chỉ tiêu; hãy viết {name}.ten, {name}.so …", f"write {name}.ten, {name}.so …")
    if name in names.LISTS:
        raise Wrong(
            f"“{name}” có nhiều dòng; hãy viết {{%p for dong in {name} %}} … {{%p endfor %}}",
            f"“{name}” has several lines; loop over it",
        )
    if name in names.NUMBERS or name in names.BLOCKS_OF_SECTION:
        raise Wrong(f'“{name}” cần một mã: {name}("…")', f'“{name}” needs a code: {name}("…")')
    raise unknown(name, [*scope, *names.TEXTS, *names.BLOCKS], "không có trường này", "there is no such field")


def _place_of_call(name: str, node: nodes.Call, codes: Codes | None) -> Place:
    if name in names.NUMBERS:
        said = _texts(node, 1, 2)
        _coded(said[0], codes.indicators if codes else None, "không có chỉ tiêu này", "there is no such indicator")
        return "run"
    if name in names.BLOCKS_OF_SECTION:
        said = _texts(node, 1, 1)
        _coded(
            said[0], codes.sections if codes else None, "báo cáo không có phần này", "the report has no such section"
        )
        return "block"
    known = [*names.NUMBERS, *names.BLOCKS_OF_SECTION]
    raise unknown(name, known, "không có hàm này", "there is no such function")


def _place_of_attribute(name: str, attribute: str, scope: Scope) -> Place:
    if name not in scope:
        raise unknown(name, scope, "không phải biến của vòng lặp nào ở đây", "is no variable of a loop here")
    if scope[name] == TOPIC and attribute in names.TEXTS_OF_INDICATOR:
        return "text"
    if scope[name] == TOPIC and attribute in names.NUMBERS:
        return "run"
    known = [*names.TEXTS_OF_INDICATOR, *names.NUMBERS] if scope[name] == TOPIC else []
    raise unknown(attribute, known, f"“{name}” không có mục này", f"“{name}” has no such part")


def condition(node: nodes.Node, scope: Scope, codes: Codes | None) -> None:
    """Refuse what is not made of co("…"), fields, and their not, and, or."""
    match node:
        case nodes.Not(node=inner):
            condition(inner, scope, codes)
        case nodes.And(left=left, right=right) | nodes.Or(left=left, right=right):
            condition(left, scope, codes)
            condition(right, scope, codes)
        case nodes.Call(node=nodes.Name(name=names.HOLDS)):
            both = {**codes.indicators, **codes.sections} if codes else None
            _coded(
                _texts(node, 1, 1)[0], both, "không có chỉ tiêu hay phần này", "there is no such indicator or section"
            )
        case nodes.Name(name=name) if name in names.LISTS:
            pass
        case nodes.Name() | nodes.Getattr():
            if not _of_unknown(node, scope):
                _natural_place(node, scope, codes)
        case _:
            raise Wrong(
                "điều kiện chỉ gồm co(\"mã\"), tên trường, và not, and, or",
                "a condition is made of co(\"code\"), fields, and not, and, or",
            )  # fmt: skip


def loop(node: nodes.For, scope: Scope, codes: Codes | None) -> dict[str, str]:
    """The scope inside a loop; refuse one that runs over anything but our lists."""
    if not isinstance(node.target, nodes.Name) or node.test or node.recursive or node.else_:
        raise Wrong('vòng lặp phải có dạng for ct in chi_tieu("mã bộ")', 'a loop is written for ct in chi_tieu("set")')
    if len(scope) >= DEEPEST_LOOPS:
        raise Wrong("lồng quá 3 vòng lặp", "more than 3 loops inside each other")
    variable = node.target.name
    if variable in names.EVERY_NAME or variable in scope:
        raise Wrong(
            f"“{variable}” đã là tên khác; hãy đặt tên biến khác", f"“{variable}” is taken; choose another name"
        )
    return {**scope, variable: _listed(node.iter, scope, codes)}


def _listed(node: nodes.Node, scope: Scope, codes: Codes | None) -> str:
    match node:
        case nodes.Name(name=name) if name in names.LISTS:
            return LINE
        case nodes.Call(node=nodes.Name(name=names.INDICATORS)):
            for code in _texts(node, 0, 1):
                _coded(
                    code,
                    codes.sets if codes else None,
                    "không có bộ chỉ tiêu này",
                    "there is no such set of indicators",
                )
            return TOPIC
        case nodes.Getattr(node=nodes.Name(name=name), attr=names.PARTS) if scope.get(name) == TOPIC:
            return TOPIC
        case nodes.Getattr() if _of_unknown(node, scope):
            return UNKNOWN
        case nodes.Name(name=name) | nodes.Call(node=nodes.Name(name=name)):
            raise unknown(name, [*names.LISTS, names.INDICATORS], "không phải một danh sách", "is not a list")
    raise Wrong(
        'vòng lặp chỉ chạy trên chi_tieu("mã bộ"), ct.phan, noi_nhan, kinh_gui, can_cu',
        'a loop runs over chi_tieu("set"), ct.phan, noi_nhan, kinh_gui or can_cu',
    )


def _texts(node: nodes.Call, fewest: int, most: int) -> list[str]:
    said = [each.value for each in node.args if isinstance(each, nodes.Const) and isinstance(each.value, str)]
    odd = node.kwargs or node.dyn_args is not None or node.dyn_kwargs is not None or len(said) != len(node.args)
    if odd or not fewest <= len(said) <= most:
        raise Wrong(
            "trong ngoặc phải là mã đặt giữa hai dấu nháy, ví dụ (\"exports\")",
            "a code in quotes must stand in the brackets, such as (\"exports\")",
        )  # fmt: skip
    return said


def _coded(code: str, known: Mapping[str, str] | None, vi: str, en: str) -> None:
    if known is not None and code not in known:
        raise unknown(code, known, vi, en)


def unknown(said: str, known: Iterable[str], vi: str, en: str) -> Wrong:
    """What is not known, and what is nearest to it."""
    near = difflib.get_close_matches(said, list(known), 1, 0.5)
    if near:
        return Wrong(f"“{said}”: {vi}; gần nhất: {near[0]}", f"“{said}”: {en}; nearest: {near[0]}")
    return Wrong(f"“{said}”: {vi}", f"“{said}”: {en}")


def only_ours(source: str) -> None:
    """Refuse a whole template source, as it goes to Jinja, that holds anything but the shapes above, wherever it
    stands. This is what makes a template safe; the checks by paragraph make its mistakes clear."""
    try:
        tree = environment().parse(source)
    except (TemplateSyntaxError, RecursionError, ValueError, OverflowError) as error:
        raise Wrong("sai cú pháp", "syntax error") from error
    _walk(tree.body, {}, [0])


def _walk(body: list[nodes.Node], scope: Scope, met: list[int]) -> None:
    for node in body:
        met[0] += 1
        if met[0] > 4 * MOST_MARKS:
            raise Wrong("quá nhiều nhãn", "too many marks")
        match node:
            case nodes.Output(nodes=parts):
                for part in parts:
                    if not isinstance(part, nodes.TemplateData):
                        _any_place(part, scope)
            case nodes.If():
                condition(node.test, scope, None)
                _walk([*node.body, *node.elif_, *node.else_], scope, met)
            case nodes.For():
                _walk(node.body, loop(node, scope, None), met)
            case _:
                raise Wrong("có lệnh không được phép", "a command that is not allowed")


def _any_place(node: nodes.Expr, scope: Scope) -> None:
    match node:
        case nodes.Filter(node=nodes.Expr() as inner, name="nhu", args=[nodes.Const(value=int())], kwargs=[]):
            node = inner  # ours: marks are given it after they were checked
    _natural_place(node, scope, None)


# {{r so("exports")|nhu(3) }}: written as the letters of mark 3 were; put in by `template_marks.isolate`.
STYLED = "nhu"
