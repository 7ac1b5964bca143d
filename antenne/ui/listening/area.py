"""What the listening offers to the shell: to right-holders their area, to the others the note that they may drop in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from antenne.domain.board import Action, Target, TodoLine, Urgency
from antenne.domain.forms import incident, minor, story
from antenne.domain.forms.listening import LISTENING
from antenne.domain.forms.sealed_short import KINDS as SHORT_KINDS
from antenne.domain.rights import Right
from antenne.domain.sealed_kinds import SealedDraft
from antenne.services import listening_reading, sealed_drafts, stories_checks
from antenne.services.deposits import waiting_deposits
from antenne.services.erasing_checks import ERASING_CHECKS
from antenne.ui.kit.area import Area, NavEntry
from antenne.ui.listening import captures, rights_todo, stories_todo, todo_protection
from antenne.ui.listening.keys import ASK, KEY, TITLE
from antenne.ui.listening.person_card import person_card
from antenne.ui.listening.screen import ListeningScreen
from antenne.wording import formats

if TYPE_CHECKING:
    from antenne.services.desk import Desk

_PAGES = {
    LISTENING.key: "session",
    incident.INCIDENT.key: "incident",
    minor.MINOR.key: "minor",
    story.STORY.key: "story",
    **{key: key for key in SHORT_KINDS},
}
"""Form of a draft → the page that takes it up."""
_ASKED = {
    **dict.fromkeys((key for key in incident.FORMS if key != incident.INCIDENT.key), "incident"),
    **dict.fromkeys((key for key in minor.FORMS if key != minor.MINOR.key), "minor"),
}
"""Short form of a draft → the page that asks it, of the record that the draft names."""


def todo(desk: Desk) -> tuple[TodoLine, ...]:
    """What waits in the compartment, for who opens it: not a line, not a count for anybody else."""
    if not desk.may(Right.COMPARTMENT) or desk.keys.confidential is None:
        return ()
    listening_reading.prepare(desk)
    return (
        *todo_protection.lines(desk),
        *_drafts(desk),
        *_appointments(desk),
        *_deposits(desk),
        *stories_todo.lines(desk),
        *rights_todo.lines(desk),
    )


def _drafts(desk: Desk) -> tuple[TodoLine, ...]:
    return tuple(
        TodoLine(
            text=f"Fiche confidentielle du {formats.moment(draft.saved_at)} à reprendre",
            pill="Brouillon",
            target=Target(KEY, action=_place_of(draft)),
        )
        for draft in sealed_drafts.list_sealed_drafts(desk)
        if draft.form in _PAGES or draft.form in _ASKED
    )


def _place_of(draft: SealedDraft) -> str:
    if draft.form in _ASKED:
        return f"{_ASKED[draft.form]}/{draft.subject}/{ASK}{draft.form}"
    return f"{_PAGES[draft.form]}/{draft.subject or 'new'}/draft"


def _appointments(desk: Desk) -> tuple[TodoLine, ...]:
    found = listening_reading.appointments(desk, desk.today, desk.today)
    if not found:
        return ()
    said = formats.plural(len(found), "rendez-vous d’écoute", "rendez-vous d’écoute")
    target = Target(KEY, action="sessions/next")
    return (TodoLine(text=said, due=desk.today, urgency=Urgency.SOON, pill="Rendez-vous", target=target),)


def _deposits(desk: Desk) -> tuple[TodoLine, ...]:
    count = len(waiting_deposits(desk))
    if not count:
        return ()
    said = formats.plural(count, "note déposée à classer", "notes déposées à classer")
    return (TodoLine(text=said, urgency=Urgency.SOON, pill="À classer", target=Target(KEY, action="deposits")),)


AREA = Area(
    key=KEY,
    nav=NavEntry(TITLE, "F4", "ear", rights=frozenset({Right.COMPARTMENT})),
    factory=ListeningScreen,
    todo=todo,
    badge=todo_protection.badge,
    actions=(
        Action(
            label="Nouvelle écoute",
            target=Target(KEY, action="session/new"),
            words=("entretien", "écouter"),
            right=Right.COMPARTMENT,
            on_home=True,
        ),
        Action(
            label="Déposer une note pour l’écoutante",
            target=Target(KEY, action="note"),
            words=("mot", "mineure", "test", "confidentiel"),
            right=Right.READ_PERSONS,
        ),
        *todo_protection.ACTIONS,
        *stories_todo.ACTIONS,
        *rights_todo.ACTIONS,
    ),
    person_card=person_card,
    captures=captures.CAPTURES,
    papers=captures.PAPERS,
    checks=(*ERASING_CHECKS, *stories_checks.CHECKS),
)
