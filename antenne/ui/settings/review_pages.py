"""The last pages of a change of keys: what will happen, and that it happens."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QVBoxLayout, QWidget

from antenne.base.clock import Clock
from antenne.domain.backups import BackupMade
from antenne.services.accounts import KeyState
from antenne.ui.kit import tokens as t
from antenne.ui.kit.cards import Page, label
from antenne.ui.kit.models import Column
from antenne.ui.kit.progress_panel import ProgressPanel, WorkStep
from antenne.ui.kit.tables import Table, rows_table
from antenne.ui.settings.rekey_state import Rekeying
from antenne.wording import formats
from antenne.wording import users as words

BACKUP_COLUMNS = (
    Column(key="day", title="Sauvegarde du", text=lambda made: formats.moment(made.made_at), width=190),
    Column(key="volume", title="Clé", text=lambda made: made.volume, width=0),
    Column(key="size", title="Taille", text=lambda made: formats.size(made.size), align="right", width=100),
)


def backups_table(backups: tuple[BackupMade, ...]) -> Table:
    """The backups that keep opening with the phrases of their day."""
    return rows_table(BACKUP_COLUMNS, backups, "Sauvegardes aux anciennes phrases")


class ReviewPage(QWidget):
    """Who stays, who leaves, what the old phrases still open."""

    def __init__(self) -> None:
        """Begin empty."""
        super().__init__()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        page = Page()
        page.body.setContentsMargins(0, 0, 2 * t.SPACE, 0)
        page.body.setSpacing(2 * t.SPACE)
        self._body = page.body
        whole.addWidget(page)

    def show_state(self, state: Rekeying, keys: KeyState) -> None:
        """Say what will be done."""
        while (item := self._body.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.deleteLater()
        staying = {one.user_id: one.roles for one in state.staying}
        known = [one for one in keys.accounts if one.label]
        self._body.addWidget(label("Relisez avant de changer les clés", "heading"))
        for account in known:
            roles = staying.get(account.user.id)
            if roles is not None:
                said = "vous" if account.user.id == state.own_user_id else "phrase sur papier"
                self._body.addWidget(
                    label(f"{account.user.name} reste\u00a0: {words.roles(roles)} ({said}).", wrap=True)
                )
        for account in known:
            if account.user.id not in staying:
                self._body.addWidget(label(f"{account.user.name} n’aura plus d’accès.", "strong", wrap=True))
        self._body.addWidget(label("Deux nouvelles enveloppes\u00a0; détruisez les anciennes.", wrap=True))
        self._body.addSpacing(2 * t.SPACE)
        self._say_backups(keys.backups)
        self._body.addStretch(1)

    def _say_backups(self, backups: tuple[BackupMade, ...]) -> None:
        if not backups:
            self._body.addWidget(label("Aucune sauvegarde n’a encore été faite avec les anciennes phrases.", "muted"))
            return
        count = formats.plural(len(backups), "sauvegarde s’ouvrira", "sauvegardes s’ouvriront")
        self._body.addWidget(
            label(
                f"{count} encore avec les anciennes phrases\u00a0: gardez ces clés USB sous votre main, et faites une "
                "sauvegarde neuve dès aujourd’hui.",
                wrap=True,
            )
        )
        self._body.addWidget(backups_table(backups))


class WorkPage(QWidget):
    """The bar, the steps, the stop."""

    def __init__(self, clock: Clock) -> None:
        """Begin with nothing done."""
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(label("Changement des clés", "heading"))
        column.addWidget(label(words.POWER_CUT, "muted", wrap=True))
        self.panel = ProgressPanel(clock)
        column.addWidget(self.panel)
        column.addStretch(1)

    def begin(self) -> None:
        """Start the bar."""
        self.panel.begin(next(iter(words.STEPS.values())))
        self.panel.stop_button.setFocus()
        self._mark(next(iter(words.STEPS)))

    def report(self, step: str, done: int, total: int) -> None:
        """A step began."""
        self.panel.report(words.STEPS[step], done, total)
        self._mark(step)

    def _mark(self, step: str) -> None:
        steps: Mapping[str, str] = words.STEPS
        place = list(steps).index(step)
        self.panel.show_steps(
            [
                WorkStep(said.rstrip("…"), state="done" if at < place else "now" if at == place else "next")
                for at, said in enumerate(steps.values())
            ]
        )
