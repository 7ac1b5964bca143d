"""Headers, cells, rows, repetitions and steps of an import: what is read, what is said."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from antenne.domain import import_cells as cells
from antenne.domain import import_columns as columns
from antenne.domain import import_phones, import_rules
from antenne.domain.births import UNKNOWN, Birth, Precision
from antenne.domain.births_rules import spoken_birth
from antenne.domain.forms.model import Option
from antenne.domain.forms.person import REGISTRATION
from antenne.domain.import_columns import BY_KEY, DESTINATIONS, NOT_TAKEN, guess, guess_mapping
from antenne.domain.import_judgement import Columns, Judged, Known, NameKeys, judge
from antenne.domain.import_row_cells import Office
from antenne.domain.import_rows import Candidate, fingerprint, read_candidates, sheet_findings
from antenne.domain.imports import (
    Finding,
    ImportOptions,
    RowState,
    Severity,
)
from antenne.domain.persons import Membership, Person, Phone
from antenne.domain.workbooks import CellValue, Merged, SheetName, SheetRow, Workbook, column_letter

TODAY = dt.date(2026, 11, 23)
LISTS = {
    "activities": (Option("commerce", "petit commerce"), Option("couture", "couture")),
    "languages": (Option("bam", "bambara"), Option("ful", "peul")),
    "quarters": (Option("komoguel", "Mopti — Komoguel"), Option("a", "Sévaré — Gare"), Option("b", "Mopti — Gare")),
}
OFFICE = Office(today=TODAY, lists=LISTS, check=lambda person: import_rules.faults(person, TODAY, 18))


def sheet(
    *rows: list[CellValue], merged: tuple[Merged, ...] = (), formulas: frozenset[tuple[int, int]] = frozenset()
) -> Workbook:
    return Workbook(
        file_name="registre.xlsx",
        digest="d",
        sheets=(SheetName("Registre"),),
        sheet="Registre",
        rows=tuple(
            SheetRow(line, tuple(row)) for line, row in enumerate(rows, 1) if any(cell is not None for cell in row)
        ),
        width=max((len(row) for row in rows), default=0),
        formulas=formulas,
        merged=merged,
    )


def read(book: Workbook, options: ImportOptions | None = None, office: Office = OFFICE) -> list[Candidate]:
    return list(read_candidates(book, guess_mapping(book), options or ImportOptions(), office))


def codes(candidate: Candidate) -> list[str]:
    return [finding.code for finding in candidate.findings]


def one(headers: list[CellValue], values: list[CellValue], office: Office = OFFICE, **options: Any) -> Candidate:
    """A row that also has a name and an adult's age, unless it says otherwise."""
    options.setdefault("joined_on", dt.date(2024, 1, 8))
    more_heads: list[CellValue] = ["Nom", "Prénom"]
    more_values: list[CellValue] = ["TRAORÉ", "Awa"]
    if not {"Naissance", "Âge", "Année de naissance"} & set(headers):
        more_heads.append("Naissance")
        more_values.append("1990")
    book = sheet(more_heads + headers, more_values + values)
    return read(book, ImportOptions(**options), office)[0]


def person_of(candidate: Candidate) -> Person:
    assert candidate.person is not None, candidate.findings
    return candidate.person


# --- Headers ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("title", "key"),
    [
        ("Nom et prénom", "full_name"), ("Prénom et nom", "full_name"), ("Noms & Prénoms", "full_name"), ("NOM", "last_name"),
        ("Nom(s)", "last_name"), ("Prénom (s)", "first_name"), ("Tél", "phones"), ("N° Tél.", "phones"),
        ("Téléphone 2", "phones"), ("Contacts", "phones"), ("N° carte", "member_number"), ("Matricule", "member_number"),
        ("Date naiss.", "birth"), ("Né(e) le", "birth"), ("Née à", "birth_place"), ("Né(e) à", "birth_place"),
        ("Année de naissance", "birth_year"), ("Age (ans)", "age"), ("Quartier", "quarter"), ("Adresse / Quartier", "quarter"),
        ("Nom de la mère", "mother_name"), ("Personne à prévenir en cas d’urgence", "emergency_name"),
        ("Tél. personne à prévenir", "emergency_phone"), ("Son téléphone", "emergency_phone"), ("Date d'adhésion", "joined_on"),
        ("Inscrite le", "joined_on"), ("Nbre d’enfants", "children_count"), ("Surnom", "nicknames"), ("Métier", "activity"),
        ("N° CNI", "id_number"), ("NINA", "nina"), ("N°", ""), ("N° d’ordre", ""), ("Observations", ""), ("Sexe", ""),
        ("", ""), ("الاسم", ""),
    ],
)  # fmt: skip
def test_a_header_is_understood(title: str, key: str) -> None:
    assert guess(title) == key


