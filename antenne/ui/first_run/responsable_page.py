"""Second page: who founds the office, and the neutral name she picks at login."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import ClassVar, Final

from PySide6.QtWidgets import QGridLayout, QWidget

from antenne.domain.first_run import FirstRun, Responsable
from antenne.domain.violations import Violation
from antenne.ui.first_run.parts import Entry, WizardPage
from antenne.ui.kit import tokens as t
from antenne.ui.kit.cards import Card, button, label

LABELS: Final = ("Baobab", "Héron", "Colline", "Pirogue", "Tortue", "Rônier", "Pintade", "Dune", "Falaise", "Nénuphar")
"""Places, trees and animals: nobody can guess from them who opens what."""

_PER_ROW: Final = 5


class ResponsablePage(WizardPage):
    """Her name for the office, her label for the login."""

    title: ClassVar[str] = "La responsable"
    subtitle: ClassVar[str] = "Elle ouvre tout, donne les accès aux autres et garde les clés du bureau."

    def __init__(self, words: Callable[[Violation], str], parent: QWidget | None = None) -> None:
        """Begin empty."""
        super().__init__(words, parent)
        who = Card("Qui elle est")
        self._name = self.add_entry("name", Entry("Prénom et nom", hint="par exemple\u00a0: Aminata Diarra"))
        who.body.addWidget(self._name)
        who.body.addWidget(
            label("Son nom reste dans la base chiffrée\u00a0: on ne le voit pas avant d’avoir ouvert.", "hint")
        )
        chosen = Card("Son étiquette à l’ouverture")
        words_of = (
            "À l’ouverture, on choisit une étiquette, pas un nom\u00a0: qui regarde l’écran n’apprend rien. Prenez un "
            "lieu, un arbre ou un animal."
        )
        chosen.body.addWidget(label(words_of, "muted", wrap=True))
        self._label = self.add_entry("label", Entry("Étiquette", hint="par exemple\u00a0: Baobab"))
        chosen.body.addWidget(self._label)
        grid = QGridLayout()
        grid.setSpacing(2 * t.SPACE)
        for place, name in enumerate(LABELS):
            grid.addWidget(button(name, "plain", partial(self._take, name)), place // _PER_ROW, place % _PER_ROW)
        chosen.body.addLayout(grid)
        self.column.addWidget(who)
        self.column.addWidget(chosen)
        self.column.addStretch(1)

    def show_state(self, state: FirstRun) -> None:
        """Stand in the first field."""
        if state.responsable is None:
            self._name.line.setFocus()

    def forward(self) -> None:
        """Name and label as typed."""
        self.given.emit(Responsable(self._name.text, self._label.text))

    def _take(self, name: str) -> None:
        self._label.line.setText(name)
        self._label.say("")
        self._label.line.setFocus()
