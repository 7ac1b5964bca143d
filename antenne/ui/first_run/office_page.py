"""First page: what the papers say of the office."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar, Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from antenne.domain.first_run import FirstRun
from antenne.domain.office import PAPERS, Heading, Office
from antenne.domain.violations import Violation
from antenne.ui.first_run.parts import Entry, WizardPage
from antenne.ui.kit import tokens as t
from antenne.ui.kit.cards import Card, button, label
from antenne.wording.settings import HEADINGS
from antenne.wording.settings import PAPERS as PAPER_NAMES

_LOGO: Final = QSize(132, 72)


class OfficePage(WizardPage):
    """Name, town, postal box, phone, logo, and which papers name the association."""

    logo_asked = Signal()
    title: ClassVar[str] = "Votre bureau"
    subtitle: ClassVar[str] = (
        "Ces mots paraîtront sur les cartes et les reçus. Tout se change plus tard dans les paramètres."
    )

    def __init__(self, words: Callable[[Violation], str], parent: QWidget | None = None) -> None:
        """Begin empty, with the headings that protect best."""
        super().__init__(words, parent)
        self._logo: bytes | None = None
        self._picture = QLabel()
        self._choose = button("Choisir…", "plain", self.logo_asked.emit)
        self._choose.setAccessibleName("Choisir le logo")
        self._remove = button("Retirer", "link", lambda: self.show_logo(None))
        self._headings: dict[str, QComboBox] = {}
        row = QHBoxLayout()
        row.setSpacing(3 * t.SPACE)
        row.addWidget(self._office_card(), 3)
        row.addWidget(self._papers_card(), 2)
        self.column.addLayout(row)
        self.column.addStretch(1)
        self.show_logo(None)

    def show_state(self, state: FirstRun) -> None:
        """Stand in the first field."""
        if state.office is None:
            self.entries["association"].line.setFocus()

    def show_logo(self, logo: bytes | None) -> None:
        """Show the logo as it will be kept, or an empty place."""
        self._logo = logo
        self._remove.setVisible(logo is not None)
        self.entries["logo"].say("")
        if logo is None:
            self._picture.setPixmap(QPixmap())
            self._picture.setText("sans logo")
            return
        picture = QPixmap()
        picture.loadFromData(logo)
        inside = _LOGO - QSize(12, 12)
        smooth = Qt.TransformationMode.SmoothTransformation
        self._picture.setPixmap(picture.scaled(inside, Qt.AspectRatioMode.KeepAspectRatio, smooth))

    def refuse_logo(self, sentence: str) -> None:
        """Say why the file was not taken; the logo stays as it was."""
        self.entries["logo"].say(sentence)

    def forward(self) -> None:
        """The office as typed."""
        typed = {key: entry.text for key, entry in self.entries.items()}
        office = Office(
            association=typed["association"],
            motto=typed["motto"],
            name=typed["name"],
            town=typed["town"],
            postal_box=typed["postal_box"],
            phone=typed["phone"],
            logo=self._logo,
            neutral_heading=typed["neutral_heading"],
            headings={paper: box.currentData() for paper, box in self._headings.items()},
        )
        self.given.emit(office)

    def refuse(self, violations: Sequence[Violation]) -> None:
        """The logo's line cannot be typed in: its sentence stands there all the same."""
        super().refuse(violations)
        if violations and violations[0].field == "logo":
            self._choose.setFocus()

    def _office_card(self) -> Card:
        card = Card("Le bureau")
        grid = QGridLayout()
        grid.setHorizontalSpacing(4 * t.SPACE)
        grid.setVerticalSpacing(2 * t.SPACE)
        fields = (
            ("association", "Association", "DANAYA SO", 0, 0),
            ("motto", "Devise (facultatif)", "Maison de la Confiance", 0, 1),
            ("name", "Nom de l’antenne", "Antenne de Mopti", 1, 0),
            ("town", "Ville", "Mopti — Sévaré", 1, 1),
            ("postal_box", "Boîte postale (facultatif)", "BP 100 Mopti", 2, 0),
            ("phone", "Téléphone (facultatif)", "21\u00a042\u00a000\u00a000", 2, 1),
        )
        for key, name, hint, row, column in fields:
            grid.addWidget(self.add_entry(key, Entry(name, hint=f"par exemple\u00a0: {hint}")), row, column)
        card.body.addLayout(grid)
        card.body.addSpacing(t.SPACE)
        card.body.addLayout(self._logo_row())
        card.body.addStretch(1)
        return card

    def _logo_row(self) -> QHBoxLayout:
        entry = Entry("Logo (facultatif)\u00a0: une image PNG ou JPEG")
        entry.line.hide()
        self.entries["logo"] = entry
        self._picture.setFixedSize(_LOGO)
        self._picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._picture.setAccessibleName("Logo")
        self._picture.setStyleSheet(
            f"background: {t.GROUND}; color: {t.MUTED}; border: 1px dashed {t.CONTROL_LINE};"
            f" border-radius: {t.RADIUS}px;"
        )
        buttons = QHBoxLayout()
        buttons.addWidget(self._choose)
        buttons.addWidget(self._remove)
        buttons.addStretch(1)
        beside = QVBoxLayout()
        beside.setSpacing(t.SPACE)
        beside.addStretch(1)
        beside.addWidget(entry)
        beside.addLayout(buttons)
        beside.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(4 * t.SPACE)
        row.addWidget(self._picture)
        row.addLayout(beside, 1)
        return row

    def _papers_card(self) -> Card:
        card = Card("En-tête de chaque papier")
        words = "Le nom de l’association suffit à dire ce qu’elle fait. «\u00a0Neutre\u00a0» ne le dit pas."
        card.body.addWidget(label(words, "muted", wrap=True))
        neutral = self.add_entry("neutral_heading", Entry("Ce que dit un papier neutre"))
        start = Office(association="", name="", town="")
        neutral.line.setText(start.neutral_heading)
        card.body.addWidget(neutral)
        grid = QGridLayout()
        grid.setHorizontalSpacing(3 * t.SPACE)
        grid.setVerticalSpacing(t.SPACE + 2)
        grid.setColumnStretch(0, 1)
        for row, paper in enumerate(PAPERS):
            box = QComboBox()
            for heading in Heading:
                box.addItem(HEADINGS[heading], heading)
            box.setCurrentIndex(list(Heading).index(start.heading(paper)))
            box.setAccessibleName(f"En-tête\u00a0: {PAPER_NAMES[paper]}")
            name = label(PAPER_NAMES[paper])
            name.setBuddy(box)
            grid.addWidget(name, row, 0)
            grid.addWidget(box, row, 1)
            self._headings[paper] = box
        card.body.addLayout(grid)
        card.body.addStretch(1)
        return card
