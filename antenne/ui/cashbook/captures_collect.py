"""The places of « Encaisser » that ``captures`` draws from the demonstration office."""

from __future__ import annotations

from typing import TYPE_CHECKING

from antenne.domain.board import Target
from antenne.ui.cashbook.screen import KEY
from antenne.ui.kit.area import Capture, Screen

if TYPE_CHECKING:
    from antenne.services.desk import Desk

_OWES = (
    "SELECT person_id FROM due WHERE paid < amount AND exempt = 0 AND cancelled_on IS NULL GROUP BY person_id"
    " ORDER BY count(*) DESC, person_id LIMIT 1"
)


def _somebody(desk: Desk) -> Target:
    """A woman who owes something, else anybody."""
    with desk.read() as uow:
        found = uow.rows(_OWES) or uow.rows("SELECT person_id FROM membership ORDER BY person_id LIMIT 1")
    return Target(KEY, found[0][0] if found else None, action="collect")


def _empty(_desk: Desk) -> Target:
    return Target(KEY, action="collect")


def _by_hand(_desk: Desk) -> Target:
    return Target(KEY, action="collect/book")


def _drawn(screen: Screen) -> None:
    from antenne.ui.cashbook.collect_panel import CollectPanel

    found = screen.findChild(CollectPanel)
    assert found is not None
    found.preview_now()


CAPTURES = (
    Capture("encaisser-vide", _empty),
    Capture("encaisser", _somebody, _drawn),
    Capture("recu-du-carnet", _by_hand),
)
