"""The civil papers as PDF: what each says, neutral heads, names of any length, lines to fill where data lack."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

import pytest

from antenne.domain.births import UNKNOWN, Birth, Precision
from antenne.domain.civil import CivilEvent, CivilFile, CivilPiece, EventKind, Father, Sex
from antenne.domain.civil_faces import (
    FileFace,
    FilePaper,
    TripFace,
    TripGroup,
    TripRow,
    WarnFace,
    WarnRow,
    papers_offered,
)
from antenne.domain.civil_first_routes import ROUTES
from antenne.domain.civil_routes import Beneficiary, Result, Route, Step, pieces_for
from antenne.domain.civil_trips import Purpose
from antenne.domain.office import Heading, Office
from antenne.print.civil import RENDERERS
from antenne.print.civil_trips import render_trip, render_warn
from antenne.wording import civil_papers as words
from tests.print import pdf

TODAY = dt.date(2026, 11, 23)
OFFICE = Office(
    association="DANAYA SO",
    motto="Maison de la Confiance",
    name="Antenne de Mopti",
    town="Sévaré",
    postal_box="BP 100 Mopti",
    phone="21 42 00 00",
)
LONG = "Fatoumata Binta Aminata Oumou Kadidiatou Salimata dite Mamou Coulibaly-Diarrassouba"


def route(key: str) -> Route:
    return next(one for one in ROUTES if one.key == key)


def file(key: str = "late_judgment", **more: object) -> CivilFile:
    values: dict[str, object] = {
        "number": "N-2026-0149",
        "last_name": "Traoré",
        "first_name": "Ibrahim",
        "sex": Sex.MALE,
        "birth": Birth(Precision.DAY, dt.date(2021, 2, 2)),
        "mother_name": "Awa Koné",
        "mother_has_act": False,
        "father": Father.KNOWN,
        "father_name": "Oumar Traoré",
        "in_wedlock": True,
        "witnesses": "Amadou Traoré, Salif Maïga",
        "late_reason": "déplacement de la famille",
        "beneficiary": Beneficiary.CHILD,
        **more,
    }
    return CivilFile(route_key=key, route_version=1, opened_on=TODAY, requester_id=1, **values)  # type: ignore[arg-type]  # by name


def face(key: str = "late_judgment", **more: object) -> FileFace:
    about = file(key, **more)
    rules = pieces_for(route(key), about.situation())
    pieces = tuple(
        CivilPiece(
            id=place + 1,
            code=rule.code,
            label=rule.label,
            alternative=rule.alternative,
            paper=rule.paper,
            received_on=TODAY if place in {0, 3} else None,
            original=place != 3,
        )
        for place, rule in enumerate(rules)
    )
    return FileFace(
        file=about,
        route=route(key),
        step=Step.RECEIVED,
        pieces=pieces,
        requester="KONÉ Awa",
        place="TGI de Mopti",
        birth_place="Sévaré",
        link="mère",
        today=TODAY,
        town="Sévaré",
        judgment="412",
    )


def drawn(paper: FilePaper, about: FileFace, office: Office = OFFICE) -> bytes:
    return RENDERERS[paper](about, office)


def says(made: bytes, *sentences: str, page: int = 0) -> None:
    found = pdf.text(made, page)
    for sentence in sentences:
        assert sentence in found


# --- What each says --------------------------------------------------------------------------------------------------


def test_a_receipt_for_documents_has_one_copy_for_each_side() -> None:
    made = drawn(FilePaper.DEPOSIT, face())
    assert pdf.page_count(made) == 2
    common = (
        "Bureau de Sévaré · 21 42 00 00",
        "Dossier N-2026-0149 · Jugement supplétif",
        "Pour : TRAORÉ Ibrahim",
        "Déposé par : KONÉ Awa",
        "Demande timbrée original 23/11/2026",
        "Certificat d’âge apparent copie 23/11/2026",
        "Fait à Sévaré, le 23 novembre 2026",
        "Lu et traduit en",
    )
    says(made, "Votre exemplaire", *common)
    says(made, "Exemplaire du bureau", *common, page=1)
    assert "Certificat de non-inscription" not in pdf.text(made)


def test_a_request_bears_the_data_of_the_file_and_the_date_in_letters() -> None:
    made = drawn(FilePaper.REQUEST, face())
    says(
        made,
        "Nom et prénoms : KONÉ Awa",
        "Tribunal : TGI de Mopti",
        "Objet : demande de jugement supplétif d’acte de naissance",
        "Nom : TRAORÉ Prénoms : Ibrahim",
        "Sexe : masculin",
        "Né : le deux février deux mille vingt et un",
        "Nom et prénoms de la mère : Awa Koné",
        "Nom et prénoms du père : Oumar Traoré",
        "déplacement de la famille",
        "Témoin 1 : Amadou Traoré Témoin 2 : Salif Maïga",
        "Pièces jointes : Certificat d’âge apparent",
    )
    assert "Bureau" not in pdf.text(made)


def test_the_father_stands_on_the_request_only_where_filiation_is_established() -> None:
    assert "père" not in pdf.text(drawn(FilePaper.REQUEST, face(in_wedlock=False, recognised=False)))
    unsaid = pdf.text(drawn(FilePaper.REQUEST, face(in_wedlock=None, recognised=None)))
    assert "du père :" in unsaid
    assert "Oumar" not in unsaid


def test_a_rectification_asks_for_the_mistake() -> None:
    made = drawn(FilePaper.REQUEST, face("rectification", beneficiary=Beneficiary.SELF))
    says(made, "Objet : demande de rectification d’un acte de naissance", "me concernant", "L’erreur à corriger")
    assert "n’a pas été déclarée" not in pdf.text(made)
    assert "Lien avec" not in pdf.text(made)


def test_another_demarche_of_a_court_is_asked_by_its_name() -> None:
    other = replace(face(), route=replace(route("rectification"), key="own", label="Changement de nom"))
    says(drawn(FilePaper.REQUEST, other), "Objet : demande : changement de nom")


def test_missing_pieces_stand_in_large_letters_and_alternatives_together() -> None:
    bare = face()
    none = replace(bare, pieces=tuple(replace(piece, received_on=None) for piece in bare.pieces))
    made = drawn(FilePaper.MISSING, none)
    says(made, "Papiers à apporter", "Certificat d’accouchement ou carnet de CPN, ou certificat de non-inscription")
    largest = max(letter.box[3] - letter.box[1] for letter in pdf.letters(made) if letter.sign == "C")
    assert largest > 14
    done = replace(bare, pieces=tuple(replace(piece, received_on=TODAY) for piece in bare.pieces))
    says(drawn(FilePaper.MISSING, done), "Il ne manque rien.")


@pytest.mark.parametrize("key", ["late_judgment", "rectification", "identity_card"])
def test_witnesses_are_a_document_on_no_paper(key: str) -> None:
    about = face(key, has_act=False)
    came = replace(about, pieces=tuple(replace(one, received_on=TODAY) for one in about.pieces))
    assert any(not one.paper for one in came.pieces)
    for paper in (FilePaper.DEPOSIT, FilePaper.HANDOVER, FilePaper.REQUEST):
        made = drawn(paper, came)
        for page in range(pdf.page_count(made)):
            said = pdf.text(made, page)
            assert "Deux témoins" not in said
            assert "pièces d’identité" not in said
    gone = replace(about, pieces=tuple(replace(one, received_on=None) for one in about.pieces))
    said = " ".join(pdf.text(drawn(FilePaper.MISSING, gone)).split())
    assert said.index("Venez avec") < said.index("Deux témoins")
    first = next(one.label for one in gone.pieces if one.paper)
    assert said.index(first.split()[0]) < said.index("Venez avec")
    only = replace(about, pieces=tuple(one for one in gone.pieces if not one.paper))
    assert "Il ne manque rien" not in pdf.text(drawn(FilePaper.MISSING, only))


def test_only_papers_make_a_receipt_and_only_witnesses_their_sheet() -> None:
    about = face()
    seen = tuple(replace(one, received_on=None if one.paper else TODAY) for one in about.pieces)
    offered = papers_offered(about.route, Step.OPENED, about.file, seen)
    assert FilePaper.DEPOSIT not in offered
    assert FilePaper.WITNESSES in offered
    assert FilePaper.WITNESSES not in papers_offered(route("copy"), Step.OPENED, about.file, face("copy").pieces)


def test_the_request_speaks_as_the_law_does() -> None:
    said = " ".join(pdf.text(drawn(FilePaper.REQUEST, face())).split())
    assert "prononcer, en application de l’article 133 de la loi n° 2011-087 du 30 décembre 2011" in said
    assert "un jugement supplétif d’acte de naissance" in said
    assert "dans le délai légal, ou l’acte n’a pas été retrouvé" in said
    other = replace(face(), route=replace(route("copy"), key="nationalite", label="Certificat", result=Result.OTHER))
    said = " ".join(pdf.text(drawn(FilePaper.REQUEST, other)).split())
    assert "donner suite à ma demande : certificat" in said
    assert "article 133" not in said
    assert "erreur" not in said


def test_the_two_witnesses_have_their_places() -> None:
    says(drawn(FilePaper.WITNESSES, face()), "Nom et prénoms : Amadou Traoré", "Nom et prénoms : Salif Maïga")
    three = drawn(FilePaper.WITNESSES, face(witnesses="A. Traoré, S. Maïga, O. Cissé"))
    says(three, "Nom et prénoms : A. Traoré, S. Maïga, O. Cissé")
    assert pdf.text(drawn(FilePaper.WITNESSES, face(witnesses=""))).count("Témoin") == 2


def test_a_declaration_on_her_honour() -> None:
    says(
        drawn(FilePaper.HONOUR, face(sex=Sex.FEMALE)),
        "Déclaration sur l’honneur",
        "Nom et prénoms : Awa Koné",
        "Née : le deux février deux mille vingt et un",
    )


def test_a_hand_over_says_what_and_to_whom() -> None:
    made = drawn(FilePaper.HANDOVER, face())
    says(made, "Remis : l’acte de naissance (volet n° 3)", "Numéro sur le papier : 412", "Demande timbrée (original)")
    handed = replace(face(), handed_to="Awa Koné, carte NINA", handed_on=TODAY)
    says(drawn(FilePaper.HANDOVER, handed), "Awa Koné, carte NINA", "Le : 23 novembre 2026")


# --- What holds for all of them --------------------------------------------------------------------------------------


def bare() -> FileFace:
    """A file of which nearly nothing is known."""
    empty = CivilFile(
        number="N-2026-0002", route_key="late_judgment", route_version=1, opened_on=TODAY, requester_id=1,
        beneficiary=Beneficiary.CHILD, last_name="Diallo", first_name="Fanta",
    )  # fmt: skip
    return FileFace(
        file=empty, route=route("late_judgment"), step=Step.OPENED, pieces=(), requester="", today=TODAY, town=""
    )


def crowded() -> FileFace:
    """Every name as long as it gets, and many papers."""
    about = face(
        last_name=LONG, first_name=LONG, mother_name=LONG, father_name=LONG, declarant=LONG, witnesses=LONG,
        declarant_paper=LONG, late_reason=f"{LONG} {LONG} {LONG}",
    )  # fmt: skip
    extra = tuple(
        CivilPiece(id=90 + number, label=f"{LONG} {number}", received_on=TODAY if number % 2 else None)
        for number in range(12)
    )
    return replace(about, pieces=(*about.pieces, *extra), requester=LONG, place=LONG, birth_place=LONG)


@pytest.mark.parametrize("paper", list(FilePaper))
@pytest.mark.parametrize("about", [face(), bare(), crowded()], ids=["plain", "bare", "crowded"])
def test_every_letter_is_on_its_page_and_none_over_another(paper: FilePaper, about: FileFace) -> None:
    made = drawn(paper, about)
    assert pdf.page_count(made) == (2 if paper is FilePaper.DEPOSIT else 1)
    for page in range(pdf.page_count(made)):
        assert pdf.outside(made, page) == []
        assert pdf.collisions(made, page) == []


@pytest.mark.parametrize("paper", list(FilePaper))
def test_nothing_says_whose_the_office_is_unless_it_wants_so(paper: FilePaper) -> None:
    made = drawn(paper, face())
    told = pdf.text(made) + " ".join(pdf.metadata(made).values())
    for word in ("DANAYA", "Confiance", "Mopti —", "Carte personnelle"):
        assert word not in told
    assert "TRAORÉ" not in pdf.metadata(made)["Title"]
    shown = pdf.text(drawn(paper, face(), replace(OFFICE, headings={"civil": Heading.ASSOCIATION})))
    drafts = {FilePaper.REQUEST, FilePaper.WITNESSES, FilePaper.HONOUR}
    assert ("DANAYA SO" in shown) is (paper not in drafts)
    assert "Sévaré ·" not in pdf.text(drawn(paper, face(), replace(OFFICE, headings={"civil": Heading.NONE})))


def row(number: int, **more: object) -> TripRow:
    values: dict[str, object] = {"step": "Audience", "reference": "1187", "hearing_on": TODAY, **more}
    return TripRow(number=f"N-2026-{number:04d}", name="TRAORÉ Ibrahim", **values)  # type: ignore[arg-type]  # by name


def test_the_list_of_a_trip_is_grouped_with_room_for_each_result() -> None:
    groups = (
        TripGroup("TGI de Mopti", Purpose.HEAR, (row(1), row(2, result="Renvoyée au 14/12/2026"))),
        TripGroup("Mairie", Purpose.FILE, (row(3, missing=("Demande timbrée",), reference="", hearing_on=None),)),
        TripGroup("Mairie", Purpose.FETCH, (row(4),)),
        TripGroup("Mairie", Purpose.OTHER, (row(5),)),
    )
    made = render_trip(TripFace(on=TODAY, place="TGI de Mopti", words="Mariam T.", groups=groups), OFFICE)
    says(
        made,
        "Tournée du 23 novembre 2026",
        "TGI de Mopti · Mariam T. · 5 dossiers",
        "TGI de Mopti — Audiences (2)",
        "n° 1187",
        "renvoyé",
        "Renvoyée au 14/12/2026",
        "Mairie — À déposer (1)",
        "Demande timbrée",
        "déposé, n°",
    )
    assert pdf.page_size(made)[0] > pdf.page_size(made)[1]
    assert "DANAYA" not in pdf.text(made)


def warned(number: int, *, call: bool) -> WarnRow:
    return WarnRow(
        name=f"KONÉ Awa {number}",
        phones=("76 12 34 56 (elle, message possible)",) if call else (),
        may_call=call,
        files=(f"N-2026-{number:04d} · {LONG}",),
        witnesses=("Amadou Traoré, Salif Maïga",),
    )


def test_the_list_to_warn_has_no_number_of_who_is_not_to_be_called() -> None:
    face_ = WarnFace(on=TODAY, place="TGI de Mopti", rows=(warned(1, call=True), warned(2, call=False)))
    made = render_warn(face_, OFFICE)
    says(made, "À prévenir avant le 23 novembre 2026", "76 12 34 56", "Ne pas appeler", "Amadou Traoré, Salif Maïga")
    assert pdf.text(made).count("76 12 34 56") == 1


def many(number: int) -> tuple[TripRow, ...]:
    return tuple(row(place, missing=(LONG, LONG) if place % 3 == 0 else ()) for place in range(number))


@pytest.mark.parametrize(
    "render",
    [
        lambda: render_trip(
            TripFace(on=TODAY, place=LONG, words=LONG, groups=(TripGroup(LONG, Purpose.HEAR, many(60)),)), OFFICE
        ),
        lambda: render_warn(
            WarnFace(on=TODAY, place=LONG, rows=tuple(warned(place, call=bool(place % 2)) for place in range(60))),
            OFFICE,
        ),
    ],
    ids=["trip", "warn"],
)
def test_long_lists_take_more_pages_and_lose_no_row(render: Callable[[], bytes]) -> None:
    made = render()
    pages = [pdf.text(made, page) for page in range(pdf.page_count(made))]
    assert len(pages) > 2
    whole = " ".join(pages)
    assert all(f"N-2026-{number:04d}" in whole for number in range(60))
    for page in range(len(pages)):
        assert pdf.outside(made, page) == []
        assert pdf.collisions(made, page) == []
        assert f"Page {page + 1} / {len(pages)}" in pages[page]


# --- Dates in letters ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (dt.date(2021, 2, 2), "le deux février deux mille vingt et un"),
        (dt.date(2000, 1, 1), "le premier janvier deux mille"),
        (dt.date(1980, 8, 21), "le vingt et un août mille neuf cent quatre-vingt"),
        (dt.date(1900, 12, 31), "le trente et un décembre mille neuf cent"),
        (dt.date(1999, 7, 30), "le trente juillet mille neuf cent quatre-vingt-dix-neuf"),
        (dt.date(2024, 2, 29), "le vingt-neuf février deux mille vingt-quatre"),
    ],
)
def test_dates_in_letters(day: dt.date, said: str) -> None:
    assert words.date_in_letters(day) == said


@pytest.mark.parametrize(
    ("birth", "said"),
    [
        (Birth(Precision.DAY, dt.date(2021, 2, 2)), "le deux février deux mille vingt et un"),
        (Birth(Precision.MONTH, dt.date(2021, 2, 1)), "en février deux mille vingt et un"),
        (Birth(Precision.YEAR, dt.date(2021, 1, 1)), "en deux mille vingt et un"),
        (Birth(Precision.ABOUT, dt.date(2021, 1, 1)), "vers deux mille vingt et un"),
        (UNKNOWN, ""),
    ],
)
def test_a_birth_is_written_as_precisely_as_it_is_known(birth: Birth, said: str) -> None:
    assert words.birth_in_letters(birth) == said


@pytest.mark.parametrize(
    ("event", "said"),
    [
        ({"kind": EventKind.POSTPONED, "until": TODAY, "words": "juge absent"}, "Renvoyée au 23/11/2026 (juge absent)"),
        ({"kind": EventKind.STEP, "step": Step.JUDGED, "number": "412"}, "Jugement n° 412"),
        ({"kind": EventKind.STEP, "step": Step.HEARING, "until": TODAY}, "Audience au 23/11/2026"),
        ({"kind": EventKind.STEP, "step": Step.RECEIVED}, "Volet n° 3 reçu"),
        ({"kind": EventKind.NOTE, "words": "fermé"}, "Note (fermé)"),
    ],
)
def test_what_came_of_a_file(event: dict[str, object], said: str) -> None:
    at = dt.datetime(2026, 11, 23, tzinfo=dt.UTC)
    one = CivilEvent(on=TODAY, written_at=at, actor_id=1, **event)  # type: ignore[arg-type]  # by name
    assert words.result(one, route("late_judgment")).replace("\u00a0", " ") == said
