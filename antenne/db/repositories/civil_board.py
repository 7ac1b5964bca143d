"""The board of civil files in SQL: only the columns folded from the events are read, never the events."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import text
from sqlalchemy.orm import Session

from antenne.domain.civil_overview import BoardFilter, Outcome, Scope
from antenne.domain.civil_routes import Step
from antenne.domain.text import fold

RouteKey = tuple[str, int]
"""Key and version of a démarche."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardQuery:
    """One reading of the files.

    Attributes:
        asked: What the user asked for.
        today: The present day.
        stale: Each version of each démarche, and the days after which its files are asleep.
        clocked: Versions of démarches with a delay, and the day after the birth from which it presses.
        act_keys: Démarches that give an act or its copy.
        requester_ids: Women whose name was typed.
        sort: Key of a column; the longest untouched first where unknown.
        descending: Its direction.
    """

    asked: BoardFilter
    today: dt.date
    stale: Mapping[RouteKey, int]
    clocked: Mapping[RouteKey, int]
    act_keys: tuple[str, ...] = ()
    requester_ids: tuple[int, ...] = ()
    sort: str = ""
    descending: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundFile:
    """One file as the table has it."""

    id: int
    number: str
    route: RouteKey
    step: Step
    since: dt.date
    last_on: dt.date
    opened_on: dt.date
    hearing_on: dt.date | None
    deliberating: bool
    blocked_since: dt.date | None
    remind_on: dt.date | None
    place: str
    school_class: str
    birth: dt.date | None
    name: str
    requester: str


_COLUMNS: Final = (
    "f.id, f.number, f.route_key, f.route_version, f.step, f.since, f.last_on, f.opened_on, f.hearing_on,"
    " f.deliberating, f.blocked_since, f.remind_on, f.place, f.school_class,"
    " CASE f.birth_precision WHEN 'day' THEN f.birth_value END AS birth,"
    " f.last_name, f.first_name, p.last_name AS her_last, p.first_name AS her_first"
)
_FROM: Final = " FROM civil_file f LEFT JOIN person p ON p.id = f.requester_id"
_SORTS: Final = {
    "number": "f.id",
    "name": "f.child_norm",
    "requester": "p.last_name, p.first_name",
    "route": "f.route_key",
    "step": "f.step",
    "since": "f.since",
    "last": "f.last_on",
    "hearing": "f.hearing_on IS NULL, f.hearing_on",
    "place": "f.place",
    "class": "f.school_class",
}


class CivilBoardRepository:
    """Counts, cards and pages of files; what the overview adds up."""

    def __init__(self, session: Session) -> None:
        """Work inside this session."""
        self._session = session

    def counts(self, query: BoardQuery) -> dict[Step, int]:
        """How many files stand at each step."""
        where, values = _where(query)
        sql = f"SELECT f.step, count(*) FROM civil_file f WHERE {where} GROUP BY f.step"  # noqa: S608 - own text, values are bound
        return {Step(step): count for step, count in self._session.execute(text(sql), values)}

    def page(self, query: BoardQuery, offset: int, limit: int) -> tuple[FoundFile, ...]:
        """Files in the order of the query."""
        where, values = _where(query)
        way = " DESC" if query.descending else ""
        order = ", ".join(f"{one}{way}" for one in _SORTS.get(query.sort, _SORTS["last"]).split(", "))
        sql = f"SELECT {_COLUMNS}{_FROM} WHERE {where} ORDER BY {order}, f.id LIMIT :limit OFFSET :offset"
        rows = self._session.execute(text(sql), {**values, "limit": limit, "offset": offset})
        return tuple(_found(row) for row in rows)

    def some(self, file_ids: Sequence[int]) -> tuple[FoundFile, ...]:
        """These files, in the order of their ids."""
        ids = ", ".join(str(int(one)) for one in file_ids)
        sql = f"SELECT {_COLUMNS}{_FROM} WHERE f.id IN ({ids}) ORDER BY f.id"
        return tuple(_found(row) for row in self._session.execute(text(sql)))

    def places(self) -> tuple[str, ...]:
        """Courts and town halls that files name."""
        rows = self._session.execute(text("SELECT DISTINCT place FROM civil_file WHERE place <> '' ORDER BY place"))
        return tuple(row[0] for row in rows)

    def outcomes(self, first: dt.date, last: dt.date) -> tuple[tuple[str, str, Outcome], ...]:
        """Files opened, received or ended in a period: démarche, place and figures with an empty group."""
        rows = self._session.execute(text(_OUTCOMES), {"first": first.isoformat(), "last": last.isoformat()})
        return tuple((row.route_key, row.place, _outcome(row)) for row in rows)

    def classes(self, route_keys: Sequence[str]) -> tuple[tuple[str, int], ...]:
        """Children whose act is not there yet, counted by class."""
        where, keys = _waits_for_act(route_keys)
        sql = (
            "SELECT f.school_class, count(DISTINCT f.child_norm || coalesce(f.birth_value, f.id)) FROM civil_file f"  # noqa: S608 - own text, values are bound
            f" WHERE f.closed = 0 AND {where} GROUP BY f.school_class"
        )
        return tuple((name, count) for name, count in self._session.execute(text(sql), keys)) if keys else ()


