"""What the login is made of: neutral labels to choose from, the field for the phrase or a code, its sentences.

Made before the first paint, so the same rule holds as in :mod:`antenne.ui.shell.login`: no import that can wait.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from antenne.ui.kit import tokens as t
from antenne.ui.kit.theme import restyle

if TYPE_CHECKING:
    from PySide6.QtGui import QContextMenuEvent, QKeyEvent

SIDE_WIDTH: Final = 340
_COLUMNS: Final = 3
_PHRASE_LABEL: Final = "Votre phrase secrète"
_CODE_LABEL: Final = "Le code de votre enveloppe\u00a0: sept groupes de quatre signes"


def text(words: str, role: str = "") -> QLabel:
    """A label of the theme; ``kit.cards`` has more, and costs more at the start."""
    made = QLabel(words)
    if role:
        made.setProperty("role", role)
    return made


def push(words: str, kind: str = "plain") -> QPushButton:
    """A button of the theme, likewise."""
    made = QPushButton()
    _dress(made, words, kind)
    return made


def _dress(made: QPushButton, words: str, kind: str = "plain") -> None:
    made.setText(words.replace("&", "&&"))
    made.setProperty("kind", kind)
    made.setAutoDefault(True)
    made.setAccessibleName(words)


def side_panel(foot: Sequence[str]) -> QFrame:
    """The dark panel at the left of the login and of the first run: the program's name, and nothing that tells."""
    panel = QFrame()
    panel.setObjectName("doorSide")
    panel.setFixedWidth(SIDE_WIDTH)
    panel.setStyleSheet(
        f"#doorSide {{ background: {t.SIDEBAR}; border: none; }}"
        f"#doorSide QLabel {{ color: {t.SIDEBAR_MUTED}; }}"
        f"#doorSide #doorName {{ color: {t.PAPER}; font-size: 26pt; font-weight: bold; }}"
        f"#doorSide #doorLine {{ background: {t.ACCENT}; border: none; }}"
    )
    column = QVBoxLayout(panel)
    column.setContentsMargins(40, 44, 32, 32)
    column.setSpacing(2 * t.SPACE)
    name = QLabel("Antenne")
    name.setObjectName("doorName")
    line = QFrame()
    line.setObjectName("doorLine")
    line.setFixedSize(56, 4)
    column.addStretch(2)
    column.addWidget(name)
    column.addWidget(line)
    column.addStretch(3)
    for words in foot:
        column.addWidget(text(words))
    return panel


class PhraseField(QLineEdit):
    """Where the phrase is typed; tells when Verr. Maj seems to be on."""

    caps_seen = Signal(bool)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """No menu: it would offer to copy."""
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A capital without Maj, or a small letter with it, is Verr. Maj."""
        from PySide6.QtGui import QKeySequence

        if event.matches(QKeySequence.StandardKey.Copy) or event.matches(QKeySequence.StandardKey.Cut):
            event.accept()  # a phrase never reaches the clipboard
            return
        letter = event.text()
        if len(letter) == 1 and letter.isalpha() and letter.upper() != letter.lower():
            from PySide6.QtCore import Qt

            shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.caps_seen.emit(letter.isupper() != shifted)
        super().keyPressEvent(event)


class _Chip(QPushButton):
    """One label; ``stood`` tells that an arrow moved on it, or from it."""

    stood = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt moves by the arrows, yet chooses only where one was chosen before."""
        from PySide6.QtCore import Qt

        super().keyPressEvent(event)
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.stood.emit()


