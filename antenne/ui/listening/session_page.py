"""One talk: eight steps in its own order; what she types is kept as she types; nothing blocks her before the end."""

from __future__ import annotations

import secrets
from functools import partial
from typing import Any

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from antenne.domain.board import Target
from antenne.domain.changes import LISTENING, Changes, Done
from antenne.domain.forms.listening import LISTENING as FORM
from antenne.domain.forms.listening import MODES, answers_of
from antenne.domain.forms.model import Answers
from antenne.domain.listening import ListeningSession
from antenne.services import listening, listening_reading
from antenne.services.compartment import Kept
from antenne.services.listening import GiveSlipCode, SaveSession
from antenne.ui.kit import tokens as t
from antenne.ui.kit.area import Context
from antenne.ui.kit.bands import Band
from antenne.ui.kit.cards import Card, Page, PageTitle, button, label
from antenne.ui.kit.drafts import DraftKeeper
from antenne.ui.kit.fields.base import PersonHit
from antenne.ui.kit.fields.flow import FlowLayout
from antenne.ui.kit.operations import SHORT
from antenne.ui.kit.saving import Saving
from antenne.ui.listening import slips
from antenne.ui.listening.fields import field_context
from antenne.ui.listening.keys import KEY
from antenne.ui.listening.reading import Her, SessionStart, her, start_session
from antenne.ui.listening.record_page import RecordPage
from antenne.ui.listening.session_onwards import Onwards
from antenne.ui.listening.session_side import WIDTH, ReferralsCard, SessionSide
from antenne.ui.listening.step_form import Mark, StepForm, Stepper
from antenne.ui.listening.tie_card import TieCard
from antenne.wording import formats
from antenne.wording import listening as words

_HINT = (
    "Ctrl+Bas, Ctrl+Haut\u00a0: étape suivante, étape d’avant.\n"
    "Dans l’ordre de l’entretien\u202f; aucun champ ne bloque avant la fin."
)
_SAID, _REFERRALS = "said", "referrals"


