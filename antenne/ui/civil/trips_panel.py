"""« Tournées »: the list of trips, and beside it the one in hand: planned, printed, its results, closed."""

from __future__ import annotations

import uuid

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from antenne.domain.board import Target, Tone
from antenne.domain.changes import CIVIL, Changes, Done
from antenne.domain.rights import Right
from antenne.services import civil_printing, civil_trips
from antenne.services.civil_trips import CloseTrip, TripPage, TripRow
from antenne.services.desk import Desk
from antenne.ui.civil.trips_plan import PlanPage
from antenne.ui.civil.trips_results import ResultsCard
from antenne.ui.kit import tokens as t
from antenne.ui.kit.area import Context, Screen
from antenne.ui.kit.cards import EmptyState, PageTitle, button
from antenne.ui.kit.models import Column, RowsModel
from antenne.ui.kit.operations import SHORT
from antenne.ui.kit.printing import PrintJob
from antenne.ui.kit.tables import Table
from antenne.wording import civil_papers as words
from antenne.wording import formats

_LIST = 348


def _trip_state(row: TripRow) -> tuple[str, Tone]:
    trip = row.trip
    if trip.closed_on is not None:
        return "close", "neutral"
    return (f"{trip.awaited} à noter", "warning") if trip.awaited else ("à clore", "good")


COLUMNS = (
    Column(key="on", title="Jour", text=lambda row: formats.day(row.trip.on), width=102),
    Column(key="place", title="Lieu", text=lambda row: row.place, width=0),
    Column(key="state", title="", text=lambda row: _trip_state(row)[0], pill=lambda row: _trip_state(row)[1], width=98),
)


class TripsPanel(Screen):
    """``open`` takes the id of a trip, or the action ``new``."""

    help_key = "civil-trips"
    hints = (
        "Espace : cocher · Ctrl+N : nouvelle tournée · Ctrl+S : enregistrer · Ctrl+P : imprimer la liste · F1 : aide"
    )

    def __init__(self, context: Context) -> None:
        """Build the list, and an empty place beside it."""
        super().__init__()
        self.context = context
        self.title = PageTitle("Tournées")
        self.title.add_button(button("Nouvelle tournée", "primary", self.new, icon_name="plus"))
        self.model = RowsModel(COLUMNS)
        self.table = Table(self.model, "Tournées", memory=context.memory)
        self.model.setParent(self.table)
        self._place = QVBoxLayout()
        self._shown: QWidget | None = None
        self._page: TripPage | None = None
        self._build()

    @property
    def shown(self) -> QWidget | None:
        """What stands beside the list: a :class:`PlanPage`, a :class:`TripView` or an empty state."""
        return self._shown

    # --- Screen ----------------------------------------------------------------------------------------------------

    def open(self, target: Target) -> None:
        """A trip, a new one, or the list."""
        self._read_list()
        if target.action == "new":
            self.new()
        elif target.id is not None:
            self.open_trip(target.id)
        elif self._shown is None:
            self._show_empty()
        if target.id is None and target.action != "new":
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self) -> None:
        """Read the list and the trip in hand again."""
        self._read_list()
        if isinstance(self._shown, TripView):
            self.open_trip(self._shown.page.trip.id)

    def on_changes(self, changes: Changes) -> None:
        """A file or a trip changed; what is being ticked or typed stays."""
        if changes.touch(CIVIL) and self.isVisible():
            self._read_list()
            if isinstance(self._shown, TripView) and not self._shown.results.ticked:
                self.open_trip(self._shown.page.trip.id)

    def new(self) -> None:
        """Ctrl+N; a trip that is being planned stays."""
        if isinstance(self._shown, PlanPage) and self._page is None:
            self._shown.focus_first()
        else:
            self._plan(None)

    def save(self) -> None:
        """Ctrl+S: the plan, or the results."""
        if isinstance(self._shown, PlanPage):
            self._shown.save()
        elif isinstance(self._shown, TripView) and self._shown.results.ticked:
            self._shown.results.save()

    def print_(self) -> None:
        """Ctrl+P: the list of the trip in hand."""
        if isinstance(self._shown, TripView):
            self.print_list(self._shown.page.trip.id)

    def keep_draft(self) -> None:
        """A trip being planned."""
        if isinstance(self._shown, PlanPage):
            self._shown.draft.flush()

    def escape(self) -> bool:
        """Close what stands beside the list."""
        if isinstance(self._shown, PlanPage) and self._page is not None:
            self._show_trip(self._page)
            return True
        if isinstance(self._shown, (PlanPage, TripView)):
            self._show_empty()
            return True
        return False

    # --- What is done ----------------------------------------------------------------------------------------------

    def open_trip(self, trip_id: int) -> None:
        """Show a trip."""
        self.context.operations.run(
            SHORT, civil_trips.load_trip, self.context.desk, trip_id, owner=self, done=self._show_trip, latest=True
        )

    def print_list(self, trip_id: int) -> None:
        """Preview the grouped list."""
        job = PrintJob(
            title=words.TRIP_TITLE, file_name=words.TRIP_FILE_NAME, render=_trip_pdf, args=(self.context.desk, trip_id)
        )
        self.context.printing.preview(job, self)

    def print_warn(self, trip_id: int) -> None:
        """Preview whom to warn."""
        job = PrintJob(
            title=words.WARN_TITLE, file_name=words.WARN_FILE_NAME, render=_warn_pdf, args=(self.context.desk, trip_id)
        )
        self.context.printing.preview(job, self)

    def change(self, page: TripPage) -> None:
        """Other files, another day."""
        self._plan(page)

    def close_trip(self, page: TripPage) -> None:
        """Close it; files without a result are said first."""
        awaited = page.trip.awaited
        if awaited:
            said = (
                f"{formats.plural(awaited, 'dossier reste', 'dossiers restent')} sans résultat. Clore quand même\u202f?"
            )
            if not self.context.dialogs.confirm(self, said, "Clore"):
                return
        command = CloseTrip(request_id=uuid.uuid4().hex, trip_id=page.trip.id)
        self.context.operations.run(
            SHORT, civil_trips.close_trip, self.context.desk, command, owner=self, done=self._closed
        )

    # --- What came -------------------------------------------------------------------------------------------------

    def _closed(self, done: Done[int]) -> None:
        self.context.notify("Tournée close.", "good")
        self.context.broadcast(done.changes)
        self.refresh()

    def _saved(self, done: Done[int]) -> None:
        self.context.notify("Tournée enregistrée.", "good")
        self._page = None
        self.open_trip(done.value)
        self.context.broadcast(done.changes)
        self._read_list()

    def _entered(self, done: Done[TripPage]) -> None:
        self.context.notify("Résultats notés.", "good")
        self._show_trip(done.value)
        self.context.broadcast(done.changes)
        self._read_list()

    def _read_list(self) -> None:
        self.context.operations.run(
            SHORT, civil_trips.list_trips, self.context.desk, owner=self, done=self._show_list, latest=True
        )

    def _show_list(self, rows: tuple[TripRow, ...]) -> None:
        self.model.show_rows(rows)
        self.title.subtitle.setText(formats.plural(len(rows), "tournée", "tournées") if rows else "")

    def _clicked(self) -> None:
        row = self.table.current()
        if isinstance(row, TripRow):
            self._opened(row)

    def _opened(self, row: TripRow) -> None:
        self.open_trip(row.trip.id)

    def _show_trip(self, page: TripPage) -> None:
        self._page = page
        view = TripView(self, page)
        view.results.saved.connect(self._entered)
        self._show(view)
        view.focus_first()

    def _plan(self, page: TripPage | None) -> None:
        self._page = page
        made = PlanPage(self.context, page)
        made.saved.connect(self._saved)
        made.given_up.connect(self.escape)
        self._show(made)
        made.focus_first()

    def _show_empty(self) -> None:
        self._page = None
        self._show(
            EmptyState(
                "calendar",
                "Une tournée, une liste",
                "Choisissez les dossiers d’un tribunal, d’une mairie ou d’une audience foraine, imprimez une seule "
                "liste, et notez au retour le résultat de tous en une fois.",
                "Nouvelle tournée",
                self.new,
            )
        )

    def _show(self, widget: QWidget) -> None:
        self.keep_draft()
        if self._shown is not None:
            self._place.removeWidget(self._shown)
            self._shown.hide()
            self._shown.deleteLater()
        self._shown = widget
        self._place.addWidget(widget)
        widget.show()

    def _build(self) -> None:
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(3 * t.SPACE)
        whole.addWidget(self.title)
        row = QHBoxLayout()
        row.setSpacing(4 * t.SPACE)
        self.table.setFixedWidth(_LIST)
        row.addWidget(self.table)
        row.addLayout(self._place, 1)
        whole.addLayout(row, 1)
        self.table.opened.connect(self._opened)
        self.table.clicked.connect(lambda _index: self._clicked())