class LabelChips(QWidget):
    """The neutral labels, as large buttons of which one is chosen."""

    chosen = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Begin without any."""
        super().__init__(parent)
        self.setObjectName("chips")
        self.setStyleSheet(
            "#chips QPushButton { min-height: 42px; max-height: 42px; font-size: 12pt; padding: 0 10px; }"
            "#chips QPushButton:focus { min-height: 40px; max-height: 40px; padding: 0 9px; }"
            f"#chips QPushButton:checked {{ border: 2px solid {t.PRIMARY}; min-height: 40px; max-height: 40px; }}"
            f"#chips QPushButton:checked:focus {{ border: 2px solid {t.ACCENT}; }}"
        )
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(2 * t.SPACE)
        self._group = QButtonGroup(self)
        self._chips: dict[str, _Chip] = {}
        self._group.buttonClicked.connect(lambda _chip: self.chosen.emit())

    @property
    def labels(self) -> tuple[str, ...]:
        """Those shown."""
        return tuple(self._chips)

    @property
    def buttons(self) -> tuple[QPushButton, ...]:
        """Theirs, in reading order."""
        return tuple(self._chips.values())

    @property
    def current(self) -> str | None:
        """The one chosen."""
        return next((name for name, chip in self._chips.items() if chip.isChecked()), None)

    def show_labels(self, labels: Sequence[str]) -> None:
        """Replace the labels where they differ; the only one there is is chosen."""
        if self.labels == tuple(labels):
            return
        for chip in self._chips.values():
            self._group.removeButton(chip)
            chip.deleteLater()
        self._chips = {name: _Chip() for name in labels}
        for place, (name, chip) in enumerate(self._chips.items()):
            _dress(chip, name)
            chip.setCheckable(True)
            chip.setAutoDefault(False)
            chip.stood.connect(self._choose_stood)
            self._group.addButton(chip)
            self._grid.addWidget(chip, place // _COLUMNS, place % _COLUMNS)
        for column in range(_COLUMNS):
            self._grid.setColumnStretch(column, 1)
        if len(labels) == 1:
            self.choose(labels[0])

    def choose(self, name: str) -> None:
        """Choose a label."""
        if name in self._chips:
            self._chips[name].setChecked(True)

    def focus_current(self) -> bool:
        """Stand on the chosen label, else on the first; False when there is none."""
        chip = self._chips.get(self.current or "", next(iter(self._chips.values()), None))
        if chip is not None:
            chip.setFocus()
        return chip is not None

    def _choose_stood(self) -> None:
        """The arrows choose: where she stands is what she means."""
        self.choose(self._stood() or "")

    def _stood(self) -> str | None:
        return next((name for name, chip in self._chips.items() if chip.hasFocus()), None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Entrée chooses the label stood on and goes on to the phrase; letters belong to the phrase."""
        from PySide6.QtCore import Qt

        focused = self._stood()
        if focused is None or event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
            return
        self.choose(focused)
        self.chosen.emit()


