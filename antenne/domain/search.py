"""Finding a person among fifty thousand while she types: accents, order, variants of Malian names (rules: People).

Names repeat, so each different word keeps the set of persons that bear it, as the bits of one whole number in the order
of names: a typed word is a slice of the sorted words, two typed words are an « and » of two numbers. Numbers and phones
hardly repeat: they stand in a sorted list. A person saved a moment ago waits in a short overlay, so that no keystroke
pays for a rebuild.
"""

from __future__ import annotations

import re
import threading
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate

from antenne.domain import names

MOST = 1000
"""Matches are counted up to here; beyond, the screen says « plus de 1 000 »."""
OVERLAY = 300
"""Persons saved lately that are looked through one by one; beyond, they are indexed together."""


@dataclass(frozen=True, slots=True)
class IndexedPerson:
    """What the index needs: the sort key and the searchable words (``names.search_text``)."""

    id: int
    name_norm: str
    search_text: str


Needles = Sequence[tuple[str, ...]]


class _Layer:
    """Some persons, indexed together; afterwards they only leave it, one by one."""

    def __init__(self, persons: Iterable[IndexedPerson]) -> None:
        ordered = sorted(persons, key=_key)
        self.ids = [person.id for person in ordered]
        self._names = [person.name_norm for person in ordered]
        self._position = {person_id: position for position, person_id in enumerate(self.ids)}
        self._gone = 0
        bearers: dict[str, list[int]] = {}
        figures: list[str] = []
        for position, person in enumerate(ordered):
            for word in person.search_text.split():
                known = bearers.get(word)
                if known is not None:
                    known.append(position)
                elif _is_figure(word):
                    figures.append(f"{word}\0{position}")
                else:
                    bearers[word] = [position]
        self._words = sorted(bearers)
        self._bearers = [bearers[word] for word in self._words]
        self._masks: dict[int, int] = {}
        figures.sort()
        self._figures = _Figures(figures)
        self._owners = array("I", (int(figure.rpartition("\0")[2]) for figure in figures))
        self._phones = _Phones(figures)
        self._everybody = (1 << len(self.ids)) - 1

    def leave(self, person_id: int) -> None:
        """She was amended or forgotten: what stands here of her holds no longer."""
        position = self._position.get(person_id)
        if position is not None:
            self._gone |= 1 << position

    def present(self) -> list[int]:
        """Those who did not leave."""
        return self.taken(self._everybody & ~self._gone, len(self.ids))

    def groups(self, needles: Needles) -> tuple[int, int, int]:
        """Who fits, one bit each: the number typed whole, the family name, the rest."""
        fitting = self._fitting(needles) & ~self._gone
        if not fitting:
            return 0, 0, 0
        numbered = self._numbered(needles) & fitting
        named = self._named(needles) & fitting & ~numbered
        return numbered, named, fitting & ~numbered & ~named

    def _fitting(self, needles: Needles) -> int:
        """The persons that every typed word fits, one bit each."""
        found = self._everybody
        for ways in needles:
            marks = 0
            for way in ways:
                marks |= self._with_figure(way) if _is_figure(way) else self._with_word(way[1:])
            found &= marks
            if not found:
                break
        return found

    def _named(self, needles: Needles) -> int:
        """The persons whose family name begins with one of the typed words: they are shown first."""
        marks = 0
        for ways in needles:
            if not _is_figure(ways[0]):
                first = bisect_left(self._names, ways[0][1:])
                last = bisect_left(self._names, _after(ways[0][1:]))
                marks |= ((1 << (last - first)) - 1) << first
        return marks

    def _numbered(self, needles: Needles) -> int:
        """The person whose number was typed whole: she is shown first."""
        whole = [way for ways in needles for way in ways[:1] if _is_figure(way) and way.endswith(" ")]
        marks = 0
        for way in whole:
            marks |= self._with_figure(way)
        return marks

    def taken(self, mask: int, most: int) -> list[int]:
        """Ids of the first ``most`` bits, in the order of names."""
        if not mask:
            return []
        bits = f"{mask:b}"[::-1]
        found: list[int] = []
        at = bits.find("1")
        while at >= 0 and len(found) < most:
            found.append(self.ids[at])
            at = bits.find("1", at + 1)
        return found

    def _with_word(self, prefix: str) -> int:
        """The bearers of all words that begin so; of rare words, which are many, all bits are set at once."""
        first = bisect_left(self._words, prefix)
        last = bisect_left(self._words, _after(prefix), first)
        marks, few = 0, list[int]()
        for number in range(first, last):
            bearers = self._bearers[number]
            if len(bearers) < _KEPT_FROM:
                few += bearers
            else:
                marks |= self._mask(number, bearers)
        return marks | _bits(few, len(self.ids))

    def _mask(self, number: int, bearers: Sequence[int]) -> int:
        """The bearers of one word as bits, kept for the next key."""
        kept = self._masks.get(number)
        if kept is None:
            kept = self._masks[number] = _bits(bearers, len(self.ids))
        return kept

    def _with_figure(self, way: str) -> int:
        """The bearers of a number, of a phone's beginning, of any part of a phone or of its end."""
        if not way.startswith(" "):
            return _bits(self._phones.holding(way), len(self.ids))
        figure = way.strip()
        first = bisect_left(self._figures, figure)
        last = bisect_left(self._figures, f"{figure}\0" if way.endswith(" ") else _after(figure), first)
        return _bits(self._owners[first:last], len(self.ids))


