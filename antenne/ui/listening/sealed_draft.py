"""What she types in a sealed form is kept in the compartment a second after her hand rests, and offered again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QHBoxLayout

from antenne.domain.sealed_kinds import SealedDraft
from antenne.services import sealed_drafts
from antenne.services.sealed_drafts import KeepSealedDraft
from antenne.ui.kit.area import Context
from antenne.ui.kit.bands import Band
from antenne.ui.kit.cards import button
from antenne.ui.kit.form_view import FormView
from antenne.ui.kit.operations import SHORT
from antenne.wording import formats

_AFTER_MS = 1000


class SealedDraftKeeper(QObject):
    """Keeps the sealed draft of one form and record; nothing of it stands outside the compartment.

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
        self._subject = ""
        self._shown: dict[str, Any] = {}
        self._dirty = False
        self._offered: SealedDraft | None = None
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

    def begin(self, subject: str, *, resume: bool = False) -> None:
        """A record is shown: look for a draft of it.

        Args:
            subject: Its sealed id, in hex; empty for a new one.
            resume: Take the draft without asking: she came from the line that names it.
        """
        self._timer.stop()
        self._hide_offer()
        self._subject, self._dirty = subject, False
        self._shown = self._view.raw_answers()
        self._kept("")
        self._context.operations.run(
            SHORT,
            sealed_drafts.find_sealed_draft,
            self._context.desk,
            self._view.form,
            subject,
            owner=self,
            done=self._take if resume else self._offer,
            latest=True,
            key="draft",
        )

    def typed(self) -> dict[str, Any]:
        """The raw answers that are not as they were shown."""
        raw = self._view.raw_answers()
        return {key: value for key, value in raw.items() if key not in self._shown or value != self._shown[key]}

    def saved(self) -> None:
        """The record was saved and its draft went with it."""
        self._timer.stop()
        self._dirty = False
        self._kept("")
        self._hide_offer()
        self._shown = self._view.raw_answers()

    def flush(self) -> None:
        """Put down what is typed now."""
        self._timer.stop()
        if not self._dirty:
            return
        self._dirty = False
        command = KeepSealedDraft(form=self._view.form, subject=self._subject, body=self.typed())
        self._context.operations.run(
            SHORT, sealed_drafts.keep_sealed_draft, self._context.desk, command, owner=self, done=self._written
        )

    def _touched(self) -> None:
        self._dirty = True
        self._timer.start()

    def _written(self, _done: object) -> None:
        self._kept(f"Brouillon gardé à {formats.hour(self._context.clock.now())}")

    def _offer(self, draft: SealedDraft | None) -> None:
        if draft is None or self._dirty:
            return
        self._offered = draft
        when = formats.hour(draft.saved_at)
        if draft.saved_at.date() != self._context.clock.today():
            when = formats.moment(draft.saved_at)
        self._band.say(f"Un brouillon de {when} n’a pas été enregistré.", "warning", "Reprendre")
        self._discard.show()

    def _take(self, draft: SealedDraft | None) -> None:
        self._offered = draft
        self._resume()

    def _resume(self) -> None:
        draft = self._offered
        if draft is None:
            return
        self._hide_offer()
        self._view.set_raw_answers(draft.body)
        self._view.changed.emit()

    def _throw_away(self) -> None:
        self._hide_offer()
        self._context.operations.run(
            SHORT,
            sealed_drafts.discard_sealed_draft,
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
