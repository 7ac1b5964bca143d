"""Lists written to .xlsx: every text as text, dates as dates, amounts as whole numbers (lessons: GLPI 24086).

The file is made in memory and put in place in one step, so that nothing half-written and no readable scratch file stays
behind. A folder that another program copies to the internet is asked about first (storage: Clock and residue).
"""

from __future__ import annotations

import contextlib
import datetime as dt
import errno
import io
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from antenne.base.problems import Problem
from antenne.base.progress import Progress
from antenne.domain.audit import FieldChange
from antenne.domain.rights import Right
from antenne.domain.violations import RulesBroken, Violation
from antenne.services.desk import Desk, Done
from antenne.services.exports_persons import PERSON_COLUMNS, Cell, person_rows

_ACTION = "persons.exported"
_SLICE = 500
WRITE_STEP = "export.write"
"""Step of the progress, in rows."""

_OLDEST = dt.date(1900, 3, 1)
"""Spreadsheets count days wrongly before this one: an older date is written as text."""
_WIDEST = 48
_LARGEST_EXACT = 1 << 53
_FULL = frozenset({errno.ENOSPC, errno.EFBIG, errno.EDQUOT})
_DENIED = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})
_SYNCHRONISED = (
    "OneDrive",
    "Dropbox",
    "Google Drive",
    "GoogleDrive",
    "Mon Drive",
    "My Drive",
    "iCloudDrive",
    "Nextcloud",
    "pCloud",
)


def neutral_name(today: dt.date) -> str:
    """A file name that says nothing: « liste-2026-11-23.xlsx »."""
    return f"liste-{today.isoformat()}.xlsx"


def synchronised_by(path: Path) -> str:
    """The service that copies this folder to the internet, by its name in the path; empty when none is known."""
    for part in path.absolute().parent.parts:
        for name in _SYNCHRONISED:
            if part.casefold().startswith(name.casefold()):
                return name
    return ""


def check_place(path: Path, *, accepted: bool) -> None:
    """Refuse a synchronised folder until the user says yes.

    Raises:
        RulesBroken: ``export.synchronised``, with the name of the service.
    """
    service = synchronised_by(path)
    if service and not accepted:
        raise RulesBroken(Violation("export.synchronised", "path", (("service", service),)))


