"""She asks to be forgotten: nothing of hers is in any body, in memory, in drafts or old values; the figures stay."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
from collections.abc import Callable

import pytest

from antenne.domain.her_rights import Erasure, ErasureReason, ErasureRequest, Her
from antenne.domain.her_rights_erasing import NOBODY, CountResidue
from antenne.domain.listening import ListeningSession
from antenne.domain.sealed_counts import Figure
from antenne.domain.violations import Forbidden, RulesBroken
from antenne.services import checks, compartment, erasing, listening_reading, reading_log, sealed_counting
from antenne.services.desk import Desk
from antenne.services.erasing import AskErasure, EraseSealed
from antenne.services.erasing_checks import ERASING_CHECKS, erased_files, sealed_leftovers
from antenne.services.listening_reading import SessionQuery
from tests.services import her_rights_help as planting
from tests.services import listening_help as talks
from tests.services.her_rights_help import CODE, PHRASES, plant, put, talk_of
from tests.services.test_sealed_proofs import _plain_pages

MONTHS = [dt.date(2024 + number // 12, number % 12 + 1, 1) for number in range(36)]


def bodies(desk: Desk) -> str:
    """Every body, opened afresh from the disk."""
    made = compartment.open_compartment(desk)
    return json.dumps([[one.id.hex(), dict(one.payload)] for one in made.records()], ensure_ascii=False)


def figures(desk: Desk) -> dict[tuple[dt.date, dt.date], dict[str, Figure]]:
    """What everybody reads, over every period."""
    sealed_counting.rewrite_counts(desk)
    found = {}
    for start in range(0, 36, 2):
        for end in range(start, 36, 3):
            first, last = MONTHS[start], MONTHS[end]
            found[first, last] = dict(sealed_counting.read_figures(desk, first, last).figures)
    return found


def erase(desk: Desk, her: Her, *ids: str, typed: str = "effacer") -> int:
    command = EraseSealed(request_id=talks.request(), her=her, ids=tuple(ids), typed=typed)
    return erasing.erase_sealed(desk, command).value


def index_is_right(desk: Desk) -> None:
    for check in (checks.sealed_index, *ERASING_CHECKS):
        found = check(desk)
        assert found.ok, found.detail


def test_nothing_of_hers_is_left_and_the_figures_stay(responsable_desk: Desk) -> None:
    desk = responsable_desk
    planted = plant(desk)
    for record_id in (planted.talk, planted.incident):
        reading_log.note_reading(desk, record_id)
    listening_reading.list_sessions(desk, SessionQuery(typed="mots repris"))
    before, counted = bodies(desk), figures(desk)
    for phrase in PHRASES:
        assert phrase in before, phrase
    assert counted[MONTHS[0], MONTHS[-3]]["ecoutes.femmes"] == Figure(2, 3)

    assert erase(desk, planted.her) == 15

    after = bodies(desk)
    stays = {"ce qui reste dit", "causerie tenue", "villages vus"}
    for phrase in PHRASES:
        assert (phrase in after) == (phrase in stays), phrase
    ids = (planted.talk, planted.coded, planted.incident, planted.test)
    assert not [one for one in ids if one in after]
    assert CODE not in after
    assert "Zeinabou" not in after
    assert f'"person_id": {planted.her.person_id}' not in after
    assert erasing.hers_of(desk, planted.her).chosen == frozenset()
    assert figures(desk) == counted
    assert listening_reading.list_sessions(desk, SessionQuery(typed="mots repris")).lines == ()
    assert [line.record for line in reading_log.readings(desk)] == [NOBODY, NOBODY]
    index_is_right(desk)


def test_her_line_leaves_the_lists_and_the_others_stay(responsable_desk: Desk) -> None:
    planted = plant(responsable_desk)
    erase(responsable_desk, planted.her)
    left = {one.id.hex(): one.payload for one in compartment.opened(responsable_desk).records()}
    assert [row["person_id"] for row in left[planted.attendance]["present"]] == [planted.other]
    assert (left[planted.outing]["women"], left[planted.outing]["minors"]) == ([planted.other], [])


def test_her_bodies_are_on_no_page_of_the_file(responsable_desk: Desk) -> None:
    desk = responsable_desk
    planted = plant(desk)
    with desk.read() as uow:
        row = uow.sealed.get(bytes.fromhex(planted.talk))
    assert row is not None
    pieces = [row.body[at : at + 48] for at in (600, 1200, 1800, 2400)]

    def there() -> list[bytes]:
        pages = list(_plain_pages(desk.folder, desk.keys.base))
        return [piece for piece in pieces if any(piece in page for page in pages)]

    assert there()  # a piece may lie across two pages
    erase(desk, planted.her)
    assert there() == []


def test_one_talk_goes_and_the_other_is_still_hers(responsable_desk: Desk) -> None:
    desk = responsable_desk
    planted = plant(desk)
    counted = figures(desk)
    assert erase(desk, planted.her, planted.talk) == 1
    after = bodies(desk)
    assert "mots premiers" not in after
    assert "mots repris" not in after
    assert planted.talk not in after
    assert "mots du code" in after
    assert planted.coded in erasing.hers_of(desk, planted.her).own
    assert figures(desk) == counted
    index_is_right(desk)
    talks.save(
        desk, **talks.named(planted.her.person_id or 0, first="follow_up", at=dt.datetime(2026, 3, 2, tzinfo=dt.UTC))
    )
    found = figures(desk)[MONTHS[0], MONTHS[27]]["ecoutes.femmes"]
    assert found == Figure(2, 4)  # the same woman, seen once more
    erase(desk, planted.her)
    assert figures(desk)[MONTHS[0], MONTHS[27]]["ecoutes.femmes"] == found


def test_a_code_that_only_a_talk_tied_to_her_stays_hers(responsable_desk: Desk) -> None:
    desk = responsable_desk
    her = talks.person(desk)
    talk, coded = put(
        desk, talk_of(her, planting.AT, 1, code=CODE), talk_of(None, planting.AT + dt.timedelta(days=9), 2, code=CODE)
    )
    counted = figures(desk)
    erase(desk, Her(her), talk)
    assert erasing.hers_of(desk, Her(her)).own == {coded}
    assert figures(desk) == counted
    assert erase(desk, Her(None, CODE)) == 1
    assert erasing.hers_of(desk, Her(her)).ties == frozenset()


def test_erasing_twice_by_one_click_is_erasing_once(responsable_desk: Desk) -> None:
    desk = responsable_desk
    planted = plant(desk)
    command = EraseSealed(request_id="once", her=planted.her, typed="Effacer")
    assert erasing.erase_sealed(desk, command).value == erasing.erase_sealed(desk, command).value == 15
    (noted,) = erasing.list_erasures(desk)
    assert noted.reason is ErasureReason.ASKED
    assert {one.kind: one.count for one in noted.counts}["listening"] == 2
    with pytest.raises(RulesBroken) as found:
        erase(desk, planted.her)
    assert found.value.violations[0].code == "rights.nothing"


def test_only_the_responsable_erases_with_the_word_typed(
    responsable_desk: Desk, desk_of: Callable[[str], Desk]
) -> None:
    planted = plant(responsable_desk)
    with pytest.raises(RulesBroken) as found:
        erase(responsable_desk, planted.her, typed="oui")
    assert found.value.violations[0].code == "rights.confirm"
    for role in ("ecoutante", "secretaire"):
        with pytest.raises(Forbidden):
            erase(desk_of(role), planted.her)
    with pytest.raises(Forbidden):
        erasing.list_erasures(desk_of("ecoutante"))


def test_an_ecoutante_asks_and_the_request_goes_with_the_records(
    responsable_desk: Desk, desk_of: Callable[[str], Desk]
) -> None:
    planted = plant(responsable_desk)
    listener = desk_of("ecoutante")
    asked = AskErasure(request_id="ask", her=planted.her, ids=(planted.talk,), words="Elle part.")
    erasing.ask_erasure(listener, asked)
    erasing.ask_erasure(listener, asked)
    with pytest.raises(RulesBroken):
        erasing.ask_erasure(listener, AskErasure(request_id="again", her=planted.her, ids=(planted.talk,)))
    with pytest.raises(RulesBroken):
        erasing.ask_erasure(listener, AskErasure(request_id="long", her=planted.her, words="x" * 300))
    with pytest.raises(Forbidden):
        erasing.ask_erasure(desk_of("secretaire"), asked)
    desk = desk_of("responsable")
    assert [one.words for one in erasing.list_requests(desk)] == ["Elle part."]
    erase(desk, planted.her, planted.talk)
    assert erasing.list_requests(desk) == ()
    assert "Elle part." not in bodies(desk)


def test_nobody_erases_or_reads_herself(responsable_desk: Desk) -> None:
    planted = plant(responsable_desk)
    assert planted.her.person_id is not None
    talks.link_user(responsable_desk, planted.her.person_id)
    for her in (planted.her, Her(None, CODE)):
        with pytest.raises(Forbidden):
            erase(responsable_desk, her)
        with pytest.raises(Forbidden):
            erasing.hers_of(responsable_desk, her)


def test_the_residue_names_nobody(responsable_desk: Desk) -> None:
    planted = plant(responsable_desk)
    erase(responsable_desk, planted.her)
    own = compartment.opened(responsable_desk)
    pages = compartment.every_kept(own, CountResidue)
    text = repr(pages)
    assert pages
    assert planted.talk not in text
    assert "person" not in text.replace("persons", "")
    assert compartment.every_kept(own, Erasure)
    assert not compartment.every_kept(own, ErasureRequest)
    assert {one.record.person_id for one in compartment.every_kept(own, ListeningSession)} == {planted.other}


def test_what_hangs_on_a_record_that_is_gone_is_named(responsable_desk: Desk, desk_of: Callable[[str], Desk]) -> None:
    planted = plant(responsable_desk)
    with compartment.changing(responsable_desk) as batch:
        batch.delete(bytes.fromhex(planted.talk))
        batch.commit()
    assert not sealed_leftovers(responsable_desk).ok
    assert sealed_leftovers(desk_of("secretaire")).detail.startswith("réservé")


def test_an_erased_file_that_kept_a_name_is_named(responsable_desk: Desk) -> None:
    her = talks.person(responsable_desk)
    with responsable_desk.write() as uow:
        person = uow.persons.get(her)
        assert person is not None
        uow.persons.save(dataclasses.replace(person, erased_on=responsable_desk.today), responsable_desk.clock.now(), 1)
        uow.commit()
    found = erased_files(responsable_desk)
    assert (found.ok, found.detail) == (False, "encore nommées\u00a0: P-00001")
