"""The cells of one row by what they are about, and every remark made on them with its line and column."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from collections.abc import Mapping as Map
from dataclasses import dataclass, field
from typing import TypeVar

from antenne.domain import import_cells as cells
from antenne.domain import import_columns as columns
from antenne.domain.forms.model import Option
from antenne.domain.import_cells import Fault, Read, fault
from antenne.domain.import_columns import BY_KEY, NOT_TAKEN, Header, Mapping, as_text
from antenne.domain.imports import Finding, Severity
from antenne.domain.persons import Person
from antenne.domain.workbooks import ERROR_VALUES, CellValue, SheetRow, Workbook

T = TypeVar("T")

Check = Callable[[Person], Sequence[Fault]]
"""The rules of a person, as faults; a fault's code may be a violation's."""

_COLUMNS_OF = {
    "birth": (columns.BIRTH, columns.BIRTH_YEAR, columns.AGE),
    "last_name": ("last_name", columns.FULL_NAME),
    "first_name": ("first_name", columns.FULL_NAME),
    "membership": (columns.JOINED_ON,),
}
"""Where the answer of a field may have come from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """What the reading of a row needs to know of the office.

    Attributes:
        today: The day of the import.
        lists: The dated lists of the settings as they stand today.
        check: The rules that every person keeps.
        of_age: Years (setting ``members.majority``).
        may_attest: Who imports may record « majeure évidente »: the responsable.
    """

    today: dt.date
    lists: Map[str, Sequence[Option]] = field(default_factory=dict)
    check: Check = lambda _person: ()
    of_age: int = 18
    may_attest: bool = False


class RowCells:
    """One row: what stands in it, asked by destination."""

    def __init__(self, row: SheetRow, workbook: Workbook, mapping: Mapping, office: Office) -> None:
        """Begin without a remark."""
        self.row = row
        self.mapping = mapping
        self.office = office
        self.findings: list[Finding] = []
        self._formulas = workbook.formulas

    def cells(self, key: str) -> list[tuple[Header, CellValue]]:
        """The columns that go into ``key`` with their values; a failed formula counts as nothing."""
        found = []
        for header in self.mapping.columns(key):
            value = self.row.cell(header.column)
            wrong = isinstance(value, str) and value in ERROR_VALUES
            found.append((header, None if wrong else value))
        return found

    def one(self, key: str, read: Callable[[CellValue], Read[T]], empty: T) -> T:
        """Read the column that goes into ``key``, and keep its remarks."""
        for header, value in self.cells(key):
            result = read(value)
            self.note_all(header.name, result.faults)
            return result.value
        return empty

    def day(self, key: str) -> dt.date | None:
        """A past day."""
        return self.one(key, lambda value: cells.read_day(value, self.office.today), None)

    def yes_no(self, key: str) -> bool | None:
        """An answer of oui or non."""
        return self.one(key, cells.read_yes_no, None)

    def text(self, key: str) -> str:
        """The text of the column that goes into ``key``."""
        return next((as_text(value) for _, value in self.cells(key)), "")

    def parts(self, key: str) -> tuple[str, ...]:
        """The words of a cell that holds several."""
        texts = [as_text(value) for _, value in self.cells(key)]
        return tuple(
            part.strip()
            for text in texts
            for part in text.replace("/", ",").replace(";", ",").split(",")
            if part.strip()
        )

    def code(self, key: str, list_name: str) -> str:
        """The code of the list that the cell means."""
        return next(iter(self.codes(key, list_name, (self.text(key),))), "")

    def codes(self, key: str, list_name: str, texts: Sequence[str]) -> tuple[str, ...]:
        """The codes of the list that the texts mean; what is not in the list is said, and left out."""
        found: dict[str, None] = {}
        for text in texts:
            option = cells.listed(text, self.offered(list_name)) if text else None
            if option is not None:
                found[option.code] = None
            elif text:
                self.note(self.column_of(key), fault("not_listed", Severity.WARNING, value=text))
        return tuple(found)

    def offered(self, list_name: str) -> Sequence[Option]:
        """The entries of a list of the settings."""
        return self.office.lists.get(list_name, ())

    def column_of(self, key: str) -> str:
        """The header that a field came from, for a remark; the field's own label without one."""
        keys = _COLUMNS_OF.get(key, (key,))
        for candidate in keys:
            if found := self.mapping.columns(candidate):
                return found[0].name
        return BY_KEY[keys[0]].label if keys[0] in BY_KEY else ""

    def failed_formulas(self) -> None:
        """A formula that failed, or whose result was never kept, leaves a hole that must be seen."""
        for header, target in zip(self.mapping.headers, self.mapping.targets, strict=True):
            if target == NOT_TAKEN:
                continue
            value = self.row.cell(header.column)
            if isinstance(value, str) and value in ERROR_VALUES:
                self.note(header.name, fault("error_value", value=value))
            elif value is None and (self.row.line, header.column) in self._formulas:
                self.note(header.name, fault("formula_empty"))

    def note(self, column: str, found: Fault) -> None:
        """Keep a remark on a column."""
        self.findings.append(Finding(self.row.line, column, found.code, found.severity, found.values))

    def note_on(self, key: str, code: str, severity: Severity = Severity.ERROR, **values: object) -> None:
        """Keep a remark on the column that goes into ``key``."""
        self.note(self.column_of(key), fault(code, severity, **values))

    def note_all(self, column: str, faults: Sequence[Fault]) -> None:
        """Keep several remarks on a column."""
        for found in faults:
            self.note(column, found)