def test_every_label_of_the_form_finds_its_field() -> None:
    kept = BY_KEY.keys() - {"consent_photo", "consent_how"}
    labels = {field.key: field.label for field in REGISTRATION.fields if field.key in kept}
    assert len(labels) > 15
    for key, label in labels.items():
        assert guess(label) == key
        assert BY_KEY[key].label == label or key in columns.OUT_OF_PLACE
    for destination in DESTINATIONS:
        assert guess(destination.label) == destination.key


def test_headers_below_a_title_and_a_column_without_one() -> None:
    book = sheet(
        ["REGISTRE DES ADHÉRENTES"], [None], ["N°", None, "Nom et prénom", "Tél", "Tél"], [1, "M-00012", "TRAORÉ Awa", 76123456.0],
    )  # fmt: skip
    mapping = guess_mapping(book)
    assert mapping.header_line == 3
    assert mapping.targets == ("", "member_number", "full_name", "phones", "phones")
    assert [header.name for header in mapping.headers] == ["N°", "colonne B", "Nom et prénom", "Tél", "Tél"]
    assert mapping.headers[3].samples == ("76123456",)
    assert mapping.names_somebody


def test_two_headers_alike_leave_the_second_aside() -> None:
    book = sheet(["Nom", "Prénom", "Nom", "Quartier"], ["TRAORÉ", "Awa", "DIALLO", "Gangal"])
    assert guess_mapping(book).targets == ("last_name", "first_name", "", "quarter")


def test_one_way_of_naming() -> None:
    apart = sheet(["Nom et prénom", "Nom", "Prénom"], ["A", "B", "C"])
    assert guess_mapping(apart).targets == ("", "last_name", "first_name")
    together = sheet(["Nom et prénom", "Nom", "Tél"], ["A", "B", 76])
    assert guess_mapping(together).targets == ("full_name", "", "phones")


def test_a_sheet_without_headers_is_shown_whole() -> None:
    book = sheet(["TRAORÉ", "Awa"], ["DIALLO", "Sira"], ["KEÏTA", "Oumou"], ["TOURÉ", "Fanta"])
    mapping = guess_mapping(book)
    assert (mapping.header_line, mapping.targets) == (0, ("", ""))
    assert not mapping.names_somebody
    chosen = mapping.with_target(0, "last_name").with_target(1, "first_name")
    assert chosen.names_somebody
    assert chosen.with_target(1, "last_name").targets == ("", "last_name")
    assert chosen.with_target(0, NOT_TAKEN).targets == ("", "first_name")
    assert mapping.with_target(0, "phones").with_target(1, "phones").targets == ("phones", "phones")
    assert len(list(read_candidates(book, chosen, ImportOptions(members=False), OFFICE))) == 4


@pytest.mark.parametrize(
    ("column", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (27, "AB"), (701, "ZZ"), (702, "AAA")]
)
def test_columns_have_letters(column: int, letters: str) -> None:
    assert column_letter(column) == letters


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""), (True, "oui"), (False, "non"), (76123456.0, "76123456"), (1.5, "1.5"), (dt.date(1994, 3, 9), "09/03/1994"),
        ("  a\u00a0b\u202fc \u200f", "a b c"), ("a_x000D_b", "a b"), ("\u202eأب", "أب"),
    ],
)  # fmt: skip
def test_a_cell_as_text(value: CellValue, text: str) -> None:
    assert columns.as_text(value) == text


# --- Cells --------------------------------------------------------------------------------------------------------

DAY, MONTH, YEAR, ABOUT, AGE = Precision.DAY, Precision.MONTH, Precision.YEAR, Precision.ABOUT, Precision.AGE


