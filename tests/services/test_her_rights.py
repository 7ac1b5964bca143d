"""What is held about her: everything with the right, and without it a paper that knows of nothing else."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from antenne.domain.her_rights import Agreed, Held, Her
from antenne.domain.incidents import Incident
from antenne.domain.listening import ListeningSession
from antenne.domain.sealed_counts import LEFT_OUT, Figure
from antenne.domain.sealed_kinds import KINDS
from antenne.domain.sealed_tests import HivTest
from antenne.domain.violations import Forbidden, RulesBroken
from antenne.print.her_rights import render_held
from antenne.services import compartment, erasing, her_rights, reading_log, sealed_counting
from antenne.services import her_rights_agreements as agreements
from antenne.services.compartment import find
from antenne.services.desk import Desk
from antenne.services.her_rights_agreements import TakeBack
from tests.print.pdf import page_count, text
from tests.services import listening_help as talks
from tests.services.her_rights_help import CODE, PHRASES, Planted, plant
from tests.services.members_help import register

TODAY = dt.date(2026, 11, 23)


def text_of(held: Held) -> str:
    """Everything told."""
    records = [record for part in held.parts for record in part.records]
    facts = [fact for record in records for fact in (*record.facts, *record.before)]
    return "\n".join([*(record.title for record in records), *(f"{one.label} : {one.value}" for one in facts)])


def paper_text(pdf: bytes) -> str:
    return " ".join(text(pdf, page) for page in range(page_count(pdf)))


def take_back(desk: Desk, planted: Planted, what: Agreed, record: str = "", **changes: object) -> tuple[str, ...]:
    """She takes the first of them back."""
    found = agreements.list_agreements(desk, planted.her)
    one = next(one for one in found if one.what is what and one.in_force and record in ("", one.sealed_id))
    asked: dict[str, object] = {"on": TODAY, "how": "orale", "witness": "Oumou K."}
    command = TakeBack(request_id=talks.request(), her=planted.her, agreement=one, **(asked | changes))  # type: ignore[arg-type]  # as asked
    return agreements.take_back(desk, command).value


def broken(act: Callable[[], object]) -> list[str]:
    with pytest.raises(RulesBroken) as found:
        act()
    return [one.code for one in found.value.violations]


def test_with_the_right_everything_of_hers_is_told_and_the_reading_logged(responsable_desk: Desk) -> None:
    planted = plant(responsable_desk)
    held = her_rights.read_sealed(responsable_desk, planted.her)
    said = text_of(held)
    for phrase in PHRASES:
        assert (phrase in said) == (phrase != "ce qui reste dit"), phrase
    assert "mots premiers" in said  # what it said before it was corrected
    assert "ARCAD CESAC" in said
    assert "Autre" not in said
    assert "Motifs : violence, papiers" in said
    logged = {line.record for line in reading_log.readings(responsable_desk)}
    assert logged == erasing.hers_of(responsable_desk, planted.her).chosen
    assert [part.key for part in held.parts][-5:] == ["talks", "protection", "care", "lists", "other"]
    paper = paper_text(render_held(held, responsable_desk.office))
    for phrase in PHRASES:
        assert (phrase in paper) == (phrase != "ce qui reste dit"), phrase
    assert "DANAYA" not in paper


def test_a_woman_known_by_a_code_alone_has_her_page(responsable_desk: Desk) -> None:
    alone = talks.save(responsable_desk, said="Elle ne dit pas son nom.")
    code = alone.record.code
    her = her_rights.find_her(responsable_desk, None, f"{code[:3]} {code[3:]}".lower())
    assert her == Her(None, code)
    assert "ne dit pas son nom" in text_of(her_rights.read_sealed(responsable_desk, her))
    assert broken(lambda: her_rights.draw(responsable_desk, her, render_held, sealed=False)) == ["rights.who"]
    assert broken(lambda: her_rights.find_her(responsable_desk, None, "K7Q-2MW")) == ["rights.unknown_code"]
    assert broken(lambda: her_rights.find_her(responsable_desk, None, "?")) == ["listening.code_unreadable"]
    assert broken(lambda: her_rights.find_her(responsable_desk, None, " ")) == ["rights.who"]
    planted = plant(responsable_desk)
    assert her_rights.find_her(responsable_desk, None, CODE) == planted.her


def test_the_secretary_s_paper_is_the_same_whatever_is_sealed(
    desk: Desk, responsable_desk: Desk, desk_of: Callable[[str], Desk]
) -> None:
    person = register(desk, last_name="Zorgho", first_name="Qalima")
    her = Her(person.id)
    before = her_rights.draw(desk, her, render_held, sealed=False)
    talks.save(responsable_desk, **talks.named(person.id, said="Ses mots."))
    assert her_rights.draw(desk_of("secretaire"), her, render_held, sealed=False) == before
    assert her_rights.draw(responsable_desk, her, render_held, sealed=False) == before
    said = paper_text(before)
    assert "Qalima Zorgho" in said
    for word in ("coute", "onfident", "ncident", "rotection"):
        assert word not in said.replace("Je peux", ""), word
    with pytest.raises(Forbidden):
        her_rights.read_sealed(desk, her)
    assert Agreed.FILE in {one.what for one in agreements.list_agreements(desk, her)}


def test_what_the_user_may_not_see_says_where_to_ask(desk: Desk, desk_of: Callable[[str], Desk]) -> None:
    person = register(desk)
    elsewhere = {part.key: part.elsewhere for part in her_rights.read_held(desk_of("ecoutante"), person.id).parts}
    assert elsewhere["receipts"] == elsewhere["dues"] == "À demander à la caissière."
    assert elsewhere["civil"] == "À demander à la secrétaire."
    with pytest.raises(Forbidden):
        her_rights.read_held(desk_of("lecture"), person.id)


def test_every_kind_is_told_without_an_error(responsable_desk: Desk) -> None:
    planted = plant(responsable_desk)
    told = {
        record.kind for part in her_rights.read_sealed(responsable_desk, planted.her).parts for record in part.records
    }
    left = set(KINDS) - told - {
        "code_tie", "trace", "readings", "responsable_notice", "sent_crossing", "count_residue", "erasure",
        "erasure_request", "withdrawal", "retention",
    }  # fmt: skip
    assert not {one for one in left if "person_id" in KINDS[one].__dataclass_fields__}


# --- Taking back -----------------------------------------------------------------------------------------------------


def test_an_incident_without_statistics_leaves_the_figures(responsable_desk: Desk) -> None:
    desk = responsable_desk
    planted = plant(desk)
    code = "protection.agressions_par_clients_gerees"

    def counted() -> tuple[Figure, Figure]:
        sealed_counting.rewrite_counts(desk)
        whole = sealed_counting.read_figures(desk, TODAY, TODAY).figures[code]
        return whole, sealed_counting.read_part(desk, code, LEFT_OUT, TODAY, TODAY)

    assert counted() == (Figure(1, 1), Figure())
    take_back(desk, planted, Agreed.STATISTICS)
    assert counted() == (Figure(), Figure(1, 1))
    incident = find(desk, Incident, planted.incident).record
    assert [one.withdrawn_on for one in incident.agreements] == [None, TODAY, None]
    assert broken(lambda: _twice(desk, planted)) == ["rights.not_given"]
    said = text_of(her_rights.read_sealed(desk, planted.her))
    assert "Retiré le : 23/11/2026 (orale, avec témoin, témoin Oumou K.)" in said


def _twice(desk: Desk, planted: Planted) -> None:
    """What another desk has taken back meanwhile."""
    one = next(one for one in agreements.list_agreements(desk, planted.her) if one.what is Agreed.STATISTICS)
    command = TakeBack(request_id=talks.request(), her=planted.her, agreement=one, on=TODAY, how="signature")
    agreements.take_back(desk, command)


def test_taking_services_back_takes_the_sharing_back(responsable_desk: Desk) -> None:
    planted = plant(responsable_desk)
    take_back(responsable_desk, planted, Agreed.SERVICES)
    left = [one.what for one in agreements.list_agreements(responsable_desk, planted.her) if one.in_force]
    assert Agreed.SERVICES not in left
    assert Agreed.SHARING not in left
    assert Agreed.STATISTICS in left


def test_a_talk_that_she_no_longer_lets_us_keep_says_nothing_of_her(responsable_desk: Desk) -> None:
    desk = responsable_desk
    planted = plant(desk)
    sealed_counting.rewrite_counts(desk)
    with desk.read() as uow:
        before = uow.sealed.counts()
    take_back(desk, planted, Agreed.RECORDING, planted.talk)
    talk = find(desk, ListeningSession, planted.talk).record
    assert (talk.person_id, talk.said, talk.incident_ids, talk.consent_record) == (None, "", (), False)
    assert talk.motives
    assert planted.talk not in erasing.hers_of(desk, planted.her).own
    every = repr([dict(one.payload) for one in compartment.opened(desk).records()])
    assert "mots repris" not in every
    assert "mots premiers" not in every
    sealed_counting.rewrite_counts(desk)
    with desk.read() as uow:
        assert uow.sealed.counts() == before


def test_a_result_is_erased_and_the_test_stays_counted(responsable_desk: Desk) -> None:
    planted = plant(responsable_desk)
    take_back(responsable_desk, planted, Agreed.RESULT)
    test = find(responsable_desk, HivTest, planted.test).record
    assert (test.result, test.result_agreed, test.returned_on is not None) == (None, False, True)


def test_sharing_of_a_talk_and_an_alert_are_taken_back(responsable_desk: Desk) -> None:
    planted = plant(responsable_desk)
    take_back(responsable_desk, planted, Agreed.TALK_SHARING, planted.coded)
    take_back(responsable_desk, planted, Agreed.ALERT)
    take_back(responsable_desk, planted, Agreed.STORY)
    found = agreements.list_agreements(responsable_desk, planted.her)
    withdrawn = {one.what for one in found if one.withdrawn_on == TODAY}
    assert withdrawn == {Agreed.TALK_SHARING, Agreed.ALERT, Agreed.STORY}


def test_an_agreement_of_her_file_is_taken_back_with_how_she_said_it(desk: Desk) -> None:
    person = register(desk)
    planted = Planted(Her(person.id), 0, "", "", "", "", "", "")
    take_back(desk, planted, Agreed.FILE)
    left = next(one for one in agreements.list_agreements(desk, planted.her) if one.what is Agreed.FILE)
    assert (left.in_force, left.withdrawn_on) == (False, TODAY)
    with desk.read() as uow:
        changes = uow.audit.history("person", person.id)[0].changes
    assert changes[0].new == "retiré le 23/11/2026 (orale, avec témoin, témoin Oumou K.)"


def test_day_how_and_witness_are_asked(responsable_desk: Desk) -> None:
    planted = plant(responsable_desk)
    for changes, code in (
        ({"on": TODAY + dt.timedelta(days=1)}, "rights.future"),
        ({"on": dt.date(2024, 1, 1)}, "rights.before"),
        ({"how": ""}, "rights.how"),
        ({"witness": " "}, "rights.witness"),
    ):
        found = broken(lambda changes=changes: take_back(responsable_desk, planted, Agreed.RESULT, **changes))  # type: ignore[misc]  # as given
        assert found == [code]
