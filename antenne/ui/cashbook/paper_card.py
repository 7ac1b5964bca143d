"""What the card of a receipt and that of a voucher share: entries, Historique, the form that cancels."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from antenne.domain import paper_words
from antenne.domain.audit import HistoryLine
from antenne.domain.ledger import Entry
from antenne.domain.violations import Violation
from antenne.ui.kit import tokens as t
from antenne.ui.kit.area import Context
from antenne.ui.kit.cards import button, label
from antenne.wording import formats
from antenne.wording import violations as sentences

_REASON_HEIGHT: Final = 58
_WHY: Final = "Motif de l’annulation"


def pair(words: str, figure: str, role: str = "") -> QHBoxLayout:
    """Words at the left, a figure at the right."""
    row = QHBoxLayout()
    row.addWidget(label(words, role, wrap=True), 1)
    row.addWidget(label(figure, role))
    return row


def entry_lines(entries: Sequence[Entry | None], accounts: Mapping[int, str]) -> Iterable[QWidget]:
    """« Écriture », and each of them with its postings."""
    yield label("Écriture", "column")
    for entry in entries:
        if entry is not None:
            yield _entry(entry, accounts)


def _entry(entry: Entry, accounts: Mapping[int, str]) -> QWidget:
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(1)
    back = " (contre-passation)" if entry.reverses is not None else ""
    column.addWidget(label(f"n°\u00a0{entry.id} du {formats.day(entry.day)}{back}", "hint"))
    for line in entry.postings:
        side = "débit" if line.debit else "crédit"
        column.addLayout(pair(accounts[line.account_id], f"{side} {formats.number(line.debit or line.credit)}"))
    return made


def history_lines(history: Sequence[HistoryLine], actions: Mapping[str, str]) -> Iterable[QWidget]:
    """« Historique », the newest first; the words of the paper stand above already."""
    yield label("Historique", "column")
    for line in history:
        changes = " · ".join(change.new for change in paper_words.without(line.changes) if change.new)
        said = f"{formats.moment(line.at)} · {line.actor} · {actions.get(line.action, line.action)}"
        yield label(f"{said}\u00a0: {changes}" if changes else said, "hint", wrap=True)


class CancelPart(QWidget):
    """What cancelling does, and the reason; a subclass cancels, and may add other ways."""

    def __init__(self, context: Context, effect: Sequence[str], words: str) -> None:
        """Say the effect before anything is done; ``words`` of the button: « Annuler ce reçu »."""
        super().__init__()
        self._context = context
        self._request = uuid.uuid4().hex
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * t.SPACE)
        for said in effect:
            column.addWidget(label(said, wrap=True))
        name = label(f"{_WHY}\u00a0*", "label")
        self.reason = QPlainTextEdit()
        self.reason.setTabChangesFocus(True)
        self.reason.setFixedHeight(_REASON_HEIGHT)
        self.reason.setAccessibleName(_WHY)
        name.setBuddy(self.reason)
        self.error = label("", "error", wrap=True)
        self.error.hide()
        self.cancel_button = button(words, "danger", self.cancel)
        self._ways: list[QPushButton] = [self.cancel_button]
        self._row = QHBoxLayout()
        self._row.setSpacing(2 * t.SPACE)
        self._row.addWidget(self.cancel_button)
        self._row.addStretch(1)
        for piece in (name, self.reason, self.error):
            column.addWidget(piece)
        column.addLayout(self._row)

    def cancel(self) -> None:
        """Cancel the paper."""
        raise NotImplementedError

    def _add_way(self, made: QPushButton) -> None:
        """Another button, after the ones there are."""
        self._row.insertWidget(len(self._ways), made)
        self._ways.append(made)

    def _hold(self, *, free: bool) -> None:
        for way in self._ways:
            way.setEnabled(free)

    def _refused(self, violations: tuple[Violation, ...]) -> None:
        self._hold(free=True)
        self.error.setText("\n".join(sentences.sentence(one) for one in violations))
        self.error.show()
        self.reason.setFocus()
