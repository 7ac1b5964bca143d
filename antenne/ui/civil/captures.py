"""The places of this area that ``captures`` draws from the demonstration office; the board and trips have their own."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from antenne.domain.board import Target
from antenne.domain.civil_standing import slip_of
from antenne.ui.civil.screen import KEY, CivilScreen
from antenne.ui.kit.area import Capture, Screen

if TYPE_CHECKING:
    from antenne.services.desk import Desk

_HEARING = "SELECT id FROM civil_file WHERE step = 'hearing' AND closed = 0 ORDER BY id DESC LIMIT 1"
_OPEN = "SELECT id FROM civil_file WHERE step = 'opened' AND closed = 0 ORDER BY id DESC LIMIT 1"
_DONE = "SELECT id FROM civil_file WHERE step = 'handed' ORDER BY id DESC LIMIT 1"
_REOPENED = "SELECT id FROM civil_file WHERE reopened_on IS NOT NULL ORDER BY id DESC LIMIT 1"
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


def _new(screen: Screen) -> None:
    screen.new()


def _slip(screen: Screen) -> None:
    """The last step of the file, as if it had been written by mistake."""
    assert isinstance(screen, CivilScreen)
    view = screen.file.view
    if view is not None and slip_of(view.page.events) is not None:
        screen.file.ask_slip()


CAPTURES = (
    Capture("etat-civil-dossier", partial(_one, _HEARING, "")),
    Capture("etat-civil-etape", partial(_one, _OPEN, "step")),
    Capture("etat-civil-remis", partial(_one, _DONE, "")),
    Capture("etat-civil-historique", partial(_one, _DONE, ""), _history),
    Capture("etat-civil-reponses", partial(_one, _HEARING, "edit")),
    Capture("etat-civil-nouveau", partial(_place, "new")),
    Capture("etat-civil-demarches", partial(_place, "routes")),
    Capture("etat-civil-demarche-nouvelle", partial(_place, "routes"), _new),
    Capture("etat-civil-erreur", partial(_one, _HEARING, ""), _slip),
    Capture("etat-civil-rouvert", partial(_one, _REOPENED, "")),
)