@pytest.mark.parametrize(
    ("value", "precision", "first"),
    [
        ("vers 1994", ABOUT, (1994, 1, 1)), ("Née vers 1988", ABOUT, (1988, 1, 1)), ("env. 1990", ABOUT, (1990, 1, 1)),
        ("~1990", ABOUT, (1990, 1, 1)), ("12/03/1991", DAY, (1991, 3, 12)), ("née le 12/03/1991", DAY, (1991, 3, 12)),
        ("12-03-1991", DAY, (1991, 3, 12)), ("12.03.91", DAY, (1991, 3, 12)), ("1991-03-12", DAY, (1991, 3, 12)),
        ("1991-03-12 00:00:00", DAY, (1991, 3, 12)), ("12 mars 1991", DAY, (1991, 3, 12)), ("mars 1990", MONTH, (1990, 3, 1)),
        ("03/1990", MONTH, (1990, 3, 1)), ("1990", YEAR, (1990, 1, 1)), ("en 1990", YEAR, (1990, 1, 1)),
        ("l’an 1990", YEAR, (1990, 1, 1)), (1990, YEAR, (1990, 1, 1)), (1990.0, YEAR, (1990, 1, 1)),
        ("32 ans", AGE, (1994, 1, 1)), ("environ 40 ans", AGE, (1986, 1, 1)), (32, AGE, (1994, 1, 1)), ("32", AGE, (1994, 1, 1)),
        (dt.date(1994, 3, 9), DAY, (1994, 3, 9)), (dt.datetime.fromisoformat("1994-03-09T08:00:00"), DAY, (1994, 3, 9)),
    ],
)  # fmt: skip
def test_a_birth_as_registers_tell_it(value: CellValue, precision: Precision, first: tuple[int, int, int]) -> None:
    read_ = cells.read_birth(value, TODAY)
    assert (read_.value.precision, read_.value.value, read_.faults) == (precision, dt.date(*first), ())


@pytest.mark.parametrize("value", ["", None, "?", "inconnue", "NSP", "-", "…"])
def test_an_unknown_birth_is_no_fault(value: CellValue) -> None:
    assert cells.read_birth(value, TODAY) == cells.Read(UNKNOWN)


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("12/03", "birth_unread"), ("12 mrs 1994", "birth_unread"), ("31/02/1990", "birth_unread"), ("Ségou", "birth_unread"),
        (0, "birth_unread"), (-5, "birth_unread"), (2.5, "birth_unread"), (1e300, "birth_unread"), (True, "birth_unread"),
        ("19940302", "birth_unread"), ("23/11/2031", "birth_future"), (2031, "birth_future"), (dt.date(2030, 1, 2), "birth_future"),
        ("1850", "birth_too_old"), (dt.date(1899, 5, 5), "birth_too_old"), ("350 ans", "birth_too_old"),
    ],
)  # fmt: skip
def test_a_birth_that_cannot_stand(value: CellValue, code: str) -> None:
    read_ = cells.read_birth(value, TODAY)
    assert read_.value == UNKNOWN
    assert [(fault.code, fault.severity) for fault in read_.faults] == [(code, Severity.ERROR)]


def test_births_read_in_a_way_that_is_said() -> None:
    serial = cells.read_birth(33000, TODAY)
    assert (serial.value, serial.faults[0].code) == (Birth(DAY, dt.date(1990, 5, 7)), "birth_serial")
    january = cells.read_birth(dt.date(1994, 1, 1), TODAY)
    assert (january.value, january.faults[0].code) == (Birth(YEAR, dt.date(1994, 1, 1)), "birth_first_january")
    for text in ("l’année de la grande sécheresse", "née quand Gao fut prise", "sous le premier président"):
        landmark = cells.read_birth(text, TODAY)
        assert (landmark.value.precision, landmark.value.event) == (Precision.EVENT, text)
        assert [fault.severity for fault in landmark.faults] == [Severity.WARNING]


def test_what_we_export_is_read_again() -> None:
    for birth in (
        Birth(AGE, dt.date(1990, 1, 1), 36, dt.date(2026, 3, 4)),
        Birth(Precision.EVENT, dt.date(1984, 1, 1), event="l’année de la crue"),
        Birth(Precision.EVENT, event="la grande sécheresse de Kidal"),
        Birth(ABOUT, dt.date(1984, 1, 1)),
        Birth(MONTH, dt.date(1984, 5, 1)),
    ):
        assert cells.read_birth(spoken_birth(birth), TODAY).value == birth


@pytest.mark.parametrize(("value", "age"), [(32, 32), ("32 ans", 32), ("environ 32", 32), (32.0, 32)])
def test_an_age(value: CellValue, age: int) -> None:
    assert cells.read_age(value, TODAY).value == Birth(AGE, dt.date(TODAY.year - age, 1, 1), age, TODAY)


