"""Civil files: open, answer, take a step, postpone, hand over; every event stays in the journal."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from antenne.db.unit_of_work import UnitOfWork
from antenne.domain import civil_routes
from antenne.domain import civil_rules as rules
from antenne.domain.audit import FieldChange
from antenne.domain.changes import CIVIL, MEMBERS, Changes, Done
from antenne.domain.civil import CivilEvent, CivilFee, CivilFile, CivilPiece, EventKind, Payer
from antenne.domain.civil_first_routes import ROUTES
from antenne.domain.civil_routes import Route, Step
from antenne.domain.civil_standing import Standing, next_step, slip_of, standing
from antenne.domain.money import grouped
from antenne.domain.rights import Right
from antenne.domain.violations import RulesBroken, Violation
from antenne.services.desk import Desk

SUBJECT = "civil_file"
COUNTER = "civil"


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenFile:
    """Open a file; ``file`` has no id, no number and no version yet."""

    request_id: str
    file: CivilFile


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveFile:
    """Change the answers of a file; its checklist follows them."""

    request_id: str
    file: CivilFile


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteEvent:
    """Write one line of the journal: a step, a hearing, a note, a reason…; ``event.written_at`` is the program's."""

    request_id: str
    file_id: int
    event: CivilEvent


@dataclass(frozen=True, slots=True, kw_only=True)
class Reroute:
    """Go on by another démarche: the delay is past, the court sends elsewhere; nothing typed is lost."""

    request_id: str
    file_id: int
    route_key: str
    reason: str


@dataclass(frozen=True, slots=True)
class FilePage:
    """Everything of one file.

    Attributes:
        standing: Where it stands.
        missing: Required pieces that never came.
        next_step: What follows in its route, or None.
    """

    file: CivilFile
    route: Route
    standing: Standing
    events: tuple[CivilEvent, ...]
    pieces: tuple[CivilPiece, ...]
    fees: tuple[CivilFee, ...]

    @property
    def missing(self) -> tuple[CivilPiece, ...]:
        """Required pieces that never came."""
        return rules.missing_pieces(self.pieces)

    @property
    def next_step(self) -> Step | None:
        """What follows in its route, or None for a closed file."""
        return next_step(self.route, self.standing)


def routes(uow: UnitOfWork) -> tuple[Route, ...]:
    """Every version of every démarche; the office's first ones where none was written yet."""
    found = uow.civil.routes()
    return found or ROUTES


def keep_first_routes(uow: UnitOfWork) -> None:
    """Write the démarches where the base has none: the first file, or the first change on the screen, does it."""
    if not uow.civil.routes():
        for position, route in enumerate(ROUTES):
            uow.civil.put_route(route, position)


def load_page(desk: Desk, file_id: int) -> FilePage:
    """Everything of one file.

    Raises:
        Forbidden: Without the right to civil files.
        RulesBroken: ``civil.unknown``.
    """
    desk.require(Right.CIVIL)
    with desk.read() as uow:
        return page_of(uow, file_id)


def page_of(uow: UnitOfWork, file_id: int) -> FilePage:
    """Everything of one file, inside a transaction.

    Raises:
        RulesBroken: ``civil.unknown``.
    """
    file = uow.civil.get(file_id)
    route = None if file is None else uow.civil.route(file.route_key, file.route_version)
    if file is None or route is None:
        raise RulesBroken(Violation("civil.unknown"))
    events = uow.civil.events(file_id)
    return FilePage(
        file, route, standing(file.opened_on, events), events, uow.civil.pieces(file_id), uow.civil.fees(file_id)
    )


def open_file(desk: Desk, command: OpenFile) -> Done[int]:
    """Open a file: its number, its checklist, its typical fees are not yet owed. Returns its id.

    Raises:
        Forbidden: Without the right to civil files.
        RulesBroken: From ``civil.check_file``; ``civil.route`` (not offered that day), ``civil.unknown_person``.
    """
    desk.require(Right.CIVIL)
    with desk.write() as uow:
        if old := uow.audit.by_request(command.request_id):
            return Done(old[1])
        keep_first_routes(uow)
        asked = command.file
        route = civil_routes.route_on(uow.civil.routes(), asked.route_key, asked.opened_on)
        if route is None:
            raise RulesBroken(Violation("civil.route", "route_key"))
        broken = rules.check_file(asked, route, desk.today)
        if uow.persons.get(asked.requester_id) is None:
            broken += (Violation("civil.unknown_person", "requester_id"),)
        if broken:
            raise RulesBroken(*broken)
        number = uow.counters.next(f"{COUNTER}/{asked.opened_on.year}")
        file = replace(asked, number=f"N-{asked.opened_on.year}-{number:04d}", route_version=route.version)
        file_id = uow.civil.add(file, standing(file.opened_on, ()))
        uow.civil.put_pieces(file_id, checklist(route, file, ()))
        note(desk, uow, "civil.opened", file_id, (FieldChange("Dossier", "", file.number),), command.request_id)
        uow.drafts.discard("civil_file", 0, desk.actor.user_id)
        uow.commit()
    return Done(file_id, _changes(file_id, file))


