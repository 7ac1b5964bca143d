"""« Récits de changement »: told and agreed, a version without a name, two readers; it leaves until taken back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from antenne.domain import stories as rules
from antenne.domain.changes import LISTENING, PROTECTION, Changes, Done
from antenne.domain.civil import Beneficiary
from antenne.domain.forms import story as forms
from antenne.domain.office import Office
from antenne.domain.protection import next_number, text
from antenne.domain.rights import Right
from antenne.domain.sendings import Way
from antenne.domain.stories import ChangeStory, Known, Pointing, StoryLeft, StoryReading, Use
from antenne.domain.violations import RulesBroken, Violation
from antenne.services import protection_keeping as keeping
from antenne.services.compartment import Batch, Kept, changing, find, kept_of, refuse_own
from antenne.services.desk import Desk
from antenne.services.exports import check_place, write_in_place
from antenne.services.reading_log import note_reading
from antenne.wording import stories as words

LETTERS = "R"
DoneStory = Done[Kept[ChangeStory]]
Render = Callable[[str, str, Office], bytes]
"""``print.story.render_story``: title, text, office."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveStory:
    """Save a story; ``answers`` are those of ``forms.story.STORY``, ``before`` as it was read, None for a new one."""

    request_id: str
    answers: Mapping[str, object] = field(repr=False)
    before: Kept[ChangeStory] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadStory:
    """« Aucun détail ne la désigne »: said by the user herself, or by another to whom she showed that version."""

    request_id: str
    before: Kept[ChangeStory]
    reader: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawStory:
    """She takes her agreement back."""

    request_id: str
    before: Kept[ChangeStory]


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaveStory:
    """It is to leave, for one use, to somebody."""

    request_id: str
    before: Kept[ChangeStory]
    use: Use
    recipient: str


def save_story(desk: Desk, command: SaveStory) -> DoneStory:
    """Save a story. Another version of the text is read again with her, and by two others.

    Raises:
        Forbidden: Without the right to the compartment, in the same words for everyone; it is about the user herself.
        RulesBroken: Every violation of the form; from ``stories.check_story``; ``protection.…``; ``sealed.changed``.
        Problem: The compartment is sheltered; ``sealed.gone``; of the machine.
    """
    answers = keeping.answered(desk, forms.STORY, command.answers)
    if command.before is not None:
        return keeping.change(
            desk,
            command.request_id,
            command.before,
            lambda old, batch: _corrected(desk, batch, old, answers),
            forms.STORY,
        )
    with changing(desk) as batch:
        if done := keeping.same_click(batch, command.request_id, ChangeStory):
            return Done(done)
        values = forms.story_values(answers, desk.today)
        keeping.person_of(batch.uow, values["person_id"])
        known = (one.record.number for one in keeping.all_of(desk, ChangeStory))
        story = ChangeStory(
            **values,
            number=next_number(LETTERS, values["told_on"].year, known),
            code=keeping.code_for(desk, text(answers, "code"), values["person_id"]),
            writers=(desk.actor.user_id,),
            created_at=desk.clock.now(),
            created_by=desk.actor.user_id,
        )
        keeping.refuse(rules.check_story(story, desk.today))
        saved = keeping.put_new(desk, batch, story, command.request_id, forms.STORY)
        batch.commit()
    return Done(saved, Changes.of(PROTECTION, LISTENING))


def _corrected(desk: Desk, batch: Batch, old: ChangeStory, answers: Mapping[str, object]) -> ChangeStory:
    values = forms.story_values(answers, desk.today, old)
    keeping.person_of(batch.uow, values["person_id"])
    typed = text(answers, "code")
    same = values["person_id"] == old.person_id and typed in ("", old.code)
    code = old.code if same else keeping.code_for(desk, typed, values["person_id"])
    after = rules.rewritten(old, replace(old, **values, code=code), desk.actor.user_id)
    keeping.refuse(rules.check_story(after, desk.today))
    return after


def confirm_reading(desk: Desk, command: ReadStory) -> DoneStory:
    """« Aucun détail ne la désigne », said by one who did not write it.

    Raises:
        Forbidden: As :func:`save_story`.
        RulesBroken: ``story.unknown_reader``; from ``stories.check_reading``; ``story.points``: her name still stands
            in it; ``sealed.changed``.
    """
    mine = desk.actor.user_id
    if command.reader not in {user for user, _ in readers(desk)}:
        raise RulesBroken(Violation("story.unknown_reader", "reader"))

    def alter(old: ChangeStory, _: Batch) -> ChangeStory:
        keeping.refuse(rules.check_reading(old, command.reader, mine, desk.today))
        _refuse_pointing(desk, old)
        return replace(old, readings=(*old.readings, StoryReading(by=command.reader, on=desk.today, noted_by=mine)))

    return keeping.change(desk, command.request_id, command.before, alter)


def readers(desk: Desk) -> tuple[tuple[int, str], ...]:
    """Who may be a reader, by id and name: every user who is still there, the one who sits here first.

    Raises:
        Forbidden: Without the right to the compartment.
    """
    desk.require(Right.COMPARTMENT)
    with desk.read() as uow:
        every = [(one.id, one.name) for one in uow.users.all() if not one.left_on]
    return tuple(sorted(every, key=lambda one: (one[0] != desk.actor.user_id, one[1], one[0])))


def withdraw_story(desk: Desk, command: WithdrawStory) -> DoneStory:
    """She takes her agreement back from today: it never leaves again; ``sendings_of`` names what left.

    Raises:
        Forbidden: As :func:`save_story`.
        RulesBroken: ``story.nothing_to_withdraw``; ``sealed.changed``.
    """

    def alter(old: ChangeStory, _: Batch) -> ChangeStory:
        if old.agreement is None or old.withdrawn:
            raise RulesBroken(Violation("story.nothing_to_withdraw"))
        return rules.withdrawn(old, desk.today)

    return keeping.change(desk, command.request_id, command.before, alter)


