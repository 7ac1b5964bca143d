"""Third page: four words on her own paper, typed back; or a phrase of her own."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QLineEdit, QStackedLayout, QVBoxLayout, QWidget

from antenne.domain.first_run import FirstRun, Keep, OwnPhrase, TypedBack
from antenne.domain.violations import Violation
from antenne.ui.first_run.parts import Entry, WizardPage
from antenne.ui.kit import tokens as t
from antenne.ui.kit.cards import Card, button, label

_SHOWN, _TYPING, _OWN = range(3)
_LONGEST = 1200
"""Letters the fields take: more than the rule allows, so that the rule speaks."""


class PhrasePage(WizardPage):
    """Words shown, then hidden and typed back."""

    words_asked = Signal()
    title: ClassVar[str] = "La phrase secrète de la responsable"
    subtitle: ClassVar[str] = (
        "Elle ouvre tout le bureau. Personne ne peut la retrouver à sa place, pas même un informaticien."
    )

    def __init__(self, words: Callable[[Violation], str], parent: QWidget | None = None) -> None:
        """Make the three faces of the page."""
        super().__init__(words, parent)
        self._settled = False
        self._cards = [_WordCard(place + 1) for place in range(4)]
        self._typed = Entry("Vos quatre mots, dans l’ordre", secret=True, longest=_LONGEST)
        self._own = Entry("Votre phrase", secret=True, longest=_LONGEST)
        self._again = Entry("Encore une fois", secret=True, longest=_LONGEST)
        for entry in (self._typed, self._own, self._again):
            entry.submitted.connect(self.forward)
        for entry in (self._own, self._again):
            entry.line.setEchoMode(QLineEdit.EchoMode.Password)
        self._faces = QStackedLayout()
        for face in (self._shown_face(), self._typing_face(), self._own_face()):
            self._faces.addWidget(face)
        self.column.addLayout(self._faces)
        self.column.addStretch(1)
        self._turn(_SHOWN)

    @property
    def next_label(self) -> str:
        """What the main button does on this face."""
        if self._settled:
            return "Continuer"
        return "Je les ai écrits" if self._faces.currentIndex() == _SHOWN else "Continuer"

    def show_state(self, state: FirstRun) -> None:
        """Show the words offered now; once settled, say so and ask nothing."""
        self._settled = state.passphrase is not None
        for card, word in zip(self._cards, state.offered.split(), strict=False):
            card.show_word("••••••" if self._settled else word)
        self._done.setVisible(self._settled)
        self._more.setVisible(not self._settled)
        self._turn(_SHOWN)

    def forward(self) -> None:
        """From the words to the typing, and from the typing onwards."""
        face = self._faces.currentIndex()
        if self._settled and face == _SHOWN:
            self.given.emit(Keep())
        elif face == _SHOWN:
            self._turn(_TYPING)
        elif face == _TYPING:
            self.given.emit(TypedBack(self._typed.text))
        else:
            self.given.emit(OwnPhrase(self._own.text, self._again.text))

    def back(self) -> bool:
        """From the typing back to the words."""
        if self._faces.currentIndex() == _SHOWN:
            return False
        self._turn(_SHOWN)
        return True

    def forget(self) -> None:
        """No word stays on the page."""
        for entry in (self._typed, self._own, self._again):
            entry.line.clear()
        for card in self._cards:
            card.show_word("")

    def _turn(self, face: int) -> None:
        for entry in (self._typed, self._own, self._again):
            entry.line.clear()
            entry.say("")
        self.entries = (
            {"passphrase": self._typed} if face == _TYPING else {"passphrase": self._own, "again": self._again}
        )
        self._faces.setCurrentIndex(face)
        if face != _SHOWN:
            self.entries["passphrase"].line.setFocus()
        self.buttons_changed.emit()

    def _shown_face(self) -> QWidget:
        card = Card("Écrivez ces quatre mots sur votre papier")
        grid = QGridLayout()
        grid.setSpacing(3 * t.SPACE)
        for place, shown in enumerate(self._cards):
            grid.addWidget(shown, place // 2, place % 2)
        card.body.addLayout(grid)
        self._done = label("Votre phrase est déjà choisie et vérifiée.", "muted")
        card.body.addWidget(self._done)
        sentence = (
            "Tirés au hasard, personne ne peut les deviner. Une petite histoire avec les quatre aide à s’en souvenir. "
            "Gardez le papier loin de l’ordinateur, et brûlez-le quand vous les saurez."
        )
        card.body.addWidget(label(sentence, "muted", wrap=True))
        self._more = QWidget()
        row = QHBoxLayout(self._more)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4 * t.SPACE)
        row.addWidget(button("D’autres mots", "plain", self.words_asked.emit))
        row.addWidget(button("Je préfère ma propre phrase…", "link", lambda: self._turn(_OWN)))
        row.addStretch(1)
        card.body.addWidget(self._more)
        return _upper(card)

    def _typing_face(self) -> QWidget:
        card = Card("Tapez-les d’après votre papier")
        card.body.addWidget(self._typed)
        card.body.addWidget(
            label("Les accents, les majuscules et l’ordre comptent\u202f; les espaces en trop, non.", "hint")
        )
        row = QHBoxLayout()
        row.addWidget(button("Revoir les mots", "plain", lambda: self._turn(_SHOWN)))
        row.addStretch(1)
        card.body.addLayout(row)
        return _upper(card)

    def _own_face(self) -> QWidget:
        card = Card("Votre propre phrase")
        sentence = (
            "Au moins quatre mots rares qui ne vont pas ensemble. Ni nom, ni date, ni proverbe\u00a0: la phrase la "
            "plus faible du bureau ouvre tout le bureau."
        )
        card.body.addWidget(label(sentence, "muted", wrap=True))
        card.body.addWidget(self._own)
        card.body.addWidget(self._again)
        row = QHBoxLayout()
        row.setSpacing(4 * t.SPACE)
        eye = button("Voir", "plain")
        eye.setCheckable(True)
        eye.toggled.connect(self._look)
        row.addWidget(eye)
        row.addWidget(button("Revenir aux quatre mots", "link", lambda: self._turn(_SHOWN)))
        row.addStretch(1)
        card.body.addLayout(row)
        return _upper(card)

    def _look(self, shown: bool) -> None:
        for entry in (self._own, self._again):
            entry.line.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)


class _WordCard(QFrame):
    """One word, as large as the page allows."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.setObjectName("word")
        self.setStyleSheet(
            f"#word {{ background: {t.PRIMARY_TINT}; border: none; border-radius: {t.RADIUS}px; }}"
            f"#word #letters {{ font-size: 22pt; font-weight: bold; color: {t.PRIMARY}; }}"
        )
        row = QHBoxLayout(self)
        row.setContentsMargins(5 * t.SPACE, 3 * t.SPACE, 5 * t.SPACE, 3 * t.SPACE)
        row.addWidget(label(str(number), "muted"))
        self._word = QLabel()
        self._word.setObjectName("letters")
        self._word.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._word.setTextFormat(Qt.TextFormat.PlainText)
        row.addWidget(self._word, 1)
        self.setMinimumHeight(76)

    def show_word(self, word: str) -> None:
        """Show a word."""
        self._word.setText(word)
        self.setAccessibleName(word)


def _upper(card: Card) -> QWidget:
    """A card at the top of its face, as high as it needs."""
    face = QWidget()
    column = QVBoxLayout(face)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(card)
    column.addStretch(1)
    return face
