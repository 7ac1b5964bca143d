"""The slip bears a code and a place; the list to read bears nobody."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from antenne.domain.alerts import AlertFace
from antenne.domain.office import Heading, Office
from antenne.domain.protection_faces import SlipFace
from antenne.print.layout import A4_MM, A5_MM, points
from antenne.print.protection import render_alerts, render_slip
from tests.print import pdf

OFFICE = Office(association="DANAYA SO", name="Antenne de Mopti", town="Sévaré", phone="21 42 00 00")
DAY = dt.date(2026, 11, 23)
SLIP = SlipFace(
    code="K7Q-2MX",
    given_on=DAY,
    structure="One Stop Center (hôpital Sominé Dolo)",
    place="Hôpital Sominé Dolo, Mopti",
    phone="76 00 00 00",
    hours="Jour et nuit",
    at=dt.datetime(2026, 11, 24, 9, 0, tzinfo=dt.UTC),
    before=dt.datetime(2026, 11, 26, 10, 41, tzinfo=dt.UTC),
)
ALERT = AlertFace("Route de Bandiagara", "la nuit", "propose une course puis menace", "moto noire", DAY)


def test_the_slip_has_its_code_twice_and_no_word_of_the_office() -> None:
    made = render_slip(SLIP, OFFICE)
    said = pdf.text(made)
    assert pdf.page_count(made) == 1
    assert pdf.page_size(made) == pytest.approx(points(A5_MM), abs=0.1)
    assert said.count("K7Q-2MX") == 2
    for shown in ("One Stop Center", "76 00 00 00", "Jour et nuit", "24/11/2026", "avant le 26/11/2026", "Cachet"):
        assert shown in said
    assert "Bureau de Sévaré" in said
    for hidden in ("DANAYA", "Antenne", "21 42", "PEP", "VIH", "violence", "Carte"):
        assert hidden not in said
    assert pdf.metadata(made)["Title"] == "Fiche"
    assert pdf.collisions(made) == []
    assert pdf.outside(made) == []


def test_the_office_may_choose_its_heading() -> None:
    said = pdf.text(render_slip(SLIP, replace(OFFICE, headings={"slip": Heading.ASSOCIATION})))
    assert "DANAYA SO" in said
    assert "Sévaré" not in pdf.text(render_slip(SLIP, replace(OFFICE, headings={"slip": Heading.NONE})))
    own = replace(OFFICE, neutral_heading="Accueil du quartier")
    assert "Accueil du quartier" in pdf.text(render_slip(SLIP, own))
    nowhere = pdf.text(render_slip(SLIP, replace(OFFICE, town="")))
    assert "Bureau" not in nowhere
    assert OFFICE.neutral_words("discreet_card") == "Carte personnelle"


def test_a_slip_without_hurry_says_none() -> None:
    plain = SlipFace(code="K7Q-2MX", given_on=DAY, structure="DRPFEF")
    assert "avant le" not in pdf.text(render_slip(plain, OFFICE))


def test_long_words_stay_on_the_slip() -> None:
    long = replace(
        SLIP, structure="Centre de santé de référence " * 3, place="Derrière le marché " * 6, hours="x" * 110
    )
    made = render_slip(long, replace(OFFICE, demo=True))
    assert pdf.outside(made) == []
    assert "Merci de recevoir" in pdf.text(made)


def test_alerts_are_read_by_row_on_as_many_pages_as_needed() -> None:
    many = [replace_face(number) for number in range(40)]
    made = render_alerts(many, OFFICE)
    assert pdf.page_count(made) > 1
    assert pdf.page_size(made) == pytest.approx(points(A4_MM), abs=0.1)
    whole = " ".join(pdf.text(made, page) for page in range(pdf.page_count(made)))
    assert all(f"lieu {number} bis" in whole for number in range(40))
    assert "DANAYA" not in whole
    for page in range(pdf.page_count(made)):
        assert pdf.outside(made, page) == []
        assert pdf.collisions(made, page) == []


def replace_face(number: int) -> AlertFace:
    return AlertFace(f"lieu {number} bis", ALERT.when, ALERT.manner, ALERT.vehicle, DAY)


def test_a_word_longer_than_its_column_is_broken() -> None:
    made = render_alerts([AlertFace("a" * 60, "la nuit", "b" * 90, "", DAY)], OFFICE)
    assert pdf.text(made).count("a" * 10) > 1
    assert pdf.collisions(made) == []
