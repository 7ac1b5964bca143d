"""A phrase that came on a paper is changed at the first login: four words are offered, or she writes her own."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from antenne.domain.violations import Violation
from antenne.services import users
from antenne.services.desk import Desk
from antenne.ui.kit import tokens as t
from antenne.ui.kit.cards import Card, button, label
from antenne.ui.kit.operations import SHORT, Operations
from antenne.wording import violations as sentences


class PhrasePage(QWidget):
    """Shows four words, asks for a phrase twice; ``changed`` goes on."""

    changed = Signal()

    def __init__(self, desk: Desk, operations: Operations, slot_id: str, left: Callable[[], object]) -> None:
        """Ask; ``left`` is called when the window is closed without a phrase."""
        super().__init__()
        self._desk = desk
        self._operations = operations
        self._slot_id = slot_id
        self._left = left
        self._done_once = False
        self.setWindowTitle("Antenne")
        self.resize(1366, 768)
        self.offered = label("", "title")
        self.offered.setAccessibleName("Phrase proposée")
        self.phrase = self._secret("Votre phrase")
        self.again = self._secret("La même, encore une fois")
        self.error = label("", "error", wrap=True)
        self.error.hide()
        self.keep = button("Garder cette phrase", "primary", self.save)
        self._lay_out()
        self._draw()
        self.phrase.setFocus()

    def _secret(self, name: str) -> QLineEdit:
        made = QLineEdit()
        made.setAccessibleName(name)
        made.setMaxLength(1024)
        made.returnPressed.connect(self.save)
        return made

    def _lay_out(self) -> None:
        card = Card("Choisissez votre phrase secrète", role="focus", parent=self)
        card.pill.hide()
        card.setFixedWidth(640)
        card.body.addWidget(
            label(
                "Celle que vous venez de taper était sur un papier. En voici une autre, tirée au sort\u00a0: copiez-la "
                "à la main si vous la prenez, ou écrivez la vôtre. Puis détruisez l’ancien papier.",
                "",
                wrap=True,
            )
        )
        row = QHBoxLayout()
        row.addWidget(self.offered, 1)
        row.addWidget(button("D’autres mots", "plain", self._draw))
        card.body.addLayout(row)
        for words, field in (("Votre phrase *", self.phrase), ("La même, encore une fois *", self.again)):
            asked = label(words, "label")
            asked.setBuddy(field)
            card.body.addWidget(asked)
            card.body.addWidget(field)
        card.body.addWidget(self.error)
        card.body.addWidget(self.keep, 0, Qt.AlignmentFlag.AlignRight)
        column = QVBoxLayout(self)
        column.setSpacing(t.SPACE)
        column.addStretch(1)
        column.addWidget(card, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(2)

    def _draw(self) -> None:
        self._operations.run(SHORT, _drawn, owner=self, done=self.offered.setText, latest=True)

    def save(self) -> None:
        """Both alike and hard to guess: her slot is wrapped anew."""
        if " ".join(self.phrase.text().split()) != " ".join(self.again.text().split()):
            self._say("Les deux ne sont pas pareilles. Retapez-les.")
            return
        self.keep.setEnabled(False)
        self._operations.run(
            SHORT,
            users.change_first_phrase,
            self._desk,
            self._slot_id,
            self.phrase.text(),
            owner=self,
            done=self._done,
            broken=self._refused,
        )

    def _done(self, _done: object) -> None:
        self._done_once = True
        self.changed.emit()

    def _refused(self, broken: tuple[Violation, ...]) -> None:
        self.keep.setEnabled(True)
        self._say(" ".join(sentences.sentence(one) for one in broken))

    def _say(self, sentence: str) -> None:
        self.error.setText(sentence)
        self.error.show()
        self.phrase.setFocus()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Closed without a phrase: the office is closed again; the paper still opens."""
        super().closeEvent(event)
        if not self._done_once:
            self._left()


def _drawn() -> str:
    return users.draw_phrase(users.word_list())
