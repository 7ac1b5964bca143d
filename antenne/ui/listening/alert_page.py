"""A new alert among colleagues: where, when, how, which vehicle; nothing of the survivor."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from antenne.domain.alerts import LONGEST_DAYS
from antenne.domain.board import Target
from antenne.domain.changes import Done
from antenne.domain.forms.sealed_short import ALERT
from antenne.services import alerts
from antenne.services.alerts import WriteAlert
from antenne.services.compartment import Kept
from antenne.services.desk import Desk
from antenne.ui.kit.area import Context
from antenne.ui.kit.cards import Card, label
from antenne.ui.listening.keys import KEY
from antenne.ui.listening.sealed_page import SealedPage

_SAYS = (
    "Rien d’elle\u00a0: ni nom, ni surnom, ni quartier, ni ce qu’elle porte.",
    "Elle est d’accord pour que les collègues soient prévenues.",
    f"Une autre approuve, une troisième est prévenue. L’alerte finit seule, après {LONGEST_DAYS} jours au plus.",
)
_PROPOSED = dt.timedelta(days=30)


class AlertPage(SealedPage):
    """The form of a new alert."""

    help_key = "listening_alerts"
    form = ALERT

    def __init__(self, context: Context) -> None:
        """Draw the form."""
        self._incident_id = ""
        super().__init__(context)
        card = Card("À savoir")
        for said in _SAYS:
            card.body.addWidget(label(said, "muted", wrap=True))
        self.side.addWidget(card)

    @staticmethod
    def read(desk: Desk, record_id: str, person_id: int | None, rest: str) -> str:  # noqa: ARG004 - of every page
        """The incident that it comes from, or nothing."""
        return rest

    def show_start(self, start: str) -> Mapping[str, object]:
        """A new one."""
        self.kept, self._incident_id = None, start
        today = self.context.clock.today()
        return {"agreed_on": today, "expires_on": today + _PROPOSED}

    def show_kept(self) -> None:
        """The title."""
        self.title.show_title("Alerte aux collègues", pill="Confidentiel", tone="info")

    def work(self) -> Callable[..., Done[Kept[Any]]]:
        """The service that saves."""
        return alerts.write_alert

    def command(self, answers: dict[str, object]) -> WriteAlert:
        """Its command."""
        return WriteAlert(request_id=self.request, answers=answers, incident_id=self._incident_id)

    def saved_words(self) -> str:
        """It waits."""
        return "Alerte écrite. Elle attend l’accord d’une autre."

    def take(self, done: Done[Kept[Any]]) -> None:
        """Written: to the list."""
        super().take(done)
        self.kept = None
        self.context.navigator.open(Target(KEY, action="alerts"))
