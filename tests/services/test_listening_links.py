"""What is opened from a talk, before it is saved or after; a minor goes up once; codes are one across kinds."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from antenne.domain.alerts import Reason
from antenne.domain.forms import sealed_short
from antenne.domain.incidents import Incident
from antenne.domain.listening import ListeningSession
from antenne.domain.minors import Minor
from antenne.domain.violations import Forbidden, RulesBroken
from antenne.services import incidents, listening, listening_links, minors, sealed_tests
from antenne.services.compartment import Kept, find, kept_of
from antenne.services.desk import Desk
from antenne.services.incidents import SaveIncident
from antenne.services.listening import SaveSession, TieCode, talk_id
from antenne.services.listening_links import NameCivilFiles, Opened
from antenne.services.minors import SaveMinor
from antenne.services.sealed_tests import SaveShort
from tests.services import civil_help
from tests.services import listening_help as talks
from tests.services.protection_help import DAY, INTAKE
from tests.services.test_minors import ANSWERS as GIRL

DeskOf = Callable[[str], Desk]


@pytest.fixture
def listener(desk_of: DeskOf) -> Desk:
    return desk_of("ecoutante")


def incident(desk: Desk, session: str, request: str = "i", **answers: object) -> Kept[Incident]:
    command = SaveIncident(request_id=request, answers={**INTAKE, **answers}, session_id=session)
    return incidents.save_incident(desk, command).value


def girl(desk: Desk, session: str = "", request: str = "m", **answers: object) -> Kept[Minor]:
    return minors.save_minor(desk, SaveMinor(request_id=request, answers={**GIRL, **answers}, session_id=session)).value


def talk(desk: Desk, request: str = "t", **answers: object) -> Kept[ListeningSession]:
    return listening.save_session(desk, SaveSession(request_id=request, answers=talks.answers(**answers))).value


# --- Opened from a talk ---------------------------------------------------------------------------------------------


def test_a_talk_saved_after_its_incidents_names_them_and_she_keeps_one_code(listener: Desk) -> None:
    first, second = (incident(listener, talk_id("t"), request) for request in ("i1", "i2"))
    saved = talk(listener)
    assert saved.id == talk_id("t")
    assert saved.record.incident_ids == (first.id, second.id)
    assert saved.record.code == min(first.record.survivor_code, second.record.survivor_code)
    found = listening_links.from_here(listener, saved.id, saved.record.incident_ids, ())
    assert [(one.what, one.number) for one in found] == [
        (Opened.INCIDENT, "I-2026-0001"),
        (Opened.INCIDENT, "I-2026-0002"),
    ]


def test_a_talk_that_is_abandoned_leaves_its_incident_whole(listener: Desk) -> None:
    kept = incident(listener, talk_id("never"))
    assert incidents.read_incident(listener, kept.id) == kept
    again = SaveIncident(request_id="c", answers={**INTAKE, "account": "Plus calme."}, before=kept)
    assert incidents.save_incident(listener, again).value.record.account == "Plus calme."
    assert kept_of(listener, ListeningSession) == ()


def test_an_incident_of_a_saved_talk_is_named_in_the_same_transaction_once(listener: Desk) -> None:
    saved = talk(listener)
    kept = incident(listener, saved.id)
    assert incident(listener, saved.id) == kept
    after = find(listener, ListeningSession, saved.id)
    assert after.record.incident_ids == (kept.id,)
    assert kept.record.survivor_code == saved.record.code
    assert after.version == saved.version + 1


def test_a_minor_opened_before_her_talk_is_saved_is_of_that_talk(listener: Desk) -> None:
    her = girl(listener, talk_id("t"))
    saved = talk(listener, minor=True, responsable_told=True, lakana="told")
    assert saved.record.code == her.record.code
    found = listening_links.from_here(listener, saved.id, (), ())
    assert [(one.what, one.place) for one in found] == [(Opened.MINOR, her.id)]
    later = girl(listener, saved.id, "m2")
    assert later.record.code == saved.record.code


def test_a_civil_file_is_named_in_the_talk_and_knows_nothing_of_it(listener: Desk, responsable_desk: Desk) -> None:
    desk = responsable_desk
    woman, other = talks.person(desk), talks.person(desk, "Oumou")
    civil_help.opened(desk, woman, DAY)
    before = listening_links.newest_civil_file(desk)
    civil_help.opened(desk, other, DAY)
    mine = civil_help.opened(desk, woman, DAY)
    assert listening_links.civil_files_since(desk, before, woman) == (mine,)
    assert len(listening_links.civil_files_since(desk, before, None)) == 2
    saved = talks.save(desk, **talks.named(woman))
    rows = _civil_rows(desk)
    named = listening_links.name_civil_files(
        desk, NameCivilFiles(request_id="n", before=saved, file_ids=(mine, mine))
    ).value
    assert named.record.civil_file_ids == (mine,)
    found = listening_links.from_here(desk, named.id, (), (*named.record.civil_file_ids, 999))
    assert [(one.what, one.place) for one in found] == [(Opened.CIVIL, str(mine))]
    assert _civil_rows(desk) == rows
    assert not [row for row in rows if saved.id in repr(row) or saved.record.number in repr(row)]


def _civil_rows(desk: Desk) -> list[object]:
    with desk.read() as uow:
        names = [
            row[0]
            for row in uow.rows(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND (name LIKE 'civil%' OR name = 'audit')"
            )
        ]
        return [tuple(row) for name in names for row in uow.rows(f"SELECT * FROM {name}")]  # noqa: S608 - its own names


@pytest.mark.parametrize(
    "asked",
    [
        listening_links.newest_civil_file,
        lambda desk: listening_links.civil_files_since(desk, 0, None),
        lambda desk: listening_links.from_here(desk, "", (), ()),
    ],
)
def test_without_the_right_nothing_is_told(desk: Desk, asked: Callable[[Desk], object]) -> None:
    with pytest.raises(Forbidden):
        asked(desk)


# --- A minor goes up once -------------------------------------------------------------------------------------------


def raised(desk_of: DeskOf) -> list[tuple[Reason, str]]:
    return [(one.record.reason, one.record.subject) for one in minors.list_notices(desk_of("responsable"))]


MINOR_TALK: Mapping[str, Any] = {"minor": True, "responsable_told": True, "lakana": "told"}


def test_the_talk_of_a_minor_goes_up_at_once_and_her_file_not_again(listener: Desk, desk_of: DeskOf) -> None:
    saved = talk(listener, **MINOR_TALK)
    assert raised(desk_of) == [(Reason.MINOR, saved.id)]
    girl(listener, saved.id)
    talk(listener, "t2", **MINOR_TALK, code=saved.record.code, first="follow_up")
    assert raised(desk_of) == [(Reason.MINOR, saved.id)]
    talk(listener, "t3", **MINOR_TALK)  # another girl
    assert len(raised(desk_of)) == 2


def test_her_file_first_and_her_talk_not_again(listener: Desk, desk_of: DeskOf) -> None:
    her = girl(listener)
    talk(listener, **MINOR_TALK, code=her.record.code)
    assert raised(desk_of) == [(Reason.MINOR, her.id)]
    between = girl(listener, talk_id("t4"), "m4")
    talk(listener, "t4", **MINOR_TALK)
    found = raised(desk_of)
    assert set(found) == {(Reason.MINOR, her.id), (Reason.MINOR, between.id)}
    assert len(found) == 2


def test_a_girl_with_a_file_of_her_own_goes_up_once(listener: Desk, desk_of: DeskOf) -> None:
    person = talks.person(listener, "Hawa", talks.GIRL)
    saved = talk(listener, **MINOR_TALK, **talks.named(person))
    girl(listener, person_id=person)
    assert raised(desk_of) == [(Reason.MINOR, saved.id)]


def test_a_woman_corrected_into_a_minor_goes_up_and_a_woman_never(listener: Desk, desk_of: DeskOf) -> None:
    saved = talk(listener)
    assert raised(desk_of) == []
    talks.save(listener, saved, **MINOR_TALK, code=saved.record.code)
    assert raised(desk_of) == [(Reason.MINOR, saved.id)]


# --- Codes ----------------------------------------------------------------------------------------------------------


def test_a_code_first_given_by_an_incident_a_minor_or_a_test_is_known_at_a_talk(listener: Desk) -> None:
    given = [incident(listener, "").record.survivor_code, girl(listener).record.code]
    test = SaveShort(request_id="h", form=sealed_short.FORMS["hiv_test"], answers={"on": DAY, "returned": True})
    given.append(sealed_tests.save_short(listener, test).value.record.code)
    person = talks.person(listener)
    for number, code in enumerate(given):
        saved = talk(listener, f"t{number}", code=code)
        assert saved.record.code == code
    assert len(set(given)) == 3
    listening.tie_code(listener, TieCode(request_id="tie", code=given[0], person_id=person))
    with pytest.raises(RulesBroken, match=r"listening\.code_unknown"):
        talk(listener, "t9", code="ZZZZZZ")


def test_a_code_of_a_slip_is_nobody_s(listener: Desk) -> None:
    row = {"service": "health", "answer": "referred", "structure": "ARCAD CESAC"}
    saved = talk(listener, referrals=(row,))
    slip = listening.give_slip_code(listener, listening.GiveSlipCode(request_id="s", before=saved, position=0)).value
    with pytest.raises(RulesBroken, match=r"listening\.code_unknown"):
        talk(listener, "t9", code=slip.record.referrals[0].code)
