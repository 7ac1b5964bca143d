"""What stands above the form while she types: the delay of thirty clear days, and files about the same child."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout

from antenne.domain.births import Birth
from antenne.domain.civil_clock import Clock, ClockState, Delay
from antenne.domain.civil_routes import DECLARATION, LATE_JUDGMENT
from antenne.services import civil_lookup
from antenne.services.civil_lookup import KnownChild
from antenne.ui.kit import tokens as t
from antenne.ui.kit.area import Context
from antenne.ui.kit.cards import Card, button, label
from antenne.ui.kit.form_view import FormView
from antenne.ui.kit.operations import SHORT
from antenne.wording import civil as words
from antenne.wording import formats

TakeRoute = Callable[[str], object]

_AFTER_MS = 250
_SHOWN = 3
_STILL_TIME = frozenset({ClockState.IN_TIME, ClockState.SOON})
_NO_TIME = frozenset({ClockState.PAST, ClockState.TO_CHECK})


class ClockBand(Card):
    """The delay of the birth that is typed, explained; the other démarche where this one does not fit."""

    def __init__(
        self, context: Context, view: FormView, delay: Callable[[str, dt.date], Delay | None], take: TakeRoute
    ) -> None:
        """Watch ``view``; ``delay`` is that of a démarche for a file of a day, ``take`` changes the démarche."""
        super().__init__("Délai de déclaration", pill=" ")
        self._context = context
        self._delay = delay
        self._view = view
        self.clock: Clock | None = None
        self.said = label("", "", wrap=True)
        self.judgment_button = button("Prendre le jugement supplétif", "plain", partial(take, LATE_JUDGMENT))
        self.declaration_button = button("Prendre la déclaration dans le délai", "plain", partial(take, DECLARATION))
        row = QHBoxLayout()
        row.addWidget(self.said, 1)
        row.addWidget(self.judgment_button)
        row.addWidget(self.declaration_button)
        self.body.addLayout(row)
        view.changed.connect(self.follow)
        self.hide()

    def follow(self) -> None:
        """Count again from what is typed."""
        answers = self._view.answers()
        birth, route = answers.get("birth"), answers.get("route_key")
        on = answers.get("opened_on") or self._context.clock.today()
        delay = self._delay(str(route or ""), on) if isinstance(on, dt.date) else None
        runs = isinstance(birth, Birth) and isinstance(on, dt.date) and delay is not None
        clock = self.clock = civil_lookup.clock_of(birth, on, delay) if runs else None  # type: ignore[arg-type]  # all three are known then
        self.setVisible(clock is not None)
        if clock is None:
            return
        self.said.setText(words.explain(clock))
        self.pill.show_word(words.CLOCK_WORDS[clock.state], words.CLOCK_TONES[clock.state])
        self.judgment_button.setVisible(route != LATE_JUDGMENT and clock.state in _NO_TIME)
        self.declaration_button.setVisible(route == LATE_JUDGMENT and clock.state in _STILL_TIME)


class ChildBand(Card):
    """Files that may be about the same child: suggested, never merged."""

    opened = Signal(int)

    def __init__(self, context: Context, view: FormView) -> None:
        """Watch ``view``."""
        super().__init__("Peut-être déjà un dossier", pill=" ", tone="warning")
        self._context = context
        self._view = view
        self._own = 0
        self.found: tuple[KnownChild, ...] = ()
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(4 * t.SPACE)
        self._grid.setVerticalSpacing(t.SPACE)
        self._grid.setColumnStretch(1, 1)
        self.body.addLayout(self._grid)
        self._timer = QTimer(self, singleShot=True, interval=_AFTER_MS)
        self._timer.timeout.connect(self._ask)
        view.changed.connect(self._timer.start)
        self.hide()

    def begin(self, own_id: int) -> None:
        """Another file is shown."""
        self._own = own_id
        self._timer.stop()
        self.found = ()
        self.hide()

    def _ask(self) -> None:
        self._context.operations.run(
            SHORT,
            civil_lookup.same_child,
            self._context.desk,
            self._view.answers(),
            self._own,
            owner=self,
            done=self._show,
            latest=True,
        )

    def _show(self, found: tuple[KnownChild, ...]) -> None:
        self.found = found
        while (item := self._grid.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self.setVisible(bool(found))
        self.pill.show_word(formats.plural(len(found), "dossier", "dossiers"), "warning")
        for row, child in enumerate(found[:_SHOWN]):
            born = "naissance inconnue" if child.birth is None else formats.day(child.birth)
            mother = f"mère\u00a0: {child.mother_name}" if child.mother_name else ""
            look = button("Ouvrir ce dossier", "plain", partial(self.opened.emit, child.file_id))
            look.setAccessibleName(f"Ouvrir le dossier {child.number}")
            self._grid.addWidget(label(f"{child.number} · {child.name}", "strong"), row, 0)
            self._grid.addWidget(label(" · ".join(one for one in (born, mother) if one), "muted"), row, 1)
            self._grid.addWidget(look, row, 2)