FOR_THE_PAPER: Final = (
    '{fee}.cancelled = 0 AND NOT coalesce({fee}."on" >= {file}.reopened_on'
    ' AND substr({fee}."on", 1, 4) > substr({file}.received_on, 1, 4), 0)'
)
"""Fees of the paper that counts (``domain.civil_rules.counts_for_paper``)."""

_OUTCOMES: Final = f"""
SELECT f.route_key, f.place, f.closed, f.since, f.opened_on, f.received_on, f.handed_on,
       coalesce(s.she, 0) AS she, coalesce(s.project, 0) AS project
FROM civil_file f
LEFT JOIN (
    SELECT file_id, sum(CASE payer WHEN 'she' THEN amount ELSE 0 END) AS she,
           sum(CASE payer WHEN 'project' THEN amount ELSE 0 END) AS project
    FROM civil_fee e JOIN civil_file g ON g.id = e.file_id
    WHERE {FOR_THE_PAPER.format(file="g", fee="e")} GROUP BY file_id
) s ON s.file_id = f.id
WHERE f.opened_on BETWEEN :first AND :last OR f.received_on BETWEEN :first AND :last
   OR f.handed_on BETWEEN :first AND :last OR (f.closed = 1 AND f.since BETWEEN :first AND :last)
"""  # noqa: S608 - own text, values are bound


def _where(query: BoardQuery) -> tuple[str, dict[str, Any]]:
    """The conditions, all of which must hold, and their values."""
    asked = query.asked
    said = [{Scope.OPEN: "f.closed = 0", Scope.CLOSED: "f.closed = 1", Scope.ALL: "1"}[asked.scope]]
    values: dict[str, Any] = {"today": query.today.isoformat()}
    exact = {
        "step": asked.step.value if asked.step else "",
        "route_key": asked.route_key,
        "place": asked.place,
        "school_class": asked.school_class,
        "beneficiary": asked.beneficiary.value if asked.beneficiary else "",
    }
    for column, value in exact.items():
        if value:
            said.append(f"f.{column} = :{column}")
            values[column] = value
    if asked.blocked:
        said.append("f.blocked_since IS NOT NULL")
    if asked.hearing_within is not None:
        said.append("f.hearing_on BETWEEN :today AND :hearing_until")
        values["hearing_until"] = (query.today + dt.timedelta(days=asked.hearing_within)).isoformat()
    waits = _waits_for_act(query.act_keys) if asked.without_act else ("", {})
    for clause, more in (_asleep(query), _delay(query), _typed(query), waits):
        if clause:
            said.append(clause)
            values |= more
    return " AND ".join(said), values


def _waits_for_act(route_keys: Sequence[str]) -> tuple[str, dict[str, Any]]:
    """Children at school whose paper did not come yet, or is to come again."""
    keys = {f"act{number}": key for number, key in enumerate(route_keys)}
    named = ", ".join(f":{name}" for name in keys) or "''"
    here = "f.step <> 'received' AND f.beneficiary <> 'self' AND f.school_class <> ''"
    return f"{here} AND f.route_key IN ({named})", keys


