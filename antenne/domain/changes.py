"""What a service changed: each screen decides from it whether it is stale."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Generic, TypeVar

T = TypeVar("T")

MEMBERS = "members"
CARDS = "cards"
CASHBOOK = "cashbook"
DUES = "dues"
EXPENSES = "expenses"
CIVIL = "civil"
LISTENING = "listening"
PROTECTION = "protection"
PARTNERS = "partners"
BACKUP = "backup"
SETTINGS = "settings"
USERS = "users"


@dataclass(frozen=True, slots=True)
class Changes:
    """Areas and ids touched by one change; an id of None means « anything in that area »."""

    touched: frozenset[tuple[str, int | None]] = frozenset()

    @classmethod
    def of(cls, *areas: str, id: int | None = None) -> Changes:  # noqa: A002 - « id » is the word of the architecture
        """The same id in several areas."""
        return cls(frozenset((area, id) for area in areas))

    def __or__(self, other: Changes) -> Changes:
        """Both together."""
        return Changes(self.touched | other.touched)

    def touch(self, area: str, record_id: int | None = None) -> bool:
        """Whether that area changed (and, given an id, that record or the area as a whole)."""
        return any(
            name == area and (record_id is None or touched is None or touched == record_id)
            for name, touched in self.touched
        )


@dataclass(frozen=True, slots=True)
class Done(Generic[T]):
    """What a service returns: its value, and what the change touched."""

    value: T
    changes: Changes = field(default_factory=Changes)
