"""Names as the office writes them and as she types them."""

from __future__ import annotations

import pytest

from antenne.domain import names


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("Koné", "kone"),
        ("  CISSÉ  Aïssata ", "cisse aissata"),
        ("N’Diaye", "n diaye"),
        ("Ba-Touré", "ba toure"),
        ("ɲɛlɛ ŋɔmɔ", "nyele ngomo"),
        ("Œdème", "oedeme"),
        ("", ""),
    ],
)
def test_what_is_compared(written: str, plain: str) -> None:
    assert names.plain(written) == plain


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Coulibaly", "Koulibaly"),
        ("Diallo", "Jallo"),
        ("Diallo", "Djallo"),
        ("Cissé", "Sissé"),
        ("Keïta", "Kéita"),
        ("Touré", "Thouré"),
        ("Walet", "Oualet"),
        ("Coumba", "Koumba"),
        ("Khadija", "Kadija"),
        ("Ouologuem", "Wologuem"),
    ],
)
def test_spellings_of_one_name_sound_alike(one: str, other: str) -> None:
    assert names.sounded(one) == names.sounded(other)


@pytest.mark.parametrize(("one", "other"), [("Koné", "Konaté"), ("Traoré", "Touré"), ("Bah", "Bouaré")])
def test_different_names_do_not(one: str, other: str) -> None:
    assert names.sounded(one) != names.sounded(other)


def test_lists_are_ordered_without_accents() -> None:
    assert names.sort_key("Élé", "Ami") == "ele ami"


def test_a_persons_line() -> None:
    line = names.search_text(["Koné", "Fatoumata"], ["P-00007", "", "M-00931"], ["+22376123456", "+33612345678", ""])
    assert line == "kone ~kone fatoumata ~fatumata =0= p-00007 7 m-00931 931 #76123456 #33612345678"


def test_the_marks_of_a_line_cannot_come_from_a_name() -> None:
    assert names.search_text(["#76123456 =0= ~kone"]).split() == ["76123456", "~76123456", "0", "~0", "kone", "~kone"]


@pytest.mark.parametrize(
    ("one", "other"),
    [("Fatoumata", "Fanta"), ("Fatoumata Binta", "Fatou Bintou"), ("COULIBALY", "koulibaly"), ("Cissé", "Sissé")],
)
def test_spellings_and_variants_share_one_identity(one: str, other: str) -> None:
    assert names.identity(one) == names.identity(other)


def test_different_names_have_different_identities() -> None:
    assert names.identity("Koné") != names.identity("Konaté")
    assert names.identity("") == names.identity("’") == ()


def test_a_name_with_an_apostrophe_also_counts_in_one_piece() -> None:
    words = names.search_text(["N’Diaye"]).split()
    assert {"n", "diaye", "ndiaye"} <= set(words)


@pytest.mark.parametrize(
    ("typed", "ways"),
    [
        ("", []),
        ("   ", []),
        ("'", []),
        ("k", [(" k",)]),
        ("Kh", [(" kh", " ~k")]),
        ("h", [(" h",)]),
        ("hh", [(" hh",)]),
        ("Fanta", [(" fanta", " ~fanta", " =0=")]),
        ("m931", [(" m-00931 ", " m-931", " m931")]),
        ("P-00012", [(" p-00012 ", " p-00012", " p00012")]),
        ("7", [(" 7 ", " #7")]),
        ("00931", [(" 931 ", " #00931", "00931")]),
        ("000", [(" 0 ", " #000", "000 ")]),
        ("456", [(" 456 ", " #456", "456 ")]),
        ("76 12 34 56", [(" #76123456", "76123456")]),
        ("76.12", [(" 7612 ", " #7612", "7612")]),
        ("+223 76 12 34 56", [(" #76123456", "76123456")]),
        ("+33612345678", [(" #33612345678", "33612345678")]),
        ("0033 6 12 34 56 78", [(" #33612345678", "33612345678")]),
        ("00223 76 12 34 56", [(" #76123456", "76123456")]),
        ("+223 76", [(" 76 ", " #76")]),
        ("+223", [(" 223 ", " #223", "223 ")]),
        ("76-12/34–56", [(" #76123456", "76123456")]),
        ("76\u00a012\u202f34 56", [(" #76123456", "76123456")]),
        ("#76 =0= ~k", [(" 76 ", " #76"), (" 0 ", " #0"), (" k",)]),
        ("\U0010ffff", [(" \U0010ffff",)]),
    ],
)
def test_what_is_looked_for(typed: str, ways: list[tuple[str, ...]]) -> None:
    assert names.needles(typed) == ways


def test_endless_typing_is_cut() -> None:
    assert len(names.needles("a " * 100_000)) == names.MOST_TYPED / 2


def test_each_form_of_a_first_name_stands_in_one_group() -> None:
    heard = [names.sounded(form) for group in names.VARIANTS for form in group]
    assert all(form == names.plain(form) for group in names.VARIANTS for form in group)
    groups: dict[str, int] = {}
    for number, group in enumerate(names.VARIANTS):
        for form in group:
            assert groups.setdefault(names.sounded(form), number) == number, form
    assert heard