def test_an_age_that_is_none() -> None:
    assert cells.read_age(None, TODAY) == cells.Read(UNKNOWN)
    assert cells.read_age("adulte", TODAY).faults[0].code == "birth_unread"


@pytest.mark.parametrize(
    ("value", "day", "code"),
    [
        ("03/04/2024", dt.date(2024, 4, 3), ""), (dt.date(2024, 4, 3), dt.date(2024, 4, 3), ""), (45385.0, dt.date(2024, 4, 3), ""),
        (dt.datetime.fromisoformat("2024-04-03T09:00:00"), dt.date(2024, 4, 3), ""), ("01/01/2024", dt.date(2024, 1, 1), ""),
        ("06/2024", dt.date(2024, 6, 1), "day_completed"), ("2024", dt.date(2024, 1, 1), "day_completed"),
        (2024, dt.date(2024, 1, 1), "day_completed"), ("", None, ""), ("avant", None, "day_unread"), (True, None, "day_unread"),
        ("vers 2024", None, "day_unread"), ("03/04/2031", None, "day_future"), (dt.date(2031, 1, 1), None, "day_future"),
    ],
)  # fmt: skip
def test_a_day_of_adhesion(value: CellValue, day: dt.date | None, code: str) -> None:
    read_ = cells.read_day(value, TODAY)
    assert (read_.value, [fault.code for fault in read_.faults]) == (day, [code] if code else [])


def test_counts_and_answers() -> None:
    assert cells.read_count(3.0).value == 3
    assert cells.read_count("") == cells.Read(None)
    assert cells.read_count("trois").faults[0].code == "count_unread"
    assert (cells.read_yes_no("Oui").value, cells.read_yes_no("x").value, cells.read_yes_no("non").value) == (
        True,
        True,
        False,
    )
    assert cells.read_yes_no("") == cells.Read(None)
    assert cells.read_yes_no("peut-être").faults[0].code == "yes_no_unread"


@pytest.mark.parametrize(
    ("value", "numbers"),
    [
        ("76 12 34 56 / 66 98 76 54", ["+22376123456", "+22366987654"]), (76123456.0, ["+22376123456"]),
        ("7612345666987654", ["+22376123456", "+22366987654"]), ("76-12-34-56", ["+22376123456"]),
        ("00223 76 12 34 56", ["+22376123456"]), ("+226 70 12 34 56", ["+22670123456"]),
        ("76.12.34.56\n66 98 76 54", ["+22376123456", "+22366987654"]), ("Tél : 76123456", ["+22376123456"]),
        ("76 12 34 56 ou 66987654 et 20212223", ["+22376123456", "+22366987654", "+22320212223"]), ("", []), (None, []),
    ],
)  # fmt: skip
def test_the_phones_of_one_cell(value: CellValue, numbers: list[str]) -> None:
    assert [import_phones.read_number(piece).value for piece in import_phones.split_phones(value)] == numbers


def test_a_phone_that_is_none() -> None:
    for text in ("7612", "sept six douze", "+999999999999999999"):
        assert import_phones.read_number(text).faults[0].code == "phone_unread"


@pytest.mark.parametrize(
    ("value", "number"),
    [
        ("M-00931", "M-00931"),
        ("m 931", "M-00931"),
        (931.0, "M-00931"),
        ("", ""),
        ("931/2024", None),
        ("0", None),
        ("M-1234567", None),
    ],
)
def test_a_member_number(value: CellValue, number: str | None) -> None:
    read_ = cells.read_number(value, "M")
    assert (read_.value, bool(read_.faults)) == (number or "", number is None)


@pytest.mark.parametrize(
    ("text", "first_first", "name", "doubt"),
    [
        ("TRAORÉ Fatoumata", False, ("TRAORÉ", "Fatoumata"), False),
        ("Fatoumata Bâ DIALLO", False, ("DIALLO", "Fatoumata Bâ"), False),
        ("N’DIAYE Awa", True, ("N’DIAYE", "Awa"), False),
        ("Awa DIALLO Sira", False, ("Awa", "DIALLO Sira"), True),
        ("TRAORE FATOUMATA", False, ("TRAORE", "FATOUMATA"), True),
        ("Fatoumata Traoré", True, ("Traoré", "Fatoumata"), True),
        ("Awa", False, ("Awa", ""), False),
    ],
)
def test_names_in_one_cell(text: str, first_first: bool, name: tuple[str, str], doubt: bool) -> None:
    read_ = cells.split_name(text, first_name_first=first_first)
    assert (read_.value, bool(read_.faults)) == (name, doubt)