class _Figures:
    """Sorted numbers and phones as one text: five a person, one by one they would weigh seven times as much."""

    def __init__(self, figures: Sequence[str]) -> None:
        """From figures with their owner's position behind a zero."""
        self._text = "".join(figure.rpartition("\0")[0] for figure in figures)
        self._ends = array("I", accumulate(figure.rindex("\0") for figure in figures))

    def __len__(self) -> int:
        return len(self._ends)

    def __getitem__(self, place: int) -> str:
        return self._text[self._ends[place - 1] if place else 0 : self._ends[place]]


class _Phones:
    """The phones in one text, to find what stands inside them."""

    def __init__(self, figures: Iterable[str]) -> None:
        self._starts, self._owners = array("I"), array("I")
        lines: list[str] = []
        offset = 0
        for line in figures:
            if line.startswith("#"):
                figure, _, owner = line.rpartition("\0")
                self._starts.append(offset)
                self._owners.append(int(owner))
                lines.append(f"{figure} ")
                offset += len(figure) + 1
        self._text = "".join(lines)

    def holding(self, part: str) -> list[int]:
        """Whose phones hold these digits; a space after them means their end."""
        found: list[int] = []
        at = self._text.find(part)
        while at >= 0:
            found.append(self._owners[bisect_right(self._starts, at) - 1])
            at = self._text.find(part, at + len(part))
        return found


_KEPT_FROM = 8
"""Fewer bearers are set again faster than their bits are kept."""


