"""The last pages: how cards are printed, everything read again, the office that is ready."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar, Final

from PySide6.QtWidgets import QButtonGroup, QGridLayout, QHBoxLayout, QLabel, QRadioButton, QWidget

from antenne.base.clock import Clock
from antenne.domain.cards import Variant
from antenne.domain.first_run import Confirm, FirstRun, Printer
from antenne.domain.violations import Violation
from antenne.ui.first_run.parts import WizardPage
from antenne.ui.kit import tokens as t
from antenne.ui.kit.cards import Card, label
from antenne.ui.kit.icons import pixmap
from antenne.ui.kit.progress_panel import ProgressPanel
from antenne.wording.settings import HEADINGS, PAPERS

PRINTING: Final = {
    Variant.FOLD: (
        "Une imprimante ordinaire, cartes à plier",
        "Recto et verso côte à côte sur du papier ordinaire\u00a0: on découpe, on plie, on colle, on plastifie.",
    ),
    Variant.SHEET: (
        "Une imprimante ordinaire, planches de dix",
        "Dix cartes par feuille A4, recto puis verso, avec des repères de coupe. Il faut du papier épais.",
    ),
    Variant.PRINTER: ("Une imprimante à cartes", "Une carte en plastique à la fois, au format d’une carte de banque."),
}


class PrinterPage(WizardPage):
    """One of three ways; the one that needs nothing special is chosen."""

    title: ClassVar[str] = "Comment imprimez-vous les cartes\u202f?"
    subtitle: ClassVar[str] = (
        "Sans imprimante aujourd’hui, gardez le premier choix\u00a0: il se change à chaque impression."
    )

    def __init__(self, words: Callable[[Violation], str], parent: QWidget | None = None) -> None:
        """Offer the three."""
        super().__init__(words, parent)
        self._group = QButtonGroup(self)
        self._choices: dict[Variant, QRadioButton] = {}
        for variant, (name, sentence) in PRINTING.items():
            card = Card()
            choice = QRadioButton(name)
            choice.setStyleSheet("font-weight: bold;")
            choice.setAccessibleDescription(sentence)
            card.body.addWidget(choice)
            note = label(sentence, "muted", wrap=True)
            note.setContentsMargins(26, 0, 0, 0)
            card.body.addWidget(note)
            self._group.addButton(choice)
            self._choices[variant] = choice
            self.column.addWidget(card)
        self._choices[Variant.FOLD].setChecked(True)
        self.column.addStretch(1)

    def show_state(self, state: FirstRun) -> None:
        """Stand on the choice."""
        choice = self._choices[state.printer or Variant.FOLD]
        choice.setChecked(True)
        choice.setFocus()

    def forward(self) -> None:
        """The way chosen."""
        self.given.emit(Printer(next(variant for variant, choice in self._choices.items() if choice.isChecked())))


class ReviewPage(WizardPage):
    """All that was answered, but no secret; from here the office is founded."""

    title: ClassVar[str] = "Tout est-il juste\u202f?"
    subtitle: ClassVar[str] = "Rien n’est encore écrit sur cet ordinateur."

    def __init__(self, words: Callable[[Violation], str], clock: Clock, parent: QWidget | None = None) -> None:
        """Make the page empty."""
        super().__init__(words, parent)
        self.panel = ProgressPanel(clock)
        self.panel.hide()
        self._card = Card("Relecture")
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(6 * t.SPACE)
        self._grid.setVerticalSpacing(2 * t.SPACE + 2)
        self._grid.setColumnStretch(1, 1)
        self._card.body.addLayout(self._grid)
        self.column.addWidget(self._card)
        self.column.addWidget(self.panel)
        self.column.addStretch(1)

    @property
    def next_label(self) -> str:
        """The one button that writes."""
        return "Créer le bureau"

    def show_state(self, state: FirstRun) -> None:
        """List the answers."""
        while (item := self._grid.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.deleteLater()
        for row, (name, value) in enumerate(_lines(state)):
            self._grid.addWidget(label(name, "muted"), row, 0)
            self._grid.addWidget(label(value, "strong", wrap=True), row, 1)

    def forward(self) -> None:
        """Found it."""
        self.given.emit(Confirm())


class DonePage(WizardPage):
    """The office is there."""

    title: ClassVar[str] = "Le bureau est prêt"
    subtitle: ClassVar[str] = "La base est chiffrée, et s’ouvre avec votre phrase."

    def __init__(self, words: Callable[[Violation], str], parent: QWidget | None = None) -> None:
        """Say what to do next."""
        super().__init__(words, parent)
        card = Card("Trois choses à faire aujourd’hui")
        for icon_name, sentence in (
            ("lock", "Fermer les deux enveloppes et les confier à deux personnes différentes, hors du bureau."),
            (
                "person",
                "Donner un accès à chacune, dans les paramètres\u00a0: une phrase par personne, jamais partagée.",
            ),
            ("usb", "Faire une première sauvegarde sur une clé, dès que les premières adhérentes sont inscrites."),
        ):
            row = QHBoxLayout()
            row.setSpacing(3 * t.SPACE)
            picture = QLabel()
            picture.setPixmap(pixmap(icon_name, t.PRIMARY, 24))
            picture.setFixedWidth(28)
            row.addWidget(picture)
            row.addWidget(label(sentence, wrap=True), 1)
            card.body.addLayout(row)
        self.column.addWidget(card)
        self.column.addStretch(1)

    @property
    def next_label(self) -> str:
        """Into the office."""
        return "Entrer"


def _lines(state: FirstRun) -> list[tuple[str, str]]:
    office, responsable, printer = state.office, state.responsable, state.printer
    if office is None or responsable is None or printer is None:
        return []
    neutral = [PAPERS[paper] for paper in PAPERS if office.heading(paper).value == "neutral"]
    without = [PAPERS[paper] for paper in PAPERS if office.heading(paper).value == "none"]
    lines = [
        ("Association", " — ".join(part for part in (office.association, office.motto) if part)),
        ("Antenne", f"{office.name}, {office.town}"),
        ("Adresse", " · ".join(part for part in (office.postal_box, office.phone) if part) or "aucune"),
        ("Logo", "aucun" if office.logo is None else "choisi"),
        ("Papiers neutres", f"{', '.join(neutral) or 'aucun'} («\u00a0{office.neutral_heading}\u00a0»)"),
        ("Responsable", f"{responsable.name}, étiquette «\u00a0{responsable.label}\u00a0»"),
        ("Phrase secrète", "choisie et retapée"),
        ("Enveloppes", "deux codes recopiés et retapés"),
        ("Cartes", PRINTING[printer][0]),
    ]
    if without:
        lines.insert(
            5,
            (
                f"En-tête\u00a0: {next(words for one, words in HEADINGS.items() if one.value == 'none')}",
                ", ".join(without),
            ),
        )
    return lines
