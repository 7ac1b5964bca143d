"""A card of the woman's page: read on the short lane when it is made, and again when something of hers changes."""

from __future__ import annotations

from typing import Any, ClassVar

from antenne.domain.board import Tone
from antenne.domain.changes import Changes
from antenne.domain.violations import Violation
from antenne.services.desk import Desk
from antenne.ui.kit.area import Context
from antenne.ui.kit.cards import Card
from antenne.ui.kit.operations import SHORT


class AreaCard(Card):
    """What an area says of one woman. Override :meth:`load`, :meth:`show_facts` and :meth:`stale`.

    Attributes:
        heading_text: Its title.
    """

    heading_text: ClassVar[str] = ""

    def __init__(self, context: Context, person_id: int, *, pill: str = "", tone: Tone = "neutral") -> None:
        """Begin empty; the area's card draws itself, then calls :meth:`read`."""
        super().__init__(self.heading_text, pill=pill, tone=tone)
        self.context = context
        self.person_id = person_id

    @staticmethod
    def load(desk: Desk, person_id: int) -> Any:
        """Read what is shown; a service, on the short lane."""
        raise NotImplementedError

    def show_facts(self, facts: Any) -> None:
        """Show what was read."""
        raise NotImplementedError

    def stale(self, changes: Changes) -> bool:
        """Whether these changes are hers."""
        raise NotImplementedError

    def on_changes(self, changes: Changes) -> None:
        """Read again what is stale."""
        if self.stale(changes):
            self.read()

    def read(self) -> None:
        """Ask for her facts; an older question is dropped."""
        self.context.operations.run(
            SHORT,
            self.load,
            self.context.desk,
            self.person_id,
            owner=self,
            done=self.show_facts,
            broken=self._show_nothing,
            latest=True,
            key="card",
        )

    def _show_nothing(self, _broken: tuple[Violation, ...]) -> None:
        """She is gone; her page says so."""
