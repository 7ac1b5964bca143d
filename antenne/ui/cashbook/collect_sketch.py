"""What the paper will say, receipt by receipt, before anything is saved; the number comes at saving."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from antenne.services.basket_preview import BasketPreview, Drawn
from antenne.ui.cashbook.paper_card import pair
from antenne.ui.kit import tokens as t
from antenne.ui.kit.cards import label
from antenne.wording import formats


class Sketch(QWidget):
    """One small paper under the other."""

    def __init__(self) -> None:
        """Begin with a word on what will stand here."""
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2 * t.SPACE)
        self._column.addStretch(1)
        self._papers: list[QWidget] = []
        self.show_preview(BasketPreview(), "")

    def show_preview(self, preview: BasketPreview, payer: str) -> None:
        """Write the receipts anew."""
        for old in self._papers:
            self._column.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._papers = [_paper(drawn, payer) for drawn in preview.receipts]
        if not self._papers:
            self._papers = [label("Cochez ce qui est payé\u202f: le reçu se dessine ici.", "muted", wrap=True)]
        for paper in self._papers:
            self._column.insertWidget(self._column.count() - 1, paper)

    def text(self) -> str:
        """Everything said, for who cannot see it."""
        return "\n".join(paper.accessibleName() for paper in self._papers)


def _paper(drawn: Drawn, payer: str) -> QWidget:
    paper = QWidget()
    column = QVBoxLayout(paper)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(1)
    herself = " — ".join(part for part in (drawn.who, drawn.number) if part)
    head = f"Reçu de\u00a0: {payer or herself or 'à écrire dans « Payé par »'}"
    said = [head, *([f"Pour\u00a0: {drawn.number}"] if payer and drawn.number else [])]
    for words in said:
        column.addWidget(label(words, "strong" if words is head else "", wrap=True))
    for line in drawn.lines:
        column.addLayout(pair(line.label, formats.number(line.amount)))
        said.append(f"{line.label} {formats.number(line.amount)}")
    total = formats.number(drawn.total)
    column.addLayout(pair("Total", total, role="strong"))
    due = drawn.tender.due(drawn.total)
    below = [f"Monnaie due\u00a0: {formats.amount(due)}"] if due > 0 else []
    below += [drawn.note] if drawn.note else []
    for words in below:
        column.addWidget(label(words, "hint", wrap=True))
    paper.setAccessibleName(" · ".join([*said, f"Total {total}", *below]))
    return paper
