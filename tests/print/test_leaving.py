"""The papers of what leaves: nothing is cut, nothing names the office where it must not, the title says nothing."""

from __future__ import annotations

from antenne.domain.crossings import CrossingFace
from antenne.domain.office import Office
from antenne.print.crossing import render_crossing
from antenne.print.story import render_story
from tests.print import pdf

OFFICE = Office(
    association="DANAYA SO", motto="Maison de la Confiance", name="Antenne de Mopti", town="Sévaré",
    postal_box="BP 100 Mopti", phone="21 42 00 00",
)  # fmt: skip
MONTHS = tuple(f"septembre {year}" for year in range(2014, 2026))


def test_a_story_of_several_pages_is_whole_and_names_no_office() -> None:
    words = [f"mot{number}" for number in range(1500)]
    text = "\n\n".join(" ".join(words[start : start + 100]) for start in range(0, 1500, 100))
    made = render_story("Un métier", f"{text}\n\n{'x' * 300}", OFFICE)
    pages = pdf.page_count(made)
    assert pages > 1
    said = " ".join(pdf.text(made, page) for page in range(pages))
    assert all(not pdf.outside(made, page) for page in range(pages))
    assert all(word in said for word in ("Un métier", "mot0", "mot749", "mot1499"))
    assert said.count("x" * 30) >= 7
    assert "DANAYA" not in said
    assert "Mopti" not in said
    assert pdf.metadata(made)["Title"] == "Récit"


def test_a_crossing_of_twelve_months_stands_on_one_page_with_its_notes() -> None:
    row = ("déni de ressources, d’opportunités ou de services", *("masqué",) * 12, 1234)
    face = CrossingFace(
        title="Type par mois", period="du 01/01/2026 au 31/12/2026", columns=("Type", *MONTHS, "Total"),
        rows=(row, row, ("Total", *range(12), 2468)), notes=("Première note.", "Dernière note."),
    )  # fmt: skip
    made = render_crossing(face, OFFICE)
    said = pdf.text(made)
    assert pdf.page_count(made) == 1
    assert not pdf.collisions(made)
    assert said.count("masqué") == 24
    assert all(word in said for word in ("Première note.", "Dernière note.", "Type par mois"))
    assert pdf.metadata(made)["Title"] == "Tableau"
