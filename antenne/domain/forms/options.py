"""Which entries of a list a few typed letters mean."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from antenne.domain.forms.model import Option
from antenne.domain.text import fold

SHORT_LIST = 20
"""Up to here one letter is enough; longer lists answer from the second."""


@dataclass(frozen=True, slots=True)
class Match:
    """An option and where, in its label, the typed letters stand."""

    option: Option
    start: int
    length: int


def enough(options: Sequence[Option], typed: str) -> bool:
    """Whether so few letters may open this list."""
    return len(typed.strip()) >= (1 if len(options) <= SHORT_LIST else 2)


def matching(options: Sequence[Option], typed: str, most: int = 50) -> tuple[Match, ...]:
    """Options with a word that begins with the typed letters; those that begin the label come first.

    Accents and case do not matter. An empty text gives everything.
    """
    wanted = fold(typed)
    if not wanted:
        return tuple(Match(option, 0, 0) for option in options[:most])
    found = [match for option in options if (match := _match(option, wanted)) is not None]
    found.sort(key=lambda match: match.start > 0)
    return tuple(found[:most])


def exact(options: Sequence[Option], typed: str) -> Option | None:
    """The option whose label (or code) is what was typed, or the only one that it can mean."""
    wanted = fold(typed)
    for option in options:
        if wanted in (fold(option.label), fold(option.code)):
            return option
    close = matching(options, typed)
    return close[0].option if wanted and len(close) == 1 else None


def _match(option: Option, wanted: str) -> Match | None:
    folded, positions = _folded(option.label)
    at = folded.find(wanted)
    while at > 0 and folded[at - 1].isalnum():
        at = folded.find(wanted, at + 1)
    if at < 0:
        return None
    start, end = positions[at], positions[at + len(wanted) - 1]
    return Match(option, start, end - start + 1)


def _folded(label: str) -> tuple[str, list[int]]:
    """The label folded letter by letter, and for each folded letter where it came from."""
    letters: list[str] = []
    positions: list[int] = []
    for position, char in enumerate(label):
        plain = " " if char.isspace() else fold(char)
        letters.append(plain)
        positions += [position] * len(plain)
    return "".join(letters), positions
