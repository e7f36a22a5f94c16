# SPDX-License-Identifier: Apache-2.0
"""What a document says of itself (thể thức), which documents it cites, and what it asks of whom by when."""

from __future__ import annotations

from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Any

from bamsat.core.terms.figure import json_number

# How a cited document is told: by its own title or symbol; within the title of another; as a number of documents; as
# what somebody ordered; or as any document of a sort ("các văn bản hướng dẫn"), which names none.
CITED = ("named", "nested", "set", "directive", "generic", "certificate")
# How the document that cites stands to the cited one; `cites` where the words do not say.
RELATIONS = ("based_on", "carries_out", "amends", "replaces", "answers", "cites")
URGENCIES = ("", "khan", "thuong_khan", "hoa_toc")  # Khẩn, Thượng khẩn, Hỏa tốc (Điều 8, Nghị định 30/2020/NĐ-CP)
SECRECIES = ("", "mat", "toi_mat", "tuyet_mat")  # dấu Mật, Tối mật, Tuyệt mật
# What kind of thing is asked or promised; the first two bind somebody, the others may become work.
ASKED = (
    "instruction", "requirement", "commitment", "proposal", "solution", "objective", "target", "programme",
    "contingency", "condition", "emulation",
)  # fmt: skip
# When: on a day or within a span that ends on one; at all times; when something happens; as soon as can be; not said.
TIMES = ("date", "standing", "event", "soon", "none")
COMPARISONS = (">=", "<=", ">", "<", "=")


@dataclass(frozen=True, slots=True)
class Letterhead:
    """What a document says of itself, by the rules of Decree 30/2020/NĐ-CP or the Party; "" where not."""

    type: str = ""  # "Công văn", "Chỉ thị", "Báo cáo"; an official letter has no title of its own
    symbol: str = ""  # number and symbol: "841/UBND-VX"
    number: str = ""  # "841", "07"
    date: str = ""  # YYYY-MM-DD
    issued_at: str = ""  # địa danh
    issuer: str = ""
    above: str = ""  # the body above the issuer
    subject: str = ""  # trích yếu
    authority: str = ""  # TM. | KT. | TL. | TUQ. with whom: "KT. CHỦ TỊCH"
    post: str = ""  # the post of who signed
    signer: str = ""
    urgency: str = ""  # of URGENCIES
    secrecy: str = ""  # of SECRECIES
    recipients: tuple[str, ...] = ()  # "Kính gửi" and "Nơi nhận", one body each
    spans: tuple[tuple[str, int, int], ...] = ()  # (field, start, end): where each was read

    def as_json(self) -> dict[str, Any]:
        row = {field.name: getattr(self, field.name) for field in fields(self)}
        return row | {"recipients": list(self.recipients), "spans": [list(span) for span in self.spans]}


@dataclass(frozen=True, slots=True)
class Citation:
    """A document that another one cites (văn bản được viện dẫn), with its words."""

    doc: str
    start: int
    end: int
    text: str
    kind: str  # of CITED
    type: str  # "Công văn", "Chỉ thị", "Văn bản"; "Nghị quyết; Chỉ thị" where several are named at once
    symbol: str | None  # "841/UBND-VX"
    date: str | None  # YYYY-MM-DD, or the year alone
    issuer: str | None  # "UBND tỉnh Cao Bằng"; "; " between several
    about: str
    relation: str = "cites"  # of RELATIONS
    count: int | None = None  # of a set: how many
    inferred: tuple[str, ...] = ()  # fields that the words do not state here
    at: str = ""

    @property
    def stands_alone(self) -> bool:
        """Whether it can be told from others: by a symbol, or by type and issuer of one document."""
        return self.symbol is not None or (self.kind in ("named", "nested") and bool(self.type and self.issuer))

    def as_json(self) -> dict[str, Any]:
        return {field.name: getattr(self, field.name) for field in fields(self)} | {"inferred": list(self.inferred)}


@dataclass(frozen=True, slots=True)
class Condition:
    """A figure by which a machine can see whether it was done: "giải ngân đạt ít nhất 60% trước 30/9"."""

    indicator: str  # catalogue code, or family:name as figures have
    segment: str | None
    measure: str  # of figure.MEASURES
    comparison: str  # of COMPARISONS
    value: Decimal  # in base units
    unit: str
    period: str | None  # what the figure is about: "2026", "2026-01/2026-09"

    def as_json(self) -> dict[str, Any]:
        return {field.name: getattr(self, field.name) for field in fields(self)} | {"value": json_number(self.value)}


@dataclass(frozen=True, slots=True)
class Instruction:
    """What a document asks, promises or proposes (ý kiến chỉ đạo, cam kết, kiến nghị): who, what, by when."""

    doc: str
    start: int
    end: int
    text: str
    kind: str  # of ASKED
    who: str  # who is to do it, as the document names them; "" where nobody is named
    supporting: tuple[str, ...]  # phối hợp
    what: str
    by_when: str | None  # its words: "trước 30/9", "trong tháng", "thường xuyên"
    time: str  # of TIMES
    due: str | None  # YYYY-MM-DD, the last day, where words and the document's own date give one
    indicators: tuple[str, ...]  # codes that it serves; "all" for all targets of the year
    product: str | None = None  # what has to come out: "Kế hoạch", "báo cáo kết quả"
    condition: Condition | None = None
    said_by: str | None = None  # who said it or issued it
    addressee: str | None = None  # of a proposal
    inferred: tuple[str, ...] = ()
    at: str = ""

    def as_json(self) -> dict[str, Any]:
        row = {field.name: getattr(self, field.name) for field in fields(self)}
        row |= {name: list(row[name]) for name in ("supporting", "indicators", "inferred")}
        return row | {"condition": self.condition.as_json() if self.condition else None}
