"""How long work tells where it is, and how it is asked to stop."""

from __future__ import annotations

from typing import Protocol


class Stopped(Exception):
    """The user asked to stop; the work undid what it had begun."""


class Progress(Protocol):
    """Passed into every long service; its two methods may be called from any thread."""

    def report(self, step: str, done: int, total: int) -> None:
        """Say that ``done`` of ``total`` units of ``step`` (a code that ``wording`` knows) are finished."""
        ...

    def check(self) -> None:
        """Raise :class:`Stopped` if the user asked to stop; called where stopping is safe."""
        ...


class Silent:
    """Progress that nobody watches: command line without a terminal, tests."""

    def report(self, step: str, done: int, total: int) -> None:
        """Say nothing."""

    def check(self) -> None:
        """Never stop."""
