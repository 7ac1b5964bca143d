"""Fourth page: the two recovery codes, one after the other, copied by hand and typed back whole."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QStackedLayout, QVBoxLayout, QWidget

from antenne.domain import recovery
from antenne.domain.first_run import CodeTyped, Copied, FirstRun, Keep, present_kind, shown_code
from antenne.domain.recovery import CodeKind
from antenne.domain.violations import Violation
from antenne.ui.first_run.parts import Entry, WizardPage
from antenne.ui.kit import tokens as t
from antenne.ui.kit.cards import Card, button, label

_SHOWN, _TYPING, _DONE = range(3)
_PER_LINE: Final = 4
_TITLES: Final = {
    CodeKind.BASE: "Enveloppe 1\u00a0: rouvrir le bureau",
    CodeKind.CONFIDENTIAL: "Enveloppe 2\u00a0: rouvrir aussi la partie confidentielle",
}


class CodesPage(WizardPage):
    """A code is seen once, hidden, typed back; the blank sheet to copy it on can be printed, the code never."""

    sheet_asked = Signal(int)
    """Which envelope, 1 or 2."""
    code_asked = Signal()

    title: ClassVar[str] = "Les deux enveloppes de secours"
    subtitle: ClassVar[str] = (
        "Si la phrase est perdue, un code la remplace. Deux enveloppes fermées, chez deux personnes sûres."
    )

    def __init__(self, words: Callable[[Violation], str], parent: QWidget | None = None) -> None:
        """Make the three faces."""
        super().__init__(words, parent)
        self._number = 1
        self._groups = [_GroupCard(place + 1) for place in range(recovery.GROUPS)]
        self._typed = self.add_entry("code", Entry("Le code, d’après votre papier", secret=True, longest=200))
        self._count = label("", "hint")
        self._typed.edited.connect(self._show_count)
        self._shown_card, self._typing_card = (
            Card("Enveloppe", pill="1 sur 2", tone="info"),
            Card("Enveloppe", pill="1 sur 2", tone="info"),
        )
        self._faces = QStackedLayout()
        for face in (self._shown_face(), self._typing_face(), self._done_face()):
            self._faces.addWidget(face)
        self.column.addLayout(self._faces)
        self.column.addStretch(1)

    @property
    def next_label(self) -> str:
        """What the main button does on this face."""
        return "C’est recopié" if self._faces.currentIndex() == _SHOWN else "Continuer"

    def show_state(self, state: FirstRun) -> None:
        """Show the code of the present envelope, the field to type it back, or that both are done."""
        self._typed.line.clear()
        self._typed.say("")
        self._show_count()
        code, kind = shown_code(state), present_kind(state)
        for place, group in enumerate(self._groups):
            group.show_group(code.split("-")[place] if code else "")
        if kind is None:
            self._faces.setCurrentIndex(_DONE)
        else:
            self._number = state.codes_done + 1
            for card in (self._shown_card, self._typing_card):
                card.heading.setText(_TITLES[kind])
                card.pill.show_word(f"{self._number} sur 2", "info")
            self._faces.setCurrentIndex(_SHOWN if code else _TYPING)
            if not code:
                self._typed.line.setFocus()
        self.buttons_changed.emit()

    def forward(self) -> None:
        """Copied, typed back, or both done."""
        face = self._faces.currentIndex()
        if face == _SHOWN:
            self.given.emit(Copied())
        elif face == _TYPING:
            self.given.emit(CodeTyped(self._typed.text))
        else:
            self.given.emit(Keep())

    def forget(self) -> None:
        """No sign of a code stays on the page."""
        self._typed.line.clear()
        for group in self._groups:
            group.show_group("")

    def _show_count(self) -> None:
        count = len(recovery.clean(self._typed.text))
        whole = recovery.GROUPS * recovery.GROUP_LENGTH
        self._count.setText(f"{count} signes sur {whole}. Majuscules, tirets et espaces sont sans importance.")

    def _shown_face(self) -> QWidget:
        card = self._shown_card
        grid = QGridLayout()
        grid.setSpacing(3 * t.SPACE)
        for place, group in enumerate(self._groups):
            grid.addWidget(group, place // _PER_LINE, place % _PER_LINE)
        card.body.addLayout(grid)
        sentence = (
            "Recopiez-le à la main sur la feuille à remplir, groupe par groupe. Il ne sera plus jamais montré, n’est "
            "écrit nulle part et ne s’imprime pas. «\u00a00\u00a0» est toujours le chiffre zéro\u00a0: la "
            "lettre O n’existe pas dans un code."
        )
        card.body.addWidget(label(sentence, "muted", wrap=True))
        row = QHBoxLayout()
        row.addWidget(
            button(
                "Imprimer la feuille à remplir…",
                "plain",
                lambda: self.sheet_asked.emit(self._number),
                icon_name="printer",
            )
        )
        row.addStretch(1)
        card.body.addLayout(row)
        return _upper(card)

    def _typing_face(self) -> QWidget:
        card = self._typing_card
        card.body.addWidget(self._typed)
        card.body.addWidget(self._count)
        card.body.addWidget(
            label(
                "Le code est caché\u00a0: tapez-le en entier depuis votre papier, pour être sûre qu’il servira.",
                "muted",
                wrap=True,
            )
        )
        row = QHBoxLayout()
        row.addWidget(button("Le papier est faux\u00a0: un nouveau code", "plain", self.code_asked.emit))
        row.addStretch(1)
        card.body.addLayout(row)
        return _upper(card)

    def _done_face(self) -> QWidget:
        card = Card("Les deux codes sont recopiés et vérifiés", pill="Fait", tone="good")
        sentence = "Fermez les deux enveloppes, signez sur le rabat, donnez-les à deux personnes différentes."
        card.body.addWidget(label(sentence, wrap=True))
        return _upper(card)


class _GroupCard(QFrame):
    """Four signs of a code, and the number they carry on the sheet."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self._number = number
        self.setObjectName("group")
        self.setStyleSheet(
            f"#group {{ background: {t.PRIMARY_TINT}; border: none; border-radius: {t.RADIUS}px; }}"
            f"#group #signs {{ font-size: 24pt; font-weight: bold; color: {t.PRIMARY}; letter-spacing: 5px; }}"
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * t.SPACE, 2 * t.SPACE, 3 * t.SPACE, 2 * t.SPACE)
        column.setSpacing(0)
        column.addWidget(label(f"groupe {number}", "hint"))
        self._signs = QLabel()
        self._signs.setObjectName("signs")
        self._signs.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column.addWidget(self._signs)
        self.setMinimumHeight(84)

    def show_group(self, signs: str) -> None:
        """Show four signs, or none."""
        self._signs.setText(signs)
        self.setAccessibleName(f"groupe {self._number}\u00a0: {' '.join(signs)}")


def _upper(card: Card) -> QWidget:
    """A card at the top of its face, as high as it needs."""
    face = QWidget()
    column = QVBoxLayout(face)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(card)
    column.addStretch(1)
    return face
