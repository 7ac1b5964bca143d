"""What the pages of the settings share."""

from __future__ import annotations

import uuid

from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from antenne.domain.rights import Right
from antenne.ui.kit import tokens as t
from antenne.ui.kit.area import Context
from antenne.ui.kit.bands import Band
from antenne.ui.kit.cards import Page, label
from antenne.wording.settings import READ_ONLY


class Section(QWidget):
    """One page: ``body`` scrolls; ``band`` says what no field can."""

    def __init__(self, context: Context, right: Right = Right.SETTINGS) -> None:
        """Make an empty page; without ``right`` one sentence says that it can only be read."""
        super().__init__()
        self.context = context
        self.editable = context.desk.may(right)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        page = Page(self)
        whole.addWidget(page)
        self.body = page.body
        self.body.setContentsMargins(0, 0, 2 * t.SPACE, 0)
        self.band = Band()
        self.body.addWidget(self.band)
        if not self.editable:
            self.body.addWidget(label(READ_ONLY, "muted", wrap=True))

    def only_editable(self, *controls: QWidget) -> None:
        """Hide what changes something, where nothing can be changed (a control without parent is never shown)."""
        if not self.editable:
            for control in controls:
                control.hide()

    def begin(self) -> None:
        """The page was opened: stand where work begins."""

    def refresh(self) -> None:
        """Read again what is shown."""

    def save(self) -> None:
        """Ctrl+S."""

    def new(self) -> None:
        """Ctrl+N."""

    def print_(self) -> None:
        """Ctrl+P."""

    def keep_draft(self) -> None:
        """The screen is about to be covered or left: have what was typed kept."""

    def show_field(self, key: str) -> None:
        """Stand in what a target names."""


def new_request() -> str:
    """A request id of its own for one intention of the user."""
    return uuid.uuid4().hex


def fit_window(dialog: QDialog, width: int, height: int) -> None:
    """This size, or that of the window behind where it is smaller (150 % on a small screen)."""
    behind = dialog.parentWidget()
    if behind is not None:
        width, height = min(width, behind.width()), min(height, behind.height())
    dialog.resize(width, height)