def _asleep(query: BoardQuery) -> tuple[str, dict[str, Any]]:
    """No event for longer than the démarche allows, and no hearing awaited (``civil.is_asleep``)."""
    if not query.asked.asleep:
        return "", {}
    values: dict[str, Any] = {}
    cases = []
    for number, (version, days) in enumerate(query.stale.items()):
        cases.append(f"({_of_version('s', number)} AND f.last_on < :s{number}d)")
        values |= _days_before(query, "s", number, version, days)
    waits = "f.closed = 0 AND (f.hearing_on IS NULL OR f.hearing_on < :today)"
    return f"{waits} AND ({' OR '.join(cases) or '0'})", values


def _delay(query: BoardQuery) -> tuple[str, dict[str, Any]]:
    """A birth known to the day, whose démarche warns by now, that is not filed yet."""
    if not query.asked.delay_ending:
        return "", {}
    values: dict[str, Any] = {}
    cases = []
    for number, (version, days) in enumerate(query.clocked.items()):
        cases.append(f"({_of_version('w', number)} AND f.birth_value <= :w{number}d)")
        values |= _days_before(query, "w", number, version, days)
    steps = "f.step IN ('opened', 'pieces_ready')"
    return f"{steps} AND f.birth_precision = 'day' AND ({' OR '.join(cases) or '0'})", values


def _of_version(letter: str, number: int) -> str:
    return f"f.route_key = :{letter}{number}k AND f.route_version = :{letter}{number}v"


def _days_before(query: BoardQuery, letter: str, number: int, version: RouteKey, days: int) -> dict[str, Any]:
    """What :func:`_of_version` compares with, and the day so long ago."""
    since = (query.today - dt.timedelta(days=days)).isoformat()
    return {f"{letter}{number}k": version[0], f"{letter}{number}v": version[1], f"{letter}{number}d": since}


def _typed(query: BoardQuery) -> tuple[str, dict[str, Any]]:
    """A number, the names on the act in any order, or the woman who asks."""
    words = fold(query.asked.typed).split()
    if not words:
        return "", {}
    values: dict[str, Any] = {"typed_number": f"%{_escaped(query.asked.typed.strip())}%"}
    names = []
    for place, word in enumerate(words):
        values[f"word{place}"] = f"%{_escaped(word)}%"
        names.append(f"f.child_norm LIKE :word{place} ESCAPE '!'")
    either = [f"({' AND '.join(names)})", "f.number LIKE :typed_number ESCAPE '!'"]
    if query.requester_ids:
        either.append(f"f.requester_id IN ({', '.join(str(int(one)) for one in query.requester_ids)})")
    return f"({' OR '.join(either)})", values


def _escaped(word: str) -> str:
    return word.replace("!", "!!").replace("%", "!%").replace("_", "!_")


def _day(value: str | None) -> dt.date | None:
    return None if value is None else dt.date.fromisoformat(value)


def _found(row: Any) -> FoundFile:
    return FoundFile(
        id=row.id,
        number=row.number,
        route=(row.route_key, row.route_version),
        step=Step(row.step),
        since=dt.date.fromisoformat(row.since),
        last_on=dt.date.fromisoformat(row.last_on),
        opened_on=dt.date.fromisoformat(row.opened_on),
        hearing_on=_day(row.hearing_on),
        deliberating=bool(row.deliberating),
        blocked_since=_day(row.blocked_since),
        remind_on=_day(row.remind_on),
        place=row.place,
        school_class=row.school_class,
        birth=_day(row.birth),
        name=f"{row.last_name.upper()} {row.first_name}".strip(),
        requester=f"{(row.her_last or '').upper()} {row.her_first or ''}".strip(),
    )


def _outcome(row: Any) -> Outcome:
    ended = row.handed_on or (row.since if row.closed else None)
    return Outcome(
        group="",
        handed=row.handed_on is not None,
        ended_on=_day(ended),
        opened_on=dt.date.fromisoformat(row.opened_on),
        received_on=_day(row.received_on),
        she=row.she,
        project=row.project,
    )
