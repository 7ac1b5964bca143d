"""What the shell gathers from the areas, on the short lane."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeVar

from antenne.domain import names
from antenne.domain.board import Action, Badge, Board, MonthLine, SearchHit, Target, Tile, TodoLine, in_order
from antenne.domain.scans import Scan
from antenne.domain.violations import Forbidden
from antenne.ui.kit.area import Area

if TYPE_CHECKING:
    from antenne.services.desk import Desk

T = TypeVar("T")

SEARCH_LIMIT = 8
"""Answers shown per area."""


def load_board(areas: Sequence[Area], desk: Desk) -> Board:
    """Everything the home page shows. What the user's roles forbid is left out, not announced."""
    tiles: list[Tile] = []
    todo: list[TodoLine] = []
    month: list[MonthLine] = []
    for area in areas:
        if area.tiles is not None:
            tiles.extend(_allowed(area.tiles, desk, ()))
        if area.todo is not None:
            todo.extend(_allowed(area.todo, desk, ()))
        if area.month is not None:
            month.extend(_allowed(area.month, desk, ()))
    return Board(tuple(tiles), in_order(tuple(todo)), tuple(month))


def load_badges(areas: Sequence[Area], desk: Desk) -> tuple[Badge, ...]:
    """The pills of the top bar."""
    found = (_allowed(area.badge, desk, None) for area in areas if area.badge is not None)
    return tuple(badge for badge in found if badge is not None)


def search_all(areas: Sequence[Area], desk: Desk, text: str) -> tuple[tuple[str, tuple[SearchHit, ...]], ...]:
    """The answers to ``text``, a group per area that has any."""
    groups: list[tuple[str, tuple[SearchHit, ...]]] = []
    for area in areas:
        if area.search is None:
            continue
        try:
            hits = area.search(desk, text, SEARCH_LIMIT)
        except Forbidden:
            continue
        if hits:
            title = area.search_title or (area.nav.label if area.nav is not None else area.key)
            groups.append((title, tuple(hits)))
    return tuple(groups)


def find_scan(areas: Sequence[Area], desk: Desk, scan: Scan) -> Target | None:
    """Where a scanned code leads: the first area that knows it."""
    for area in areas:
        if area.scan is not None and (target := area.scan(desk, scan)) is not None:
            return target
    return None


def allowed_actions(areas: Sequence[Area], desk: Desk) -> tuple[Action, ...]:
    """What the user may begin, in the order of the areas."""
    return tuple(action for area in areas for action in area.actions if action.right is None or desk.may(action.right))


def matching(actions: Sequence[Action], text: str) -> tuple[Action, ...]:
    """The actions of which every typed word begins a word."""
    typed = names.plain(text).split()
    return tuple(action for action in actions if _fits(action, typed))


def _fits(action: Action, typed: Sequence[str]) -> bool:
    words = names.plain(" ".join((action.label, *action.words))).split()
    return all(any(word.startswith(part) for word in words) for part in typed)


def _allowed(ask: Callable[[Desk], T], desk: Desk, otherwise: T) -> T:
    try:
        return ask(desk)
    except Forbidden:
        return otherwise
