"""An accompanied minor: told before, her assent, LAKANA SO with her say, her returns as dated outcomes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from antenne.domain.changes import Done
from antenne.domain.forms import minor as forms
from antenne.domain.forms.model import Answers
from antenne.domain.listening import Lakana
from antenne.domain.minors import Minor
from antenne.domain.partners import Partner, open_on
from antenne.domain.protection_lists import OUTING
from antenne.domain.rights import Role
from antenne.domain.sealed_tests import Outing
from antenne.services import minors, sealed_tests
from antenne.services import partners as directory
from antenne.services.compartment import Kept, find
from antenne.services.desk import Desk
from antenne.services.minors import MinorNote, SaveMinor
from antenne.services.sealed_tests import MeetMinor
from antenne.ui.kit.area import Context
from antenne.ui.kit.cards import Card, button, label
from antenne.ui.kit.fields.base import PersonHit
from antenne.ui.kit.operations import SHORT
from antenne.ui.listening import notices
from antenne.ui.listening.ask_card import Ask
from antenne.ui.listening.fields import hit_of
from antenne.ui.listening.reading import talk_of
from antenne.ui.listening.sealed_page import SealedPage
from antenne.ui.listening.session_side import emptied
from antenne.ui.listening.slips import new_request
from antenne.ui.listening.step_form import Mark
from antenne.wording import formats
from antenne.wording import listening as talk_words
from antenne.wording import protection as words

TALK = "talk-"
"""Before the id of a talk, where a new file comes from one; an outing stands by its id alone."""


@dataclass(frozen=True, slots=True)
class _Start:
    """What the page begins with."""

    partners: tuple[Partner, ...]
    kept: Kept[Minor] | None
    hit: PersonHit | None
    outing: Outing | None = None


def _meet(desk: Desk, outing_id: str, minor_id: str) -> Done[Kept[Outing]]:
    """The outing that she was met at counts her."""
    before = find(desk, Outing, outing_id)
    return sealed_tests.meet_minor(desk, MeetMinor(request_id=new_request(), before=before, minor_id=minor_id))


class MinorPage(SealedPage):
    """Her file."""

    help_key = "listening_minor"
    form = forms.MINOR

    def __init__(self, context: Context) -> None:
        """Draw the page, empty."""
        super().__init__(context)
        self._lakana = Card("LAKANA SO")
        self._returns = Card("Retours")
        self._lakana.hide()
        self._returns.hide()
        told = Card("La responsable")
        told.body.addWidget(
            label("Elle est prévenue dès l’enregistrement, à sa prochaine ouverture.", "muted", wrap=True)
        )
        for card in (told, self._lakana, self._returns):
            self.side.addWidget(card)

    @staticmethod
    def read(desk: Desk, record_id: str, person_id: int | None, rest: str) -> _Start:
        """The directory, her file (its reading logged), the outing or the talk that a new one comes from."""
        every = open_on(directory.list_partners(desk), desk.today)
        if not record_id:
            if rest and not rest.startswith(TALK):
                return _Start(every, None, hit_of(desk, person_id), find(desk, Outing, rest).record)
            talk = talk_of(desk, rest.removeprefix(TALK))
            return _Start(every, None, hit_of(desk, person_id if talk is None else talk.person_id))
        kept = minors.read_minor(desk, record_id)
        notices.seen(desk, record_id, decided=not kept.record.awaits_decision)
        return _Start(every, kept, hit_of(desk, kept.record.person_id))

    def show_start(self, start: _Start) -> Mapping[str, object]:
        """Her answers, or those of a new file."""
        self.partners = tuple(one.name for one in start.partners)
        self.kept = start.kept
        if start.kept is not None:
            return {**forms.answers_of(start.kept.record), "person_id": start.hit}
        if start.outing is not None:
            out = start.outing
            return {"met_on": out.on, "met_by": OUTING, "place": out.places, "person_id": start.hit}
        return {"met_on": self.context.clock.today(), "person_id": start.hit}

    @property
    def minor(self) -> Minor | None:
        """The record in sight."""
        return None if self.kept is None else self.kept.record

    def work(self) -> Callable[..., Done[Kept[Any]]]:
        """The service that saves."""
        return minors.save_minor

    def command(self, answers: dict[str, object]) -> SaveMinor:
        """Its command."""
        from_talk = self.origin.startswith(TALK)
        return SaveMinor(
            request_id=self.request,
            answers=answers,
            before=self.kept,
            outing_id="" if from_talk else self.origin,
            session_id=self.origin.removeprefix(TALK) if from_talk else "",
        )

    def take(self, done: Done[Kept[Any]]) -> None:
        """Saved: the outing that she was met at counts her."""
        super().take(done)
        origin, self.origin = self.origin, ""
        if origin and not origin.startswith(TALK):
            self.context.operations.run(
                SHORT, _meet, self.context.desk, origin, done.value.id, owner=self, done=self._met
            )

    def _met(self, done: Done[Kept[Outing]]) -> None:
        self.context.broadcast(done.changes)

    def saved_words(self) -> str:
        """« MA-2026-0003 enregistrée »."""
        assert self.minor is not None
        return f"{self.minor.number} enregistrée. La responsable est prévenue."

    def show_kept(self) -> None:
        """Title, LAKANA SO, returns."""
        one = self.minor
        self.title.show_title(
            "Nouvelle mineure accompagnée" if one is None else f"Mineure {one.number}",
            subtitle="" if one is None else f"{one.first_name} {one.last_name}".strip() or talk_words.code(one.code),
            pill="Confidentiel",
            tone="info",
        )
        if one is not None:
            self._show_lakana(one)
            self._show_returns(one)
        for card in (self._lakana, self._returns):
            card.setVisible(one is not None)

    def _show_lakana(self, one: Minor) -> None:
        emptied(self._lakana, 1)
        said = talk_words.LAKANA[one.lakana]
        when = "" if one.lakana_on is None else f" le {formats.day(one.lakana_on)}"
        self._lakana.body.addWidget(label(f"{said.capitalize()}{when}", "strong", wrap=True))
        if one.lakana_why:
            self._lakana.body.addWidget(label(one.lakana_why, "muted", wrap=True))
        decision = one.lakana_decision
        if decision is not None:
            self._lakana.body.addWidget(label(f"{words.DECISIONS[decision.decision]}. {decision.why}", wrap=True))
        elif one.lakana is Lakana.REFUSED:
            if Role.RESPONSABLE in self.context.desk.actor.roles:
                self.decide_button = button("Décider…", "primary", self.ask_decision)
                self._lakana.body.addWidget(self.decide_button)
            else:
                self._lakana.body.addWidget(label("La responsable décide.", "note", wrap=True))

    def _show_returns(self, one: Minor) -> None:
        emptied(self._returns, 1)
        for back in one.returns:
            said = f"{words.RETURNS[back.what].capitalize()}, le {formats.day(back.on)}\u00a0: {back.where}"
            self._returns.body.addWidget(label(said, wrap=True))
        if not one.returns:
            self._returns.body.addWidget(label("Ni en famille, ni à l’école pour l’instant.", "muted", wrap=True))
        self.return_button = button("Ajouter un retour…", "plain", self.ask_return)
        self._returns.body.addWidget(self.return_button)

    def mark(self, section: str, answers: Answers) -> Mark | None:
        """LAKANA SO refused waits for the responsable."""
        if section == "done" and answers.get("lakana") == Lakana.REFUSED.value:
            decided = self.minor is not None and self.minor.lakana_decision is not None
            return None if decided else Mark(word="à décider", tone="warning")
        return None

    def _note(self, request_id: str, answers: dict[str, object]) -> MinorNote:
        assert self.kept is not None
        return MinorNote(request_id=request_id, before=self.kept, answers=answers)

    def asks(self) -> Mapping[str, Callable[[], None]]:
        """A return; the responsable's decision where there is one to take."""
        waits = self.minor is not None and self.minor.awaits_decision
        decides = waits and Role.RESPONSABLE in self.context.desk.actor.roles
        return {forms.RETURN.key: self.ask_return} | ({forms.DECISION.key: self.ask_decision} if decides else {})

    def ask_return(self) -> None:
        """Back in her family, or at school."""
        self.ask(
            Ask(
                form=forms.RETURN,
                answers={"on": self.context.clock.today()},
                work=minors.add_return,
                command=self._note,
                said="Retour ajouté.",
            )
        )

    def ask_decision(self) -> None:
        """Where she refuses LAKANA SO."""
        self.ask(
            Ask(
                form=forms.DECISION,
                hint="Elle refuse que LAKANA SO soit saisie. Vous décidez, et vous dites pourquoi.",
                work=minors.decide_lakana,
                command=self._note,
                said="Décision gardée.",
                save="Décider",
            )
        )
