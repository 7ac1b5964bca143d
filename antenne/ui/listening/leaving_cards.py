"""What leaves the compartment as figures: a crossing, incidents one by one; shown first, then written or printed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from antenne.domain.changes import PROTECTION, Changes
from antenne.domain.gbvims import COLUMNS, Line
from antenne.domain.periods import month_of
from antenne.domain.protection_trends import Axis
from antenne.domain.sendings import Sending, Way
from antenne.domain.violations import Violation
from antenne.services import gbvims_export, protection_trends, sendings
from antenne.services.desk import Desk
from antenne.services.gbvims_export import ReadyLines, SendIncidents
from antenne.services.protection_trends import Ready, SendCrossing
from antenne.ui.kit import tokens as t
from antenne.ui.kit.area import Context
from antenne.ui.kit.cards import Card, button, label
from antenne.ui.kit.exporting import ask_place
from antenne.ui.kit.models import Column, RowsModel
from antenne.ui.kit.operations import LONG, SHORT
from antenne.ui.kit.printing import PrintJob
from antenne.ui.kit.tables import Table
from antenne.ui.listening.session_side import emptied
from antenne.ui.listening.slips import new_request
from antenne.wording import formats
from antenne.wording import gbvims as words
from antenne.wording import violations as sentences

Period = Callable[[], tuple[dt.date, dt.date]]
_MONTHS = 24
_LATEST = 6
_LINES_SHOWN = 200
"""Pixels of the lines that are shown before they leave."""
_WIDEST = 260
_WIDE = frozenset({"GBV TYPE", "INCIDENT TIME OF DAY", "ALLEGED PERPETRATOR - SURVIVOR RELATIONSHIP"})


class LeavingCard(Card):
    """What the cards share: prepare on the short lane, say what is refused beside the button, leave on the long one."""

    def __init__(self, title: str, hint: str, context: Context) -> None:
        """Begin with nothing prepared."""
        super().__init__(title)
        self.context = context
        self.refusal = label("", "error", wrap=True)
        self.refusal.hide()
        self.asked = QHBoxLayout()
        self.asked.setSpacing(2 * t.SPACE)
        self.made = QVBoxLayout()
        self.made.setSpacing(2 * t.SPACE)
        self.export_button: QPushButton | None = None
        self.body.addWidget(label(hint, "muted", wrap=True))
        self.body.addLayout(self.asked)
        self.body.addWidget(self.refusal)
        self.body.addLayout(self.made)
        self._pieces: list[QWidget] = []

    def export(self) -> None:
        """Ask for a place, then write what was shown."""
        raise NotImplementedError

    def run(self, work: Callable[..., Any], command: object, done: Callable[[Any], None]) -> None:
        """Prepare."""
        self.clear()
        self.context.operations.run(
            SHORT, work, self.context.desk, command, owner=self, done=done, broken=self.refuse, latest=True
        )

    def write(self, work: Callable[..., Any], ready: object) -> None:
        """Write it: :func:`ask_place` has asked about a folder that is copied to the internet."""
        path = ask_place(self.context, self)
        if path is None:
            return

        def leave(desk: Desk) -> Any:
            return work(desk, ready, path, accepted=True)

        self.context.operations.run(LONG, leave, self.context.desk, owner=self, done=self._left, broken=self.refuse)

    def _left(self, done: Any) -> None:
        self.context.notify("Le fichier est écrit. Il est noté parmi ce qui est parti.", "good")
        self.context.broadcast(done.changes)

    def show_made(self, shown: QWidget, said: QWidget, *others: QWidget) -> None:
        """What would leave, and the buttons that have it leave: « Exporter », then the others."""
        self.clear()
        self.export_button = button("Exporter (.xlsx)…", "primary", self.export)
        self._pieces = [shown, said, _buttons(self.export_button, *others)]
        for piece in self._pieces:
            self.made.addWidget(piece)
        self.export_button.setFocus(Qt.FocusReason.OtherFocusReason)
        QTimer.singleShot(0, self, self._reveal)

    def _reveal(self) -> None:
        """What would leave is brought into view, down to its buttons."""
        above = self.parentWidget()
        while above is not None and not isinstance(above, QScrollArea):
            above = above.parentWidget()
        if above is not None and self.export_button is not None:
            above.ensureWidgetVisible(self.export_button)

    def clear(self) -> None:
        """Nothing is prepared."""
        self.refusal.hide()
        for piece in self._pieces:
            self.made.removeWidget(piece)
            piece.hide()
            piece.deleteLater()
        self._pieces, self.export_button = [], None

    def refuse(self, broken: tuple[Violation, ...]) -> None:
        """Beside what was asked."""
        self.clear()
        self.refusal.setText(" ".join(sentences.sentence(one) for one in broken))
        self.refusal.show()


def _buttons(*made: QWidget) -> QWidget:
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(2 * t.SPACE)
    for one in made:
        row.addWidget(one)
    row.addStretch(1)
    return holder


class CrossingCard(LeavingCard):
    """Two questions crossed; masked, shown, then exported or printed."""

    def __init__(self, context: Context, period: Period) -> None:
        """Ask which two, and for whom; ``period`` gives the days in sight."""
        hint = (
            "Seulement les incidents dont la victime accepte les statistiques. Les cases de 1 à 4 sont cachées, et"
            " d’autres avec elles, en tenant compte de tout ce qui est déjà parti."
        )
        super().__init__("Un tableau croisé à envoyer", hint, context)
        self._period = period
        self.ready: Ready | None = None
        self.down, self.across = QComboBox(), QComboBox()
        self.recipient = QLineEdit()
        for box, name in ((self.down, "Lignes"), (self.across, "Colonnes")):
            box.setAccessibleName(name)
            for axis in Axis:
                box.addItem(words.AXES[axis], axis)
            box.currentIndexChanged.connect(self.forget)
            self.asked.addWidget(box)
        self.across.setCurrentIndex(2)
        self.recipient.setPlaceholderText("Pour qui")
        self.recipient.setAccessibleName("Tableau croisé\u00a0: pour qui")
        self.recipient.returnPressed.connect(self.prepare)
        self.recipient.textChanged.connect(self.forget)
        self.asked.addWidget(self.recipient, 1)
        self.asked.addWidget(button("Préparer", "plain", self.prepare))

    def prepare(self) -> None:
        """What would leave."""
        first, last = self._period()
        self.ready = None
        command = SendCrossing(
            request_id=new_request(),
            recipient=self.recipient.text(),
            down=self.down.currentData(),
            across=self.across.currentData(),
            first=first,
            last=last,
        )
        self.run(partial(_with_face, protection_trends.prepare_crossing), command, self._prepared)

    def forget(self) -> None:
        """Another question: what was prepared is no longer in sight."""
        self.ready = None
        self.clear()

    def _prepared(self, found: tuple[Ready, Any]) -> None:
        self.ready, face = found
        table = QWidget()
        grid = QGridLayout(table)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(4 * t.SPACE)
        for column, title in enumerate(face.columns):
            grid.addWidget(_cell(title, "column", right=column > 0), 0, column)
        for row, values in enumerate(face.rows, 1):
            for column, value in enumerate(values):
                said = value if isinstance(value, str) else formats.number(value)
                grid.addWidget(_cell(said, "muted" if said == words.MASKED else "", right=column > 0), row, column)
        grid.setColumnStretch(0, 1)
        notes = label(" ".join(face.notes), "hint", wrap=True)
        notes.setAccessibleName(notes.text())
        self.show_made(table, notes, button("Imprimer…  Ctrl+P", "plain", self.print_))

    def export(self) -> None:
        """Write what is in sight."""
        if self.ready is not None:
            self.write(protection_trends.export_crossing, self.ready)

    def print_(self) -> None:
        """Preview what is in sight; it is remembered before the pages leave."""
        if self.ready is None:
            self.context.notify("Préparez d’abord le tableau à imprimer.", "info")
            return
        desk, ready = self.context.desk, self.ready
        told = partial(self.context.broadcast, Changes.of(PROTECTION))
        job = PrintJob(
            title=words.CROSSING_TITLE,
            file_name="tableau.pdf",
            render=_draw,
            args=(desk, ready),
            starting=partial(protection_trends.remember_crossing, desk, ready, Way.PAPER),
            printed=told,
            saved=told,
        )
        self.context.printing.preview(job, self)


def _with_face(work: Callable[..., Ready], desk: Desk, command: SendCrossing) -> tuple[Ready, Any]:
    ready = work(desk, command)
    return ready, protection_trends.crossing_face(desk, ready)


def _draw(desk: Desk, ready: Ready) -> bytes:
    from antenne.print.crossing import render_crossing

    return protection_trends.draw_crossing(desk, ready, render_crossing)


def _cell(said: str, role: str, *, right: bool) -> QLabel:
    made = label(said, role, wrap=not right)
    if right:
        made.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    return made


class LinesCard(LeavingCard):
    """Incidents one by one, for a structure with which she agreed to share hers."""

    def __init__(self, context: Context) -> None:
        """Ask for whom and which months."""
        hint = (
            "Une ligne par incident, sans nom ni code de l’antenne, par mois de l’entretien. Seulement celles qui"
            " acceptent les statistiques et le partage avec cette structure, et non dites ailleurs."
        )
        super().__init__("Lignes d’incidents (GBVIMS) à envoyer", hint, context)
        self.ready: ReadyLines | None = None
        self.recipient, self.first, self.last = QComboBox(), QComboBox(), QComboBox()
        self.recipient.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        month = month_of(context.clock.today()).first_day
        for _ in range(_MONTHS):
            month = month_of(month - dt.timedelta(days=1)).first_day
            said = f"{formats.MONTHS[month.month - 1]} {month.year}"
            self.first.addItem(f"de {said}", month)
            self.last.addItem(f"à {said}", month_of(month).last_day)
        for box, name in (
            (self.recipient, "Lignes d’incidents\u00a0: pour qui"),
            (self.first, "Premier mois"),
            (self.last, "Dernier mois"),
        ):
            box.setAccessibleName(name)
            box.currentIndexChanged.connect(self.forget)
            self.asked.addWidget(box)
        self.asked.addWidget(button("Préparer", "plain", self.prepare))
        self.asked.addStretch(1)

    def offer(self, names: tuple[str, ...]) -> None:
        """Those with whom somebody agreed to share."""
        if names == tuple(self.recipient.itemData(place) for place in range(1, self.recipient.count())):
            return
        self.recipient.clear()
        self.recipient.addItem("Pour qui\u00a0: …", "")
        for name in names:
            self.recipient.addItem(name, name)

    def prepare(self) -> None:
        """What would leave, and how many stay."""
        self.ready = None
        command = SendIncidents(
            request_id=new_request(),
            recipient=self.recipient.currentData() or "",
            first=self.first.currentData(),
            last=self.last.currentData(),
        )
        self.run(gbvims_export.prepare_incidents, command, self._prepared)

    def forget(self) -> None:
        """Another question: what was prepared is no longer in sight."""
        self.ready = None
        self.clear()

    def _prepared(self, ready: ReadyLines) -> None:
        self.ready = ready
        lines = ready.sheet.lines
        said = formats.plural(len(lines), "ligne partirait", "lignes partiraient")
        count = label(f"{said}. {words.stay(ready.sheet.left_out)}.", wrap=True)
        table = Table(RowsModel(_columns(lines), lines, self), "Lignes qui partiraient", memory=self.context.memory)
        table.setFixedHeight(_LINES_SHOWN)
        self.show_made(count, table)

    def export(self) -> None:
        """Write what is in sight."""
        if self.ready is not None:
            self.write(gbvims_export.export_incidents, self.ready)


def _columns(lines: tuple[Line, ...]) -> tuple[Column, ...]:
    """The columns that say something, as the file bears them."""
    filled = [place for place in range(len(COLUMNS)) if any(line.values[place] for line in lines)]
    return tuple(
        Column(
            key=str(place),
            title=COLUMNS[place],
            text=partial(_value, place),
            width=max(9 * len(COLUMNS[place]) + 24, _WIDEST if COLUMNS[place] in _WIDE else 0),
            sortable=False,
        )
        for place in filled
    )


def _value(place: int, line: Line) -> str:
    return line.values[place]


class LeftCard(Card):
    """What already left, the newest first."""

    def __init__(self) -> None:
        """Begin with nothing."""
        super().__init__("Déjà parti")

    def show_sendings(self, found: tuple[Sending, ...]) -> None:
        """The latest ones, and how many more there are."""
        emptied(self, 1)
        for one in found[:_LATEST]:
            self.body.addWidget(label(words.sending(one), "muted", wrap=True))
        if len(found) > _LATEST:
            more = formats.plural(len(found) - _LATEST, "autre envoi avant", "autres envois avant")
            self.body.addWidget(label(f"{more}.", "hint"))
        if not found:
            self.body.addWidget(label("Rien n’est encore parti.", "muted"))


def read_left(desk: Desk) -> tuple[tuple[str, ...], tuple[Sending, ...]]:
    """For whom lines may leave, and what already left.

    Raises:
        Forbidden: Without the right.
    """
    return gbvims_export.recipients(desk), sendings.every_sending(desk)


def ask(context: Context, owner: QObject, done: Callable[[tuple[tuple[str, ...], tuple[Sending, ...]]], None]) -> None:
    """Read it on the short lane."""
    context.operations.run(SHORT, read_left, context.desk, owner=owner, done=done, latest=True, key="left")
