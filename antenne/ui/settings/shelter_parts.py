"""The two blocks that open inside « Mise à l’abri »: a question, and a code that is given and replaced."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from antenne.domain.first_run import FirstRun
from antenne.ui.kit import tokens as t
from antenne.ui.kit.cards import button, label
from antenne.ui.settings.secret_pages import CodePage
from antenne.ui.settings.secret_widgets import Asked


class ConfirmBlock(QFrame):
    """A sentence and two buttons, in the page; Entrée held down stops at « Annuler »."""

    confirmed = Signal()
    cancelled = Signal()

    def __init__(self) -> None:
        """Begin hidden."""
        super().__init__()
        self.setProperty("role", "alert")
        column = QVBoxLayout(self)
        column.setSpacing(2 * t.SPACE)
        self._sentence = label("", "strong", wrap=True)
        column.addWidget(self._sentence)
        self.cancel_button = button("Annuler", "plain", self.cancelled.emit)
        self.confirm_button = button("", "danger", self.confirmed.emit)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.cancel_button)
        row.addWidget(self.confirm_button)
        column.addLayout(row)
        self.hide()

    def ask(self, sentence: str, said: str) -> None:
        """Show the question; ``said`` stands on the button that does it."""
        self._sentence.setText(sentence)
        self.confirm_button.setText(said)
        self.confirm_button.setAccessibleName(said)
        self.confirm_button.setAccessibleDescription(sentence)
        self.setEnabled(True)
        self.show()
        self.cancel_button.setFocus()

    def close_block(self) -> None:
        """Away."""
        self.setEnabled(True)
        self.hide()


class ReopenBlock(QWidget):
    """The code *confidentiel* typed, then a fresh one copied and typed back."""

    code_given = Signal(str)
    answered = Signal(object)
    """What the second half answers: an input of :mod:`antenne.domain.first_run`."""

    new_code_asked = Signal()
    sheet_asked = Signal()
    cancelled = Signal()

    def __init__(self) -> None:
        """Begin hidden."""
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * t.SPACE)
        self.asked = Asked("Code de l’enveloppe 2", "Sept groupes de quatre signes, avec ou sans tirets.")
        self.asked.line.returnPressed.connect(self.forward)
        self.page = CodePage()
        self.page.copied.connect(self.answered.emit)
        self.page.new_code_asked.connect(self.new_code_asked.emit)
        self.page.typed.line.returnPressed.connect(self.forward)
        column.addWidget(self.asked)
        column.addWidget(self.page)
        self.sheet_button = button("Feuille vierge à imprimer…", "plain", self.sheet_asked.emit, icon_name="printer")
        self.cancel_button = button("Annuler", "plain", self.cancelled.emit)
        self.next_button = button("Continuer", "primary", self.forward)
        row = QHBoxLayout()
        row.addWidget(self.sheet_button)
        row.addStretch(1)
        row.addWidget(self.cancel_button)
        row.addWidget(self.next_button)
        column.addLayout(row)
        self.hide()

    def ask_code(self, wrong: str = "") -> None:
        """The first half; ``wrong`` says why the code typed before does not open."""
        self._turn(second=False)
        if wrong:
            self.asked.complain(wrong)
        else:
            self.asked.line.clear()
        self.asked.line.setFocus()

    def show_run(self, run: FirstRun) -> None:
        """The second half: the fresh code."""
        self._turn(second=True)
        self.asked.line.clear()
        self.page.show_run(run)
        self.next_button.setVisible(run.code_hidden)
        self.page.begin()

    def forward(self) -> None:
        """Entrée, « Continuer »."""
        if not self.isEnabled():
            return
        if self.page.isHidden():
            self.code_given.emit(self.asked.line.text())
        else:
            self.answered.emit(self.page.answer())

    def complain(self, sentence: str) -> None:
        """What is wrong with the code typed first."""
        self.asked.complain(sentence)
        self.asked.line.setFocus()

    def wait(self) -> None:
        """Something is being tried."""
        self.setEnabled(False)

    def close_block(self) -> None:
        """Away, and empty."""
        for asked in (self.asked, self.page.typed):
            asked.line.clear()
            asked.complain("")
        self.page.box.show_code("")
        self.setEnabled(True)
        self.hide()

    def _turn(self, *, second: bool) -> None:
        self.asked.setVisible(not second)
        self.page.setVisible(second)
        self.sheet_button.setVisible(second)
        self.next_button.setVisible(not second)
        self.setEnabled(True)
        self.show()
