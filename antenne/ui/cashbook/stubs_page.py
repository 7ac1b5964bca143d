"""« Reprise des souches »: after a restore, which receipt was the last one given; then what is still to be keyed."""

from __future__ import annotations

import uuid

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from antenne.domain.board import Target
from antenne.domain.changes import Done
from antenne.domain.receipts import StubRange, read_number
from antenne.domain.stubs import AskedYear, MissingStub
from antenne.domain.violations import Violation
from antenne.services import stubs
from antenne.services.stubs import AnswerStubs
from antenne.ui.cashbook import day_lists
from antenne.ui.cashbook.collect_fields import Line, field_context, text_line
from antenne.ui.kit import tokens as t
from antenne.ui.kit.area import Context
from antenne.ui.kit.cards import Card, EmptyState, PageTitle, button, label
from antenne.ui.kit.exporting import export_list
from antenne.ui.kit.operations import SHORT
from antenne.ui.kit.tables import PagedTable
from antenne.wording import formats
from antenne.wording import violations as sentences

_READ_AS = "Tapez le numéro comme il est imprimé, par exemple {year}-01473."


class StubsPage(QWidget):
    """The question, or the list; ``left`` asks to go back to the caisse."""

    left = Signal()

    def __init__(self, context: Context) -> None:
        """Build the page; :meth:`begin` reads it."""
        super().__init__()
        self._context = context
        self._request = uuid.uuid4().hex
        self._fields = field_context(context, self)
        self._asked: tuple[AskedYear, ...] = ()
        self.lines: dict[int, Line] = {}
        self.title = PageTitle("Reprise des souches")
        self.question = Card("Quel est le dernier reçu donné\u202f?", role="focus")
        self.error = label("", "error", wrap=True)
        self.table = PagedTable(
            context.operations,
            day_lists.STUBS,
            day_lists.missing(context.desk),
            "Souches à reprendre",
            memory=context.memory,
        )
        self.keep_button = button("Garder ces numéros", "primary", self.answer)
        self.none_button = button("Aucun reçu donné depuis", "plain", self.answer_none)
        self.said = label("", "muted", wrap=True)
        self.hint = label("Entrée reprend la souche\u00a0: la femme a déjà son papier, rien ne s’imprime.", "hint")
        self.export_button = button("Exporter en Excel…", "plain", self.export)
        self._rest = QWidget()
        self.empty = EmptyState("check", "Rien à reprendre", "Aucun numéro de reçu ne manque dans la base.", "Revenir",
                                self.left.emit)  # fmt: skip
        self._build()
        self.table.opened.connect(self._key)
        day_lists.hold_first(self.table)
        self.table.paged.total_changed.connect(self._counted)

    def _build(self) -> None:
        about = (
            "Une sauvegarde a été restaurée. Des reçus ont peut-être été donnés après elle\u00a0: prenez le carnet des "
            "souches et tapez le numéro de la dernière. Les numéros jusqu’à celui-là ne seront pas donnés une deuxième "
            "fois\u202f; vous reprendrez chaque souche ensuite, sous son numéro et sa date."
        )
        self.question.body.addWidget(label(about, "", wrap=True))
        self._years = QVBoxLayout()
        self._years.setSpacing(3 * t.SPACE)
        self.question.body.addLayout(self._years)
        self.error.hide()
        self.question.body.addWidget(self.error)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.none_button)
        buttons.addWidget(self.keep_button)
        self.question.body.addLayout(buttons)
        self.question.hide()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(3 * t.SPACE)
        for piece in (self.title, self.question, self.said):
            whole.addWidget(piece)
        whole.addWidget(self.table, 1)
        whole.addWidget(self.empty, 1)
        whole.addWidget(self._rest, 1)
        below = QHBoxLayout()
        below.addWidget(self.hint)
        below.addStretch(1)
        below.addWidget(self.export_button)
        below.addWidget(button("Revenir", "plain", self.left.emit))
        whole.addLayout(below)

    def begin(self) -> None:
        """Is something asked? Then the list."""
        self._context.operations.run(
            SHORT, stubs.read_question, self._context.desk, owner=self, done=self._show, latest=True
        )

    def answer(self) -> None:
        """Keep the numbers up to what is typed; an empty year has none since."""
        last: dict[int, int] = {}
        wrong = False
        for one in self._asked:
            line = self.lines[one.year]
            line.show_error()
            if not line.text():
                continue
            number = _number(line.text(), one.year)
            if number is None:
                line.show_error(_READ_AS.format(year=one.year))
                line.edit.setFocus()
                wrong = True
            else:
                last[one.year] = number
        if wrong:
            return
        if not last:
            self._say("Tapez le numéro de la dernière souche, ou choisissez «\u00a0Aucun reçu donné depuis\u00a0».")
            return
        self._send(last)

    def answer_none(self) -> None:
        """Nothing was given after the backup; asked once more, since a number would be given twice."""
        said = "Aucun reçu n’a été donné depuis cette sauvegarde\u202f? Vérifiez la dernière souche du carnet."
        if self._context.dialogs.confirm(self, said, "Aucun, j’ai vérifié"):
            self._send({})

    def export(self) -> None:
        """The list, to .xlsx."""
        export_list(self._context, self, "Souches à reprendre", day_lists.STUBS, day_lists.missing(self._context.desk))

    def _send(self, last: dict[int, int]) -> None:
        self._say("")
        self.keep_button.setEnabled(False)
        self._context.operations.run(
            SHORT,
            stubs.answer_stubs,
            self._context.desk,
            AnswerStubs(request_id=self._request, last=last),
            owner=self,
            done=self._answered,
            broken=self._refused,
        )

    def _answered(self, done: Done[tuple[StubRange, ...]]) -> None:
        self.keep_button.setEnabled(True)
        self._request = uuid.uuid4().hex
        count = sum(one.last - one.first + 1 for one in done.value)
        kept = formats.plural(count, "souche à reprendre", "souches à reprendre")
        self._context.notify(f"{kept}." if count else "Aucune souche à reprendre.", "good")
        self._context.broadcast(done.changes)
        self.begin()

    def _refused(self, broken: tuple[Violation, ...]) -> None:
        self.keep_button.setEnabled(True)
        fields = {one.field: self.lines[one.year] for one in self._asked}
        for one in broken:
            if one.field in fields:
                fields[one.field].show_error(one)
                fields[one.field].edit.setFocus()
        self._say(" ".join(sentences.sentence(one) for one in broken if one.field not in fields))

    def _show(self, asked: tuple[AskedYear, ...]) -> None:
        if asked != self._asked:
            self._asked = asked
            self._make_years()
        self.question.setVisible(bool(asked))
        self.table.reload()
        if asked:
            self.lines[asked[-1].year].edit.setFocus()

    def _make_years(self) -> None:
        while (item := self._years.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self.lines = {}
        for one in self._asked:
            known = f" (la sauvegarde connaît {one.known})" if one.known else " (la sauvegarde n’en connaît aucun)"
            line = text_line(one.field, f"Dernière souche de {one.year}{known}", self._fields, longest=20)
            line.setMaximumWidth(460)
            line.edit.returnPressed.connect(self.answer)
            self.lines[one.year] = line
            self._years.addWidget(line)

    def _counted(self, total: int) -> None:
        listed = bool(total) and not self._asked
        left = formats.plural(total, "souche manque", "souches manquent")
        self.said.setText(f"{left} encore dans la base." if listed else "")
        for piece in (self.table, self.hint, self.export_button):
            piece.setVisible(listed)
        self.empty.setVisible(not total and not self._asked)
        self._rest.setVisible(bool(self._asked))
        if listed:
            self.table.setFocus()

    def _key(self, row: MissingStub) -> None:
        self._context.navigator.open(Target("cashbook", field=row.name, action="collect/book"))

    def _say(self, sentence: str) -> None:
        self.error.setText(sentence)
        self.error.setVisible(bool(sentence))


def _number(typed: str, year: int) -> int | None:
    """« 2026-01473 » of that year, or « 1473 » alone."""
    bare = typed.strip()
    if bare.isascii() and bare.isdigit() and len(bare) <= 9:  # noqa: PLR2004 - as in ``receipts.read_number``
        return int(bare)
    read = read_number(bare)
    return read[2] if read is not None and read[:2] == ("", year) else None
