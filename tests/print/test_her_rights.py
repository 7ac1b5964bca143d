"""« Ce qui est gardé sur moi »: whole, page after page, nobody's name in what a viewer or a queue shows."""

from __future__ import annotations

import datetime as dt

from antenne.domain.her_rights import Fact, Held, HeldPart, HeldRecord, Her
from antenne.domain.office import Heading, Office
from antenne.print.her_rights import render_held
from antenne.wording import her_rights as words
from tests.print import pdf as read

OFFICE = Office(association="DANAYA SO", name="Antenne de Mopti", town="Sévaré")
ON = dt.date(2026, 11, 23)


def held(*records: HeldRecord, elsewhere: str = "") -> Held:
    parts = (
        HeldPart(key="identity", title="Qui je suis", records=records),
        HeldPart(key="receipts", title="Mes reçus", elsewhere=elsewhere),
    )
    return Held(her=Her(7), name="Awa Koné", on=ON, parts=parts)


def record(value: str, before: str = "") -> HeldRecord:
    old = (Fact("Ce qu’elle dit (jusqu’au 12/03/2024)", before),) if before else ()
    return HeldRecord(
        kind="listening", title="Écoute E-2024-0001", on=ON, facts=(Fact("Ce qu’elle dit", value),), before=old
    )


def whole(paper: bytes) -> str:
    return " ".join(read.text(paper, page) for page in range(read.page_count(paper)))


def test_everything_told_is_on_the_paper_and_her_name_in_no_title() -> None:
    paper = render_held(held(record("Deux mots.\nEt trois.", "Avant."), elsewhere="À demander à la caissière."), OFFICE)
    said = whole(paper).replace("\u00a0", " ")
    for word in ("Awa Koné", "Deux mots.", "Et trois.", "Avant.", "À demander à la caissière.", "Page 1 / 1"):
        assert word in said, word
    assert words.PAPER_BEFORE.replace("\u00a0", " ") in said
    for right in words.PAPER_RIGHTS:
        assert right.replace("\u202f", " ").replace("\u00a0", " ") in said
    assert read.metadata(paper)["Title"] == words.PAPER_TITLE
    assert "DANAYA" not in said
    assert read.outside(paper) == []


def test_the_office_chooses_its_heading() -> None:
    named = Office(association="DANAYA SO", name="Antenne de Mopti", town="Sévaré",
                   headings={"her_rights": Heading.ASSOCIATION})  # fmt: skip
    assert "DANAYA SO" in whole(render_held(held(), named))


def test_a_talk_longer_than_a_page_loses_no_word() -> None:
    sentences = [f"Elle dit la phrase {number:04d}." for number in range(400)]
    paper = render_held(held(record(" ".join(sentences))), OFFICE)
    said = whole(paper)
    assert read.page_count(paper) > 2
    assert not [number for number in range(400) if f"{number:04d}." not in said]  # a page may end inside a sentence
    for page in range(read.page_count(paper)):
        assert read.outside(paper, page) == []


def test_signs_and_odd_letters_are_drawn_or_said() -> None:
    said = whole(render_held(held(record("<b>a & b</b> ɛ ɔ ɲ ŋ \u202f! \U0001f600")), OFFICE))
    assert "<b>a & b</b>" in said
    assert "ɛ ɔ ɲ ŋ" in said


def test_an_empty_part_says_so() -> None:
    assert words.PAPER_NOTHING in whole(render_held(held(), OFFICE))
