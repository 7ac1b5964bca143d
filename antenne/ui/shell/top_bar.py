"""The top bar: the search box, the badges, who works, hide and lock."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Qt, Signal
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
        self._saved: int | None = None
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(4 * t.SPACE + 2, 0, 4 * t.SPACE + 2, 0)
        row.setSpacing(3 * t.SPACE + 2)
        row.setSizeConstraint(QHBoxLayout.SizeConstraint.SetNoConstraint)  # it is as wide as the window lets it be
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

    def minimumSizeHint(self) -> QSize:
        """It fits itself into any width, so it asks for none."""
        return QSize(0, t.TOP_BAR_HEIGHT)

    def event(self, event: QEvent) -> bool:
        """A pill that came, or took its font, may need the room of a word."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Words become pictures where they would be cut."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Spell out what there is room for; what the pictures save is known from the moment they came."""
        if self._saved is None and self._least() > self.width():
            before = self._least()
            self._spell_out(whole=False)
            self._saved = before - self._least()
        elif self._saved is not None and self._least() + self._saved <= self.width():
            self._saved = None
            self._spell_out(whole=True)

    def _least(self) -> int:
        return self._row.minimumSize().width()

    def _spell_out(self, *, whole: bool) -> None:
        self.user.setVisible(whole)
        for made, words, picture in ((self.hide_button, "Masquer", "hide"), (self.lock_button, "Verrouiller", "lock")):
            made.setText(words if whole else "")
            made.setIcon(QIcon() if whole else icon(picture))

    def show_badges(self, badges: Sequence[Badge]) -> None:
        """Replace the pills; each opens its place."""
        while (item := self._badges.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.deleteLater()
        for badge in badges:
            self._badges.addWidget(self._badge(badge))

    def _badge(self, badge: Badge) -> QPushButton:
        made = button(badge.text, "pill", lambda: self._open_badge(badge.target))
        made.setProperty("tone", badge.tone)
        return made

    def _open_badge(self, target: Target) -> None:
        self.badge_opened.emit(target)