class SessionPage(RecordPage):
    """The form of a talk."""

    help_key = "listening_session"

    def __init__(self, context: Context) -> None:
        """Draw the page, empty."""
        super().__init__()
        self._context = context
        self._kept: Kept[ListeningSession] | None = None
        self._partners: tuple[str, ...] = ()
        self._asked: tuple[object, object] = (None, None)
        self._then_slip: int | None = None
        self._field = ""
        self._rank_words = ""
        self.title = PageTitle("Nouvelle écoute")
        self.draft_words = label("", "hint")
        self.title.add_button(self.draft_words)
        self.save_button = button("Enregistrer  Ctrl+S", "primary", self.save)
        self.title.add_button(self.save_button)
        self.band = Band()
        self.view_context = field_context(context, self, lambda: self._partners)
        self.view = StepForm(FORM, self.view_context, self)
        self.steps = Stepper(self.view, _HINT, self._mark)
        self.steps.bind(self)
        self.next_button = button("", "plain", partial(self.view.turn, 1))
        self.side = SessionSide(context.clock, TieCard(context, self.view_context))
        self._side_room = Page()
        self.brief = label("", "muted", wrap=True)
        self.slips = ReferralsCard()
        self.drafts = DraftKeeper(context, self.view, self.band, self.draft_words.setText)
        self.onwards = Onwards(context, self, self)
        self.drafts.beside = self.onwards.beside
        self.drafts.brought = self.onwards.brought
        self._saving = Saving(context, self.save_button, self, done=self._saved)
        self.view.changed.connect(self._follow)
        self.view.stepped.connect(self._stepped)
        for card in (self.side.referrals, self.slips):
            card.slip_asked.connect(self.print_slip)
        self.side.before.opened.connect(self._open_other)
        self._lay_out()
        self._stepped(0)

    def _lay_out(self) -> None:
        middle = Card()
        middle.body.addWidget(self.brief)
        middle.body.addWidget(self.view)
        middle.body.addWidget(self.slips)
        middle.body.addSpacing(2 * t.SPACE)
        actions = QWidget()
        row = FlowLayout(actions)
        for made in self.onwards.buttons:
            row.addWidget(made)
        onwards = QHBoxLayout()
        onwards.addStretch(1)
        onwards.addWidget(self.next_button)
        middle.body.addWidget(actions)
        middle.body.addLayout(onwards)
        middle.body.addStretch(1)
        page, side = Page(), self._side_room
        page.body.setContentsMargins(0, 0, 0, 0)
        side.body.setContentsMargins(0, 0, 0, 0)
        page.body.addWidget(middle, 1)
        side.body.addWidget(self.side)
        side.setFixedWidth(WIDTH)
        parts = QHBoxLayout()
        parts.setSpacing(3 * t.SPACE)
        parts.addWidget(self.steps)
        parts.addWidget(page, 1)
        parts.addWidget(side)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(5 * t.SPACE + 2, 3 * t.SPACE, 4 * t.SPACE, 4 * t.SPACE)
        whole.setSpacing(3 * t.SPACE)
        whole.addWidget(self.title)
        whole.addWidget(self.band)
        whole.addLayout(parts, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The steps shrink to their numbers where there is less room."""
        super().resizeEvent(event)
        self.steps.follow_width(self.width())

    # --- Beginning -------------------------------------------------------------------------------------------------

    @property
    def session_id(self) -> str:
        """Of the talk in sight; empty for a new one."""
        return "" if self._kept is None else self._kept.id

    def show_place(self, rest: str, person_id: int | None) -> None:
        """``new``, ``new/draft``, or the id of a talk, ``<id>/draft``, ``<id>/referrals`` (a field to stand in)."""
        place, _, then = rest.partition("/")
        resume = then == "draft"
        self._field = "" if resume else then
        if place == "new":
            self.begin(person_id, resume=resume)
        else:
            self.show_session(place, resume=resume)

    def begin(self, person_id: int | None = None, *, resume: bool = False) -> None:
        """A new talk, of this woman where she is known; ``resume`` takes its draft at once."""
        self._read("", person_id, resume=resume)

    def show_session(self, session_id: str, *, resume: bool = False) -> None:
        """A talk that is saved; its reading is logged."""
        self._read(session_id, None, resume=resume)

    def _read(self, session_id: str, person_id: int | None, *, resume: bool) -> None:
        self.drafts.flush()
        self._context.operations.run(
            SHORT,
            start_session,
            self._context.desk,
            session_id,
            person_id,
            owner=self,
            done=partial(self._show, resume),
            latest=True,
            key="start",
        )

    def _show(self, resume: bool, start: SessionStart) -> None:
        self._partners = tuple(one.name for one in start.partners)
        self.onwards.begin()
        opened = start.opened
        self._kept = None if opened is None else opened.kept
        self._rank_words = "" if opened is None else words.follow_up(opened.line.rank)
        if opened is None:
            named = {"person_id": start.hit, "anonymous": False} if start.hit is not None else {}
            rank = 1 if start.her is None else start.her.rank
            first = {"first": "first" if rank == 1 else "follow_up"}
            self.view.set_answers({**start.answers, **first, **named})
            self._asked = (None if start.hit is None else start.hit.id, None)
        else:
            self._show_kept(start.hit)
        self.side.tie.show_code("" if opened is None or opened.line.name else opened.kept.record.code)
        self.side.changes.show_traces(() if opened is None else opened.history)
        self._name_page()
        self.side.show_her(start.her, self.session_id)
        self.drafts.begin(self.session_id, on_file=self._kept is not None, resume=resume)
        self.onwards.read()
        if self._field:
            self.view.focus_field(self._field)
        else:
            self.view.go(0 if self._kept is None else self.view.step)
        self._follow()

    def _show_kept(self, hit: PersonHit | None) -> None:
        assert self._kept is not None
        talk = self._kept.record
        self.view.set_answers({**answers_of(talk), "person_id": hit})
        self._asked = (talk.person_id, talk.code or None)

    def _name_page(self) -> None:
        talk = None if self._kept is None else self._kept.record
        at = self._context.clock.now() if talk is None else talk.at
        near = {0: "aujourd’hui", 1: "hier"}.get((self._context.clock.today() - at.date()).days)
        when = f"{near} {formats.hour(at)}" if near else formats.moment(at)
        self.title.show_title(
            "Nouvelle écoute" if talk is None else f"Écoute {talk.number}",
            subtitle=when
            if talk is None
            else f"{when} · {self._context.desk.settings.label(MODES, talk.mode)} · {talk.listener}",
            pill="Confidentiel",
            tone="info",
        )

    # --- While she types -------------------------------------------------------------------------------------------

    def _follow(self) -> None:
        """The side follows what is typed; for a woman just chosen, what is known of her."""
        answers = self.view.answers()
        rows: Any = answers.get("referrals") or ()
        for card in (self.side.referrals, self.slips):
            card.show_rows(rows, () if self._kept is None else self._kept.record.referrals)
        self._say_brief(answers)
        asked = (answers.get("person_id"), answers.get("code"))
        if asked != self._asked:
            self._asked = asked
            person_id, code = asked
            self._context.operations.run(
                SHORT,
                her,
                self._context.desk,
                person_id if isinstance(person_id, int) else None,
                str(code or ""),
                owner=self,
                done=self._show_her,
                latest=True,
                key="her",
            )

    def _say_brief(self, answers: Answers) -> None:
        """Who and why, above the later steps: « KONÉ Fatoumata · Suivi (7e) · violence, papiers »."""
        picked: Any = self.view.field("person_id").raw().get("picked")
        code = answers.get("code")
        who = picked[2] if picked and not answers.get("anonymous") else words.code(str(code)) if code else "anonyme"
        motives: Any = answers.get("motives") or ()
        first = words.FIRSTS.get(str(answers.get("first") or ""), "")
        said = [who, self._rank_words or first, listening_reading.motives_said(self._context.desk, motives)]
        self.brief.setText(" · ".join(part for part in said if part))
        self.brief.setVisible(self.view.step > 0)

    def _show_her(self, known: Her) -> None:
        self.side.show_her(known, self.session_id)
        if self._kept is None:
            self.view.field("first").set_value("first" if known.rank == 1 else "follow_up")
            self._rank_words = "" if known.rank == 1 else words.follow_up(known.rank)
            self.view.cell("first").show_note(self._rank_words)
            self.steps.refresh()

    def _mark(self, section: str, answers: Answers) -> Mark | None:
        """What some steps say at the left: how many referrals, that she is in danger."""
        if section == _REFERRALS:
            rows: Any = answers.get("referrals") or ()
            return Mark(word=str(len(rows)), tone="info") if rows else Mark()
        if section == "safety" and answers.get("in_danger") is True:
            plan = answers.get("safety_plan") is True
            return Mark(word="plan fait" if plan else "en danger", tone="warning" if plan else "danger")
        return None

    def _stepped(self, number: int) -> None:
        key = self.view.form.sections[number].key
        said, referring = key == _SAID, key == _REFERRALS
        self.slips.setVisible(referring)
        self._side_room.setVisible(not referring)  # six columns need the room
        self.brief.setVisible(number > 0)
        self.onwards.show_buttons(shown=said, minor=self.view.answers().get("minor") is True)
        following = self.steps.next_words()
        self.next_button.setText(following)
        self.next_button.setAccessibleName(following)
        self.next_button.setVisible(bool(following))

    # --- Saving ----------------------------------------------------------------------------------------------------

    def save(self) -> None:
        """Say everything that does not fit, or keep the talk."""
        self._saving.send(self.view, listening.save_session, self._command)
        self.steps.refresh()

    def _command(self, answers: dict[str, object]) -> SaveSession:
        return SaveSession(
            request_id=self.onwards.request, answers=answers, before=self._kept, civil_file_ids=self.onwards.files
        )

    def _saved(self, done: Done[Kept[ListeningSession]]) -> None:
        self._kept = done.value
        self.onwards.begin()
        self.drafts.saved()
        hit: Any = self.view.field("person_id").raw().get("picked")
        self._show_kept(PersonHit(*hit) if hit else None)
        self.drafts.saved()
        self.drafts.shown_anew()
        self._name_page()
        self._follow()
        self.onwards.read()
        self._context.broadcast(done.changes)
        talk = done.value.record
        whose = f", {words.code(talk.code)}" if talk.code else ""
        self._context.notify(f"{talk.number} enregistrée{whose}.", "good")
        if self._then_slip is not None:
            position, self._then_slip = self._then_slip, None
            self.print_slip(position)

    def keep_draft(self) -> None:
        """The page is about to be covered or left."""
        self.drafts.flush()

    def on_changes(self, changes: Changes) -> None:
        """Something of the compartment changed: the hours that are left may be others."""
        self.onwards.on_changes(changes)
        if self.isVisible() and changes.touch(LISTENING):
            self._asked = (object(), None)
            self._follow()

    # --- What leaves from here -------------------------------------------------------------------------------------

    def print_(self) -> None:
        """Ctrl+P: the slip of the first service she is sent to."""
        rows: Any = self.view.answers().get("referrals") or ()
        position = next((number for number, row in enumerate(rows) if row.get("answer") == "referred"), None)
        if position is None:
            self._context.notify("Aucune orientation à imprimer : étape 5, réponse « orientée ».", "info")
            return
        self.print_slip(position)

    def print_slip(self, position: int) -> None:
        """The slip of one referral; what is typed is saved first, for the code lives in the saved talk."""
        if self._kept is None or self.drafts.dirty or self._typed_more():
            self._then_slip = position
            self.save()
            return
        command = GiveSlipCode(request_id=secrets.token_hex(16), before=self._kept, position=position)
        self._context.operations.run(
            SHORT,
            listening.give_slip_code,
            self._context.desk,
            command,
            owner=self,
            done=partial(self._print, position),
        )

    def _typed_more(self) -> bool:
        return bool(self.drafts.typed())

    def _print(self, position: int, done: Done[Kept[ListeningSession]]) -> None:
        self._kept = done.value
        self._follow()
        self._context.broadcast(done.changes)
        slips.preview_referral(self._context, done.value.record.referrals[position], self)

    @property
    def kept(self) -> Kept[ListeningSession] | None:
        """The talk in sight as it is saved; None for a new one."""
        return self._kept

    def take_kept(self, talk: Kept[ListeningSession]) -> None:
        """The talk was changed otherwise than by its form: what is typed stays."""
        self._kept = talk

    def _open_other(self, session_id: str) -> None:
        self._context.navigator.open(Target(KEY, action=f"session/{session_id}"))
