"""The only way from one screen to another."""

from __future__ import annotations

from typing import Protocol

from antenne.domain.board import Target

__all__ = ["Navigator", "Target"]


class Navigator(Protocol):
    """Opens places; the shell is one."""

    def open(self, target: Target) -> None:
        """Show that place and remember the present one for « Échap »."""
        ...

    def back(self) -> None:
        """Return to the place before this one; the home page when there is none."""
        ...
