"""« Fin de mois »: the checklist, then the month or the year is closed for good; what is closed has its sheet."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from antenne.base.problems import Problem
from antenne.domain.board import MonthEndLine, Target
from antenne.domain.cashbook import PeriodClosing, PeriodKind
from antenne.domain.changes import Done
from antenne.domain.periods import Period
from antenne.domain.violations import Violation
from antenne.services import periods
from antenne.services.desk import Desk
from antenne.services.periods import ClosePeriod, PeriodsView
from antenne.ui.cashbook.day_print import print_period
from antenne.ui.kit import tokens as t
from antenne.ui.kit.area import Context
from antenne.ui.kit.cards import Card, Page, PageTitle, button, label
from antenne.ui.kit.exporting import export_list
from antenne.ui.kit.models import Column, PageOfRows
from antenne.ui.kit.operations import SHORT
from antenne.ui.kit.pills import Pill
from antenne.ui.kit.tables import rows_table
from antenne.wording import cashbook as words
from antenne.wording import formats, problems
from antenne.wording import violations as sentences

CLOSED = (
    Column(
        key="name",
        title="Période",
        text=lambda one: words.period_name(one.kind, one.first_day).capitalize(),
        width=0,
        sortable=False,
        strong=lambda _one: True,
    ),
    Column(key="at", title="Clôturée le", text=lambda one: formats.moment(one.closed_at), width=190, sortable=False),
    Column(key="last", title="Dernier reçu", text=lambda one: one.last_receipt, width=120, sortable=False),
)
"""Columns of what is closed."""

_Read = tuple[PeriodsView, tuple[MonthEndLine, ...]]


class PeriodPage(QWidget):
    """One month at a time, in order; ``left`` asks to go back to the caisse."""

    left = Signal()

    def __init__(self, context: Context) -> None:
        """Build the page; :meth:`begin` reads it."""
        super().__init__()
        self._context = context
        self._request = uuid.uuid4().hex
        self._period: Period | None = None
        self._busy = False
        self.title = PageTitle("Fin de mois")
        self.lines = QVBoxLayout()
        self.lines.setSpacing(2 * t.SPACE)
        self.check = Card(role="focus")
        self.heading = label("", "heading")
        self.error = label("", "error", wrap=True)
        self.error.hide()
        self.close_button = button("Clôturer le mois", "primary", self.close_it)
        self.closed = rows_table(CLOSED, (), "Périodes clôturées")
        self.empty = label("Aucun mois n’est encore clôturé.", "muted")
        self._build()
        self.closed.opened.connect(self._print)

    def _build(self) -> None:
        page = Page()
        page.body.setContentsMargins(0, 0, 0, 0)
        self.check.body.addWidget(self.heading)
        self.check.body.addLayout(self.lines)
        self.effect = label("", "muted", wrap=True)
        self.check.body.addWidget(self.effect)
        self.check.body.addWidget(self.error)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(button("Revenir", "plain", self.left.emit))
        buttons.addWidget(self.close_button)
        self.check.body.addLayout(buttons)
        below = Card("Périodes clôturées")
        self.hint = label("Entrée imprime la feuille.", "hint")
        self.export_button = button("Exporter en Excel…", "plain", self.export)
        for piece in (self.hint, self.empty, self.closed):
            below.body.addWidget(piece)
        under = QHBoxLayout()
        under.addStretch(1)
        under.addWidget(self.export_button)
        below.body.addLayout(under)
        page.body.addWidget(self.check)
        page.body.addWidget(below)
        page.body.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(3 * t.SPACE)
        whole.addWidget(self.title)
        whole.addWidget(page, 1)

    def begin(self) -> None:
        """Read what comes next and its checklist."""
        self._context.operations.run(
            SHORT, _read, self._context.desk, self._context.month_ends, owner=self, done=self._show, latest=True
        )

    def close_it(self) -> None:
        """Close the period that is shown, after a last question: it cannot be opened again."""
        if self._period is None or self._busy:
            return
        name = words.period_name(self._period.kind, self._period.first_day)
        said = f"Clôturer {name} pour toujours\u202f? Plus rien ne pourra être daté de cette période."
        if not self._context.dialogs.confirm(self, said, "Clôturer", danger=True):
            return
        self._hold(busy=True)
        self._context.operations.run(
            SHORT,
            periods.close_period,
            self._context.desk,
            ClosePeriod(request_id=self._request, period=self._period),
            self._context.month_ends,
            owner=self,
            done=self._closed,
            broken=self._refused,
            problem=self._failed,
        )

    def export(self) -> None:
        """What is closed, to .xlsx."""
        rows = tuple(self.closed.rows.row(number) for number in range(self.closed.rows.rowCount()))

        def fetch(offset: int, limit: int, _sort: str, _descending: bool) -> PageOfRows:
            return PageOfRows(rows[offset : offset + limit], len(rows))

        export_list(self._context, self, "Périodes clôturées", CLOSED, fetch)

    def _show(self, read: _Read) -> None:
        view, lines = read
        self._period = view.year or view.month
        name = words.period_name(self._period.kind, self._period.first_day)
        year = self._period.kind is PeriodKind.YEAR
        self.heading.setText(f"À clôturer\u00a0: {name}")
        self.effect.setText(
            f"La clôture garde la fin de la chaîne des écritures et imprime sa feuille. Ensuite, rien ne peut plus "
            f"être daté jusqu’au {formats.day(self._period.last_day)}."
            if view.may_close
            else "Seule la responsable clôture un mois ou une année."
        )
        self.close_button.setText("Clôturer l’année" if year else "Clôturer le mois")
        self.close_button.setAccessibleName(self.close_button.text())
        self.close_button.setVisible(view.may_close)
        self._show_lines(() if year else lines)
        self.closed.rows.show_rows(view.closed)
        for piece in (self.closed, self.hint, self.export_button):
            piece.setVisible(bool(view.closed))
        self.empty.setVisible(not view.closed)
        (self.close_button if view.may_close else self.closed).setFocus()

    def _show_lines(self, lines: Sequence[MonthEndLine]) -> None:
        while (item := self.lines.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for line in lines:
            self.lines.addWidget(_Check(self._context, line))

    def _closed(self, done: Done[PeriodClosing]) -> None:
        self._hold(busy=False)
        self._request = uuid.uuid4().hex
        self._say("")
        made = done.value
        self._context.notify(f"Clôturé\u00a0: {words.period_name(made.kind, made.first_day)}.", "good")
        self._context.broadcast(done.changes)
        self._print(made)

    def _print(self, made: PeriodClosing) -> None:
        print_period(self._context, self, Period(made.kind, made.first_day))

    def _refused(self, broken: tuple[Violation, ...]) -> None:
        self._hold(busy=False)
        self._say(" ".join(sentences.sentence(one) for one in broken))

    def _failed(self, problem: Problem) -> None:
        self._hold(busy=False)
        self._say(problems.sentence(problem))

    def _hold(self, *, busy: bool) -> None:
        self._busy = busy
        self.close_button.setEnabled(not busy)

    def _say(self, sentence: str) -> None:
        self.error.setText(sentence)
        self.error.setVisible(bool(sentence))


def _read(desk: Desk, month_ends: Sequence[periods.MonthEnd]) -> _Read:
    view = periods.read_periods(desk)
    return view, periods.read_checklist(desk, view.month, month_ends)


class _Check(QWidget):
    """« Fait » or « À faire », what, and the way there."""

    def __init__(self, context: Context, line: MonthEndLine) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(3 * t.SPACE)
        word = "Fait" if line.done else "À faire d’abord" if line.blocks else "À savoir"
        pill = Pill(word, "good" if line.done else "danger" if line.blocks else "warning", self)
        pill.setMinimumWidth(120)
        row.addWidget(pill)
        row.addWidget(label(line.text, "", wrap=True), 1)
        if not line.done and line.target is not None:
            way = button("Voir", "link", partial(_open, context, line.target))
            way.setAccessibleName(f"Voir\u00a0: {line.text}")
            row.addWidget(way)


def _open(context: Context, target: Target) -> None:
    context.navigator.open(target)
