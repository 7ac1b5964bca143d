"""The places of the dues that ``captures`` draws from the demonstration office."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from antenne.domain.board import Target
from antenne.ui.cashbook.dues_forms import ExemptCard
from antenne.ui.cashbook.dues_panel import DuesPanel
from antenne.ui.cashbook.dues_woman import WomanCard
from antenne.ui.kit.area import Capture, Screen

if TYPE_CHECKING:
    from antenne.services.desk import Desk

KEY = "cashbook"
_PAYING = "SELECT person_id FROM due WHERE paid > 0 GROUP BY person_id ORDER BY count(*) DESC, person_id LIMIT 1"


def _place(action: str, _desk: Desk) -> Target:
    return Target(KEY, action=action)


def _woman(desk: Desk) -> Target:
    with desk.read() as uow:
        found = uow.rows(_PAYING)
    return Target(KEY, found[0][0] if found else None, action="dues/all")


def _exempt(screen: Screen) -> None:
    """The form of an exemption."""
    for panel in screen.findChildren(DuesPanel):
        card = panel.side
        if isinstance(card, WomanCard) and card.debtor is not None:
            panel.show_side(ExemptCard(panel.context, card.debtor, card.who))


CAPTURES = (
    Capture("cotisations-retard", partial(_place, "dues/late")),
    Capture("cotisations-toutes", partial(_place, "dues/all")),
    Capture("cotisations-femme", _woman),
    Capture("cotisations-exempter", _woman, _exempt),
    Capture("cotisations-annee", partial(_place, "dues/prepare")),
)
