"""Beside a talk: the hours that are left, the referrals and their slips, her talks before, what was changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from antenne.base.clock import Clock
from antenne.domain.board import Tone
from antenne.domain.listening import Answer, Referral, Service, Trace
from antenne.domain.sealed_kinds import Reading
from antenne.services.listening_links import FromHere, Opened
from antenne.services.listening_reading import SessionLine
from antenne.ui.kit import tokens as t
from antenne.ui.kit.cards import Card, button, label
from antenne.ui.kit.pills import Pill
from antenne.ui.listening.clocks import Clocks
from antenne.ui.listening.reading import Her
from antenne.ui.listening.tie_card import TieCard
from antenne.wording import formats
from antenne.wording import listening as words

WIDTH = 322
_CHANGES = 3
_OPENED: Mapping[Opened, str] = {
    Opened.INCIDENT: "Incident",
    Opened.MINOR: "Mineure",
    Opened.CIVIL: "Dossier d’état civil",
}
TONES: Mapping[Answer, Tone] = {
    Answer.REFERRED: "info",
    Answer.DONE_HERE: "good",
    Answer.ALREADY: "neutral",
    Answer.NOT_RELEVANT: "neutral",
    Answer.REFUSED: "warning",
    Answer.UNAVAILABLE: "danger",
}


def emptied(card: Card, keep: int) -> None:
    """Take everything off a card but its first ``keep`` pieces."""
    while card.body.count() > keep:
        item = card.body.takeAt(card.body.count() - 1)
        widget = item.widget() if item is not None else None
        if widget is not None:
            widget.hide()
            widget.deleteLater()


class ReferralsCard(Card):
    """One line per service: the answer as it is typed; a slip where she is sent somewhere."""

    slip_asked = Signal(int)

    def __init__(self) -> None:
        """Begin without a line."""
        super().__init__("Orientations")
        self.show_rows((), ())

    def show_rows(self, typed: Sequence[Mapping[str, Any]], saved: Sequence[Referral]) -> None:
        """The rows as they are typed; those that are saved and refer her can be printed."""
        emptied(self, 1)
        lines = QWidget(self)
        grid = QGridLayout(lines)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setColumnStretch(0, 1)
        shown = [row for row in typed if row.get("service")]
        for place, row in enumerate(shown):
            service = Service(row["service"])
            grid.addWidget(label(words.SERVICES[service].capitalize()), 2 * place, 0)
            answer = Answer(row["answer"]) if row.get("answer") else None
            pill = Pill(words.ANSWERS[answer] if answer else "", TONES[answer] if answer else "neutral", lines)
            grid.addWidget(pill, 2 * place, 1)
            position = next((number for number, one in enumerate(saved) if one.service is service), None)
            if answer is Answer.REFERRED and position is not None and saved[position].answer is answer:
                made = button("Fiche…", "link", partial(self.slip_asked.emit, position))
                made.setAccessibleName(f"Imprimer la fiche d’orientation\u00a0: {words.SERVICES[service]}")
                grid.addWidget(made, 2 * place, 2)
                code = saved[position].code
                if code:
                    grid.addWidget(label(words.code(code), "hint"), 2 * place + 1, 0, 1, 3)
        if shown:
            self.body.addWidget(lines)
        else:
            lines.deleteLater()
            self.body.addWidget(label("Aucune pour l’instant.", "muted", wrap=True))


class BeforeCard(Card):
    """Her talks before this one."""

    opened = Signal(str)

    def __init__(self) -> None:
        """Begin hidden."""
        super().__init__("Avant")
        self.hide()

    def show_lines(self, lines: Sequence[SessionLine], except_id: str) -> None:
        """Her latest talks but the one in sight."""
        emptied(self, 1)
        others = [line for line in lines if line.id != except_id]
        for line in others:
            made = button(f"{formats.day(line.at.date())} · {words.follow_up(line.rank)}", "link")
            made.clicked.connect(partial(self._open, line.id))
            self.body.addWidget(made)
            self.body.addWidget(label(line.motives, "hint", wrap=True))
        self.setVisible(bool(others))

    def _open(self, session_id: str, _checked: object = None) -> None:
        self.opened.emit(session_id)


class OpenedCard(Card):
    """What was opened from this talk: only here are they named together."""

    opened = Signal(FromHere)

    def __init__(self) -> None:
        """Begin hidden."""
        super().__init__("Ouvert d’ici")
        self.hide()

    def show_opened(self, found: Sequence[FromHere], *, civil: bool) -> None:
        """One line each; a civil file leads there only who may open it."""
        emptied(self, 1)
        for one in found:
            said = f"{_OPENED[one.what]} {one.number}"
            if one.what is Opened.CIVIL and not civil:
                self.body.addWidget(label(said, "muted", wrap=True))
            else:
                self.body.addWidget(button(said, "link", partial(self.opened.emit, one)))
        self.setVisible(bool(found))


class ChangesCard(Card):
    """What was changed in it, by whom; who read it, for the responsable."""

    def __init__(self) -> None:
        """Begin hidden."""
        super().__init__("Changements")
        self.hide()

    def show_traces(self, traces: Sequence[Trace], readings: Sequence[Reading] = ()) -> None:
        """The latest ones."""
        emptied(self, 1)
        for trace in traces[:_CHANGES]:
            keys = [line.field for line in trace.lines if not line.field.startswith("changed_")]
            names = ", ".join(dict.fromkeys(words.field_label(key) for key in keys))
            self.body.addWidget(label(f"{formats.moment(trace.at)} · {trace.user}", "muted", wrap=True))
            self.body.addWidget(label(names, "hint", wrap=True))
        if readings:
            said = formats.plural(len(readings), "lecture", "lectures")
            self.body.addWidget(label(f"{said}, la dernière par {readings[0].user}", "hint", wrap=True))
        self.setVisible(bool(traces or readings))


class SessionSide(QWidget):
    """The column at the right of a talk."""

    def __init__(self, clock: Clock, tie: TieCard) -> None:
        """Begin with the referrals alone."""
        super().__init__()
        self.clocks = Clocks(clock)
        self.referrals = ReferralsCard()
        self.opened = OpenedCard()
        self.before = BeforeCard()
        self.changes = ChangesCard()
        self.tie = tie
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3 * t.SPACE)
        for piece in (self.clocks, self.referrals, self.opened, self.before, self.tie, self.changes):
            column.addWidget(piece)
        column.addStretch(1)

    def show_her(self, her: Her | None, except_id: str) -> None:
        """What is known of her."""
        self.clocks.show_counts(() if her is None else her.counts)
        self.before.show_lines(() if her is None else her.before, except_id)
