"""« Imprimantes »: how cards are printed, and how far each printer is off."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QRadioButton

from antenne.domain.board import Target
from antenne.domain.cards import Offsets, Variant
from antenne.domain.changes import CARDS, Changes
from antenne.domain.rights import Right
from antenne.services import cards_printing
from antenne.services.desk import Desk
from antenne.ui.kit.area import Context
from antenne.ui.kit.cards import Card, button, label
from antenne.ui.kit.models import Column, RowsModel
from antenne.ui.kit.operations import SHORT
from antenne.ui.kit.tables import Table
from antenne.ui.settings.section import Section
from antenne.wording import cards as card_words
from antenne.wording import settings as words


@dataclass(frozen=True, slots=True)
class _Printer:
    """A printer that was measured."""

    name: str
    offsets: Offsets


class PrintersSection(Section):
    """The usual card, and the printers that were measured."""

    def __init__(self, context: Context) -> None:
        """Show what is remembered."""
        super().__init__(context, Right.PRINT_CARDS)
        self.body.addWidget(self._variant_card())
        self.body.addWidget(self._printers_card())
        self.body.addStretch(1)

    def _variant_card(self) -> Card:
        card = Card("Cartes de membre")
        card.body.addWidget(label("Comment elles sortent d’ordinaire. On peut choisir autrement à chaque impression.",
                                  "muted", wrap=True))  # fmt: skip
        self._group = QButtonGroup(self)
        self.choices: dict[Variant, QRadioButton] = {}
        for variant in Variant:
            choice = QRadioButton(card_words.VARIANTS[variant])
            choice.setEnabled(self.editable)
            choice.clicked.connect(partial(self._keep, variant))
            self._group.addButton(choice)
            self.choices[variant] = choice
            card.body.addWidget(choice)
        return card

    def _printers_card(self) -> Card:
        card = Card("Réglages gardés")
        self._model = RowsModel(_COLUMNS, parent=self)
        self.table = Table(self._model, "Imprimantes réglées", memory=self.context.memory, fit_height=True)
        self.table.opened.connect(lambda _one: self.calibrate())
        self._nothing = label(words.NO_PRINTER, "muted", wrap=True)
        card.body.addWidget(self.table)
        card.body.addWidget(self._nothing)
        row = QHBoxLayout()
        self.calibrate_button = button("Régler une imprimante…", "primary", self.calibrate, icon_name="printer")
        self.only_editable(self.calibrate_button)
        row.addWidget(self.calibrate_button)
        row.addStretch(1)
        card.body.addLayout(row)
        return card

    def begin(self) -> None:
        """The chosen card."""
        checked = self._group.checkedButton()
        (checked or self.calibrate_button).setFocus()

    def refresh(self) -> None:
        """Read again what is remembered; it is already in memory."""
        desk = self.context.desk
        self.choices[cards_printing.own_variant(desk)].setChecked(True)
        found = _measured(desk)
        self._model.show_rows(found)
        self.table.setVisible(bool(found))
        self._nothing.setVisible(not found)

    def calibrate(self) -> None:
        """The cards' own panel: the page to print, the distances to type."""
        if self.editable:
            self.context.navigator.open(Target("cards", action="printer"))

    def print_(self) -> None:
        """Ctrl+P."""
        self.calibrate()

    def _keep(self, variant: Variant, _checked: bool = True) -> None:
        def kept(_done: object) -> None:
            self.context.broadcast(Changes.of(CARDS))
            self.context.notify(f"Cartes\u00a0: {card_words.VARIANTS[variant]}.", "good")

        self.context.operations.run(
            SHORT, cards_printing.keep_variant, self.context.desk, variant, owner=self, done=kept
        )


def _measured(desk: Desk) -> list[_Printer]:
    return [_Printer(name, cards_printing.offsets_of(desk, name)) for name in cards_printing.known_printers(desk)]


def offset_words(x: int, y: int) -> str:
    """« juste », « 0,5 mm à droite, 1,2 mm en bas »; tenths of a millimetre come in."""
    parts = [
        f"{abs(value) // 10},{abs(value) % 10}\u00a0mm {more if value > 0 else less}"
        for value, more, less in ((x, "à droite", "à gauche"), (y, "en haut", "en bas"))
        if value
    ]
    return ", ".join(parts) or "juste"


_COLUMNS = (
    Column(key="name", title="Imprimante", text=lambda one: one.name, width=0),
    Column(
        key="front", title="Recto décalé de", text=lambda one: offset_words(one.offsets.x, one.offsets.y), width=250
    ),
    Column(
        key="back",
        title="Verso décalé de",
        text=lambda one: offset_words(one.offsets.back_x, one.offsets.back_y),
        width=250,
    ),
)
