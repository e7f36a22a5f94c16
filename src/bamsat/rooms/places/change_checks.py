# SPDX-License-Identifier: Apache-2.0
"""Why a change of the tree cannot be made as it was told: each question on its own, each answer with the way out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from bamsat.core.terms.vietnamese import fold
from bamsat.rooms.places.changes import (
    Begin,
    Change,
    ChangeRefused,
    Picture,
    Plan,
    Span,
    Step,
    day_words,
    listed,
    shares_of,
)
from bamsat.rooms.places.models import ChangeKind

_LONGEST_ACT = 300


def told_in_full(change: Change) -> None:
    """The act and the places, each once."""
    if not change.act.strip() or len(change.act) > _LONGEST_ACT:
        raise ChangeRefused(
            vi="Chưa ghi văn bản quyết định thay đổi này. Hãy ghi số và cơ quan ban hành, không quá 300 ký tự, như "
            "“Nghị quyết số 202/2025/QH15 của Quốc hội”.",
            en="The legal act is missing. Write its number and issuer in at most 300 characters, such as “Nghị quyết "
            "số 202/2025/QH15 của Quốc hội”.",
        )
    if not change.places and change.kind != ChangeKind.FOUND:
        raise ChangeRefused(
            vi="Chưa chọn địa bàn nào. Hãy chọn địa bàn sẽ thay đổi.",
            en="No place was chosen. Choose the places that change.",
        )
    if len(set(change.places)) < len(change.places):
        raise ChangeRefused(
            vi="Có địa bàn được chọn hai lần. Hãy bỏ bớt một lần.",
            en="A place was chosen twice. Take one of them away.",
        )


def may_change(place: int, change: Change, tree: Picture) -> None:
    """The place stands on the day, began before it, and nothing of a later day was entered for it."""
    on, span = change.on, tree.on(place, change.on)
    if span is None:
        _refuse_absent(place, on, tree)
        return
    name, day = span.full_name, day_words(on)
    if span.start == on:
        raise ChangeRefused(
            vi=f"{name} đã có một thay đổi đúng ngày {day}. Hãy chọn ngày khác, hoặc rút thay đổi kia trước.",
            en=f"{name} already changed on {day}. Choose another day, or withdraw that change first.",
        )
    days = [each.start for each in tree.spans[place] if each.start and each.start > on]
    if change.kind != ChangeKind.RENAME and change.parent is None:  # these change nothing in who follows whom
        days += [step.on for step in tree.later if step.on and place in (step.old, step.new)]
    later = min(days, default=None)
    if later is not None or span.end is not None:
        known = day_words(later or span.end or on)
        raise ChangeRefused(
            vi=f"{name} đã có thay đổi từ ngày {known}, không trước ngày {day}. Hãy chọn ngày sau đó, hoặc rút việc "
            "kia.",
            en=f"{name} already changes on {known}, not before {day}. Choose a later day, or withdraw that one.",
        )


def may_receive(place: int, on: date, tree: Picture) -> None:
    """It stands, and is not itself divided on that very day: nobody could say what came first."""
    stands(place, on, tree)
    if any(step.old == place and step.on == on for step in tree.later):
        raise ChangeRefused(
            vi=f"{tree.name(place, on)} cũng chia hoặc nhập đúng ngày {day_words(on)}. Hãy ghi hai việc là một thay "
            "đổi, hoặc chọn ngày khác.",
            en=f"{tree.name(place, on)} is itself divided or merged on {day_words(on)}. Enter both as one change, or "
            "choose another day.",
        )


def given_already(step: Step, on: date, tree: Picture) -> bool:
    """Whether this succession of a province is on record for that day; parts that were stated are not added to."""
    same_day = [each for each in tree.later if each.old == step.old and each.on == on]
    if any(each.share is not None for each in same_day) or (same_day and step.share is not None):
        raise ChangeRefused(
            vi=f"{tree.name(step.old, on)} đã chuyển một phần có tỷ lệ đúng ngày {day_words(on)}. Hãy để trống tỷ lệ "
            "của cả hai thay đổi.",
            en=f"{tree.name(step.old, on)} already gave a stated part on {day_words(on)}. Leave the shares of both "
            "empty.",
        )
    return any(each.new == step.new for each in same_day)


def stands(place: int, on: date, tree: Picture) -> None:
    """A place that receives stands on the day and on every day after."""
    span = tree.on(place, on)
    if span is None:
        _refuse_absent(place, on, tree)
    last = max((each.end or date.max for each in tree.spans[place]), default=date.max)
    if last != date.max:
        raise ChangeRefused(
            vi=f"{tree.name(place, on)} hết hiệu lực từ ngày {day_words(last)}, không nhận thêm được. Hãy chọn địa bàn "
            "đang hoạt động.",
            en=f"{tree.name(place, on)} ends on {day_words(last)} and cannot receive more. Choose one that goes on.",
        )


def _refuse_absent(place: int, on: date, tree: Picture) -> None:
    spans, name, day = tree.spans.get(place, ()), tree.name(place), day_words(on)
    first = min((span.start for span in spans if span.start), default=None)
    if first is not None and first > on and all(span.start for span in spans):
        raise ChangeRefused(
            vi=f"{name} chỉ có từ ngày {day_words(first)}; ngày {day} chưa có địa bàn này. Hãy chọn ngày muộn hơn.",
            en=f"{name} begins on {day_words(first)}; on {day} it is not there yet. Choose a later day.",
        )
    ended = max((span.end for span in spans if span.end), default=on)
    raise ChangeRefused(
        vi=f"{name} đã hết hiệu lực từ ngày {day_words(ended)}, không muộn hơn ngày {day}. Hãy chọn địa bàn đã kế "
        "thừa nó, hoặc một ngày sớm hơn.",
        en=f"{name} ended on {day_words(ended)}, not after {day}. Choose the place that followed it, or an earlier "
        "day.",
    )


def only_one(change: Change) -> int:
    if len(change.places) != 1:
        raise ChangeRefused(
            vi=f"Loại thay đổi này làm với một địa bàn, đang chọn {len(change.places)}. Hãy ghi từng địa bàn một.",
            en=f"This kind of change takes one place; {len(change.places)} were chosen. Enter them one by one.",
        )
    return change.places[0]


def one_name(change: Change) -> Begin:
    if len(change.begins) != 1:
        raise ChangeRefused(vi="Hãy ghi đúng một tên mới.", en="Write exactly one new name.")
    return change.begins[0]


def enough_to_merge(change: Change, sources: Sequence[int]) -> None:
    if change.into is None and len(change.begins) != 1:
        raise ChangeRefused(
            vi="Sáp nhập cần một địa bàn mới (ghi tên), hoặc một địa bàn đang có nhận các nơi khác vào.",
            en="A merge needs one new place (write its name), or one that is there and takes the others in.",
        )
    if change.into is not None and change.begins:
        raise ChangeRefused(
            vi="Vừa ghi tên địa bàn mới vừa chọn địa bàn nhận sáp nhập. Hãy giữ một trong hai.",
            en="Both a new name and a place that takes the others in were told. Keep one of them.",
        )
    if len(sources) < (1 if change.into is not None else 2):
        raise ChangeRefused(
            vi="Sáp nhập cần ít nhất hai địa bàn. Nếu chỉ đổi tên hay loại đơn vị, hãy dùng “đổi tên”.",
            en="A merge needs at least two places. If only the name or the word before it changes, use “rename”.",
        )


def one_kind(places: Iterable[int], on: date, tree: Picture) -> None:
    by_kind = {tree.kinds[place]: place for place in places}
    if len(by_kind) > 1:
        names = listed(tree.name(place, on) for place in by_kind.values())
        raise ChangeRefused(
            vi=f"Không cùng loại địa bàn: {names}. Hãy chọn các địa bàn cùng loại.",
            en=f"Places of different kinds: {names}. Choose places of one kind.",
        )


def none_below_another(places: Sequence[int], on: date, tree: Picture) -> None:
    for place in places:
        over = [each for each in tree.above(place, on)[1:] if each in places]
        if over:
            raise ChangeRefused(
                vi=f"{tree.name(place, on)} nằm trong {tree.name(over[0], on)}, không sáp nhập với nhau được.",
                en=f"{tree.name(place, on)} lies in {tree.name(over[0], on)}; the two cannot merge.",
            )


def common_parent(places: Sequence[int], on: date, tree: Picture) -> int | None:
    parents = {span.parent for place in places if (span := tree.on(place, on))}
    if len(parents) > 1:
        names = listed(tree.name(parent, on) for parent in parents if parent)
        raise ChangeRefused(
            vi=f"Các địa bàn thuộc nhiều cấp trên: {names}. Hãy chọn cấp trên của địa bàn mới.",
            en=f"The places stand below several others: {names}. Choose which one the new place stands below.",
        )
    return next(iter(parents), None)


def may_hold(parent: int | None, kind: str, on: date, tree: Picture, child: int | None = None) -> None:
    """Whether a place of the kind can stand below the parent from that day; never below itself."""
    if parent is None:
        return
    stands(parent, on, tree)
    above = tree.kinds[parent]
    if above not in tree.administrative or tree.ranks.get(above, 0) >= tree.ranks.get(kind, 0):
        raise ChangeRefused(
            vi=f"{tree.name(parent, on)} không thể là cấp trên ở đây: cấp trên phải là đơn vị hành chính cao hơn.",
            en=f"{tree.name(parent, on)} cannot hold this: the place above is a higher administrative unit.",
        )
    if child is not None and child in tree.above(parent, on):
        raise ChangeRefused(
            vi=f"{tree.name(child, on)} không thể nằm trong chính nó hoặc trong nơi thuộc nó. Hãy chọn cấp trên khác.",
            en=f"{tree.name(child, on)} cannot stand below itself. Choose another place above it.",
        )


def another_parent(now: Span, parent: int, on: date, tree: Picture) -> None:
    if now.parent == parent:
        raise ChangeRefused(
            vi=f"{now.full_name} đã thuộc {tree.name(parent, on)}. Hãy chọn cấp trên khác.",
            en=f"{now.full_name} already stands below {tree.name(parent, on)}. Choose another place above it.",
        )


def part_or_whole(change: Change) -> None:
    if (change.into is None) == (change.parent is None):
        raise ChangeRefused(
            vi="Điều chuyển cần đúng một trong hai: nơi nhận một phần, hoặc cấp trên mới của cả địa bàn.",
            en="A transfer needs one of two: the place that receives a part, or the new place above the whole.",
        )
    if change.into in change.places or change.parent in change.places:
        raise ChangeRefused(
            vi="Nơi nhận trùng với nơi chuyển. Hãy chọn nơi nhận khác.",
            en="The place gives to itself. Choose another receiver.",
        )
    if change.share is not None and not 0 < change.share < 1:
        raise ChangeRefused(
            vi="Phần chuyển đi phải lớn hơn 0% và nhỏ hơn 100%. Nếu không có văn bản nêu tỷ lệ, hãy để trống.",
            en="The part that goes must be between 0% and 100%. If no act states it, leave it empty.",
        )


def shares(change: Change) -> list[Decimal | None]:
    """The parts of a split place: all stated and 1 together, or none stated."""
    parts = shares_of(change)
    if len(parts) < 2:
        raise ChangeRefused(
            vi="Chia tách cần ít nhất hai phần. Hãy thêm một địa bàn mới.",
            en="A split makes at least two parts. Add a new place.",
        )
    stated = [part for part in parts if part is not None]
    if not stated:
        return parts
    if len(stated) < len(parts) or any(part <= 0 for part in stated):
        raise ChangeRefused(
            vi="Có phần ghi tỷ lệ, có phần không. Hãy ghi tỷ lệ lớn hơn 0% cho mọi phần, hoặc để trống tất cả.",
            en="Some parts have a share and some have none. State a share above 0% for each, or for none.",
        )
    if sum(stated) != 1:
        total = f"{sum(stated) * 100:f}".rstrip("0").rstrip(".").replace(".", ",")
        raise ChangeRefused(
            vi=f"Các phần cộng lại được {total}%, phải đúng 100%. Hãy sửa tỷ lệ, hoặc để trống tất cả nếu văn bản "
            "không nêu.",
            en=f"The parts add up to {total}%, not 100%. Mend the shares, or leave all empty if no act states them.",
        )
    return parts


def all_housed(homes: dict[int, int | None], targets: Sequence[int], tree: Picture) -> None:
    lost = [child for child, home in homes.items() if home not in targets]
    if lost:
        names = listed(tree.name(child) for child in lost)
        raise LeftBehind(lost, vi=f"Chưa rõ {len(lost)} nơi bên dưới thuộc phần nào: {names}. Hãy chọn cho từng nơi.",
                         en=f"Where {len(lost)} places below go is not told: {names}. Choose for each.")  # fmt: skip


class LeftBehind(ChangeRefused):
    """Some places below a split one have no new home yet; `places` are their ids."""

    def __init__(self, places: Sequence[int], *, vi: str, en: str) -> None:
        super().__init__(vi=vi, en=en)
        self.places = list(places)


def nothing_left(place: int, tree: Picture) -> None:
    below = tree.below.get(place, ())
    if below:
        names = listed(tree.name(span.place) for span in below)
        raise ChangeRefused(
            vi=f"Bên dưới còn {len(below)} nơi: {names}. Hãy chọn địa bàn nhận các nơi này, hoặc đóng từng nơi trước.",
            en=f"{len(below)} places still stand below: {names}. Choose who takes them, or close each of them first.",
        )


def nobody_left(place: int, tree: Picture) -> None:
    held = tree.roles.get(place, ())
    if held:
        raise ChangeRefused(
            vi=f"Còn {len(held)} vai trò tại đây: {listed(held)}. Nơi bị giải thể không có nơi kế thừa; hãy thu hoặc "
            "chuyển các vai trò này trước.",
            en=f"{len(held)} roles are held here: {listed(held)}. Nothing follows a closed place; take them or give "
            "them elsewhere first.",
        )


def has_kind_and_parent(change: Change, tree: Picture) -> None:
    new = change.begins[0]
    if new.kind not in tree.ranks:
        raise ChangeRefused(
            vi="Chưa chọn loại địa bàn. Hãy chọn một loại trong danh sách.",
            en="The kind of place is missing. Choose one of the list.",
        )
    if change.parent is None:
        raise ChangeRefused(
            vi="Chưa chọn cấp trên. Hãy chọn đơn vị hành chính mà địa bàn này thuộc về.",
            en="The place above is missing. Choose the administrative unit in which this stands.",
        )


def something_new(now: Span, after: Span) -> None:
    told = ("name", "name_en", "word", "code")
    if all(getattr(now, name) == getattr(after, name) for name in told):
        raise ChangeRefused(
            vi=f"Tên, loại đơn vị và mã đều như cũ ({now.full_name}). Hãy ghi điều thay đổi.",
            en=f"Name, word and code stay as they are ({now.full_name}). Write what changes.",
        )


def new_names(made: Plan, tree: Picture) -> None:
    """A name that begins is written, and nobody else bears it, or its code, beside it from that day."""
    leaving = {span.place for span in made.ends}
    spans = [shift.after for shift in made.named if shift.after]
    for at, span in enumerate(spans):
        if not span.name.strip() or len(span.name) > 200:
            raise ChangeRefused(vi="Tên mới cần từ 1 đến 200 ký tự.", en="A new name needs 1 to 200 characters.")
        others = [each for each in tree.namesakes if each.place not in leaving | {span.place}]
        for other in [*others, *spans[:at]]:
            _refuse_same(span, other, made.change.on)


def _refuse_same(span: Span, other: Span, on: date) -> None:
    if other.end is not None and other.end <= on:
        return
    if span.code and span.code == other.code:
        raise ChangeRefused(
            vi=f"Mã {span.code} đang là mã của {other.full_name}. Hãy ghi mã khác, hoặc để trống.",
            en=f"The code {span.code} is that of {other.full_name}. Write another one, or none.",
        )
    if span.parent == other.parent and fold(span.full_name) == fold(other.full_name):
        raise ChangeRefused(
            vi=f"Ở cùng cấp trên đã có {other.full_name}. Hãy chọn tên khác, hoặc dùng chính địa bàn đó.",
            en=f"There is already {other.full_name} in the same place. Choose another name, or use that place.",
        )
