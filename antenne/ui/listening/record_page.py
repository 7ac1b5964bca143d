"""Base of the pages of one sealed record."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtWidgets import QWidget

from antenne.domain.changes import Changes


class RecordPage(QWidget):
    """What the screen asks of a page; override what the page can do.

    Attributes:
        help_key: Name of its page of help.
        hints: What the status bar says; empty: what it says of every record.
    """

    help_key: ClassVar[str] = "listening"
    hints: ClassVar[str] = ""

    def show_place(self, rest: str, person_id: int | None) -> None:
        """``new`` (then what it comes from), or a sealed id; the person where one is named."""
        raise NotImplementedError

    def save(self) -> None:
        """Ctrl+S."""

    def print_(self) -> None:
        """Ctrl+P."""

    def escape(self) -> bool:
        """Échap: close what is open inside the page and return True."""
        return False

    def keep_draft(self) -> None:
        """The page is about to be covered or left."""

    def on_changes(self, changes: Changes) -> None:
        """Something changed somewhere."""
