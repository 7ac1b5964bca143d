"""Finding a person among fifty thousand while she types: accents, order, variants of Malian names (rules: People).

Names repeat, so each different word keeps the set of persons that bear it, as the bits of one whole number in the order
of names: a typed word is a slice of the sorted words, two typed words are an « and » of two numbers. Numbers and phones
hardly repeat: they stand in a sorted list. A person saved a moment ago waits in a short overlay, so that no keystroke
pays for a rebuild.
"""

from __future__ import annotations

import threading
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from antenne.domain import names

MOST = 1000
"""Matches are counted up to here; beyond, the screen says « plus de 1 000 »."""
OVERLAY = 300
"""Persons saved since the last rebuild; beyond, the next search rebuilds."""


@dataclass(frozen=True, slots=True)
class IndexedPerson:
    """What the index needs: the sort key and the searchable words (``names.search_text``)."""

    id: int
    name_norm: str
    search_text: str


Needles = Sequence[tuple[str, ...]]


class _Base:
    """Everybody at the last rebuild; never changed afterwards."""

    def __init__(self, persons: Iterable[IndexedPerson]) -> None:
        ordered = sorted(persons, key=_key)
        self.ids = [person.id for person in ordered]
        self.keys = [person.name_norm for person in ordered]
        self.position = {person_id: position for position, person_id in enumerate(self.ids)}
        bearers: dict[str, list[int]] = {}
        figures: list[tuple[str, int]] = []
        for position, person in enumerate(ordered):
            for word in person.search_text.split():
                if _is_figure(word):
                    figures.append((word, position))
                else:
                    bearers.setdefault(word, []).append(position)
        self._words = sorted(bearers)
        self._bearers = [bearers[word] for word in self._words]
        self._masks: dict[int, int] = {}
        figures.sort()
        self._figures = [word for word, _ in figures]
        self._owners = [position for _, position in figures]
        self._phones = _Phones(figures)
        self._everybody = (1 << len(self.ids)) - 1

    def place(self, person: IndexedPerson) -> int:
        """How many persons come before this one in the order of names."""
        return bisect_left(range(len(self.ids)), _key(person), key=lambda at: (self.keys[at], self.ids[at]))

    def fitting(self, needles: Needles) -> int:
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

    def named(self, needles: Needles) -> int:
        """The persons whose family name begins with one of the typed words: they are shown first."""
        marks = 0
        for ways in needles:
            if not _is_figure(ways[0]):
                first = bisect_left(self.keys, ways[0][1:])
                last = bisect_left(self.keys, _after(ways[0][1:]))
                marks |= ((1 << (last - first)) - 1) << first
        return marks

    def numbered(self, needles: Needles) -> int:
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
        first = bisect_left(self._words, prefix)
        last = bisect_left(self._words, _after(prefix), first)
        marks = 0
        for number in range(first, last):
            marks |= self._mask(number)
        return marks

    def _mask(self, number: int) -> int:
        """The bearers of one word as bits; kept for words that many bear."""
        kept = self._masks.get(number)
        if kept is not None:
            return kept
        bearers = self._bearers[number]
        mask = _bits(bearers, len(self.ids))
        if len(bearers) >= _KEPT_FROM:
            self._masks[number] = mask
        return mask

    def _with_figure(self, way: str) -> int:
        """The bearers of a number, of a phone's beginning, of any part of a phone or of its end."""
        if not way.startswith(" "):
            return _bits(self._phones.holding(way), len(self.ids))
        figure = way.strip()
        first = bisect_left(self._figures, figure)
        last = bisect_left(self._figures, f"{figure}\0" if way.endswith(" ") else _after(figure), first)
        return _bits(self._owners[first:last], len(self.ids))


class _Phones:
    """The phones in one text, to find what stands inside them."""

    def __init__(self, figures: Iterable[tuple[str, int]]) -> None:
        self._starts: list[int] = []
        self._owners: list[int] = []
        lines: list[str] = []
        offset = 0
        for figure, owner in figures:
            if figure.startswith("#"):
                self._starts.append(offset)
                self._owners.append(owner)
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
"""Fewer bearers are counted again faster than their bits are kept."""


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


def _is_figure(word: str) -> bool:
    """A number or a phone: a word with a digit, but not the group of variants « =3= »."""
    return word.lstrip(" ")[:1] != "=" and any(char.isdigit() for char in word)


def _after(prefix: str) -> str:
    """The first text after every text that begins with ``prefix``."""
    return prefix[:-1] + chr(ord(prefix[-1]) + 1)


def _key(person: IndexedPerson) -> tuple[str, int]:
    return person.name_norm, person.id


