"""Cards, titles, figures, empty places: what pages are made of."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from antenne.domain.board import Tile, Tone
from antenne.ui.kit import tokens as t
from antenne.ui.kit.icons import icon, pixmap
from antenne.ui.kit.pills import Pill
from antenne.ui.kit.theme import restyle

HIDDEN_FIGURE = "••••"
_EMPTY_WIDTH = 420
"""Of the sentence of an empty place: a fixed width, or its wrapped lines would be cut."""


def label(text: str = "", role: str = "", *, wrap: bool = False, tone: str = "") -> QLabel:
    """A label of one role of the theme; plain text always, so that a name never becomes markup."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wrap)
    if role:
        made.setProperty("role", role)
    if tone:
        made.setProperty("tone", tone)
    return made


class Elided(QLabel):
    """One line that ends with « … » where the width is too small, and says the whole when pointed at."""

    def __init__(self, text: str = "", role: str = "") -> None:
        """Show ``text`` in one role of the theme."""
        super().__init__(text)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        if role:
            self.setProperty("role", role)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """As many letters as there is room for."""
        room = self.contentsRect()
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room.width())
        self.setToolTip(self.text() if shown != self.text() else "")
        painter = QPainter(self)
        where = int(self.alignment().value)
        self.style().drawItemText(painter, room, where, self.palette(), True, shown, self.foregroundRole())


def button(
    text: str, kind: str = "plain", clicked: Callable[[], object] | None = None, *, icon_name: str = ""
) -> QPushButton:
    """A push button of one kind of the theme, reached by Tab and set off by Entrée as by the space bar."""
    made = QPushButton(text.replace("&", "&&"))
    made.setProperty("kind", kind)
    made.setAutoDefault(True)
    made.setAccessibleName(text)
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    if icon_name:
        made.setIcon(icon(icon_name, t.PAPER if kind in ("primary", "danger") else t.INK))
        made.setIconSize(QSize(t.ICON_SIZE, t.ICON_SIZE))
    if clicked is not None:
        made.clicked.connect(lambda _checked=False: clicked())
    return made


class Card(QFrame):
    """White paper with a border: an optional heading with a pill, then ``body``."""

    def __init__(
        self,
        title: str = "",
        *,
        pill: str = "",
        tone: Tone = "neutral",
        role: str = "card",
        parent: QWidget | None = None,
    ) -> None:
        """Make an empty card.

        Args:
            title: Its heading, or empty.
            pill: Word of the pill at the right of the heading.
            tone: The pill's.
            role: ``card``, ``closed`` (confidential), ``focus`` (work in hand) or ``alert``.
            parent: Qt parent.
        """
        super().__init__(parent)
        self.setProperty("role", role)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(4 * t.SPACE, 3 * t.SPACE + 2, 4 * t.SPACE, 4 * t.SPACE)
        self.body.setSpacing(2 * t.SPACE)
        self.heading = label(title, "heading")
        self.pill = Pill(pill, tone, self)
        self.head = QHBoxLayout()
        self.head.setSpacing(3 * t.SPACE)
        if title:
            self.setAccessibleName(title)
            self.head.addWidget(self.heading)
            self.head.addStretch(1)
            self.head.addWidget(self.pill)
            self.body.addLayout(self.head)


class ClosedCard(Card):
    """A confidential area, for one without the right: a padlock, the same for every person."""

    def __init__(self, title: str, sentence: str, parent: QWidget | None = None) -> None:
        """Say that it is closed, and to whom it is open."""
        super().__init__(title, pill="Fermé", role="closed", parent=parent)
        lock = QLabel()
        lock.setPixmap(pixmap("lock", t.INK, 28))
        lock.setAccessibleName("Cadenas fermé")
        self.body.addWidget(lock)
        self.body.addWidget(label(sentence, "muted", wrap=True))
        self.body.addStretch(1)