def draw_story(desk: Desk, command: LeaveStory, render: Render) -> bytes:
    """Its paper, for the preview; just before the printer has it, :func:`remember_leaving`.

    Raises:
        Forbidden: As :func:`save_story`.
        RulesBroken: As :func:`check_leaving`.
    """
    story = check_leaving(desk, command)
    return render(story.title, story.text, desk.office)


def check_leaving(desk: Desk, command: LeaveStory) -> ChangeStory:
    """The story as it would leave now.

    Raises:
        Forbidden: As :func:`save_story`.
        RulesBroken: ``story.responsable_only``; from ``stories.check_leaving``; ``story.no_recipient``;
            ``story.points``; ``sealed.changed``: it was changed since she saw it.
        Problem: ``sealed.gone``.
    """
    present = find(desk, ChangeStory, command.before.id)
    _refuse_leaving(desk, present.record, command)
    if (present.record.title, present.record.text) != (command.before.record.title, command.before.record.text):
        raise RulesBroken(Violation("sealed.changed"))
    return present.record


def remember_leaving(desk: Desk, command: LeaveStory, way: Way) -> DoneStory:
    """Keep, sealed, that it left: when, for what, to whom.

    Raises:
        Forbidden: As :func:`save_story`.
        RulesBroken: As :func:`check_leaving`.
    """
    said = StoryLeft(
        at=desk.clock.now(), by=desk.actor.user_id, way=way, use=command.use, recipient=command.recipient.strip()
    )

    def alter(old: ChangeStory, _: Batch) -> ChangeStory:
        _refuse_leaving(desk, old, command)
        return replace(old, left=(*old.left, said))

    check_leaving(desk, command)
    present = find(desk, ChangeStory, command.before.id)
    return keeping.change(desk, f"{command.request_id}/{way.value}", present, alter)


def export_text(desk: Desk, command: LeaveStory, path: Path, *, accepted: bool = False) -> DoneStory:
    """Write title and text to a plain text file; it is remembered before the file is there.

    Raises:
        Forbidden: As :func:`save_story`; the user may not export.
        RulesBroken: As :func:`check_leaving`; ``export.synchronised`` until she accepts.
        Problem: ``export.…``: it counts as sent all the same; the same click may write it again.
    """
    desk.require(Right.COMPARTMENT)
    desk.require(Right.EXPORT)
    check_place(path, accepted=accepted)
    story = check_leaving(desk, command)
    done = remember_leaving(desk, command, Way.FILE)
    said = f"{story.title}\n\n{story.text}\n\n{words.FOOT}\n"
    write_in_place(path, said.replace("\n", "\r\n").encode("utf-8-sig"))
    return done


def read_story(desk: Desk, story_id: str) -> Kept[ChangeStory]:
    """One story; the reading is logged before it is given.

    Raises:
        Forbidden: As :func:`save_story`.
        Problem: ``sealed.gone``; the log could not be written.
    """
    found = find(desk, ChangeStory, story_id)
    note_reading(desk, story_id)
    return found


def list_stories(desk: Desk) -> tuple[Kept[ChangeStory], ...]:
    """Every story but those of the user herself, the newest first.

    Raises:
        Forbidden: As :func:`save_story`.
    """
    found = kept_of(desk, ChangeStory)
    return tuple(sorted(found, key=lambda one: (one.record.told_on, one.record.number, one.id), reverse=True))


def known_of(desk: Desk, person_id: int | None) -> Known:
    """What her file knows that must not stand in the version without a name.

    Raises:
        Forbidden: Without the right to the compartment; it is about the user herself.
    """
    desk.require(Right.COMPARTMENT)
    refuse_own(desk, person_id)
    if person_id is None:
        return Known()
    with desk.read() as uow:
        person = uow.persons.get(person_id)
        files = [uow.civil.get(one) for one in uow.civil.about(person_id)]
    if person is None:
        return Known()
    children = [one.first_name for one in files if one is not None and one.beneficiary is not Beneficiary.SELF]
    return Known(
        names=_some(person.first_name, person.last_name, person.pseudonym),
        nicknames=_some(*person.nicknames),
        phones=_some(*(one.number for one in person.phones), person.emergency_phone),
        children=_some(*children),
        near=_some(person.emergency_name, person.mother_name),
        quarters=_some(person.quarter, person.birth_place, person.displaced_from),
    )


def _some(*words_of: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one for one in words_of if one))


def pointing(desk: Desk, story: ChangeStory) -> tuple[Pointing, ...]:
    """What in the version without a name still points at her.

    Raises:
        Forbidden: As :func:`known_of`.
    """
    return rules.pointing(f"{story.title}\n{story.text}", known_of(desk, story.person_id))


def _refuse_pointing(desk: Desk, story: ChangeStory) -> None:
    found = (one for one in pointing(desk, story) if one.what in rules.CERTAIN)
    keeping.refuse(
        tuple(
            Violation("story.points", "text", (("word", one.word), ("what", words.POINTS[one.what]))) for one in found
        )
    )


def _refuse_leaving(desk: Desk, story: ChangeStory, command: LeaveStory) -> None:
    desk.require(Right.COMPARTMENT)
    broken = [] if keeping.is_responsable(desk) else [Violation("story.responsable_only")]
    broken += rules.check_leaving(story, command.use, desk.today)
    if not command.recipient.strip():
        broken.append(Violation("story.no_recipient", "recipient"))
    keeping.refuse(tuple(broken))
    _refuse_pointing(desk, story)
