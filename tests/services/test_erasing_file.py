"""Her file and her civil files: settled first, then nameless; money, steps and counts stay."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

import pytest

from antenne.domain.births import Precision
from antenne.domain.civil import Beneficiary, CivilEvent, CivilPiece, EventKind
from antenne.domain.civil_routes import Step
from antenne.domain.her_rights import Settled
from antenne.domain.violations import Forbidden, RulesBroken
from antenne.services import civil, erasing, her_rights
from antenne.services.checks import GENERAL
from antenne.services.civil_checks import CIVIL_CHECKS
from antenne.services.desk import Desk
from antenne.services.erasing import EraseFile
from tests.services import civil_help, money
from tests.services.members_help import request

ON = dt.date(2026, 9, 1)
NAMES = ("Zorgho", "zorgho", "Qalima", "qalima", "Ibrahim", "ibrahim", "Wendé", "secret de piece", "mot du journal")


def texts(desk: Desk) -> str:
    """Everything readable in the decrypted base."""
    with desk.read() as uow:
        tables = [row[0] for row in uow.rows("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return " ".join(repr(uow.rows(f'SELECT * FROM "{table}"')) for table in tables)  # noqa: S608 - the base's own tables


def opened(desk: Desk) -> tuple[int, int]:
    """A woman, and a file that she asked for her child."""
    person_id = money.member(desk, last_name="Zorgho", first_name="Qalima")
    file_id = civil_help.opened(desk, person_id, ON, "declaration")
    with desk.write() as uow:
        page = civil.page_of(uow, file_id)
        pieces = (*page.pieces, CivilPiece(label="secret de piece", received_on=ON, original=True))
        uow.civil.put_pieces(file_id, pieces)
        own = uow.civil.pieces(file_id)[-1].id
        uow.civil.add_scan(own, ON, b"jpeg de Qalima")
        uow.commit()
    note = CivilEvent(kind=EventKind.NOTE, on=ON, written_at=civil_help.AT, actor_id=0, words="mot du journal")
    civil.write_event(desk, civil.WriteEvent(request_id=request(), file_id=file_id, event=note))
    return person_id, file_id


def finish(desk: Desk, file_id: int) -> None:
    """Handed over, and its papers given back."""
    days = dict.fromkeys(Step, ON + dt.timedelta(days=9))
    civil_help.went(desk, file_id, "declaration", Step.HANDED, days)
    with desk.write() as uow:
        page = civil.page_of(uow, file_id)
        uow.civil.put_pieces(file_id, tuple(replace(one, returned_on=ON, returned_to="Qalima") for one in page.pieces))
        uow.commit()


def codes(act: Callable[[], object]) -> list[str]:
    with pytest.raises(RulesBroken) as found:
        act()
    return [one.code for one in found.value.violations]


def erase(desk: Desk, person_id: int, typed: str = "EFFACER") -> None:
    erasing.erase_file(desk, EraseFile(request_id=request(), person_id=person_id, typed=typed))


def test_what_is_open_is_settled_first(desk: Desk, responsable_desk: Desk) -> None:
    person_id, file_id = opened(desk)
    found = erasing.read_settled(responsable_desk, person_id)
    assert found.open_files == found.papers_here == ("N-2026-0001",)
    assert codes(lambda: erase(responsable_desk, person_id)) == ["rights.open_files", "rights.papers_here"]
    assert codes(lambda: erase(responsable_desk, person_id, "oui")) == ["rights.confirm"]
    with pytest.raises(Forbidden):
        erase(desk, person_id)
    assert "Zorgho" in texts(desk)
    finish(desk, file_id)
    assert erasing.check_settled(erasing.read_settled(responsable_desk, person_id)) == ()


def test_money_that_is_owed_stands_against_it() -> None:
    found = erasing.check_settled(Settled(change_due=500, advance_left=2000, unpaid=1000))
    assert [(one.code, one.values) for one in found] == [
        ("rights.change_due", (("amount", 500),)),
        ("rights.advance", (("amount", 2000),)),
    ]


def test_her_name_and_her_child_s_are_nowhere_and_the_steps_stay(desk: Desk, responsable_desk: Desk) -> None:
    person_id, file_id = opened(desk)
    finish(desk, file_id)
    said = " ".join(
        fact.value for part in her_rights.read_held(desk, person_id).parts for one in part.records for fact in one.facts
    )
    assert "Ibrahim" in said
    assert "mot du journal" in said
    before = texts(desk)
    assert all(name in before for name in NAMES if name != "Wendé")
    with desk.read() as uow:
        standing = civil.page_of(uow, file_id).standing
    erase(responsable_desk, person_id)
    after = texts(desk)
    assert not [name for name in NAMES if name in after]
    with desk.read() as uow:
        page = civil.page_of(uow, file_id)
    assert page.standing.reached == standing.reached
    assert (page.file.number, page.file.first_name, page.file.beneficiary) == (
        "N-2026-0001", "dossier effacé", Beneficiary.CHILD,
    )  # fmt: skip
    assert page.file.birth.precision is Precision.YEAR
    for check in (*GENERAL, *CIVIL_CHECKS):
        finding = check(responsable_desk)
        assert finding.ok, finding
    assert codes(lambda: erase(responsable_desk, person_id)) == ["members.erased"]


def test_a_second_click_erases_once(desk: Desk, responsable_desk: Desk) -> None:
    person_id = money.member(desk)
    command = EraseFile(request_id="once", person_id=person_id, typed="effacer")
    erasing.erase_file(responsable_desk, command)
    assert erasing.erase_file(responsable_desk, command).value.erased_on == desk.today
