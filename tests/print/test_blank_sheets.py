"""Blank sheets: room for every sign to copy, nothing that says what they open, and never a secret."""

from __future__ import annotations

from collections.abc import Callable

import pypdfium2
import pytest

from antenne.print.blank_code_sheet import render_blank_codes
from antenne.print.one_time_phrase import SLIPS, render_blank_phrases


def text_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return "\n".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


def boxes(pdf: bytes) -> int:
    """Squares of the page: paths about 8.5 mm on both sides."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        found = 0
        for thing in document[0].get_objects():
            left, bottom, right, top = thing.get_bounds()
            found += abs((right - left) - (top - bottom)) < 1 and 20 < right - left < 30
        return found
    finally:
        document.close()


def test_a_box_for_each_sign_of_both_codes() -> None:
    assert boxes(render_blank_codes()) == 2 * 28


def test_a_slip_has_a_label_and_four_words() -> None:
    said = text_of(render_blank_phrases())
    assert said.count("Étiquette") == SLIPS
    assert all(said.count(f"Mot {number}") == SLIPS for number in (1, 2, 3, 4))


@pytest.mark.parametrize("render", [render_blank_codes, render_blank_phrases])
def test_nothing_tells_what_it_opens(render: Callable[[], bytes]) -> None:
    said = text_of(render()).casefold()
    assert not any(word in said for word in ("danaya", "antenne", "confiden", "base", "clé", "code", "secours"))
    assert render() == render()
