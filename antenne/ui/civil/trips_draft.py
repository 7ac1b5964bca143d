"""A trip being planned is kept a second after the hand rests: its answers and the ticked files."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QObject, QTimer

from antenne.domain.civil_overview import BoardRow
from antenne.domain.civil_routes import ENDED
from antenne.domain.drafts import Draft
from antenne.services import civil_reading, drafts
from antenne.services.desk import Desk
from antenne.services.drafts import KeepDraft
from antenne.ui.kit.area import Context
from antenne.ui.kit.bands import Band
from antenne.ui.kit.form_view import FormView
from antenne.ui.kit.operations import SHORT
from antenne.wording import formats

_AFTER_MS = 1000
_FILES = "files"


class PlanDraft(QObject):
    """Keeps what is typed and ticked, and offers it again in the form's band."""

    def __init__(
        self,
        context: Context,
        view: FormView,
        trip_id: int,
        ticked: Callable[[], Sequence[int]],
        resume: Callable[[tuple[BoardRow, ...]], None],
    ) -> None:
        """Look for a draft of this trip (0 for a new one).

        Args:
            context: Where the lanes and the desk are.
            view: The form; its band offers the draft.
            trip_id: The trip, or 0.
            ticked: Ids of the ticked files.
            resume: Ticks these files.
        """
        super().__init__(view)
        self._context, self._view, self._trip_id = context, view, trip_id
        self._ticked, self._tick = ticked, resume
        self._dirty = False
        self._offered: Draft | None = None
        self._timer = QTimer(self, singleShot=True, interval=_AFTER_MS)
        self._timer.timeout.connect(self.flush)
        view.changed.connect(self.touch)
        self._band: Band = view.band
        self._band.acted.connect(self._resume)
        context.operations.run(SHORT, drafts.find_draft, context.desk, view.form, trip_id, owner=self, done=self._offer)

    def touch(self) -> None:
        """Something was typed or ticked."""
        self._dirty = True
        self._timer.start()

    def flush(self) -> None:
        """Put down what is there now."""
        self._timer.stop()
        if not self._dirty:
            return
        self._dirty = False
        body: dict[str, Any] = {**self._view.raw_answers(), _FILES: list(self._ticked())}
        command = KeepDraft(form=self._view.form, subject_id=self._trip_id, body=body)
        self._context.operations.run(
            SHORT, drafts.keep_draft, self._context.desk, command, owner=self._context.operations, done=_kept
        )

    def forget(self) -> None:
        """It was saved, and its draft went with it; or it was given up."""
        self._timer.stop()
        self._dirty = False

    def give_up(self) -> None:
        """« Annuler »: the draft goes."""
        self.forget()
        self._context.operations.run(
            SHORT, drafts.discard_draft, self._context.desk, self._view.form, self._trip_id,
            owner=self._context.operations, done=_kept,
        )  # fmt: skip

    def _offer(self, draft: Draft | None) -> None:
        if draft is None or self._dirty:
            return
        self._offered = draft
        when = formats.moment(draft.saved_at)
        self._band.say(f"Une tournée de {when} n’a pas été enregistrée.", "warning", "Reprendre")

    def _resume(self) -> None:
        draft, self._offered = self._offered, None
        if draft is None:
            return
        self._band.dismiss()
        self._view.set_raw_answers(draft.body)
        ids = tuple(int(one) for one in draft.body.get(_FILES, ()))
        self._context.operations.run(SHORT, _rows, self._context.desk, ids, owner=self, done=self._tick)


def _rows(desk: Desk, file_ids: tuple[int, ...]) -> tuple[BoardRow, ...]:
    """The ticked files, as they are now; those that were closed meanwhile are left out."""
    return tuple(row for row in civil_reading.rows_of(desk, file_ids) if row.step not in ENDED)


def _kept(_done: object) -> None:
    """Nothing to say."""
