"""The civil files' figures: indicators of the report with the files behind them, counts by step on a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from antenne.db.repositories.civil_board import FOR_THE_PAPER
from antenne.db.unit_of_work import UnitOfWork
from antenne.domain.account_papers import Period
from antenne.domain.civil_counts import StepCounts, count_steps
from antenne.domain.civil_routes import Beneficiary, Result, Step
from antenne.domain.indicators import Counted, Indicator, Part
from antenne.domain.rights import Right
from antenne.services.civil import routes
from antenne.services.desk import Desk
from antenne.wording import reports as words

_GIVEN = (
    "SELECT f.id, f.beneficiary FROM civil_file f"
    " JOIN civil_route r ON r.key = f.route_key AND r.version = f.route_version"
    " WHERE json_extract(r.body, '$.result') = :result AND {day} BETWEEN :first AND :last"
)
_FREE = (
    " AND NOT EXISTS (SELECT 1 FROM civil_fee e"  # noqa: S608 - own words
    f" WHERE e.file_id = f.id AND e.payer <> 'free' AND e.amount > 0 AND {FOR_THE_PAPER.format(file='f', fee='e')})"
)
_RECEIVED = _GIVEN.format(day="f.received_on")
_HANDED = _GIVEN.format(day="f.handed_on")
_ORDER = " ORDER BY f.id"

_LEFT = (
    "(SELECT e.{column} FROM civil_event e WHERE e.file_id = f.id AND e.kind = 'rerouted' AND e.left_key <> ''"
    ' AND e."on" > :on ORDER BY e.id LIMIT 1)'
)
_STOOD = (
    f"SELECT coalesce({_LEFT.format(column='left_key')}, f.route_key),"  # noqa: S608 - own words
    " coalesce((SELECT e.step FROM civil_event e WHERE e.file_id = f.id AND e.step IS NOT NULL"
    " AND e.kind IN ('step', 'reopened', 'taken_back') AND e.\"on\" <= :on ORDER BY e.id DESC LIMIT 1), 'opened')"
    " FROM civil_file f WHERE f.opened_on <= :on"
)
"""The démarche and the step of each file on a day, as ``civil_standing`` folds its events of that day and before."""

_Rows = list[tuple[int, str]]


def _rows(uow: UnitOfWork, query: str, result: Result, period: Period) -> _Rows:
    found = uow.rows(query + _ORDER, result=result.value, first=period.first.isoformat(), last=period.last.isoformat())
    return [(file_id, beneficiary) for file_id, beneficiary in found]


def _split(rows: _Rows) -> tuple[Part, ...]:
    """For herself, a minor, a child; the three add up to the figure."""
    held = [beneficiary for _, beneficiary in rows]
    return tuple(Part(words.BENEFICIARIES[one], held.count(one.value)) for one in _SHOWN)


_SHOWN = (Beneficiary.SELF, Beneficiary.MINOR, Beneficiary.CHILD)


def _indicator(code: str, query: str, result: Result, *, handed: bool = True) -> Indicator[UnitOfWork]:
    said = words.INDICATORS[code]

    def found(uow: UnitOfWork, period: Period) -> _Rows:
        return _rows(uow, query, result, period)

    return Indicator(
        code=code,
        label=said.label,
        unit=said.unit,
        definition=said.definition,
        count=_counting(found, result, handed=handed),
        records=lambda uow, period: tuple(file_id for file_id, _ in found(uow, period)),
    )


def _counting(
    found: Callable[[UnitOfWork, Period], _Rows], result: Result, *, handed: bool
) -> Callable[[UnitOfWork, Period], Counted]:
    def count(uow: UnitOfWork, period: Period) -> Counted:
        rows = found(uow, period)
        given = (Part(words.HANDED, len(_rows(uow, _HANDED, result, period))),) if handed else ()
        return Counted(len(rows), (*_split(rows), *given))

    return count


CIVIL_INDICATORS: tuple[Indicator[UnitOfWork], ...] = (
    _indicator("etat_civil.actes_de_naissance_etablis", _RECEIVED, Result.BIRTH_ACT),
    _indicator("etat_civil.actes_de_naissance_gratuits", _RECEIVED + _FREE, Result.BIRTH_ACT, handed=False),
    _indicator("etat_civil.cartes_identite", _RECEIVED, Result.IDENTITY_CARD),
)
"""What the report says of the civil files (rules: How the report words the 2024 figures)."""


def count_by_step(desk: Desk, on: dt.date) -> StepCounts:
    """Files opened by a day, by the step at which they stood then; those that had not ended, by démarche of that day.

    Raises:
        Forbidden: Without the right to totals.
    """
    desk.require(Right.AGGREGATES)
    with desk.read() as uow:
        files = [(route_key, Step(step)) for route_key, step in uow.rows(_STOOD, on=on.isoformat())]
        keys = dict.fromkeys(route.key for route in routes(uow) if route.since <= on)
    return count_steps(on, files, keys)


def route_labels(desk: Desk, on: dt.date) -> dict[str, str]:
    """The name that each démarche had on a day; the first one of those that came later.

    Raises:
        Forbidden: Without the right to totals.
    """
    desk.require(Right.AGGREGATES)
    named: dict[str, str] = {}
    with desk.read() as uow:
        for route in routes(uow):
            if route.since <= on or route.key not in named:
                named[route.key] = route.label
    return named
