"""The basket is kept a second after her hand rests, and offered again after a power cut."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QHBoxLayout

from antenne.domain.drafts import Draft
from antenne.domain.forms.model import Form
from antenne.services import drafts
from antenne.services.drafts import KeepDraft
from antenne.ui.kit.area import Context
from antenne.ui.kit.bands import Band
from antenne.ui.kit.cards import button
from antenne.ui.kit.operations import SHORT
from antenne.wording import formats

BASKET: Final = Form(key="basket", version=1, title="Encaisser", sections=())
"""Names the draft; the basket's questions are what the areas bring."""

_AFTER_MS: Final = 1000


class BasketDraft(QObject):
    """Keeps what ``raw`` gives; ``resume`` takes it back."""

    def __init__(
        self,
        context: Context,
        band: Band,
        raw: Callable[[], dict[str, Any]],
        resume: Callable[[dict[str, Any]], None],
    ) -> None:
        """Offer drafts in ``band``; an empty ``raw`` means that there is nothing to keep."""
        super().__init__(band)
        self._context = context
        self._band = band
        self._raw = raw
        self._resume = resume
        self._offered: Draft | None = None
        self._dirty = False
        self._kept = False
        self._timer = QTimer(self, singleShot=True, interval=_AFTER_MS)
        self._timer.timeout.connect(self.flush)
        band.acted.connect(self._take)
        self._discard = button("Jeter", "link", self._throw)
        self._discard.hide()
        row = band.layout()
        assert isinstance(row, QHBoxLayout)
        row.insertWidget(row.count() - 1, self._discard)

    def look(self) -> None:
        """At the first visit: is there one?"""
        self._context.operations.run(
            SHORT, drafts.find_draft, self._context.desk, BASKET, 0, owner=self, done=self._offer, latest=True
        )

    def touch(self) -> None:
        """Something was typed."""
        self._dirty = True
        self._timer.start()

    def pause(self) -> None:
        """The basket is being saved: nothing is kept behind the back of the service, which throws its draft away."""
        self._timer.stop()
        self._dirty = False

    def saved(self) -> None:
        """The basket was saved; the service threw its draft away."""
        self._timer.stop()
        self._dirty = self._kept = False
        self._hide_offer()

    def flush(self) -> None:
        """Put down what is typed now; an emptied basket leaves none."""
        self._timer.stop()
        if not self._dirty:
            return
        self._dirty = False
        run, desk, body = self._context.operations.run, self._context.desk, self._raw()
        if body:
            self._kept = True
            self._hide_offer()
            command = KeepDraft(form=BASKET, subject_id=0, body=body)
            run(SHORT, drafts.keep_draft, desk, command, owner=self, done=_nothing)
        elif self._kept:
            self._kept = False
            run(SHORT, drafts.discard_draft, desk, BASKET, 0, owner=self, done=_nothing)

    def _offer(self, draft: Draft | None) -> None:
        if draft is None or self._raw():
            return
        self._offered = draft
        same = draft.saved_at.date() == self._context.clock.today()
        when = f"de {formats.hour(draft.saved_at)}" if same else f"du {formats.moment(draft.saved_at)}"
        self._band.say(f"Un panier {when} n’a pas été enregistré.", "warning", "Reprendre")
        self._discard.show()

    def _take(self) -> None:
        draft = self._offered
        if draft is not None:
            self._hide_offer()
            self._kept = True
            self._resume(draft.body)

    def _throw(self) -> None:
        self._hide_offer()
        self._context.operations.run(
            SHORT, drafts.discard_draft, self._context.desk, BASKET, 0, owner=self, done=_nothing
        )

    def _hide_offer(self) -> None:
        if self._offered is not None:
            self._offered = None
            self._band.dismiss()
        self._discard.hide()


def _nothing(_done: object) -> None:
    """The next thing typed is kept the same way."""
