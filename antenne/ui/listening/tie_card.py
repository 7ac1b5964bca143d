"""« Elle donne son nom »: an anonymous code becomes hers; her talks under it are found with hers, and count as hers."""

from __future__ import annotations

from PySide6.QtCore import Signal

from antenne.domain.changes import Done
from antenne.domain.forms.model import Field, Form, Kind, Section
from antenne.services import listening
from antenne.services.listening import TieCode
from antenne.ui.kit.area import Context
from antenne.ui.kit.cards import Card, button, label
from antenne.ui.kit.fields.base import FieldContext
from antenne.ui.kit.form_view import FormView
from antenne.ui.kit.saving import Saving
from antenne.ui.listening.slips import new_request

_FORM = Form(
    key="code_tie",
    version=1,
    title="Elle donne son nom",
    sealed=True,
    sections=(
        Section(
            key="tie",
            title="",
            fields=(Field(key="person_id", label="Sa fiche", kind=Kind.PERSON, required=True, width=3),),
        ),
    ),
)


class TieCard(Card):
    """One line to find her, one button; ``tied`` tells that it is done."""

    tied = Signal()

    def __init__(self, context: Context, fields: FieldContext) -> None:
        """Begin hidden."""
        super().__init__(_FORM.title)
        self._context = context
        self._code = ""
        self.view = FormView(_FORM, fields, self, titled=False)
        self.button = button("Relier ses écoutes", "plain", self.save)
        self.body.addWidget(label("Toutes les écoutes de ce code seront les siennes.", "hint", wrap=True))
        self.body.addWidget(self.view)
        self.body.addWidget(self.button)
        self._saving = Saving(context, self.button, self, done=self._done)
        self.hide()

    def show_code(self, code: str) -> None:
        """Of the talk in sight; an empty one hides the card."""
        self._code = code
        self.view.set_answers({})
        self.setVisible(bool(code))

    def save(self) -> None:
        """Tie the code to whom she chose."""
        self._saving.send(self.view, listening.tie_code, self._command)

    def _command(self, answers: dict[str, object]) -> TieCode:
        person_id = answers["person_id"]
        assert isinstance(person_id, int)
        return TieCode(request_id=new_request(), code=self._code, person_id=person_id)

    def _done(self, done: Done[None]) -> None:
        self.hide()
        self._context.broadcast(done.changes)
        self._context.notify("C’est noté\u00a0: ces écoutes sont les siennes.", "good")
        self.tied.emit()
