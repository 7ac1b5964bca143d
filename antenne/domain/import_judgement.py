"""Who each row of a register is: somebody new, known already, perhaps known, or a mistake.

A re-import is recognised by the row's fingerprint and by the member's number. Namesakes are normal, so the same name
alone decides nothing: it only suggests, and she says (rules: People).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from antenne.domain import duplicates, import_columns, names
from antenne.domain.births import Birth
from antenne.domain.births_rules import bounds
from antenne.domain.duplicates import Suspect
from antenne.domain.import_rows import Candidate
from antenne.domain.import_sponsors import Sponsors
from antenne.domain.imports import Finding, ReportRow, RowState, Severity, Twin
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
        person_numbers: Numbers of persons in use.
        by_name: Persons by name key.
        persons: Records of all the persons named in the four others that a row may be.
        sponsors: Ids of members by what names them (``import_sponsors``), for the marraines that the file names.
    """

    fingerprints: Mapping[str, int] = field(default_factory=dict)
    numbers: Mapping[str, int] = field(default_factory=dict)
    person_numbers: Mapping[str, int] = field(default_factory=dict)
    by_name: Mapping[NameKey, Sequence[int]] = field(default_factory=dict)
    persons: Mapping[int, Person] = field(default_factory=dict)
    sponsors: Mapping[str, Sequence[int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Judged:
    """A row, and every remark on it."""

    row: ReportRow
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Columns:
    """How remarks name the columns that only the whole file can judge."""

    member_number: str
    person_number: str
    sponsor: str

    @classmethod
    def of(cls, mapping: import_columns.Mapping) -> Columns:
        """By their headers, or by the labels of the form."""

        def name(key: str) -> str:
            found = mapping.columns(key)
            return found[0].name if found else import_columns.BY_KEY[key].label

        return cls(name(import_columns.MEMBER_NUMBER), name(import_columns.PERSON_NUMBER), name(import_columns.SPONSOR))


def judge(candidates: Iterable[Candidate], known: Known, columns: Columns, keys: NameKeys) -> list[Judged]:
    """Judge every row, in order: a row may also repeat an earlier one; then find the marraines, in any order.

    Args:
        candidates: The rows read.
        known: What the base knows.
        columns: How remarks name the columns.
        keys: Makes name keys.
    """
    sitting = _Sitting(known, columns, keys)
    rows = [(candidate, sitting.judge(candidate)) for candidate in candidates]
    numbered = [(one.row, candidate.person.number if candidate.person else "") for candidate, one in rows]
    sponsors = Sponsors(numbered, known.sponsors, columns.sponsor)
    judged = []
    for candidate, one in rows:
        row, remarks = sponsors.settle(one.row, candidate.sponsor)
        judged.append(Judged(row, one.findings + remarks))
    return judged


class _Sitting:
    """Remembers the rows judged so far."""

    def __init__(self, known: Known, columns: Columns, keys: NameKeys) -> None:
        self._known = known
        self._columns = columns
        self._keys = keys
        self._numbers: dict[str, int] = {}
        self._person_numbers: set[str] = set()
        self._lines: dict[NameKey, list[tuple[int, Person]]] = {}

    def judge(self, candidate: Candidate) -> Judged:
        """One row."""
        person = candidate.person
        if person is None:
            return self._judged(candidate, RowState.ERROR)
        key = self._keys(person.last_name, person.first_name)
        if same := self._recognised(candidate, key):
            return self._judged(replace(candidate, findings=()), RowState.KNOWN, (same,))
        candidate = self._with_free_number(candidate, person)
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
        owner = known.persons.get(known.person_numbers.get(person.number, 0))
        if owner is None or self._keys(owner.last_name, owner.first_name) != key:
            return None
        other = bool(number) and owner.membership is not None and owner.membership.number != number
        return Twin(owner, reasons=("number",)) if not other and _may_agree(person.birth, owner.birth) else None

    def _with_free_number(self, candidate: Candidate, person: Person) -> Candidate:
        """The number of a person that the file gives is kept where it is free; else she gets another one."""
        number = person.number
        if not number:
            return candidate
        if number not in self._known.person_numbers and number not in self._person_numbers:
            self._person_numbers.add(number)
            return candidate
        said = Finding(
            candidate.line, self._columns.person_number, "person_number_taken", Severity.WARNING, (("number", number),)
        )
        return replace(candidate, person=replace(person, number=""), findings=(*candidate.findings, said))

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
            return (Finding(candidate.line, self._columns.member_number, "number_taken", values=values),)
        earlier = self._numbers.get(member.number)
        if earlier is not None:
            values = (("number", member.number), ("line", earlier))
            return (Finding(candidate.line, self._columns.member_number, "number_twice", values=values),)
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


def _may_agree(one: Birth, other: Birth) -> bool:
    """Whether both births may be the same day; one that is unknown may be any."""
    first, second = bounds(one), bounds(other)
    return first is None or second is None or (first[0] <= second[1] and second[0] <= first[1])


def suspects(person: Person, others: Sequence[Person]) -> tuple[Suspect, ...]:
    """As while she types (``domain.duplicates``), also where a register wrote the nom in the place of the prénom."""
    found = duplicates.suspects(person, others)
    if found:
        return found
    return duplicates.suspects(replace(person, last_name=person.first_name, first_name=person.last_name), others)
