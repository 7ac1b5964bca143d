"""Who she may already be, side by side with what is typed; a suggestion, never a merge."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QTimer, Signal

from antenne.domain.duplicates import Suspect
from antenne.domain.persons import Person
from antenne.services import members_reading
from antenne.ui.kit.area import Context
from antenne.ui.kit.cards import Card, button
from antenne.ui.kit.comparison import Comparison
from antenne.ui.kit.form_view import FormView
from antenne.ui.kit.operations import SHORT
from antenne.wording import formats
from antenne.wording.members import REASONS, side_by_side

_AFTER_MS = 250
_SHOWN = 3


class DuplicatesBand(Card):
    """Asks while she types, and shows at most three women on file."""

    opened = Signal(int)
    resized = Signal()
    """It came, grew or went: what stands below has moved."""

    def __init__(self, context: Context, view: FormView) -> None:
        """Watch ``view``."""
        super().__init__("Peut-être déjà au fichier", pill=" ", tone="warning", role="card")
        self._context = context
        self._view = view
        self._own = 0
        self._grid = Comparison()
        self.body.addLayout(self._grid)
        self._timer = QTimer(self, singleShot=True, interval=_AFTER_MS)
        self._timer.timeout.connect(self._ask)
        view.changed.connect(self._timer.start)
        self.hide()

    def begin(self, own_id: int) -> None:
        """Another record is shown."""
        self._own = own_id
        self._timer.stop()
        self.hide()

    def _ask(self) -> None:
        answers = self._view.answers()
        self._context.operations.run(
            SHORT,
            members_reading.suggest_duplicates,
            self._context.desk,
            answers,
            self._own,
            owner=self,
            done=partial(self._show, members_reading.as_typed(answers)),
            latest=True,
        )

    def _show(self, typed: Person, suspects: tuple[Suspect, ...]) -> None:
        self.setVisible(bool(suspects))
        self.pill.show_word(formats.plural(len(suspects), "personne", "personnes"), "warning")
        if suspects:
            self._compare(typed, suspects[:_SHOWN])
        self.resized.emit()

    def _compare(self, typed: Person, suspects: Sequence[Suspect]) -> None:
        whys = (", ".join(REASONS[reason] for reason in suspect.reasons) for suspect in suspects)
        heads = ["Vous tapez", *(f"Au fichier\u00a0: {why}" for why in whys)]
        self._grid.compare(heads, side_by_side([typed, *(suspect.person for suspect in suspects)]))
        for place, suspect in enumerate(suspects, 2):
            look = button("Ouvrir sa fiche", "link", partial(self.opened.emit, suspect.person.id))
            look.setAccessibleName(f"Ouvrir la fiche de {suspect.person.first_name} {suspect.person.last_name}")
            self._grid.put_below(look, place)
