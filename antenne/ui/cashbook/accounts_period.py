"""The period of the accounts: a month, a year, or free."""

from __future__ import annotations

import datetime as dt
from enum import Enum
from typing import Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from antenne.domain import periods
from antenne.domain.account_papers import Period
from antenne.domain.forms.model import Field, Kind
from antenne.domain.violations import RulesBroken, Violation
from antenne.services.books import check_period
from antenne.ui.kit import tokens as t
from antenne.ui.kit.area import Context
from antenne.ui.kit.cards import label
from antenne.ui.kit.fields.base import FieldContext
from antenne.ui.kit.fields.make import make
from antenne.wording import violations as sentences

_READ_AFTER: Final = 300
"""Milliseconds after the last key in a day."""
_DAY_WIDTH: Final = 130


class PeriodChoice(Enum):
    """What is offered."""

    MONTH = "Ce mois"
    LAST_MONTH = "Mois dernier"
    YEAR = "Cette année"
    LAST_YEAR = "Année dernière"
    FREE = "Période libre"


def period_of(choice: PeriodChoice, today: dt.date) -> Period:
    """From the first day to the last one of a choice; today alone for a free period."""
    month, year = periods.month_of(today), periods.year_of(today)
    if choice is PeriodChoice.LAST_MONTH:
        month = periods.month_of(month.first_day - dt.timedelta(days=1))
    if choice is PeriodChoice.LAST_YEAR:
        year = periods.year_of(year.first_day - dt.timedelta(days=1))
    if choice in {PeriodChoice.MONTH, PeriodChoice.LAST_MONTH}:
        return Period(month.first_day, month.last_day)
    if choice in {PeriodChoice.YEAR, PeriodChoice.LAST_YEAR}:
        return Period(year.first_day, year.last_day)
    return Period(today, today)


class PeriodBar(QWidget):
    """The choice, and two days where it is free; says each new period that can be read."""

    chosen = Signal()
    told = Signal(str)
    """Why what is typed is no period; empty when it is one."""

    def __init__(self, context: Context) -> None:
        """Begin with the present month."""
        super().__init__()
        self._context = context
        self._period = period_of(PeriodChoice.MONTH, context.clock.today())
        self.choice = QComboBox()
        self.choice.setAccessibleName("Période")
        for one in PeriodChoice:
            self.choice.addItem(one.value)
        fields = FieldContext(options=lambda _name: (), now=context.clock.now)
        self.first = make(Field(key="first", label="Premier jour", kind=Kind.DATE), fields, self)
        self.last = make(Field(key="last", label="Dernier jour", kind=Kind.DATE), fields, self)
        self._timer = QTimer(self, singleShot=True, interval=_READ_AFTER)
        self._timer.timeout.connect(self._read)
        self._free = QWidget()
        self._build()
        self.choice.currentIndexChanged.connect(self._choose)

    @property
    def period(self) -> Period:
        """The last one that could be read."""
        return self._period

    def choose(self, choice: PeriodChoice) -> None:
        """Choose as the user would."""
        self.choice.setCurrentIndex(list(PeriodChoice).index(choice))

    def _build(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2 * t.SPACE)
        name = label("Période", "label")
        name.setBuddy(self.choice)
        row.addWidget(name)
        row.addWidget(self.choice)
        inside = QHBoxLayout(self._free)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(2 * t.SPACE)
        for words, field in (("du", self.first), ("au", self.last)):
            inside.addWidget(label(words, "label"))
            inside.addWidget(field)
            field.setFixedWidth(_DAY_WIDTH)
            field.describe(field.field.label, "")
            field.changed.connect(self._timer.start)
        self._free.hide()
        row.addWidget(self._free)

    def _choose(self) -> None:
        choice = list(PeriodChoice)[self.choice.currentIndex()]
        free = choice is PeriodChoice.FREE
        self._free.setVisible(free)
        self._say(())
        if free:  # from what is in sight
            self.first.set_value(self._period.first)
            self.last.set_value(min(self._period.last, self._context.clock.today()))
            self.first.entry().setFocus()
            self._read()
            return
        self._timer.stop()
        self._period = period_of(choice, self._context.clock.today())
        self.chosen.emit()

    def _read(self) -> None:
        first, last = self.first.value(), self.last.value()
        unread = tuple(one for one in (first, last) if isinstance(one, Violation))
        if unread or not (isinstance(first, dt.date) and isinstance(last, dt.date)):
            self._say(unread)
            return
        typed = Period(first, last)
        try:
            check_period(typed)
        except RulesBroken as refused:
            self._say(refused.violations)
            return
        self._say(())
        if typed != self._period:
            self._period = typed
            self.chosen.emit()

    def _say(self, broken: tuple[Violation, ...]) -> None:
        wrong = {one.field for one in broken}
        for field in (self.first, self.last):
            field.show_error(wrong=field.field.key in wrong)
        self.told.emit(" ".join(sentences.sentence(one) for one in broken))
