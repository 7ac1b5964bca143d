"""Who may do what with a file, and the chain of changes."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from antenne.domain import members as rules
from antenne.domain.audit import chain_faults
from antenne.domain.changes import CARDS, MEMBERS
from antenne.domain.forms.person import PERSON, REGISTRATION
from antenne.domain.persons import Purpose
from antenne.domain.rights import Role
from antenne.domain.users import Actor
from antenne.domain.violations import Forbidden
from antenne.services import drafts, members, members_agreements, members_reading
from antenne.services.desk import Desk
from antenne.services.drafts import KeepDraft
from antenne.services.members import Erase, Join, SavePerson
from antenne.services.members_agreements import SetPhoto
from antenne.wording import violations
from tests.services.members_help import (
    ANSWERS,
    TODAY,
    attest,
    change,
    counted,
    give,
    register,
    request,
    save,
    withdraw,
)


@pytest.mark.parametrize("role", ["caissiere", "ecoutante", "lecture"])
def test_who_may_not_write_is_refused(desk: Desk, desk_of: Callable[[str], Desk], role: str) -> None:
    person, other, before = register(desk), desk_of(role), counted(desk)
    acts: list[Callable[[], object]] = [
        lambda: register(other),
        lambda: save(other, person, quarter="Konna"),
        lambda: change(other, person.id, "died"),
        lambda: give(other, person.id, Purpose.CONTACT),
        lambda: withdraw(other, person.id, Purpose.FILE),
        lambda: attest(other, person.id, "x"),
        lambda: members.join_member(other, Join(request_id="x", person_id=person.id, joined_on=TODAY)),
        lambda: members_agreements.set_photo(other, SetPhoto(request_id="x", person_id=person.id, jpeg=None)),
        lambda: members.erase_person(other, Erase(request_id="x", person_id=person.id)),
    ]
    for act in acts:
        with pytest.raises(Forbidden):
            act()
    assert counted(desk) == before


def test_lecture_sees_no_person(desk: Desk, desk_of: Callable[[str], Desk]) -> None:
    person, visitor = register(desk), desk_of("lecture")
    acts: list[Callable[[], object]] = [
        lambda: members_reading.search_ids(visitor, "kone"),
        lambda: members_reading.rows(visitor, (person.id,)),
        lambda: members_reading.load_page(visitor, person.id),
        lambda: members_reading.load_photo(visitor, person.id),
        lambda: members_reading.history(visitor, person.id),
        lambda: members_reading.suggest_duplicates(visitor, ANSWERS),
    ]
    for act in acts:
        with pytest.raises(Forbidden) as refused:
            act()
        assert violations.forbidden(refused.value)
    assert members_reading.search_ids(desk_of("caissiere"), "kone") == (person.id,)


def test_every_change_is_a_link_by_its_author(desk: Desk, responsable_desk: Desk) -> None:
    person = register(desk)
    change(responsable_desk, person.id, "suspended")
    first, second = reversed(members_reading.history(desk, person.id))
    assert (first.actor, second.actor) == ("Agent secretaire", "Agent responsable")
    with desk.read() as uow:
        assert chain_faults(uow.audit.links()) == ()
        assert uow.audit.altered_details() == ()


def test_a_saved_file_throws_her_draft_away_and_nobody_elses(desk: Desk, responsable_desk: Desk) -> None:
    for one in (desk, responsable_desk):
        drafts.keep_draft(one, KeepDraft(form=REGISTRATION, subject_id=0, body={"last_name": "Koné"}))
    person = register(desk)
    assert drafts.list_drafts(desk) == ()
    assert len(drafts.list_drafts(responsable_desk)) == 1
    drafts.keep_draft(desk, KeepDraft(form=PERSON, subject_id=person.id, body={"quarter": "Kon"}))
    save(desk, person, quarter="Konna")
    assert drafts.list_drafts(desk) == ()


def test_a_changed_file_tells_the_cards_too(desk: Desk) -> None:
    person = register(desk)
    command = SavePerson(request_id=request(), before=person, answers=rules.answers_of(person) | {"literate": True})
    done = members.save_person(desk, command)
    assert done.changes.touch(CARDS, person.id)
    assert done.changes.touch(MEMBERS, person.id)
    assert not done.changes.touch(MEMBERS, person.id + 1)


def test_the_program_itself_has_no_role(desk: Desk) -> None:
    desk.actor = Actor(0, "", frozenset({Role.LECTURE}))
    with pytest.raises(Forbidden):
        register(desk)
