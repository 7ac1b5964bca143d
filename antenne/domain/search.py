"""Finding a person among fifty thousand while she types: accents, order, variants of Malian names (rules: People).

The index is one long text in memory, in the order of names, so that a keystroke costs a few milliseconds and no disk.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from antenne.domain import names

MOST = 1000
"""Matches are counted up to here; beyond, the screen says « plus de 1 000 »."""


@dataclass(frozen=True, slots=True)
class IndexedPerson:
    """What the index needs: the sort key and the searchable words (``names.search_text``)."""

    id: int
    name_norm: str
    search_text: str


class PersonIndex:
    """The searchable words of everybody, replaced as a whole, amended person by person."""

    def __init__(self, persons: Iterable[IndexedPerson] = ()) -> None:
        """Index these persons."""
        self._rows: dict[int, tuple[str, str]] = {}
        self._stale = True
        self._ids: list[int] = []
        self._starts: list[int] = []
        self._text = ""
        self.replace(persons)

    def replace(self, persons: Iterable[IndexedPerson]) -> None:
        """Forget everything and index these."""
        self._rows = {person.id: (person.name_norm, person.search_text) for person in persons}
        self._stale = True

    def put(self, person: IndexedPerson) -> None:
        """Add or amend one person."""
        self._rows[person.id] = (person.name_norm, person.search_text)
        self._stale = True

    def remove(self, person_id: int) -> None:
        """Forget one person."""
        self._rows.pop(person_id, None)
        self._stale = True

    def __len__(self) -> int:
        """How many persons are indexed."""
        return len(self._rows)

    def all_ids(self) -> tuple[int, ...]:
        """Everybody, in the order of names."""
        self._settle()
        return tuple(self._ids)

    def search(self, typed: str, most: int = MOST) -> tuple[int, ...]:
        """Ids of the persons that every typed word fits, in the order of names; everybody for an empty text."""
        self._settle()
        needles = names.needles(typed)
        if not needles:
            return tuple(self._ids[:most])
        first, *others = sorted(needles, key=lambda ways: -max(len(way) for way in ways))
        found: list[int] = []
        for position in self._rows_with(first):
            line = self._line(position)
            if all(any(way in line for way in ways) for ways in others):
                found.append(self._ids[position])
                if len(found) >= most:
                    break
        return tuple(found)

    def _settle(self) -> None:
        """Rebuild the long text after a change."""
        if not self._stale:
            return
        ordered = sorted(self._rows.items(), key=lambda item: (item[1][0], item[0]))
        self._ids = [person_id for person_id, _ in ordered]
        self._starts, offset, lines = [], 0, []
        for _, (_, text) in ordered:
            self._starts.append(offset)
            line = f" {text} \n"
            lines.append(line)
            offset += len(line)
        self._text = "".join(lines)
        self._stale = False

    def _line(self, position: int) -> str:
        end = self._starts[position + 1] if position + 1 < len(self._starts) else len(self._text)
        return self._text[self._starts[position] : end]

    def _rows_with(self, ways: tuple[str, ...]) -> Iterable[int]:
        """Positions, ascending, of the rows that hold one of the needles."""
        if len(ways) == 1:
            return self._hits(ways[0])
        return sorted({position for way in ways for position in self._hits(way)})

    def _hits(self, needle: str) -> Iterable[int]:
        at = self._text.find(needle)
        while at >= 0:
            position = bisect_right(self._starts, at) - 1
            yield position
            if position + 1 >= len(self._starts):
                return
            at = self._text.find(needle, self._starts[position + 1])
