"""What left the office and held something of her: a withdrawal cannot call it back, so it is named (work order, 13).

Every sending is a sealed record of its own kind, or a line of the record it concerns; here they are all of one shape.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum


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


def newest_first(found: Iterable[Sending]) -> tuple[Sending, ...]:
    """In one order whatever the order of what is sealed: by instant, then by what, to whom, and its own id."""
    return tuple(sorted(found, key=lambda one: (one.at, one.what.value, one.recipient, one.own_id), reverse=True))
