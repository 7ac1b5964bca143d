"""What an import of a register is made of: findings line by line, candidates, what happens to each row."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping as Map
from dataclasses import dataclass, field
from enum import Enum

from antenne.domain.import_columns import Mapping
from antenne.domain.persons import Person
from antenne.domain.workbooks import Workbook


class Severity(Enum):
    """What a finding means for its row."""

    ERROR = "error"
    """The row cannot be imported as it stands."""
    WARNING = "warning"
    """The row is imported; something in it was read in a way she should know."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One remark about one cell, row or column.

    Attributes:
        line: Line in the spreadsheet; 0 for the sheet as a whole.
        column: The column as its header names it; empty for the row as a whole.
        code: Stable key of the sentence (``wording.imports``).
        severity: What it means.
        values: Pairs the sentence quotes.
    """

    line: int
    column: str
    code: str
    severity: Severity = Severity.ERROR
    values: tuple[tuple[str, object], ...] = ()


class RowState(Enum):
    """What is to become of a row."""

    NEW = "new"
    KNOWN = "known"
    TWIN = "twin"
    ERROR = "error"


class Decision(Enum):
    """What she decides for a possible duplicate."""

    SKIP = "skip"
    ADD = "add"


@dataclass(frozen=True, slots=True)
class Twin:
    """Somebody a row may be: a person of the base, or an earlier line of the file.

    Attributes:
        person: Her record; id 0 for a line of the file.
        line: The earlier line; 0 for a person of the base.
        reasons: Codes of what is alike.
    """

    person: Person
    line: int = 0
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReportRow:
    """One row of the register and what was made of it.

    Attributes:
        line: Line in the spreadsheet.
        state: What is to become of it.
        person: The person it would make; None where no name could be read.
        fingerprint: Recognises the row when the same register comes again.
        twins: Whom she may be (state TWIN), or is (state KNOWN).
        sponsor_line: Line of her marraine where she stands in the same file; 0 for none, or one of the base.
    """

    line: int
    state: RowState
    person: Person | None
    fingerprint: str = ""
    twins: tuple[Twin, ...] = ()
    sponsor_line: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportOptions:
    """What she says once for the whole register.

    Attributes:
        members: The women of the register are members; else they are kept as persons without adhesion.
        joined_on: The day of adhesion of those whose row gives none; None makes that an error.
        consent_on: The day their agreement to be on file was taken, on paper; None when it is still to be asked.
        consent_how: Code of the list ``consent_ways``.
        consent_witness: Witness of an oral agreement.
        evident_adult: On what « majeure évidente » rests for those whose age leaves a doubt; the responsable's word.
        skip_errors: Rows in error are left aside; else they stop the import.
    """

    members: bool = True
    joined_on: dt.date | None = None
    consent_on: dt.date | None = None
    consent_how: str = "signature"
    consent_witness: str = ""
    evident_adult: str = ""
    skip_errors: bool = False


@dataclass(frozen=True, slots=True)
class ImportReport:
    """The dry run: nothing is written.

    Attributes:
        rows: Every row below the headers that is not empty, in order.
        findings: Every remark, in order of line.
    """

    rows: tuple[ReportRow, ...]
    findings: tuple[Finding, ...]

    def count(self, state: RowState) -> int:
        """How many rows are in that state."""
        return Counter(row.state for row in self.rows)[state]

    def of(self, state: RowState) -> tuple[ReportRow, ...]:
        """The rows in that state."""
        return tuple(row for row in self.rows if row.state is state)


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportPersons:
    """The command: bring in a register whose dry run she has seen.

    Attributes:
        request_id: A double click brings it in once.
        workbook: The sheet.
        mapping: Where its columns go.
        options: What holds for every row.
        decisions: For each line that may be somebody known, what she decided.
    """

    request_id: str
    workbook: Workbook
    mapping: Mapping
    options: ImportOptions = field(default_factory=ImportOptions)
    decisions: Map[int, Decision] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What an import did.

    Attributes:
        added: Persons added.
        known: Rows recognised from an earlier import or from the base.
        skipped: Possible duplicates that she chose not to add.
        errors: Rows in error left aside.
        first_number: Smallest member number added; where nobody is a member, smallest number of a person.
        last_number: The greatest one.
        consents_missing: How many of those added have not agreed to be on file yet.
    """

    added: int
    known: int
    skipped: int
    errors: int
    first_number: str = ""
    last_number: str = ""
    consents_missing: int = 0


def skip_all(report: ImportReport) -> dict[int, Decision]:
    """Leave every possible duplicate aside: what the command line does, where nobody can decide."""
    return {row.line: Decision.SKIP for row in report.of(RowState.TWIN)}
