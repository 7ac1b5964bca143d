"""What she agreed to, as a register or a list of the program's own says it, purpose by purpose.

A cell holds « oui », « non », a day, or everything: « 12/03/2024 · orale · Sira DIALLO · retiré le 05/06/2025 », one
such text after the other (« ; ») where she agreed again.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from antenne.domain import import_cells as cells
from antenne.domain.dates import shown_date
from antenne.domain.forms.model import Option
from antenne.domain.import_columns import as_text
from antenne.domain.import_row_cells import RowCells
from antenne.domain.imports import ImportOptions, Severity
from antenne.domain.members import consent_day_violations
from antenne.domain.persons import Consent, Purpose
from antenne.domain.text import fold, violations
from antenne.domain.workbooks import CellValue

COLUMNS = {
    Purpose.FILE: "consent_file",
    Purpose.PHOTO: "consent_photo",
    Purpose.STATISTICS: "consent_statistics",
    Purpose.CONTACT: "consent_contact",
}
"""The destination of each purpose."""
ORAL = "orale"
"""The way that needs a witness (forms: Consent)."""
MOST_WITNESS = 120
"""Characters of a witness's name."""
_WITHDRAWN = re.compile(r"retiree? le (.+)")


@dataclass(frozen=True, slots=True)
class _Told:
    """What holds for the consents of a row that say no more than « oui »."""

    day: dt.date | None
    how: str
    witness: str


def read_consents(row: RowCells, options: ImportOptions, joined_on: dt.date | None) -> tuple[Consent, ...]:
    """The consents of one row: its own columns, else what was said for the whole register.

    Args:
        row: The row.
        options: The day and the way of the agreement to be on file, taken on paper.
        joined_on: Her adhesion: the day of a « oui » without a day, as on the form.
    """
    given = options.consent_on is not None
    told = _Told(
        options.consent_on or joined_on,
        row.code("consent_how", "consent_ways") or (options.consent_how if given else ""),
        row.text("consent_witness") or (options.consent_witness if given else ""),
    )
    found: list[Consent] = []
    for purpose, key in COLUMNS.items():
        value = next((value for _, value in row.cells(key)), None)
        if as_text(value):
            found += _of_cell(row, purpose, value, told)
        elif purpose is Purpose.FILE and options.consent_on is not None:
            found += _checked(row, key, [Consent(purpose, options.consent_on, told.how, told.witness)])
    return tuple(found)


def _of_cell(row: RowCells, purpose: Purpose, value: CellValue, told: _Told) -> list[Consent]:
    key = COLUMNS[purpose]
    answer = cells.read_yes_no(value)
    if answer.value is False:
        if purpose is Purpose.FILE:
            row.note_on(key, "consent_refused")
        return []
    if answer.value is True:
        if told.day is None:
            row.note_on(key, "consent_undated")
            return []
        return _checked(row, key, [Consent(purpose, told.day, told.how, told.witness)])
    texts = [part for part in as_text(value).split(";") if part.strip()] if isinstance(value, str) else [value]
    made = [_of_text(row, purpose, text, told) for text in texts]
    return _checked(row, key, [consent for consent in made if consent is not None])


def _of_text(row: RowCells, purpose: Purpose, value: CellValue, told: _Told) -> Consent | None:
    """« 12/03/2024 · orale · Sira DIALLO · retiré le 05/06/2025 »."""
    key, today = COLUMNS[purpose], row.office.today
    first, *rest = [part.strip() for part in value.split("·")] if isinstance(value, str) else [value]
    day = cells.read_day(first, today)
    row.note_all(row.column_of(key), day.faults)
    if day.value is None:
        return None
    made = Consent(purpose, day.value, told.how, told.witness)
    for part in map(str, rest):
        way = cells.listed(part, row.offered("consent_ways"))
        gone = _WITHDRAWN.fullmatch(fold(part))
        if gone is not None:
            until = cells.read_day(gone[1], today)
            row.note_all(row.column_of(key), until.faults)
            made = replace(made, withdrawn_on=until.value)
        elif way is not None:
            made = replace(made, how=way.code, witness="")
        else:
            made = replace(made, witness=part)
    return made


def _checked(row: RowCells, key: str, made: list[Consent]) -> list[Consent]:
    """The same; what the form would refuse is an error of the row."""
    for one in made:
        if not one.how:
            row.note_on(key, "consent_way_missing")
        elif one.how == ORAL and not one.witness:
            row.note_on(key, "consent_witness_missing")
        broken = list(violations(one.witness, "consent_witness", MOST_WITNESS))
        if one.withdrawn_on is not None:
            broken += consent_day_violations(one.given_on, one.withdrawn_on, row.office.today)
        for violation in broken:
            row.note_on(key, "rule", Severity.ERROR, why=violation)
    return made


def consent_words(consents: Sequence[Consent], purpose: Purpose, ways: Sequence[Option]) -> str:
    """The consents to one purpose in one cell, as :func:`read_consents` finds them again."""
    labels = {option.code: option.label for option in ways}
    return " ; ".join(_words(one, labels) for one in consents if one.purpose is purpose)


def _words(one: Consent, labels: dict[str, str]) -> str:
    gone = f"retiré le {shown_date(one.withdrawn_on)}" if one.withdrawn_on is not None else ""
    parts = (shown_date(one.given_on), labels.get(one.how, one.how), one.witness, gone)
    return " · ".join(part for part in parts if part)
