"""« Alertes »: written by one, approved by another, a third told; the list that is read at a talk."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QComboBox

from antenne.domain.alerts import ColleagueAlert
from antenne.domain.board import Target, Tone
from antenne.domain.changes import Done
from antenne.domain.violations import Violation
from antenne.services import alerts
from antenne.services.alerts import ApproveAlert, WithdrawAlert
from antenne.services.compartment import Kept
from antenne.services.desk import Desk
from antenne.ui.kit.area import Context
from antenne.ui.kit.cards import button
from antenne.ui.kit.models import Column
from antenne.ui.kit.operations import SHORT
from antenne.ui.kit.printing import PrintJob
from antenne.ui.listening import notices
from antenne.ui.listening.keys import KEY
from antenne.ui.listening.list_panel import Listing, ListPanel
from antenne.ui.listening.slips import new_request
from antenne.wording import formats
from antenne.wording import protection as words
from antenne.wording import violations as sentences


@dataclass(frozen=True, slots=True)
class AlertRow:
    """One alert in the list."""

    kept: Kept[ColleagueAlert]
    state: str
    tone: Tone

    @property
    def alert(self) -> ColleagueAlert:
        """The record."""
        return self.kept.record


def read_rows(desk: Desk) -> tuple[AlertRow, ...]:
    """Every alert, the last to end first.

    Raises:
        Forbidden: Without the right.
    """
    return tuple(AlertRow(one, *_state(one.record, desk)) for one in alerts.list_alerts(desk))


def _state(one: ColleagueAlert, desk: Desk) -> tuple[str, Tone]:
    if one.withdrawn_on is not None:
        return "retirée", "neutral"
    if one.expires_on < desk.today:
        return "finie", "neutral"
    return ("lue aux causeries", "good") if one.in_force(desk.today) else ("à approuver", "warning")


def read_users(desk: Desk) -> tuple[tuple[int, str], ...]:
    """Who may have been told: everybody but the user herself."""
    with desk.read() as uow:
        return tuple((one.id, one.name) for one in uow.users.all() if one.id != desk.actor.user_id and not one.left_on)


def render_alerts(desk: Desk) -> bytes:
    """The PDF, on the long lane."""
    from antenne.print import protection

    return alerts.draw_alerts(desk, protection.render_alerts)


_COLUMNS = (
    Column(key="place", title="Où", text=lambda row: row.alert.place, width=220),
    Column(key="when", title="Quand", text=lambda row: row.alert.when, width=170),
    Column(key="manner", title="Comment", text=lambda row: row.alert.manner, width=0),
    Column(key="vehicle", title="Véhicule", text=lambda row: row.alert.vehicle, width=150),
    Column(key="until", title="Jusqu’au", text=lambda row: formats.day(row.alert.expires_on), width=110),
    Column(key="state", title="", text=lambda row: row.state, width=150, pill=lambda row: row.tone),
)


class AlertsPanel(ListPanel):
    """The list; approving and taking back stand beside the filter."""

    help_key = "listening_alerts"
    listing = Listing(
        title="Alertes entre collègues",
        one="alerte",
        many="alertes",
        new_words="Nouvelle alerte",
        new_action="alert/new",
        icon="warning",
        empty="Un lieu, une heure, une manière, un véhicule\u00a0: ce que les autres doivent savoir, sans rien d’elle.",
    )

    def __init__(self, context: Context) -> None:
        """The columns of an alert."""
        super().__init__(context, _COLUMNS)

    def add_controls(self) -> None:
        """Who was told, approve, take back; the list to read."""
        self.told = QComboBox()
        self.told.setAccessibleName("Qui a été prévenue")
        self.told.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.approve_button = button("Approuver", "plain", self._approve)
        self.withdraw_button = button("Retirer", "plain", self._withdraw)
        for piece in (self.told, self.approve_button, self.withdraw_button):
            self.head.addWidget(piece)
        self.title.add_button(button("Liste à lire…  Ctrl+P", "plain", self.print_))

    read = staticmethod(read_rows)

    def open(self, target: Target) -> None:
        """Read again, the names too."""
        self.context.operations.run(
            SHORT, read_users, self.context.desk, owner=self, done=self._offer, latest=True, key="users"
        )
        super().open(target)

    def _offer(self, users: tuple[tuple[int, str], ...]) -> None:
        self.told.clear()
        self.told.addItem("Prévenue\u00a0: …", None)
        for user_id, name in users:
            self.told.addItem(f"Prévenue\u00a0: {name}", user_id)

    def print_(self) -> None:
        """The list that is read aloud."""
        job = PrintJob(title=words.ALERTS_TITLE, file_name="liste.pdf", render=render_alerts, args=(self.context.desk,))
        self.context.printing.preview(job, self)

    def _approve(self) -> None:
        row = self.table.current()
        if isinstance(row, AlertRow):
            told = self.told.currentData()
            command = ApproveAlert(request_id=new_request(), before=row.kept, told_to=told or 0)
            self._run(alerts.approve_alert, command, row)

    def _withdraw(self) -> None:
        row = self.table.current()
        if isinstance(row, AlertRow):
            self._run(alerts.withdraw_alert, WithdrawAlert(request_id=new_request(), before=row.kept), row)

    def _run(self, work: Callable[..., Done[Kept[ColleagueAlert]]], command: object, row: AlertRow) -> None:
        def both(desk: Desk) -> Done[Kept[ColleagueAlert]]:
            done = work(desk, command)
            notices.seen(desk, row.kept.id)
            return done

        self.context.operations.run(SHORT, both, self.context.desk, owner=self, done=self._done, broken=self._refused)

    def _done(self, done: Done[Kept[ColleagueAlert]]) -> None:
        self.context.broadcast(done.changes)
        self.context.notify("Alerte mise à jour.", "good")

    def _refused(self, broken: tuple[Violation, ...]) -> None:
        self.context.notify(" ".join(sentences.sentence(one) for one in broken), "warning")

    def place(self, row: AlertRow) -> Target:
        """The incident that it comes from, where there is one; else the list itself."""
        one = row.alert.incident_id
        return Target(KEY, action=f"incident/{one}" if one else "alerts")
