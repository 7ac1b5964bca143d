"""Deposits: what any role may drop into the compartment, and cannot read back."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import Enum
from typing import ClassVar


class About(Enum):
    """What a note is about."""

    MINOR = "minor"
    TEST = "test"
    REQUEST = "request"
    OTHER = "other"


class Filing(Enum):
    """Where a note stands."""

    WAITING = "waiting"
    FILED = "filed"
    SET_ASIDE = "set_aside"


@dataclass(frozen=True, slots=True, kw_only=True)
class Deposit:
    """One note.

    Attributes:
        person_id: Whom it concerns, or None.
        on: The day it happened.
        at: When it was dropped in.
        user: Who says to have dropped it: anybody with the base can forge a deposit, so this is her word.
        filed_as: Sealed id, in hex, of the record made of it, or empty.
        reason: Why it was set aside.
    """

    KIND: ClassVar[str] = "deposit"

    about: About
    text: str
    person_id: int | None = None
    on: dt.date
    at: dt.datetime
    user_id: int
    user: str
    filing: Filing = Filing.WAITING
    filed_at: dt.datetime | None = None
    filed_by: str = ""
    filed_as: str = ""
    reason: str = ""
