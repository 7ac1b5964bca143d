"""Phrases that were never handed over are drawn again; an envelope lets people in without the confidential key."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from antenne.base.problems import Problem
from antenne.domain.recovery import CodeKind
from antenne.domain.rights import Right, Role
from antenne.domain.violations import Forbidden, RulesBroken
from antenne.services import access, accounts, compartment, handing, opening, rekeying, users
from antenne.services.desk import Desk
from antenne.services.handing import GiveAgain
from antenne.services.rekeying import Rekeyed
from tests.conftest import KDF, LABELS, PHRASES

OWN = "pirogue calebasse lanterne fourmi"
CODES = (rekeying.draw_code(CodeKind.BASE), rekeying.draw_code(CodeKind.CONFIDENTIAL))


@pytest.fixture
def rekeyed(responsable_desk: Desk) -> Rekeyed:
    """Everybody stays; four phrases are on paper, or should be."""
    desk = responsable_desk
    everybody = {user.name: user for user in users.list_users(desk)}
    staying = tuple(rekeying.Staying(user_id=user.id, roles=user.roles) for user in everybody.values())
    command = rekeying.Rekey(request_id="cles", own_phrase=OWN, staying=staying, recovery=rekeying.envelopes(*CODES))
    return rekeying.rekey_office(desk, command, KDF).value


@pytest.fixture
def enter(responsable_desk: Desk) -> Callable[[str, str | None], Desk]:
    def opened(phrase: str, label: str | None) -> Desk:
        desk = responsable_desk
        return opening.open_desk(desk.folder, access.unlock(desk.folder, phrase, label), desk.clock)

    return opened


Enter = Callable[[str, str | None], Desk]


def asked(desk: Desk, *names: str, request: str = "encore") -> GiveAgain:
    chosen = tuple((one.user.id, one.user.roles) for one in accounts.read_keys(desk).accounts if one.user.name in names)
    return GiveAgain(request_id=request, chosen=chosen)


def unhanded(desk: Desk) -> list[str]:
    return [one.user.name for one in accounts.read_keys(desk).accounts if one.unhanded]


def opens(desk: Desk, phrase: str, label: str) -> bool:
    try:
        access.unlock(desk.folder, phrase, label)
    except Problem:
        return False
    return True


def test_what_was_copied_is_noted_and_the_rest_is_drawn_again_without_another_rekey(
    rekeyed: Rekeyed, enter: Enter
) -> None:
    """The screen locks after the first paper: the next login knows which three are missing."""
    first, *lost = rekeyed.papers
    rekeying.note_handed(rekeyed, first.slot_id)
    desk = enter(OWN, LABELS["responsable"])
    waiting = unhanded(desk)
    assert sorted(waiting) == sorted(paper.name for paper in lost)
    generation = accounts.read_keys(desk).generation
    done = handing.give_again(desk, asked(desk, *waiting), KDF).value
    assert sorted(paper.name for paper in done) == sorted(waiting)
    for before, after in zip(sorted(lost, key=_name), sorted(done, key=_name), strict=True):
        assert before.label == after.label
        assert not opens(desk, before.phrase, before.label)
        assert opens(desk, after.phrase, after.label)
    assert opens(desk, first.phrase, first.label), "the one that was handed over still opens"
    listener = next(paper for paper in done if paper.name == "Agent ecoutante")
    assert access.unlock(desk.folder, listener.phrase, listener.label).confidential_key == desk.keys.confidential
    assert accounts.read_keys(desk).generation > generation
    assert sorted(unhanded(desk)) == sorted(waiting)
    for paper in done:
        users.mark_handed(desk, paper.slot_id)
    assert unhanded(desk) == []
    assert [one.one_time for one in accounts.read_keys(desk).accounts] == [False, True, True, True, True]
    desk.close()


def _name(paper: users.OneTimePhrase) -> str:
    return paper.name


def test_her_own_phrase_takes_both_marks_away(rekeyed: Rekeyed, enter: Enter) -> None:
    paper = next(one for one in rekeyed.papers if one.name == "Agent secretaire")
    hers = enter(paper.phrase, paper.label)
    assert users.must_change_phrase(hers, paper.slot_id)
    users.change_first_phrase(hers, paper.slot_id, PHRASES["secretaire"], KDF)
    assert not users.must_change_phrase(hers, paper.slot_id)
    hers.close()
    desk = enter(OWN, LABELS["responsable"])
    assert "Agent secretaire" not in unhanded(desk)
    with pytest.raises(RulesBroken, match=r"users\.not_to_give"):
        handing.give_again(desk, asked(desk, "Agent secretaire"), KDF)
    desk.close()


def test_what_does_not_fit_is_refused(rekeyed: Rekeyed, enter: Enter) -> None:
    desk = enter(OWN, LABELS["responsable"])
    for command, code in (
        (asked(desk), "users.nobody_chosen"),
        (asked(desk, "Agent responsable"), "users.not_to_give"),
        (GiveAgain(request_id="r", chosen=((99, frozenset({Role.LECTURE})),)), "users.not_to_give"),
    ):
        with pytest.raises(RulesBroken, match=code):
            handing.give_again(desk, command, KDF)
    cashier = asked(desk, "Agent caissiere").chosen[0][0]
    more = GiveAgain(request_id="r", chosen=((cashier, frozenset({Role.RESPONSABLE})),))
    with pytest.raises(RulesBroken, match=r"users\.changed_meanwhile"):
        handing.give_again(desk, more, KDF)
    command = asked(desk, "Agent caissiere")
    handing.give_again(desk, command, KDF)
    with pytest.raises(RulesBroken, match=r"users\.given_already"):
        handing.give_again(desk, command, KDF)
    desk.close()
    paper = next(one for one in rekeyed.papers if one.name == "Agent secretaire")
    hers = enter(paper.phrase, paper.label)
    with pytest.raises(Forbidden):
        handing.give_again(hers, command, KDF)
    with pytest.raises(Forbidden):
        users.mark_handed(hers, paper.slot_id)
    hers.close()


def test_a_newcomer_whose_phrase_was_not_copied_is_waiting(responsable_desk: Desk) -> None:
    desk = responsable_desk
    command = users.AddUser(request_id="r", name="Agent nouvelle", label="Girafe", roles=frozenset({Role.CAISSIERE}))
    paper = users.add_user(desk, command, KDF).value
    assert unhanded(desk) == ["Agent nouvelle"]
    users.mark_handed(desk, paper.slot_id)
    assert unhanded(desk) == []


def test_the_base_envelope_lets_them_in_and_leaves_the_compartment_whole(rekeyed: Rekeyed, enter: Enter) -> None:
    """Envelope 1 after lost phrases: the base is theirs again; what only envelope 2 opens waits for it, unharmed."""
    desk = enter(OWN, LABELS["responsable"])
    with compartment.changing(desk) as batch:
        record = batch.put({"kind": "note", "text": "récit"}).id
        batch.commit()
    desk.close()

    by_base = enter(CODES[0], None)
    state = accounts.read_keys(by_base)
    assert state.by_envelope
    assert not state.confidential
    names = [one.user.name for one in state.to_give()]
    assert "Agent responsable" in names
    papers = handing.give_again(by_base, asked(by_base, *names), KDF).value
    by_base.close()

    paper = next(one for one in papers if one.name == "Agent responsable")
    hers = enter(paper.phrase, paper.label)
    assert users.must_change_phrase(hers, paper.slot_id)
    users.change_first_phrase(hers, paper.slot_id, "marmite tortue ardoise girafe", KDF)
    assert hers.may(Right.COMPARTMENT)
    with pytest.raises(Problem, match=r"sealed\.no_key"):
        compartment.open_compartment(hers)
    with pytest.raises(Problem, match=r"rekey\.no_confidential"):
        rekeying.rekey_office(hers, rekeying.Rekey(request_id="k", own_phrase=OWN, staying=(), recovery=()), KDF)
    assert not any(one.without for one in accounts.read_keys(hers).to_give() if not one.one_time)
    hers.close()

    by_code = enter(CODES[1], None)
    lacking = [one.user.name for one in accounts.read_keys(by_code).accounts if one.without]
    assert lacking == ["Agent responsable", "Agent ecoutante"]
    again = handing.give_again(by_code, asked(by_code, *lacking, request="plus"), KDF).value
    assert not any(one.without for one in accounts.read_keys(by_code).accounts)
    by_code.close()
    for whole in again:
        back = enter(whole.phrase, whole.label)
        assert compartment.open_compartment(back).get(record) is not None
        back.close()
