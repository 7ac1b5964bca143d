"""What may be written in a civil file: steps, hearings, lines, answers, pieces, fees; all that is wrong, as data."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Final

from antenne.domain.births_rules import bounds
from antenne.domain.civil import CivilEvent, CivilFee, CivilFile, CivilPiece, EventKind, Payer
from antenne.domain.civil_routes import Beneficiary, Route, Step, nature_of
from antenne.domain.civil_standing import Standing, next_step
from antenne.domain.violations import Violation

NUMBERED: Final = frozenset({Step.JUDGED, Step.TRANSCRIBED})
"""Steps that have no meaning without their number."""


def check_step(route: Route, now: Standing, event: CivilEvent, today: dt.date) -> tuple[Violation, ...]:
    """Whether a step may be written.

    Returns:
        ``civil.closed``, ``civil.not_next`` (a step was left out), ``civil.future``, ``civil.before_last``,
        ``civil.hearing_day`` (no day, or before the filing), ``civil.before_hearing`` (judged before the hearing that
        is awaited), ``civil.number``, ``civil.hand_to``, ``civil.hand_how``, ``civil.reason`` (rejected or abandoned
        without one).
    """
    found: list[Violation] = []
    step = event.step
    if now.closed:
        return (Violation("civil.closed"),)
    if step in {Step.REJECTED, Step.ABANDONED}:
        if not event.words.strip():
            found.append(Violation("civil.reason", "words"))
    elif step is None or step is not next_step(route, now):
        found.append(Violation("civil.not_next", "step"))
    found += _check_day(now, event, today)
    found += _check_court(now, event)
    if step in NUMBERED and not event.number.strip():
        found.append(Violation("civil.number", "number"))
    if step is Step.HANDED:
        if not event.to_whom.strip():
            found.append(Violation("civil.hand_to", "to_whom"))
        if not event.how.strip():
            found.append(Violation("civil.hand_how", "how"))
    return tuple(found)


def _check_court(now: Standing, event: CivilEvent) -> list[Violation]:
    """A hearing is not before it is told, a judgment not before the hearing that is awaited."""
    if event.step is Step.HEARING and (event.until is None or event.until < event.on):
        return [Violation("civil.hearing_day", "until", (("day", event.on),))]
    if event.step is Step.JUDGED and now.hearing_on is not None and event.on < now.hearing_on:
        return [Violation("civil.before_hearing", "on", (("day", now.hearing_on),))]
    return []


def _check_day(now: Standing, event: CivilEvent, today: dt.date) -> list[Violation]:
    if event.on > today:
        return [Violation("civil.future", "on", (("day", event.on),))]
    if event.on < now.since:
        return [Violation("civil.before_last", "on", (("day", event.on), ("last", now.since)))]
    return []


def check_hearing(now: Standing, event: CivilEvent, today: dt.date) -> tuple[Violation, ...]:
    """Whether a hearing may be set, postponed or put « en délibéré »: as often as needed, in the step of hearings.

    Returns:
        ``civil.no_hearing`` (before the filing, or after the judgment), ``civil.future``, ``civil.before_last``,
        ``civil.hearing_day`` (no new day, or not after this one; a day set anew may be the same), ``civil.reason``
        (postponed without one).
    """
    found: list[Violation] = []
    if now.step is not Step.HEARING:
        found.append(Violation("civil.no_hearing"))
    found += _check_day(now, event, today)
    soonest = event.on if event.kind is EventKind.HEARING_SET else event.on + dt.timedelta(days=1)
    if event.until is None or event.until < soonest:
        found.append(Violation("civil.hearing_day", "until", (("day", event.on),)))
    if event.kind is EventKind.POSTPONED and not event.words.strip():
        found.append(Violation("civil.reason", "words"))
    return tuple(found)


_WAITING: Final = frozenset({EventKind.BLOCKED, EventKind.NEXT_ACTION, EventKind.DONE})
"""Lines that make an open file wait for something, or wait no more."""
_WORDLESS: Final = frozenset({EventKind.UNBLOCKED, EventKind.DONE})


def check_line(now: Standing, event: CivilEvent, today: dt.date) -> tuple[Violation, ...]:
    """Whether a note, a blockage, a next action or its end may be written; notes go into a closed file's journal too.

    Returns:
        ``civil.closed`` (a closed file waits for nothing), ``civil.nothing_to_do`` (no action is awaited),
        ``civil.words``, ``civil.future``.
    """
    found: list[Violation] = []
    if now.closed and event.kind in _WAITING:
        found.append(Violation("civil.closed"))
    elif event.kind is EventKind.DONE and not now.next_action:
        found.append(Violation("civil.nothing_to_do"))
    if event.kind not in _WORDLESS and not event.words.strip():
        found.append(Violation("civil.words", "words"))
    if event.on > today:
        found.append(Violation("civil.future", "on", (("day", event.on),)))
    return tuple(found)


def check_taking_back(
    now: Standing, slip: CivilEvent | None, event: CivilEvent, today: dt.date
) -> tuple[Violation, ...]:
    """Whether the last step may be taken back as a slip; what an earlier year counted stays counted.

    Returns:
        ``civil.no_slip`` (no step since the opening or the reopening), ``civil.slip_old`` (a paper received or handed
        over in an earlier year), ``civil.reason``, ``civil.future``, ``civil.before_last``.
    """
    found: list[Violation] = []
    if slip is None:
        found.append(Violation("civil.no_slip"))
    elif slip.step in {Step.RECEIVED, Step.HANDED} and slip.on.year < today.year:
        found.append(Violation("civil.slip_old", None, (("year", slip.on.year),)))
    if not event.words.strip():
        found.append(Violation("civil.reason", "words"))
    found += _check_day(now, event, today)
    return tuple(found)


def check_rerouting(before: Route, after: Route, now: Standing) -> tuple[Violation, ...]:
    """Whether a file may go on by another démarche: a paper that came stays what it was counted as.

    Returns:
        ``civil.route`` (the same), ``civil.closed``, ``civil.reroute_received`` (the other one gives another paper).
    """
    found: list[Violation] = []
    if after.key == before.key:
        found.append(Violation("civil.route", "route_key"))
    if now.closed:
        found.append(Violation("civil.closed"))
    if now.received_on is not None and after.result is not before.result:
        found.append(Violation("civil.reroute_received", "route_key", (("day", now.received_on),)))
    return tuple(found)


def check_reopening(route: Route, now: Standing, event: CivilEvent, today: dt.date) -> tuple[Violation, ...]:
    """A closed file goes back to a step that it had reached, for a reason; nothing is skipped by reopening.

    Returns:
        ``civil.not_closed``, ``civil.reason``, ``civil.step``, ``civil.future``, ``civil.before_last``.
    """
    found: list[Violation] = []
    if not now.closed:
        found.append(Violation("civil.not_closed"))
    if not event.words.strip():
        found.append(Violation("civil.reason", "words"))
    if event.step not in route.steps[:-1] or event.step not in now.reached:
        found.append(Violation("civil.step", "step"))
    found += _check_day(now, event, today)
    return tuple(found)


def check_file(file: CivilFile, route: Route, today: dt.date) -> tuple[Violation, ...]:
    """What a file must say.

    Returns:
        ``civil.name``, ``civil.sex``, ``civil.mother``, ``civil.father`` (not answered), ``civil.opened_future``,
        ``civil.born_after`` (birth after the opening), ``civil.late_reason`` (past the delay without one),
        ``civil.whom`` (the démarche is not for her, or not for a child).
    """
    found: list[Violation] = []
    nature = nature_of(route)
    if file.beneficiary not in route.beneficiaries:
        found.append(Violation("civil.whom", "beneficiary"))
    if not (file.last_name.strip() and file.first_name.strip()):
        found.append(Violation("civil.name", "last_name" if not file.last_name.strip() else "first_name"))
    if file.sex is None:
        found.append(Violation("civil.sex", "sex"))
    if file.opened_on > today:
        found.append(Violation("civil.opened_future", "opened_on", (("day", file.opened_on),)))
    possible = bounds(file.birth)
    if possible is not None and possible[0] > file.opened_on:
        found.append(Violation("civil.born_after", "birth", (("day", file.opened_on),)))
    if nature.act and file.beneficiary is not Beneficiary.SELF:
        if not file.mother_name.strip():
            found.append(Violation("civil.mother", "mother_name"))
        if file.father is None:
            found.append(Violation("civil.father", "father"))
    if nature.late and not file.late_reason.strip():
        found.append(Violation("civil.late_reason", "late_reason"))
    return tuple(found)


def missing_pieces(pieces: Sequence[CivilPiece]) -> tuple[CivilPiece, ...]:
    """Required pieces that never came; one of several alternatives is enough."""
    had = {piece.alternative for piece in pieces if piece.alternative and piece.received_on is not None}
    return tuple(
        piece
        for piece in pieces
        if piece.required and piece.received_on is None and (not piece.alternative or piece.alternative not in had)
    )


def check_return(piece: CivilPiece, on: dt.date, to_whom: str, today: dt.date) -> tuple[Violation, ...]:
    """Whether a piece may be given back.

    Returns:
        ``civil.piece_person`` (witnesses are no paper), ``civil.piece_absent``, ``civil.piece_returned`` (given back
        twice), ``civil.future``,
        ``civil.piece_before`` (before it came), ``civil.hand_to``.
    """
    found: list[Violation] = []
    if not piece.paper:
        found.append(Violation("civil.piece_person"))
    elif piece.received_on is None:
        found.append(Violation("civil.piece_absent"))
    elif piece.returned_on is not None:
        found.append(Violation("civil.piece_returned", None, (("day", piece.returned_on),)))
    elif on < piece.received_on:
        found.append(Violation("civil.piece_before", "on", (("day", piece.received_on),)))
    if on > today:
        found.append(Violation("civil.future", "on", (("day", on),)))
    if not to_whom.strip():
        found.append(Violation("civil.hand_to", "to_whom"))
    return tuple(found)


def counts_for_paper(fee: CivilFee, now: Standing) -> bool:
    """Whether a fee was for the paper that counts, not for what was reopened in a later year.

    A fee of the year in which the paper came always is; one of a later year only before the file was reopened.
    """
    if now.received_on is None or now.reopened_on is None:
        return True
    return fee.on < now.reopened_on or fee.on.year <= now.received_on.year


def is_free(fees: Sequence[CivilFee]) -> bool:
    """« Gratuit »: no fee, neither for her nor for the project (rules: How the report words the 2024 figures)."""
    return all(fee.payer is Payer.FREE or fee.amount == 0 for fee in fees)


def odd_nina(nina: str) -> bool:
    """Whether to warn: a NINA has 15 characters and ends in a letter; never parsed, never blocked (forms)."""
    return bool(nina) and not (len(nina) == 15 and nina[-1].isalpha())  # noqa: PLR2004 - the length of a NINA
