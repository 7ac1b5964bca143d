"""The place on a page where one short form at a time is asked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QVBoxLayout

from antenne.domain.changes import Done
from antenne.ui.kit.area import Context
from antenne.ui.kit.fields.base import FieldContext
from antenne.ui.listening.ask_card import Ask, AskCard


class AskPlace(QVBoxLayout):
    """Asks, says that it is done, tells the page.

    Attributes:
        card: What is asked, or None.
    """

    def __init__(self, context: Context, fields: FieldContext, answered: Callable[[], None]) -> None:
        """Begin empty; ``answered`` is called once the service has done it."""
        super().__init__()
        self._context = context
        self._fields = fields
        self._answered = answered
        self.card: AskCard | None = None

    def ask(self, asked: Ask) -> None:
        """Ask it, in the place of what was asked before."""
        self.close_card()
        card = AskCard(self._context, self._fields, asked)
        card.saved.connect(self._done)
        card.left.connect(self.close_card)
        self.card = card
        self.addWidget(card)
        card.begin()

    def close_card(self) -> bool:
        """Give it up; False where nothing was asked."""
        if self.card is None:
            return False
        card, self.card = self.card, None
        self.removeWidget(card)
        card.hide()
        card.deleteLater()
        return True

    def save(self) -> None:
        """Ctrl+S."""
        if self.card is not None:
            self.card.save()

    def _done(self, done: Done[Any], said: str) -> None:
        self.close_card()
        self._context.notify(said, "good")
        self._context.broadcast(done.changes)
        self._answered()
