"""Figures of the home page: counted once, and again only after something was written or the day has changed."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from antenne.services.desk import Desk

T = TypeVar("T")


def counted_once(desk: Desk, name: str, count: Callable[[Desk], T]) -> T:
    """What ``count`` gave for this state of the base; every change appends to the audit chain, so its end tells.

    Args:
        desk: The office.
        name: Of the figure, one for each ``count``.
        count: Reads the base; its value must not be changed by who receives it.
    """
    with desk.read() as uow:
        last = uow.rows("SELECT max(id) FROM audit")[0][0]
    state = (last, desk.today)
    kept = desk.counted.get(name)
    if kept is not None and kept[0] == state:
        return kept[1]  # type: ignore[no-any-return]  # kept under the name of the same count
    value = count(desk)
    desk.counted[name] = (state, value)
    return value