# --- Rows ---------------------------------------------------------------------------------------------------------


def test_a_whole_row() -> None:
    candidate = one(
        ["Surnom", "Quartier", "Langues", "Activité", "Enfants", "Déplacée", "Provenance", "Son téléphone", "Cahier", "Page",
         "Pièce d’identité", "N° carte", "Date adhésion", "Personne à prévenir"],
        ["Mamou; La Grande", "komoguel", "bambara, peul", "Commerce", 3, "oui", "Douentza", "66987654", "12", "p. 5", "passeport",
         "M-12", "03/04/2024", "Sira"],
    )  # fmt: skip
    person = person_of(candidate)
    assert person.nicknames == ("Mamou", "La Grande")
    assert (person.quarter, person.languages, person.activity) == ("Mopti — Komoguel", ("bam", "ful"), "commerce")
    assert (person.children_count, person.displaced, person.displaced_from) == (3, True, "Douentza")
    assert (person.emergency_phone, person.register_ref) == ("+22366987654", "12 p. 5")
    assert person.membership == Membership("M-00012", dt.date(2024, 4, 3))
    assert codes(candidate) == ["not_listed"], "no list of papers here"
    assert not candidate.wrong


def test_the_year_and_the_age_stand_in_for_the_date() -> None:
    headers: list[CellValue] = ["Naissance", "Année de naissance", "Âge"]
    assert person_of(one(headers, [None, 1990, 40])).birth == Birth(YEAR, dt.date(1990, 1, 1))
    assert person_of(one(headers, ["?", None, 40])).birth.age == 40
    assert one(headers, [None, None, None], members=False).findings == ()


def test_prenom_et_nom() -> None:
    book = sheet(["Prénom et nom", "Âge"], ["Awa Traoré", 30])
    assert person_of(read(book, ImportOptions(members=False))[0]).last_name == "Traoré"


def test_a_quarter_of_two_towns_stays_as_written() -> None:
    assert person_of(one(["Quartier"], ["gare"])).quarter == "gare"


def test_lines_that_are_nobody() -> None:
    book = sheet(
        ["N°", "Nom", "Prénom", "Tél", "Enfants"],
        [1, "TRAORÉ", "Awa", "76123456", 2],
        [2, None, None, None, None],
        [None, "TOTAL :", None, None, 2],
        [3, None, None, "66987654", None],
        [4, "Total", "Awa", "66987654", 5],
    )
    found = read(book, ImportOptions(members=False))
    assert [candidate.line for candidate in found] == [2, 5, 6]
    assert codes(found[1]) == ["name_missing"]
    assert found[1].person is None
    together = sheet(["Nom et prénom", "Tél"], [None, "66987654"])
    assert read(together)[0].findings[0].column == "Nom et prénom"


def test_a_first_name_is_needed() -> None:
    book = sheet(["Nom et prénom", "Âge"], ["TRAORÉ", 30])
    assert codes(read(book, ImportOptions(members=False))[0]) == ["rule"]


def test_failed_formulas_leave_no_hole_unseen() -> None:
    book = sheet(
        ["Nom", "Prénom", "Âge", "Quartier", "Autre"],
        ["TRAORÉ", "Awa", 32, "#REF!", "#N/A"],
        ["DIALLO", "Sira", None, "Gangal", None],
        formulas=frozenset({(2, 2), (3, 2), (2, 4), (9, 2)}),
    )
    first, second = read(book, ImportOptions(members=False))
    assert (codes(first), person_of(first).quarter) == (["error_value"], "")
    assert codes(second) == ["formula_empty"]
    remarks = sheet_findings(book, guess_mapping(book), frozenset({2, 3}))
    assert [(finding.column, finding.code) for finding in remarks] == [("Âge", "formulas"), ("Autre", "column_left")]
    assert dict(remarks[0].values) == {"count": 2, "first": 2}