def save_file(desk: Desk, command: SaveFile) -> Done[FilePage]:
    """Change the answers; pieces that are newly asked for are added, those no longer asked for stay, not required.

    Raises:
        Forbidden: Without the right to civil files.
        RulesBroken: From ``civil.check_file``; ``civil.unknown``.
    """

    def change(uow: UnitOfWork, page: FilePage) -> tuple[FieldChange, ...]:
        file = replace(
            command.file,
            number=page.file.number,
            route_key=page.file.route_key,
            route_version=page.file.route_version,
            opened_on=page.file.opened_on,
        )
        _refuse(rules.check_file(file, page.route, desk.today))
        uow.civil.save(file)
        uow.civil.put_pieces(file.id, checklist(page.route, file, page.pieces))
        return differences(page.file, file)

    return changed(desk, command.file.id, command.request_id, "civil.saved", change)


def write_event(desk: Desk, command: WriteEvent) -> Done[FilePage]:
    """Write a step, a hearing, a blockage, a reminder, a note; the file's state is folded again.

    Raises:
        Forbidden: Without the right to civil files.
        RulesBroken: From ``civil_rules.check_step``, ``check_hearing``, ``check_reopening``, ``check_taking_back``,
            ``check_line``.
    """
    action = f"civil.{command.event.kind.value}"

    def change(uow: UnitOfWork, page: FilePage) -> tuple[FieldChange, ...]:
        add_event(desk, uow, page, command.event)
        after = page_of(uow, command.file_id).standing.step
        changes = after is not page.standing.step or command.event.kind is EventKind.STEP
        return (FieldChange("Étape", page.standing.step.value, after.value),) if changes else ()

    return changed(desk, command.file_id, command.request_id, action, change)


def add_event(desk: Desk, uow: UnitOfWork, page: FilePage, event: CivilEvent) -> int:
    """Check an event against its file and write it; its id.

    Raises:
        RulesBroken: From the rules of its kind.
    """
    _refuse(_check(page, event, desk.today))
    written = replace(_completed(page, event), written_at=desk.clock.now(), actor_id=desk.actor.user_id)
    event_id = uow.civil.add_event(page.file.id, written)
    uow.civil.fold(page.file.id, standing(page.file.opened_on, (*page.events, written)))
    return event_id


def _completed(page: FilePage, event: CivilEvent) -> CivilEvent:
    """A step that is taken back says where the file stands again."""
    if event.kind is not EventKind.TAKEN_BACK:
        return event
    return replace(event, step=standing(page.file.opened_on, (*page.events, event)).step)


def _check(page: FilePage, event: CivilEvent, today: dt.date) -> tuple[Violation, ...]:
    if event.kind is EventKind.STEP:
        return rules.check_step(page.route, page.standing, event, today)
    if event.kind in {EventKind.HEARING_SET, EventKind.POSTPONED, EventKind.DELIBERATION}:
        return rules.check_hearing(page.standing, event, today)
    if event.kind is EventKind.REOPENED:
        return rules.check_reopening(page.route, page.standing, event, today)
    if event.kind is EventKind.TAKEN_BACK:
        return rules.check_taking_back(page.standing, slip_of(page.events), event, today)
    return rules.check_line(page.standing, event, today)


def reroute(desk: Desk, command: Reroute) -> Done[FilePage]:
    """Go on by another démarche from the beginning of its steps; answers, pieces and journal stay.

    Raises:
        Forbidden: Without the right to civil files.
        RulesBroken: ``civil.route``, ``civil.reason``; from ``civil_rules.check_rerouting`` and ``check_file``.
    """

    def change(uow: UnitOfWork, page: FilePage) -> tuple[FieldChange, ...]:
        route = civil_routes.route_on(uow.civil.routes(), command.route_key, desk.today)
        if route is None:
            raise RulesBroken(Violation("civil.route", "route_key"))
        broken = rules.check_rerouting(page.route, route, page.standing)
        if not command.reason.strip():
            broken += (Violation("civil.reason", "reason"),)
        _refuse(broken)
        late = page.file.late_reason
        if civil_routes.nature_of(route).late:
            late = late or command.reason.strip()
        file = replace(page.file, route_key=route.key, route_version=route.version, late_reason=late)
        _refuse(rules.check_file(file, route, desk.today))
        uow.civil.save(file)
        uow.civil.put_pieces(file.id, checklist(route, file, page.pieces))
        words = f"{page.route.label} → {route.label}\u00a0: {command.reason.strip()}"
        event = CivilEvent(
            kind=EventKind.REROUTED,
            on=desk.today,
            written_at=desk.clock.now(),
            actor_id=desk.actor.user_id,
            words=words,
            left_key=page.route.key,
            left_version=page.route.version,
        )
        back = replace(event, kind=EventKind.REOPENED, step=Step.OPENED, left_key="", left_version=0)
        for one in (event, back):
            uow.civil.add_event(file.id, one)
        uow.civil.fold(file.id, standing(file.opened_on, (*page.events, event, back)))
        return (FieldChange("Démarche", page.route.label, route.label),)

    return changed(desk, command.file_id, command.request_id, "civil.rerouted", change)


