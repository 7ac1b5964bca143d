"""The places of this area that ``captures`` draws from the demonstration office; the board and trips have their own."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from antenne.domain.board import Target
from antenne.ui.civil.screen import KEY, CivilScreen
from antenne.ui.kit.area import Capture, Screen

if TYPE_CHECKING:
    from antenne.services.desk import Desk

_HEARING = "SELECT id FROM civil_file WHERE step = 'hearing' AND closed = 0 ORDER BY id DESC LIMIT 1"
_OPEN = "SELECT id FROM civil_file WHERE step = 'opened' AND closed = 0 ORDER BY id DESC LIMIT 1"
_DONE = "SELECT id FROM civil_file WHERE step = 'handed' ORDER BY id DESC LIMIT 1"
_ANY = "SELECT id FROM civil_file ORDER BY id DESC LIMIT 1"


def _place(action: str, _desk: Desk) -> Target:
    return Target(KEY, action=action)


def _one(query: str, action: str, desk: Desk) -> Target:
    """A file as wanted, else the newest, else the board."""
    with desk.read() as uow:
        found = uow.rows(query) or uow.rows(_ANY)
    return Target(KEY, found[0][0], action=action) if found else Target(KEY, action="board")


def _history(screen: Screen) -> None:
    assert isinstance(screen, CivilScreen)
    screen.file.show_history()


CAPTURES = (
    Capture("etat-civil-dossier", partial(_one, _HEARING, "")),
    Capture("etat-civil-etape", partial(_one, _OPEN, "step")),
    Capture("etat-civil-remis", partial(_one, _DONE, "")),
    Capture("etat-civil-historique", partial(_one, _DONE, ""), _history),
    Capture("etat-civil-reponses", partial(_one, _HEARING, "edit")),
    Capture("etat-civil-nouveau", partial(_place, "new")),
    Capture("etat-civil-demarches", partial(_place, "routes")),
)
