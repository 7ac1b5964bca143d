"""Passphrases: four generated words, or a phrase of her own of at least 50 estimated bits.

The weakest passphrase opens the whole base, so the estimate is on the low side: what people choose first (a year, a
place, a run of the keyboard, a repeated letter) counts for nearly nothing.
"""

from __future__ import annotations

import itertools
import math
import unicodedata
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from antenne.domain.violations import Violation

MAX_LENGTH: Final = 1024
MIN_BITS: Final = 50
WORD_COUNT: Final = 4
MIN_LIST: Final = 7776
"""Four words of a list this long give 51 bits."""

_COMMON_TEXT: Final = (
    "abcd abidjan admin allah amour ange antenne argent association bamako banque bebe bonjour bonsoir chance cherie "
    "chouchou coucou danaya dieu diallo ecole enfant famille fatou fille france gao hopital inconnu iloveyou kayes "
    "keita koulikoro maison mali maman mama maria mariam merci mopti moto motdepasse musique mystere niger papa passe "
    "password patron phrase princesse qwerty azerty reine sante secret segou serrure sevare sikasso soleil "
    "tombouctou toto tonton toure traore vacances vie welcome"
)
COMMON: Final = frozenset(_COMMON_TEXT.split())
"""What is tried first, without accents; never among the generated words."""

_COMMON_BITS: Final = 3.0
_EMBEDDED_WORD_BITS: Final = 9.0
_YEAR_BITS: Final = 5.0
_FOLLOWING_BITS: Final = 0.3
_LONGEST_WORD: Final = 16
_TOKEN_CAP: Final = 13.0  # one ordinary word, whatever its length, is one of some tens of thousands
_RUNS: Final = ("azertyuiop", "qsdfghjklm", "wxcvbn", "qwertyuiop", "asdfghjkl", "zxcvbnm", "&é\"'(-è_çà")
_LOOKALIKES: Final = str.maketrans("013457@$€", "oieastase")


@dataclass(frozen=True, slots=True)
class WordList:
    """The list of generated words, prepared once so that an estimate takes no time while she types.

    Attributes:
        words: In the order of the file; :func:`pick_words` takes its indexes from it.
        known: The same words.
        folded: The same without accents.
    """

    words: tuple[str, ...]
    known: frozenset[str]
    folded: frozenset[str]

    @classmethod
    def of(cls, words: Iterable[str]) -> WordList:
        """Prepare a list: ``WordList.of(text.split())``."""
        kept = tuple(words)
        return cls(kept, frozenset(kept), frozenset(map(_bare, kept)))


def normalise(text: str) -> str:
    """NFKC, spaces collapsed and trimmed: what is derived must not depend on the keyboard or on a double space."""
    return " ".join(unicodedata.normalize("NFKC", text).split())


def pick_words(indexes: Sequence[int], words: WordList) -> str:
    """Make a passphrase of the words at ``indexes``, which come from the system's random source.

    Raises:
        ValueError: The list is shorter than 7,776 words, or fewer than four distinct words are asked for.
    """
    if len(words.known) < MIN_LIST or len(set(indexes)) < WORD_COUNT:
        raise ValueError("four distinct indexes of a list of at least 7776 words expected")
    return " ".join(words.words[index] for index in indexes)


def violations(text: str, words: WordList) -> tuple[Violation, ...]:
    """Say why a phrase may not become a passphrase: empty, too long, or too easy to guess.

    Args:
        text: As typed.
        words: The list of generated words; four distinct ones of it are enough.
    """
    if len(text) > MAX_LENGTH:
        return (Violation("passphrase.too_long", "passphrase", (("longest", MAX_LENGTH),)),)
    clean = normalise(text)
    if not clean:
        return (Violation("passphrase.empty", "passphrase"),)
    bits = estimate_bits(clean, words)
    if bits < MIN_BITS:
        return (Violation("passphrase.too_weak", "passphrase", (("bits", bits), ("needed", MIN_BITS))),)
    return ()


def estimate_bits(text: str, words: WordList) -> int:
    """Estimate, on the low side, how many bits a guesser needs (0 for an empty text).

    Words that stand alone and belong to the list count as drawn from it; a word that comes twice counts one bit.
    """
    whole_word = math.log2(len(words.known)) if words.known else 0.0
    total = 0.0
    seen: set[str] = set()
    previous = ""
    for token in normalise(text).casefold().split():
        if token in seen:
            total += 1.0
        elif token in words.known and _bare(token) not in COMMON:
            total += whole_word
        else:
            total += _token_bits(token, words.folded, previous)
        seen.add(token)
        previous = token[-1]
    return int(total)


def _token_bits(token: str, folded: Collection[str], previous: str) -> float:
    """Cheapest way to cut a token into guessable pieces (shortest path over its characters)."""
    rate = _char_rate(token)
    best = [0.0]
    in_run = False
    for end in range(1, len(token) + 1):
        char = token[end - 1]
        before = token[end - 2] if end > 1 else previous
        following = _follows(before, char)
        alone = rate if not following else 0.0 if in_run else _FOLLOWING_BITS
        in_run = following
        costs = [best[end - 1] + alone]
        for start in range(max(0, end - _LONGEST_WORD), end - 2):
            piece = _piece_bits(token[start:end], folded)
            if piece is not None:
                costs.append(best[start] + piece)
        best.append(min(costs))
    if token.isalpha():
        return min(best[-1], _TOKEN_CAP + max(0, len(token) - _LONGEST_WORD) * 0.5)
    return best[-1]


def _piece_bits(piece: str, folded: Collection[str]) -> float | None:
    """Cost of a piece that a guesser's list holds, or None."""
    if len(piece) == 4 and piece.isdecimal() and piece[:2] in {"19", "20"}:  # noqa: PLR2004 - a year has four digits
        return _YEAR_BITS
    for extra, form in ((0.0, _bare(piece)), (1.0, _bare(piece.translate(_LOOKALIKES)))):
        if form in COMMON:
            return _COMMON_BITS + extra
        if form in folded:
            return _EMBEDDED_WORD_BITS + extra
    return None


def _char_rate(token: str) -> float:
    """Bits of one character that nothing else explains; mixed classes come nearer to random."""
    classes = sum((any(map(str.isalpha, token)), any(map(str.isdecimal, token)), not token.isalnum()))
    return {1: 2.0, 2: 3.0}.get(classes, 4.0)


def _follows(before: str, char: str) -> bool:
    """The character repeats the one before it or is its neighbour in the alphabet or on the keyboard."""
    if not before:
        return False
    if abs(ord(before) - ord(char)) <= 1:
        return True
    pair, back = before + char, char + before
    return any(pair in run or back in run for run in _RUNS)


def _bare(text: str) -> str:
    """Without accents, in small letters."""
    split = unicodedata.normalize("NFKD", text.casefold().replace("œ", "oe").replace("æ", "ae"))
    return "".join(itertools.filterfalse(unicodedata.combining, split))
