"""Démarches are edited as dated versions: a saved one serves new files from its day, files begun keep theirs."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from antenne.domain.audit import FieldChange
from antenne.domain.changes import CIVIL, Changes, Done
from antenne.domain.civil_routes import FeeRule, PieceRule, Place, Route, Step, When, check_route
from antenne.domain.rights import Right
from antenne.domain.text import clean_line, fold
from antenne.domain.violations import RulesBroken, Violation
from antenne.services import civil
from antenne.services.desk import Desk
from antenne.wording import formats

SUBJECT = "civil_route"


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveRoute:
    """A new version of a démarche; ``route.version`` is not looked at."""

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
    """Write the next version of a démarche, from a day on.

    Raises:
        Forbidden: Without the right to settings.
        RulesBroken: From ``civil_routes.check_route``; ``civil.route_unknown``, ``civil.route_past`` (it would begin
            before today).
    """
    desk.require(Right.SETTINGS)
    asked = command.route
    with desk.write() as uow:
        civil.keep_first_routes(uow)
        known = uow.civil.routes()
        mine = [one for one in known if one.key == asked.key]
        if uow.audit.by_request(command.request_id):
            return Done(mine[-1])
        if not mine:
            raise RulesBroken(Violation("civil.route_unknown"))
        before = mine[-1]
        broken = check_route(asked)
        if asked.since < desk.today:
            broken += (Violation("civil.route_past", "since"),)
        if broken:
            raise RulesBroken(*broken)
        made = replace(asked, version=before.version + 1)
        position = list(dict.fromkeys(one.key for one in known)).index(made.key)
        uow.civil.put_route(made, position)
        said = FieldChange(made.label, f"version {before.version}", f"version {made.version}, {_from(made)}")
        uow.audit.add(
            desk.clock.now(), desk.actor.user_id, "civil.route", SUBJECT, position, (said,), command.request_id
        )
        uow.commit()
    return Done(made, Changes.of(CIVIL))


def _from(route: Route) -> str:
    return f"à partir du {formats.day(route.since)}"


def route_of(answers: Mapping[str, object], before: Route) -> Route:
    """The version that the screen's answers describe; what the screen does not ask stays.

    A piece keeps the code of the piece that bore its name, since files know theirs by it.
    """
    since, until, steps = answers.get("since"), answers.get("until"), answers.get("steps")
    chosen = {Step(code) for code in steps} if isinstance(steps, tuple) else set()
    return replace(
        before,
        label=clean_line(str(answers.get("label") or "")),
        since=since if isinstance(since, dt.date) else before.since,
        until=until if isinstance(until, dt.date) else None,
        stale_days=_whole(answers.get("stale_days"), 0),
        steps=tuple(step for step in Step if step in chosen),
        place=Place(str(answers.get("place") or before.place.value)),
        pieces=_pieces(_rows(answers.get("pieces")), before.pieces),
        fees=tuple(
            FeeRule(clean_line(str(row.get("label") or "")), _whole(row.get("amount"), 0))
            for row in _rows(answers.get("fees"))
        ),
    )


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
            )
        )
    return tuple(made)