def test_merged_cells_say_the_same_on_each_line() -> None:
    book = sheet(
        ["Registre"],
        ["Nom", "Prénom", "Quartier", "Âge"],
        ["TRAORÉ", "Awa", "Gangal", 30],
        ["DIALLO", "Sira"],
        ["KEÏTA", "Oumou", "Toguel", 40],
        merged=(Merged(1, 1, 0, 3), Merged(3, 4, 2, 2), Merged(5, 5, 0, 1), Merged(8, 9, 2, 2), Merged(3, 4, 9, 9)),
    )
    found = read(book, ImportOptions(members=False))
    assert [person_of(candidate).quarter for candidate in found] == ["Gangal", "Gangal", "Toguel"]
    remarks = sheet_findings(book, guess_mapping(book), frozenset({3, 4, 5}))
    assert [(finding.line, finding.code) for finding in remarks] == [
        (3, "merged_filled"),
        (5, "merged_across"),
        (8, "merged_filled"),
    ]


def test_adhesion_and_age() -> None:
    joined = dt.date(2024, 1, 8)
    assert codes(one([], [], joined_on=None)) == ["joined_missing"]
    assert codes(one(["Adhésion"], ["avant"], joined_on=None)) == ["day_unread"]
    minor = one(["Naissance"], ["12/03/2011"])
    assert (codes(minor), minor.wrong, minor.findings[0].column) == (["minor"], True, "Naissance")
    assert codes(one(["Naissance"], ["23/11/2031"])) == ["birth_future"], "said once"
    assert codes(one(["Tél"], ["7612 / 76123456"])) == ["phone_unread"]
    doubt = one(["Naissance"], [None])
    assert codes(doubt) == ["majority_uncertain"]
    attested = one(["Naissance"], [None], evident_adult="connue du quartier")
    assert (codes(attested), person_of(attested).evident_adult) == ([], "connue du quartier")
    certain = one([], [], evident_adult="connue du quartier")
    assert person_of(certain).evident_adult == ""
    assert person_of(one([], [], members=False, evident_adult="x")).evident_adult == ""
    member = person_of(one([], []))
    assert member.membership == Membership("", joined)


def test_rules_of_the_form_stand_in_the_row() -> None:
    odd = one(["NINA", "Pseudonyme", "Lieu de naissance"], ["123", "Traoré", "x" * 300])
    assert [(finding.column, finding.code, finding.severity) for finding in odd.findings] == [
        ("Lieu de naissance", "rule", Severity.ERROR),
        ("Pseudonyme", "rule", Severity.ERROR),
        ("NINA", "rule", Severity.WARNING),
    ]
    emoji = one(["Surnom"], ["Mamou 🌸"])
    assert codes(emoji) == ["rule"]
    unnamed = read(sheet(["Nom et prénom", "Âge"], ["TRAORÉ Awa 🌸", 30]), ImportOptions(members=False))[0]
    assert unnamed.findings[0].column == "Nom et prénom"


def test_a_remark_without_a_column_names_the_question() -> None:
    office = replace(
        OFFICE, check=lambda _person: (cells.fault("rule", field="photo"), cells.fault("rule", field="quarter"))
    )
    found = read(sheet(["Nom", "Prénom"], ["TRAORÉ", "Awa"]), ImportOptions(members=False), office)[0]
    assert [finding.column for finding in found.findings] == ["", BY_KEY["quarter"].label]


def test_consent_is_what_she_says_for_all() -> None:
    given = person_of(one([], [], consent_on=TODAY, consent_how="empreinte")).consents
    assert [(consent.given_on, consent.how) for consent in given] == [(TODAY, "empreinte")]
    assert person_of(one([], [])).consents == ()


# --- Repetitions --------------------------------------------------------------------------------------------------

AWA = Person(
    id=7, number="P-00007", last_name="TRAORÉ", first_name="Awa", birth=Birth(YEAR, dt.date(1990, 1, 1)),
    phones=(Phone("+22376123456"),), mother_name="Sira DIALLO", membership=Membership("M-00007", dt.date(2024, 1, 8)),
)  # fmt: skip


COLUMNS = Columns("N° carte", "N° fiche", "Marraine")


def row(line: int, person: Person | None, *findings: Any) -> Candidate:
    return Candidate(line, person, "" if person is None else fingerprint(person), tuple(findings))


def judged_of(candidates: list[Candidate], known: Known) -> list[Judged]:
    return judge(candidates, known, COLUMNS, NameKeys())


def states(candidates: list[Candidate], known: Known) -> list[RowState]:
    return [judged.row.state for judged in judged_of(candidates, known)]


