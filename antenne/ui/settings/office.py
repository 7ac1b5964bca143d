"""« Le bureau »: what the papers say, with a preview that follows the typing."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout

from antenne.domain.changes import Done
from antenne.domain.office import Heading, Office
from antenne.domain.violations import Violation
from antenne.services import settings
from antenne.ui.kit import tokens as t
from antenne.ui.kit.area import Context
from antenne.ui.kit.cards import Card, button, label
from antenne.ui.kit.drafts import DraftKeeper
from antenne.ui.kit.fields.base import FieldContext
from antenne.ui.kit.form_view import FormView
from antenne.ui.kit.operations import SHORT
from antenne.ui.kit.saving import Answers, Saving
from antenne.ui.settings import office_form
from antenne.ui.settings.section import Section, new_request
from antenne.wording import settings as words
from antenne.wording import violations as sentences

_SIDE_WIDTH = 262
_LOGO = 56


class HeadPreview(QFrame):
    """The head of a paper, small: logo, title, line under it."""

    def __init__(self, heading: Heading) -> None:
        """Begin empty."""
        super().__init__()
        self._heading = heading
        self.setProperty("role", "card")
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 8, 10, 8)
        row.setSpacing(8)
        self._logo = QLabel()
        self._logo.setAccessibleName("Logo")
        self.title = label("", "strong", wrap=True)
        self.under = label("", "hint", wrap=True)
        lines = QVBoxLayout()
        lines.setSpacing(1)
        lines.addWidget(self.title)
        lines.addWidget(self.under)
        row.addWidget(self._logo)
        row.addLayout(lines, 1)

    def show_office(self, office: Office, logo: QPixmap | None) -> None:
        """What this heading says of that office."""
        title, under = words.heading_lines(office, self._heading)
        self.title.setText(title or "(rien)")
        self.under.setText(under)
        self.under.setVisible(bool(under))
        with_logo = logo is not None and self._heading is Heading.ASSOCIATION
        self._logo.setVisible(with_logo)
        if logo is not None and with_logo:
            self._logo.setPixmap(_fit(logo, _LOGO, 36))


class OfficeSection(Section):
    """Name, address, logo, headings."""

    def __init__(self, context: Context) -> None:
        """Show the office as it stands."""
        super().__init__(context)
        self._logo: bytes | None = None
        self._dirty = False
        fields = FieldContext(options=office_form.heading_options, now=context.clock.now)
        self.form = FormView(office_form.OFFICE, fields)
        self.form.setEnabled(self.editable)
        self.form.changed.connect(self._changed)
        self.drafts = DraftKeeper(context, self.form, self.band, self._say_kept)
        card = Card()
        card.body.addWidget(self.form)
        row = QHBoxLayout()
        row.setSpacing(3 * t.SPACE)
        row.addWidget(card, 1)
        row.addWidget(self._side(), 0, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(row)
        self.body.addStretch(1)
        self._add_buttons(card)

    def _add_buttons(self, card: Card) -> None:
        line = QHBoxLayout()
        self._note = label("", "muted", wrap=True)
        line.addWidget(self._note, 1)
        self.undo_button = button("Annuler", "plain", self.undo)
        self.save_button = button("Enregistrer  Ctrl+S", "primary", self.save)
        for made in (self.undo_button, self.save_button):
            line.addWidget(made)
        self._saving = Saving(self.context, self.save_button, self, done=self._saved, refused=self._refused)
        self.only_editable(self.undo_button, self.save_button)
        card.body.addLayout(line)

    def _side(self) -> Card:
        card = Card("Logo")
        card.setFixedWidth(_SIDE_WIDTH)
        self._picture = QLabel()
        self._picture.setFixedHeight(84)
        self._picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.choose_button = button("Choisir…", "plain", self.choose_logo)
        self.remove_button = button("Retirer", "plain", self._remove_logo)
        line = QHBoxLayout()
        line.addWidget(self.choose_button)
        line.addWidget(self.remove_button)
        self.logo_error = label("", "error", wrap=True)
        self.logo_error.hide()
        self.previews = {heading: HeadPreview(heading) for heading in (Heading.ASSOCIATION, Heading.NEUTRAL)}
        card.body.addWidget(self._picture)
        card.body.addLayout(line)
        card.body.addWidget(self.logo_error)
        card.body.addWidget(label("PNG ou JPEG, 2\u00a0Mo au plus.", "hint", wrap=True))
        card.body.addSpacing(2 * t.SPACE)
        for heading, preview in self.previews.items():
            card.body.addWidget(label(f"En-tête «\u00a0{words.HEADINGS[heading]}\u00a0»", "label"))
            card.body.addWidget(preview)
        self.only_editable(self.choose_button, self.remove_button)
        return card

    def begin(self) -> None:
        """The first field, or the list where nothing can be changed."""
        if self.editable:
            self.form.focus_field("association")

    def refresh(self) -> None:
        """Show the office again, unless she is changing it."""
        if not self._dirty:
            self.undo()

    def undo(self) -> None:
        """Back to what is saved."""
        office = self.context.desk.office
        self._logo = office.logo
        self.form.set_answers(office_form.answers(office))
        if self.editable:
            self.drafts.begin(0, on_file=True)
        self.logo_error.hide()
        self._mark(dirty=False)
        self._preview()

    def save(self) -> None:
        """Write the office."""
        if not self.editable or not self.save_button.isEnabled():
            return
        self._saving.send(self.form, settings.change_office, self._command)

    def keep_draft(self) -> None:
        """What is typed is kept; a logo is chosen again from its file."""
        self.drafts.flush()

    def _command(self, _answers: Answers) -> settings.ChangeOffice:
        return settings.ChangeOffice(request_id=new_request(), office=self._typed())

    def choose_logo(self) -> None:
        """A picture from a file, read off the screen's thread."""
        path = self.context.dialogs.ask_file_open(self, "Choisir le logo", "Images (*.png *.jpg *.jpeg)")
        if path is not None:
            self.context.operations.run(
                SHORT, settings.read_logo, path, owner=self, done=self._take_logo, broken=self._refuse_logo
            )

    def _take_logo(self, logo: bytes | None) -> None:
        self._logo = logo
        self.logo_error.hide()
        self._changed()

    def _remove_logo(self) -> None:
        self._take_logo(None)

    def _refuse_logo(self, violations: tuple[Violation, ...]) -> None:
        self.logo_error.setText(sentences.sentence(violations[0]))
        self.logo_error.show()
        self.choose_button.setFocus()

    def _typed(self) -> Office:
        return office_form.record(self.form.answers(), self.context.desk.office, self._logo)

    def _saved(self, done: Done[Office]) -> None:
        self.drafts.thrown_away()
        self._mark(dirty=False)
        self.context.broadcast(done.changes)
        self.context.notify("Bureau enregistré. Les prochains papiers porteront ces en-têtes.", "good")

    def _refused(self, violations: tuple[Violation, ...]) -> None:
        self._mark(dirty=True)
        of_logo = tuple(one for one in violations if one.field == "logo")
        self.form.show([one for one in violations if one.field != "logo"])
        if of_logo:
            self._refuse_logo(of_logo)

    def _changed(self) -> None:
        self._mark(dirty=True)
        self._preview()

    def _say_kept(self, sentence: str) -> None:
        self._note.setText(sentence or self._note.text())

    def _mark(self, *, dirty: bool) -> None:
        self._dirty = dirty
        self.save_button.setEnabled(dirty)
        self.undo_button.setEnabled(dirty)
        self._note.setText("Pas encore enregistré." if dirty and self.editable else "")

    def _preview(self) -> None:
        picture: QPixmap | None = None
        if self._logo is not None:
            picture = QPixmap()
            picture.loadFromData(self._logo)
        self._picture.setAccessibleName("Logo choisi" if picture else "Pas de logo")
        if picture is None:
            self._picture.setText("Pas de logo")
        else:
            self._picture.setPixmap(_fit(picture, _SIDE_WIDTH - 40, 84))
        self.remove_button.setEnabled(picture is not None)
        typed = self._typed()
        for preview in self.previews.values():
            preview.show_office(typed, picture)


def _fit(picture: QPixmap, width: int, height: int) -> QPixmap:
    """The whole picture inside the box, never enlarged."""
    if picture.width() <= width and picture.height() <= height:
        return picture
    keep, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    return picture.scaled(width, height, keep, smooth)
