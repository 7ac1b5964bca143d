"""What her rights add to the home page: a wish to be forgotten, and once a year what has passed its term."""

from __future__ import annotations

from typing import TYPE_CHECKING

from antenne.domain.board import Action, Target, TodoLine, Urgency
from antenne.domain.retention import asked_on
from antenne.domain.rights import Right
from antenne.services import erasing, retention
from antenne.ui.listening.keys import KEY
from antenne.wording import formats

if TYPE_CHECKING:
    from antenne.services.desk import Desk

ACTIONS = (
    Action(
        label="Ses droits\u00a0: voir, imprimer, retirer, oublier",
        target=Target(KEY, action="rights"),
        words=("effacer", "oublier", "accord", "consentement", "données"),
        right=Right.COMPARTMENT,
    ),
)


def lines(desk: Desk) -> tuple[TodoLine, ...]:
    """For the responsable alone: she decides."""
    if not desk.may(Right.ERASE_PERSONS):
        return ()
    found = []
    requests = erasing.list_requests(desk)
    if requests:
        said = formats.plural(len(requests), "femme demande d’être oubliée", "femmes demandent d’être oubliées")
        target = Target(KEY, field="requests", action="rights")
        due = requests[0].at.date()
        found.append(TodoLine(text=said, due=due, urgency=Urgency.SOON, pill="Oubli", target=target))
    over = retention.waiting(desk)
    if over:
        said = f"Durées de garde {asked_on(desk.today).year}\u00a0: {formats.plural(over, 'ligne', 'lignes')} à décider"
        found.append(TodoLine(text=said, pill="À revoir", target=Target(KEY, action="retention")))
    return tuple(found)