class TripView(QWidget):
    """One trip: its day and place, what is printed of it, its results."""

    def __init__(self, panel: TripsPanel, page: TripPage) -> None:
        """Show ``page``."""
        super().__init__()
        self.page = page
        trip = page.trip
        self.title = PageTitle()
        pill, tone = _trip_state(TripRow(trip, page.place))
        about = " · ".join(
            part for part in (formats.plural(len(trip.files), "dossier", "dossiers"), trip.words) if part
        )
        self.title.show_title(f"{page.place}, {formats.day(trip.on)}", subtitle=about, pill=pill, tone=tone)
        self.list_button = button("Liste…", "plain", lambda: panel.print_list(trip.id), icon_name="printer")
        self.warn_button = button("À prévenir…", "plain", lambda: panel.print_warn(trip.id), icon_name="printer")
        self.close_button: QPushButton | None = None
        self.results = ResultsCard(panel.context, page)
        buttons = QHBoxLayout()
        buttons.setSpacing(2 * t.SPACE)
        buttons.addWidget(self.list_button)
        buttons.addWidget(self.warn_button)
        buttons.addStretch(1)
        if trip.closed_on is None:
            buttons.addWidget(button("Changer…", "plain", lambda: panel.change(page)))
            kind = "plain" if trip.awaited else "primary"
            self.close_button = button("Clore la tournée", kind, lambda: panel.close_trip(page))
            buttons.addWidget(self.close_button)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(2 * t.SPACE)
        whole.addWidget(self.title)
        whole.addLayout(buttons)
        whole.addWidget(self.results, 1)
        # not before it has a parent, or it would be a window of its own
        self.warn_button.setVisible(panel.context.desk.may(Right.READ_PERSONS))

    def focus_first(self) -> None:
        """Stand on the first file to note; once all are, on what closes the trip, else on its list."""
        if self.page.trip.closed_on is None and self.page.trip.awaited:
            self.results.focus_first()
        else:
            (self.close_button or self.list_button).setFocus()


def _trip_pdf(desk: Desk, trip_id: int) -> bytes:
    """The grouped list, on the long lane."""
    from antenne.print.civil_trips import render_trip

    return civil_printing.render_trip(desk, trip_id, render_trip)


def _warn_pdf(desk: Desk, trip_id: int) -> bytes:
    """Whom to warn, on the long lane."""
    from antenne.print.civil_trips import render_warn

    return civil_printing.render_warn(desk, trip_id, render_warn)