class LoginForm(QWidget):
    """Label, phrase, « Ouvrir », and the two ways out; decides nothing."""

    submitted = Signal()
    restore_asked = Signal()

    def __init__(self, *, can_restore: bool, parent: QWidget | None = None) -> None:
        """Make the form without any label yet."""
        super().__init__(parent)
        self.by_code = False
        self._sentence = ""
        self._busy = False
        self._left = 0
        self.chips = LabelChips()
        self._chips_label = text("Votre étiquette", "muted")
        self.secret = PhraseField()
        self._secret_label = text(_PHRASE_LABEL, "muted")
        self.eye = push("Voir")
        self.open_button = push("Ouvrir", "primary")
        self._caps = text("Verr. Maj semble être enfoncée.", "hint")
        self._error = text("", "error")
        self.code_link = push("Code de secours…", "link")
        self.restore_link = push("Restaurer une sauvegarde…", "link")
        self.restore_link.setVisible(can_restore)
        self._lay_out()
        self._connect()

    def show_labels(self, labels: Sequence[str]) -> None:
        """Show these labels; Tab goes on from them to the phrase, whatever was made before or comes after."""
        self.chips.show_labels(labels)
        order = (*self.chips.buttons, self.secret, self.eye, self.open_button, self.code_link, self.restore_link)
        for one, following in pairwise(order):
            QWidget.setTabOrder(one, following)

    @property
    def sentence(self) -> str:
        """What stands beside the field."""
        return self._sentence

    def say(self, words: str) -> None:
        """Put a sentence beside the field, or take it away."""
        self._sentence = words
        self._error.setText(words)
        self._error.setVisible(bool(words))
        self.secret.setAccessibleDescription(words)
        restyle(self.secret, error=bool(words))

    def show_state(self, *, busy: bool, seconds_left: int = 0) -> None:
        """Tell that it opens, or how long the next try has to wait."""
        self._busy, self._left = busy, seconds_left
        words = "Ouverture…" if busy else f"Attendez {seconds_left}\u00a0s" if seconds_left else "Ouvrir"
        self.open_button.setText(words)
        self.open_button.setEnabled(not busy and not seconds_left)
        self.secret.setReadOnly(busy)
        for piece in (self.chips, self.code_link, self.restore_link):
            piece.setEnabled(not busy)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A letter typed on a label or a button, which has no use for it, begins the phrase: none is lost."""
        from PySide6.QtCore import Qt

        alt, control = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
        shortcut = event.modifiers() & (alt | control) in (alt, control)  # both together are AltGr: a sign of a phrase
        if shortcut or not event.text() or not event.text().isprintable():
            super().keyPressEvent(event)
            return
        self.secret.setFocus()
        self.secret.keyPressEvent(event)

    def plain_sentences(self) -> None:
        """Never read a sentence as markup; called after the first paint (it needs Qt's namespace)."""
        from PySide6.QtCore import Qt

        for piece in (self._error, self._caps, self._secret_label):
            piece.setTextFormat(Qt.TextFormat.PlainText)

    def switch(self) -> None:
        """From the phrase to a recovery code, and back."""
        self.by_code = not self.by_code
        words = _CODE_LABEL if self.by_code else _PHRASE_LABEL
        self._secret_label.setText(words)
        self.secret.setAccessibleName(words)
        self.code_link.setText("Revenir à la phrase secrète" if self.by_code else "Code de secours…")
        for piece in (self.chips, self._chips_label, self.eye):
            piece.setVisible(not self.by_code)
        self.secret.clear()
        self.eye.setChecked(False)
        self.say("")
        self._look(shown=False)

    def _lay_out(self) -> None:
        self.secret.setEchoMode(QLineEdit.EchoMode.Password)
        self.secret.setAccessibleName(_PHRASE_LABEL)
        self.secret.setStyleSheet("font-size: 12pt;")
        self._secret_label.setBuddy(self.secret)
        self.eye.setCheckable(True)
        self.eye.setToolTip("Montrer ou cacher ce qui est tapé")
        self._caps.hide()
        self._error.setWordWrap(True)
        self._error.hide()
        row, links = QHBoxLayout(), QHBoxLayout()
        for piece in (self.secret, self.eye, self.open_button):
            row.addWidget(piece, 1 if piece is self.secret else 0)
        row.setSpacing(2 * t.SPACE)
        links.setSpacing(4 * t.SPACE)
        links.addWidget(self.code_link)
        links.addWidget(self.restore_link)
        links.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * t.SPACE)
        column.addWidget(text("Ouvrir Antenne", "title"))
        column.addSpacing(2 * t.SPACE)
        column.addWidget(self._chips_label)
        column.addWidget(self.chips)
        column.addSpacing(2 * t.SPACE)
        column.addWidget(self._secret_label)
        column.addLayout(row)
        column.addWidget(self._caps)
        column.addWidget(self._error)
        column.addSpacing(2 * t.SPACE)
        column.addLayout(links)

    def _connect(self) -> None:
        self.secret.returnPressed.connect(self.submitted)
        self.secret.textEdited.connect(self._edited)
        self.secret.caps_seen.connect(self._caps.setVisible)
        self.open_button.clicked.connect(self.submitted)
        self.eye.toggled.connect(self._look)
        self.code_link.clicked.connect(self.switch)
        self.restore_link.clicked.connect(self.restore_asked)
        self.chips.chosen.connect(self.secret.setFocus)

    def _edited(self) -> None:
        if self._sentence and not self._left:
            self.say("")

    def _look(self, shown: bool) -> None:
        visible = shown or self.by_code
        self.secret.setEchoMode(QLineEdit.EchoMode.Normal if visible else QLineEdit.EchoMode.Password)
        self.eye.setText("Cacher" if shown else "Voir")
        self.secret.setFocus()
