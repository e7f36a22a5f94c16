# SPDX-License-Identifier: Apache-2.0
"""Many networks, or the parts of a huge one, checked side by side in processes of their own."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from multiprocessing import get_context
from typing import TypeVar

from bamsat.core.check.model import Conflict, Network
from bamsat.core.check.solving import conflicts

T = TypeVar("T")
_WAITING = 4


def checked_in_parallel(
    make: Callable[[T], Network], of: Iterable[T], workers: int = 2, most: int = 200
) -> Iterator[tuple[T, list[Conflict]]]:
    """The conflicts of the network that `make` builds of each thing, in the order of the things.

    A network is built where it is checked, and only a few things are under way at a time, so that memory does not grow
    with their number. `make` must be a function of a module.
    """
    with get_context("spawn").Pool(workers, _start, (make, most)) as pool:
        things = iter(of)
        under_way = [(thing, pool.apply_async(_check, (thing,))) for thing in islice(things, _WAITING * workers)]
        while under_way:
            thing, answer = under_way.pop(0)
            yield thing, answer.get()
            under_way.extend((thing, pool.apply_async(_check, (thing,))) for thing in islice(things, 1))


_how: list[tuple[Callable[[object], Network], int]] = []


def _start(make: Callable[[object], Network], most: int) -> None:
    _how[:] = [(make, most)]
    # A network is many small objects without circles: looking for circles among them is time lost.
    gc.set_threshold(200_000, 50, 50)


def _check(thing: object) -> list[Conflict]:
    make, most = _how[0]
    return conflicts(make(thing), most)
