"""What is shown to be copied by hand and typed back: it reaches neither the clipboard nor a printer."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QFrame, QLabel, QLineEdit, QVBoxLayout, QWidget

from antenne.domain.recovery import groups_of
from antenne.ui.kit import tokens as t
from antenne.ui.kit.cards import label
from antenne.ui.kit.theme import restyle

_IN_ROW = 4


class SecretBox(QFrame):
    """Large words or groups, to be read across a desk; they cannot be selected."""

    def __init__(self, name: str) -> None:
        """Begin hidden; ``name`` says what it is."""
        super().__init__()
        self.setProperty("role", "focus")
        column = QVBoxLayout(self)
        column.setContentsMargins(4 * t.SPACE, 3 * t.SPACE, 4 * t.SPACE, 3 * t.SPACE)
        self._text = label("", "figure", wrap=True)
        self._text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        self._text.setMinimumHeight(72)
        self._name = name
        column.addWidget(self._text)

    @property
    def words(self) -> str:
        """What stands in the box."""
        return self._text.text()

    def show_words(self, words: str) -> None:
        """Words of a phrase, or dots once they are on paper."""
        self._say(words or "• • • •")

    def show_code(self, code: str) -> None:
        """A code in two rows of groups, as the sheet has them; dots once it is on paper."""
        if not code:
            self._say("••••  ••••  ••••  ••••\n••••  ••••  ••••")
            return
        groups = groups_of(code.replace("-", ""))
        self._say("\n".join("   ".join(part) for part in (groups[:_IN_ROW], groups[_IN_ROW:])))

    def _say(self, text: str) -> None:
        self._text.setText(text)
        self._text.setAccessibleName(f"{self._name}\u00a0: {text}")


class SecretLine(QLineEdit):
    """Typed back from the paper: cut, copy, drag and the menu that offers them are off."""

    def __init__(self, name: str) -> None:
        """An empty line with an accessible name."""
        super().__init__()
        self.setAccessibleName(name)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setDragEnabled(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Typing only."""
        if event.matches(QKeySequence.StandardKey.Copy) or event.matches(QKeySequence.StandardKey.Cut):
            event.accept()
            return
        super().keyPressEvent(event)


class Asked(QWidget):
    """A labelled secret line with its error below."""

    def __init__(self, name: str, hint: str = "") -> None:
        """Make the three of them."""
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        self.line = SecretLine(name)
        above: QLabel = label(name, "label")
        above.setBuddy(self.line)
        self._hint = hint
        self._below = label(hint, "hint", wrap=True)
        column.addWidget(above)
        column.addWidget(self.line)
        column.addWidget(self._below)
        self.line.textEdited.connect(lambda _text: self.complain(""))

    def complain(self, sentence: str) -> None:
        """Say what is wrong, or take it back."""
        restyle(self.line, error=bool(sentence))
        restyle(self._below, role="error" if sentence else "hint")
        self._below.setText(sentence or self._hint)
        self.line.setAccessibleDescription(sentence)

    @property
    def error(self) -> str:
        """The sentence that stands there."""
        return self._below.text() if self._below.property("role") == "error" else ""
