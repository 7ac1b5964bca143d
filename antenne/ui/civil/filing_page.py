"""« Nouveau dossier » and the answers of a known one: the démarche first, then only what it needs."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from antenne.domain.changes import Done
from antenne.domain.civil import CivilFile
from antenne.domain.civil_clock import Delay
from antenne.domain.civil_routes import Beneficiary, Nature, Route, birth_delay, nature_of, route_on
from antenne.domain.civil_rules import odd_nina
from antenne.domain.forms.civil import CIVIL_FILE, ROUTES, answers_of, civil_form, file_of
from antenne.domain.forms.model import Option
from antenne.services import civil, civil_lookup, civil_routes_editing
from antenne.services.civil_lookup import FileView, Herself
from antenne.services.desk import Desk
from antenne.ui.civil.fields import field_context, place_code, place_words, route_options
from antenne.ui.civil.filing_bands import ChildBand, ClockBand
from antenne.ui.kit import tokens as t
from antenne.ui.kit.area import Context
from antenne.ui.kit.bands import Band
from antenne.ui.kit.cards import Card, Page, PageTitle, button, label
from antenne.ui.kit.drafts import DraftKeeper
from antenne.ui.kit.fields.base import PersonHit
from antenne.ui.kit.form_view import FormView
from antenne.ui.kit.operations import SHORT
from antenne.ui.kit.printing import PrintJob
from antenne.ui.kit.saving import Answers, Saving

_ODD_NINA = "Un NINA a 15 signes et finit par une lettre\u00a0: vérifiez. L’enregistrement reste possible."
_FIXED = ("route_key", "opened_on")
"""What a known file keeps: another démarche is taken from its page."""


@dataclass(frozen=True, slots=True)
class _Start:
    """What the page begins with: démarches to choose from, every version of all, the file or the woman."""

    routes: tuple[Route, ...]
    known: tuple[Route, ...]
    view: FileView | None = None
    herself: Herself | None = None


class FilingPage(QWidget):
    """The form of a file; ``opened`` tells the id of a file to show, ``left`` that she gave up."""

    opened = Signal(int)
    left = Signal()

    def __init__(self, context: Context) -> None:
        """Draw the form."""
        super().__init__()
        self._context = context
        self._routes: tuple[Route, ...] = ()
        self._known: tuple[Route, ...] = ()
        self._before: CivilFile | None = None
        self._request = ""
        self._taken: tuple[object, object] = (None, None)
        self._field = ""
        self.title = PageTitle("Nouveau dossier")
        self.title.add_button(button("Feuille vierge…", "plain", self._print_blank))
        self.band = Band()
        self.fields = field_context(context, self, self._listed)
        self.view = FormView(civil_form(self._nature), self.fields)
        self.drafts = DraftKeeper(context, self.view, self.band, self._say_kept)
        self.clock = ClockBand(context, self.view, self._delay, self.take_route)
        self.children_band = ChildBand(context, self.view)
        self.children_band.opened.connect(self.opened)
        self.draft_words = label("", "hint")
        self.cancel = button("Annuler", "plain", self.left.emit)
        self.save_button = button("Enregistrer  Ctrl+S", "primary", self.save)
        self._saving = Saving(context, self.save_button, self, done=self._saved)
        self.view.changed.connect(self._follow)
        self._lay_out()

    def _lay_out(self) -> None:
        """The form scrolls; its buttons stay in sight below it."""
        card = Card()
        card.body.addWidget(self.view)
        page = Page()
        for widget in (self.title, self.band, self.clock, self.children_band, card):
            page.body.addWidget(widget)
        page.body.addStretch(1)
        foot = QHBoxLayout()
        foot.setContentsMargins(5 * t.SPACE + 2, 2 * t.SPACE, 5 * t.SPACE + 2, 3 * t.SPACE)
        foot.setSpacing(3 * t.SPACE)
        foot.addWidget(self.draft_words, 1)
        foot.addWidget(self.cancel)
        foot.addWidget(self.save_button)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(page, 1)
        whole.addLayout(foot)

    # --- Beginning -------------------------------------------------------------------------------------------------

    def begin(self, person_id: int | None = None) -> None:
        """A new file, of this woman where she is known."""
        self._read(None, person_id, "")

    def edit(self, file_id: int, field: str = "") -> None:
        """The answers of a known file; stand in ``field``."""
        self._read(file_id, None, field)

    def _read(self, file_id: int | None, person_id: int | None, field: str) -> None:
        self._field = field
        self._context.operations.run(
            SHORT,
            _start,
            self._context.desk,
            file_id,
            person_id,
            owner=self,
            done=self._show,
            latest=True,
            key="start",
        )

    def _show(self, start: _Start) -> None:
        self._routes, self._known = start.routes, start.known
        self._request = secrets.token_hex(16)
        view, today = start.view, self._context.clock.today()
        self._before = None if view is None else view.page.file
        for key in _FIXED:
            self.view.field(key).setEnabled(view is None)
        if view is None:
            self.title.show_title("Nouveau dossier")
            self._taken = (None, None)
            self.view.set_answers({"opened_on": today, "requester_id": _hit(start.herself)})
        else:
            self._routes = (view.page.route,)
            self.title.show_title(f"Dossier {view.page.file.number}", pill=view.page.route.label, tone="info")
            self._taken = (view.page.file.requester_id, view.page.file.beneficiary.value)
            self.view.set_answers(self._answers(view))
        own = 0 if self._before is None else self._before.id
        self.children_band.begin(own)
        self.clock.follow()
        self.drafts.begin(own, on_file=view is not None)
        self.view.focus_field(self._field or ("route_key" if view is None else "last_name"))

    def _answers(self, view: FileView) -> dict[str, object]:
        file = view.page.file
        hit = PersonHit(file.requester_id, view.requester_number, view.requester)
        place = place_words(self._context, file.place) or None
        return {**answers_of(file), "requester_id": hit, "place": place}

    # --- While she types -------------------------------------------------------------------------------------------

    def take_route(self, key: str) -> None:
        """Another démarche; everything typed stays."""
        widget = self.view.field("route_key")
        widget.set_value(key)
        widget.changed.emit()
        self.view.focus_field("late_reason" if key == "late_judgment" else "birth")

    def _follow(self) -> None:
        """A NINA that looks odd is said; a file for herself takes what her own file knows."""
        answers = self.view.answers()
        nina = answers.get("nina")
        self.view.cell("nina").show_note(_ODD_NINA if isinstance(nina, str) and odd_nina(nina.strip()) else "")
        asked = (answers.get("requester_id"), answers.get("beneficiary"))
        if asked != self._taken and isinstance(asked[0], int) and asked[1]:
            self._taken = asked
            self._context.operations.run(
                SHORT,
                civil_lookup.load_requester,
                self._context.desk,
                asked[0],
                owner=self,
                done=self._take_from_her,
                latest=True,
            )

    def _version(self, key: str) -> Route | None:
        """The version by which the file goes, or would if it were opened that day."""
        if self._before is not None:
            return next((one for one in self._routes if one.key == key), None)
        on = self.view.answers().get("opened_on")
        today = self._context.clock.today()
        return route_on(self._known, key, on if isinstance(on, dt.date) else today)

    def _nature(self, key: str) -> Nature | None:
        """What the chosen démarche needs to be told: one that has ended, or not begun, by its newest version."""
        among = self._known if self._before is None else self._routes
        known = [one for one in among if one.key == key]
        return nature_of(known[-1]) if known else None

    def _delay(self, key: str, on: dt.date) -> Delay | None:
        """The delay of the chosen démarche; a judgment says whether there is still time to declare."""
        route = self._version(key)
        if route is None:
            return None
        return birth_delay(self._known, on) if nature_of(route).late else route.delay

    def _take_from_her(self, her: Herself) -> None:
        """Fill in what is still empty."""
        whose = self.view.answers().get("beneficiary")
        known: dict[str, Any] = {}
        if whose == Beneficiary.SELF.value:
            known = {
                "last_name": her.last_name,
                "first_name": her.first_name,
                "sex": her.sex.value,
                "birth": her.birth,
                "birth_place": her.birth_place,
                "mother_name": her.mother_name,
                "nina": her.nina,
            }
        elif whose == Beneficiary.CHILD.value:
            known = {"mother_name": f"{her.first_name} {her.last_name}"}
        for key, value in known.items():
            widget = self.view.field(key)
            if value and widget.value() is None:
                widget.set_value(value)
                widget.changed.emit()

    def _listed(self, name: str) -> Sequence[Option] | None:
        return route_options(self._routes, self._context) if name == ROUTES else None

    # --- Saving ----------------------------------------------------------------------------------------------------

    def save(self) -> None:
        """Say everything that does not fit, or keep the file."""
        self._saving.send(self.view, civil.open_file if self._before is None else civil.save_file, self._command)

    def _command(self, answers: Answers) -> civil.OpenFile | civil.SaveFile:
        file = file_of(answers, self._before)
        file = replace(file, place=place_code(self._context, file.place))
        if self._before is None:
            return civil.OpenFile(request_id=self._request, file=file)
        return civil.SaveFile(request_id=self._request, file=file)

    def _saved(self, done: Done[Any]) -> None:
        self.drafts.saved()
        self._context.broadcast(done.changes)
        new = self._before is None
        self._context.notify("Dossier ouvert." if new else f"{self.number}\u00a0: réponses enregistrées.", "good")
        self.opened.emit(done.value if self._before is None else self._before.id)

    @property
    def number(self) -> str:
        """Of the known file, or empty."""
        return "" if self._before is None else self._before.number

    def keep_draft(self) -> None:
        """The page is about to be covered or left."""
        self.drafts.flush()

    def _say_kept(self, sentence: str) -> None:
        self.draft_words.setText(sentence)

    def _print_blank(self) -> None:
        from antenne.print import blank

        job = PrintJob(
            title=f"Feuille vierge\u00a0: {CIVIL_FILE.title}",
            file_name="feuille.pdf",
            render=blank.render_blank,
            args=(CIVIL_FILE, self.fields.options, ""),
        )
        self._context.printing.preview(job, self)


def _hit(her: Herself | None) -> PersonHit | None:
    return None if her is None else PersonHit(her.id, her.number, her.name)


def _start(desk: Desk, file_id: int | None, person_id: int | None) -> _Start:
    """The démarches, with the file or the woman."""
    known = civil_routes_editing.list_routes(desk)
    routes = civil_lookup.list_offered(desk)
    view = None if file_id is None else civil_lookup.load_file(desk, file_id)
    herself = None if person_id is None else civil_lookup.load_requester(desk, person_id)
    return _Start(routes, known, view, herself)
