"""From rows of a sheet to persons: each cell read, each remark kept with its line and column.

Nothing here knows the base; who is already known is found out by ``services.imports``.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Iterator, Sequence
from collections.abc import Mapping as Map
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from antenne.domain import import_cells as cells
from antenne.domain import import_columns as columns
from antenne.domain import names
from antenne.domain.births import UNKNOWN, Birth
from antenne.domain.births_rules import Majority, majority
from antenne.domain.forms.model import Option
from antenne.domain.import_cells import Fault, Read, fault
from antenne.domain.import_columns import BY_KEY, NOT_TAKEN, Header, Mapping, as_text
from antenne.domain.imports import Finding, ImportOptions, Severity
from antenne.domain.persons import Consent, Membership, Person, Phone, Purpose
from antenne.domain.workbooks import ERROR_VALUES, CellValue, SheetRow, Workbook

T = TypeVar("T")

Check = Callable[[Person], Sequence[Fault]]
"""The rules of a person, as faults; a fault's code may be a violation's."""

_TEXTS = ("birth_place", "mother_name", "emergency_name", "displaced_from", "id_number", "nina", "pseudonym")
_LISTS = {"nationality": "nationalities", "schooling": "schooling", "activity": "activities", "id_type": "id_types"}
_COLUMNS_OF = {
    "birth": (columns.BIRTH, columns.BIRTH_YEAR, columns.AGE),
    "last_name": ("last_name", columns.FULL_NAME),
    "first_name": ("first_name", columns.FULL_NAME),
    "membership": (columns.JOINED_ON,),
}
"""Where the answer of a field may have come from."""
_TOTALS = frozenset({"total", "totaux", "total general", "sous total", "effectif", "nombre"})
_FEW = 3
"""A line of totals holds at most so many values."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """What the reading of a row needs to know of the office.

    Attributes:
        today: The day of the import.
        lists: The dated lists of the settings as they stand today.
        check: The rules that every person keeps.
        of_age: Years (setting ``members.majority``).
    """

    today: dt.date
    lists: Map[str, Sequence[Option]] = field(default_factory=dict)
    check: Check = lambda _person: ()
    of_age: int = 18


@dataclass(frozen=True, slots=True)
class Candidate:
    """A row read: the person it would make, or None where it cannot be a person."""

    line: int
    person: Person | None
    fingerprint: str
    findings: tuple[Finding, ...]

    @property
    def wrong(self) -> bool:
        """Whether something in it is an error."""
        return any(finding.severity is Severity.ERROR for finding in self.findings)


def read_candidates(
    workbook: Workbook, mapping: Mapping, options: ImportOptions, office: Office
) -> Iterator[Candidate]:
    """Read every row below the headers; rows without a value in a column that is taken are left out.

    Args:
        workbook: The sheet.
        mapping: Where its columns go.
        options: What holds for every row.
        office: The day, the lists, the rules.
    """
    filled = _filled(workbook, mapping)
    for row in workbook.rows:
        if row.line <= mapping.header_line:
            continue
        reader = _RowReader(_with_filled(row, filled.get(row.line, {})), workbook, mapping, office)
        if reader.blank:
            continue
        yield reader.candidate(options)


def sheet_findings(workbook: Workbook, mapping: Mapping, lines: frozenset[int]) -> tuple[Finding, ...]:
    """Remarks on whole columns: left aside, computed by formulas, merged cells.

    Args:
        workbook: The sheet.
        mapping: Where its columns go.
        lines: The lines that are persons: what stands elsewhere (titles, totals) deserves no remark.
    """
    found: list[Finding] = []
    for header, target in zip(mapping.headers, mapping.targets, strict=True):
        if target == NOT_TAKEN and header.samples:
            found.append(Finding(0, header.name, "column_left", Severity.WARNING))
        computed = sorted(line for line, column in workbook.formulas if column == header.column and line in lines)
        if computed and target != NOT_TAKEN:
            counted = (("count", len(computed)), ("first", computed[0]))
            found.append(Finding(0, header.name, "formulas", Severity.WARNING, counted))
    by_column = {header.column: header for header in mapping.headers}
    for merged in workbook.merged:
        across = by_column.get(merged.first_column)
        if across is None or merged.last_line <= mapping.header_line:
            continue
        code = "merged_filled" if merged.first_column == merged.last_column else "merged_across"
        line = max(merged.first_line, mapping.header_line + 1)
        found.append(Finding(line, across.name, code, Severity.WARNING, (("last", merged.last_line),)))
    return tuple(found)


def _filled(workbook: Workbook, mapping: Mapping) -> dict[int, dict[int, CellValue]]:
    """A cell merged over several lines says the same for each of them."""
    found: dict[int, dict[int, CellValue]] = {}
    by_line = {row.line: row for row in workbook.rows} if workbook.merged else {}
    for merged in workbook.merged:
        first = by_line.get(merged.first_line)
        if first is None or merged.first_column != merged.last_column or merged.first_line <= mapping.header_line:
            continue
        for line in by_line.keys() & range(merged.first_line + 1, merged.last_line + 1):
            found.setdefault(line, {})[merged.first_column] = first.cell(merged.first_column)
    return found


def _with_filled(row: SheetRow, values: Map[int, CellValue]) -> SheetRow:
    if not values:
        return row
    written = list(row.cells) + [None] * (max(values) + 1 - len(row.cells))
    for column, value in values.items():
        written[column] = value if written[column] is None else written[column]
    return SheetRow(row.line, tuple(written))


class _RowReader:
    """Reads one row."""

    def __init__(self, row: SheetRow, workbook: Workbook, mapping: Mapping, office: Office) -> None:
        self._row = row
        self._formulas = workbook.formulas
        self._mapping = mapping
        self._office = office
        self._findings: list[Finding] = []
        taken = [h for h, target in zip(mapping.headers, mapping.targets, strict=True) if target != NOT_TAKEN]
        values = [as_text(row.cell(header.column)) for header in taken]
        self._present = [value for value in values if value]
        self.blank = not self._present or self._is_total()

    def candidate(self, options: ImportOptions) -> Candidate:
        """The person and the remarks."""
        self._failed_formulas()
        last, first = self._names()
        if not last and not first:
            column = (self._mapping.columns(columns.FULL_NAME) or self._mapping.columns("last_name"))[0].name
            self._note(column, fault("name_missing"))
            return Candidate(self._row.line, None, "", tuple(self._findings))
        person = self._person(last, first, options)
        unread = {finding.column for finding in self._findings if finding.severity is Severity.ERROR}
        for found in self._office.check(person):
            column = self._column_of(str(dict(found.values).get("field", "")))
            if column not in unread:
                self._note(column, found)
        return Candidate(self._row.line, person, fingerprint(person), tuple(self._findings))

    def _person(self, last: str, first: str, options: ImportOptions) -> Person:
        consents: tuple[Consent, ...] = ()
        if options.consent_on is not None:
            consents = (Consent(Purpose.FILE, options.consent_on, options.consent_how),)
        texts: dict[str, Any] = {key: self._text(key) for key in _TEXTS}
        texts |= {key: self._code(key, name) for key, name in _LISTS.items()}
        person = Person(
            last_name=last,
            first_name=first,
            nicknames=self._parts("nicknames"),
            languages=self._codes("languages", "languages", self._parts("languages")),
            birth=self._birth(),
            phones=self._phones(columns.PHONES),
            quarter=self._quarter(),
            emergency_phone=next((phone.number for phone in self._phones("emergency_phone")), ""),
            children_count=self._one("children_count", cells.read_count, None),
            literate=self._one("literate", cells.read_yes_no, None),
            displaced=self._one("displaced", cells.read_yes_no, None),
            register_ref=" ".join(as_text(value) for _, value in self._cells("register_ref") if as_text(value)),
            membership=self._membership(options) if options.members else None,
            consents=consents,
            **texts,
        )
        return self._attested(person, options)

    def _attested(self, person: Person, options: ImportOptions) -> Person:
        """« Majeure évidente », where the responsable says so and her age leaves a doubt on the day she joined."""
        member = person.membership
        if member is None or not options.evident_adult:
            return person
        doubt = majority(person.birth, member.joined_on, self._office.of_age) is Majority.UNCERTAIN
        return replace(person, evident_adult=options.evident_adult) if doubt else person

    def _cells(self, key: str) -> list[tuple[Header, CellValue]]:
        found = []
        for header in self._mapping.columns(key):
            value = self._row.cell(header.column)
            wrong = isinstance(value, str) and value in ERROR_VALUES
            found.append((header, None if wrong else value))
        return found

    def _one(self, key: str, read: Callable[[CellValue], Read[T]], empty: T) -> T:
        """Read the column that goes into ``key``."""
        for header, value in self._cells(key):
            result = read(value)
            self._note_all(header.name, result.faults)
            return result.value
        return empty

    def _text(self, key: str) -> str:
        return next((as_text(value) for _, value in self._cells(key)), "")

    def _parts(self, key: str) -> tuple[str, ...]:
        texts = [as_text(value) for _, value in self._cells(key)]
        return tuple(
            part.strip()
            for text in texts
            for part in text.replace("/", ",").replace(";", ",").split(",")
            if part.strip()
        )

    def _names(self) -> tuple[str, str]:
        apart = self._text("last_name"), self._text("first_name")
        if any(apart):
            return apart
        for header, value in self._cells(columns.FULL_NAME):
            title = names.plain(header.title)
            reversed_ = (
                "prenom" in title and "nom" in title.split() and title.index("prenom") < title.split().index("nom")
            )
            read = cells.split_name(as_text(value), first_name_first=reversed_)
            self._note_all(header.name, read.faults)
            return read.value
        return "", ""

    def _birth(self) -> Birth:
        """The date column; where it is empty the year, then the age."""
        today = self._office.today
        for key, read in (
            (columns.BIRTH, cells.read_birth),
            (columns.BIRTH_YEAR, cells.read_birth),
            (columns.AGE, cells.read_age),
        ):
            birth = self._one(key, lambda value, read=read: read(value, today), UNKNOWN)  # type: ignore[misc] # mypy cannot infer the default
            if birth != UNKNOWN:
                return birth
        return UNKNOWN

    def _phones(self, key: str) -> tuple[Phone, ...]:
        found: dict[str, Phone] = {}
        for header, value in self._cells(key):
            for piece in cells.split_phones(value):
                read = cells.read_phone(piece)
                self._note_all(header.name, read.faults)
                if read.value:
                    found.setdefault(read.value, Phone(read.value))
        return tuple(found.values())

    def _quarter(self) -> str:
        """As written, or as the list of quarters writes it."""
        text = self._text("quarter")
        return _listed(text, self._office.lists.get("quarters", ()), label=True) or text

    def _code(self, key: str, list_name: str) -> str:
        return next(iter(self._codes(key, list_name, (self._text(key),))), "")

    def _codes(self, key: str, list_name: str, texts: Sequence[str]) -> tuple[str, ...]:
        """The codes of the list that the texts mean; what is not in the list is said, and left out."""
        found: dict[str, None] = {}
        for text in texts:
            code = _listed(text, self._office.lists.get(list_name, ()), label=False) if text else ""
            if code:
                found[code] = None
            elif text:
                self._note(self._column_of(key), fault("not_listed", Severity.WARNING, value=text))
        return tuple(found)

    def _membership(self, options: ImportOptions) -> Membership | None:
        number = self._one(columns.MEMBER_NUMBER, cells.read_member_number, "")
        today = self._office.today
        joined = self._one(columns.JOINED_ON, lambda value: cells.read_day(value, today), None)
        joined = joined or options.joined_on
        if joined is None:
            if not any(finding.code.startswith("day_") for finding in self._findings):
                self._note(self._column_of(columns.JOINED_ON), fault("joined_missing"))
            return None
        return Membership(number, joined)

    def _column_of(self, key: str) -> str:
        """The header that a field came from, for a remark; the field's own label without one."""
        keys = _COLUMNS_OF.get(key, (key,))
        for candidate in keys:
            if found := self._mapping.columns(candidate):
                return found[0].name
        return BY_KEY[keys[0]].label if keys[0] in BY_KEY else ""

    def _failed_formulas(self) -> None:
        """A formula that failed, or whose result was never kept, leaves a hole that must be seen."""
        for header, target in zip(self._mapping.headers, self._mapping.targets, strict=True):
            if target == NOT_TAKEN:
                continue
            value = self._row.cell(header.column)
            if isinstance(value, str) and value in ERROR_VALUES:
                self._note(header.name, fault("error_value", value=value))
            elif value is None and (self._row.line, header.column) in self._formulas:
                self._note(header.name, fault("formula_empty"))

    def _is_total(self) -> bool:
        plain = [names.plain(value).strip(" :.") for value in self._present]
        return len(plain) <= _FEW and any(value in _TOTALS for value in plain)

    def _note(self, column: str, found: Fault) -> None:
        self._findings.append(Finding(self._row.line, column, found.code, found.severity, found.values))

    def _note_all(self, column: str, faults: Sequence[Fault]) -> None:
        for found in faults:
            self._note(column, found)


def _listed(text: str, offered: Sequence[Option], *, label: bool) -> str:
    """The code (or label) of the list's entry that a text means; empty when it is none, or several."""
    said = names.plain(text)
    fitting = [
        option
        for option in offered
        if said in (names.plain(option.label), names.plain(option.code), names.plain(option.label.split("—")[-1]))
    ]
    if len(fitting) != 1:
        return ""
    return fitting[0].label if label else fitting[0].code


def fingerprint(person: Person) -> str:
    """Recognises a row when the same register comes again: names, birth, phones, number, adhesion; never its line."""
    birth = person.birth
    told = birth.age if birth.age is not None else birth.value
    member = person.membership
    parts = (
        names.sort_key(person.last_name, person.first_name),
        birth.precision.value,
        str(told),
        names.plain(birth.event),
        " ".join(phone.number for phone in person.phones),
        names.plain(person.mother_name),
        member.number if member else "",
        str(member.joined_on) if member else "",
    )
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:24]
