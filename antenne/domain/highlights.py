"""Which letters of a shown text answer what was typed, to make them bold."""

from __future__ import annotations

import re
from functools import lru_cache

from antenne.domain import names

Span = tuple[int, int]
"""First character and the one after the last."""

_WORD = re.compile(r"[^\s’'·,()«»]+")


class Marker:
    """Marks what one typed text found, row after row; words met again are remembered (lists repeat their names)."""

    def __init__(self, typed: str) -> None:
        """Prepare for ``typed``; an empty text marks nothing."""
        self._wanted = names.needles(typed)
        self._known: dict[str, int] = {}

    def spans(self, shown: str) -> tuple[Span, ...]:
        """The parts of ``shown`` to make bold: the letters typed, or the whole word when a variant matched.

        « kone fat » marks « KONÉ » and « Fat » of « KONÉ Fatoumata »; « fanta » marks the whole « Fatoumata ».
        """
        if not self._wanted:
            return ()
        marks = ((word.start(), self._length(word.group())) for word in _WORD.finditer(shown))
        return tuple((start, start + length) for start, length in marks if length)

    def _length(self, word: str) -> int:
        """How many of its letters are marked; the longest mark wins."""
        known = self._known.get(word)
        if known is None:
            known = self._known[word] = self._best(word)
        return known

    def _best(self, word: str) -> int:
        plain = names.plain(word)
        best = 0
        for ways in self._wanted:
            first = ways[0].strip()
            if plain.startswith(first):
                best = max(best, _letters(word, len(first)))
            elif best < len(word) and any(way in _heard(word) for way in ways):
                best = len(word)
        return best


@lru_cache(maxsize=2000)
def _heard(word: str) -> str:
    """All that one word is found by; the next key meets the same names again."""
    return f" {names.search_text([word], numbers=[word])} "


def _letters(word: str, plain_length: int) -> int:
    """How many characters of ``word`` give the first ``plain_length`` plain ones (« œ » gives two)."""
    return next(count for count in range(1, len(word) + 1) if len(names.plain(word[:count])) >= plain_length)