class TileCard(Card):
    """One figure of the home page; a balance stays hidden until Ctrl+B."""

    activated = Signal()

    def __init__(self, tile: Tile, parent: QWidget | None = None) -> None:
        """Show ``tile``."""
        super().__init__(parent=parent)
        self._tile = tile
        self.body.setSpacing(1)
        self._figure = label("", "figure")
        self.body.addWidget(label(tile.label, "muted"))
        self.body.addWidget(self._figure)
        self._note = label(tile.note, "note", tone=tile.tone, wrap=True)
        self.body.addWidget(self._note)
        self.body.addStretch(1)
        if tile.target is not None:
            self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.show_hidden(shown=False)

    def show_hidden(self, *, shown: bool) -> None:
        """Show the balance, or dots in its place."""
        covered = self._tile.hidden and not shown
        self._figure.setText(HIDDEN_FIGURE if covered else self._tile.figure)
        self._note.setText("Solde caché · Ctrl+B pour le voir" if covered else self._tile.note)
        restyle(self._note, tone="neutral" if covered else self._tile.tone)
        self.setAccessibleName(f"{self._tile.label} : {self._figure.text()}")

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click opens what the figure counts."""
        if self._tile.target is not None and event.button() is Qt.MouseButton.LeftButton:
            self.activated.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Entrée and the space bar do the same."""
        if self._tile.target is not None and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.activated.emit()
            return
        super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """The border tells the focus."""
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            restyle(self, role="focus" if event.type() is QEvent.Type.FocusIn else "card")
        return super().event(event)


class PageTitle(QWidget):
    """The first row of a page: title, pill, a line about it, and its buttons at the right."""

    def __init__(self, title: str = "", *, subtitle: str = "", parent: QWidget | None = None) -> None:
        """Show ``title``; add buttons with :meth:`add_button`, the main one last."""
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(3 * t.SPACE + 2)
        self.title = label(title, "title")
        self.pill = Pill()
        self.subtitle = Elided(subtitle, "subtitle")
        row.addWidget(self.title)
        row.addWidget(self.pill)
        row.addWidget(self.subtitle, 1)
        self._row = row

    def add_button(self, made: QWidget) -> QWidget:
        """Add a button (or another control) at the right end."""
        self._row.addWidget(made)
        return made

    def show_title(self, title: str, *, subtitle: str = "", pill: str = "", tone: Tone = "neutral") -> None:
        """Change everything at once."""
        self.title.setText(title)
        self.subtitle.setText(subtitle)
        self.pill.show_word(pill, tone)


class EmptyState(QWidget):
    """Says what this place is for, and offers the first action."""

    def __init__(
        self, icon_name: str, title: str, sentence: str, action: str = "", begin: Callable[[], object] | None = None
    ) -> None:
        """Show the picture, the sentence and, given ``begin``, the button ``action``."""
        super().__init__()
        column = QVBoxLayout(self)
        column.setSpacing(2 * t.SPACE)
        column.addStretch(1)
        picture = QLabel()
        picture.setPixmap(pixmap(icon_name, t.MUTED, 44))
        heading = label(title, "heading", wrap=True)
        words = label(sentence, "muted", wrap=True)
        for piece in (heading, words):
            piece.setFixedWidth(_EMPTY_WIDTH)
            piece.setMinimumHeight(piece.heightForWidth(_EMPTY_WIDTH))
        for piece in (picture, heading, words):
            piece.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(piece, 0, Qt.AlignmentFlag.AlignHCenter)
        self.button: QPushButton | None = None
        if begin is not None:
            self.button = button(action, "primary", begin)
            column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(2)


class Page(QScrollArea):
    """A page that scrolls when the window is small, and keeps the field in use in sight."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make an empty page; fill ``body``."""
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inside = QWidget()
        self.body = QVBoxLayout(inside)
        self.body.setContentsMargins(5 * t.SPACE + 2, 4 * t.SPACE + 2, 5 * t.SPACE + 2, 4 * t.SPACE + 2)
        self.body.setSpacing(3 * t.SPACE + 2)
        self.setWidget(inside)
