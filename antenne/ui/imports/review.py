"""Step 3: what the dry run found, row by row, before anything is written."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QTabWidget, QVBoxLayout, QWidget

from antenne.domain.board import Tone
from antenne.domain.import_flow import ImportFlow
from antenne.domain.imports import Decision, Finding, ImportReport, ReportRow, RowState, Severity
from antenne.ui.imports.twins import TwinsPanel
from antenne.ui.kit import tokens as t
from antenne.ui.kit.area import Context
from antenne.ui.kit.cards import Card, button, label
from antenne.ui.kit.models import Column, RowsModel
from antenne.ui.kit.tables import Table
from antenne.ui.kit.theme import restyle
from antenne.wording import formats
from antenne.wording import imports as words

TONES: dict[RowState, Tone] = {
    RowState.NEW: "good",
    RowState.KNOWN: "info",
    RowState.TWIN: "warning",
    RowState.ERROR: "danger",
}
_SEVERITY_TONES: dict[Severity, Tone] = {Severity.ERROR: "danger", Severity.WARNING: "warning"}
_COUNTS = {
    RowState.NEW: "Nouvelles",
    RowState.KNOWN: "Déjà connues",
    RowState.TWIN: "Doublons possibles",
    RowState.ERROR: "En erreur",
}


_FILTERS: tuple[tuple[str, Severity | None], ...] = (
    ("Toutes", None),
    ("Erreurs", Severity.ERROR),
    ("À savoir", Severity.WARNING),
)
_TAB_SHEET = f"""
QTabBar {{ border: none; }}
QTabBar::tab {{ border: none; border-bottom: 3px solid transparent; padding: 9px 14px; }}
QTabBar::tab:selected {{ border-bottom: 3px solid {t.PRIMARY}; }}
QTabBar::tab:selected:focus {{ border: 2px solid {t.PRIMARY}; }}
"""


class ReviewPage(QWidget):
    """Counts, remarks, possible duplicates, all rows; then the button that writes."""

    changed = Signal(object)
    """The new :class:`ImportFlow`."""
    back_asked = Signal()
    export_asked = Signal(object)
    """The findings shown."""
    write_asked = Signal()

    def __init__(self, context: Context) -> None:
        """Make an empty page; :meth:`show_flow` fills it."""
        super().__init__()
        self._context = context
        self._flow = ImportFlow()
        self._people: dict[int, str] = {}
        self.setAccessibleName("Vérification du registre")
        self.figures = {state: label("0", "figure") for state in RowState}
        self.tabs = QTabWidget()
        self.tabs.tabBar().setStyleSheet(_TAB_SHEET)
        self.tabs.addTab(self._remarks(), "Remarques")
        self.twins = TwinsPanel(context)
        self.twins.decided.connect(self._decide)
        self.twins.skip_all_asked.connect(self._skip_all)
        self.tabs.addTab(self.twins, "Doublons possibles")
        self.tabs.addTab(self._rows(), "Toutes les lignes")
        self.skip_errors = QCheckBox("Laisser de côté les lignes en erreur")
        self.skip_errors.toggled.connect(self._skip_errors)
        self.waiting = label("", "muted", wrap=True)
        self.write_button = button("Inscrire", "primary", self.write_asked.emit)
        foot = QHBoxLayout()
        foot.addWidget(button("Revoir les colonnes", "plain", self.back_asked.emit))
        foot.addWidget(self.skip_errors)
        foot.addWidget(self.waiting, 1)
        foot.addWidget(self.write_button)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(3 * t.SPACE)
        whole.addLayout(self._counts())
        whole.addWidget(self.tabs, 1)
        whole.addLayout(foot)

    def show_flow(self, flow: ImportFlow) -> None:
        """Show a dry run."""
        report = flow.report
        assert report is not None
        self._flow = flow
        for state, figure in self.figures.items():
            count = report.count(state)
            figure.setText(formats.number(count))
            restyle(figure, tone=TONES[state] if count else "neutral")
        self.tabs.setTabText(0, f"Remarques ({formats.number(len(report.findings))})")
        self.tabs.setTabText(2, f"Toutes les lignes ({formats.number(len(report.rows))})")
        self.twins.show_rows(report.of(RowState.TWIN), flow.decisions)
        self.rows.rows.show_rows(report.rows)
        self._people = {row.line: words.row_words(row) for row in report.rows}
        self._count_filters(report)
        self._filter()
        self._settle()

    def update_flow(self, flow: ImportFlow) -> None:
        """Show what changed without losing the place in the lists."""
        self._flow = flow
        self._settle()

    def begin(self) -> None:
        """Stand where something waits for her."""
        if self._flow.undecided:
            self.tabs.setCurrentWidget(self.twins)
            self.twins.begin()
        elif self._flow.may_write:
            self.write_button.setFocus()
        else:
            self.tabs.setCurrentIndex(0)
            self.remarks.setFocus()

    def _counts(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(3 * t.SPACE)
        for state, figure in self.figures.items():
            card = Card()
            card.body.setContentsMargins(4 * t.SPACE, 2 * t.SPACE, 4 * t.SPACE, 2 * t.SPACE)
            card.body.setSpacing(0)
            card.body.addWidget(label(_COUNTS[state], "muted"))
            card.body.addWidget(figure)
            row.addWidget(card, 1)
        return row

    def _remarks(self) -> QWidget:
        self.filter = QComboBox()
        self.filter.setAccessibleName("Remarques montrées")
        for text, severity in _FILTERS:
            self.filter.addItem(text, severity)
        self.filter.setMinimumWidth(170)
        self.filter.currentIndexChanged.connect(self._filter)
        self._remarks_model = RowsModel(self._remark_columns())
        self.remarks = Table(self._remarks_model, "Remarques", memory=self._context.memory)
        self._remarks_model.setParent(self.remarks)
        self.export_button = button("Exporter en Excel…", "plain", self._export)
        head = QHBoxLayout()
        show = label("Montrer", "label")
        show.setBuddy(self.filter)
        head.addWidget(show)
        head.addWidget(self.filter)
        head.addStretch(1)
        head.addWidget(self.export_button)
        return _tab(head, self.remarks)

    def _remark_columns(self) -> tuple[Column, ...]:
        def severity(finding: Finding) -> str:
            return words.SEVERITIES[finding.severity]

        return (
            Column(key="line", title="Ligne", text=lambda one: str(one.line or ""), align="right", width=64),
            Column(key="who", title="Nom", text=lambda one: self._people.get(one.line, ""), width=190, muted=True),
            Column(key="column", title="Colonne", text=lambda one: one.column, width=140),
            Column(
                key="severity",
                title="",
                text=severity,
                width=96,
                pill=lambda one: _SEVERITY_TONES[one.severity],
            ),
            Column(key="remark", title="Remarque", text=words.remark_alone, width=0),
        )

    def _rows(self) -> QWidget:
        made = RowsModel(
            (
                Column(key="line", title="Ligne", text=lambda row: str(row.line), align="right", width=64),
                Column(key="name", title="Nom", text=words.row_words, width=0, strong=lambda _row: True),
                Column(key="number", title="N°", text=_number, width=96),
                Column(key="birth", title="Naissance", text=words.birth_words, width=190),
                Column(key="joined", title="Adhésion", text=_joined, width=110),
                Column(key="state", title="", text=_state, width=170, pill=lambda row: TONES[row.state]),
            )
        )
        self.rows = Table(made, "Toutes les lignes", memory=self._context.memory)
        made.setParent(self.rows)
        return _tab(None, self.rows)

    def _filter(self, _index: int = 0) -> None:
        report = self._flow.report or ImportReport((), ())
        severity = self.filter.currentData()
        shown = [finding for finding in report.findings if severity is None or finding.severity is severity]
        self._remarks_model.show_rows(shown)
        self.export_button.setEnabled(bool(shown))

    def _count_filters(self, report: ImportReport) -> None:
        """Say how many of each; errors are shown first where there are some."""
        counts = Counter(finding.severity for finding in report.findings)
        with QSignalBlocker(self.filter):
            for place, (text, severity) in enumerate(_FILTERS):
                count = len(report.findings) if severity is None else counts[severity]
                self.filter.setItemText(place, f"{text} ({formats.number(count)})")
            self.filter.setCurrentIndex(1 if counts[Severity.ERROR] else 0)

    def _export(self) -> None:
        self.export_asked.emit([self._remarks_model.row(number) for number in range(self._remarks_model.rowCount())])

    def _decide(self, line: int, decision: object) -> None:
        assert isinstance(decision, Decision)
        self._change(self._flow.decide(line, decision))

    def _skip_all(self) -> None:
        self._change(self._flow.skip_undecided())
        self.twins.show_decisions(self._flow.decisions)

    def _skip_errors(self, checked: bool) -> None:
        self._change(self._flow.with_options(replace(self._flow.options, skip_errors=checked)))

    def _change(self, flow: ImportFlow) -> None:
        self._flow = flow
        self._settle()
        self.changed.emit(flow)

    def _settle(self) -> None:
        """The button says how many; beside it stands what still waits."""
        flow = self._flow
        assert flow.report is not None
        errors = flow.report.count(RowState.ERROR)
        with QSignalBlocker(self.skip_errors):
            self.skip_errors.setChecked(flow.options.skip_errors)
        self.skip_errors.setVisible(bool(errors))
        self.skip_errors.setText(f"Laisser de côté {formats.plural(errors, 'ligne en erreur', 'lignes en erreur')}")
        waits = len(flow.undecided)
        self.tabs.setTabText(
            1, f"Doublons possibles ({formats.number(waits)} à décider)" if waits else "Doublons possibles"
        )
        self.tabs.setTabEnabled(1, bool(flow.report.count(RowState.TWIN)))
        self.waiting.setText(
            words.waiting(errors=0 if flow.options.skip_errors else errors, twins=waits, to_add=flow.to_add)
        )
        self.write_button.setText(f"Inscrire {formats.plural(flow.to_add, 'personne', 'personnes')}")
        self.write_button.setAccessibleName(self.write_button.text())
        self.write_button.setEnabled(flow.may_write)


def _tab(head: QHBoxLayout | None, table: Table) -> QWidget:
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 2 * t.SPACE, 0, 0)
    column.setSpacing(2 * t.SPACE)
    if head is not None:
        column.addLayout(head)
    column.addWidget(table, 1)
    return made


def _number(row: ReportRow) -> str:
    return row.person.membership.number if row.person and row.person.membership else ""


def _joined(row: ReportRow) -> str:
    return formats.day(row.person.membership.joined_on) if row.person and row.person.membership else ""


def _state(row: ReportRow) -> str:
    return words.STATES[row.state]
