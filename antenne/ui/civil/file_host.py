"""What is done about a file asks this of the page that shows it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from antenne.domain.civil import EventKind
from antenne.domain.civil_routes import Step
from antenne.services.civil_lookup import FileView
from antenne.ui.civil.asks import Ask


class FileHost(Protocol):
    """The page of a file, for what acts on its pieces and fees and for its menu."""

    file_id: int
    view: FileView | None

    def read(self) -> None:
        """Read the file again."""

    def tell(self, done: object, said: str) -> None:
        """Say what was done, and read again."""

    def ask_for(self, make: Callable[[FileView], Ask]) -> None:
        """Ask one thing."""

    def close_ask(self) -> None:
        """Take away what is asked."""

    def stand_on_pieces(self) -> None:
        """The keyboard goes to the list of pieces."""

    def ask_hearing(self, kind: EventKind) -> None:
        """« Renvoyée au… », « En délibéré au… », another date."""

    def ask_end(self, step: Step) -> None:
        """« Rejeté », « Abandonné »."""

    def ask_slip(self) -> None:
        """The last step was written by mistake."""

    def ask_note(self) -> None:
        """A line of the journal."""

    def ask_reroute(self) -> None:
        """Another démarche."""

    def edit(self) -> None:
        """The answers of the file."""

    def show_history(self) -> None:
        """« Historique »."""

    def open_woman(self) -> None:
        """The page of the woman who asked."""
