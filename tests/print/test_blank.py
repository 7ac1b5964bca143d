"""The blank sheet: everything that the screen asks, in its order, inside the page, as text."""

from __future__ import annotations

from collections.abc import Sequence

import pypdfium2
import pytest

from antenne.domain.forms.model import Field, Form, Kind, Option, Section
from antenne.domain.forms.person import MANY_WOMEN, REGISTRATION
from antenne.print.blank import render_blank
from antenne.print.layout import MM

A4 = (595.3, 841.9)
LISTS = {"few": ("Santé", "Violence", "Papiers"), "many": tuple(f"Choix {number}" for number in range(30))}


def options(name: str) -> Sequence[Option]:
    return tuple(Option(word, word) for word in LISTS.get(name, ()))


def form(*fields: Field, title: str = "Essai") -> Form:
    return Form(key="try", version=7, title=title, sections=(Section(key="s", title="Partie", fields=fields),))


def pages(made: Form, heading: str = "") -> list[str]:
    document = pypdfium2.PdfDocument(render_blank(made, options, heading))
    return [page.get_textpage().get_text_bounded().replace("\u00a0", " ").replace("\r\n", "\n") for page in document]


def every_kind() -> Form:
    kinds = [kind for kind in Kind if kind is not Kind.ROWS]
    fields = [Field(key=kind.value, label=f"Champ {kind.value}", kind=kind, options="few") for kind in kinds]
    cells = tuple(
        Field(key=f"c{kind.value}", label=kind.value, kind=kind, options="few")
        for kind in (Kind.CHOICE, Kind.YES_NO, Kind.TEXT)
    )
    return form(*fields, Field(key="rows", label="Lignes", kind=Kind.ROWS, width=3, paper_lines=3, columns=cells))


def test_the_sheet_has_a_title_a_language_and_a4_pages() -> None:
    made = render_blank(REGISTRATION, options, "Antenne de Mopti")
    document = pypdfium2.PdfDocument(made)
    assert document.get_metadata_dict()["Title"] == "Nouvelle adhérente"
    assert b"/Lang (fr-FR)" in made
    for page in document:
        assert page.get_size() == pytest.approx(A4, abs=0.1)


@pytest.mark.parametrize("made", [REGISTRATION, MANY_WOMEN, every_kind()])
def test_every_question_stands_in_the_order_of_the_screen(made: Form) -> None:
    sheets = pages(made)
    whole = "\n".join(sheets)
    at = 0
    for section in made.sections:
        at = whole.index(section.title, at)
        for field in section.fields:
            assert field.label.replace("\u00a0", " ") in whole[at:], field.key
            assert field.hint.replace("\u00a0", " ") in whole, field.key
    for number, sheet in enumerate(sheets, 1):
        assert f"{made.title}, version {made.version}" in sheet
        assert f"Page {number}/{len(sheets)}" in sheet


def test_the_heading_is_the_office_s_choice() -> None:
    assert pages(every_kind(), "DANAYA SO — Antenne de Mopti")[0].startswith("DANAYA SO — Antenne de Mopti")
    assert pages(every_kind())[0].startswith("Essai")


def test_what_is_needed_has_a_star_and_what_depends_its_hint() -> None:
    made = form(
        Field(key="a", label="Nom", kind=Kind.TEXT, required=True),
        Field(key="b", label="D’où", kind=Kind.TEXT, shown_if=lambda _: False, hint="Si déplacée"),
    )
    text = pages(made)[0]
    assert "Nom *" in text
    assert "D’où\nSi déplacée" in text


def test_short_lists_are_ticked_and_long_ones_written() -> None:
    few = pages(form(Field(key="a", label="Motif", kind=Kind.CHOICES, options="few")))[0]
    many = pages(form(Field(key="a", label="Motif", kind=Kind.CHOICE, options="many")))[0]
    assert all(word in few for word in LISTS["few"])
    assert "Choix" not in many
    assert not set(few) & set("☐□✓")


def test_long_forms_take_several_pages_and_nothing_leaves_them() -> None:
    made = form(
        *(Field(key=f"n{number}", label=f"Note {number}", kind=Kind.NOTE, width=3, paper_lines=60) for number in range(3)),
        Field(key="t", label="W" * 90 + " " + "mot " * 40, kind=Kind.TEXT, hint="très " * 60),
        Field(
            key="r", label="Tableau", kind=Kind.ROWS, width=3, paper_lines=90,
            columns=tuple(Field(key=f"c{place}", label=f"Colonne {place}", kind=Kind.YES_NO) for place in range(7)),
        ),
    )  # fmt: skip
    document = pypdfium2.PdfDocument(render_blank(made, options, "En-tête"))
    assert len(document) == 4
    for page in document:
        for box in page.get_objects():
            left, bottom, right, top = box.get_bounds()
            assert left >= 15 * MM
            assert right <= A4[0] - 15 * MM
            assert bottom >= 6 * MM
            assert top <= A4[1] - 14 * MM


def test_the_page_is_really_drawn() -> None:
    page = pypdfium2.PdfDocument(render_blank(every_kind(), options, ""))[0]
    picture = page.render(scale=1, grayscale=True).to_pil()
    dark = sum(picture.histogram()[:200])
    assert dark > 2000
