"""From rows of a sheet to persons: each cell read, each remark kept with its line and column.

Nothing here knows the base; who is already known is found out by ``services.imports``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from collections.abc import Mapping as Map
from dataclasses import dataclass, replace
from typing import Any

from antenne.domain import import_cells as cells
from antenne.domain import import_columns as columns
from antenne.domain import import_phones, names
from antenne.domain.births import UNKNOWN, Birth
from antenne.domain.births_rules import Majority, majority
from antenne.domain.import_cells import fault
from antenne.domain.import_columns import NOT_TAKEN, Mapping, as_text
from antenne.domain.import_consents import read_consents
from antenne.domain.import_row_cells import Office, RowCells
from antenne.domain.import_standing import Standing, read_standing
from antenne.domain.imports import Finding, ImportOptions, Severity
from antenne.domain.persons import Person, Phone
from antenne.domain.workbooks import CellValue, SheetRow, Workbook

_TEXTS = (
    "birth_place", "mother_name", "emergency_name", "id_number", "nina", "pseudonym", "never_tell",
    "recognition_question",
)  # fmt: skip
_LISTS = {"nationality": "nationalities", "schooling": "schooling", "activity": "activities"}
_TOTALS = frozenset({"total", "totaux", "total general", "sous total", "effectif", "nombre"})
_FEW = 3
"""A line of totals holds at most so many values."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A row read.

    Attributes:
        line: Line in the spreadsheet.
        person: The person it would make, with the number that the file gives her; None where it cannot be a person.
        fingerprint: Recognises the row when the same register comes again.
        findings: Every remark on it.
        sponsor: Her marraine as written, a number or a name.
    """

    line: int
    person: Person | None
    fingerprint: str
    findings: tuple[Finding, ...]
    sponsor: str = ""

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
        self._row = RowCells(row, workbook, mapping, office)
        self._office = office
        taken = [h for h, target in zip(mapping.headers, mapping.targets, strict=True) if target != NOT_TAKEN]
        values = [as_text(row.cell(header.column)) for header in taken]
        self._present = [value for value in values if value]
        self.blank = not self._present or self._is_total()

    def candidate(self, options: ImportOptions) -> Candidate:
        """The person and the remarks."""
        row = self._row
        row.failed_formulas()
        last, first = self._names()
        if not last and not first:
            column = (row.mapping.columns(columns.FULL_NAME) or row.mapping.columns("last_name"))[0].name
            row.note(column, fault("name_missing"))
            return Candidate(row.row.line, None, "", tuple(row.findings))
        standing = read_standing(row, options)
        person = self._attested(self._person(last, first, options, standing), options)
        self._check(person, standing)
        return Candidate(row.row.line, person, fingerprint(person), tuple(row.findings), standing.sponsor)

    def _check(self, person: Person, standing: Standing) -> None:
        """The rules, where the cell itself was understood."""
        unread = {finding.column for finding in self._row.findings if finding.severity is Severity.ERROR}
        for found in self._office.check(person):
            column = self._row.column_of(str(dict(found.values).get("field", "")))
            if found.code == "majority_uncertain" and standing.unverified:
                self._row.note(column, replace(found, code="majority_unverified", severity=Severity.WARNING))
            elif column not in unread:
                self._row.note(column, found)

    def _person(self, last: str, first: str, options: ImportOptions, standing: Standing) -> Person:
        row = self._row
        member = standing.membership
        texts: dict[str, Any] = {key: row.text(key) for key in _TEXTS}
        texts |= {key: row.code(key, name) for key, name in _LISTS.items()}
        return Person(
            number=row.one(columns.PERSON_NUMBER, lambda value: cells.read_number(value, "P"), ""),
            last_name=last,
            first_name=first,
            nicknames=row.parts("nicknames"),
            languages=row.codes("languages", "languages", row.parts("languages")),
            birth=self._birth(),
            phones=self._phones(columns.PHONES),
            quarter=self._quarter(),
            emergency_phone=next((phone.number for phone in self._phones("emergency_phone")), ""),
            emergency_knows=row.yes_no("emergency_knows"),
            children_count=row.one("children_count", cells.read_count, None),
            literate=row.yes_no("literate"),
            id_type=self._paper(),
            id_expires_on=row.one("id_expires_on", lambda value: cells.read_expiry(value, self._office.today), None),
            register_ref=" ".join(as_text(value) for _, value in row.cells("register_ref") if as_text(value)),
            evident_adult=standing.evident_adult,
            died_on=standing.died_on,
            membership=member,
            consents=read_consents(row, options, member.joined_on if member else None),
            **self._displacement(),
            **texts,
        )

    def _displacement(self) -> dict[str, Any]:
        """From where and since when: under « Déplacée… » they say that she is; a « non » stands against them."""
        row = self._row
        told, place, since = row.yes_no("displaced"), row.text("displaced_from"), row.day("displaced_on")
        if told is not True and (place or since):
            key = "displaced_from" if place else "displaced_on"
            assumed = told is None and "deplac" in names.plain(row.column_of(key))
            code = "displaced_assumed" if assumed else "displaced_untold" if told is None else "displaced_denied"
            row.note_on(key, code, Severity.WARNING)
            told = True if assumed else told
            place, since = ("", None) if told is False else (place, since)
        return {"displaced": told, "displaced_from": place, "displaced_on": since}

    def _paper(self) -> str:
        """The kind of her paper: its own column, else the header of the number (« N° CNI »)."""
        row = self._row
        code = row.code("id_type", "id_types")
        if code or not (row.text("id_number") or row.text("id_expires_on")):
            return code
        title = names.plain(row.column_of("id_number")).split()
        for option in row.offered("id_types"):
            if names.plain(option.code) in title:
                return option.code
        row.note_on("id_number", "paper_without_type", Severity.WARNING)
        return ""

    def _attested(self, person: Person, options: ImportOptions) -> Person:
        """« Majeure évidente », where the responsable says so and her age leaves a doubt on the day she joined."""
        member = person.membership
        if member is None or not options.evident_adult or person.evident_adult:
            return person
        doubt = majority(person.birth, member.joined_on, self._office.of_age) is Majority.UNCERTAIN
        return replace(person, evident_adult=options.evident_adult) if doubt else person

    def _names(self) -> tuple[str, str]:
        apart = self._row.text("last_name"), self._row.text("first_name")
        if any(apart):
            return apart
        for header, value in self._row.cells(columns.FULL_NAME):
            title = names.plain(header.title)
            reversed_ = (
                "prenom" in title and "nom" in title.split() and title.index("prenom") < title.split().index("nom")
            )
            read = cells.split_name(as_text(value), first_name_first=reversed_)
            self._row.note_all(header.name, read.faults)
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
            birth = self._row.one(key, lambda value, read=read: read(value, today), UNKNOWN)  # type: ignore[misc] # mypy cannot infer the default
            if birth != UNKNOWN:
                return birth
        return UNKNOWN

    def _phones(self, key: str) -> tuple[Phone, ...]:
        row = self._row
        told = Phone("")
        if key == columns.PHONES:
            owner = row.code(columns.PHONE_OWNER, "phone_owners") or told.owner
            told = Phone("", owner, row.yes_no(columns.PHONE_CALL), row.yes_no(columns.PHONE_MESSAGE))
        found: dict[str, Phone] = {}
        for header, value in row.cells(key):
            for piece in import_phones.split_phones(value):
                read = import_phones.read_phone(piece, row.offered("phone_owners"), told)
                row.note_all(header.name, read.faults)
                if read.value is not None:
                    found.setdefault(read.value.number, read.value)
        return tuple(found.values())

    def _quarter(self) -> str:
        """As written, or as the list of quarters writes it."""
        text = self._row.text("quarter")
        option = cells.listed(text, self._row.offered("quarters"))
        return option.label if option is not None else text

    def _is_total(self) -> bool:
        plain = [names.plain(value).strip(" :.") for value in self._present]
        return len(plain) <= _FEW and any(value in _TOTALS for value in plain)


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
