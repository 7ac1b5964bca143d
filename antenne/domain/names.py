"""Malian names: what to compare, what to search, which variants are one name (rules: People)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

VARIANTS: tuple[tuple[str, ...], ...] = (
    ("fatoumata", "fatou", "fanta", "fatim", "fatima", "fati", "fatimata", "fata"),
    ("aissata", "aicha", "aissa", "aichata", "aissatou"),
    ("mariam", "mariama", "maryam", "mariame"),
    ("kadiatou", "kadidia", "kadia", "khadidia", "kadi", "hadiaratou"),
    ("oumou", "oum", "oumoul"),
    ("aminata", "ami", "mina", "aminatou"),
    ("ramata", "ramatou", "ramatoulaye"),
    ("hawa", "awa", "eva"),
)
"""Forms of one first name, folded by :func:`plain`. Seeds; a surnom of her own goes into her file."""

_SPELLINGS: tuple[tuple[str, str], ...] = (
    ("dj", "j"),
    ("di(?=a|o)", "j"),
    ("gn", "ny"),
    ("ou", "u"),
    ("th", "t"),
    ("ph", "f"),
    ("c(?=[eiy])", "s"),
    ("ch", "s"),
    ("ck|qu|c|q", "k"),
    ("kh", "k"),
    ("y", "i"),
    ("w", "u"),
    ("h", ""),
)

_LETTERS = str.maketrans(
    {"ɛ": "e", "ɔ": "o", "ɲ": "ny", "ŋ": "ng", "’": " ", "'": " ", "-": " ", "ʼ": " ", "œ": "oe", "æ": "ae"}
)


def plain(text: str) -> str:
    """Without accents, case, apostrophes or hyphens, single spaces between words; Bambara letters in Latin."""
    decomposed = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    return " ".join("".join(char for char in decomposed if not unicodedata.combining(char)).split())


def sounded(word: str) -> str:
    """How a word sounds, roughly: Coulibaly and Koulibaly, Diallo and Jallo, Cissé and Sissé come out equal."""
    folded = plain(word)
    for pattern, letter in _SPELLINGS:
        folded = re.sub(pattern, letter, folded)
    return re.sub(r"(.)\1+", r"\1", folded)


_GROUPS = {name: index for index, group in enumerate(VARIANTS) for name in group}
_GROUPS_SOUNDED = {sounded(name): index for name, index in _GROUPS.items()}


def sort_key(last_name: str, first_name: str) -> str:
    """What lists are ordered by, and what stands in ``name_norm``."""
    return f"{plain(last_name)} {plain(first_name)}"


def search_text(words: Iterable[str], numbers: Iterable[str] = (), phones: Iterable[str] = ()) -> str:
    """Everything one person can be found by, for :class:`antenne.domain.search.PersonIndex`.

    Args:
        words: Names, surnoms, pseudonym.
        numbers: ``P-00001``, ``M-00931``.
        phones: In international form.
    """
    parts: list[str] = []
    for word in " ".join(plain(words_of) for words_of in words).split():
        parts += [word, f"~{sounded(word)}"]
        group = _GROUPS_SOUNDED.get(sounded(word))
        if group is not None:
            parts.append(f"={group}=")
    for number in numbers:
        if number:
            parts += [number.casefold(), number.split("-")[-1].lstrip("0")]
    parts += [f"#{phone.removeprefix('+223').removeprefix('+')}" for phone in phones if phone]
    return " ".join(dict.fromkeys(parts))


def needles(typed: str) -> list[tuple[str, ...]]:
    """For each typed word, the texts of which one must stand in a person's line."""
    stripped = " ".join(re.sub(r"(?<=\d)[\s.](?=\d)", "", typed).split())
    found: list[tuple[str, ...]] = []
    for word in stripped.split():
        if re.fullmatch(r"[mMpP]-?\d+", word):
            found.append(
                (
                    f" {word[0].casefold()}-{word[1:].lstrip('-').zfill(5)} ",
                    f" {word[0].casefold()}-{word[1:].lstrip('-')}",
                )
            )
        elif word.lstrip("+").isdigit():
            digits = (
                word.lstrip("+").removeprefix("223") if len(word.lstrip("+")) > len("76123456") else word.lstrip("+")
            )
            found.append((f" {digits.lstrip('0') or '0'} ", f" #{digits}") if len(digits) <= 5 else (f" #{digits}",))  # noqa: PLR2004 - five digits: a member number
        else:
            found += [_ways(part) for part in plain(word).split()]
    return found


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
