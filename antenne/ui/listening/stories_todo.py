"""What stories add to the home page of a right-holder: those that she may be a reader of; how to begin one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from antenne.domain.board import Action, Target, TodoLine
from antenne.domain.rights import Right
from antenne.domain.stories import Stage, check_reading, stage
from antenne.services import stories
from antenne.ui.listening.keys import KEY

if TYPE_CHECKING:
    from antenne.services.desk import Desk

ACTIONS = (
    Action(
        label="Nouveau récit de changement",
        target=Target(KEY, action="story/new"),
        words=("histoire", "témoignage", "succès"),
        right=Right.COMPARTMENT,
    ),
)


def lines(desk: Desk) -> tuple[TodoLine, ...]:
    """Stories that wait for two readers, for who did not write them and has not read them yet."""
    mine = desk.actor.user_id
    return tuple(
        TodoLine(
            text=f"Récit {one.record.number} à relire\u00a0: aucun détail ne doit la désigner",
            pill="À relire",
            target=Target(KEY, action=f"story/{one.id}"),
        )
        for one in stories.list_stories(desk)
        if stage(one.record, desk.today) is Stage.ANONYMISED and not check_reading(one.record, mine, mine, desk.today)
    )
