"""Step 1: the file, dropped on the page or picked."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from antenne.ui.kit import tokens as t
from antenne.ui.kit.area import Context
from antenne.ui.kit.cards import Card, button, label
from antenne.ui.kit.icons import pixmap
from antenne.ui.kit.theme import restyle

_WIDTH = 660
PATTERN = "Classeur Excel (*.xlsx)"
_ABOUT = (
    "Une ligne par femme, une colonne par question\u00a0; les titres peuvent être plus bas que la première ligne.",
    "Rien n’est inscrit avant votre accord\u00a0: ce qui est compris, et ce qui ne va pas, est d’abord montré.",
    "Le même registre peut revenir plus tard, complété\u00a0: les femmes déjà inscrites sont reconnues.",
)


class ChoosePage(QWidget):
    """A place to drop the file, and a button."""

    chosen = Signal(object)
    """The :class:`Path`."""

    def __init__(self, context: Context) -> None:
        """Wait for a file."""
        super().__init__()
        self._context = context
        self.setAcceptDrops(True)
        self.setAccessibleName("Choisir le registre")
        self._card = Card()
        self._card.setFixedWidth(_WIDTH)
        column = self._card.body
        column.setContentsMargins(*(8 * t.SPACE,) * 4)
        column.setSpacing(3 * t.SPACE)
        picture = QLabel()
        picture.setPixmap(pixmap("paper", t.PRIMARY, 48))
        column.addWidget(picture, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(label("Déposez ici le registre Excel", "heading"), 0, Qt.AlignmentFlag.AlignHCenter)
        self.button = button("Choisir le fichier…", "primary", self._pick)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        for sentence in _ABOUT:
            column.addWidget(label(sentence, "muted", wrap=True))
        outside = QVBoxLayout(self)
        outside.setContentsMargins(0, 0, 0, 0)
        outside.addStretch(1)
        outside.addLayout(centred(self._card))
        outside.addStretch(2)

    def begin(self) -> None:
        """Entrée opens the picker."""
        self.button.setFocus()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """One file of this computer is welcome; its kind is judged when it is read."""
        if _dropped(event) is not None:
            event.acceptProposedAction()
            restyle(self._card, role="focus")

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """It went away."""
        restyle(self._card, role="card")
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Take it."""
        restyle(self._card, role="card")
        path = _dropped(event)
        if path is not None:
            event.acceptProposedAction()
            self.chosen.emit(path)

    def _pick(self) -> None:
        path = self._context.dialogs.ask_file_open(self, "Choisir le registre", PATTERN)
        if path is not None:
            self.chosen.emit(path)


def centred(card: Card) -> QHBoxLayout:
    """A card of fixed width in the middle; an alignment flag would cut its wrapped lines."""
    row = QHBoxLayout()
    row.addStretch(1)
    row.addWidget(card)
    row.addStretch(1)
    return row


def _dropped(event: QDropEvent) -> Path | None:
    urls = event.mimeData().urls()
    return Path(urls[0].toLocalFile()) if len(urls) == 1 and urls[0].isLocalFile() else None
