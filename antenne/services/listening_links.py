"""What was opened from a talk: incidents, minors, civil files. Only the talk's sealed body names them together.

A civil file stands in the base and knows nothing of the talk: the talk finds it by what came since the form was opened.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from enum import Enum

from antenne.domain.changes import Done
from antenne.domain.incidents import Incident
from antenne.domain.listening import ListeningSession
from antenne.domain.minors import Minor
from antenne.domain.rights import Right
from antenne.services.compartment import Kept, kept_of
from antenne.services.desk import Desk
from antenne.services.listening import change_talk


class Opened(Enum):
    """What stands at the other end."""

    INCIDENT = "incident"
    MINOR = "minor"
    CIVIL = "civil"


@dataclass(frozen=True, slots=True, kw_only=True)
class FromHere:
    """One thing opened from a talk.

    Attributes:
        place: Sealed id in hex, or the number of a civil file's record.
        number: « I-2026-0007 ».
    """

    what: Opened
    place: str
    number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NameCivilFiles:
    """Name civil files in a saved talk's body."""

    request_id: str
    before: Kept[ListeningSession]
    file_ids: tuple[int, ...]


def newest_civil_file(desk: Desk) -> int:
    """The number of the last record of a civil file, 0 before the first: what comes after it was opened since.

    Raises:
        Forbidden: Without the right to the compartment.
    """
    desk.require(Right.COMPARTMENT)
    with desk.read() as uow:
        return int(uow.rows("SELECT coalesce(max(id), 0) FROM civil_file")[0][0])


def civil_files_since(desk: Desk, after: int, person_id: int | None) -> tuple[int, ...]:
    """The files opened since, of this woman where she is known.

    Raises:
        Forbidden: Without the right to the compartment.
    """
    desk.require(Right.COMPARTMENT)
    with desk.read() as uow:
        found = uow.rows("SELECT id, requester_id FROM civil_file WHERE id > :after ORDER BY id", after=after)
    return tuple(row[0] for row in found if person_id is None or row[1] == person_id)


def name_civil_files(desk: Desk, command: NameCivilFiles) -> Done[Kept[ListeningSession]]:
    """Name civil files in the body of the talk that they were opened from; they know nothing of it.

    Raises:
        Forbidden: Without the right; it is about the user herself.
        RulesBroken: ``sealed.changed``.
        Problem: ``sealed.gone``.
    """
    talk = command.before.record
    named = tuple(dict.fromkeys((*talk.civil_file_ids, *command.file_ids)))
    return change_talk(desk, command.request_id, command.before, dataclasses.replace(talk, civil_file_ids=named))


def from_here(
    desk: Desk, talk_id: str, incident_ids: tuple[str, ...], civil_file_ids: tuple[int, ...]
) -> tuple[FromHere, ...]:
    """What was opened from a talk, saved or to come; what is gone is left out.

    Raises:
        Forbidden: Without the right.
    """
    incidents = sorted(
        (one for one in kept_of(desk, Incident) if one.record.session_id == talk_id or one.id in incident_ids),
        key=lambda one: one.record.number,
    )
    girls = sorted(
        (one for one in kept_of(desk, Minor) if one.record.session_id == talk_id), key=lambda one: one.record.number
    )
    with desk.read() as uow:
        found = [uow.rows("SELECT id, number FROM civil_file WHERE id = :one", one=one) for one in civil_file_ids]
    files = [row for rows in found for row in rows]
    return (
        *(FromHere(what=Opened.INCIDENT, place=one.id, number=one.record.number) for one in incidents),
        *(FromHere(what=Opened.MINOR, place=one.id, number=one.record.number) for one in girls),
        *(FromHere(what=Opened.CIVIL, place=str(one), number=number) for one, number in files),
    )
