"""One story of change: her words, her agreement, the version without a name; at the right, readers and leaving."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from antenne.domain.changes import PROTECTION, Changes, Done
from antenne.domain.forms import story as forms
from antenne.domain.forms.model import Answers
from antenne.domain.rights import Role
from antenne.domain.sendings import Sending, Way
from antenne.domain.stories import ChangeStory, Known, Stage, pointing, stage
from antenne.domain.violations import Violation
from antenne.services import stories
from antenne.services.compartment import Kept
from antenne.services.desk import Desk
from antenne.services.sendings import sendings_of
from antenne.services.stories import LeaveStory, ReadStory, SaveStory, WithdrawStory
from antenne.ui.kit.area import Context
from antenne.ui.kit.exporting import ask_path
from antenne.ui.kit.fields.base import PersonHit
from antenne.ui.kit.operations import LONG, SHORT
from antenne.ui.kit.printing import PrintJob
from antenne.ui.listening.fields import hit_of
from antenne.ui.listening.sealed_page import SealedPage
from antenne.ui.listening.slips import new_request
from antenne.ui.listening.step_form import Mark
from antenne.ui.listening.stories_panel import TONES
from antenne.ui.listening.story_side import StorySide
from antenne.wording import gbvims as left_words
from antenne.wording import stories as words
from antenne.wording import violations as sentences

_CHECKED = ("title", "text")


@dataclass(frozen=True, slots=True)
class _Start:
    """What the page begins with."""

    kept: Kept[ChangeStory] | None
    hit: PersonHit | None
    known: Known
    readers: tuple[tuple[int, str], ...]
    sendings: tuple[Sending, ...] = ()


class StoryPage(SealedPage):
    """The page of one story."""

    help_key = "listening_stories"
    hints = "Ctrl+Bas, Ctrl+Haut : étape · Ctrl+S : enregistrer · Ctrl+P : imprimer · Échap : revenir · F1 : aide"
    form = forms.STORY

    def __init__(self, context: Context) -> None:
        """Draw the page, empty."""
        self._known = Known()
        self._known_of: object = None
        self._readers: tuple[tuple[int, str], ...] = ()
        self._sendings: tuple[Sending, ...] = ()
        self._leave_request = new_request()
        super().__init__(context)
        self.panel = StorySide()
        self.side.addWidget(self.panel)
        self.panel.stage.withdrawn.connect(self.withdraw)
        self.panel.readers.confirmed.connect(self.confirm)
        self.panel.leave.print_asked.connect(self.print_)
        self.panel.leave.text_asked.connect(self.export_text)

    @staticmethod
    def read(desk: Desk, record_id: str, person_id: int | None, rest: str) -> _Start:  # noqa: ARG004 - of every page
        """The story (its reading logged), what must not stand in it, who may be a reader, what left."""
        if not record_id:
            return _Start(None, hit_of(desk, person_id), stories.known_of(desk, person_id), stories.readers(desk))
        kept = stories.read_story(desk, record_id)
        person = kept.record.person_id
        return _Start(
            kept, hit_of(desk, person), stories.known_of(desk, person), stories.readers(desk),
            sendings_of(desk, record_id),
        )  # fmt: skip

    def show_start(self, start: _Start) -> Mapping[str, object]:
        """Its answers, or those of a new one."""
        self.kept, self._known, self._readers, self._sendings = start.kept, start.known, start.readers, start.sendings
        self._known_of = None if start.hit is None else start.hit.id
        if start.kept is not None:
            return {**forms.answers_of(start.kept.record), "person_id": start.hit}
        return {"told_on": self.context.clock.today(), "person_id": start.hit}

    @property
    def story(self) -> ChangeStory | None:
        """The record in sight."""
        return None if self.kept is None else self.kept.record

    def work(self) -> Callable[..., Done[Kept[Any]]]:
        """The service that saves."""
        return stories.save_story

    def command(self, answers: dict[str, object]) -> SaveStory:
        """Its command."""
        return SaveStory(request_id=self.request, answers=answers, before=self.kept)

    def saved_words(self) -> str:
        """« R-2026-0002 enregistré »."""
        assert self.story is not None
        return f"{self.story.number} enregistré\u00a0: {words.STAGES[stage(self.story, self.context.clock.today())]}."

    # --- What it shows ---------------------------------------------------------------------------------------------

    def show_kept(self) -> None:
        """Title, stage, readers, leaving."""
        one, today = self.story, self.context.clock.today()
        found = None if one is None else stage(one, today)
        self.title.show_title(
            "Nouveau récit" if one is None else f"Récit {one.number}",
            subtitle="" if one is None else one.title,
            pill="Confidentiel" if found is None else words.STAGES[found],
            tone="info" if found is None else TONES[found],
        )
        actor = self.context.desk.actor
        self.panel.stage.show_story(one, today)
        self.panel.readers.show_story(one, self._readers, actor.user_id, today)
        self.panel.leave.show_story(one, self._sendings, today, responsable=Role.RESPONSABLE in actor.roles)

    def follow(self) -> None:
        """What still points at her, beside the field as she types."""
        answers = self.view.answers()
        person = answers.get("person_id")
        if person != self._known_of:
            self._known_of = person
            self.context.operations.run(
                SHORT,
                stories.known_of,
                self.context.desk,
                person,
                owner=self,
                done=self._learned,
                latest=True,
                key="known",
            )
        for key in _CHECKED:
            said = words.remark(pointing(str(answers.get(key) or ""), self._known))
            self.view.cell(key).show_note(said)

    def _learned(self, known: Known) -> None:
        self._known = known
        self.follow()

    def mark(self, section: str, answers: Answers) -> Mark | None:
        """Agreed or not; read again with her or not."""
        if section == "agreement" and answers.get("agreed") is not None:
            return Mark(word="oui" if answers["agreed"] else "non", tone="good" if answers["agreed"] else "neutral")
        if section == "version" and answers.get("text"):
            done = answers.get("validated_on") is not None
            return Mark(done=done, word="" if done else "à relire", tone="warning")
        return None

    # --- Readers, taking back --------------------------------------------------------------------------------------

    def confirm(self, reader: int) -> None:
        """« Aucun détail ne la désigne », said by this reader."""
        if self._unsaved():
            return
        assert self.kept is not None
        command = ReadStory(request_id=new_request(), before=self.kept, reader=reader)
        self._run(stories.confirm_reading, command, "Relecture notée.")

    def withdraw(self) -> None:
        """She takes her agreement back; what already left is named."""
        if self._unsaved():
            return
        assert self.kept is not None
        said = "Son accord est repris\u00a0: ce récit ne part plus."
        if self._sendings:
            said += f" {'. '.join(left_words.sending(one) for one in self._sendings[:3])}."
        self._run(stories.withdraw_story, WithdrawStory(request_id=new_request(), before=self.kept), said)

    def _unsaved(self) -> bool:
        if self.kept is not None and not self.drafts.typed():
            return False
        self.context.notify("Enregistrez d’abord (Ctrl+S).", "info")
        return True

    def _run(self, work: Callable[..., Done[Kept[ChangeStory]]], command: object, said: str) -> None:
        self.context.operations.run(
            SHORT,
            work,
            self.context.desk,
            command,
            owner=self,
            done=partial(self._changed, said),
            broken=self._refused,
        )

    def _changed(self, said: str, done: Done[Kept[ChangeStory]]) -> None:
        self._take_story(done)
        self.context.notify(said, "good")

    def _take_story(self, done: Done[Kept[ChangeStory]]) -> None:
        hit: Any = self.view.field("person_id").raw().get("picked")
        self.take(done)
        person = PersonHit(*hit) if hit else None
        self.view.set_answers({**forms.answers_of(done.value.record), "person_id": person})
        self.drafts.saved()
        self.follow()

    def _refused(self, broken: tuple[Violation, ...]) -> None:
        self.context.notify(" ".join(sentences.sentence(one) for one in broken), "warning")

    # --- Leaving ---------------------------------------------------------------------------------------------------

    def _leaving(self) -> LeaveStory | None:
        """The command of what is chosen at the right; None, and a sentence, where it may not leave."""
        if self._unsaved():
            return None
        assert self.kept is not None
        card = self.panel.leave
        if stage(self.kept.record, self.context.clock.today()) is not Stage.READ or card.use.currentData() is None:
            self.context.notify("Ce récit ne part pas encore\u00a0: voyez à droite où il en est.", "info")
            return None
        return LeaveStory(
            request_id=self._leave_request,
            before=self.kept,
            use=card.use.currentData(),
            recipient=card.recipient.text(),
        )

    def print_(self) -> None:
        """Preview; it is remembered just before the pages leave."""
        command = self._leaving()
        if command is None:
            return
        desk = self.context.desk
        job = PrintJob(
            title=words.PAPER_TITLE,
            file_name=words.FILE_NAME,
            render=_draw,
            args=(desk, command),
            starting=partial(stories.remember_leaving, desk, command, Way.PAPER),
            printed=self._left,
            saved=self._left,
        )
        self.context.printing.preview(job, self)

    def export_text(self) -> None:
        """A plain text file, for who types it elsewhere."""
        command = self._leaving()
        if command is None:
            return
        path = ask_path(self.context, self, "Enregistrer le texte", words.TEXT_NAME, "Texte (*.txt)")
        if path is None:
            return

        def leave(desk: Desk) -> object:
            return stories.export_text(desk, command, path, accepted=True)

        self.context.operations.run(LONG, leave, self.context.desk, owner=self, done=self._left, broken=self._refused)

    def _left(self, _done: object = None) -> None:
        """Read again: it now knows that it left."""
        self._leave_request = new_request()
        self.context.notify("C’est noté parmi ce qui est parti.", "good")
        self.context.operations.run(
            SHORT,
            _read_again,
            self.context.desk,
            self.record_id,
            owner=self,
            done=self._again,
            latest=True,
            key="again",
        )

    def _again(self, found: tuple[Kept[ChangeStory], tuple[Sending, ...]]) -> None:
        kept, self._sendings = found
        self._take_story(Done(kept, Changes.of(PROTECTION)))


def _draw(desk: Desk, command: LeaveStory) -> bytes:
    from antenne.print.story import render_story

    return stories.draw_story(desk, command, render_story)


def _read_again(desk: Desk, story_id: str) -> tuple[Kept[ChangeStory], tuple[Sending, ...]]:
    """The story as it is now: she looks at it already, so that no reading is logged anew."""
    found = next(one for one in stories.list_stories(desk) if one.id == story_id)
    return found, sendings_of(desk, story_id)
