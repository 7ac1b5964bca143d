"""« Sauvegarde sur clé USB »: the key and the work at the left, what lies on the key at the right."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, ClassVar, Final

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from antenne.base.media import Media, Volume
from antenne.base.problems import Problem
from antenne.domain.backups import BackupOnKey, State
from antenne.domain.board import Target, Tone
from antenne.domain.changes import BACKUP, Changes, Done
from antenne.domain.rights import Right
from antenne.services import backup, restoring
from antenne.services.backup import BackupReport, SeenKey
from antenne.ui.backup.key_card import KeyCard
from antenne.ui.backup.list_card import ListCard
from antenne.ui.backup.restore_panel import RestorePanel, RestoreTools
from antenne.ui.kit import tokens as t
from antenne.ui.kit.area import Context, Screen
from antenne.ui.kit.cards import Page, PageTitle
from antenne.ui.kit.operations import LONG, SHORT, Ticket
from antenne.ui.kit.progress_panel import ProgressPanel, step_watcher
from antenne.wording import backup as words
from antenne.wording import problems

_LOOK_EVERY: Final = 3000
"""Milliseconds between two looks at what is plugged in, while the screen is in sight and idle."""
_SIDE_BY_SIDE: Final = 900
_STUB: Final = "Prenez la dernière souche de reçu\u00a0: son numéro sera demandé avant d’encaisser."
_NOT_PROVED: Final = {
    State.TO_VERIFY: "Ces clés-là ne sont plus celles de l’antenne\u00a0: il faut une phrase de ce temps-là.",
    State.OTHER_OFFICE: "Ce fichier est entier, mais c’est celui d’une autre antenne.",
}


class BackupScreen(Screen):
    """Make, list, check, try and restore backups."""

    help_key: ClassVar[str] = "backup"
    hints: ClassVar[str] = "Ctrl+S : sauvegarder · Entrée : vérifier · F5 : regarder la clé · F1 : aide"

    def __init__(self, context: Context, media: Media, restart: Callable[[], None]) -> None:
        """Make the page.

        Args:
            context: From the shell.
            media: What is plugged in.
            restart: Ends this sitting and starts a fresh program, which puts a restored base in place.
        """
        super().__init__()
        self._context = context
        self._media = media
        self._restart = restart
        self._seen: tuple[SeenKey, ...] = ()
        self._picked = 0
        self._folder: Path | None = None
        self._listed: tuple[Path, str] | None = None
        self._ticket: Ticket | None = None
        self.key = KeyCard(context.clock)
        self.list = ListCard(ProgressPanel(context.clock), context.memory, may_restore=context.desk.may(Right.RESTORE))
        self._stack = QStackedWidget()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._stack)
        self._stack.addWidget(self._main_page())
        self._restore_page: QWidget | None = None
        self._timer = QTimer(self, interval=_LOOK_EVERY)
        self._timer.timeout.connect(self._look)
        self._connect()

    def _main_page(self) -> Page:
        page = Page()
        page.body.addWidget(PageTitle("Sauvegarde sur clé USB"))
        self._cards = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._cards.setSpacing(3 * t.SPACE)
        self._cards.addWidget(self.key, 6)
        self._cards.addWidget(self.list, 5)
        page.body.addLayout(self._cards, 1)
        return page

    def _connect(self) -> None:
        self.key.save_asked.connect(self.save)
        self.key.stop_asked.connect(self._stop)
        self.list.stop_asked.connect(self._stop)
        self.key.folder_asked.connect(self._choose_folder)
        self.key.eject_asked.connect(self._eject)
        self.key.key_picked.connect(self._pick)
        self.list.restore_asked.connect(self._open_restore)
        self.list.trial_asked.connect(self._try)
        self.list.check_asked.connect(self._check)

    # --- what the shell asks ---

    def open(self, target: Target) -> None:
        """Look at what is plugged in; ``restore`` begins a restoration."""
        self.refresh()
        if target.action == "restore":
            self._open_restore(None)

    def refresh(self) -> None:
        """F5."""
        self._listed = None
        self._look()
        self._read(backup.reminder, done=self.key.show_reminder)

    def on_changes(self, changes: Changes) -> None:
        """A backup was made elsewhere."""
        if changes.touch(BACKUP) and self.isVisible():
            self.refresh()

    def escape(self) -> bool:
        """Close the restoration that is being prepared."""
        if self._restore_page is None:
            return False
        self._close_restore()
        return True

    def save(self) -> None:
        """Ctrl+S: back up to the key that is shown."""
        target = self._target()
        if target is None or self._ticket is not None or self._restore_page is not None:
            return
        self.key.begin()
        self.list.set_busy(busy=True)
        self._ticket = self._context.operations.run(
            LONG,
            backup.make_backup,
            self._context.desk,
            target,
            self._media,
            owner=self,
            done=self._saved,
            problem=lambda problem: self._not_saved(problems.sentence(problem), "danger"),
            progress=self.key.report,
            stopped=lambda: self._not_saved("Arrêté à votre demande. Rien n’a été laissé sur la clé.", "warning"),
            failed=lambda: self._not_saved("", "warning"),
        )

    # --- the key ---

    def showEvent(self, event: QShowEvent) -> None:
        """Look now and again while in sight."""
        super().showEvent(event)
        self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Leave the key alone while out of sight."""
        super().hideEvent(event)
        self._timer.stop()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """One card above the other in a narrow window."""
        super().resizeEvent(event)
        wide = self.width() >= _SIDE_BY_SIDE
        self._cards.setDirection(QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom)

    def _look(self) -> None:
        if self._ticket is None:
            self._read(backup.seen_keys, self._media, done=self._show_keys)

    def _show_keys(self, seen: tuple[SeenKey, ...]) -> None:
        if self._ticket is not None:
            return
        roots = [one.volume.root for one in seen]
        before = self._seen[self._picked].volume.root if self._picked < len(self._seen) else None
        self._seen = seen
        self._picked = roots.index(before) if before in roots else 0
        if self._folder is None and seen:
            self.key.show_keys(seen, self._picked)
        elif self._folder is None:
            self.key.show_no_key()
        self._list()

    def _pick(self, place: int) -> None:
        self._picked = place
        self.key.show_keys(self._seen, place)
        self._list()

    def _choose_folder(self) -> None:
        chosen = self._context.dialogs.ask_folder(self, "Où faire la sauvegarde\u202f?")
        if chosen is not None:
            self.use_folder(chosen)

    def use_folder(self, chosen: Path) -> None:
        """Take a folder where no key is seen: what holds it is looked up first."""
        self._context.operations.run(
            SHORT,
            backup.look_at_folder,
            chosen,
            self._media,
            owner=self,
            done=lambda volume: self._use_folder(chosen, volume),
            problem=lambda problem: self._context.notify(problems.sentence(problem), "danger"),
        )

    def _use_folder(self, folder: Path, volume: Volume) -> None:
        self._folder = folder
        self.key.show_folder(volume, folder)
        self._list()
        self.key.save_button.setFocus()

    def _target(self) -> Path | None:
        if self._folder is not None:
            return self._folder
        return self._seen[self._picked].volume.root if self._seen else None

    def _eject(self) -> None:
        if not self._seen or self._ticket is not None:
            return
        self._context.operations.run(
            SHORT,
            self._media.eject,
            self._seen[self._picked].volume,
            owner=self,
            done=self._ejected,
            problem=lambda problem: self._context.notify(problems.sentence(problem), "warning"),
        )

    def _ejected(self, _nothing: None) -> None:
        self._context.notify("Vous pouvez retirer la clé.", "good")
        self._look()

    # --- the work ---

    def _saved(self, done: Done[BackupReport]) -> None:
        self._ticket = None
        self.key.end(words.closing(done.value.file), "good")
        self._context.broadcast(done.changes)
        self.refresh()

    def _not_saved(self, sentence: str, tone: Tone) -> None:
        self._ticket = None
        self.key.end(sentence, tone)
        self.refresh()

    def _stop(self) -> None:
        if self._ticket is not None:
            self._ticket.stop()

    def _list(self) -> None:
        """Read the list of the key that is shown, once per key."""
        target = self._target()
        if target is None:
            self._listed = None
            self.list.show_rows(())
        elif (target, self._serial()) != self._listed:
            self._listed = (target, self._serial())
            self._read(backup.list_backups, target, self._media, done=self.list.show_rows, problem=self._gone)

    def _serial(self) -> str:
        """Two keys may follow each other under one letter."""
        return self._seen[self._picked].volume.serial if self._folder is None and self._seen else ""

    def _read(
        self,
        work: Callable[..., Any],
        *args: object,
        done: Callable[[Any], None],
        problem: Callable[[Problem], None] | None = None,
    ) -> None:
        """A look that a newer one replaces."""
        self._context.operations.run(
            SHORT, work, self._context.desk, *args, owner=self, done=done, problem=problem, latest=True
        )

    def _gone(self, _problem: Problem) -> None:
        """The key was pulled out between two looks; the next one says so."""
        self._listed = None
        self.list.show_rows(())

    def _check(self, one: BackupOnKey) -> None:
        self._long("Lecture de la sauvegarde…", backup.check_backup, one, self._checked)

    def _checked(self, done: Done[BackupOnKey]) -> None:
        found = done.value
        state, tone = words.STATES[found.state]
        told = {
            State.VERIFIED: f"Sauvegarde du {words.day(found.made_at)}\u00a0: relue en entier, chaque octet est juste.",
            State.UNREADABLE: problems.sentence(Problem("backup.damaged")),
        }
        self._ended(told.get(found.state) or f"{state}. {_NOT_PROVED[found.state]}", tone)
        self._context.broadcast(done.changes)
        self.refresh()

    def _try(self, one: BackupOnKey) -> None:
        self._long("Essai de restauration…", restoring.try_restore, one, self._tried)

    def _tried(self, report: restoring.TrialReport) -> None:
        self._ended(words.trial(report.contents, report.seconds), "good")

    def _long(self, sentence: str, work: Callable[..., Any], one: BackupOnKey, done: Callable[[Any], None]) -> None:
        target = self._target()
        if target is None or self._ticket is not None:
            return
        self.list.begin(sentence)
        self.key.save_button.setEnabled(False)
        self._ticket = self._context.operations.run(
            LONG,
            work,
            self._context.desk,
            target / one.file_name,
            self._media,
            owner=self,
            done=done,
            problem=lambda problem: self._ended(problems.sentence(problem), "danger"),
            progress=step_watcher(self.list.progress, words.STEPS.__getitem__),
            stopped=lambda: self._ended("Arrêté. Rien n’a été changé.", "warning"),
            failed=lambda: self._ended("", "warning"),
        )

    def _ended(self, sentence: str, tone: Tone) -> None:
        self._ticket = None
        self.key.save_button.setEnabled(True)
        self.list.end(sentence, tone)

    # --- restoring ---

    def _open_restore(self, one: BackupOnKey | None) -> None:
        if self._restore_page is not None or self._ticket is not None or not self._context.desk.may(Right.RESTORE):
            return
        target = self._target()
        path = target / one.file_name if one is not None and target is not None else None
        tools = RestoreTools(
            operations=self._context.operations,
            dialogs=self._context.dialogs,
            clock=self._context.clock,
            media=self._media,
            folder=self._context.desk.folder,
            desk=self._context.desk,
        )
        page = Page()
        page.body.addWidget(PageTitle("Restaurer une sauvegarde"))
        self.restore = RestorePanel(tools, path)
        self.restore.cancelled.connect(self._close_restore)
        self.restore.finished.connect(self._restored)
        page.body.addWidget(self.restore, 1)
        self._restore_page = page
        self._stack.addWidget(page)
        self._stack.setCurrentWidget(page)

    def _close_restore(self) -> None:
        page, self._restore_page = self._restore_page, None
        if page is not None:
            self._stack.removeWidget(page)
            page.deleteLater()

    def _restored(self, report: restoring.RestoreReport) -> None:
        """Everything is ready beside the present base: she decides."""
        aside = None if report.aside is None else str(report.aside)
        self._close_restore()
        told = words.restored(report.file, aside, older_keys=report.older_keys)
        desk = self._context.desk
        if self._context.dialogs.confirm(
            self,
            f"{told}\n\n{_STUB}\n\nAntenne redémarre aussitôt.",
            "Restaurer et redémarrer",
            "Garder la base actuelle",
            danger=True,
        ):
            work: Callable[..., None] = restoring.confirm_restore
            self._context.operations.run(SHORT, work, desk, report, owner=self, done=lambda _nothing: self._restart())
        else:
            self._context.operations.run(SHORT, restoring.drop_restore, desk, owner=self, done=self._kept)

    def _kept(self, _nothing: None) -> None:
        self._context.notify("Rien n’a été changé\u00a0: la base actuelle reste en place.", "info")
