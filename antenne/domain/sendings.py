"""What left the office and held something of her: a withdrawal cannot call it back, so it is named (work order, 13).

Every sending is a sealed record of its own kind, or a line of the record it concerns; here they are all of one shape.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from antenne.domain.incidents import Purpose
from antenne.domain.text import fold


class Left(Enum):
    """What left."""

    SLIP = "fiche"
    CROSSING = "croisement"
    INCIDENTS = "incidents"
    STORY = "recit"


class Way(Enum):
    """How it left."""

    FILE = "fichier"
    PAPER = "papier"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sending:
    """One thing that left.

    Attributes:
        what: A slip, a crossing, incidents one by one, a story.
        at: Instant, UTC.
        by: The user who had it leave; None where only the record's own history knows.
        recipient: To whom.
        way: A file or paper; None for a slip, which she carries herself.
        first: First day of the period it is about, or None.
        last: Last day of that period, or None.
        line: Number of her line in what left, or None: what the recipient is asked to take out.
        own_id: Sealed id, in hex, of the record that remembers it.
    """

    what: Left
    at: dt.datetime
    by: int | None
    recipient: str
    way: Way | None = None
    first: dt.date | None = None
    last: dt.date | None = None
    line: int | None = None
    own_id: str


def concerned(found: Iterable[Sending], purpose: Purpose, recipient: str = "") -> tuple[Sending, ...]:
    """What left under an agreement of hers that she takes back, in the order given.

    Taking services back takes every sharing back too (``incidents.withdrawn``).
    """
    if purpose is Purpose.STATISTICS:
        return tuple(one for one in found if one.what in (Left.CROSSING, Left.INCIDENTS))
    shared = (one for one in found if one.what in (Left.SLIP, Left.INCIDENTS))
    return tuple(one for one in shared if purpose is Purpose.SERVICES or fold(one.recipient) == fold(recipient))


def newest_first(found: Iterable[Sending]) -> tuple[Sending, ...]:
    """In one order whatever the order of what is sealed: by instant, then by what, to whom, and its own id."""
    return tuple(sorted(found, key=lambda one: (one.at, one.what.value, one.recipient, one.own_id), reverse=True))
