"""The top bar: the search box, the badges, who works, hide and lock."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QIcon, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QPushButton, QSizePolicy, QWidget

from antenne.domain.board import Badge, Target
from antenne.ui.kit import tokens as t
from antenne.ui.kit.cards import button, label
from antenne.ui.kit.icons import icon
from antenne.ui.kit.pills import Pill

_KEYS = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_Return, Qt.Key.Key_Enter)


class SearchBox(QLineEdit):
    """Where anything is looked for; the arrows and Entrée go to the list below it."""

    entered = Signal()
    steered = Signal(int)
    """One of the keys that belong to the list."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Begin empty."""
        super().__init__(parent)
        self.setPlaceholderText("Nom, n° de carte, téléphone, action…")
        self.setAccessibleName("Rechercher une personne ou une action")
        self.setMaxLength(120)
        self.setMaximumWidth(430)
        self.setMinimumWidth(150)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setTextMargins(0, 0, 52, 0)
        self._hint = label("Ctrl+K", "muted")
        self._hint.setParent(self)
        self._hint.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The hint stays at the right end."""
        super().resizeEvent(event)
        self._hint.adjustSize()
        self._hint.move(self.width() - self._hint.width() - 12, (self.height() - self._hint.height()) // 2)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Open the list."""
        super().focusInEvent(event)
        self.entered.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Steer the list, or type."""
        if event.key() in _KEYS:
            self.steered.emit(event.key())
        else:
            super().keyPressEvent(event)


class TopBar(QFrame):
    """White, one row."""

    hide_asked = Signal()
    lock_asked = Signal()
    badge_opened = Signal(object)

    def __init__(self, user_line: str, *, demo: bool = False, parent: QWidget | None = None) -> None:
        """Show who works; ``demo`` adds the pill of the demonstration office."""
        super().__init__(parent)
        self.setObjectName("topBar")
        self.setStyleSheet(f"#topBar {{ background: {t.PAPER}; border: none; border-bottom: 1px solid {t.LINE}; }}")
        self.setFixedHeight(t.TOP_BAR_HEIGHT)
        row = QHBoxLayout(self)
        row.setContentsMargins(4 * t.SPACE + 2, 0, 4 * t.SPACE + 2, 0)
        row.setSpacing(3 * t.SPACE + 2)
        self.search = SearchBox()
        self._badges = QHBoxLayout()
        self._badges.setSpacing(2 * t.SPACE)
        self.user = QLabel(user_line)
        self.user.setTextFormat(Qt.TextFormat.PlainText)
        self.hide_button = button("Masquer", "plain", self.hide_asked.emit)
        self.hide_button.setToolTip("Masquer l’écran tout de suite (F12 ou Ctrl+Espace)")
        self.lock_button = button("Verrouiller", "plain", self.lock_asked.emit)
        self.lock_button.setToolTip("Verrouiller (Ctrl+L)")
        row.addWidget(self.search, 20)
        row.addStretch(1)
        if demo:
            row.addWidget(Pill("Démonstration", "info", self))
        row.addLayout(self._badges)
        for piece in (self.user, self.hide_button, self.lock_button):
            row.addWidget(piece)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Words become pictures where they would be cut."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Measured with everything spelled out, so that it does not swing."""
        self._spell_out(whole=True)
        layout = self.layout()
        if layout is not None and layout.minimumSize().width() > self.width():
            self._spell_out(whole=False)

    def _spell_out(self, *, whole: bool) -> None:
        narrow = not whole
        self.user.setVisible(not narrow)
        self.hide_button.setText("" if narrow else "Masquer")
        self.hide_button.setIcon(icon("hide") if narrow else QIcon())
        self.lock_button.setText("" if narrow else "Verrouiller")
        self.lock_button.setIcon(icon("lock") if narrow else QIcon())

    def show_badges(self, badges: Sequence[Badge]) -> None:
        """Replace the pills; each opens its place."""
        while (item := self._badges.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.deleteLater()
        for badge in badges:
            self._badges.addWidget(self._badge(badge))
        self._fit()

    def _badge(self, badge: Badge) -> QPushButton:
        made = button(badge.text, "pill", lambda: self._open_badge(badge.target))
        made.setProperty("tone", badge.tone)
        return made

    def _open_badge(self, target: Target) -> None:
        self.badge_opened.emit(target)
