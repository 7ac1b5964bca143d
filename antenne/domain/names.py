"""Malian names: what to compare, what to search, which variants are one name (rules: People)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache

VARIANTS: tuple[tuple[str, ...], ...] = (
    ("fatoumata", "fatou", "fanta", "fatim", "fatima", "fati", "fatimata", "fata"),
    ("aissata", "aicha", "aissa", "aichata", "aissatou"),
    ("mariam", "mariama", "maryam", "mariame"),
    ("kadiatou", "kadidia", "kadia", "khadidia", "kadi", "hadiaratou", "kadidiatou"),
    ("oumou", "oum", "oumoul"),
    ("aminata", "ami", "mina", "aminatou"),
    ("ramata", "ramatou", "ramatoulaye"),
    ("hawa", "awa", "eva"),
    ("djeneba", "jeneba", "zeneba", "djenebou", "deneba"),
    ("salimata", "salimatou", "sali"),
    ("rokia", "rokiatou", "rokiatu"),
    ("assetou", "assitan", "assita", "assetan", "asseta"),
    ("safiatou", "safi", "safia", "safiata"),
    ("habibatou", "habiba", "habi"),
    ("alimata", "halimatou", "alima", "halima"),
    ("maimouna", "mouna", "maimounatou"),
    ("nafissatou", "nafissa", "nafi"),
    ("bintou", "binta"),
)
"""Forms of one first name, folded by :func:`plain`. Seeds; a surnom of her own goes into her file."""

_SPELLINGS: tuple[tuple[str, re.Pattern[str], str], ...] = tuple(
    (needed, re.compile(pattern), letter)
    for needed, pattern, letter in (
        ("d", "dj", "j"),
        ("d", "di(?=a|o)", "j"),
        ("g", "gn", "ny"),
        ("o", "ou", "u"),
        ("t", "th", "t"),
        ("p", "ph", "f"),
        ("c", "c(?=[eiy])", "s"),
        ("c", "ch", "s"),
        ("c", "ck?", "k"),
        ("q", "qu?", "k"),
        ("k", "kh", "k"),
        ("y", "y", "i"),
        ("w", "w", "u"),
        ("h", "h", ""),
    )
)
"""In this order: the letter without which the spelling cannot stand there, the spelling, how it sounds."""
_DOUBLED = re.compile(r"(.)\1+")

_MARKS = str.maketrans("#=~", "   ")
"""Signs that stand before words of a person's line: a name or a typed text that has them keeps its letters only."""

_LETTERS = str.maketrans(
    {
        "ɛ": "e",
        "ɔ": "o",
        "ɲ": "ny",
        "ŋ": "ng",
        "’": " ",
        "'": " ",
        "-": " ",
        "ʼ": " ",
        "‘": " ",
        "‐": " ",
        "‑": " ",
        "–": " ",
        "—": " ",
        "œ": "oe",
        "æ": "ae",
    }
)


def plain(text: str) -> str:
    """Without accents, case, apostrophes or hyphens, single spaces between words; Bambara letters in Latin."""
    folded = text.casefold().translate(_LETTERS)
    if not folded.isascii():  # most words of a keystroke are
        decomposed = unicodedata.normalize("NFKD", folded)
        folded = "".join(char for char in decomposed if not unicodedata.combining(char))
    return " ".join(folded.split())


@lru_cache(maxsize=5000)
def sounded(word: str) -> str:
    """How a word sounds, roughly: Coulibaly and Koulibaly, Diallo and Jallo, Cissé and Sissé come out equal."""
    folded = plain(word)
    for needed, pattern, letter in _SPELLINGS:
        if needed in folded:
            folded = pattern.sub(letter, folded)
    return _DOUBLED.sub(r"\1", folded)


_GROUPS = {name: index for index, group in enumerate(VARIANTS) for name in group}
_GROUPS_SOUNDED = {sounded(name): index for name, index in _GROUPS.items()}


