"""Incidents on a real encrypted file: refused to others, one type, agreements, counters, slips, trends."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

import pytest

from antenne.base.clock import FixedClock
from antenne.domain.alerts import Reason
from antenne.domain.births import Birth, Precision
from antenne.domain.incidents import GbvType, Incident, Purpose, already_out
from antenne.domain.listening import Service
from antenne.domain.rights import Right
from antenne.domain.violations import Forbidden, RulesBroken
from antenne.print import protection as papers
from antenne.services import (
    alerts,
    compartment,
    incidents,
    minors,
    partners,
    protection_printing,
    protection_trends,
    reading_log,
)
from antenne.services.desk import Desk
from antenne.services.incidents import Note, Plain, SaveIncident, Withdraw
from tests.conftest import NOW
from tests.print import pdf
from tests.services.members_help import attest, register
from tests.services.protection_help import CHILD, DAY, INTAKE, STOP, H, opened

DeskOf = Callable[[str], Desk]


def codes(caught: pytest.ExceptionInfo[RulesBroken]) -> list[str]:
    return [one.code for one in caught.value.violations]


@pytest.mark.parametrize("role", ["secretaire", "caissiere", "lecture"])
def test_every_other_role_is_refused_in_the_same_words(desk_of: DeskOf, role: str) -> None:
    mine = opened(desk_of("ecoutante"))
    other = desk_of(role)
    tries: list[Callable[[], object]] = [
        lambda: opened(other, "x"),
        lambda: incidents.list_incidents(other),
        lambda: incidents.read_incident(other, mine.id),
        lambda: incidents.running(other),
        lambda: incidents.begin_watch(other),
        lambda: incidents.reopen_incident(other, Plain(request_id="y", before=mine)),
        lambda: minors.list_minors(other),
        lambda: minors.list_notices(other),
        lambda: alerts.alerts_to_read(other),
        lambda: protection_trends.trends(other, DAY, DAY),
        lambda: protection_trends.sent_crossings(other),
    ]
    for attempt in tries:
        with pytest.raises(Forbidden) as caught:
            attempt()
        assert caught.value.right == Right.COMPARTMENT.value


def test_an_intake_is_kept_once_with_new_codes_and_leaves_nothing_in_the_base(desk_of: DeskOf) -> None:
    desk = desk_of("ecoutante")
    with desk.read() as uow:
        before = uow.rows("SELECT count(*) FROM audit"), uow.rows("SELECT count(*) FROM counter")
    first = opened(desk)
    assert opened(desk) == first
    second = opened(desk, "i2")
    assert (first.record.number, second.record.number) == ("I-2026-0001", "I-2026-0002")
    assert first.record.gbv_type is GbvType.RAPE
    given = [first.record.code, second.record.code, first.record.survivor_code, second.record.survivor_code]
    assert len(set(given)) == 4
    assert len(incidents.list_incidents(desk)) == 2
    with desk.read() as uow:
        assert (uow.rows("SELECT count(*) FROM audit"), uow.rows("SELECT count(*) FROM counter")) == before


def test_she_comes_back_under_her_code(desk_of: DeskOf) -> None:
    desk = desk_of("ecoutante")
    first = opened(desk)
    again = SaveIncident(request_id="i2", answers=INTAKE, survivor_code=first.record.survivor_code)
    assert incidents.save_incident(desk, again).value.record.survivor_code == first.record.survivor_code
    with pytest.raises(RulesBroken) as caught:
        incidents.save_incident(desk, replace(again, request_id="i3", survivor_code="ZZZZZZ"))
    assert codes(caught) == ["protection.code_unknown"]


def test_an_incident_in_the_future_or_backwards_is_refused(desk_of: DeskOf) -> None:
    desk = desk_of("ecoutante")
    with pytest.raises(RulesBroken) as caught:
        opened(desk, happened_from=NOW + dt.timedelta(minutes=5), interviewed_at=NOW + dt.timedelta(minutes=6))
    assert codes(caught) == ["incident.future"]
    with pytest.raises(RulesBroken) as caught:
        opened(desk, happened_to=NOW - 90 * H)
    assert codes(caught) == ["incident.range"]
    assert incidents.list_incidents(desk) == ()


def test_a_correction_keeps_the_old_values_and_refuses_an_old_version(desk_of: DeskOf) -> None:
    desk = desk_of("ecoutante")
    first = opened(desk)
    answers = {**INTAKE, "penetration": False, "sexual_contact": True}
    change = SaveIncident(request_id="c1", answers=answers, before=first)
    after = incidents.save_incident(desk, change).value
    assert after.record.gbv_type is GbvType.SEXUAL_ASSAULT
    assert after.record.code == first.record.code
    assert incidents.save_incident(desk, change).value == after
    [trace] = compartment.history(desk, first.id)
    assert [line.old for line in trace.lines if line.field == "gbv_type"] == ["viol"]
    with pytest.raises(RulesBroken) as caught:
        incidents.save_incident(desk, replace(change, request_id="c2"))
    assert codes(caught) == ["sealed.changed"]


def test_a_childs_file_goes_up_at_once_and_an_adults_never(desk_of: DeskOf) -> None:
    desk, above = desk_of("ecoutante"), desk_of("responsable")
    opened(desk, local_type="traite")
    assert minors.list_notices(above) == ()
    child = opened(desk, "i2", birth=CHILD)
    above = desk_of("responsable")
    [notice] = minors.list_notices(above)
    assert (notice.record.reason, notice.record.subject) == (Reason.CHILD_EXPLOITATION, child.id)
    assert minors.list_notices(desk) == ()
    with pytest.raises(RulesBroken):
        minors.see_notice(desk, minors.SeeNotice(request_id="s", before=notice))
    minors.see_notice(above, minors.SeeNotice(request_id="s", before=notice))
    assert minors.list_notices(above) == ()


def test_an_adult_corrected_into_a_child_goes_up(desk_of: DeskOf) -> None:
    desk = desk_of("responsable")
    first = opened(desk)
    change = SaveIncident(request_id="c1", answers={**INTAKE, "birth": CHILD}, before=first)
    incidents.save_incident(desk, change)
    assert [one.record.subject for one in minors.list_notices(desk)] == [first.id]


def test_only_the_responsable_says_evident_adult(desk_of: DeskOf) -> None:
    desk, above = desk_of("ecoutante"), desk_of("responsable")
    first = opened(desk)
    with pytest.raises(RulesBroken) as caught:
        incidents.record_evident_adult(desk, Plain(request_id="e", before=first))
    assert codes(caught) == ["incident.responsable_only", "incident.evident_why"]
    said = incidents.record_evident_adult(above, Plain(request_id="e", before=first, words="acte vu")).value
    assert said.record.evident_adult == "acte vu"


def test_the_counters_hold_when_the_clock_is_set_back(desk_of: DeskOf, clock: FixedClock) -> None:
    desk = desk_of("ecoutante")
    first = opened(desk)
    watch = incidents.begin_watch(desk, first.record)
    pep, contraception = incidents.counters(desk, first.record, watch).left
    assert (pep.hours, pep.minutes, contraception.hours) == (9, 20, 57)
    assert incidents.running(desk) == (first,)
    clock.advance(dt.timedelta(hours=1))
    clock.instant -= dt.timedelta(hours=20)
    pep, _ = incidents.counters(desk, first.record, watch).left
    assert (pep.hours, pep.minutes) == (8, 20)
    later = incidents.begin_watch(desk, first.record)
    assert incidents.counters(desk, first.record, later).left[0].hours == 9
    clock.advance(dt.timedelta(hours=40))
    pep, contraception = incidents.counters(desk, first.record, watch).left
    assert (pep.open, contraception.open) == (False, True)


def test_the_nearest_structure_with_a_convention_is_named(desk_of: DeskOf) -> None:
    desk = desk_of("ecoutante")
    first = opened(desk)
    found = incidents.counters(desk, first.record, incidents.begin_watch(desk)).nearest
    assert found is not None
    assert (found.partner.name, found.agreed) == (STOP, False)
    unpaid = opened(desk, "i2", local_type="non_paiement", penetration=False, sexual_contact=False, physical=False,
                    forced_marriage=False)  # fmt: skip
    assert unpaid.record.gbv_type is GbvType.DENIAL
    assert incidents.counters(desk, unpaid.record, incidents.begin_watch(desk)).left == ()


def test_a_closed_structure_takes_nobody_new(desk_of: DeskOf) -> None:
    from antenne.domain.forms import partner as partner_forms

    desk = desk_of("ecoutante")
    known = next(one for one in partners.list_partners(desk) if one.name == "ARCAD CESAC")
    row = {"service": "health", "answer": "referred", "structure": "ARCAD CESAC"}
    before = opened(desk, referrals=(row,))
    answers = {**partner_forms.answers_of(known), "closed_on": DAY}
    partners.save_partner(desk, partners.SavePartner(request_id="p", partner_id=known.id, answers=answers))
    with pytest.raises(RulesBroken) as caught:
        opened(desk, "i2", referrals=(row,))
    assert codes(caught) == ["protection.partner_closed"]
    change = SaveIncident(request_id="c", answers={**INTAKE, "referrals": (row,), "commune": "Mopti"}, before=before)
    assert incidents.save_incident(desk, change).value.record.commune == "Mopti"


def test_the_urgent_slip_bears_a_code_a_place_and_an_hour_only(desk_of: DeskOf) -> None:
    desk = desk_of("ecoutante")
    first = opened(desk)
    watch = incidents.begin_watch(desk, first.record)
    command = protection_printing.UrgentSlip(request_id="u", before=first, watch=watch)
    drawn = protection_printing.draw_urgent_slip(desk, command, papers.render_slip).value
    [row] = drawn.incident.record.referrals
    said = pdf.text(drawn.pdf)
    assert f"{row.code[:3]}-{row.code[3:]}" in said
    assert "One Stop Center" in said
    assert "26/11" not in said
    assert "23/11/2026 à 18 h 50" in said
    for hidden in (first.record.number, first.record.survivor_code, first.record.code, "DANAYA", "PEP", "viol"):
        assert hidden not in said
    again = replace(command, request_id="u2", before=drawn.incident)
    assert protection_printing.draw_urgent_slip(desk, again, papers.render_slip).value.incident.record.referrals == (
        row,
    )


def test_one_code_per_slip_and_none_against_her_will(desk_of: DeskOf) -> None:
    desk = desk_of("ecoutante")
    rows = (
        {"service": "health", "answer": "referred", "structure": STOP},
        {"service": "legal", "answer": "referred", "structure": "DRPFEF"},
    )
    said = ({"recipient": "DRPFEF", "given": False},)
    first = opened(desk, referrals=rows, recipients=said)
    give = incidents.GiveSlip(request_id="g", before=first, service=Service.HEALTH)
    coded = incidents.give_slip(desk, give).value
    assert coded.record.referrals[0].code
    assert coded.record.sent[0].recipient == STOP
    with pytest.raises(RulesBroken) as caught:
        incidents.give_slip(desk, incidents.GiveSlip(request_id="h", before=coded, service=Service.LEGAL))
    assert codes(caught) == ["incident.no_sharing"]
    with pytest.raises(RulesBroken) as caught:
        incidents.give_slip(desk, incidents.GiveSlip(request_id="k", before=coded, service=Service.SHELTER))
    assert codes(caught) == ["incident.not_referred"]
    drawn = protection_printing.draw_slip(desk, replace(give, request_id="g2", before=coded), papers.render_slip).value
    assert drawn.incident.record.referrals == coded.record.referrals


def test_an_agreement_taken_back_after_a_slip_left(desk_of: DeskOf) -> None:
    desk = desk_of("ecoutante")
    first = opened(desk, referrals=({"service": "health", "answer": "referred", "structure": STOP},))
    coded = incidents.give_slip(desk, incidents.GiveSlip(request_id="g", before=first, service=Service.HEALTH)).value
    back = incidents.withdraw_agreement(desk, Withdraw(request_id="w", before=coded, purpose=Purpose.SERVICES)).value
    assert [one.recipient for one in already_out(back.record)] == [STOP]
    with pytest.raises(RulesBroken) as caught:
        incidents.give_slip(desk, incidents.GiveSlip(request_id="x", before=back, service=Service.HEALTH))
    assert codes(caught) == ["incident.no_services"]
    with pytest.raises(RulesBroken) as caught:
        incidents.withdraw_agreement(desk, Withdraw(request_id="v", before=back, purpose=Purpose.SERVICES))
    assert codes(caught) == ["incident.nothing_to_withdraw"]


def _followed(desk: Desk) -> compartment.Kept[Incident]:
    one = opened(desk)
    plan = {"made_on": DAY, "danger": "il revient", "safe_place": "chez sa sœur"}
    one = incidents.make_plan(desk, Note(request_id="p", before=one, answers=plan)).value
    follow = {"on": DAY, "words": "vue au marché", "safe": True}
    one = incidents.add_follow_up(desk, Note(request_id="f", before=one, answers=follow)).value
    outcome = {"code": "commissariat", "on": DAY}
    return incidents.add_outcome(desk, Note(request_id="o", before=one, answers=outcome)).value


def test_plan_follow_up_outcome_closing_and_back_again(desk_of: DeskOf) -> None:
    desk = desk_of("ecoutante")
    one = _followed(desk)
    closing = {"on": DAY, "reason": "besoins", "needs_met": True, "plan_reviewed": True, "told_return": True}
    closed = incidents.close_incident(desk, Note(request_id="z", before=one, answers=closing)).value
    assert closed.record.plan is not None
    assert [step.words for step in closed.record.follow_ups] == ["vue au marché"]
    with pytest.raises(RulesBroken) as caught:
        incidents.add_follow_up(desk, Note(request_id="n", before=closed, answers={"on": DAY, "words": "x"}))
    assert codes(caught) == ["incident.closed_already"]
    again = incidents.reopen_incident(desk, Plain(request_id="r", before=closed)).value
    assert again.record.closing is None
    with pytest.raises(RulesBroken) as caught:
        incidents.reopen_incident(desk, Plain(request_id="r2", before=again))
    assert codes(caught) == ["incident.not_closed"]


def test_a_follow_up_clicked_twice_is_added_once(desk_of: DeskOf) -> None:
    desk = desk_of("ecoutante")
    command = Note(request_id="f", before=opened(desk), answers={"on": DAY, "words": "vue"})
    incidents.add_follow_up(desk, command)
    assert len(incidents.add_follow_up(desk, command).value.record.follow_ups) == 1


def test_every_reading_is_logged(desk_of: DeskOf) -> None:
    desk = desk_of("ecoutante")
    one = opened(desk)
    assert incidents.read_incident(desk, one.id) == one
    assert [line.record for line in reading_log.readings(desk_of("responsable"), one.id)] == [one.id]


ALERT = {"agreed_on": DAY, "place": "Gare routière", "when": "la nuit", "manner": "menace", "vehicle": "moto noire",
         "expires_on": DAY + dt.timedelta(days=20)}  # fmt: skip


def test_an_alert_needs_two_others_and_says_nothing_of_her(desk_of: DeskOf) -> None:
    desk, above = desk_of("ecoutante"), desk_of("responsable")
    one = opened(desk)
    written = alerts.write_alert(desk, alerts.WriteAlert(request_id="a", answers=ALERT, incident_id=one.id)).value
    assert alerts.alerts_to_read(desk) == ()
    with pytest.raises(RulesBroken) as caught:
        alerts.draw_alerts(desk, papers.render_alerts)
    assert codes(caught) == ["alert.none"]
    with pytest.raises(RulesBroken) as caught:
        alerts.approve_alert(desk, alerts.ApproveAlert(request_id="b", before=written, told_to=1))
    assert codes(caught) == ["alert.own"]
    command = alerts.ApproveAlert(request_id="c", before=written, told_to=desk.actor.user_id)
    ready = alerts.approve_alert(above, command).value
    drawn = alerts.draw_alerts(above, papers.render_alerts)
    said = pdf.text(drawn)
    assert "Gare routière" in said
    for hidden in (one.record.code, one.record.survivor_code, one.record.number, one.id, "Agent"):
        assert hidden not in said
    alerts.withdraw_alert(above, alerts.WithdrawAlert(request_id="d", before=ready))
    assert alerts.alerts_to_read(above) == ()


def test_her_file_says_whether_she_is_of_age(desk_of: DeskOf) -> None:
    secretary, desk = desk_of("secretaire"), desk_of("ecoutante")
    woman = register(secretary)
    opened(desk, person_id=woman.id)
    girl = register(secretary, birth=CHILD, joined_on=None, consent_photo=None)
    with pytest.raises(RulesBroken) as caught:
        opened(desk, "i2", person_id=girl.id)
    assert codes(caught) == ["incident.minor_as_adult"]
    with pytest.raises(RulesBroken) as caught:
        opened(desk, "i3", person_id=9999)
    assert codes(caught) == ["protection.unknown_person"]
    again = opened(desk, "i4", person_id=woman.id)
    hers = {one.record.survivor_code for one in incidents.list_incidents(desk)}
    assert hers == {again.record.survivor_code}


def test_evident_adult_on_her_file_holds_for_the_incident(desk_of: DeskOf) -> None:
    above = desk_of("responsable")
    near = Birth(Precision.AGE, dt.date(2007, 1, 1), 19, DAY)
    woman = register(above, birth=near, joined_on=None, consent_photo=None)
    attest(above, woman.id, "carte vue")
    one = opened(above, person_id=woman.id, birth=near)
    assert one.record.evident_adult == "carte vue"
    assert minors.list_notices(above) == ()
