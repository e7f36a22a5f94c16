# SPDX-License-Identifier: Apache-2.0
"""The four states in words (hoàn thành đúng hạn, quá hạn; chưa hoàn thành trong hạn, quá hạn): one sentence, one bar,
and each rate with what it is a share of."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from bamsat.core.act.tasks import Counts, Rate
from bamsat.ui import words

# Of core.act.tasks.Rate: what it is called, what it is a share of, and how it is counted.
_RATES = {
    "fell_due": (
        gettext_lazy("Hoàn thành trong số đã đến hạn"), gettext_lazy("nhiệm vụ đã đến hạn"),
        gettext_lazy("Số đã xong (đúng hạn và quá hạn) chia cho số đã xong cộng số chưa xong mà quá hạn. Nhiệm vụ "
                     "chưa xong còn trong hạn không tính vào mẫu số."),
    ),
    "done": (
        gettext_lazy("Hoàn thành trong tất cả"), gettext_lazy("nhiệm vụ có hạn"),
        gettext_lazy("Số đã xong chia cho tất cả nhiệm vụ có hạn, kể cả nhiệm vụ chưa đến hạn."),
    ),
    "on_time": (
        gettext_lazy("Đúng hạn trong số đã xong"), gettext_lazy("nhiệm vụ đã xong"),
        gettext_lazy("Ngày hoàn thành là ngày của văn bản trả lời; so với hạn sau khi gia hạn."),
    ),
    "overdue": (
        gettext_lazy("Quá hạn trong số chưa xong"), gettext_lazy("nhiệm vụ chưa xong"),
        gettext_lazy("Nhiệm vụ đã báo hoàn thành đúng hạn, đang chờ xác nhận, không tính là quá hạn."),
    ),
}  # fmt: skip
_ORDER = ("fell_due", "done", "on_time", "overdue")


@dataclass(frozen=True, slots=True)
class ToldRate:
    """A rate in words: "98,63% = 16.051 / 16.274 nhiệm vụ đã đến hạn"."""

    name: str
    percent: str
    numerator: str
    denominator: str
    of: str
    definition: str

    @property
    def says(self) -> str:
        if not self.percent:
            return _("chưa tính được: chưa có %(of)s") % {"of": self.of}
        return f"{self.percent} = {self.numerator} / {self.denominator} {self.of}"


def rates(counts: Counts) -> list[ToldRate]:
    return [_told(counts.rate(name)) for name in _ORDER]


def _told(rate: Rate) -> ToldRate:
    name, of, definition = map(str, _RATES[rate.name])
    percent = f"{words.number(rate.percent)}%" if rate.percent is not None else ""
    return ToldRate(name, percent, words.number(rate.numerator), words.number(rate.denominator), of, definition)


def _numbers(counts: Counts) -> dict[str, str]:
    return {
        "all": words.number(counts.with_deadline), "done": words.number(counts.done),
        "on_time": words.number(counts.done_on_time), "late": words.number(counts.done_late),
        "running": words.number(counts.running), "within": words.number(counts.running_within),
        "overdue": words.number(counts.running_overdue),
    }  # fmt: skip


def sentence(counts: Counts) -> str:
    """The four states as one sentence in which every number is a sum of others."""
    if not counts.with_deadline:
        return _("Chưa có nhiệm vụ nào có hạn.")
    return _(
        "%(all)s nhiệm vụ có hạn = %(done)s đã xong (%(on_time)s đúng hạn + %(late)s quá hạn) + %(running)s chưa xong "
        "(%(within)s trong hạn + %(overdue)s quá hạn)."
    ) % _numbers(counts)  # fmt: skip


def apart(counts: Counts) -> str:
    """What is counted apart; nothing where there is none."""
    said = []
    if n := counts.without_deadline:
        said.append(ngettext("%(n)s nhiệm vụ không có hạn", "%(n)s nhiệm vụ không có hạn", n) % {"n": words.number(n)})
    if n := counts.cancelled:
        said.append(
            ngettext("%(n)s nhiệm vụ thôi thực hiện", "%(n)s nhiệm vụ thôi thực hiện", n) % {"n": words.number(n)}
        )
    return _("Ngoài ra: %(what)s.") % {"what": ", ".join(said)} if said else ""


@dataclass(frozen=True, slots=True)
class Share:
    """One of the four states: its shape, its word, how many, and the filter that shows them."""

    shape: str
    word: str
    number: int
    filter: str


def four(counts: Counts) -> list[Share]:
    return [
        Share("good", _("Xong đúng hạn"), counts.done_on_time, "done_on_time"),
        Share("doubt", _("Xong quá hạn"), counts.done_late, "done_late"),
        Share("half", _("Chưa xong, trong hạn"), counts.running_within, "running_within"),
        Share("bad", _("Chưa xong, quá hạn"), counts.running_overdue, "running_overdue"),
    ]
