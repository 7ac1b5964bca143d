"""Accompanied minors and the short sealed kinds, on a real encrypted file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from antenne.domain.alerts import Reason
from antenne.domain.forms import sealed_short as forms
from antenne.domain.forms.minor import answers_of
from antenne.domain.minors import Minor, Return
from antenne.domain.violations import Forbidden, RulesBroken
from antenne.services import minors, reading_log, sealed_counting, sealed_tests
from antenne.services.compartment import Kept
from antenne.services.desk import Desk
from antenne.services.minors import MinorNote, SaveMinor
from antenne.services.sealed_tests import SaveShort
from tests.services.protection_help import CHILD, DAY

DeskOf = Callable[[str], Desk]
ANSWERS = {
    "told_duty": True,
    "assent": True,
    "adult_agreed": True,
    "birth": CHILD,
    "met_on": DAY - dt.timedelta(days=10),
    "lakana": "told",
    "lakana_on": DAY,
}


def codes(caught: pytest.ExceptionInfo[RulesBroken]) -> list[str]:
    return [one.code for one in caught.value.violations]


def kept(desk: Desk, request: str = "m", **answers: object) -> Kept[Minor]:
    return minors.save_minor(desk, SaveMinor(request_id=request, answers={**ANSWERS, **answers})).value


def test_a_new_minor_goes_up_and_is_kept_once(desk_of: DeskOf) -> None:
    desk = desk_of("ecoutante")
    one = kept(desk)
    assert kept(desk) == one
    assert one.record.number == "MA-2026-0001"
    [notice] = minors.list_notices(desk_of("responsable"))
    assert (notice.record.reason, notice.record.subject) == (Reason.MINOR, one.id)
    assert minors.read_minor(desk, one.id) == one
    assert len(reading_log.readings(desk_of("responsable"), one.id)) == 1


def test_an_adult_is_no_minor(desk_of: DeskOf) -> None:
    from tests.services.protection_help import ADULT

    with pytest.raises(RulesBroken) as caught:
        kept(desk_of("ecoutante"), birth=ADULT)
    assert codes(caught) == ["minor.adult"]


def test_her_refusal_of_lakana_so_is_the_responsables_decision(desk_of: DeskOf) -> None:
    desk = desk_of("ecoutante")
    told = kept(desk)
    answers = {**answers_of(told.record), "lakana": "refused", "lakana_why": "elle a peur"}
    one = minors.save_minor(desk, SaveMinor(request_id="c", answers=answers, before=told)).value
    assert one.record.awaits_decision
    decision = {"decision": "respectee", "why": "sa sécurité"}
    with pytest.raises(RulesBroken) as caught:
        minors.decide_lakana(desk, MinorNote(request_id="d", before=one, answers=decision))
    assert codes(caught) == ["minor.responsable_decides"]
    above = desk_of("responsable")
    assert [notice.record.reason for notice in minors.list_notices(above)] == [Reason.MINOR, Reason.LAKANA_REFUSED]
    decided = minors.decide_lakana(above, MinorNote(request_id="d", before=one, answers=decision)).value
    assert decided.record.lakana_decision is not None
    assert decided.record.lakana_decision.by == above.actor.user_id
    back = {**answers_of(decided.record), "lakana": "told", "lakana_on": DAY}
    again = minors.save_minor(above, SaveMinor(request_id="e", answers=back, before=decided)).value
    assert again.record.lakana_decision is None


def test_a_first_refusal_goes_up_too(desk_of: DeskOf) -> None:
    desk = desk_of("responsable")
    kept(desk, lakana="refused", lakana_why="elle a peur")
    assert len(minors.list_notices(desk)) == 2


def test_returns_to_family_and_school(desk_of: DeskOf) -> None:
    desk = desk_of("ecoutante")
    home = {"what": "famille", "on": DAY, "where": "Youwarou"}
    one = minors.add_return(desk, MinorNote(request_id="r", before=kept(desk), answers=home)).value
    school = {"what": "ecole", "on": DAY, "where": "École de Sévaré", "school_class": "5"}
    one = minors.add_return(desk, MinorNote(request_id="s", before=one, answers=school)).value
    family = one.record.returned(Return.FAMILY)
    assert family is not None
    assert family.where == "Youwarou"
    with pytest.raises(RulesBroken) as caught:
        minors.add_return(desk, MinorNote(request_id="t", before=one, answers=home))
    assert codes(caught) == ["minor.return_twice"]
    assert minors.list_minors(desk) == (one,)


@pytest.mark.parametrize("key", list(forms.KINDS))
def test_short_kinds_are_refused_to_the_secretary(desk_of: DeskOf, key: str) -> None:
    desk = desk_of("secretaire")
    with pytest.raises(Forbidden):
        sealed_tests.save_short(desk, SaveShort(request_id="x", form=forms.FORMS[key], answers={}))
    with pytest.raises(Forbidden):
        sealed_tests.list_short(desk, forms.FORMS[key])


SHORT: dict[str, dict[str, Any]] = {
    "hiv_test": {"on": DAY, "returned_on": DAY},
    "sti_test": {"on": DAY, "treated_on": DAY},
    "consultation": {"on": DAY, "centre": "CSCOM de Sévaré", "monthly": True, "paid_by": "gratuit"},
    "health_booklet": {"on": DAY},
    "legal_aid": {"on": DAY, "matter": "pension"},
    "material_aid": {"on": DAY, "nature": "kit d’hygiène"},
}


@pytest.mark.parametrize("key", list(SHORT))
def test_somebody_without_a_file_gets_a_code_and_keeps_it(desk_of: DeskOf, key: str) -> None:
    desk, form = desk_of("ecoutante"), forms.FORMS[key]
    first = sealed_tests.save_short(desk, SaveShort(request_id="a", form=form, answers=SHORT[key])).value
    assert sealed_tests.save_short(desk, SaveShort(request_id="a", form=form, answers=SHORT[key])).value == first
    again = {**SHORT[key], "code": first.record.code}
    second = sealed_tests.save_short(desk, SaveShort(request_id="b", form=form, answers=again)).value
    assert first.record.code == second.record.code != ""
    changed = {**SHORT[key], "on": DAY - dt.timedelta(days=1)}
    command = SaveShort(request_id="c", form=form, answers=changed, before=second)
    assert sealed_tests.save_short(desk, command).value.record.code == first.record.code
    assert len(sealed_tests.list_short(desk, form)) == 2
    assert sealed_tests.read_short(desk, form, first.id).record == first.record


def test_a_result_needs_her_agreement_and_both_bodies_have_one_length(desk_of: DeskOf) -> None:
    desk, form = desk_of("ecoutante"), forms.HIV_TEST
    sealed = []
    for result in ("positif", "negatif"):
        answers = {"on": DAY, "result_agreed": True, "result": result}
        sealed.append(sealed_tests.save_short(desk, SaveShort(request_id=result, form=form, answers=answers)).value)
    with desk.read() as uow:
        rows = [uow.sealed.get(bytes.fromhex(one.id)) for one in sealed]
    assert len({len(row.body) for row in rows if row is not None}) == 1
    hidden = SaveShort(request_id="z", form=form, answers={"on": DAY, "result": "positif"})
    assert sealed_tests.save_short(desk, hidden).value.record.result is None


def test_unknown_people_and_empty_lists_are_refused(desk_of: DeskOf) -> None:
    desk = desk_of("ecoutante")
    command = SaveShort(request_id="a", form=forms.HIV_TEST, answers={"on": DAY, "person_id": 999})
    with pytest.raises(RulesBroken) as caught:
        sealed_tests.save_short(desk, command)
    assert codes(caught) == ["protection.unknown_person"]
    outing = SaveShort(request_id="b", form=forms.OUTING, answers={"on": DAY, "places": "Bars"})
    with pytest.raises(RulesBroken) as caught:
        sealed_tests.save_short(desk, outing)
    assert codes(caught) == ["outing.nobody"]


def test_women_of_an_outing_are_of_age_and_of_one_outing(desk_of: DeskOf) -> None:
    from tests.services.members_help import register

    desk = desk_of("ecoutante")
    woman = register(desk_of("secretaire")).id
    answers = {"on": DAY, "places": "Bars", "women": ({"person_id": woman},)}
    first = sealed_tests.save_short(desk, SaveShort(request_id="a", form=forms.OUTING, answers=answers)).value
    with pytest.raises(RulesBroken) as caught:
        sealed_tests.save_short(desk, SaveShort(request_id="b", form=forms.OUTING, answers=answers))
    assert codes(caught) == ["outing.twice"]
    girl = kept(desk)
    met = sealed_tests.MeetMinor(request_id="meet", before=first, minor_id=girl.id)
    assert sealed_tests.meet_minor(desk, met).value.record.minors == (girl.id,)
    again = replace(met, request_id="n", before=sealed_tests.list_short(desk, forms.OUTING)[0])
    assert sealed_tests.meet_minor(desk, again).value.record.minors == (girl.id,)


def test_one_code_is_one_person_across_kinds_and_the_published_figures_count_her_once(desk_of: DeskOf) -> None:
    desk = desk_of("ecoutante")
    girl = kept(desk)
    home = {"what": "famille", "on": DAY, "where": "Bankass"}
    minors.add_return(desk, MinorNote(request_id="r", before=girl, answers=home))
    tests = {"on": DAY, "returned_on": DAY}
    first = sealed_tests.save_short(desk, SaveShort(request_id="a", form=forms.HIV_TEST, answers=tests)).value
    again = {**tests, "code": first.record.code}
    sealed_tests.save_short(desk, SaveShort(request_id="b", form=forms.HIV_TEST, answers=again))
    hers = {**tests, "code": girl.record.code}
    sealed_tests.save_short(desk, SaveShort(request_id="c", form=forms.HIV_TEST, answers=hers))
    sealed_counting.rewrite_counts(desk)
    found = sealed_counting.read_figures(desk_of("lecture"), DAY, DAY).figures
    assert (found["sante.tests_vih_femmes"].persons, found["sante.tests_vih_femmes"].sessions) == (2, 3)
    assert found["mineures.retours_en_famille"].persons == 1
    assert found["mineures.retours_a_l_ecole"].persons == 0
