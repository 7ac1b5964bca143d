"""Who each row of a register is: somebody new, known already, perhaps known, or a mistake.

A re-import is recognised by the row's fingerprint and by the member's number. Namesakes are normal, so the same name
alone decides nothing: it only suggests, and she says (rules: People).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from antenne.domain import duplicates, import_columns, names
from antenne.domain.duplicates import Suspect
from antenne.domain.import_rows import Candidate
from antenne.domain.imports import Finding, ReportRow, RowState, Twin
from antenne.domain.persons import Person

NameKey = frozenset[str]
"""The words of a full name as they sound, variants of one first name made equal, without order."""

_IN_FILE = -1
"""Id lent to a line of the file, so that it is not taken for the row itself."""


_MOST_TWINS = 3
"""Women shown beside a row: more would not help her decide."""


class NameKeys:
    """Makes name keys, and remembers the words it has heard: a register repeats a few hundred of them."""

    def __init__(self) -> None:
        """Begin with no word."""
        self._heard: dict[str, NameKey] = {}

    def __call__(self, *texts: str) -> NameKey:
        """The key of these names together."""
        words = (word for text in texts for word in names.plain(text).split())
        return frozenset(part for word in words for part in self._word(word))

    def _word(self, word: str) -> NameKey:
        if word not in self._heard:
            self._heard[word] = frozenset(names.identity(word))
        return self._heard[word]


@dataclass(frozen=True, slots=True)
class Known:
    """What the base knows that a register may repeat.

    Attributes:
        fingerprints: Of rows imported before, to the person each one made.
        numbers: Member numbers in use.
        by_name: Persons by name key.
        persons: Records of all the persons named in the three others that a row may be.
    """

    fingerprints: Mapping[str, int] = field(default_factory=dict)
    numbers: Mapping[str, int] = field(default_factory=dict)
    by_name: Mapping[NameKey, Sequence[int]] = field(default_factory=dict)
    persons: Mapping[int, Person] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Judged:
    """A row, and every remark on it."""

    row: ReportRow
    findings: tuple[Finding, ...]


def judge(candidates: Iterable[Candidate], known: Known, number_column: str, keys: NameKeys) -> list[Judged]:
    """Judge every row, in order: a row may also repeat an earlier one.

    Args:
        candidates: The rows read.
        known: What the base knows.
        number_column: How remarks name the column of the member's number.
        keys: Makes name keys.
    """
    sitting = _Sitting(known, number_column or import_columns.BY_KEY[import_columns.MEMBER_NUMBER].label, keys)
    return [sitting.judge(candidate) for candidate in candidates]


class _Sitting:
    """Remembers the rows judged so far."""

    def __init__(self, known: Known, number_column: str, keys: NameKeys) -> None:
        self._known = known
        self._number_column = number_column
        self._keys = keys
        self._numbers: dict[str, int] = {}
        self._lines: dict[NameKey, list[tuple[int, Person]]] = {}

    def judge(self, candidate: Candidate) -> Judged:
        """One row."""
        person = candidate.person
        if person is None:
            return self._judged(candidate, RowState.ERROR)
        key = self._keys(person.last_name, person.first_name)
        if same := self._recognised(candidate, key):
            return self._judged(replace(candidate, findings=()), RowState.KNOWN, (same,))
        problem = self._number_problem(candidate)
        if problem or candidate.wrong:
            return self._judged(candidate, RowState.ERROR, more=problem)
        twins = self._twins(person, key)
        self._lines.setdefault(key, []).append((candidate.line, person))
        if person.membership and person.membership.number:
            self._numbers[person.membership.number] = candidate.line
        return self._judged(candidate, RowState.TWIN if twins else RowState.NEW, twins)

    @staticmethod
    def _judged(
        candidate: Candidate, state: RowState, twins: tuple[Twin, ...] = (), more: tuple[Finding, ...] = ()
    ) -> Judged:
        row = ReportRow(candidate.line, state, candidate.person, candidate.fingerprint, twins)
        return Judged(row, candidate.findings + more)

    def _recognised(self, candidate: Candidate, key: NameKey) -> Twin | None:
        """Whom the row certainly is: it was imported before, or bears the number of a woman of that name."""
        known, person = self._known, candidate.person
        assert person is not None
        if (person_id := known.fingerprints.get(candidate.fingerprint)) in known.persons and person_id is not None:
            return Twin(known.persons[person_id], reasons=("imported",))
        number = person.membership.number if person.membership else ""
        owner = known.persons.get(known.numbers.get(number, 0))
        if owner is not None and self._keys(owner.last_name, owner.first_name) == key:
            return Twin(owner, reasons=("number",))
        return None

    def _number_problem(self, candidate: Candidate) -> tuple[Finding, ...]:
        member = candidate.person.membership if candidate.person else None
        if member is None or not member.number:
            return ()
        owner = self._known.persons.get(self._known.numbers.get(member.number, 0))
        if owner is not None:
            values: tuple[tuple[str, object], ...] = (
                ("number", member.number),
                ("name", f"{owner.last_name} {owner.first_name}"),
            )
            return (Finding(candidate.line, self._number_column, "number_taken", values=values),)
        earlier = self._numbers.get(member.number)
        if earlier is not None:
            values = (("number", member.number), ("line", earlier))
            return (Finding(candidate.line, self._number_column, "number_twice", values=values),)
        return ()

    def _twins(self, person: Person, key: NameKey) -> tuple[Twin, ...]:
        """Those of that name on file, and in the lines above, whom she may be."""
        on_file = [self._known.persons[one] for one in self._known.by_name.get(key, ()) if one in self._known.persons]
        found = [Twin(suspect.person, reasons=suspect.reasons) for suspect in suspects(person, on_file)]
        for line, earlier in self._lines.get(key, ()):
            if len(found) >= _MOST_TWINS:
                break
            alike = suspects(person, (replace(earlier, id=_IN_FILE),))
            found += [Twin(earlier, line, suspect.reasons) for suspect in alike]
        return tuple(found[:_MOST_TWINS])


def suspects(person: Person, others: Sequence[Person]) -> tuple[Suspect, ...]:
    """As while she types (``domain.duplicates``), also where a register wrote the nom in the place of the prénom."""
    found = duplicates.suspects(person, others)
    if found:
        return found
    return duplicates.suspects(replace(person, last_name=person.first_name, first_name=person.last_name), others)
