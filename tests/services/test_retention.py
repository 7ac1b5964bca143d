"""What has passed its term is proposed once a year, kept for a reason or erased; nothing goes by itself, money never."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable

import pytest

from antenne.base.clock import FixedClock
from antenne.domain.deposits import About, Deposit
from antenne.domain.her_rights import ErasureReason, KindCount
from antenne.domain.listening import CodeTie, ListeningSession
from antenne.domain.members import indexed
from antenne.domain.persons import Person
from antenne.domain.retention import OverTerm, RetentionDecision
from antenne.domain.settings import EPOCH
from antenne.domain.violations import Forbidden, RulesBroken
from antenne.services import checks, compartment, erasing, retention, sealed_counting, settings
from antenne.services.desk import Desk
from antenne.services.retention import EraseOver, KeepOver, Line
from tests.services import listening_help as talks
from tests.services.her_rights_help import CODE, put, talk_of

OLD = dt.datetime(2019, 5, 3, 9, tzinfo=dt.UTC)
TODAY = dt.date(2026, 11, 23)


def lines(desk: Desk) -> tuple[Line, ...]:
    return retention.propose(desk).lines


def old_person(desk: Desk, name: str = "Kadi") -> int:
    """A file without adhesion that nobody has touched since 2019."""
    with desk.write() as uow:
        number = f"P-{uow.counters.next('person'):05d}"
        sketch = Person(number=number, last_name="Traoré", first_name=name, birth=talks.ADULT)
        made = uow.persons.save(sketch, OLD, 1)
        uow.commit()
    desk.persons.put(indexed(made))
    return made.id


def note(at: dt.datetime) -> Deposit:
    return Deposit(about=About.OTHER, text="note ancienne", on=at.date(), at=at, user_id=2, user="Mariam T.")


def keep(desk: Desk, *chosen: OverTerm, why: str = "Un procès dure.", years: int = 2) -> None:
    retention.keep_over(desk, KeepOver(request_id=talks.request(), lines=chosen, why=why, years=years))


def broken(act: Callable[[], object]) -> list[str]:
    with pytest.raises(RulesBroken) as found:
        act()
    return [one.code for one in found.value.violations]


def test_what_is_over_on_the_first_of_january_is_proposed_by_kind(responsable_desk: Desk) -> None:
    desk = responsable_desk
    her, other = talks.person(desk, "Awa"), talks.person(desk, "Oumou")
    put(
        desk,
        talk_of(her, OLD, 1, "vieux recit"),
        talk_of(None, OLD + dt.timedelta(days=30), 2, code=CODE),
        CodeTie(code=CODE, person_id=her, at=OLD, user_id=1),
        talk_of(other, OLD, 3),
        talk_of(other, dt.datetime(2026, 2, 1, 9, tzinfo=dt.UTC), 4),  # she still comes: nothing of her talks is over
        talk_of(None, dt.datetime(2021, 1, 1, 9, tzinfo=dt.UTC), 5, code="ZZQ2MX"),  # over on 1 January, not before
        note(dt.datetime(2024, 12, 31, 9, tzinfo=dt.UTC)),
    )
    file_id = old_person(desk)
    found = retention.propose(desk)
    assert found.on == dt.date(2026, 1, 1)
    assert [(one.over.kind, one.who, one.count, one.over.last) for one in found.lines] == [
        ("person", "Traoré Kadi", 1, OLD.date()),
        ("listening", "Koné Awa", 2, dt.date(2019, 6, 2)),
        ("deposit", "", 1, dt.date(2024, 12, 31)),
    ]
    assert found.lines[0].over.base_id == file_id
    assert found.lines[1].over.ended == dt.date(2024, 6, 2)
    assert found.counts == (KindCount("person", 1), KindCount("listening", 2), KindCount("deposit", 1))
    assert retention.waiting(desk) == 3


def test_the_office_s_own_terms_hold(responsable_desk: Desk) -> None:
    desk = responsable_desk
    put(desk, talk_of(None, dt.datetime(2024, 3, 1, 9, tzinfo=dt.UTC), 1, code=CODE))
    assert retention.waiting(desk) == 0
    since = settings.SetValue(
        request_id="r", key="retention.listening", since=dt.date(2025, 1, 1), value=1, correct=True
    )
    settings.set_value(desk, since)
    assert [one.who for one in lines(desk)] == ["code K7Q-2MX"]
    too_long = settings.SetValue(request_id="s", key="retention.listening", since=TODAY, value=100)
    assert broken(lambda: settings.set_value(desk, too_long)) == ["settings.between"]


def test_what_is_kept_is_asked_again_in_its_year(responsable_desk: Desk, clock: FixedClock) -> None:
    desk = responsable_desk
    put(desk, talk_of(None, OLD, 1, code=CODE))
    old_person(desk)
    chosen = tuple(one.over for one in lines(desk))
    command = KeepOver(request_id="keep", lines=chosen, why="Un procès dure.", years=2)
    assert retention.keep_over(desk, command).value == retention.keep_over(desk, command).value == 2
    assert len(compartment.every_kept(compartment.opened(desk), RetentionDecision)) == 1
    assert lines(desk) == ()
    clock.advance(dt.timedelta(days=365))
    assert lines(desk) == ()
    clock.advance(dt.timedelta(days=365))
    assert tuple(one.over for one in lines(desk)) == chosen
    with desk.read() as uow:
        said = [change.new for change in uow.audit.history("person", chosen[0].base_id or 0)[0].changes]
    assert said == ["Un procès dure.", "2028"]


def test_a_reason_and_a_year_are_asked(responsable_desk: Desk) -> None:
    put(responsable_desk, talk_of(None, OLD, 1, code=CODE))
    (line,) = lines(responsable_desk)
    assert broken(lambda: keep(responsable_desk, line.over, why=" ", years=0)) == ["retention.why", "retention.again"]
    assert broken(lambda: keep(responsable_desk)) == ["retention.chosen"]


def test_erasing_takes_the_lines_and_leaves_the_figures(responsable_desk: Desk) -> None:
    desk = responsable_desk
    her = talks.person(desk, "Awa")
    talk, _ = put(desk, talk_of(her, OLD, 1, "vieux recit"), note(OLD))
    file_id = old_person(desk)
    sealed_counting.rewrite_counts(desk)
    with desk.read() as uow:
        counted = uow.sealed.counts()
    chosen = tuple(one.over for one in lines(desk))
    assert len(chosen) == 3
    assert broken(lambda: retention.erase_over(desk, EraseOver(request_id="x", lines=chosen, typed=""))) == [
        "rights.confirm"
    ]
    assert broken(lambda: retention.erase_over(desk, EraseOver(request_id="x", lines=(), typed="effacer"))) == [
        "retention.chosen"
    ]
    command = EraseOver(request_id="erase", lines=chosen, typed="effacer")
    assert retention.erase_over(desk, command).value == retention.erase_over(desk, command).value == 3
    assert lines(desk) == ()
    every = json.dumps([dict(one.payload) for one in compartment.open_compartment(desk).records()])
    for gone in ("vieux recit", "note ancienne", talk):
        assert gone not in every
    with desk.read() as uow:
        person = uow.persons.get(file_id)
        assert person is not None
        assert person.erased_on == TODAY
        sealed_counting.rewrite_counts(desk)
    with desk.read() as uow:
        assert uow.sealed.counts() == counted
    assert checks.sealed_index(desk).ok
    (noted,) = erasing.list_erasures(desk)
    assert noted.reason is ErasureReason.TERM
    assert {one.kind for one in noted.counts} == {"listening", "deposit", "person"}
    again = EraseOver(request_id="again", lines=chosen, typed="effacer")
    assert broken(lambda: retention.erase_over(desk, again)) == ["retention.changed"]


def test_only_the_responsable_sees_and_decides(desk: Desk, desk_of: Callable[[str], Desk]) -> None:
    for one in (desk, desk_of("ecoutante")):
        with pytest.raises(Forbidden):
            retention.propose(one)
        with pytest.raises(Forbidden):
            keep(one)
        assert retention.waiting(one) == 0


def test_she_is_not_asked_about_herself(responsable_desk: Desk) -> None:
    her = talks.person(responsable_desk)
    put(responsable_desk, talk_of(her, OLD, 1))
    assert retention.waiting(responsable_desk) == 1
    talks.link_user(responsable_desk, her)
    again = compartment.opened(responsable_desk)
    again.forget_made()
    assert [one for one in lines(responsable_desk) if one.over.kind == "listening"] == []


def test_a_decision_for_one_kind_says_nothing_of_another(responsable_desk: Desk) -> None:
    desk = responsable_desk
    put(desk, talk_of(None, OLD, 1, code=CODE), note(OLD))
    keep(desk, *(one.over for one in lines(desk) if one.over.kind == "deposit"))
    assert [one.over.kind for one in lines(desk)] == ["listening"]
    assert compartment.every_kept(compartment.opened(desk), ListeningSession)
    with desk.read() as uow:
        assert EPOCH not in {one.since for one in uow.settings.values().get("retention.kept", ())}
