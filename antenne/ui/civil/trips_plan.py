"""« Nouvelle tournée »: the day, the place, who goes; the files, ticked one by one or all at once."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QHeaderView, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from antenne.base.paths import resource
from antenne.domain.changes import Done
from antenne.domain.civil_overview import OPEN_STEPS, BoardFilter, BoardRow
from antenne.domain.forms.model import Field, Form, Kind, Option, Section, Tense
from antenne.domain.violations import Violation
from antenne.services import civil_reading, civil_trips
from antenne.services.civil_reading import Choices
from antenne.services.civil_trips import SaveTrip, TripPage
from antenne.services.desk import Desk
from antenne.ui.civil.board_words import state
from antenne.ui.civil.trips_draft import PlanDraft
from antenne.ui.kit import tokens as t
from antenne.ui.kit.area import Context
from antenne.ui.kit.cards import PageTitle, button, label
from antenne.ui.kit.fields.base import FieldContext
from antenne.ui.kit.form_view import FormView
from antenne.ui.kit.operations import SHORT
from antenne.wording import civil as words
from antenne.wording import formats
from antenne.wording import violations as sentences

_FORM = Form(
    key="civil_trip",
    version=1,
    title="Tournée",
    sections=(
        Section(
            key="trip",
            title="",
            fields=(
                Field(key="on", label="Jour", kind=Kind.DATE, required=True, tense=Tense.FUTURE),
                Field(key="place", label="Où", kind=Kind.TEXT, required=True, options="civil_places", max_length=80),
                Field(key="words", label="Qui y va, comment", kind=Kind.TEXT, max_length=120),
            ),
        ),
    ),
)
_ID = Qt.ItemDataRole.UserRole


class PlanPage(QWidget):
    """Plans a trip, or changes an open one."""

    saved = Signal(object)
    """What the service gave: the id of the trip and the changes."""
    given_up = Signal()

    def __init__(self, context: Context, page: TripPage | None = None) -> None:
        """Ask for everything; ``page`` is the trip to change."""
        super().__init__()
        self._context = context
        self._page = page
        self._request_id = uuid.uuid4().hex
        self._kept: dict[int, BoardRow] = {} if page is None else {line.row.file_id: line.row for line in page.lines}
        self._chosen: set[int] | None = set(self._kept)
        self._fixed = frozenset() if page is None else {line.row.file_id for line in page.lines if line.result}
        self._known = {option.label: option.code for option in self._options("civil_places")}
        self.title = PageTitle("Nouvelle tournée" if page is None else "Changer la tournée")
        self.title.add_button(button("Annuler", "plain", self._give_up))
        self.save_button = button("Enregistrer", "primary", self.save)
        self.title.add_button(self.save_button)
        self.form = FormView(_FORM, FieldContext(options=self._options, now=context.clock.now), titled=False)
        self.place = QComboBox()
        self.place.setAccessibleName("Dossiers de quel lieu")
        self.place.addItem("Tous les lieux", None)
        self.step = QComboBox()
        self.step.setAccessibleName("Dossiers à quelle étape")
        self.step.addItem("Ce qui attend dehors", None)
        for step in OPEN_STEPS:
            self.step.addItem(words.STEPS_OF_FILES[step], step)
        self.files = _tree()
        self.count = label("", "strong")
        self.error = label("", "error", wrap=True)
        self.error.hide()
        self._timer = QTimer(self, singleShot=True, interval=60)
        self._build()
        self._fill_form()
        trip_id = 0 if page is None else page.trip.id
        self.draft = PlanDraft(context, self.form, trip_id, lambda: self.ticked, self._tick_rows)
        self.reload()

    @property
    def ticked(self) -> tuple[int, ...]:
        """Ids of the ticked files, in the order of the list."""
        items = (self.files.topLevelItem(number) for number in range(self.files.topLevelItemCount()))
        return tuple(
            item.data(0, _ID) for item in items if item is not None and item.checkState(0) is Qt.CheckState.Checked
        )

    def reload(self) -> None:
        """Read the files that may go."""
        asked = BoardFilter(place=self.place.currentData() or "", step=self.step.currentData())
        self._context.operations.run(SHORT, _read, self._context.desk, asked, owner=self, done=self._show, latest=True)

    def focus_first(self) -> None:
        """Stand in the day."""
        self.form.focus_field("on")

    def tick_all(self, *, ticked: bool) -> None:
        """Tick or untick what is in sight; a file whose result is noted stays."""
        wanted = Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked
        for number in range(self.files.topLevelItemCount()):
            item = self.files.topLevelItem(number)
            if item is not None and item.data(0, _ID) not in self._fixed:
                item.setCheckState(0, wanted)

    def save(self) -> None:
        """Say what is missing, or save."""
        broken = self.form.validate()
        self.form.show(broken)
        self.error.hide()
        if broken:
            return
        answers: dict[str, Any] = dict(self.form.answers())
        place = str(answers["place"] or "")
        command = SaveTrip(
            request_id=self._request_id,
            trip_id=0 if self._page is None else self._page.trip.id,
            on=answers["on"],
            place=self._known.get(place, place),
            words=str(answers["words"] or ""),
            file_ids=self.ticked,
        )
        self.save_button.setEnabled(False)
        self._context.operations.run(
            SHORT, civil_trips.save_trip, self._context.desk, command, owner=self, done=self._saved,
            broken=self._refuse, problem=self._failed,
        )  # fmt: skip

    # --- Building --------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(3 * t.SPACE)
        row = QHBoxLayout()
        row.setSpacing(2 * t.SPACE)
        row.addWidget(self.place)
        row.addWidget(self.step)
        row.addWidget(button("Tout cocher", "plain", partial(self.tick_all, ticked=True)))
        row.addWidget(button("Tout décocher", "plain", partial(self.tick_all, ticked=False)))
        row.addStretch(1)
        row.addWidget(self.count)
        for piece in (self.title, self.form):
            whole.addWidget(piece)
        whole.addLayout(row)
        whole.addWidget(self.error)
        whole.addWidget(self.files, 1)
        self.place.currentIndexChanged.connect(self.reload)
        self.step.currentIndexChanged.connect(self.reload)
        self.files.itemChanged.connect(self._ticked_one)
        self._timer.timeout.connect(self._say)

    def _fill_form(self) -> None:
        if self._page is None:
            return
        trip = self._page.trip
        self.form.set_answers({"on": trip.on, "place": self._page.place, "words": trip.words})

    def _options(self, name: str) -> tuple[Option, ...]:
        return self._context.desk.settings.options(name, self._context.clock.today())

    # --- Files -----------------------------------------------------------------------------------------------------

    def _show(self, answer: tuple[tuple[BoardRow, ...], Choices]) -> None:
        """The files asked for, below those that are ticked already."""
        offered, choices = answer
        chosen = set(self.ticked) if self._chosen is None else self._chosen
        self._chosen = None
        self._offer_places(choices)
        self.files.blockSignals(True)
        self.files.clear()
        first = [row for number, row in self._kept.items() if number in chosen]
        for row in (*first, *(row for row in offered if row.file_id not in chosen)):
            self._add(row, ticked=row.file_id in chosen)
            self._kept[row.file_id] = row
        self.files.blockSignals(False)
        self._say()

    def _offer_places(self, choices: Choices) -> None:
        if self.place.count() > 1:
            return
        self.place.blockSignals(True)
        for option in choices.places:
            self.place.addItem(option.label, option.code)
        self.place.blockSignals(False)

    def _add(self, row: BoardRow, *, ticked: bool) -> None:
        said = state(row, self._context.clock.today())[0]
        item = QTreeWidgetItem([row.number, row.name, row.step_words, said, row.place])
        item.setData(0, _ID, row.file_id)
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if row.file_id not in self._fixed:
            flags |= Qt.ItemFlag.ItemIsUserCheckable
        item.setFlags(flags)
        item.setCheckState(0, Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
        self.files.addTopLevelItem(item)

    def _tick_rows(self, rows: tuple[BoardRow, ...]) -> None:
        """A draft is taken up again: these files are ticked, the others not."""
        self.tick_all(ticked=False)
        self._kept |= {row.file_id: row for row in rows}
        self._chosen = {row.file_id for row in rows} | set(self._fixed)
        self.reload()

    def _ticked_one(self) -> None:
        self._timer.start()
        self.draft.touch()

    def _give_up(self) -> None:
        self.draft.give_up()
        self.given_up.emit()

    def _say(self) -> None:
        self.count.setText(formats.plural(len(self.ticked), "dossier coché", "dossiers cochés"))

    # --- Saving ----------------------------------------------------------------------------------------------------

    def _saved(self, done: Done[int]) -> None:
        self.save_button.setEnabled(True)
        self.draft.forget()
        self.saved.emit(done)

    def _refuse(self, broken: Sequence[Violation]) -> None:
        self.save_button.setEnabled(True)
        keys = {field.key for field in _FORM.fields}
        self.form.show([one for one in broken if one.field in keys])
        others = [sentences.sentence(one) for one in broken if one.field not in keys]
        self.error.setText("\n".join(dict.fromkeys(others)))
        self.error.setVisible(bool(others))

    def _failed(self, problem: Exception) -> None:
        self.save_button.setEnabled(True)
        self._context.operations.say_problem(problem)


def _tree() -> QTreeWidget:
    made = QTreeWidget()
    made.setAccessibleName("Dossiers de la tournée\u00a0: Espace coche")
    made.setHeaderLabels(["Dossier", "Nom sur l’acte", "Étape", "État", "Lieu"])
    made.setRootIsDecorated(False)
    made.setUniformRowHeights(True)
    made.setAllColumnsShowFocus(True)
    made.header().setStretchLastSection(False)
    made.header().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
    for column, width in {0: 132, 2: 146, 3: 132, 4: 118}.items():
        made.setColumnWidth(column, width)
    check = resource("icons/check-white.svg").as_posix()
    made.setStyleSheet(
        "QTreeView::item { height: 30px; }"
        f"QTreeView::indicator {{ width: 14px; height: 14px; background: {t.PAPER}; border: 2px solid {t.MUTED};"
        " border-radius: 4px; }"
        f"QTreeView::indicator:checked {{ background: {t.PRIMARY}; border-color: {t.PRIMARY}; image: url('{check}'); }}"
    )
    return made


def _read(desk: Desk, asked: BoardFilter) -> tuple[tuple[BoardRow, ...], Choices]:
    """Files that may go, and the places that files name."""
    return civil_trips.offered_files(desk, asked), civil_reading.choices(desk)
