# SPDX-License-Identifier: Apache-2.0
"""A definition as a text file (YAML or JSON), out and in; shipped forms are files of the same kind."""

from __future__ import annotations

from typing import Any

import yaml

from bamsat.core.terms.errors import BamsatError
from bamsat.rooms.submissions.models import FormVersion

MOST_BYTES = 500_000
MOST_DEPTH = 12
LARGEST = 10**12  # of a number in a definition


class DefinitionFileUnreadable(BamsatError):
    """A file that holds no definition."""


class _Plain(yaml.SafeDumper):
    """Writes every value out, without marks that point back."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def written(version: FormVersion) -> str:
    """A version as a file: what the form is called, and the definition, in the order of docs/forms.md."""
    form = version.form
    said = {
        "code": form.code, "name": {"vi": form.name_vi, "en": form.name_en}, "number": form.number,
        "set": form.set.code if form.set else "", "basis": form.basis, "by_practice": form.by_practice,
        "from": f"{version.first_month // 12}-{version.first_month % 12 + 1:02}", "definition": version.definition,
    }  # fmt: skip
    return yaml.dump(said, Dumper=_Plain, allow_unicode=True, sort_keys=False, width=120)


def read(content: bytes) -> dict[str, Any]:
    """The definition of a file, alone or below "definition"; JSON is YAML too."""
    if len(content) > MOST_BYTES:
        raise DefinitionFileUnreadable(
            vi=f"Tệp định nghĩa lớn hơn {MOST_BYTES // 1000} KB. Hãy chia biểu thành nhiều biểu.",
            en=f"The file is larger than {MOST_BYTES // 1000} KB. Make several forms of it.",
        )
    try:
        text = content.decode("utf-8-sig")
        _refuse_tricks(text)
        said = yaml.safe_load(text)
    except UnicodeDecodeError:
        raise DefinitionFileUnreadable(
            vi="Tệp không phải chữ UTF-8. Hãy lưu lại với mã UTF-8.", en="The file is not UTF-8. Save it as UTF-8."
        ) from None
    except (yaml.YAMLError, ValueError, RecursionError) as wrong:
        mark = getattr(wrong, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        raise DefinitionFileUnreadable(
            vi=f"Dòng {line} của tệp không đúng cách viết YAML. Hãy sửa dòng ấy rồi nạp lại.",
            en=f"Line {line} of the file is no YAML. Mend it and load the file again.",
        ) from None
    found = said.get("definition", said) if isinstance(said, dict) else None
    if not isinstance(found, dict) or not ({"columns", "rows"} & found.keys()):
        raise DefinitionFileUnreadable(
            vi="Tệp không có định nghĩa biểu (columns, rows). Hãy bắt đầu từ một tệp tải về.",
            en="The file has no definition (columns, rows). Start from one that was downloaded.",
        )
    return {str(key): _plain(each) for key, each in found.items()}


def _refuse_tricks(text: str) -> None:
    """Marks that point back let a small file grow without end, and depth lets it break the reader."""
    depth = 0
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        if isinstance(event, yaml.AliasEvent):
            raise DefinitionFileUnreadable(
                vi="Tệp dùng dấu tham chiếu (*) của YAML. Hãy viết đủ các giá trị.",
                en="The file uses references (*) of YAML. Write the values out.",
            )
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > MOST_DEPTH:
            raise DefinitionFileUnreadable(vi="Tệp lồng nhau quá sâu.", en="The file is nested too deep.")


def _plain(value: Any) -> Any:
    """What JSON can keep: a date that YAML saw stays the words that were written."""
    if isinstance(value, dict):
        return {str(_plain(key)): _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple | set):
        return [_plain(each) for each in value]
    if isinstance(value, int) and abs(value) > LARGEST:
        raise DefinitionFileUnreadable(
            vi="Tệp có số quá lớn để là một phần của biểu. Hãy sửa số ấy rồi nạp lại.",
            en="The file has a number too large for any part of a form. Mend it and load the file again.",
        )
    if value is None or isinstance(value, int | bool):
        return value
    return str(value).replace("\0", "").encode("utf-8", "replace").decode()