def _bits(positions: Sequence[int], size: int) -> int:
    if len(positions) < _KEPT_FROM:
        mask = 0
        for position in positions:
            mask |= 1 << position
        return mask
    marks = bytearray(size // 8 + 1)
    for position in positions:
        marks[position >> 3] |= 1 << (position & 7)
    return int.from_bytes(marks, "little")


_FIGURE = re.compile(r" ?(?:[0-9#]|[mp]-[0-9])")


def _is_figure(word: str) -> bool:
    """A number or a phone, with or without the space of a needle; « bébé2 » is a word."""
    return _FIGURE.match(word) is not None


def _after(prefix: str) -> str:
    """A text after every text that begins with ``prefix``."""
    return f"{prefix}\U0010ffff"


def _key(person: IndexedPerson) -> tuple[str, int]:
    return person.name_norm, person.id


class PersonIndex:
    """The searchable words of everybody, replaced as a whole, amended person by person; both lanes may use it.

    Three layers: everybody at the opening; those saved since, indexed again from time to time outside the lock; and
    the last few hundred, looked through one by one. So neither a save nor the keystroke after it pays for a rebuild.
    """

    def __init__(self, persons: Iterable[IndexedPerson] = ()) -> None:
        """Index these persons."""
        self._lock = threading.Lock()
        self._settling = threading.Lock()
        self._rows: dict[int, IndexedPerson] = {}
        self._keys: list[tuple[str, int]] = []
        self._ids: list[int] = []
        self._base = self._lately = _Layer(())
        self._fresh: dict[int, IndexedPerson] = {}
        self.replace(persons)

    def replace(self, persons: Iterable[IndexedPerson]) -> None:
        """Forget everything and index these."""
        rows = {person.id: person for person in persons}
        base, keys = _Layer(rows.values()), sorted(_key(person) for person in rows.values())
        for person_id, person in rows.items():  # the layer has their words; here they would be held twice
            rows[person_id] = IndexedPerson(person_id, person.name_norm, "")
        with self._settling, self._lock:
            self._rows, self._base, self._lately, self._fresh = rows, base, _Layer(()), {}
            self._keys, self._ids = keys, [person_id for _, person_id in keys]

    def put(self, person: IndexedPerson) -> None:
        """Add or amend one person; she is found at the next keystroke."""
        self.put_all((person,))

    def put_all(self, persons: Iterable[IndexedPerson]) -> None:
        """Add or amend many at once (an import), for the price of one."""
        with self._lock:
            for person in persons:
                self._forget(person.id)
                place = bisect_left(self._keys, _key(person))
                self._keys.insert(place, _key(person))
                self._ids.insert(place, person.id)
                self._rows[person.id] = self._fresh[person.id] = person
            crowded = self._crowded()
        if crowded:
            self._settle()

    def remove(self, person_id: int) -> None:
        """Forget one person."""
        with self._lock:
            self._forget(person_id)

    def __len__(self) -> int:
        """How many persons are indexed."""
        return len(self._rows)

    def all_ids(self) -> tuple[int, ...]:
        """Everybody, in the order of names."""
        with self._lock:
            return tuple(self._ids)

    def search(self, typed: str, most: int = MOST) -> tuple[int, ...]:
        """Ids of the persons that every typed word fits; everybody for an empty text.

        First the one whose number was typed, then those whose family name begins like a typed word, then the others,
        each in the order of names.
        """
        needles = names.needles(typed)
        if not needles:
            return self.all_ids()[:most]
        with self._lock:
            return self._found(needles, most)

    def _found(self, needles: Needles, most: int) -> tuple[int, ...]:
        layers = [(layer, layer.groups(needles)) for layer in (self._base, self._lately)]
        fresh: tuple[list[int], list[int], list[int]] = ([], [], [])
        for person in sorted((person for person in self._fresh.values() if _fits(person, needles)), key=_key):
            fresh[_group(person, needles)].append(person.id)
        found: list[int] = []
        for group in range(3):
            room = most - len(found)
            if room > 0:
                parts = [layer.taken(groups[group], room) for layer, groups in layers]
                found += self._in_order([part for part in (*parts, fresh[group]) if part], room)
        return tuple(found)

    def _in_order(self, parts: Sequence[list[int]], most: int) -> list[int]:
        """All of them in one order of names."""
        every = [person_id for part in parts for person_id in part]
        if len(parts) > 1:
            every.sort(key=lambda person_id: _key(self._rows[person_id]))
        return every[:most]

    def _forget(self, person_id: int) -> None:
        person = self._rows.pop(person_id, None)
        if person is None:
            return
        place = bisect_left(self._keys, _key(person))
        del self._keys[place], self._ids[place]
        self._fresh.pop(person_id, None)
        self._base.leave(person_id)
        self._lately.leave(person_id)

    def _crowded(self) -> bool:
        """A quarter of what is settled already: an import of fifty thousand settles some twenty times, not hundreds."""
        return len(self._fresh) > max(OVERLAY, len(self._lately.ids) // 4)

    def _settle(self) -> None:
        """Index those saved since the opening; searches go on meanwhile, and what is saved meanwhile stays fresh."""
        if not self._settling.acquire(blocking=False):
            return
        try:
            with self._lock:
                since = {person_id: self._rows[person_id] for person_id in self._lately.present()} | self._fresh
            made = _Layer(since.values())
            with self._lock:
                for person_id, person in since.items():
                    if self._rows.get(person_id) is not person:
                        made.leave(person_id)
                self._lately = made
                self._fresh = {
                    person_id: person for person_id, person in self._fresh.items() if person is not since.get(person_id)
                }
        finally:
            self._settling.release()


def _fits(person: IndexedPerson, needles: Needles) -> bool:
    line = f" {person.search_text} "
    phones = line[line.find("#") :] if "#" in line else ""
    words = line.replace(" p-", "  ").replace(" m-", "  ")

    def holds(way: str) -> bool:
        if not way.startswith(" "):
            return way in phones
        return way in (line if _is_figure(way) else words)

    return all(any(holds(way) for way in ways) for ways in needles)


def _group(person: IndexedPerson, needles: Needles) -> int:
    """0 for the number typed whole, 1 for the family name, 2 for the rest: as the masks of the base."""
    line = f" {person.search_text} "
    firsts = [ways[0] for ways in needles]
    if any(_is_figure(way) and way.endswith(" ") and way in line for way in firsts):
        return 0
    return 1 if any(not _is_figure(way) and person.name_norm.startswith(way[1:]) for way in firsts) else 2
