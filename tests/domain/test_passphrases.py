"""Generated words are enough; what people choose first is not."""

from __future__ import annotations

import random
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from antenne.domain import passphrases
from antenne.domain.passphrases import WordList

LIST = WordList.of(
    (Path(__file__).parents[2] / "resources" / "words" / "fr.txt").read_text(encoding="utf-8").splitlines()
)
WORDS, KNOWN = LIST.words, LIST.known


def bare(word: str) -> str:
    return "".join(char for char in unicodedata.normalize("NFKD", word) if not unicodedata.combining(char))


def codes(text: str) -> list[str]:
    return [violation.code for violation in passphrases.violations(text, LIST)]


def test_the_list_is_long_clean_and_easy_to_type() -> None:
    assert len(WORDS) == len(KNOWN) >= passphrases.MIN_LIST
    assert all(4 <= len(word) <= 9 for word in WORDS)
    assert set("".join(WORDS)) <= set("abcdefghijklmnopqrstuvwxyzàâçéèêîôûù")
    assert all(word == unicodedata.normalize("NFC", word) for word in WORDS)


def test_no_two_words_are_near() -> None:
    plain = {bare(word) for word in WORDS}
    assert len(plain) == len(WORDS)
    assert not {word + end for word in plain for end in "sx"} & plain
    assert not plain & passphrases.COMMON


@given(st.lists(st.sampled_from(WORDS), min_size=4, max_size=4, unique=True))
@settings(max_examples=200)
def test_four_generated_words_are_always_enough(chosen: list[str]) -> None:
    assert codes(" ".join(chosen)) == []
    assert codes("  " + "   ".join(chosen).upper() + "\t") == []
    assert codes(unicodedata.normalize("NFD", " ".join(chosen))) == []


@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=3, unique=True))
@settings(max_examples=100)
def test_three_are_not_even_repeated(chosen: list[str]) -> None:
    assert codes(" ".join(chosen * 4)) == ["passphrase.too_weak"]


@pytest.mark.parametrize(
    "text",
    [
        "a" * 1000,
        "1234567890" * 3,
        "azertyuiopqsdfghjklmwxcvbn",
        "qwertyuiop asdfghjkl",
        "abcdefghijklmnopqrstuvwxyz",
        "Motdepasse2024!",
        "M0td3p@ss3",
        "Antenne-Mopti-2026",
        "Danaya So Sévaré 2026",
        "bonjour maman papa merci",
        "mopti mopti mopti mopti mopti",
        "76 12 34 56",
        "+223 76 12 34 56",
        "01/01/1990",
        "Mariam Traoré 1987",
        "Fatou",
        "je t’aime",
        "a b c d e f g h",
        "ɛ ɔ ɲ ŋ",
        "😀😀😀😀😀😀",
        "anticonstitutionnellement",
    ],
)
def test_what_is_tried_first_is_refused(text: str) -> None:
    assert codes(text) == ["passphrase.too_weak"]


@pytest.mark.parametrize(
    "text", ["x7Kp#2mQ9!ad4W", "le vieux hippopotame traverse lentement notre grand fleuve argenté", "Kx9!vR2?tZ7&bN4%"]
)
def test_a_good_phrase_of_her_own_is_taken(text: str) -> None:
    assert codes(text) == []


def test_empty_and_endless() -> None:
    assert codes("") == codes(" \t\u00a0\u202f") == ["passphrase.empty"]
    assert codes("é" * 100_000) == ["passphrase.too_long"]
    assert codes("tambour " * 200) == ["passphrase.too_long"]


@given(st.text(max_size=60), st.text(max_size=20))
@settings(max_examples=150)
def test_the_estimate_is_stable_and_modest(text: str, more: str) -> None:
    bits = passphrases.estimate_bits(text, LIST)
    assert 0 <= bits <= 13 * len(passphrases.normalise(text))
    assert bits == passphrases.estimate_bits(f" {text}\n", LIST)
    assert passphrases.estimate_bits(f"{text} {more}", LIST) >= bits - 1


def test_repeating_adds_next_to_nothing() -> None:
    once = passphrases.estimate_bits("tambour", LIST)
    assert passphrases.estimate_bits("tambour tambour tambour", LIST) == once + 2
    assert passphrases.estimate_bits("tambourrrrrrrrrr", LIST) <= 13
    assert passphrases.estimate_bits("kkkkkkkkkk kkkkkkkkkkk", LIST) < 10


def test_an_empty_list_does_not_break_the_estimate() -> None:
    assert passphrases.estimate_bits("tambour galette", WordList.of([])) > 0
    assert passphrases.estimate_bits("", LIST) == 0


def test_words_are_picked_by_the_indexes_given() -> None:
    indexes = random.Random(1).sample(range(len(WORDS)), 4)
    assert passphrases.pick_words(indexes, LIST) == " ".join(WORDS[index] for index in indexes)
    for wrong, words in (([1, 2, 3], LIST), ([1, 1, 2, 3], LIST), ([1, 2, 3, 4], WordList.of(WORDS[:100]))):
        with pytest.raises(ValueError, match="7776"):
            passphrases.pick_words(wrong, words)


def test_spaces_and_forms_do_not_matter() -> None:
    typed = [f"forêt{gap}été" for gap in (" ", "\u202f ", "\t", "\u00a0")]
    typed += [unicodedata.normalize("NFD", text) for text in typed]
    assert {passphrases.normalise(text) for text in typed} == {"forêt été"}
