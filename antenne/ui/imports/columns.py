"""Step 2: where each column goes, and what holds for the whole register."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from antenne.domain import import_rules
from antenne.domain.dates import read_date, shown_date
from antenne.domain.import_columns import DESTINATIONS, FULL_NAME, NOT_TAKEN, Header
from antenne.domain.import_consents import ORAL
from antenne.domain.import_flow import ImportFlow
from antenne.domain.imports import ImportOptions
from antenne.domain.rights import Right
from antenne.domain.violations import Violation
from antenne.ui.kit import tokens as t
from antenne.ui.kit.area import Context
from antenne.ui.kit.cards import Card, Elided, Page, button, label
from antenne.ui.kit.theme import restyle
from antenne.wording import formats
from antenne.wording import violations as sentences

_LEFT = "— laissée de côté —"
_NAME_WIDTH = 190
"""A longer header wraps: what stands below it tells more than its last words."""
_BOX_WIDTH = 262


class ColumnsPage(QWidget):
    """A line per column: its title, what stands in it, where it goes."""

    changed = Signal(object)
    """The new :class:`ImportFlow`."""
    sheet_chosen = Signal(str)
    back_asked = Signal()
    try_asked = Signal()

    def __init__(self, context: Context) -> None:
        """Make an empty page; :meth:`show_flow` fills it."""
        super().__init__()
        self._context = context
        self._flow = ImportFlow()
        self._boxes: dict[int, QComboBox] = {}
        self.setAccessibleName("Colonnes du registre")
        self.file = label("", "strong")
        self.sheets = _Quiet()
        self.error = label("", "error", wrap=True)
        self.try_button = button("Vérifier les lignes", "primary", self.try_asked.emit)
        self.options = OptionsCard(context)
        self.options.changed.connect(self._take_options)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(3 * t.SPACE)
        whole.addLayout(self._head())
        whole.addWidget(self._page(), 1)
        whole.addLayout(self._foot())

    def _head(self) -> QHBoxLayout:
        self.sheets.setAccessibleName("Feuille du classeur")
        self.sheets.activated.connect(self._choose_sheet)
        self._sheet_label = label("Feuille", "label")
        self._sheet_label.setBuddy(self.sheets)
        head = QHBoxLayout()
        head.addWidget(self.file, 1)
        head.addWidget(self._sheet_label)
        head.addWidget(self.sheets)
        return head

    def _page(self) -> Page:
        self._columns = Card("Où va chaque colonne")
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(4 * t.SPACE)
        self._grid.setVerticalSpacing(t.SPACE + 2)
        self._grid.setColumnStretch(1, 1)
        self._columns.body.addLayout(self._grid)
        self._columns.body.addStretch(1)
        page = Page()
        page.body.setContentsMargins(0, 0, 2 * t.SPACE, 0)
        both = QHBoxLayout()
        both.setSpacing(3 * t.SPACE + 2)
        both.addWidget(self._columns, 5)
        both.addWidget(self.options, 3, Qt.AlignmentFlag.AlignTop)
        page.body.addLayout(both)
        page.body.addStretch(1)
        return page

    def _foot(self) -> QHBoxLayout:
        foot = QHBoxLayout()
        foot.addWidget(button("Autre fichier", "plain", self.back_asked.emit))
        foot.addWidget(self.error, 1)
        foot.addWidget(self.try_button)
        return foot

    def show_flow(self, flow: ImportFlow) -> None:
        """Show a register that was just read."""
        book, mapping = flow.workbook, flow.mapping
        assert book is not None
        assert mapping is not None
        self._flow = flow
        rows = sum(row.line > mapping.header_line for row in book.rows)
        where = f"titres à la ligne {mapping.header_line}" if mapping.header_line else "sans ligne de titres"
        self.file.setText(f"{book.file_name} · {formats.plural(rows, 'ligne', 'lignes')} · {where}")
        with QSignalBlocker(self.sheets):
            self.sheets.clear()
            for sheet in book.sheets:
                self.sheets.addItem(f"{sheet.name} (masquée)" if sheet.hidden else sheet.name, sheet.name)
            self.sheets.setCurrentIndex(self.sheets.findData(book.sheet))
        for piece in (self.sheets, self._sheet_label):
            piece.setVisible(len(book.sheets) > 1)
        self._fill(flow)
        self.options.show_options(flow.options)
        self._settle()

    def begin(self) -> None:
        """Stand on the first column that goes nowhere, or on the button when every one goes somewhere."""
        free = [box for box in self._boxes.values() if not box.currentData()]
        (free[0] if free and not self._flow.may_try else self.try_button).setFocus()

    def _fill(self, flow: ImportFlow) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self._boxes.clear()
        assert flow.mapping is not None
        for place, title in enumerate(("Colonne", "Exemples", "Va dans")):
            self._grid.addWidget(label(title, "column"), 0, place)
        for row, (header, target) in enumerate(zip(flow.mapping.headers, flow.mapping.targets, strict=True), 1):
            box = self._box(header, target)
            name = label(header.name[:1].upper() + header.name[1:], "strong", wrap=True)
            name.setFixedWidth(_NAME_WIDTH)
            name.setBuddy(box)
            samples = Elided(" · ".join(header.samples) or "vide", "muted")
            samples.setMinimumWidth(60)
            self._grid.addWidget(name, row, 0)
            self._grid.addWidget(samples, row, 1)
            self._grid.addWidget(box, row, 2)
            self._boxes[header.column] = box

    def _box(self, header: Header, target: str) -> QComboBox:
        box = _Quiet()
        box.setAccessibleName(f"{header.name} va dans")
        box.addItem(_LEFT, NOT_TAKEN)
        for destination in DESTINATIONS:
            box.addItem(destination.label, destination.key)
        box.setCurrentIndex(box.findData(target))
        box.setFixedWidth(_BOX_WIDTH)
        box.view().setMinimumWidth(box.sizeHint().width())
        box.currentIndexChanged.connect(partial(self._choose, header.column))
        return box

    def _choose(self, column: int, index: int) -> None:
        key = self._boxes[column].itemData(index)
        self._flow = self._flow.with_target(column, key)
        assert self._flow.mapping is not None
        for header, target in zip(self._flow.mapping.headers, self._flow.mapping.targets, strict=True):
            box = self._boxes[header.column]
            with QSignalBlocker(box):
                box.setCurrentIndex(box.findData(target))
        self._settle()
        self.changed.emit(self._flow)

    def _choose_sheet(self, index: int) -> None:
        assert self._flow.workbook is not None
        name = self.sheets.itemData(index)
        if name != self._flow.workbook.sheet:
            self.sheet_chosen.emit(name)

    def _take_options(self, options: ImportOptions) -> None:
        self._flow = self._flow.with_options(replace(options, skip_errors=self._flow.options.skip_errors))
        self._settle()
        self.changed.emit(self._flow)

    def _settle(self) -> None:
        """What stands against the next step, if anything."""
        mapping = self._flow.mapping
        assert mapping is not None
        wrong = self.options.wrong
        if not mapping.names_somebody:
            wrong = sentences.sentence(Violation("import.no_name"))
        elif mapping.columns(FULL_NAME) and mapping.columns("last_name"):
            wrong = "Choisissez\u00a0: le nom et le prénom ensemble, ou chacun dans sa colonne."
        self.error.setText(wrong)
        self.try_button.setEnabled(not wrong)


class OptionsCard(Card):
    """What she says once for every row."""

    changed = Signal(object)
    """The new :class:`ImportOptions`."""

    def __init__(self, context: Context) -> None:
        """Make the card."""
        super().__init__("Pour toutes les lignes")
        self._context = context
        self.wrong = ""
        self.members = QRadioButton("Ces femmes sont adhérentes")
        self.others = QRadioButton("Fiches sans adhésion")
        self.joined = _DateLine("jj/mm/aaaa")
        self.consent = _DateLine("jj/mm/aaaa, ou vide\u00a0: à recueillir")
        self.how = _Quiet()
        self.how.setAccessibleName("Forme de l’accord")
        self.witness = QLineEdit()
        for option in context.desk.settings.options("consent_ways", context.desk.today):
            self.how.addItem(option.label, option.code)
        body = self.body
        body.addWidget(self.members)
        body.addWidget(self.others)
        self._joined_label = self._labelled("Date d’adhésion, quand la ligne n’en a pas", self.joined)
        self._labelled("Accord pour être au fichier, recueilli sur papier le", self.consent)
        self._how_label = self._labelled("Forme de cet accord", self.how)
        self._witness_label = self._labelled("Témoin de l’accord oral", self.witness)
        body.addWidget(label("Sans date, l’accord reste à demander à chacune.", "hint", wrap=True))
        self.evident = QLineEdit()
        self.evident.setPlaceholderText("par ex. connues du quartier depuis 2010")
        attested = self._labelled("Âge incertain\u00a0: majeures évidentes, car", self.evident)
        for piece in (attested, self.evident):
            piece.setVisible(context.desk.may(Right.USERS))
        for line in (self.joined, self.consent, self.witness, self.evident):
            line.editingFinished.connect(self._tell)
        for control in (self.members, self.others):
            control.toggled.connect(self._tell)
        self.how.currentIndexChanged.connect(self._tell)

    def _labelled(self, text: str, control: QWidget) -> QWidget:
        words = label(text, "label", wrap=True)
        words.setBuddy(control)
        control.setAccessibleName(text)
        self.body.addWidget(words)
        self.body.addWidget(control)
        return words

    def show_options(self, options: ImportOptions) -> None:
        """Show what was said."""
        controls = (self.members, self.others, self.joined, self.consent, self.how, self.witness, self.evident)
        blockers = [QSignalBlocker(control) for control in controls]
        self.members.setChecked(options.members)
        self.others.setChecked(not options.members)
        self.joined.setText(shown_date(options.joined_on) if options.joined_on else "")
        self.consent.setText(shown_date(options.consent_on) if options.consent_on else "")
        self.witness.setText(options.consent_witness)
        self.evident.setText(options.evident_adult)
        self.how.setCurrentIndex(max(self.how.findData(options.consent_how), 0))
        del blockers
        self._settle(options)

    def _tell(self, _state: object = None) -> None:
        today = self._context.desk.today
        joined, consent = self.joined.read(today), self.consent.read(today)
        self.wrong = ""
        for line, code in ((joined, "import.joined_date"), (consent, "import.consent_date")):
            if isinstance(line, Violation):
                self.wrong = sentences.sentence(Violation(code))
        options = ImportOptions(
            members=self.members.isChecked(),
            joined_on=None if isinstance(joined, Violation) else joined,
            consent_on=None if isinstance(consent, Violation) else consent,
            consent_how=self.how.currentData() or "signature",
            consent_witness=" ".join(self.witness.text().split()),
            evident_adult=" ".join(self.evident.text().split()),
        )
        if not self.wrong:
            ways = self._context.desk.settings.options("consent_ways", today)
            self.wrong = " ".join(map(sentences.sentence, import_rules.options_violations(options, ways, today)))
        self._settle(options)
        self.changed.emit(options)

    def _settle(self, options: ImportOptions) -> None:
        for piece in (self.joined, self._joined_label, self.evident):
            piece.setEnabled(options.members)
        for piece in (self.how, self._how_label):
            piece.setEnabled(bool(self.consent.text().strip()))
        for piece in (self.witness, self._witness_label):
            piece.setVisible(bool(self.consent.text().strip()) and options.consent_how == ORAL)


class _DateLine(QLineEdit):
    """A past day, read when she leaves it."""

    def __init__(self, placeholder: str) -> None:
        super().__init__()
        self.setPlaceholderText(placeholder)

    def read(self, today: dt.date) -> dt.date | Violation | None:
        """The day, a violation, or None when it is empty."""
        if not self.text().strip():
            restyle(self, error=False)
            return None
        day = read_date(self.text(), today)
        if isinstance(day, dt.date) and day > today:
            day = Violation("import.joined_date")
        restyle(self, error=isinstance(day, Violation))
        if isinstance(day, dt.date):
            self.setText(shown_date(day))
        return day


class _Quiet(QComboBox):
    """A choice that the wheel scrolls past: only the keyboard and a click change it."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave it to the page."""
        event.ignore()