def export_table(
    path: Path, title: str, columns: Sequence[str], rows: Iterable[Sequence[Cell]], progress: Progress | None = None
) -> int:
    """Write one list to an .xlsx file, in place of a file of that name.

    Args:
        path: Where.
        title: Name of the sheet; keep it neutral.
        columns: French titles.
        rows: Values in the order of the columns.
        progress: Told the rows written; its stop leaves nothing behind.

    Returns:
        How many rows were written.

    Raises:
        Problem: ``export.full``, ``export.denied``, ``export.failed``.
        Stopped: The user asked to stop.
    """
    return export_sheets(path, (Sheet(title, columns, rows),), progress)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of a file: its name, French titles, values in the order of the titles."""

    title: str
    columns: Sequence[str]
    rows: Iterable[Sequence[Cell]]


def export_sheets(path: Path, sheets: Sequence[Sheet], progress: Progress | None = None) -> int:
    """Write lists to one .xlsx file, a sheet each, as :func:`export_table`; returns how many rows.

    Raises:
        Problem: ``export.full``, ``export.denied``, ``export.failed``.
        Stopped: The user asked to stop.
    """
    import xlsxwriter

    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(
        buffer,
        {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False},
    )
    formats = _Formats(
        head=book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"}),
        text=book.add_format({"num_format": "@"}),
        date=book.add_format({"num_format": "dd/mm/yyyy", "align": "left"}),
        number=book.add_format({"num_format": "#,##0"}),
    )
    count = sum(_fill(book.add_worksheet(_sheet_name(one.title)), one, formats, progress) for one in sheets)
    book.close()
    write_in_place(path, buffer.getbuffer())
    return count


def write_in_place(path: Path, content: bytes | memoryview) -> None:
    """Write a whole file beside its place, then rename it: there, or not there.

    Raises:
        Problem: ``export.full``, ``export.denied``, ``export.failed``.
    """
    part = path.with_name(f"{path.name}.part")
    try:
        try:
            with part.open("wb") as handle:
                handle.write(content)
                handle.flush()
                os.fsync(handle.fileno())
            part.replace(path)
        except BaseException:
            with contextlib.suppress(OSError):
                part.unlink(missing_ok=True)
            raise
    except OSError as error:
        code = "full" if error.errno in _FULL else "denied" if error.errno in _DENIED else "failed"
        raise Problem(f"export.{code}", name=path.name) from error


@dataclass(frozen=True, slots=True)
class _Formats:
    head: Any
    text: Any
    date: Any
    number: Any


@dataclass(frozen=True, slots=True)
class ExportList:
    """Where any list goes, the name of its sheet and the titles of its columns."""

    path: Path
    title: str
    columns: tuple[str, ...]


def export_list(desk: Desk, command: ExportList, rows: Iterable[Sequence[Cell]]) -> int:
    """Write what a list of the screen shows; returns how many lines.

    Raises:
        Forbidden: The user may not export.
        Problem: ``export.full``, ``export.denied``, ``export.failed``.
    """
    desk.require(Right.EXPORT)
    count = export_table(command.path, command.title, command.columns, rows)
    _record(desk, count)
    return count


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportPersons:
    """Write the list of these persons to a file.

    Attributes:
        path: Where.
        person_ids: Whom, in this order; None for everybody, in the order of names.
        accepted: She knows that the folder is copied to the internet.
    """

    path: Path
    person_ids: tuple[int, ...] | None = None
    accepted: bool = False


def export_persons(desk: Desk, command: ExportPersons, progress: Progress | None = None) -> Done[int]:
    """Write a list of persons; an import of that file recognises them here, and makes the same files elsewhere.

    Who asked to be forgotten is left out.

    Returns:
        How many were written.

    Raises:
        Forbidden: The user may not export.
        RulesBroken: ``export.synchronised`` until she accepts.
        Problem: ``export.…``.
        Stopped: The user asked to stop; nothing is left.
    """
    desk.require(Right.EXPORT)
    check_place(command.path, accepted=command.accepted)
    with desk.read() as uow:
        ids = uow.persons.all_ids() if command.person_ids is None else command.person_ids
        persons = (person for some in _slices(ids) for person in uow.persons.many(some))
        numbers = dict(uow.rows("SELECT person_id, number FROM membership"))
        rows = person_rows(desk, (person for person in persons if person.erased_on is None), numbers)
        count = export_table(command.path, "Liste", PERSON_COLUMNS, rows, progress)
    _record(desk, count)
    return Done(count)


def export_findings(desk: Desk, path: Path, rows: Iterable[Sequence[Cell]], *, accepted: bool = False) -> Done[int]:
    """Write the remarks of a dry run, to be mended in the register.

    Args:
        desk: The office.
        path: Where.
        rows: Line, column, severity and remark in words.
        accepted: She knows that the folder is copied to the internet.

    Raises:
        Forbidden: The user may not export.
        RulesBroken: ``export.synchronised`` until she accepts.
        Problem: ``export.…``.
    """
    desk.require(Right.EXPORT)
    check_place(path, accepted=accepted)
    count = export_table(path, "Remarques", ("Ligne", "Colonne", "Gravité", "Remarque"), rows)
    _record(desk, count)
    return Done(count)


def _slices(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    return (ids[at : at + _SLICE] for at in range(0, len(ids), _SLICE))


def _record(desk: Desk, count: int) -> None:
    """Every list that leaves the base is in the chain: how many rows, by whom, when."""
    with desk.write() as uow:
        change = FieldChange("Lignes", "", str(count))
        uow.audit.add(desk.clock.now(), desk.actor.user_id, _ACTION, "export", 0, (change,))
        uow.commit()


def _fill(sheet: Any, made: Sheet, formats: _Formats, progress: Progress | None) -> int:
    """Write one sheet; returns its rows."""
    columns = made.columns
    widths = [len(column) for column in columns]
    for position, column in enumerate(columns):
        sheet.write_string(0, position, column, formats.head)
    count = 0
    for row in made.rows:
        count += 1
        if progress is not None:
            progress.check()
            progress.report(WRITE_STEP, count, 0)
        for position, value in enumerate(row):
            widths[position] = max(widths[position], _write(sheet, count, position, value, formats))
    for position, width in enumerate(widths):
        sheet.set_column(position, position, min(width, _WIDEST) + 2)
    sheet.freeze_panes(1, 0)
    if columns:
        sheet.autofilter(0, 0, max(count, 1), len(columns) - 1)
    return count


def _write(sheet: Any, row: int, position: int, value: Cell, formats: _Formats) -> int:
    """Write one cell by the type of its value, never by what its text looks like; returns how wide it is."""
    if value is None or value == "":
        return 0
    if isinstance(value, bool):
        value = "oui" if value else "non"
    if isinstance(value, dt.date) and value >= _OLDEST:
        day = dt.datetime(value.year, value.month, value.day)  # noqa: DTZ001 - a calendar day has no zone
        sheet.write_datetime(row, position, day, formats.date)
        return len("23/11/2026")
    if isinstance(value, int) and abs(value) <= _LARGEST_EXACT:
        sheet.write_number(row, position, value, formats.number)
        return len(f"{value:,}")
    text = f"{value:%d/%m/%Y}" if isinstance(value, dt.date) else str(value)
    sheet.write_string(row, position, text, formats.text)
    return len(text)


def _sheet_name(title: str) -> str:
    """A title that a sheet may bear: 31 characters, without the forbidden ones."""
    kept = "".join(" " if char in "[]:*?/\\" else char for char in title).strip().strip("'")
    return kept[:31].strip() or "Liste"
