"""What she types is kept a second after her hand rests, and offered again after a power cut."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QHBoxLayout

from antenne.domain.drafts import Draft
from antenne.services import drafts
from antenne.services.drafts import KeepDraft
from antenne.ui.kit.area import Context
from antenne.ui.kit.bands import Band
from antenne.ui.kit.cards import button
from antenne.ui.kit.form_view import FormView
from antenne.ui.kit.operations import SHORT
from antenne.wording import formats

_AFTER_MS = 1000


class DraftKeeper(QObject):
    """Keeps the draft of one form and record.

    Attributes:
        kept: Told « Brouillon gardé à 10 h 41 », or an empty text.
    """

    def __init__(self, context: Context, view: FormView, band: Band, kept: Callable[[str], None]) -> None:
        """Watch ``view``; offer drafts in ``band``."""
        super().__init__(view)
        self._context = context
        self._view = view
        self._band = band
        self._kept = kept
        self._subject = 0
        self._shown: dict[str, Any] = {}
        self._dirty = False
        self._offered: Draft | None = None
        self._timer = QTimer(self, singleShot=True, interval=_AFTER_MS)
        self._timer.timeout.connect(self.flush)
        view.changed.connect(self._touched)
        band.acted.connect(self._resume)
        self._discard = button("Jeter", "link", self._throw_away)
        self._discard.hide()
        row = band.layout()
        if isinstance(row, QHBoxLayout):
            row.insertWidget(row.count() - 1, self._discard)

    @property
    def dirty(self) -> bool:
        """Whether something typed is not saved yet."""
        return self._dirty

    def begin(self, subject_id: int, *, on_file: bool) -> None:
        """A record is shown: look for a draft of it.

        Args:
            subject_id: The record; 0 for a new one, or where there is only one.
            on_file: The view shows what is saved: a draft then holds what she typed over it and nothing else, so
                that resuming it never takes back what others saved meanwhile.
        """
        self._timer.stop()
        self._hide_offer()
        self._subject, self._dirty = subject_id, False
        self._shown = self._view.raw_answers() if on_file else {}
        self._kept("")
        self._context.operations.run(
            SHORT,
            drafts.find_draft,
            self._context.desk,
            self._view.form,
            subject_id,
            owner=self,
            done=self._offer,
            latest=True,
        )

    def typed(self) -> dict[str, Any]:
        """The raw answers that are not as they were shown."""
        raw = self._view.raw_answers()
        return {key: value for key, value in raw.items() if key not in self._shown or value != self._shown[key]}

    def shown_anew(self) -> None:
        """The view shows the record as it is saved now; what is typed is told from that."""
        self._shown = self._view.raw_answers()

    def saved(self) -> None:
        """The record was saved, and its draft went with it; what is in sight is what is on file."""
        self._timer.stop()
        self._dirty = False
        self._kept("")
        self._hide_offer()
        if self._shown:
            self.shown_anew()

    def thrown_away(self) -> None:
        """What was typed is given up, or was saved by a service that knows no drafts: the draft goes."""
        self.saved()
        self._discard_draft()

    def flush(self) -> None:
        """Put down what is typed now."""
        self._timer.stop()
        if not self._dirty:
            return
        command = KeepDraft(form=self._view.form, subject_id=self._subject, body=self.typed())
        self._context.operations.run(
            SHORT, drafts.keep_draft, self._context.desk, command, owner=self, done=self._written
        )

    def _touched(self) -> None:
        self._dirty = True
        self._timer.start()

    def _written(self, _done: object) -> None:
        self._kept(f"Brouillon gardé à {formats.hour(self._context.clock.now())}")

    def _offer(self, draft: Draft | None) -> None:
        if draft is None or self._dirty:
            return
        self._offered = draft
        when = f"de {formats.hour(draft.saved_at)}"
        if draft.saved_at.date() != self._context.clock.today():
            when = f"du {formats.moment(draft.saved_at)}"
        self._band.say(f"Un brouillon {when} n’a pas été enregistré.", "warning", "Reprendre")
        self._discard.show()

    def _resume(self) -> None:
        draft = self._offered
        if draft is None:
            return
        self._hide_offer()
        self._view.set_raw_answers(draft.body)
        self._view.changed.emit()

    def _throw_away(self) -> None:
        self._hide_offer()
        self._discard_draft()

    def _discard_draft(self) -> None:
        self._context.operations.run(
            SHORT,
            drafts.discard_draft,
            self._context.desk,
            self._view.form,
            self._subject,
            owner=self,
            done=self._thrown,
        )

    def _thrown(self, _done: object) -> None:
        self._kept("")

    def _hide_offer(self) -> None:
        if self._offered is not None:
            self._band.dismiss()
        self._offered = None
        self._discard.hide()
