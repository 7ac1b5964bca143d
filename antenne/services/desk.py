"""What every service receives: the unit of work, the clock, who acts, the settings."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from antenne.base.clock import Clock
from antenne.db.unit_of_work import UnitOfWork
from antenne.domain.changes import Changes, Done
from antenne.domain.office import Office
from antenne.domain.rights import Right, rights_of
from antenne.domain.search import PersonIndex
from antenne.domain.settings import Settings
from antenne.domain.users import Actor
from antenne.domain.violations import Forbidden
from antenne.services.sealed_memory import Sitting

__all__ = ["Changes", "Desk", "Done", "Keys"]


@dataclass(frozen=True, slots=True, repr=False)
class Keys:
    """The opened keys of this sitting; never shown, never logged.

    Attributes:
        base: Opens the base (32 bytes).
        confidential: Opens the compartment, or None without the right.
        paper: Signs cards and receipts.
        db_id: Which base, 32 hex digits.
    """

    base: bytes
    confidential: bytes | None
    paper: bytes
    db_id: str


@dataclass(slots=True)
class Desk:
    """One opened office and the user at its keyboard. Made by ``services.opening``, passed to every service.

    Attributes:
        folder: The data folder: ``base.db``, ``antenne.cles``.
        persons: The search index, shared by both lanes; services amend it after their commit.
        settings: A snapshot, replaced by ``opening.reload_settings`` after a change of settings.
        counted: Figures already counted for a state of the base (``services.figures``).
        sealed: The compartment of this sitting, once a right-holder has opened it (``services.compartment``).
    """

    folder: Path
    clock: Clock
    actor: Actor
    keys: Keys
    open_unit: Callable[[bool], UnitOfWork]
    close: Callable[[], None]
    persons: PersonIndex
    settings: Settings
    office: Office
    counted: dict[str, tuple[Any, Any]] = field(default_factory=dict)
    sealed: Sitting = field(default_factory=Sitting, repr=False)

    def write(self) -> UnitOfWork:
        """A transaction that may change things."""
        return self.open_unit(True)

    def read(self) -> UnitOfWork:
        """A snapshot that cannot."""
        return self.open_unit(False)

    def require(self, right: Right) -> None:
        """Refuse what the user's roles do not allow.

        Raises:
            Forbidden: The right is missing.
        """
        if not self.may(right):
            raise Forbidden(right.value)

    def may(self, right: Right) -> bool:
        """Whether the user's roles allow it."""
        return right in rights_of(self.actor.roles)

    @property
    def today(self) -> dt.date:
        """The calendar day."""
        return self.clock.today()
