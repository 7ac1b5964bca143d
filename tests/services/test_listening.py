"""A talk, from its first word to its next appointment; drafts, links, history and the reading log, all sealed."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable

import pytest

from antenne.base.clock import FixedClock
from antenne.base.problems import Problem
from antenne.domain.changes import LISTENING as AREA
from antenne.domain.forms.listening import LISTENING, answers_of
from antenne.domain.forms.person import PERSON
from antenne.domain.violations import Forbidden, RulesBroken
from antenne.services import compartment, listening, listening_links, listening_reading, reading_log, sealed_drafts
from antenne.services.desk import Desk
from antenne.services.listening import GiveSlipCode, SaveSession, TieCode
from antenne.services.listening_links import NameCivilFiles
from antenne.services.listening_reading import SessionQuery
from antenne.services.sealed_drafts import KeepSealedDraft
from tests.services import listening_help as help_

DAY = dt.timedelta(days=1)
AT = dt.datetime(2026, 11, 23, 8, 0, tzinfo=dt.UTC)


@pytest.fixture
def listener(desk_of: Callable[[str], Desk]) -> Desk:
    return desk_of("ecoutante")


def _codes(caught: pytest.ExceptionInfo[RulesBroken]) -> list[str]:
    return [violation.code for violation in caught.value.violations]


def _numbers(desk: Desk, **query: object) -> list[str]:
    return [line.number for line in listening_reading.list_sessions(desk, SessionQuery(**query)).lines]  # type: ignore[arg-type]  # as the query's own fields


# --- Saving --------------------------------------------------------------------------------------------------------


def test_an_anonymous_talk_gets_a_number_and_a_code(listener: Desk) -> None:
    first, second = help_.save(listener), help_.save(listener)
    assert [first.record.number, second.record.number] == ["E-2026-0001", "E-2026-0002"]
    assert len(first.record.code) == 6
    assert first.record.code != second.record.code
    assert first.record.listener == "Agent ecoutante"
    again = compartment.kept_of(listener, type(first.record))
    assert {one.id for one in again} == {first.id, second.id}


def test_a_second_click_saves_nothing_more(listener: Desk) -> None:
    command = SaveSession(request_id="click", answers=help_.answers())
    one, two = (listening.save_session(listener, command) for _ in range(2))
    assert one.value == two.value
    assert one.changes.touch(AREA)
    change = SaveSession(request_id="again", answers=help_.answers(said="Repris.", code=one.value.record.code),
                         before=one.value)  # fmt: skip
    three, four = (listening.save_session(listener, change).value for _ in range(2))
    assert (three.version, four.version) == (2, 2)
    assert three.record.said == "Repris."


def test_every_broken_rule_comes_at_once_and_nothing_is_saved(listener: Desk) -> None:
    with pytest.raises(RulesBroken) as caught:
        help_.save(listener, mode=None, motives=(), consent_listen=None)
    assert _codes(caught) == ["form.required"] * 3
    with pytest.raises(RulesBroken) as caught:
        help_.save(listener, consent_record=False, next_at=AT)
    assert _codes(caught) == ["listening.next_before", "listening.words_kept"]
    assert _numbers(listener) == []


def test_her_file_says_that_she_is_a_minor(listener: Desk) -> None:
    girl = help_.person(listener, "Mariam", help_.GIRL)
    with pytest.raises(RulesBroken) as caught:
        help_.save(listener, **help_.named(girl))
    assert _codes(caught) == ["listening.is_minor"]
    saved = help_.save(listener, **help_.named(girl, minor=True, responsable_told=True, lakana="told"))
    assert saved.record.minor
    with pytest.raises(RulesBroken) as caught:
        help_.save(listener, **help_.named(10_000))
    assert _codes(caught) == ["listening.nobody"]


def test_a_code_that_nobody_has_is_refused_and_one_in_use_is_followed(listener: Desk) -> None:
    first = help_.save(listener)
    for typed, code in (("ZZZZZZ", "listening.code_unknown"), ("Z", "listening.code_unreadable")):
        with pytest.raises(RulesBroken) as caught:
            help_.save(listener, code=typed, first="follow_up")
        assert _codes(caught) == [code]
    later = help_.save(listener, code=first.record.code.lower(), first="follow_up", at=AT + dt.timedelta(hours=1))
    assert later.record.code == first.record.code
    with pytest.raises(RulesBroken) as caught:
        help_.save(listener, code=first.record.code, at=AT + dt.timedelta(minutes=80))
    assert _codes(caught) == ["listening.not_first"]


def test_a_change_by_another_is_not_written_over(desk_of: Callable[[str], Desk]) -> None:
    listener, responsable = desk_of("ecoutante"), desk_of("responsable")
    first = help_.save(listener)
    theirs = compartment.find(responsable, type(first.record), first.id)
    help_.save(responsable, theirs, code=first.record.code, said="Complété.")
    with pytest.raises(RulesBroken) as caught:
        help_.save(listener, first, code=first.record.code, said="Autrement.")
    assert _codes(caught) == ["sealed.changed"]


def test_a_change_keeps_the_old_words_who_and_when(listener: Desk, clock: FixedClock) -> None:
    first = help_.save(listener)
    clock.advance(dt.timedelta(hours=1))
    shown = answers_of(first.record)
    help_.save(listener, first, **{**shown, "said": "Autrement."})
    trace = listening_reading.open_session(listener, first.id).history[0]
    old = {line.field: line.old for line in trace.lines}
    assert old["said"] == "Elle est venue à la suite d’une dispute."
    assert (trace.user, trace.at) == ("Agent ecoutante", clock.now())
    assert set(old) == {"said", "changed_at", "changed_by"}


def test_a_session_that_was_erased_is_gone_for_the_screen(listener: Desk) -> None:
    first = help_.save(listener)
    with compartment.changing(listener) as batch:
        batch.delete(bytes.fromhex(first.id))
        batch.commit()
    for ask in (
        lambda: help_.save(listener, first, code=""),
        lambda: listening_reading.open_session(listener, first.id),
        lambda: listening_reading.open_session(listener, "pas un repère"),
    ):
        with pytest.raises(Problem, match=r"sealed\.gone"):
            ask()


def test_an_erased_talk_takes_its_old_words_with_it(listener: Desk) -> None:
    first, other = help_.save(listener), help_.save(listener)
    help_.save(listener, first, code=first.record.code, said="Autrement.")
    help_.save(listener, other, code=other.record.code, said="Encore.")
    with compartment.changing(listener) as batch:
        compartment.erase(batch, compartment.opened(listener), first.id)
        with pytest.raises(Problem, match=r"sealed\.gone"):
            compartment.erase(batch, compartment.opened(listener), "00" * 16)
        batch.commit()
    assert compartment.history(listener, first.id) == ()
    assert len(compartment.history(listener, other.id)) == 1
    assert _numbers(listener) == [other.record.number]
    assert compartment.open_compartment(listener).faults() == ()


# --- Herself, and the others ---------------------------------------------------------------------------------------


def test_she_never_opens_the_sealed_part_of_herself(desk_of: Callable[[str], Desk]) -> None:
    responsable, listener = desk_of("responsable"), desk_of("ecoutante")
    herself = help_.person(listener, "Kadia")
    hers = help_.save(responsable, **help_.named(herself))
    other = help_.save(responsable, at=AT + dt.timedelta(minutes=30))
    help_.link_user(listener, herself)
    assert _numbers(listener) == [other.record.number]
    assert listening_reading.next_rank(listener, herself, "") == 1
    for ask in (
        lambda: listening_reading.open_session(listener, hers.id),
        lambda: help_.save(listener, hers, **help_.named(herself)),
        lambda: help_.save(listener, **help_.named(herself, first="follow_up")),
        lambda: listening.tie_code(listener, TieCode(request_id="t", code=other.record.code, person_id=herself)),
        lambda: listening_links.name_civil_files(listener, NameCivilFiles(request_id="l", before=hers, file_ids=(1,))),
    ):
        with pytest.raises(Forbidden) as refused:
            ask()
        assert refused.value.right == "compartment"
    assert _numbers(responsable) == [other.record.number, hers.record.number]


def test_talks_under_a_code_that_turned_out_to_be_hers_are_closed_to_her_too(desk_of: Callable[[str], Desk]) -> None:
    responsable, listener = desk_of("responsable"), desk_of("ecoutante")
    herself = help_.person(listener, "Kadia")
    under_code = help_.save(responsable, next_at=AT + DAY)
    listening.tie_code(responsable, TieCode(request_id="t", code=under_code.record.code, person_id=herself))
    help_.link_user(listener, herself)
    assert _numbers(listener) == []
    assert listening_reading.appointments(listener, AT.date(), (AT + DAY).date()) == ()
    with pytest.raises(Forbidden):
        listening_reading.open_session(listener, under_code.id)
    with pytest.raises(Forbidden):
        help_.save(listener, code=under_code.record.code, first="follow_up", at=AT + dt.timedelta(minutes=1))
    assert listening_reading.open_session(responsable, under_code.id).line.rank == 1


def test_the_secretary_is_refused_before_anything_is_looked_at(desk: Desk, responsable_desk: Desk) -> None:
    saved = help_.save(responsable_desk)
    for ask in (
        lambda: help_.save(desk),
        lambda: _numbers(desk),
        lambda: listening_reading.open_session(desk, saved.id),
        lambda: listening_reading.open_session(desk, "00" * 16),
        lambda: listening_reading.appointments(desk, AT.date(), AT.date()),
        lambda: listening_reading.next_rank(desk, 1, ""),
        lambda: listening_reading.motive_counts(desk, AT.date(), AT.date()),
        lambda: sealed_drafts.find_sealed_draft(desk, LISTENING, ""),
        lambda: sealed_drafts.keep_sealed_draft(desk, KeepSealedDraft(form=LISTENING, subject="", body={})),
        lambda: compartment.history(desk, saved.id),
        lambda: reading_log.readings(desk),
    ):
        with pytest.raises(Forbidden) as refused:
            ask()
        assert refused.value.right == "compartment"


# --- Lists, search, links ------------------------------------------------------------------------------------------


def test_lists_by_person_by_code_by_day_and_by_motive(listener: Desk, clock: FixedClock) -> None:
    clock.advance(10 * DAY)
    awa = help_.person(listener)
    help_.save(listener, **help_.named(awa, motives=("health",)))
    help_.save(listener, **help_.named(awa, first="follow_up", at=AT + DAY))
    anonymous = help_.save(listener, at=AT + 2 * DAY, said="Elle parle d’un prêt à rendre.")
    assert _numbers(listener) == ["E-2026-0003", "E-2026-0002", "E-2026-0001"]
    assert _numbers(listener, person_id=awa) == ["E-2026-0002", "E-2026-0001"]
    assert _numbers(listener, code=anonymous.record.code) == ["E-2026-0003"]
    assert _numbers(listener, first=AT.date() + DAY, last=AT.date() + DAY) == ["E-2026-0002"]
    assert _numbers(listener, motive="health") == ["E-2026-0001"]
    found = listening_reading.list_sessions(listener, SessionQuery(most=1))
    assert (len(found.lines), found.sessions, found.persons) == (1, 3, 2)
    assert [line.rank for line in listening_reading.list_sessions(listener, SessionQuery(person_id=awa)).lines] == [
        2,
        1,
    ]
    assert listening_reading.next_rank(listener, awa, "") == 3
    counts = listening_reading.motive_counts(listener, AT.date(), AT.date() + DAY)
    assert counts == {"health": 1, "violence": 1, "papers": 1}


@pytest.mark.parametrize(
    ("typed", "found"),
    [("pret", 1), ("PRÊT rendre", 1), ("prêt dispute", 0), ("e-2026-0001", 1), ("Koné Awa", 1), ("", 2)],
)
def test_search_in_what_was_said_ignores_accents_and_case(listener: Desk, typed: str, found: int) -> None:
    help_.save(listener, **help_.named(help_.person(listener)))
    help_.save(listener, said="Elle parle d’un prêt à rendre.")
    assert len(_numbers(listener, typed=typed)) == found


def test_search_follows_a_change(listener: Desk) -> None:
    first = help_.save(listener)
    assert _numbers(listener, typed="dispute") == ["E-2026-0001"]
    help_.save(listener, first, code=first.record.code, said="Tout va mieux.")
    assert _numbers(listener, typed="dispute") == []
    assert _numbers(listener, typed=first.record.code[:3] + "-" + first.record.code[3:]) == ["E-2026-0001"]


def test_a_code_tied_to_a_person_is_found_with_her(listener: Desk, clock: FixedClock) -> None:
    clock.advance(10 * DAY)
    awa = help_.person(listener)
    before = help_.save(listener)
    help_.save(listener, **help_.named(awa, at=AT + DAY))
    command = TieCode(request_id="tie", code=before.record.code, person_id=awa)
    listening.tie_code(listener, command)
    assert _numbers(listener, person_id=awa) == ["E-2026-0002", "E-2026-0001"]
    assert listening_reading.list_sessions(listener, SessionQuery()).persons == 1
    with pytest.raises(RulesBroken) as caught:
        listening.tie_code(listener, dataclasses.replace(command, request_id="other"))
    assert _codes(caught) == ["listening.code_tied"]
    for typed, code in (("ZZZZZZ", "listening.code_unknown"), ("?", "listening.code_unreadable")):
        with pytest.raises(RulesBroken) as caught:
            listening.tie_code(listener, TieCode(request_id=typed, code=typed, person_id=awa))
        assert _codes(caught) == [code]


def test_appointments_are_those_that_no_later_talk_has_overtaken(listener: Desk, clock: FixedClock) -> None:
    clock.advance(10 * DAY)
    awa = help_.person(listener)
    help_.save(listener, **help_.named(awa, next_at=AT + 3 * DAY))
    help_.save(listener, **help_.named(awa, first="follow_up", at=AT + 2 * DAY, next_at=AT + 12 * DAY))
    help_.save(listener, next_at=AT + 11 * DAY)
    found = listening_reading.appointments(listener, AT.date(), (AT + 30 * DAY).date())
    assert [line.number for line in found] == ["E-2026-0003", "E-2026-0002"]
    assert listening_reading.appointments(listener, AT.date(), (AT + 4 * DAY).date()) == ()


def test_a_civil_file_and_a_slip_s_code_stand_in_the_body(listener: Desk) -> None:
    row = {"service": "health", "answer": "referred", "structure": "One Stop Center"}
    saved = help_.save(listener, referrals=(row,))
    linked = listening_links.name_civil_files(
        listener, NameCivilFiles(request_id="a", before=saved, file_ids=(7,))
    ).value
    assert linked.record.civil_file_ids == (7,)
    slip = listening.give_slip_code(listener, GiveSlipCode(request_id="c", before=linked, position=0)).value
    assert len(slip.record.referrals[0].code) == 6
    assert slip.record.referrals[0].code != slip.record.code
    again = listening.give_slip_code(listener, GiveSlipCode(request_id="d", before=slip, position=0)).value
    assert again == slip
    kept = help_.save(listener, again, **{**answers_of(again.record), "said": "Complété."})
    assert kept.record.referrals == slip.record.referrals
    assert kept.record.civil_file_ids == (7,)


# --- Drafts, readings ----------------------------------------------------------------------------------------------


def test_a_draft_is_kept_as_she_types_and_goes_with_the_record(listener: Desk, clock: FixedClock) -> None:
    for typed in ("Elle", "Elle est", "Elle est venue"):
        sealed_drafts.keep_sealed_draft(listener, KeepSealedDraft(form=LISTENING, subject="", body={"said": typed}))
        clock.advance(dt.timedelta(seconds=3))
    found = sealed_drafts.find_sealed_draft(listener, LISTENING, "")
    assert found is not None
    assert found.body == {"said": "Elle est venue"}
    assert len(sealed_drafts.list_sealed_drafts(listener)) == 1
    assert sealed_drafts.find_sealed_draft(listener, dataclasses.replace(LISTENING, version=99), "") is None
    saved = help_.save(listener)
    assert sealed_drafts.list_sealed_drafts(listener) == ()
    sealed_drafts.keep_sealed_draft(listener, KeepSealedDraft(form=LISTENING, subject=saved.id, body={}))
    assert listening_reading.prepare(listener).drafts == 1
    sealed_drafts.discard_sealed_draft(listener, LISTENING, saved.id)
    sealed_drafts.discard_sealed_draft(listener, LISTENING, saved.id)
    assert sealed_drafts.list_sealed_drafts(listener) == ()
    assert compartment.open_compartment(listener).faults() == ()


def test_each_right_holder_has_her_own_draft_and_an_open_form_has_none_here(desk_of: Callable[[str], Desk]) -> None:
    listener, responsable = desk_of("ecoutante"), desk_of("responsable")
    sealed_drafts.keep_sealed_draft(listener, KeepSealedDraft(form=LISTENING, subject="", body={"said": "x"}))
    assert sealed_drafts.find_sealed_draft(responsable, LISTENING, "") is None
    with pytest.raises(ValueError, match="person"):
        sealed_drafts.keep_sealed_draft(listener, KeepSealedDraft(form=PERSON, subject="", body={}))


def test_every_reading_is_logged_for_the_responsable(desk_of: Callable[[str], Desk], clock: FixedClock) -> None:
    listener, responsable = desk_of("ecoutante"), desk_of("responsable")
    first, second = help_.save(listener), help_.save(listener)
    for number in range(60):
        clock.advance(dt.timedelta(minutes=1))
        listening_reading.open_session(listener, first.id if number % 2 else second.id)
    compartment.opened(responsable)
    read = reading_log.readings(responsable)
    assert len(read) == 60
    assert (read[0].user, read[0].record, read[0].at) == ("Agent ecoutante", first.id, clock.now())
    assert len(reading_log.readings(responsable, second.id)) == 30
    with pytest.raises(Forbidden):
        reading_log.readings(listener)