def identity(text: str) -> tuple[str, ...]:
    """What two spellings of one name share: each word as it sounds, or the group of its variants."""
    found = []
    for word in plain(text).split():
        group = _GROUPS_SOUNDED.get(sounded(word))
        found.append(f"={group}=" if group is not None else sounded(word))
    return tuple(found)


def sort_key(last_name: str, first_name: str) -> str:
    """What lists are ordered by, and what stands in ``name_norm``."""
    return f"{plain(last_name)} {plain(first_name)}"


def search_text(words: Iterable[str], numbers: Iterable[str] = (), phones: Iterable[str] = ()) -> str:
    """Everything one person can be found by, for :class:`antenne.domain.search.PersonIndex`.

    A name with an apostrophe or a hyphen counts apart and in one piece: « N’Diaye » is found by « ndiaye ».

    Args:
        words: Names, surnoms, pseudonym.
        numbers: ``P-00001``, ``M-00931``.
        phones: In international form.
    """
    parts: list[str] = []
    for word in _pieces(words):
        heard = sounded(word)
        parts += [word, f"~{heard}"]
        group = _GROUPS_SOUNDED.get(heard)
        if group is not None:
            parts.append(f"={group}=")
    for number in numbers:
        if number:
            parts += [number.casefold(), number.split("-")[-1].lstrip("0")]
    parts += [f"#{phone.removeprefix('+223').removeprefix('+')}" for phone in phones if phone]
    return " ".join(dict.fromkeys(parts))


def _pieces(words: Iterable[str]) -> Iterator[str]:
    for text in words:
        for whole in text.translate(_MARKS).split():
            apart = plain(whole).split()
            yield from apart
            if len(apart) > 1:
                yield "".join(apart)


MOST_TYPED = 120
"""Characters of a typed text that are looked at; no name is longer."""
_MALI_CODE = "223"
_MALI_DIGITS = 8
_NUMBER_DIGITS = 5
_ENDING_FROM = 3
_ANYWHERE_FROM = 4
_BETWEEN_DIGITS = re.compile(r"(?<=[0-9])[\s.\-–/](?=[0-9])")


def needles(typed: str) -> list[tuple[str, ...]]:
    """For each typed word, the texts of which one must stand in a person's line.

    Digits are a number (« 931 »), the beginning of a phone, from three its end, from four any part of it.
    """
    stripped = _BETWEEN_DIGITS.sub("", typed[:MOST_TYPED].translate(_MARKS))
    found: list[tuple[str, ...]] = []
    for word in stripped.split():
        number = re.fullmatch(r"([mMpP])-?(\d+)", word, re.ASCII)
        if number:
            letter = number[1].casefold()
            whole = f" {letter}-{number[2].zfill(_NUMBER_DIGITS)} "
            found.append((whole, f" {letter}-{number[2]}", f" {letter}{number[2]}"))
        elif re.fullmatch(r"\+?\d+", word, re.ASCII):
            abroad = word.removeprefix("+")
            found.append(_digit_ways(abroad if abroad == word else abroad.removeprefix(_MALI_CODE) or abroad))
        else:
            found += [_ways(part) for part in plain(word).split()]
    return found


def _digit_ways(digits: str) -> tuple[str, ...]:
    if len(digits) > _MALI_DIGITS:
        digits = digits.removeprefix("00").removeprefix(_MALI_CODE)
    ways = [f" {digits.lstrip('0') or '0'} "] if len(digits) <= _NUMBER_DIGITS else []
    ways.append(f" #{digits}")
    if len(digits) >= _ANYWHERE_FROM:
        ways.append(digits)
    elif len(digits) >= _ENDING_FROM:
        ways.append(f"{digits} ")
    return tuple(ways)


def _ways(word: str) -> tuple[str, ...]:
    """The plain prefix, the sounded prefix, and the group of variants when the word is one of them."""
    heard = sounded(word)
    ways = [f" {word}"]
    if heard and len(word) > 1:
        ways.append(f" ~{heard}")
    group = _GROUPS_SOUNDED.get(heard)
    if group is not None:
        ways.append(f" ={group}=")
    return tuple(ways)
