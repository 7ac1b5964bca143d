"""Démarches are edited as dated versions: a saved one serves new files from its day, files begun keep theirs."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from antenne.domain.audit import FieldChange
from antenne.domain.changes import CIVIL, Changes, Done
from antenne.domain.civil_clock import Delay
from antenne.domain.civil_routes import (
    Beneficiary,
    FeeRule,
    PieceRule,
    Place,
    Result,
    Route,
    Step,
    When,
    check_route,
    new_key,
)
from antenne.domain.rights import Right
from antenne.domain.text import clean_line, fold
from antenne.domain.violations import RulesBroken, Violation
from antenne.services import civil
from antenne.services.desk import Desk
from antenne.wording import formats

SUBJECT = "civil_route"
PAPER, PERSONS = "papier", "personnes"
"""What a row of the checklist is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveRoute:
    """A new version of a démarche, or a new démarche where ``route.key`` is empty; its version is not looked at."""

    request_id: str
    route: Route


def list_routes(desk: Desk) -> tuple[Route, ...]:
    """Every version of every démarche, in the order of the list.

    Raises:
        Forbidden: Without the right to civil files.
    """
    desk.require(Right.CIVIL)
    with desk.read() as uow:
        return civil.routes(uow)


def save_route(desk: Desk, command: SaveRoute) -> Done[Route]:
    """Write the next version of a démarche from a day on, or a new démarche.

    Raises:
        Forbidden: Without the right to settings.
        RulesBroken: From ``civil_routes.check_route``; ``civil.route_unknown``, ``civil.route_past`` (it would begin
            before today), ``civil.route_twice`` (another one bears its name).
    """
    desk.require(Right.SETTINGS)
    asked = command.route
    with desk.write() as uow:
        civil.keep_first_routes(uow)
        known = uow.civil.routes()
        newest = {one.key: one for one in known}
        keys = list(newest)
        if old := uow.audit.by_request(command.request_id):
            return Done(newest[keys[old[1]]])
        if asked.key and asked.key not in newest:
            raise RulesBroken(Violation("civil.route_unknown"))
        broken = (*check_route(asked), *_check_beside(asked, newest.values(), desk.today))
        if broken:
            raise RulesBroken(*broken)
        before = newest.get(asked.key)
        key = asked.key or new_key(asked.label, keys)
        made = replace(asked, key=key, version=1 if before is None else before.version + 1)
        position = len(keys) if before is None else keys.index(key)
        uow.civil.put_route(made, position)
        action = "civil.route_new" if before is None else "civil.route"
        version = "" if before is None else f"version {before.version}"
        said = FieldChange(made.label, version, f"version {made.version}, {_from(made)}")
        uow.audit.add(desk.clock.now(), desk.actor.user_id, action, SUBJECT, position, (said,), command.request_id)
        uow.commit()
    return Done(made, Changes.of(CIVIL))


def _check_beside(asked: Route, newest: Iterable[Route], today: dt.date) -> Iterator[Violation]:
    """What the others and the day say against a version."""
    if asked.since < today:
        yield Violation("civil.route_past", "since")
    going = (one for one in newest if one.key != asked.key and (one.until is None or one.until >= today))
    if any(fold(one.label) == fold(asked.label) for one in going):
        yield Violation("civil.route_twice", "label")


def first_of(on: dt.date) -> Route:
    """What a new démarche begins with on the screen: the shortest way, for everyone."""
    return Route(
        key="",
        since=on,
        label="",
        steps=(Step.OPENED, Step.PIECES_READY, Step.FILED, Step.RECEIVED, Step.HANDED),
        place=Place.TOWN_HALL,
        result=Result.OTHER,
    )


def _from(route: Route) -> str:
    return f"à partir du {formats.day(route.since)}"


def route_of(answers: Mapping[str, object], before: Route) -> Route:
    """The version that the screen's answers describe; what the screen does not ask stays.

    A piece keeps the code of the piece that bore its name, since files know theirs by it.
    """
    since, until = answers.get("since"), answers.get("until")
    chosen = {Step(code) for code in _codes(answers, "steps")}
    whom = {Beneficiary(code) for code in _codes(answers, "beneficiaries")}
    return replace(
        before,
        label=clean_line(str(answers.get("label") or "")),
        since=since if isinstance(since, dt.date) else before.since,
        until=until if isinstance(until, dt.date) else None,
        stale_days=_whole(answers.get("stale_days"), 0),
        steps=tuple(step for step in Step if step in chosen),
        place=Place(str(answers.get("place") or before.place.value)),
        result=Result(str(answers.get("result") or before.result.value)),
        beneficiaries=tuple(one for one in Beneficiary if one in whom),
        delay=_delay(answers),
        source=clean_line(str(answers.get("source") or "")),
        pieces=_pieces(_rows(answers.get("pieces")), before.pieces),
        fees=tuple(
            FeeRule(clean_line(str(row.get("label") or "")), _whole(row.get("amount"), 0))
            for row in _rows(answers.get("fees"))
        ),
    )


def _codes(answers: Mapping[str, object], key: str) -> tuple[str, ...]:
    value = answers.get(key)
    return value if isinstance(value, tuple) else ()


def _delay(answers: Mapping[str, object]) -> Delay | None:
    """The delay, where its days are typed; an answer that is missing is 0, which the rules refuse."""
    if not isinstance(answers.get("free_days"), int):
        return None
    return Delay(*(_whole(answers.get(name), 0) for name in ("free_days", "warn_from", "doubt_from", "doubt_until")))


def _rows(value: object) -> Sequence[Mapping[str, object]]:
    return value if isinstance(value, tuple) else ()


def _whole(value: object, otherwise: int) -> int:
    return value if isinstance(value, int) else otherwise


def _pieces(rows: Sequence[Mapping[str, object]], known: Sequence[PieceRule]) -> tuple[PieceRule, ...]:
    """The rows as pieces; two of one name get one code, which the rules refuse."""
    codes = {fold(piece.label): piece.code for piece in known}
    made = []
    for row in rows:
        label = clean_line(str(row.get("label") or ""))
        made.append(
            PieceRule(
                code=codes.get(fold(label)) or re.sub(r"[^a-z0-9]+", "_", fold(label)).strip("_"),
                label=label,
                when=When(str(row.get("when") or When.ALWAYS.value)),
                copies=_whole(row.get("copies"), 1),
                alternative=clean_line(str(row.get("alternative") or "")),
                paper=row.get("kind") != PERSONS,
            )
        )
    return tuple(made)
