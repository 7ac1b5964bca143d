"""What stands at the head of a neutral paper."""

from __future__ import annotations

from dataclasses import replace

import pytest

from antenne.domain.office import CARD_WORDS, NEUTRAL_PAPERS, PAPERS, Heading, Office

OFFICE = Office(association="DANAYA SO", name="Antenne de Mopti", town="Sévaré")


@pytest.mark.parametrize("paper", PAPERS)
def test_a_neutral_paper_says_what_fits_it_and_nothing_of_who_gives_it(paper: str) -> None:
    said = OFFICE.neutral_words(paper)
    assert said == (CARD_WORDS if paper in ("card", "discreet_card") else "Bureau de Sévaré")
    assert replace(OFFICE, town="").neutral_words("slip") == ""
    assert replace(OFFICE, neutral_heading="Accueil").neutral_words(paper) == "Accueil"


def test_papers_that_could_tell_start_neutral() -> None:
    assert set(NEUTRAL_PAPERS) <= set(PAPERS)
    assert OFFICE.heading("slip") is Heading.NEUTRAL
    assert OFFICE.heading("receipt") is Heading.ASSOCIATION
    assert replace(OFFICE, headings={"slip": Heading.NONE}).heading("slip") is Heading.NONE