class PersonIndex:
    """The searchable words of everybody, replaced as a whole, amended person by person; both lanes may use it."""

    def __init__(self, persons: Iterable[IndexedPerson] = ()) -> None:
        """Index these persons."""
        self._lock = threading.Lock()
        self._rows: dict[int, IndexedPerson] = {}
        self._fresh: dict[int, IndexedPerson] = {}
        self._gone = 0
        self._left: set[int] = set()
        self._base = _Base(())
        self._ordered: tuple[int, ...] | None = None
        self.replace(persons)

    def replace(self, persons: Iterable[IndexedPerson]) -> None:
        """Forget everything and index these."""
        with self._lock:
            self._rows = {person.id: person for person in persons}
            self._rebuild()

    def put(self, person: IndexedPerson) -> None:
        """Add or amend one person; she is found at the next keystroke."""
        with self._lock:
            self._rows[person.id] = person
            self._fresh[person.id] = person
            self._leave_base(person.id)

    def remove(self, person_id: int) -> None:
        """Forget one person."""
        with self._lock:
            if self._rows.pop(person_id, None) is not None:
                self._fresh.pop(person_id, None)
                self._leave_base(person_id)

    def __len__(self) -> int:
        """How many persons are indexed."""
        return len(self._rows)

    def all_ids(self) -> tuple[int, ...]:
        """Everybody, in the order of names."""
        with self._lock:
            if self._ordered is None:
                self._settle()
                self._ordered = self._whole_order()
            return self._ordered

    def search(self, typed: str, most: int = MOST) -> tuple[int, ...]:
        """Ids of the persons that every typed word fits; everybody for an empty text.

        First the one whose number was typed, then those whose family name begins like a typed word, then the others,
        each in the order of names.
        """
        needles = names.needles(typed)
        if not needles:
            return self.all_ids()[:most]
        with self._lock:
            self._settle()
            return self._found(needles, most)

    def _found(self, needles: Needles, most: int) -> tuple[int, ...]:
        base = self._base
        fitting = base.fitting(needles) & ~self._gone
        fresh = [person for person in self._fresh.values() if _fits(person, needles)]
        numbered = base.numbered(needles) & fitting
        named = base.named(needles) & fitting & ~numbered
        groups: list[list[IndexedPerson]] = [[], [], []]
        for person in sorted(fresh, key=_key):
            groups[_group(person, needles)].append(person)
        found: tuple[int, ...] = ()
        for mask, amended in zip((numbered, named, fitting & ~numbered & ~named), groups, strict=True):
            room = most - len(found)
            if room > 0:
                found += self._merged(base.taken(mask, room), amended, room)
        return found

    def _merged(self, ids: list[int], amended: list[IndexedPerson], most: int) -> tuple[int, ...]:
        """Both in one order of names."""
        if not amended:
            return tuple(ids[:most])
        every = [self._rows[person_id] for person_id in ids] + amended
        return tuple(person.id for person in sorted(every, key=_key)[:most])

    def _whole_order(self) -> tuple[int, ...]:
        """The base's order without those who left it, with those who were amended."""
        ids, order, at = self._base.ids, list[int](), 0
        steps = [(self._base.place(person), 1, person.id) for person in sorted(self._fresh.values(), key=_key)]
        steps += [(position, 2, 0) for position in self._left]
        for position, kind, person_id in sorted(steps, key=lambda step: step[:2]):
            order += ids[at:position]
            at = position
            if kind == 1:
                order.append(person_id)
            else:
                at += 1
        return (*order, *ids[at:])

    def _leave_base(self, person_id: int) -> None:
        position = self._base.position.get(person_id)
        if position is not None:
            self._gone |= 1 << position
            self._left.add(position)
        self._ordered = None

    def _settle(self) -> None:
        if len(self._fresh) > OVERLAY:
            self._rebuild()

    def _rebuild(self) -> None:
        self._base = _Base(self._rows.values())
        self._fresh = {}
        self._gone = 0
        self._left = set()
        self._ordered = tuple(self._base.ids)


def _fits(person: IndexedPerson, needles: Needles) -> bool:
    line = f" {person.search_text} "
    phones = line[line.find("#") :] if "#" in line else ""
    return all(any(way in (line if way.startswith(" ") else phones) for way in ways) for ways in needles)


def _group(person: IndexedPerson, needles: Needles) -> int:
    """0 for the number typed whole, 1 for the family name, 2 for the rest: as the masks of the base."""
    line = f" {person.search_text} "
    firsts = [ways[0] for ways in needles]
    if any(_is_figure(way) and way.endswith(" ") and way in line for way in firsts):
        return 0
    return 1 if any(not _is_figure(way) and person.name_norm.startswith(way[1:]) for way in firsts) else 2
