"""The short sealed forms: tests, consultations, carnets, aid, attendance, outings; one page, one form."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from antenne.domain.board import Target
from antenne.domain.changes import Done
from antenne.domain.forms import sealed_short as forms
from antenne.domain.forms.model import Form
from antenne.domain.partners import open_on
from antenne.domain.sealed_tests import Outing
from antenne.services import partners as directory
from antenne.services import sealed_tests
from antenne.services.compartment import Kept
from antenne.services.desk import Desk
from antenne.services.sealed_tests import SaveShort
from antenne.ui.kit.area import Context
from antenne.ui.kit.cards import Card, button, label
from antenne.ui.kit.fields.base import PersonHit
from antenne.ui.listening.fields import hits
from antenne.ui.listening.keys import KEY
from antenne.ui.listening.sealed_page import SealedPage
from antenne.wording import formats
from antenne.wording import listening as words

_ROWS = ("women", "present")
_SAYS = {
    "hiv_test": "Le résultat ne se garde que si le donateur le demande et si elle l’accepte.",
    "sti_test": "Le résultat ne se garde que si elle l’accepte. Il n’est dans aucune liste.",
    "consultation": "Aucun diagnostic n’est gardé.",
    "outing": "Qui vient de quelle sortie ne se voit qu’ici, jamais sur la fiche d’une femme.",
    "attendance": "La liste de noms reste ici\u202f; l’activité ne compte que le nombre.",
}


@dataclass(frozen=True, slots=True)
class _Start:
    """What the page begins with."""

    partners: tuple[str, ...]
    kept: Kept[Any] | None
    hits: Mapping[int, PersonHit]
    person_id: int | None


def start_short(form: Form, desk: Desk, record_id: str, person_id: int | None, _rest: str) -> _Start:
    """The record of a form (its reading logged), with the names that it holds.

    Raises:
        Forbidden: Without the right, or it is about the user herself.
        Problem: ``sealed.gone``.
    """
    names = tuple(one.name for one in open_on(directory.list_partners(desk), desk.today))
    kept = sealed_tests.read_short(desk, form, record_id) if record_id else None
    ids = [person_id]
    if kept is not None:
        shown = forms.answers_of(form, kept.record)
        rows: Any = [row for key in _ROWS for row in shown.get(key) or ()]  # type: ignore[attr-defined]  # rows of a form
        ids = [shown.get("person_id"), *(row.get("person_id") for row in rows)]  # type: ignore[list-item]  # an id or None
    wanted = tuple(dict.fromkeys(one for one in ids if one is not None))
    return _Start(names, kept, {hit.id: hit for hit in hits(desk, wanted)}, person_id)


class ShortPage(SealedPage):
    """One record of one of the short forms."""

    help_key = "listening_care"

    def __init__(self, context: Context, form: Form) -> None:
        """Draw the page of ``form``."""
        self.form = form
        super().__init__(context)
        said = _SAYS.get(form.key, "")
        if said:
            about = Card("À savoir")
            about.body.addWidget(label(said, "muted", wrap=True))
            self.side.addWidget(about)
        self._minors = Card("Mineures rencontrées")
        self._minors_count = label("", "muted", wrap=True)
        self._minors.body.addWidget(self._minors_count)
        self._minors.body.addWidget(button("Nouvelle mineure de cette sortie…", "plain", self._new_minor))
        self._minors.hide()
        self.side.addWidget(self._minors)

    def reader(self) -> Callable[..., Any]:
        """Of this form."""
        return partial(start_short, self.form)

    def show_start(self, start: _Start) -> Mapping[str, object]:
        """Its answers, persons by their names."""
        self.partners, self.kept = start.partners, start.kept
        if start.kept is None:
            known = {} if start.person_id is None else {"person_id": start.hits.get(start.person_id)}
            return {"on": self.context.clock.today(), **known}
        shown: dict[str, Any] = dict(forms.answers_of(self.form, start.kept.record))
        shown["person_id"] = start.hits.get(shown.get("person_id") or 0)
        for key in _ROWS:
            shown[key] = tuple({"person_id": start.hits.get(row["person_id"])} for row in shown.get(key) or ())
        return shown

    def work(self) -> Callable[..., Done[Kept[Any]]]:
        """The service that saves."""
        return sealed_tests.save_short

    def command(self, answers: dict[str, object]) -> SaveShort:
        """Its command."""
        return SaveShort(request_id=self.request, form=self.form, answers=answers, before=self.kept)

    def saved_words(self) -> str:
        """With the code that was drawn, where she gave no name."""
        code = getattr(self.kept.record, "code", "") if self.kept is not None else ""
        return f"Enregistré, {words.code(code)}." if code else "Enregistré."

    def show_kept(self) -> None:
        """Title; the minors of an outing."""
        record = None if self.kept is None else self.kept.record
        on = "" if record is None else f"du {formats.day(record.on)}"
        self.title.show_title(self.form.title, subtitle=on, pill="Confidentiel", tone="info")
        if isinstance(record, Outing):
            count = formats.plural(len(record.minors), "mineure", "mineures")
            self._minors_count.setText(
                f"{count} accompagnées à partir de cette sortie." if record.minors else "Aucune."
            )
        self._minors.setVisible(isinstance(record, Outing))

    def _new_minor(self) -> None:
        self.keep_draft()
        self.context.navigator.open(Target(KEY, action=f"minor/new/{self.record_id}"))


PAGES: Mapping[str, Callable[[Context], ShortPage]] = {
    key: partial(ShortPage, form=forms.FORMS[key]) for key in forms.KINDS
}
"""Form's key → its page."""
