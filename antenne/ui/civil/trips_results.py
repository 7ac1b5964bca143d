"""Back at the office: one result and one new day for every ticked file; what is refused stands beside its row."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from antenne.domain.changes import Done
from antenne.domain.civil_trips import DATED, NUMBERED, WORDED, Entry, Purpose, TripResult, by_file
from antenne.domain.forms.model import Answers, Field, Form, Kind, Option, Section, Tense
from antenne.domain.violations import Violation
from antenne.services import civil_trips
from antenne.services.civil_trips import EnterResults, TripLine, TripPage
from antenne.ui.kit import tokens as t
from antenne.ui.kit.area import Context
from antenne.ui.kit.cards import Card, button, label
from antenne.ui.kit.fields.base import FieldContext
from antenne.ui.kit.form_view import FormView
from antenne.ui.kit.operations import SHORT
from antenne.wording import civil_papers as words
from antenne.wording import formats
from antenne.wording import violations as sentences

_RESULTS = "civil_results"
_NAMES = 350
_OPTIONS = tuple(Option(result.value, words.RESULTS[result]) for result in TripResult)


def _among(results: frozenset[TripResult], answers: Answers) -> bool:
    return answers.get("result") in {one.value for one in results}


_FORM = Form(
    key="civil_results",
    version=1,
    title="Résultat",
    sections=(
        Section(
            key="result",
            title="",
            fields=(
                Field(key="result", label="Résultat", kind=Kind.CHOICE, required=True, options=_RESULTS),
                Field(key="on", label="Fait le", kind=Kind.DATE, required=True),
                Field(
                    key="until", label="Nouvelle date", kind=Kind.DATE, required=True, tense=Tense.FUTURE,
                    shown_if=partial(_among, DATED),
                ),
                Field(
                    key="words", label="Motif", kind=Kind.TEXT, required=True, max_length=160, width=3,
                    shown_if=partial(_among, WORDED),
                ),
            ),
        ),
    ),
)  # fmt: skip


class ResultRow(QWidget):
    """One file of the trip: a box to tick, where it stands, its own number, what is refused."""

    def __init__(self, line: TripLine) -> None:
        """Show ``line``; one whose result is noted cannot be ticked."""
        super().__init__()
        row = line.row
        self.file_id = row.file_id
        self.box = QCheckBox(f"{row.number}   {row.name}")
        self.box.setMinimumWidth(_NAMES)
        self.box.setEnabled(not line.result)
        self.box.setAccessibleName(f"{row.number}, {row.name}, {row.step_words}")
        self.number = QLineEdit()
        self.number.setPlaceholderText("n°")
        self.number.setMaximumWidth(130)
        self.number.setAccessibleName(f"Numéro du dossier {row.number}")
        self.number.hide()
        self.error = label("", "error", wrap=True)
        self.error.hide()
        missing = f"manque\u00a0: {len(line.missing)}" if line.missing else ""
        where = [row.step_words, f"n°\u00a0{line.reference}" if line.reference else ""]
        where += [f"le {formats.day(row.hearing_on)}" if row.hearing_on else "", missing]
        grid = QGridLayout(self)
        grid.setContentsMargins(0, t.SPACE, 0, t.SPACE)
        grid.setHorizontalSpacing(3 * t.SPACE)
        grid.setVerticalSpacing(2)
        grid.addWidget(self.box, 0, 0)
        grid.addWidget(label(" · ".join(one for one in where if one), "muted"), 0, 1)
        grid.addWidget(label(line.result, "strong") if line.result else self.number, 0, 2)
        grid.addWidget(self.error, 1, 0, 1, 3)
        grid.setColumnStretch(0, 5)
        grid.setColumnStretch(1, 4)
        grid.setColumnStretch(2, 4)
        self.done = bool(line.result)

    def refuse(self, violations: Sequence[Violation]) -> None:
        """Say what stands against this file, or nothing."""
        self.error.setText(" ".join(dict.fromkeys(sentences.sentence(one) for one in violations)))
        self.error.setVisible(bool(violations))


class ResultsCard(Card):
    """The rows of a trip, and the one result for those that are ticked."""

    saved = Signal(object)
    """What the service gave."""

    def __init__(self, context: Context, page: TripPage) -> None:
        """Show the files, those that go for the same thing together."""
        super().__init__()
        self._context = context
        self._page = page
        self._request_id = uuid.uuid4().hex
        self.rows: list[ResultRow] = []
        self.form = FormView(_FORM, FieldContext(options=lambda _name: _OPTIONS, now=context.clock.now), titled=False)
        self.error = label("", "error", wrap=True)
        self.error.hide()
        self.save_button = button("Noter", "primary", self.save)
        self._open = page.trip.closed_on is None
        self._build()
        if self._open:
            self.form.set_answers({"on": min(page.trip.on, context.clock.today())})
            self._follow()

    @property
    def ticked(self) -> tuple[ResultRow, ...]:
        """The rows whose result is being entered."""
        return tuple(row for row in self.rows if row.box.isChecked())

    def tick_all(self, *, ticked: bool) -> None:
        """Tick or untick every file without a result."""
        for row in self.rows:
            if not row.done:
                row.box.setChecked(ticked)

    def focus_first(self) -> None:
        """Stand on the first box."""
        for row in self.rows:
            if not row.done:
                row.box.setFocus()
                return

    def save(self) -> None:
        """Enter the result of every ticked file at once."""
        broken = self.form.validate()
        self.form.show(broken)
        self._clear()
        if broken:
            return
        given: dict[str, Any] = dict(self.form.answers())
        entry = Entry(
            result=TripResult(given["result"]),
            on=given["on"],
            until=given["until"],
            words=str(given["words"] or ""),
            place=self._page.trip.place,
            numbers={row.file_id: row.number.text() for row in self.ticked},
        )
        command = EnterResults(
            request_id=self._request_id,
            trip_id=self._page.trip.id,
            file_ids=tuple(row.file_id for row in self.ticked),
            entry=entry,
        )
        self.save_button.setEnabled(False)
        self._context.operations.run(
            SHORT, civil_trips.enter_results, self._context.desk, command, owner=self, done=self._saved,
            broken=self.refuse, problem=self._failed,
        )  # fmt: skip

    def refuse(self, violations: Sequence[Violation]) -> None:
        """Each beside its row or its field, the others under the form."""
        self.save_button.setEnabled(True)
        found = by_file(violations)
        for row in self.rows:
            row.refuse(found.get(row.file_id, ()))
        said = [sentences.sentence(one) for one in found.get(None, ())]
        if any(number is not None for number in found):
            said.append("Rien n’a été noté. Corrigez, ou décochez les dossiers marqués.")
        self.error.setText("\n".join(dict.fromkeys(said)))
        self.error.setVisible(bool(said))

    # --- Building --------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        head = QHBoxLayout()
        head.addWidget(button("Tout cocher", "plain", partial(self.tick_all, ticked=True)))
        head.addWidget(button("Tout décocher", "plain", partial(self.tick_all, ticked=False)))
        self.count = label("", "strong")
        head.addStretch(1)
        head.addWidget(self.count)
        head.addWidget(self.save_button)
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 2 * t.SPACE, 0)
        column.setSpacing(0)
        for purpose in Purpose:
            lines = [line for line in self._page.lines if line.purpose is purpose]
            if lines:
                column.addLayout(self._group_head(purpose, lines))
            for line in lines:
                self._add(line, column)
        column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setWidget(holder)
        self.body.addWidget(area, 1)
        if not self._open or not self._page.trip.awaited:
            return
        self.body.insertLayout(0, head)
        self.body.addWidget(self.form)
        self.body.addWidget(self.error)
        self.form.changed.connect(self._follow)

    def _group_head(self, purpose: Purpose, lines: Sequence[TripLine]) -> QHBoxLayout:
        """« Audiences (9) » and a button that ticks them."""
        said = words.PURPOSES[purpose]
        row = QHBoxLayout()
        row.addWidget(label(f"{said} ({len(lines)})", "heading"))
        if self._open and any(not line.result for line in lines):
            made = button("Cocher ce groupe", "link", partial(self._tick_some, {line.row.file_id for line in lines}))
            made.setAccessibleName(f"Cocher le groupe\u00a0: {said}")
            row.addWidget(made)
        row.addStretch(1)
        return row

    def _tick_some(self, file_ids: set[int]) -> None:
        for row in self.rows:
            if not row.done:
                row.box.setChecked(row.file_id in file_ids)

    def _add(self, line: TripLine, column: QVBoxLayout) -> None:
        row = ResultRow(line)
        row.box.setEnabled(self._open and not row.done)
        row.box.toggled.connect(self._follow)
        self.rows.append(row)
        column.addWidget(row)

    def _follow(self) -> None:
        """Numbers are asked where the result gives one to each file; the button says how many."""
        numbered = _among(NUMBERED, self.form.answers())
        for row in self.rows:
            row.number.setVisible(numbered and row.box.isChecked())
        many = len(self.ticked)
        self.count.setText(formats.plural(many, "dossier coché", "dossiers cochés"))
        self.save_button.setText(f"Noter pour {formats.plural(many, 'dossier', 'dossiers')}" if many else "Noter")

    def _clear(self) -> None:
        self.error.hide()
        for row in self.rows:
            row.refuse(())

    def _saved(self, done: Done[TripPage]) -> None:
        self.save_button.setEnabled(True)
        self.saved.emit(done)

    def _failed(self, problem: Exception) -> None:
        self.save_button.setEnabled(True)
        self._context.operations.say_problem(problem)
