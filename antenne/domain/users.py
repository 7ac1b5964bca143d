"""Who works in the office."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from antenne.domain.rights import Role


@dataclass(frozen=True, slots=True)
class User:
    """One user, as displayed; her rights come from her key slot, never from here."""

    id: int
    slot_id: str
    name: str
    roles: frozenset[Role]
    person_id: int | None
    created_on: dt.date
    left_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Actor:
    """Who is at the keyboard: user id 0 is the program itself (first run, demonstration)."""

    user_id: int
    name: str
    roles: frozenset[Role]
