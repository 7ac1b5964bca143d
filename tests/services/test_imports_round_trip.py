"""The program's own list comes back: recognised where it was made, the same files in an empty other office."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterator
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest

from antenne.base.clock import FixedClock
from antenne.base.progress import Silent
from antenne.db.slots import Unlocked
from antenne.domain.births import UNKNOWN, Birth, Precision
from antenne.domain.births_rules import about_age
from antenne.domain.imports import Decision, ImportPersons, ImportReport, RowState, skip_all
from antenne.domain.persons import Consent, Membership, Person, Phone, Purpose
from antenne.domain.workbooks import Workbook
from antenne.services import checks, exports, imports, opening
from antenne.services.desk import Desk
from tests.conftest import NOW

JOINED = dt.date(2024, 3, 4)
FILE = (Consent(Purpose.FILE, JOINED, "signature"),)


def _year(year: int) -> Birth:
    return Birth(Precision.YEAR, dt.date(year, 1, 1))


def _member(number: int, **more: Any) -> Membership:
    return Membership(f"M-{number:05d}", JOINED, **more)


PEOPLE: tuple[Person, ...] = (
    Person(
        last_name="TRAORÉ", first_name="Awa", pseudonym="Étoile", nicknames=("Mamou", "La Grande"),
        birth=Birth(Precision.DAY, dt.date(1991, 3, 12)), birth_place="Bandiagara", nationality="ml",
        languages=("bam", "ful"),
        phones=(
            Phone("+22376123456", "elle", may_call=True, may_message=False), Phone("+22366987654", "partage"),
            Phone("+33612345678", "proche", may_call=False),
        ),
        quarter="Mopti — Gangal", emergency_name="Sira TRAORÉ", emergency_phone="+22370112233", emergency_knows=False,
        never_tell="son frère", mother_name="Oumou DIALLO", children_count=3, schooling="coranique", literate=False,
        activity="commerce", displaced=True, displaced_from="Douentza", displaced_on=dt.date(2023, 5, 6),
        id_type="cni", id_number="ML-123 / 45", id_expires_on=dt.date(2030, 12, 31), nina="12345678901234A",
        register_ref="cahier 2, p. 14", membership=_member(12, exempt=True, sponsor_id=5),
        consents=(
            Consent(Purpose.FILE, JOINED, "orale", "Kadidia GUINDO"),
            Consent(Purpose.PHOTO, JOINED, "empreinte", withdrawn_on=dt.date(2025, 1, 2)),
            Consent(Purpose.PHOTO, dt.date(2025, 2, 3), "signature"),
            Consent(Purpose.CONTACT, JOINED, "signature"),
        ),
    ),
    Person(last_name="DIALLO", first_name="Sira", birth=Birth(Precision.ABOUT, dt.date(1980, 1, 1)),
           membership=_member(3), consents=FILE),
    Person(last_name="Ɲɛlɛba", first_name="Sɔgɔna", birth=Birth(Precision.DAY, dt.date(1985, 1, 1)),
           membership=_member(4, suspended_on=dt.date(2025, 6, 7), sponsor_id=1)),
    Person(last_name="O", first_name="N’Deye-Fanta", birth=Birth(Precision.MONTH, dt.date(1979, 5, 1)),
           membership=_member(7, left_on=dt.date(2025, 8, 9), left_reason="demande"), consents=FILE),
    Person(last_name="MAÏGA", first_name="Hawa", birth=about_age(40, dt.date(2025, 2, 3)),
           membership=_member(9, sponsor_id=1), consents=FILE),
    Person(last_name="CISSÉ", first_name="Nana", birth=Birth(Precision.EVENT, event="après la grande crue"),
           evident_adult="connue du quartier depuis vingt ans", membership=_member(20), consents=FILE),
    Person(last_name="CISSÉ", first_name="Nana", birth=Birth(Precision.EVENT, dt.date(1984, 1, 1), event="l’année de la faim"),
           mother_name="Rokia KEÏTA", membership=_member(21), consents=FILE),
    Person(last_name="GUINDO", first_name="Yapama", birth=UNKNOWN, membership=_member(22), consents=FILE),
    Person(last_name="TOURÉ", first_name="Fanta", birth=_year(1960), died_on=dt.date(2026, 1, 2), membership=_member(23)),
    Person(last_name="SACKO", first_name="Bintou", birth=_year(1990), displaced=False, literate=True, consents=FILE),
    Person(last_name="SACKO", first_name="Aïcha", birth=Birth(Precision.DAY, dt.date(2016, 7, 8))),
    Person(last_name="KAREMBÉ", first_name="Djénéba", birth=UNKNOWN),
    Person(last_name="KEÏTA", first_name="Oumou", birth=_year(1950), died_on=dt.date(2026, 2, 3)),
)  # fmt: skip
"""Every kind of birth, of standing and of answer; ids are their places, from 1."""


@pytest.fixture
def home(desk: Desk) -> Desk:
    """An office that holds them."""
    with desk.write() as uow:
        for place, person in enumerate(PEOPLE, 1):
            alone = replace(person, number=f"P-{place:05d}", membership=_unsponsored(person.membership))
            assert uow.persons.save(alone, NOW, desk.actor.user_id).id == place
        for place, person in enumerate(PEOPLE, 1):
            if person.membership is not None:
                saved = replace(person, id=place, number=f"P-{place:05d}")
                uow.persons.save(saved, NOW, desk.actor.user_id)
        uow.counters.reserve("person", len(PEOPLE))
        uow.counters.reserve("member", 23)
        uow.commit()
    for indexed in _index(desk):
        desk.persons.put(indexed)
    return desk


def _unsponsored(member: Membership | None) -> Membership | None:
    return None if member is None else replace(member, sponsor_id=None)


def _index(desk: Desk) -> Any:
    with desk.read() as uow:
        return uow.persons.index_rows()


@pytest.fixture
def elsewhere(
    made_office: tuple[Path, dict[str, Unlocked]], tmp_path: Path, clock: FixedClock, request: pytest.FixtureRequest
) -> Iterator[Desk]:
    """Another office, empty, opened by the responsable unless the test asks for another."""
    folder = tmp_path / "ailleurs"
    shutil.copytree(made_office[0], folder)
    opened = opening.open_desk(folder, made_office[1][getattr(request, "param", "responsable")], clock)
    yield opened
    opened.close()


def _exported(desk: Desk, path: Path) -> Workbook:
    exports.export_persons(desk, exports.ExportPersons(path=path))
    return imports.read_workbook(path, Silent())


def _try(desk: Desk, book: Workbook) -> ImportReport:
    return imports.dry_run(desk, book, imports.guess_mapping(book))


def _bring(desk: Desk, book: Workbook, decision: Decision = Decision.ADD, request_id: str = "r") -> int:
    report = _try(desk, book)
    command = ImportPersons(
        request_id=request_id,
        workbook=book,
        mapping=imports.guess_mapping(book),
        decisions={row.line: decision for row in report.of(RowState.TWIN)},
    )
    return imports.import_persons(desk, command).value.added


def _files(desk: Desk) -> dict[str, dict[str, Any]]:
    """Every record by its number, field by field; a marraine by her number, for ids differ."""
    with desk.read() as uow:
        people = uow.persons.many(uow.persons.all_ids())
    numbers = {person.id: person.number for person in people}
    found = {}
    for person in people:
        member = person.membership
        told = {field.name: getattr(person, field.name) for field in fields(person)}
        told["sponsor"] = numbers.get(member.sponsor_id or 0) if member else None
        told["membership"] = _unsponsored(member)
        found[person.number] = {key: told[key] for key in told.keys() - {"id", "updated_at", "updated_by"}}
    return found


def test_every_file_is_the_same_in_an_empty_office(home: Desk, elsewhere: Desk, tmp_path: Path) -> None:
    book = _exported(home, tmp_path / "liste.xlsx")
    report = _try(elsewhere, book)
    assert [row.line for row in report.of(RowState.ERROR)] == []
    assert {
        (finding.line, finding.code) for finding in report.findings if finding.code != "majority_unverified"
    } == set()
    assert _bring(elsewhere, book) == len(PEOPLE)
    brought, made = _files(elsewhere), _files(home)
    assert brought.keys() == made.keys()
    for number, told in made.items():
        assert brought[number] == told, number
    assert checks.numbers(elsewhere).ok
    with elsewhere.read() as uow:
        assert (uow.counters.last("person"), uow.counters.last("member")) == (len(PEOPLE), 23)
    again = _try(elsewhere, book)
    assert again.count(RowState.KNOWN) == len(PEOPLE)


def test_it_is_recognised_whole_where_it_was_made(home: Desk, tmp_path: Path) -> None:
    report = _try(home, _exported(home, tmp_path / "liste.xlsx"))
    assert report.count(RowState.KNOWN) == len(PEOPLE)
    assert report.findings == ()


@pytest.mark.parametrize("elsewhere", ["secretaire"], indirect=True)
def test_a_secretary_brings_unchecked_majorities_as_unchecked(home: Desk, elsewhere: Desk, tmp_path: Path) -> None:
    book = _exported(home, tmp_path / "liste.xlsx")
    report = _try(elsewhere, book)
    assert report.count(RowState.ERROR) == 0
    assert sorted(finding.code for finding in report.findings) == [
        "attest_right", "majority_unverified", "majority_unverified",
    ]  # fmt: skip
    assert _bring(elsewhere, book) == len(PEOPLE)
    made = _files(elsewhere)
    assert [made[number]["evident_adult"] for number in ("P-00006", "P-00008")] == ["", ""]


def test_who_asked_to_be_forgotten_is_not_in_the_list(home: Desk, tmp_path: Path) -> None:
    with home.write() as uow:
        forgotten = uow.persons.get(2)
        assert forgotten is not None
        uow.persons.save(replace(forgotten, erased_on=dt.date(2026, 11, 23)), NOW, home.actor.user_id)
        uow.commit()
    book = _exported(home, tmp_path / "liste.xlsx")
    assert len(book.rows) == len(PEOPLE)
    assert "DIALLO" not in [row.cell(2) for row in book.rows]


def test_the_question_that_recognises_her_stays_in_the_base(home: Desk, tmp_path: Path) -> None:
    with home.write() as uow:
        asked = uow.persons.get(2)
        assert asked is not None
        uow.persons.save(replace(asked, recognition_question="le nom de la chèvre"), NOW, home.actor.user_id)
        uow.commit()
    book = _exported(home, tmp_path / "liste.xlsx")
    assert not any("chèvre" in str(cell) for row in book.rows for cell in row.cells)


def test_the_marraine_of_a_line_left_aside_is_whom_it_repeats(home: Desk, elsewhere: Desk, tmp_path: Path) -> None:
    """Two lines of one woman: the second is left aside, and the woman she brought has the first as marraine."""
    path = tmp_path / "registre.xlsx"
    heads = ("Nom", "Prénom", "Naissance", "Nom de la mère", "Date d’adhésion", "N° d’adhérente", "Marraine")
    rows = (
        ("DIALLO", "Sira", "1980", "Awa KEÏTA", "04/03/2024", "M-00003", "M-00009"),
        ("DIALLO", "Sira", "1980", "Awa KEÏTA", "04/03/2024", "M-00004", None),
        ("MAÏGA", "Hawa", "1985", "Fanta BÂ", "04/03/2024", "M-00009", "M-00004"),
        ("TOURÉ", "Oumou", "1985", "Nana BÂ", "04/03/2024", "M-00010", "Hawa Maïga"),
        ("CISSÉ", "Rokia", "1985", "Nana BÂ", "04/03/2024", "M-00011", "personne"),
    )
    exports.export_table(path, "Registre", heads, rows)
    book = imports.read_workbook(path, Silent())
    report = _try(elsewhere, book)
    assert [row.state for row in report.rows][1] is RowState.TWIN
    assert [(one.line, one.column, one.code) for one in report.findings] == [(6, "Marraine", "sponsor_unknown")]
    assert _bring(elsewhere, book, Decision.SKIP) == 4
    made = _files(elsewhere)
    by_name = {told["first_name"]: (number, told["sponsor"]) for number, told in made.items()}
    assert by_name["Sira"][1] == by_name["Hawa"][0], "she stands below"
    assert by_name["Hawa"][1] == by_name["Sira"][0]
    assert by_name["Oumou"][1] == by_name["Hawa"][0]
    assert by_name["Rokia"][1] is None
    assert home.today == elsewhere.today


def test_a_marraine_of_the_base_is_found_by_her_exact_name(home: Desk, tmp_path: Path) -> None:
    path = tmp_path / "registre.xlsx"
    heads = ("Nom", "Prénom", "Naissance", "Date d’adhésion", "Marraine")
    rows = (
        ("NOUVELLE", "Une", "1980", "04/03/2025", "Sira Diallo"),
        ("NOUVELLE", "Deux", "1980", "04/03/2025", "Nana Cissé"),
        ("NOUVELLE", "Trois", "1980", "04/03/2025", "M-9"),
        ("NOUVELLE", "Quatre", "1980", "04/03/2025", "P-00010"),
    )
    exports.export_table(path, "Registre", heads, rows)
    book = imports.read_workbook(path, Silent())
    report = _try(home, book)
    assert [(one.line, one.code) for one in report.findings] == [(3, "sponsor_several"), (5, "sponsor_unknown")]
    assert skip_all(report) == {}
    assert _bring(home, book) == 4
    made = {told["first_name"]: told["sponsor"] for told in _files(home).values() if told["last_name"] == "NOUVELLE"}
    assert made == {"Une": "P-00002", "Deux": None, "Trois": "P-00005", "Quatre": None}
