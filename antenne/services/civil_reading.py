"""What the screens ask about many civil files: the board, the list, the overview, children without an act."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import partial

from antenne.db.repositories.civil_board import BoardQuery, FoundFile, RouteKey
from antenne.db.unit_of_work import UnitOfWork
from antenne.domain import civil_overview as rules
from antenne.domain.births import Birth, Precision
from antenne.domain.civil_clock import Clock, declaration_clock
from antenne.domain.civil_overview import (
    Board,
    BoardColumn,
    BoardFilter,
    BoardRow,
    ClassCount,
    Overview,
    Scope,
)
from antenne.domain.civil_routes import ENDED, Result, Route, Step
from antenne.domain.forms.model import Option
from antenne.domain.rights import Right
from antenne.services.civil import routes as known_routes
from antenne.services.desk import Desk
from antenne.services.figures import counted_once
from antenne.wording import civil as words

CARDS = 30
"""Cards of a column; the list has the others."""

_BEFORE_FILING = frozenset({Step.OPENED, Step.PIECES_READY})
_MOST_REQUESTERS = 400


@dataclass(frozen=True, slots=True)
class Choices:
    """What the filters offer: démarches and places with their words."""

    routes: tuple[Option, ...]
    places: tuple[Option, ...]
    classes: tuple[Option, ...] = ()


def board(desk: Desk, asked: BoardFilter, cards: int = CARDS) -> Board:
    """The open files by step: counts, and the first cards of each column, the longest untouched on top.

    Raises:
        Forbidden: Without the right to civil files.
    """
    desk.require(Right.CIVIL)
    with desk.read() as uow:
        read = _Reader(desk, uow)
        query = read.query(replace(asked, scope=Scope.OPEN))
        counts = uow.civil_board.counts(query)
        steps = [step for step in rules.OPEN_STEPS if asked.step in (None, step)]
        columns = tuple(
            BoardColumn(step, counts.get(step, 0), read.rows(_at(query, step), 0, cards) if counts.get(step) else ())
            for step in steps
        )
    return Board(columns)


def _at(query: BoardQuery, step: Step) -> BoardQuery:
    return replace(query, asked=replace(query.asked, step=step))


def list_files(
    desk: Desk, asked: BoardFilter, offset: int, limit: int, sort: str = "", *, descending: bool = False
) -> tuple[tuple[BoardRow, ...], int]:
    """Lines of the list, and how many there are in all.

    Raises:
        Forbidden: Without the right to civil files.
    """
    desk.require(Right.CIVIL)
    with desk.read() as uow:
        read = _Reader(desk, uow)
        query = replace(read.query(asked), sort=sort, descending=descending)
        return read.rows(query, offset, limit), sum(uow.civil_board.counts(query).values())


def rows_of(desk: Desk, file_ids: tuple[int, ...]) -> tuple[BoardRow, ...]:
    """These files, as the list shows them.

    Raises:
        Forbidden: Without the right to civil files.
    """
    desk.require(Right.CIVIL)
    with desk.read() as uow:
        read = _Reader(desk, uow)
        return tuple(read.row(found) for found in uow.civil_board.some(file_ids)) if file_ids else ()


def choices(desk: Desk) -> Choices:
    """What the filters offer.

    Raises:
        Forbidden: Without the right to civil files.
    """
    desk.require(Right.CIVIL)
    with desk.read() as uow:
        newest = {route.key: route.label for route in known_routes(uow)}
        named = uow.civil_board.places()
    classes = desk.settings.options("school_classes", desk.today)
    listed = desk.settings.options("civil_places", desk.today)
    codes = {option.code for option in listed}
    others = tuple(Option(code, desk.settings.label("civil_places", code)) for code in named if code not in codes)
    return Choices(tuple(Option(key, label) for key, label in newest.items()), (*listed, *others), classes)


@dataclass(frozen=True, slots=True)
class Alerts:
    """What is to be looked at: counts of open files."""

    asleep: int
    blocked: int
    hearings: int
    delays: int


def alerts(desk: Desk, hearing_days: int = 7) -> Alerts:
    """Files asleep, blocked, with a hearing within some days, with a delay that ends; counted once for a state.

    Raises:
        Forbidden: Without the right to civil files.
    """
    desk.require(Right.CIVIL)
    return counted_once(desk, f"civil.alerts.{hearing_days}", partial(_alerts, hearing_days=hearing_days))


def _alerts(desk: Desk, hearing_days: int) -> Alerts:
    wanted = (
        BoardFilter(asleep=True),
        BoardFilter(blocked=True),
        BoardFilter(hearing_within=hearing_days),
        BoardFilter(delay_ending=True),
    )
    with desk.read() as uow:
        read = _Reader(desk, uow)
        return Alerts(*(sum(uow.civil_board.counts(read.query(asked)).values()) for asked in wanted))


def overview(desk: Desk, first: dt.date, last: dt.date) -> Overview:
    """Success, delay, cost and free share of a period, by démarche and by place; children without an act.

    Raises:
        Forbidden: Without the right to civil files.
    """
    desk.require(Right.CIVIL)
    return counted_once(desk, f"civil.overview.{first}.{last}", partial(_overview, first=first, last=last))


def _overview(desk: Desk, first: dt.date, last: dt.date) -> Overview:
    with desk.read() as uow:
        found = uow.civil_board.outcomes(first, last)
        classes = _classes(desk, uow)
    by_route = [replace(one, group=route) for route, _, one in found]
    by_place = [replace(one, group=place) for _, place, one in found]
    return Overview(
        routes=rules.figures(by_route, first, last),
        places=rules.figures(by_place, first, last),
        whole=rules.total(by_route, first, last),
        classes=classes,
        exam_on=_exam_on(desk),
    )


def children_without_act(desk: Desk) -> tuple[ClassCount, ...]:
    """Children of open files whose act is not there yet, by class in the order of the school; counted once.

    Raises:
        Forbidden: Without the right to civil files.
    """
    desk.require(Right.CIVIL)
    return counted_once(desk, "civil.classes", _children)


def _children(desk: Desk) -> tuple[ClassCount, ...]:
    with desk.read() as uow:
        return _classes(desk, uow)


def _classes(desk: Desk, uow: UnitOfWork) -> tuple[ClassCount, ...]:
    keys = _act_keys(known_routes(uow))
    order = [option.code for option in desk.settings.options("school_classes", desk.today)]
    found = sorted(
        uow.civil_board.classes(keys),
        key=lambda one: (order.index(one[0]) if one[0] in order else len(order), one[0]),
    )
    return tuple(ClassCount(name, count) for name, count in found)


def _act_keys(routes: Iterable[Route]) -> tuple[str, ...]:
    """Démarches after which a child has an act."""
    return tuple(sorted({one.key for one in routes if one.result in {Result.BIRTH_ACT, Result.COPY}}))


def exam_warning(desk: Desk) -> tuple[dt.date, tuple[ClassCount, ...]] | None:
    """From two months before the exam registration (a setting): its day and the children without an act, or None.

    Raises:
        Forbidden: Without the right to civil files.
    """
    desk.require(Right.CIVIL)
    day = _exam_on(desk)
    if not rules.exam_is_near(day, desk.settings.count(rules.EXAM_WARNING, desk.today), desk.today):
        return None
    found = children_without_act(desk)
    return (day, found) if found else None


def _exam_on(desk: Desk) -> dt.date:
    keys = (rules.EXAM_DAY, rules.EXAM_MONTH)
    return rules.exam_day({key: desk.settings.count(key, desk.today) for key in keys}, desk.today)


class _Reader:
    """Turns found files into rows, with the words of their démarche."""

    def __init__(self, desk: Desk, uow: UnitOfWork) -> None:
        self._desk, self._uow = desk, uow
        self._routes: Mapping[RouteKey, Route] = {(one.key, one.version): one for one in known_routes(uow)}

    def query(self, asked: BoardFilter) -> BoardQuery:
        typed = asked.typed.strip()
        return BoardQuery(
            asked=asked,
            today=self._desk.today,
            stale={key: route.stale_days for key, route in self._routes.items()},
            clocked={key: route.delay.warn_from for key, route in self._routes.items() if route.delay is not None},
            act_keys=_act_keys(self._routes.values()),
            requester_ids=self._desk.persons.search(typed)[:_MOST_REQUESTERS] if typed else (),
        )

    def rows(self, query: BoardQuery, offset: int, limit: int) -> tuple[BoardRow, ...]:
        return tuple(self.row(found) for found in self._uow.civil_board.page(query, offset, limit))

    def row(self, found: FoundFile) -> BoardRow:
        route, today = self._routes.get(found.route), self._desk.today
        clock = self._clock(found, route)
        waits = found.hearing_on is not None and found.hearing_on >= today
        stale = route is not None and (today - found.last_on).days > route.stale_days
        return BoardRow(
            file_id=found.id,
            number=found.number,
            name=found.name,
            requester=found.requester,
            route_key=found.route[0],
            route=found.route[0] if route is None else route.label,
            step=found.step,
            step_words=words.STEPS_OF_FILES[found.step] if route is None else words.step(found.step, route),
            since=found.since,
            last_on=found.last_on,
            hearing_on=found.hearing_on,
            deliberating=found.deliberating,
            blocked_since=found.blocked_since,
            remind_on=found.remind_on,
            place=self._desk.settings.label("civil_places", found.place),
            school_class=self._desk.settings.label("school_classes", found.school_class),
            asleep=stale and not waits and found.step not in ENDED,
            last_day=None if clock is None else clock.last_day,
            delay_state=None if clock is None else clock.state,
            opened_on=found.opened_on,
        )

    def _clock(self, found: FoundFile, route: Route | None) -> Clock | None:
        """The delay of a birth known to the day, while nothing was filed."""
        if route is None or route.delay is None or found.step not in _BEFORE_FILING:
            return None
        if found.birth is None or found.birth > self._desk.today:
            return None
        return declaration_clock(Birth(Precision.DAY, found.birth), self._desk.today, route.delay)
