"""What she types is kept a second after her hand rests, and offered again after a power cut."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, Protocol

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QHBoxLayout

from antenne.domain.forms.model import Form
from antenne.services import drafts, sealed_drafts
from antenne.services.desk import Desk
from antenne.services.drafts import KeepDraft
from antenne.services.sealed_drafts import KeepSealedDraft
from antenne.ui.kit.area import Context
from antenne.ui.kit.bands import Band
from antenne.ui.kit.cards import button
from antenne.ui.kit.form_view import FormView
from antenne.ui.kit.operations import SHORT
from antenne.wording import formats

_AFTER_MS = 1000
_BESIDE = "beside the form"
"""Where a draft holds what a page keeps besides the answers; no field is called so."""


class Found(Protocol):
    """A draft, open or sealed."""

    @property
    def saved_at(self) -> dt.datetime:
        """When."""

    @property
    def body(self) -> Any:
        """Raw answers."""


@dataclass(frozen=True, slots=True)
class DraftStore:
    """Where the drafts of a form are: each call takes the desk, the form and the record."""

    find: Callable[[Desk, Form, Any], Found | None]
    keep: Callable[[Desk, Form, Any, dict[str, Any]], object]
    discard: Callable[[Desk, Form, Any], object]


def _keep_open(desk: Desk, form: Form, subject: int, body: dict[str, Any]) -> object:
    return drafts.keep_draft(desk, KeepDraft(form=form, subject_id=subject, body=body))


def _keep_sealed(desk: Desk, form: Form, subject: str, body: dict[str, Any]) -> object:
    return sealed_drafts.keep_sealed_draft(desk, KeepSealedDraft(form=form, subject=subject, body=body))


OPEN: Final = DraftStore(drafts.find_draft, _keep_open, drafts.discard_draft)
"""The base's own; the record by its number, 0 for a new one."""

SEALED: Final = DraftStore(sealed_drafts.find_sealed_draft, _keep_sealed, sealed_drafts.discard_sealed_draft)
"""In the compartment: nothing of it stands outside; the record by its sealed id, empty for a new one."""


class DraftKeeper(QObject):
    """Keeps the draft of one form and record: in the compartment where the form is sealed.

    Attributes:
        kept: Told « Brouillon gardé à 10 h 41 », or an empty text.
        beside: What the page keeps besides the answers, as JSON values; asked at each writing.
        brought: Given that back when the draft is taken up.
    """

    def __init__(self, context: Context, view: FormView, band: Band, kept: Callable[[str], None]) -> None:
        """Watch ``view``; offer drafts in ``band``."""
        super().__init__(view)
        self._context = context
        self._view = view
        self._band = band
        self._kept = kept
        self._store = SEALED if view.form.sealed else OPEN
        self._subject: int | str = "" if view.form.sealed else 0
        self._shown: dict[str, Any] = {}
        self._dirty = self._waits = False
        self._offered: Found | None = None
        self.beside: Callable[[], dict[str, Any]] = dict
        self.brought: Callable[[dict[str, Any]], None] = _leave
        self._timer = QTimer(self, singleShot=True, interval=_AFTER_MS)
        self._timer.timeout.connect(self.flush)
        view.changed.connect(self.touch)
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

    def begin(self, subject: int | str, *, on_file: bool, resume: bool = False) -> None:
        """A record is shown: look for a draft of it.

        Args:
            subject: The record: 0 or an empty text for a new one, or where there is only one.
            on_file: The view shows what is saved: a draft then holds what she typed over it and nothing else, so
                that resuming it never takes back what others saved meanwhile.
            resume: Take the draft without asking: she came from the line that names it, or left in the middle.
        """
        self._timer.stop()
        self._hide_offer()
        self._subject, self._dirty, self._waits = subject, False, False
        self._shown = self._view.raw_answers() if on_file else {}
        self._kept("")
        self._context.operations.run(
            SHORT,
            self._store.find,
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

    def shown_anew(self) -> None:
        """The view shows the record as it is saved now; what is typed is told from that."""
        self._shown = self._view.raw_answers()

    def saved(self) -> None:
        """The record was saved, and its draft went with it; what is in sight is what is on file."""
        self._timer.stop()
        self._dirty = self._waits = False
        self._kept("")
        self._hide_offer()
        if self._shown:
            self.shown_anew()

    def thrown_away(self) -> None:
        """What was typed is given up, or was saved by a service that knows no drafts: the draft goes."""
        self.saved()
        self._discard_draft()

    def touch(self) -> None:
        """Something is to be kept: it is put down when her hand rests."""
        self._dirty = self._waits = True
        self._timer.start()

    def flush(self, *, again: bool = False) -> None:
        """Put down now what is typed and not kept yet; ``again`` also what was kept: its draft was taken away."""
        self._timer.stop()
        if not self._waits and not (again and self._dirty):
            return
        self._waits = False
        beside = self.beside()
        body = {**self.typed(), **({_BESIDE: beside} if beside else {})}
        self._context.operations.run(
            SHORT, self._store.keep, self._context.desk, self._view.form, self._subject, body, owner=self,
            done=self._written, problem=self._not_written,
        )  # fmt: skip

    def _written(self, _done: object) -> None:
        self._kept(f"Brouillon gardé à {formats.hour(self._context.clock.now())}")

    def _not_written(self, problem: Exception) -> None:
        self._waits = True
        self._context.operations.say_problem(problem)

    def _offer(self, draft: Found | None) -> None:
        if draft is None or self._dirty:
            return
        self._offered = draft
        when = f"de {formats.hour(draft.saved_at)}"
        if draft.saved_at.date() != self._context.clock.today():
            when = f"du {formats.moment(draft.saved_at)}"
        self._band.say(f"Un brouillon {when} n’a pas été enregistré.", "warning", "Reprendre")
        self._discard.show()

    def _take(self, draft: Found | None) -> None:
        self._offered = draft
        self._resume()

    def _resume(self) -> None:
        draft = self._offered
        if draft is None:
            return
        self._hide_offer()
        self.brought(draft.body.get(_BESIDE, {}))
        self._view.set_raw_answers(draft.body)
        self._view.changed.emit()

    def _throw_away(self) -> None:
        self._hide_offer()
        self._discard_draft()

    def _discard_draft(self) -> None:
        self._context.operations.run(
            SHORT,
            self._store.discard,
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


def _leave(_beside: dict[str, Any]) -> None:
    """A page that keeps nothing besides the answers."""
