"""Which letters of a shown text answer what was typed, to make them bold."""

from __future__ import annotations

import re

from antenne.domain import names

Span = tuple[int, int]
"""First character and the one after the last."""


def spans(shown: str, typed: str) -> tuple[Span, ...]:
    """The parts of ``shown`` that ``typed`` found: the letters typed, or the whole word when a variant matched.

    « kone fat » marks « KONÉ » and « Fat » of « KONÉ Fatoumata »; « fanta » marks the whole « Fatoumata ».
    """
    wanted = names.needles(typed)
    found = [span for word in re.finditer(r"[^\s’'·,()«»]+", shown) if (span := _span(word, wanted)) is not None]
    return tuple(found)


def _span(word: re.Match[str], wanted: list[tuple[str, ...]]) -> Span | None:
    """What of one word is marked; the longest mark wins."""
    plain = names.plain(word.group())
    line = f" {names.search_text([word.group()], numbers=[word.group()])} "
    best = 0
    for ways in wanted:
        first = ways[0].strip()
        if plain.startswith(first):
            best = max(best, _letters(word.group(), len(first)))
        elif any(way in line for way in ways):
            best = len(word.group())
    return (word.start(), word.start() + best) if best else None


def _letters(word: str, plain_length: int) -> int:
    """How many characters of ``word`` give the first ``plain_length`` plain ones (« œ » gives two)."""
    for count in range(1, len(word) + 1):
        if len(names.plain(word[:count])) >= plain_length:
            return count
    return len(word)
