"""What is compared, what is refused, and that the bundled font draws what is taken."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab.pdfbase.ttfonts import TTFont

from antenne.base.paths import resource
from antenne.domain.digits import spaced_out, unshifted, unshifted_key
from antenne.domain.text import ACCEPTED, Reason, Refused, clean, clean_line, fold, refused, violations


@pytest.mark.parametrize("name", ["NotoSans-Regular.ttf", "NotoSans-Bold.ttf"])
def test_the_font_draws_every_accepted_letter(name: str) -> None:
    drawn = TTFont("probe", str(resource(f"fonts/{name}"))).face.charToGlyph
    missing = [hex(code) for first, last in ACCEPTED for code in range(first, last + 1) if code not in drawn]
    assert missing == []


@pytest.mark.parametrize(
    "text",
    [
        "KONÉ Fatoumata",
        "Sɛbɛnfura ŋɔɲɛ",
        "N’Gouma",
        "« Koné » – 12 %",
        "à\u0301 tons",
        "deux\nlignes\tet\r\n",
        "12\u202f500",
    ],
)
def test_office_texts_are_taken(text: str) -> None:
    assert refused(text) is None


@pytest.mark.parametrize(
    ("text", "reason", "char"),
    [
        ("Awa 😀", Reason.PICTURE, "😀"),
        ("Awa ☑", Reason.PICTURE, "☑"),
        ("Awa \u200f", Reason.DIRECTION, "U+200F"),
        ("\u202eawA", Reason.DIRECTION, "U+202E"),
        ("فاطمة", Reason.DIRECTION, "ف"),
        ("Awa\x00", Reason.CONTROL, "U+0000"),
        ("Awa\x1f", Reason.CONTROL, "U+001F"),
        ("A\u00adwa", Reason.CONTROL, "U+00AD"),
        ("中", Reason.UNDRAWABLE, "中"),
        ("Ольга", Reason.UNDRAWABLE, "О"),
        ("\ud800", Reason.CONTROL, "U+D800"),
    ],
)
def test_refused_characters_are_quoted(text: str, reason: Reason, char: str) -> None:
    assert refused(text) == Refused(reason, char)


def test_every_broken_rule_of_a_text_is_told() -> None:
    found = violations("😀" * 201, "name", 200)
    assert [one.code for one in found] == ["text.picture", "form.too_long"]
    assert all(one.field == "name" for one in found)
    assert violations("Awa", "name", 3) == ()


@pytest.mark.parametrize(
    ("one", "other"), [("Koné", "kone"), ("N’Gouma", "n'gouma"), ("  Aïssata  Œ ", "aissata œ"), ("ﬁn", "fin")]
)
def test_fold_makes_equal(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@given(st.text())
def test_fold_and_clean_are_stable(text: str) -> None:
    assert clean(clean(text)) == clean(text)
    assert clean_line(clean_line(text)) == clean_line(text)
    assert "\n" not in clean_line(text)


def test_notes_keep_their_lines() -> None:
    assert clean("\n un \r\n\r\n deux\r") == "un\n\n deux"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("&é\"'(-è_çà", "1234567890"),
        ("12&é", "1212"),
        ("12-5", "12-5"),
        ("décembre", "décembre"),
        ("23 Nov", "23 Nov"),
        ("É’", "24"),
    ],
)
def test_the_unshifted_row(typed: str, meant: str) -> None:
    assert unshifted(typed) == meant


def test_one_key_of_the_row() -> None:
    assert [unshifted_key(char, marks=False) for char in "é-(k"] == ["2", "-", "(", "k"]
    assert [unshifted_key(char, marks=True) for char in "é-(k"] == ["2", "6", "5", "k"]
    assert spaced_out("12\u202f500\u00a0F ") == "12500F"
