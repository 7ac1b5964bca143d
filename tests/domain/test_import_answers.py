"""Every answer of the person's form as a column of a register: phones, standing, marraine, consents, papers."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from antenne.domain import import_cells as cells
from antenne.domain import import_consents, import_phones, import_rules, import_sponsors
from antenne.domain.births import Birth, Precision
from antenne.domain.births_rules import spoken_birth
from antenne.domain.forms.model import Kind, Option
from antenne.domain.forms.person import REGISTRATION
from antenne.domain.import_columns import BY_KEY, guess
from antenne.domain.import_judgement import Known
from antenne.domain.import_row_cells import Office
from antenne.domain.import_rows import Candidate
from antenne.domain.imports import ImportOptions, ReportRow, RowState, Severity, Twin
from antenne.domain.persons import Consent, Membership, Person, Phone, Purpose
from antenne.domain.workbooks import CellValue
from tests.domain.test_imports import AWA, LISTS, TODAY, codes, judged_of, one, person_of, read, row, sheet

OWNERS = (Option("elle", "elle"), Option("partage", "partagé"), Option("proche", "un proche"))
WAYS = (Option("signature", "signature"), Option("empreinte", "empreinte"), Option("orale", "orale, avec témoin"))
MORE = {
    **LISTS,
    "phone_owners": OWNERS,
    "consent_ways": WAYS,
    "exit_reasons": (Option("depart", "a quitté la région"),),
    "id_types": (Option("cni", "carte d’identité nationale"), Option("passeport", "passeport")),
}
FULL = Office(today=TODAY, lists=MORE, check=lambda person: import_rules.faults(person, TODAY, 18))
JOINED = dt.date(2024, 1, 8)


def full(heads: list[CellValue], values: list[CellValue], office: Office = FULL, **options: Any) -> Candidate:
    """A row of an adult who joined, in an office with all its lists."""
    return one(heads, values, office=office, **options)


def remarks(candidate: Candidate) -> list[tuple[str, str, Severity]]:
    return [(found.column, found.code, found.severity) for found in candidate.findings]


# --- Columns ------------------------------------------------------------------------------------------------------


def test_every_question_of_the_form_has_its_column() -> None:
    rows = {"phones": {"number", "owner", "may_call", "may_message"}}
    assert {field.key for field in REGISTRATION.fields} - BY_KEY.keys() == set()
    assert {key for field in REGISTRATION.fields if field.kind is Kind.ROWS for key in [field.key]} == set(rows)
    assert {"phone_owner", "phone_call", "phone_message"} <= BY_KEY.keys()


@pytest.mark.parametrize(
    ("title", "key"),
    [
        ("Marraine", "sponsor_id"), ("Parrainée par", "sponsor_id"), ("Exemptée ?", "exempt"), ("Statut", "status"),
        ("Ne jamais renseigner", "never_tell"), ("Date de déplacement", "displaced_on"), ("Depuis quand", "displaced_on"),
        ("Lieu de provenance", "displaced_from"), ("Expire le", "id_expires_on"), ("Date d’expiration", "id_expires_on"),
        ("N° NINA", "nina"), ("Partie le", "left_on"), ("Décès", "died_on"), ("Consentement", "consent_file"),
        ("Être inscrite au fichier", "consent_file"), ("N° de personne", "person_number"), ("Photo", ""), ("Comment", ""),
        ("Statut matrimonial", ""), ("À qui est-il", "phone_owner"), ("Date d’adhésion", "joined_on"),
    ],
)  # fmt: skip
def test_more_headers_are_understood(title: str, key: str) -> None:
    assert guess(title) == key


def test_numbers_of_persons_are_recognised_by_themselves() -> None:
    book = sheet(["N°", "Nom", "Prénom"], ["P-00012", "TRAORÉ", "Awa"], ["P-00013", "DIALLO", "Sira"])
    found = read(book, ImportOptions(members=False), FULL)
    assert [person_of(candidate).number for candidate in found] == ["P-00012", "P-00013"]
    assert codes(full(["N° de personne"], ["douze"])) == ["number_unread"]


# --- Phones -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "phones"),
    [
        ("76 12 34 56 (partagé; appeler non; message oui) / 66987654",
         [Phone("+22376123456", "partage", may_call=False, may_message=True), Phone("+22366987654")]),
        ("76 12 34 56 (un proche, appel : oui)", [Phone("+22376123456", "proche", may_call=True)]),
        ("+223 (76) 12 34 56", [Phone("+22376123456")]),
        ("76 12 34 56 ( ; )", [Phone("+22376123456")]),
    ],
)  # fmt: skip
def test_a_phone_says_whose_it_is(cell: str, phones: list[Phone]) -> None:
    told = [import_phones.read_phone(piece, OWNERS, Phone("")) for piece in import_phones.split_phones(cell)]
    assert [read.value for read in told] == phones


@pytest.mark.parametrize("note", ["mari", "appeler peut-être", "message"])
def test_a_note_that_is_not_understood_is_an_error(note: str) -> None:
    candidate = full(["Tél"], [f"76 12 34 56 ({note})"])
    assert remarks(candidate) == [("Tél", "phone_note", Severity.ERROR)]
    assert person_of(candidate).phones == ()


def test_columns_beside_the_phones_hold_for_those_that_say_nothing() -> None:
    heads: list[CellValue] = [
        "Tél",
        "À qui est-il",
        "Peut-on appeler\u202f?",
        "Laisser un message\u202f?",
        "Son téléphone",
    ]
    person = person_of(full(heads, ["76123456 / 66987654 (elle)", "partagé", "oui", "non", "70112233"]))
    assert person.phones == (
        Phone("+22376123456", "partage", may_call=True, may_message=False),
        Phone("+22366987654", "elle", may_call=True, may_message=False),
    )
    assert person.emergency_phone == "+22370112233"


def test_phones_are_written_as_they_are_read() -> None:
    phones = (
        Phone("+22376123456"),
        Phone("+33612345678", "partage", may_call=False),
        Phone("+22366987654", "elle", may_message=True),
    )
    written = import_phones.phones_words(phones, OWNERS)
    pieces = import_phones.split_phones(written)
    assert tuple(import_phones.read_phone(piece, OWNERS, Phone("")).value for piece in pieces) == phones


# --- Days ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "day", "code"),
    [
        ("31/12/2030", dt.date(2030, 12, 31), ""), (dt.date(2031, 1, 1), dt.date(2031, 1, 1), ""), ("", None, ""),
        ("02/2028", dt.date(2028, 2, 29), "day_completed"), (2030, dt.date(2030, 12, 31), "day_completed"),
        (47848.0, dt.date(2030, 12, 31), ""), ("bientôt", None, "day_unread"), ("13/2030", None, "day_unread"),
        ("31/12/2030 00:00:00", dt.date(2030, 12, 31), ""), ("0000", None, "day_unread"),
    ],
)  # fmt: skip
def test_the_last_day_of_a_paper(value: CellValue, day: dt.date | None, code: str) -> None:
    found = cells.read_expiry(value, TODAY)
    assert (found.value, [fault.code for fault in found.faults]) == (day, [code] if code else [])


def test_births_are_written_as_they_are_read() -> None:
    day = Birth(Precision.DAY, dt.date(1991, 3, 12))
    january = Birth(Precision.DAY, dt.date(1991, 1, 1))
    about = Birth(Precision.ABOUT, dt.date(1984, 1, 1))
    landmark = Birth(Precision.EVENT, event="la grande crue")
    assert cells.birth_cell(Birth(Precision.UNKNOWN)) is None
    assert cells.birth_cell(day) == dt.date(1991, 3, 12)
    assert cells.birth_cell(about) == spoken_birth(about)
    for birth in (day, january, about, landmark):
        assert cells.read_birth(cells.birth_cell(birth), TODAY) == cells.Read(birth), "and nothing is said"
    wrong = cells.read_birth("31/02/1990, jour exact", TODAY)
    assert [fault.code for fault in wrong.faults] == ["birth_unread"]


# --- Situation ----------------------------------------------------------------------------------------------------


def test_displaced_from_and_since() -> None:
    heads: list[CellValue] = ["Déplacée", "Lieu de déplacement", "Date de déplacement"]
    told = person_of(full(heads, ["oui", "Douentza", "05/2023"]))
    assert (told.displaced, told.displaced_from, told.displaced_on) == (True, "Douentza", dt.date(2023, 5, 1))
    assumed = full(heads, [None, "Douentza", None])
    assert (person_of(assumed).displaced, codes(assumed)) == (True, ["displaced_assumed"])
    since = full(heads, [None, None, "12/05/2023"])
    assert remarks(since) == [("Date de déplacement", "displaced_assumed", Severity.WARNING)]
    denied = full(heads, ["non", "Douentza", "12/05/2023"])
    kept = person_of(denied)
    assert (kept.displaced, kept.displaced_from, kept.displaced_on) == (False, "", None)
    assert codes(denied) == ["displaced_denied"]
    assert person_of(full(heads, ["non", None, None])).displaced is False
    home = full(["Provenance"], ["Douentza"])
    assert (person_of(home).displaced, person_of(home).displaced_from) == (None, "Douentza"), "it may be her village"
    assert remarks(home) == [("Provenance", "displaced_untold", Severity.WARNING)]


def test_papers() -> None:
    heads: list[CellValue] = ["Pièce d’identité", "N° de la pièce", "Expire le"]
    paper = person_of(full(heads, ["passeport", "A123", "31/12/2030"]))
    assert (paper.id_type, paper.id_number, paper.id_expires_on) == ("passeport", "A123", dt.date(2030, 12, 31))
    assert person_of(full(["N° CNI"], ["123"])).id_type == "cni", "the header says which"
    untold = full(["N° de la pièce"], ["123"])
    assert remarks(untold) == [("N° de la pièce", "paper_without_type", Severity.WARNING)]
    assert codes(full(["Expire le"], ["31/12/2030"])) == ["paper_without_type"]
    assert codes(full(["NINA"], ["12345678901234A"])) == []


def test_what_is_said_and_never_said() -> None:
    person = person_of(
        full(
            [
                "Ne jamais renseigner",
                "Question de reconnaissance",
                "Personne à prévenir",
                "Connaît-elle l’association ?",
            ],
            ["son mari", "le nom de la chèvre", "Sira", "non"],
        )
    )
    assert (person.never_tell, person.recognition_question, person.emergency_knows) == (
        "son mari", "le nom de la chèvre", False,
    )  # fmt: skip


# --- Standing -----------------------------------------------------------------------------------------------------

STANDING: list[CellValue] = [
    "N° carte",
    "Adhésion",
    "Statut",
    "Suspendue depuis",
    "Partie le",
    "Motif du départ",
    "Décédée le",
]


def standing(*values: CellValue, **options: Any) -> Candidate:
    options.setdefault("joined_on", None)
    return full(STANDING, list(values), **options)


def test_who_is_no_member() -> None:
    for status in ("Sans adhésion", "Enfant", "non membre"):
        candidate = standing(None, None, status, joined_on=JOINED)
        assert (person_of(candidate).membership, codes(candidate)) == (None, [])
    assert codes(standing("M-12", None, "Sans adhésion")) == ["status_contradicts"]
    assert codes(standing(None, "avant", "Sans adhésion")) == ["day_unread", "status_contradicts"]
    dead = standing(None, None, "Décédée", None, None, None, "03/04/2025", joined_on=JOINED)
    assert (person_of(dead).membership, person_of(dead).died_on) == (None, dt.date(2025, 4, 3))
    assert codes(standing(None, None, None)) == ["joined_missing"]


def test_what_became_of_a_member() -> None:
    suspended = person_of(standing("M-12", "03/04/2024", "Suspendue", "05/05/2025"))
    assert suspended.membership == Membership("M-00012", dt.date(2024, 4, 3), suspended_on=dt.date(2025, 5, 5))
    gone = person_of(standing("M-12", "03/04/2024", "Partie", None, "06/06/2025", "a quitté la région"))
    assert gone.membership is not None
    assert (gone.membership.left_on, gone.membership.left_reason) == (dt.date(2025, 6, 6), "depart")
    dead = person_of(standing("M-12", "03/04/2024", "Décédée", None, None, None, "07/06/2025"))
    assert (dead.died_on, dead.membership is not None) == (dt.date(2025, 6, 7), True)
    assert person_of(standing(None, "03/04/2024", "à jour")).membership is not None


@pytest.mark.parametrize(
    ("values", "column", "code"),
    [
        (("M-12", "03/04/2024", "Partie"), "Partie le", "status_undated"),
        (("M-12", "03/04/2024", "Suspendue"), "Suspendue depuis", "status_undated"),
        (("M-12", "03/04/2024", "Décédée"), "Décédée le", "status_undated"),
        (("M-12", "03/04/2024", None, None, "03/04/2023"), "Partie le", "rule"),
        (("M-12", "03/04/2024", None, "03/04/2023"), "Suspendue depuis", "rule"),
        (("M-12", "03/04/2024", None, None, None, None, "03/04/1975"), "Décédée le", "rule"),
    ],
)
def test_a_standing_that_cannot_be(values: tuple[CellValue, ...], column: str, code: str) -> None:
    assert remarks(standing(*values)) == [(column, code, Severity.ERROR)]


def test_a_status_of_no_list_is_said_and_left_out() -> None:
    candidate = standing("M-12", "03/04/2024", "mariée")
    assert remarks(candidate) == [("Statut", "not_listed", Severity.WARNING)]
    assert person_of(candidate).membership is not None


def test_what_only_members_have() -> None:
    exempt = person_of(full(["Exemptée"], ["oui"])).membership
    assert exempt is not None
    assert exempt.exempt
    outside = full(["Statut", "Marraine", "Exemptée"], ["Sans adhésion", "M-7", "non"])
    assert remarks(outside) == [("Marraine", "without_adhesion", Severity.WARNING)]
    assert outside.sponsor == ""
    contacts = full(["Marraine", "Décès"], ["M-7", "03/04/2025"], members=False)
    assert (contacts.findings, person_of(contacts).died_on) == ((), dt.date(2025, 4, 3))


def test_a_majority_attested_in_a_column() -> None:
    heads: list[CellValue] = ["N° carte", "Naissance", "Majeure évidente"]
    attesting = replace(FULL, may_attest=True)
    attested = full(heads, ["M-12", None, "connue du quartier"], attesting)
    assert (codes(attested), person_of(attested).evident_adult) == ([], "connue du quartier")
    kept = full(heads, ["M-12", None, "connue du quartier"], attesting, evident_adult="autre")
    assert person_of(kept).evident_adult == "connue du quartier"
    for office, words, said in (
        (FULL, "connue du quartier", ["attest_right"]), (attesting, "oui", ["attest_words"]), (FULL, "à vérifier", []),
    ):  # fmt: skip
        unchecked = full(heads, ["M-12", None, words], office)
        assert codes(unchecked) == [*said, "majority_unverified"]
        assert (unchecked.wrong, person_of(unchecked).evident_adult) == (False, "")
    assert codes(full(heads, [None, None, "à vérifier"])) == ["majority_uncertain"], "nobody joins unchecked"
    assert codes(full(heads, ["M-12", None, "non"])) == ["majority_uncertain"]
    assert codes(full(heads, ["M-12", "12/03/2011", "à vérifier"])) == ["minor"], "never"
    assert codes(full(heads, ["M-12", None, "x" * 300], attesting)) == ["rule"]
    outside = full(heads, [None, None, "connue du quartier"], attesting, members=False)
    assert person_of(outside).evident_adult == "connue du quartier"


# --- Consents -----------------------------------------------------------------------------------------------------

GIVEN = dt.date(2025, 2, 3)


def consents(heads: list[CellValue], values: list[CellValue], **options: Any) -> tuple[Consent, ...]:
    candidate = full(heads, values, **options)
    assert candidate.findings == ()
    return person_of(candidate).consents


def test_consents_of_a_row() -> None:
    heads: list[CellValue] = ["Accord", "Accord\u00a0: photo", "Être contactée", "Forme de l’accord", "Témoin"]
    assert consents(heads, ["03/02/2025", "oui", "non", "empreinte", None]) == (
        Consent(Purpose.FILE, GIVEN, "empreinte"),
        Consent(Purpose.PHOTO, JOINED, "empreinte"),
    )
    assert consents(heads, [GIVEN, None, None, "orale", "Sira"]) == (Consent(Purpose.FILE, GIVEN, "orale", "Sira"),)
    whole = "03/02/2025 · orale, avec témoin · Sira · retiré le 04/02/2025 ; 05/02/2025 · signature"
    assert consents(heads, [whole, None, None, None, "Oumou"]) == (
        Consent(Purpose.FILE, GIVEN, "orale", "Sira", dt.date(2025, 2, 4)),
        Consent(Purpose.FILE, dt.date(2025, 2, 5), "signature"),
    )
    said = {"consent_on": TODAY, "consent_how": "orale", "consent_witness": "Oumou"}
    assert consents(heads, ["oui", None, None, None, None], **said) == (Consent(Purpose.FILE, TODAY, "orale", "Oumou"),)
    assert consents(["Tél"], [None], **said) == (Consent(Purpose.FILE, TODAY, "orale", "Oumou"),)


@pytest.mark.parametrize(
    ("file", "how", "found"),
    [
        ("non", None, ["consent_refused"]),
        ("oui", None, ["consent_way_missing"]),
        ("oui", "orale", ["consent_witness_missing"]),
        ("peut-être", None, ["day_unread"]),
        ("03/02/2031", "signature", ["day_future"]),
        ("03/02/2025 · signature · retiré le 03/02/2024", None, ["rule"]),
        ("03/02/2025 · signature · retiré le lendemain", None, ["day_unread"]),
        (f"03/02/2025 · orale · {'x' * 121}", None, ["rule"]),
    ],
)
def test_a_consent_that_cannot_be(file: str, how: str | None, found: list[str]) -> None:
    candidate = full(["Accord", "Forme de l’accord"], [file, how])
    assert (codes(candidate), candidate.wrong) == (found, True)
    assert {finding.column for finding in candidate.findings} == {"Accord"}


def test_a_consent_needs_a_day() -> None:
    assert codes(full(["Accord", "Forme de l’accord"], ["oui", "signature"], members=False)) == ["consent_undated"]


def test_consents_are_written_as_they_are_read() -> None:
    given = (
        Consent(Purpose.FILE, GIVEN, "signature", "", dt.date(2025, 2, 4)),
        Consent(Purpose.FILE, dt.date(2025, 2, 5), "orale", "Sira DIALLO"),
        Consent(Purpose.PHOTO, GIVEN, "empreinte"),
    )
    heads = [BY_KEY[key].label for key in import_consents.COLUMNS.values()]
    written = [import_consents.consent_words(given, purpose, WAYS) for purpose in import_consents.COLUMNS]
    assert consents([*heads], [*written]) == given
    assert import_consents.consent_words((Consent(Purpose.FILE, GIVEN, "ancienne"),), Purpose.FILE, WAYS).endswith(
        "ancienne"
    )


def test_what_holds_for_the_whole_register_is_checked() -> None:
    def broken(**said: Any) -> list[str]:
        return [one_.code for one_ in import_rules.options_violations(ImportOptions(**said), WAYS, TODAY)]

    tomorrow = TODAY + dt.timedelta(days=1)
    assert broken() == []
    assert broken(joined_on=TODAY, consent_on=TODAY, consent_how="empreinte") == []
    assert broken(joined_on=tomorrow, consent_on=tomorrow) == ["import.joined_date", "import.consent_date"]
    assert broken(consent_on=TODAY, consent_how="fax") == ["import.consent_how"]
    assert broken(consent_on=TODAY, consent_how="orale") == ["import.consent_witness"]
    assert broken(consent_on=TODAY, consent_how="orale", consent_witness="x" * 121) == ["form.too_long"]


# --- Marraines ----------------------------------------------------------------------------------------------------


def woman(line: int, last: str, first: str, sponsor: str = "", **more: Any) -> Candidate:
    person = Person(
        last_name=last, first_name=first, birth=Birth(Precision.YEAR, dt.date(1990, 1, 1)),
        **{"membership": Membership(f"M-{line:05d}", JOINED), **more},
    )  # fmt: skip
    return replace(row(line, person), sponsor=sponsor)


def sponsored(*candidates: Candidate, known: Known | None = None) -> list[tuple[int, int | None, list[str]]]:
    """For each row: the line of her marraine, the id of one of the base, what is said."""
    found = []
    for judged in judged_of(list(candidates), known or Known()):
        person = judged.row.person
        member = person.membership if person else None
        said = [finding.code for finding in judged.findings]
        found.append((judged.row.sponsor_line, member.sponsor_id if member else None, said))
    return found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("M-00012", "M-00012"), ("m 12", "M-00012"), ("12", "M-00012"), ("P-7", "P-00007"), ("TRAORÉ Awa (M-12)", "M-00012"),
        ("Traore  AWA", "awa traore"), ("awa traoré", "awa traore"),
    ],
)  # fmt: skip
def test_what_a_marraine_is_looked_up_by(text: str, found: str) -> None:
    assert import_sponsors.reference(text) == found


def test_a_marraine_of_the_file() -> None:
    found = sponsored(
        woman(2, "DIALLO", "Sira", "Awa Traoré"),
        woman(3, "TRAORÉ", "Awa", "M-00002", number="P-00077"),
        woman(4, "KEÏTA", "Oumou", "P-77"),
        woman(5, "TOURÉ", "Fanta", "keita oumou"),
    )
    assert [one_[0] for one_ in found] == [3, 2, 3, 4]
    assert [one_[2] for one_ in found] == [[], [], [], []]


def test_a_marraine_of_the_base() -> None:
    known = Known(sponsors={"awa traore": (7,), "M-00007": (7,), "sira": (8, 9)})
    found = sponsored(
        woman(2, "DIALLO", "Sira", "Awa Traoré"), woman(3, "KEÏTA", "Oumou", "M-7"), woman(4, "TOURÉ", "Fanta", "Sira"),
        known=known,
    )  # fmt: skip
    assert [one_[:2] for one_ in found] == [(0, 7), (0, 7), (0, None)]
    assert found[2][2] == ["sponsor_several"]


def test_a_marraine_who_is_known_already() -> None:
    same = row(2, replace(AWA, id=0))
    known = Known({}, {"M-00007": 7}, {}, {}, {7: AWA}, {"awa traore": (7,)})
    found = sponsored(same, woman(3, "KEÏTA", "Oumou", "Awa Traoré"), known=known)
    assert found[1] == (0, 7, [])
    contact = replace(AWA, membership=None)
    beside = Known({same.fingerprint: 7}, {}, {}, {}, {7: contact})
    assert sponsored(same, woman(3, "KEÏTA", "Oumou", "Awa Traoré"), known=beside)[1][2] == ["sponsor_unknown"]
    asking = replace(same, sponsor="personne")
    assert sponsored(asking, known=known)[0][2] == [], "what is known already deserves no remark"


def test_a_marraine_who_cannot_be_found_is_said_and_left_out() -> None:
    wrong = replace(woman(4, "CISSÉ", "Nana"), findings=one(["Tél"], ["7612"]).findings)
    found = sponsored(
        woman(2, "DIALLO", "Sira", "Nana Cissé"),
        woman(3, "DIALLO", "Sira", "Sira Diallo"),
        wrong,
        woman(5, "TOURÉ", "Fanta", "Fanta Touré"),
        woman(6, "DIALLO", "Sira", "Nulle Part"),
        woman(7, "SACKO", "Rokia", "Sira Diallo"),
        replace(wrong, line=8, sponsor="M-00004"),
        woman(9, "CONTACT", "Une", "M-00002", membership=None),
    )
    assert [one_[2] for one_ in found][:2] == [["sponsor_wrong"], ["sponsor_several"]]
    assert found[3][2] == ["sponsor_herself"]
    assert found[4][2] == ["sponsor_unknown"]
    assert found[5][2] == ["sponsor_several"]
    assert found[6][2] == ["phone_unread", "sponsor_wrong"]
    assert found[7] == (0, None, [])
    assert all(one_[:2] == (0, None) for one_ in found)


def test_a_row_in_error_that_names_herself() -> None:
    wrong = replace(woman(4, "CISSÉ", "Nana", "M-4"), findings=one(["Tél"], ["7612"]).findings)
    assert sponsored(wrong)[0][2] == ["phone_unread", "sponsor_herself"]


def report(line: int, state: RowState, sponsor_line: int = 0, *twins: Twin) -> ReportRow:
    return ReportRow(line, state, replace(AWA, id=0), "", twins, sponsor_line)


def test_a_marraine_left_aside_gives_way_to_whom_she_repeats() -> None:
    base = report(2, RowState.TWIN, 0, Twin(AWA))
    contact = report(3, RowState.TWIN, 0, Twin(replace(AWA, membership=None)))
    above = report(4, RowState.TWIN, 0, Twin(AWA, line=5))
    added = report(5, RowState.NEW)
    gone = report(6, RowState.NEW)
    asking = [report(10 + line, RowState.NEW, line) for line in range(2, 7)]
    herself = replace(added, sponsor_line=4)
    chosen = [herself, *asking]
    done = import_sponsors.among(chosen, [base, contact, above, added, gone, *asking])
    ids = [one_.person.membership.sponsor_id for one_ in done if one_.person and one_.person.membership]
    assert [one_.sponsor_line for one_ in done] == [0, 0, 0, 5, 5, 0]
    assert ids == [None, 7, None, None, None, None]
    outside = replace(asking[0], person=replace(AWA, membership=None))
    assert import_sponsors.among([outside], [base, outside])[0].sponsor_line == 0


# --- Numbers of persons -------------------------------------------------------------------------------------------


def test_a_person_is_recognised_by_her_number() -> None:
    contact = replace(AWA, membership=None)
    known = Known({}, {}, {"P-00007": 7}, {}, {7: contact})
    same = row(2, replace(contact, id=0, phones=()))

    def judged(candidate: Candidate, base: Known = known) -> tuple[RowState, list[str]]:
        found = judged_of([candidate], base)[0]
        return found.row.state, [finding.code for finding in found.findings]

    assert judged(same) == (RowState.KNOWN, [])
    unknown = replace(same, person=replace(contact, id=0, birth=Birth(Precision.UNKNOWN)))
    assert judged(unknown)[0] is RowState.KNOWN
    later = replace(same, person=replace(contact, id=0, birth=Birth(Precision.YEAR, dt.date(2001, 1, 1))))
    assert judged(later) == (RowState.NEW, ["person_number_taken"])
    other = replace(same, person=replace(contact, id=0, first_name="Oumou"))
    assert judged(other) == (RowState.NEW, ["person_number_taken"])
    member = replace(same, person=replace(AWA, id=0, membership=Membership("M-00050", JOINED)))
    elsewhere = replace(known, persons={7: AWA})
    assert judged(member, elsewhere) == (RowState.NEW, ["person_number_taken"]), "another member of that name"
    twice = judged_of([same, replace(other, line=3)], Known())
    assert [found.row.person.number for found in twice if found.row.person] == ["P-00007", ""]