def checklist(route: Route, file: CivilFile, known: Sequence[CivilPiece]) -> tuple[CivilPiece, ...]:
    """The pieces asked for by the answers, then what is known already and no longer asked for."""
    by_code = {piece.code: piece for piece in known if piece.code}
    asked = civil_routes.pieces_for(route, file.situation())
    first = tuple(
        replace(by_code[rule.code], required=True, label=rule.label, alternative=rule.alternative, paper=rule.paper)
        if rule.code in by_code
        else CivilPiece(code=rule.code, label=rule.label, alternative=rule.alternative, paper=rule.paper)
        for rule in asked
    )
    codes = {rule.code for rule in asked}
    rest = tuple(replace(piece, required=not piece.code) for piece in known if piece.code not in codes)
    return (*first, *rest)


def differences(before: CivilFile, after: CivilFile) -> tuple[FieldChange, ...]:
    """What changed, for the Historique."""
    names = [name for name in CivilFile.__dataclass_fields__ if name not in {"id", "number", "route_version"}]
    pairs = ((name, getattr(before, name), getattr(after, name)) for name in names)
    return tuple(FieldChange(name, _said(old), _said(new)) for name, old, new in pairs if old != new)


def _said(value: object) -> str:
    from antenne.wording.violations import shown

    return "" if value is None else shown(getattr(value, "value", value))


def changed(
    desk: Desk,
    file_id: int,
    request_id: str,
    action: str,
    change: Callable[[UnitOfWork, FilePage], tuple[FieldChange, ...]],
) -> Done[FilePage]:
    """One change of one file, in one transaction, once for each request.

    Raises:
        Forbidden: Without the right to civil files.
        RulesBroken: From ``change``; ``civil.unknown``.
    """
    desk.require(Right.CIVIL)
    with desk.write() as uow:
        page = page_of(uow, file_id)
        if uow.audit.by_request(request_id):
            return Done(page)
        said = change(uow, page)
        note(desk, uow, action, file_id, said, request_id)
        uow.drafts.discard("civil_file", file_id, desk.actor.user_id)
        after = page_of(uow, file_id)
        uow.commit()
    return Done(after, _changes(file_id, after.file))


def note(
    desk: Desk, uow: UnitOfWork, action: str, file_id: int, said: Sequence[FieldChange], request_id: str | None
) -> None:
    """Add the audit row of a change of a file."""
    uow.audit.add(desk.clock.now(), desk.actor.user_id, action, SUBJECT, file_id, said, request_id)


def _changes(file_id: int, file: CivilFile) -> Changes:
    return Changes.of(CIVIL, id=file_id) | Changes.of(MEMBERS, id=file.requester_id)


def _refuse(broken: tuple[Violation, ...]) -> None:
    if broken:
        raise RulesBroken(*broken)


def add_fee(desk: Desk, request_id: str, file_id: int, fee: CivilFee) -> Done[FilePage]:
    """Note a fee; what she pays appears in « Encaisser », what the project pays is an expense.

    Raises:
        Forbidden: Without the right to civil files.
        RulesBroken: ``civil.fee_label``, ``civil.fee_amount`` (below 0; above 0 for « gratuit »).
    """

    def change(uow: UnitOfWork, _page: FilePage) -> tuple[FieldChange, ...]:
        broken: list[Violation] = []
        if not fee.label.strip():
            broken.append(Violation("civil.fee_label", "label"))
        if (
            fee.amount < 0
            or (fee.payer is Payer.FREE and fee.amount)
            or (fee.payer is not Payer.FREE and not fee.amount)
        ):
            broken.append(Violation("civil.fee_amount", "amount"))
        _refuse(tuple(broken))
        uow.civil.add_fee(file_id, fee)
        return (FieldChange(fee.label, "", grouped(fee.amount)),)

    return changed(desk, file_id, request_id, "civil.fee", change)
