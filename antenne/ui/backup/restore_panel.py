"""Bringing a backup back: which file, whose phrase, and where the present data goes.

Used inside the backup screen (over the present base, at the next start) and by the first run and the login (into an
empty data folder). It needs no desk for the latter.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from antenne.base.clock import Clock
from antenne.base.media import Media
from antenne.base.problems import Problem
from antenne.base.progress import Progress
from antenne.domain.violations import Violation
from antenne.ui.backup.track import RESTORING, Track
from antenne.ui.kit import tokens as t
from antenne.ui.kit.cards import Card, button, label
from antenne.ui.kit.dialogs import Dialogs
from antenne.ui.kit.operations import LONG, SHORT, Operations, Ticket
from antenne.ui.kit.progress_panel import ProgressPanel
from antenne.wording import backup as words
from antenne.wording import problems, violations

if TYPE_CHECKING:
    from antenne.services.desk import Desk
    from antenne.services.restoring import RestoreReport

_PATTERN = "Sauvegarde d’Antenne (*.antenne)"
_CODE = "Code de secours (enveloppe)"
_HERE = (
    "Le contenu de la sauvegarde prendra la place de la base actuelle. Rien n’est écrasé\u00a0: vos données actuelles "
    "sont mises de côté, et l’écran dit où. Tout est d’abord repris à part et contrôlé\u202f; ensuite, vous décidez."
)
_NEW = (
    "La sauvegarde s’ouvre avec une phrase secrète du jour où elle a été faite, ou avec le code de secours de "
    "l’enveloppe. Elle est recopiée sur cet ordinateur, puis contrôlée en entier. Ce qui reste ici d’un bureau "
    "n’est pas écrasé\u00a0: c’est mis de côté, et l’écran dit où."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RestoreTools:
    """What the panel works with.

    Attributes:
        desk: The office that is open, None on a computer without one.
        folder: The data folder.
    """

    operations: Operations
    dialogs: Dialogs
    clock: Clock
    media: Media
    folder: Path
    desk: Desk | None = None


class RestorePanel(Card):
    """Three questions and a button. Emits ``finished`` with the report, or ``cancelled``."""

    finished = Signal(object)
    cancelled = Signal()

    def __init__(self, tools: RestoreTools, path: Path | None = None, parent: QWidget | None = None) -> None:
        """Begin with a backup, or by asking for one."""
        super().__init__(role="focus", parent=parent)
        self.setAccessibleName("Restaurer une sauvegarde")
        self._tools = tools
        self._path: Path | None = None
        self._ticket: Ticket | None = None
        self._track = Track(RESTORING)
        self.body.setContentsMargins(6 * t.SPACE, 5 * t.SPACE, 6 * t.SPACE, 5 * t.SPACE)
        self.body.addWidget(label(_NEW if tools.desk is None else _HERE, "muted", wrap=True))
        self._build_file()
        self._build_phrase()
        self.error = label("", "error", wrap=True)
        self.error.hide()
        self.body.addWidget(self.error)
        self.progress = ProgressPanel(tools.clock)
        self.progress.stop_requested.connect(self._stop)
        self.progress.hide()
        self.body.addWidget(self.progress)
        self._build_buttons()
        self.body.addStretch(1)
        self._enable()
        if path is not None:
            self.take(path)

    def _build_file(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(3 * t.SPACE)
        self.file_name = label("Aucun fichier choisi", "strong", wrap=True)
        self.file_button = button("Choisir un fichier…", "plain", self._choose)
        row.addWidget(self.file_name, 1)
        row.addWidget(self.file_button)
        self.body.addWidget(label("Sauvegarde", "label"))
        self.body.addLayout(row)

    def _build_phrase(self) -> None:
        self.who = QComboBox()
        self.who.setAccessibleName("Étiquette")
        who_label = label("É&tiquette", "label")
        who_label.setBuddy(self.who)
        self.phrase = QLineEdit()
        self.phrase.setEchoMode(QLineEdit.EchoMode.Password)
        self.phrase.setAccessibleName("Phrase secrète ou code de secours")
        self.phrase.textChanged.connect(lambda _text: self._enable())
        self.phrase.returnPressed.connect(self._restore)
        phrase_label = label("&Phrase secrète de ce jour-là, ou code de secours", "label")
        phrase_label.setBuddy(self.phrase)
        row = QHBoxLayout()
        row.setSpacing(3 * t.SPACE)
        for made, widget, share in ((who_label, self.who, 1), (phrase_label, self.phrase, 2)):
            column = QVBoxLayout()
            column.setSpacing(t.SPACE)
            column.addWidget(made)
            column.addWidget(widget)
            row.addLayout(column, share)
        self.body.addLayout(row)
        self.shown = QCheckBox("Montrer ce que je tape")
        self.shown.toggled.connect(self._show_phrase)
        self.body.addWidget(self.shown)

    def _show_phrase(self, shown: bool) -> None:
        mode = QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password
        self.phrase.setEchoMode(mode)

    def _build_buttons(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(3 * t.SPACE)
        self.cancel_button = button("Annuler", "plain", self.cancelled.emit)
        self.restore_button = button("Restaurer", "primary", self._restore)
        row.addStretch(1)
        row.addWidget(self.cancel_button)
        row.addWidget(self.restore_button)
        self.body.addLayout(row)

    def take(self, path: Path) -> None:
        """Read the labels of this backup."""
        self._path = None
        self.file_name.setText(path.name)
        self._say("")
        self._tools.operations.run(
            SHORT,
            _labels,
            path,
            self._tools.media,
            owner=self,
            done=lambda labels: self._show_labels(path, labels),
            problem=self._refuse,
            latest=True,
        )

    def _choose(self) -> None:
        chosen = self._tools.dialogs.ask_file_open(self, "Choisir une sauvegarde", _PATTERN)
        if chosen is not None:
            self.take(chosen)

    def _show_labels(self, path: Path, labels: tuple[str, ...]) -> None:
        self._path = path
        self.who.clear()
        for each in labels:
            self.who.addItem(each, each)
        self.who.addItem(_CODE, None)
        self._enable()
        self.phrase.setFocus()

    def _restore(self) -> None:
        if self._path is None or not self.phrase.text() or self._ticket is not None:
            return
        self._say("")
        self._track = Track(RESTORING)
        self.progress.begin("Ouverture des clés…")
        self.progress.show_steps(self._track.lines)
        self.progress.show()
        self._ticket = self._tools.operations.run(
            LONG,
            _bring_back,
            self._tools,
            self._path,
            self.phrase.text(),
            self.who.currentData(),
            owner=self,
            done=self._done,
            broken=self._broken,
            problem=self._refuse,
            progress=self._report,
            stopped=lambda: self._over("Arrêté. Rien n’a été changé."),
            failed=lambda: self._over(""),
        )
        self._enable()

    def _stop(self) -> None:
        if self._ticket is not None:
            self._ticket.stop()

    def _report(self, step: str, done: int, total: int) -> None:
        if self._track.report(step, done, total, self._tools.clock.monotonic()):
            self.progress.show_steps(self._track.lines)
        if self._track.name and step in words.DONE:
            self.progress.report(self._track.name, done, total)

    def _done(self, report: RestoreReport) -> None:
        self.phrase.clear()
        self._over("")
        self.finished.emit(report)

    def _broken(self, found: tuple[Violation, ...]) -> None:
        self._over("\n".join(violations.sentence(each) for each in found))
        self.phrase.setFocus()

    def _refuse(self, problem: Problem) -> None:
        self._over(problems.sentence(problem))
        self.phrase.setFocus()
        self.phrase.selectAll()

    def _over(self, sentence: str) -> None:
        self._ticket = None
        self.progress.hide()
        self._say(sentence)
        self._enable()

    def _say(self, sentence: str) -> None:
        self.error.setText(sentence)
        self.error.setVisible(bool(sentence))

    def _enable(self) -> None:
        free = self._ticket is None
        ready = self._path is not None
        for widget in (self.who, self.phrase):
            widget.setEnabled(ready and free)
        self.file_button.setEnabled(free)
        self.cancel_button.setEnabled(free)
        self.restore_button.setEnabled(ready and free and bool(self.phrase.text()))


def _labels(path: Path, media: Media) -> tuple[str, ...]:
    from antenne.services import restoring

    return restoring.labels_in(path, media)


def _bring_back(
    tools: RestoreTools, path: Path, phrase: str, label_text: str | None, progress: Progress
) -> RestoreReport:
    from antenne.services import restoring

    unlocked = restoring.unlock_backup(path, phrase, label_text, tools.media)
    if tools.desk is not None:
        return restoring.restore_here(tools.desk, path, unlocked, tools.media, progress)
    return restoring.restore(
        path, tools.folder, unlocked, clock=tools.clock, media=tools.media, progress=progress, over=True
    )