def known_of(*persons: Person) -> Known:
    keys = NameKeys()
    by_name: dict[frozenset[str], list[int]] = {}
    for person in persons:
        by_name.setdefault(keys(person.last_name, person.first_name), []).append(person.id)
    numbers = {person.membership.number: person.id for person in persons if person.membership}
    return Known(
        {}, numbers, {person.number: person.id for person in persons}, by_name, {one.id: one for one in persons}
    )


def _new(**changes: Any) -> Person:
    return replace(AWA, id=0, number="", **changes)


def test_who_a_row_is() -> None:
    known = known_of(AWA)
    assert states([row(2, None)], known) == [RowState.ERROR]
    assert states([row(2, _new(last_name="Traore", first_name="Hawa"))], known) == [RowState.KNOWN], (
        "her number, her name"
    )
    other_number = Membership("M-00050", dt.date(2024, 1, 8))
    assert states([row(2, _new(membership=other_number))], known) == [RowState.TWIN]
    assert states([row(2, _new(membership=None))], known) == [RowState.TWIN]
    born_later = Birth(YEAR, dt.date(2001, 1, 1))
    assert states([row(2, _new(membership=other_number, birth=born_later))], known) == [RowState.NEW]
    swapped = _new(membership=other_number, last_name="Awa", first_name="TRAORÉ")
    assert states([row(2, swapped)], known) == [RowState.TWIN]
    gone = replace(known, persons={})
    assert states([row(2, _new(membership=other_number))], gone) == [RowState.NEW]


def test_a_number_of_another() -> None:
    judged = judge([row(2, _new(last_name="KEÏTA"))], known_of(AWA), COLUMNS, NameKeys())[0]
    assert judged.row.state is RowState.ERROR
    assert [(finding.code, finding.column) for finding in judged.findings] == [("number_taken", "N° carte")]
    twice = judge([row(2, _new()), row(3, _new(last_name="KEÏTA"))], Known(), COLUMNS, NameKeys())
    assert [one_.row.state for one_ in twice] == [RowState.NEW, RowState.ERROR]
    assert twice[1].findings[0].column == "N° carte"
    mapping = guess_mapping(sheet(["Nom", "Prénom", "N° carte"], ["TRAORÉ", "Awa", "M-1"]))
    assert Columns.of(mapping) == Columns("N° carte", BY_KEY["person_number"].label, "Marraine")
    assert dict(twice[1].findings[0].values) == {"number": "M-00007", "line": 2}


def test_a_row_imported_before() -> None:
    candidate = row(9, _new(phones=()))
    known = replace(known_of(replace(AWA, first_name="Aminata")), fingerprints={candidate.fingerprint: 7}, numbers={})
    doubtful = replace(candidate, findings=(Finding(9, "", "x"),))
    judged = judge([doubtful], known, COLUMNS, NameKeys())[0]
    assert (judged.row.state, judged.findings) == (RowState.KNOWN, ()), "what is known already deserves no remark"


def test_an_earlier_line_is_a_twin_and_three_are_enough() -> None:
    lines = [row(line, _new(membership=Membership(f"M-{line:05d}", dt.date(2024, 1, 8)))) for line in range(2, 9)]
    judged = judge(lines, Known(), COLUMNS, NameKeys())
    assert [len(one_.row.twins) for one_ in judged] == [0, 1, 2, 3, 3, 3, 3]
    assert judged[1].row.twins[0].line == 2
    wrong = row(2, _new(), Finding(2, "", "x"))
    assert states([wrong, row(3, _new(birth=UNKNOWN, mother_name="Sira DIALLO"))], Known()) == [
        RowState.ERROR,
        RowState.NEW,
    ]


def test_a_fingerprint_knows_what_matters() -> None:
    assert fingerprint(AWA) == fingerprint(replace(AWA, id=0, number="", quarter="Gangal", last_name="Traoré"))
    assert fingerprint(AWA) != fingerprint(replace(AWA, mother_name=""))
    assert fingerprint(AWA) != fingerprint(replace(AWA, membership=None))
    older = Birth(AGE, dt.date(1994, 1, 1), 32, dt.date(2025, 1, 1))
    assert fingerprint(replace(AWA, birth=older)) == fingerprint(
        replace(AWA, birth=Birth(AGE, dt.date(1993, 1, 1), 32, TODAY))
    )
