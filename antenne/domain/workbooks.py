"""A sheet of a spreadsheet as it was read: values only, with what the program must know to doubt them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

CellValue = str | int | float | bool | dt.date | dt.datetime | None
"""What a cell holds; a time of day or a duration comes as its text."""

ERROR_VALUES = frozenset({"#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!"})
"""What a spreadsheet writes into a cell whose formula failed."""


@dataclass(frozen=True, slots=True)
class SheetName:
    """One sheet of a workbook; a hidden one is never taken by itself."""

    name: str
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row that is not empty.

    Attributes:
        line: Its number in the spreadsheet, from 1.
        cells: Its values from column A on; shorter than the sheet is wide where the rest is empty.
    """

    line: int
    cells: tuple[CellValue, ...]

    def cell(self, column: int) -> CellValue:
        """The value in a column counted from 0; None beyond the last."""
        return self.cells[column] if column < len(self.cells) else None


@dataclass(frozen=True, slots=True)
class Merged:
    """Cells merged into one: first and last line, first and last column (columns counted from 0)."""

    first_line: int
    last_line: int
    first_column: int
    last_column: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Workbook:
    """One sheet of a workbook and the names of the others.

    Attributes:
        file_name: Without its folder.
        digest: SHA-256 of the file, to recognise it.
        sheets: Every sheet of cells, in order.
        sheet: Name of the one that was read.
        rows: Its rows that are not empty, top to bottom.
        width: Number of columns of the widest row.
        formulas: Line and column (from 0) of the cells whose value was computed.
        merged: Merged cells.
    """

    file_name: str
    digest: str
    sheets: tuple[SheetName, ...]
    sheet: str
    rows: tuple[SheetRow, ...] = ()
    width: int = 0
    formulas: frozenset[tuple[int, int]] = field(default_factory=frozenset)
    merged: tuple[Merged, ...] = ()


def column_letter(column: int) -> str:
    """« A » for column 0, « AB » for column 27."""
    letters = ""
    number = column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
