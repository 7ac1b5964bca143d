"""The first view of « Journée »: boxes, what is to do with the day, its journal."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from antenne.domain.board import Target
from antenne.domain.rights import Right
from antenne.services import cash_days, stubs
from antenne.services.cash_days import CashState
from antenne.services.day_reading import JournalRow
from antenne.services.desk import Desk
from antenne.ui.cashbook import day_lists
from antenne.ui.cashbook.collect_fields import field_context
from antenne.ui.cashbook.collect_open import OpenCard
from antenne.ui.cashbook.day_boxes import Boxes, OpenBox
from antenne.ui.kit import tokens as t
from antenne.ui.kit.area import Context
from antenne.ui.kit.bands import Band
from antenne.ui.kit.cards import PageTitle, button, label
from antenne.ui.kit.exporting import export_list
from antenne.ui.kit.operations import SHORT
from antenne.ui.kit.tables import PagedTable
from antenne.wording import formats

KEY = "cashbook"


class DayPage(QWidget):
    """The caisse now; its band says what must be done first, and leads there."""

    def __init__(self, context: Context) -> None:
        """Build the page; :meth:`refresh` reads it."""
        super().__init__()
        self._context = context
        self.state: CashState | None = None
        self._way = "day/close"
        fields = field_context(context, self)
        self.title = PageTitle("Caisse du jour")
        self.band = Band()
        self.open_card = OpenCard(context, fields)
        self.boxes = Boxes()
        self.open_box = OpenBox(context, fields)
        self.table = PagedTable(
            context.operations,
            day_lists.JOURNAL,
            day_lists.journal(context.desk, ()),
            "Journal de la journée",
            memory=context.memory,
        )
        self.foot = label("", "muted", wrap=True)
        self.close_button = button("Clôturer la journée", "primary", partial(self._go, "day/close"))
        self.box_button = button("Ouvrir une autre caisse…", "plain", self.open_box.begin)
        self._build()
        self.table.opened.connect(self._open_row)
        day_lists.hold_first(self.table)
        self.open_box.closed.connect(self.table.setFocus)
        self.band.acted.connect(self._follow)

    def _build(self) -> None:
        self.title.add_button(button("Journées et feuilles", "plain", partial(self._go, "day/days")))
        if self._context.desk.may(Right.ACCOUNTS_READ):
            self.title.add_button(button("Fin de mois", "plain", partial(self._go, "day/months")))
        self.title.add_button(self.close_button)
        for made in (self.close_button, self.box_button):
            made.setHidden(True)  # what has no parent yet would show as a window; the state says when they are offered
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(3 * t.SPACE)
        for piece in (self.title, self.band, self.open_card, self.boxes, self.open_box):
            whole.addWidget(piece)
        whole.addWidget(self.table, 1)
        below = QHBoxLayout()
        below.addWidget(self.foot, 1)
        below.addWidget(self.box_button)
        if self._context.desk.may(Right.EXPORT):
            below.addWidget(button("Exporter en Excel…", "plain", self.export))
        whole.addLayout(below)

    def refresh(self) -> None:
        """Read the boxes, then the journal of their day."""
        self._context.operations.run(
            SHORT, _look, self._context.desk, owner=self, done=self._take, latest=True, key="state"
        )

    def export(self) -> None:
        """The journal, to .xlsx."""
        fetch = day_lists.journal(self._context.desk, self._days())
        export_list(self._context, self, "Journal de la caisse", day_lists.JOURNAL, fetch)

    def begin(self) -> None:
        """Stand where the work is: the amount found, or the journal."""
        if not self.open_card.isHidden() and not self.open_card.found.isHidden():
            self.open_card.found.edit.setFocus()
        else:
            self.table.setFocus()

    def _take(self, seen: _Seen) -> None:
        self._show(seen.state)
        self._warn(seen)

    def _warn(self, seen: _Seen) -> None:
        """One sentence: a restore to answer, a day left open, stubs to key again; in this order."""
        day, may = seen.state.cash.day, self._context.desk.may(Right.CASH_DAY)
        if seen.asked:
            said = "Une sauvegarde a été restaurée. Dites quel est le dernier reçu donné."
            action, self._way = "Répondre", "day/stubs"
        elif seen.state.is_late and day is not None:
            said = f"La journée du {formats.long_day(day.day)} est restée ouverte. Clôturez-la d’abord, sous sa date."
            action, self._way = "Compter et clôturer", "day/close"
        elif seen.missing:
            said = f"{formats.plural(seen.missing, 'souche', 'souches')} à reprendre après la restauration."
            action, self._way = "Reprendre", "day/stubs"
        else:
            if self.band.text:
                self.band.dismiss()
            return
        self.band.say(said, "warning", action if may else "")

    def _follow(self) -> None:
        self._go(self._way)

    def _show(self, state: CashState) -> None:
        self.state = state
        day, may = state.cash.day, self._context.desk.may(Right.CASH_DAY)
        word = "Restée ouverte" if state.is_late else "Ouverte" if state.cash.is_open else "Fermée"
        self.title.show_title(
            "Caisse du jour",
            subtitle=formats.weekday(day.day if state.is_late and day is not None else state.today),
            pill=word,
            tone="warning" if state.is_late else "good" if state.cash.is_open else "neutral",
        )
        self.close_button.setVisible(may and state.cash.is_open)
        self.box_button.setVisible(may and state.cash.is_open and not state.is_late)
        self.open_card.show_state(state)
        if state.is_late:
            self.open_card.hide()  # the band says it, with the way to it
        self.boxes.show_state(state)
        self.open_box.show_state(state)
        self.foot.setText(_since(state))
        self.table.reload(day_lists.journal(self._context.desk, self._days()))

    def _days(self) -> tuple[int, ...]:
        """The days of the journal: those that are open, or those of the caisse's last date."""
        if self.state is None or self.state.cash.day is None:
            return ()
        date = self.state.cash.day.day
        days = (one.day for one in self.state.boxes if one.day is not None)
        return tuple(one.id for one in days if one.is_open or one.day == date)

    def _open_row(self, row: JournalRow) -> None:
        if row.target is None:
            self._context.notify("Cette écriture n’a pas de pièce\u00a0: c’est un écart ou un solde de départ.", "info")
        else:
            self._context.navigator.open(row.target)

    def _go(self, action: str) -> None:
        self._context.navigator.open(Target(KEY, action=action))


@dataclass(frozen=True, slots=True)
class _Seen:
    """The boxes, whether the last stub is asked for, and how many stubs are to be keyed again."""

    state: CashState
    asked: bool
    missing: int


def _look(desk: Desk) -> _Seen:
    state = cash_days.cash_state(desk)
    return _Seen(state, bool(stubs.read_question(desk)), len(stubs.list_missing(desk)))


def _since(state: CashState) -> str:
    """What no signed sheet proves yet (storage: Ledger anchors)."""
    count = formats.plural(state.since_anchor, "écriture", "écritures")
    if not state.last_anchor:
        return f"{count}\u00a0; aucune clôture encore." if state.since_anchor else ""
    if not state.since_anchor:
        return f"Dernière feuille\u00a0: {state.last_anchor}."
    return f"Dernière feuille\u00a0: {state.last_anchor}. Depuis, {count} que la prochaine feuille prouvera."
