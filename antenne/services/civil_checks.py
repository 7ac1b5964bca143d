"""What ``controler`` asks of the civil files: numbers, the state folded from the events, strays, how fees were paid."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from antenne.db.unit_of_work import UnitOfWork
from antenne.domain.civil import CivilEvent, EventKind
from antenne.domain.civil_routes import Step
from antenne.domain.civil_standing import Standing, standing
from antenne.services.checks import Check, Finding
from antenne.services.civil import COUNTER
from antenne.services.desk import Desk
from antenne.wording import formats

_NAMED = 20
_NUMBER = re.compile(r"N-(\d{4})-(\d{4,})", re.ASCII)
_NO_TIME = dt.datetime.min.replace(tzinfo=dt.UTC)


def _listed(found: list[str]) -> str:
    more = len(found) - _NAMED
    return ", ".join(found[:_NAMED]) + (f", et {more} autres" if more > 0 else "")


def civil_numbers(desk: Desk) -> Finding:
    """Numbers of a year follow each other from 1 to the counter: none is missing, none lies beyond it."""
    wrong: list[str] = []
    years: dict[int, set[int]] = defaultdict(set)
    with desk.read() as uow:
        for (number,) in uow.rows("SELECT number FROM civil_file ORDER BY number"):
            match = _NUMBER.fullmatch(number)
            if match is None:
                wrong.append(number)
            else:
                years[int(match[1])].add(int(match[2]))
        last = {year: uow.counters.last(f"{COUNTER}/{year}") for year in years}
    for year, given in sorted(years.items()):
        missing = set(range(1, last[year] + 1)) ^ given
        wrong += [f"N-{year}-{number:04d}" for number in sorted(missing)]
    total = sum(map(len, years.values()))
    said = f"numéros à revoir\u00a0: {_listed(wrong)}" if wrong else f"{total} numéros qui se suivent"
    return Finding("Numéros des dossiers d’état civil", not wrong, said)


_COLUMNS = (
    "step", "since", "last_on", "hearing_on", "deliberating", "blocked_since", "remind_on", "received_on",
    "handed_on", "reopened_on", "closed",
)  # fmt: skip
_STATES = f"SELECT id, number, opened_on, {', '.join(_COLUMNS)} FROM civil_file ORDER BY id"  # noqa: S608 - own names
_EVENTS = 'SELECT file_id, kind, "on", step, until FROM civil_event ORDER BY file_id, id'


def civil_states(desk: Desk) -> Finding:
    """The state that lists and boards read is the one that the journal gives, file by file."""
    with desk.read() as uow:
        journals = dict(_journals(uow))
        rows = uow.rows(_STATES)
    wrong = [
        number
        for file_id, number, opened, *kept in rows
        if tuple(kept) != _folded(standing(dt.date.fromisoformat(opened), journals.get(file_id, ())))
    ]
    said = f"dossiers qui ne suivent plus leur journal\u00a0: {_listed(wrong)}"
    return Finding("État des dossiers d’état civil", not wrong, said if wrong else f"{len(rows)} conformes au journal")


def _journals(uow: UnitOfWork) -> Iterator[tuple[int, tuple[CivilEvent, ...]]]:
    for file_id, rows in groupby(uow.rows(_EVENTS), key=lambda row: int(row[0])):
        yield file_id, tuple(_event(*row[1:]) for row in rows)


def _event(kind: str, on: str, step: str | None, until: str | None) -> CivilEvent:
    """What the fold reads of an event."""
    return CivilEvent(
        kind=EventKind(kind),
        on=dt.date.fromisoformat(on),
        written_at=_NO_TIME,
        actor_id=0,
        step=None if step is None else Step(step),
        until=None if until is None else dt.date.fromisoformat(until),
    )


def _folded(now: Standing) -> tuple[Any, ...]:
    """As the columns hold it."""
    values = (
        now.step.value, now.since, now.last_on, now.hearing_on, int(now.deliberating), now.blocked_since,
        now.remind_on, now.received_on, now.handed_on, now.reopened_on, int(now.closed),
    )  # fmt: skip
    return tuple(value.isoformat() if isinstance(value, dt.date) else value for value in values)


_STRAYS = {
    "événements": "SELECT count(*) FROM civil_event WHERE file_id NOT IN (SELECT id FROM civil_file)",
    "pièces": "SELECT count(*) FROM civil_piece WHERE file_id NOT IN (SELECT id FROM civil_file)",
    "frais": "SELECT count(*) FROM civil_fee WHERE file_id NOT IN (SELECT id FROM civil_file)",
    "pages scannées": "SELECT count(*) FROM civil_scan WHERE piece_id NOT IN (SELECT id FROM civil_piece)",
    "lignes de tournée": (
        "SELECT count(*) FROM civil_trip_file WHERE file_id NOT IN (SELECT id FROM civil_file)"
        " OR trip_id NOT IN (SELECT id FROM civil_trip)"
        " OR event_id IS NOT NULL AND event_id NOT IN (SELECT id FROM civil_event)"
    ),
    "dossiers sans demandeuse": (
        "SELECT count(*) FROM civil_file WHERE requester_id NOT IN (SELECT id FROM person)"
        " OR person_id IS NOT NULL AND person_id NOT IN (SELECT id FROM person)"
    ),
    "dossiers sans démarche": (
        "SELECT count(*) FROM civil_file f WHERE NOT EXISTS"
        " (SELECT 1 FROM civil_route r WHERE r.key = f.route_key AND r.version = f.route_version)"
    ),
}


def civil_strays(desk: Desk) -> Finding:
    """Events, pieces, fees, pages without their file; files without a démarche or a woman who asked."""
    with desk.read() as uow:
        found = {name: uow.rows(query)[0][0] for name, query in _STRAYS.items()}
    bad = ", ".join(f"{name}\u00a0: {count}" for name, count in found.items() if count)
    return Finding("Pièces, frais et pages d’état civil", not bad, bad or "chacun à sa place")


_PAID = {
    "frais dont le reçu a disparu ou est annulé": (
        "SELECT f.number FROM civil_fee e JOIN civil_file f ON f.id = e.file_id"
        " LEFT JOIN receipt r ON r.id = e.receipt_id AND r.cancelled_on IS NULL"
        " WHERE e.receipt_id IS NOT NULL AND r.id IS NULL"
    ),
    "frais qui ne sont pas sur leur reçu": (
        "SELECT f.number FROM civil_fee e JOIN civil_file f ON f.id = e.file_id"
        " JOIN receipt r ON r.id = e.receipt_id AND r.cancelled_on IS NULL"
        " WHERE NOT EXISTS (SELECT 1 FROM receipt_line l WHERE l.receipt_id = r.id"
        " AND l.kind = 'civil_fee' AND l.subject_id = e.id AND l.amount = e.amount)"
    ),
    "frais encaissés deux fois ou détachés de leur reçu": (
        "SELECT r.name FROM (SELECT l.subject_id AS fee, r.id AS id, r.year || '-' || r.number AS name"
        " FROM receipt_line l JOIN receipt r ON r.id = l.receipt_id"
        " WHERE l.kind = 'civil_fee' AND r.cancelled_on IS NULL) r"
        " LEFT JOIN civil_fee e ON e.id = r.fee AND e.receipt_id = r.id AND e.cancelled = 0 WHERE e.id IS NULL"
    ),
    "frais dont le bon a disparu": (
        "SELECT f.number FROM civil_fee e JOIN civil_file f ON f.id = e.file_id"
        " WHERE e.expense_id IS NOT NULL AND e.expense_id NOT IN (SELECT id FROM expense)"
    ),
    "frais payés par une autre que celle qui est notée": (
        "SELECT f.number FROM civil_fee e JOIN civil_file f ON f.id = e.file_id"
        " WHERE e.receipt_id IS NOT NULL AND e.payer <> 'she' OR e.expense_id IS NOT NULL AND e.payer <> 'project'"
    ),
}


def civil_fees(desk: Desk) -> Finding:
    """Each paid fee has its receipt or voucher, for its sum and by its payer, and each receipt its fee."""
    faults: list[str] = []
    with desk.read() as uow:
        for name, query in _PAID.items():
            faults += [f"{name} ({row[0]})" for row in uow.rows(query)]
        paid = uow.rows("SELECT count(*) FROM civil_fee WHERE receipt_id IS NOT NULL OR expense_id IS NOT NULL")[0][0]
    said = _listed(faults) if faults else f"{formats.number(paid)} frais payés, chacun avec son papier"
    return Finding("Frais d’état civil", not faults, said)


CIVIL_CHECKS: tuple[Check, ...] = (civil_numbers, civil_states, civil_strays, civil_fees)
"""The checks of the civil files, for the area's ``checks``."""
