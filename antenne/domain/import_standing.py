"""Whether a row is a member, since when, and what became of her: adhesion, departure, death, majority attested."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final

from antenne.domain import import_cells as cells
from antenne.domain import import_columns as columns
from antenne.domain import names
from antenne.domain.import_row_cells import RowCells
from antenne.domain.imports import ImportOptions, Severity
from antenne.domain.persons import Membership, Status

TO_VERIFY: Final = "à vérifier"
"""Written in « Majeure évidente » for a member whose majority nobody has checked yet."""

_STATUSES: dict[str, Status] = {
    "sans adhesion": Status.CONTACT, "non adherente": Status.CONTACT, "non membre": Status.CONTACT,
    "pas adherente": Status.CONTACT, "contact": Status.CONTACT, "enfant": Status.MINOR, "mineure": Status.MINOR,
    "active": Status.ACTIVE, "adherente": Status.ACTIVE, "membre": Status.ACTIVE, "a jour": Status.ACTIVE,
    "suspendue": Status.SUSPENDED, "partie": Status.LEFT, "decedee": Status.DECEASED,
}  # fmt: skip
_OUTSIDE = (Status.CONTACT, Status.MINOR)
_DATED = {Status.SUSPENDED: "suspended_on", Status.LEFT: "left_on", Status.DECEASED: "died_on"}
"""Where the day of a status stands."""
_OF_MEMBERS = (columns.SPONSOR, "exempt", "suspended_on", "left_on", "left_reason")
_SAID = frozenset({"oui", "x", "o", "1"})


@dataclass(frozen=True, slots=True)
class Standing:
    """Where she stands.

    Attributes:
        membership: Her adhesion, without the marraine, or None.
        sponsor: Her marraine as written: a number or a name.
        died_on: The day she died, or None.
        evident_adult: On what « majeure évidente » rests.
        unverified: Her majority is known to be unchecked: she has her number already, and gets no card before.
    """

    membership: Membership | None = None
    sponsor: str = ""
    died_on: dt.date | None = None
    evident_adult: str = ""
    unverified: bool = False


def read_standing(row: RowCells, options: ImportOptions) -> Standing:
    """Read where the woman of a row stands."""
    status = _status(row)
    died_on = row.day("died_on")
    if status is Status.DECEASED and died_on is None:
        row.note_on("died_on", "status_undated", value=row.text(columns.STATUS))
    membership = _membership(row, options, status) if options.members else None
    if membership is None:
        return Standing(died_on=died_on, evident_adult=_attested(row)[0])
    attested, to_verify = _attested(row)
    unverified = to_verify and bool(membership.number)
    return Standing(membership, row.text(columns.SPONSOR), died_on, attested, unverified)


def _status(row: RowCells) -> Status | None:
    text = row.text(columns.STATUS)
    found = _STATUSES.get(names.plain(text))
    if text and found is None:
        row.note_on(columns.STATUS, "not_listed", Severity.WARNING, value=text)
    return found


def _membership(row: RowCells, options: ImportOptions, status: Status | None) -> Membership | None:
    number = row.one(columns.MEMBER_NUMBER, lambda value: cells.read_number(value, "M"), "")
    faults_before = len(row.findings)
    joined = row.day(columns.JOINED_ON)
    unread = joined is None and len(row.findings) > faults_before
    belongs = bool(number or joined or unread)
    if status in _OUTSIDE:
        if belongs:
            row.note_on(columns.STATUS, "status_contradicts", value=row.text(columns.STATUS))
        _outside(row)
        return None
    if status is Status.DECEASED and not belongs:
        _outside(row)
        return None
    joined = joined or options.joined_on
    if joined is None:
        if not unread:
            row.note_on(columns.JOINED_ON, "joined_missing")
        return None
    return _with_what_followed(row, Membership(number, joined), status)


def _with_what_followed(row: RowCells, member: Membership, status: Status | None) -> Membership:
    suspended_on, left_on = row.day("suspended_on"), row.day("left_on")
    followed = {Status.SUSPENDED: suspended_on, Status.LEFT: left_on}
    if status in followed and followed[status] is None:
        row.note_on(_DATED[status], "status_undated", value=row.text(columns.STATUS))
    return Membership(
        member.number,
        member.joined_on,
        exempt=row.yes_no("exempt") is True,
        suspended_on=suspended_on,
        left_on=left_on,
        left_reason=row.code("left_reason", "exit_reasons"),
    )


def _outside(row: RowCells) -> None:
    """Without an adhesion, what only members have is left out, and that is said."""
    for key in _OF_MEMBERS:
        if names.plain(text := row.text(key)) not in ("", "non"):
            row.note_on(key, "without_adhesion", Severity.WARNING, value=text)


def _attested(row: RowCells) -> tuple[str, bool]:
    """The words of « majeure évidente », and whether her majority is still to be checked."""
    text = row.text("evident_adult")
    said = names.plain(text)
    if said in ("", "non"):
        return "", False
    if said == names.plain(TO_VERIFY):
        return "", True
    if said in _SAID:
        row.note_on("evident_adult", "attest_words", Severity.WARNING)
        return "", True
    if not row.office.may_attest:
        row.note_on("evident_adult", "attest_right", Severity.WARNING)
        return "", True
    return text, False
