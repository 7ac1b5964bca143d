"""Every rule that a form's answers break, all at once; hidden fields are skipped."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence

from antenne.domain import text as texts
from antenne.domain.births import Birth
from antenne.domain.dates import EARLIEST
from antenne.domain.forms.model import Answers, Field, Form, Kind, Tense
from antenne.domain.violations import Violation


def answered(value: object) -> bool:
    """Whether something was answered; only spaces, no choice and no row are no answer."""
    if value is None:
        return False
    if isinstance(value, str):
        return bool(value.strip())
    if isinstance(value, (tuple, list)):
        return len(value) > 0
    return True


def shown(field: Field, answers: Answers) -> bool:
    """Whether the field is asked, given the other answers."""
    return field.shown_if is None or field.shown_if(answers)


def needed(field: Field, answers: Answers) -> bool:
    """Whether the field must be answered, given the other answers."""
    return field.required or (field.required_if is not None and field.required_if(answers))


def validate(form: Form, answers: Answers, today: dt.date) -> tuple[Violation, ...]:
    """All violations, in the order of the form, then those between fields.

    Args:
        form: The definition.
        answers: Typed values by field key.
        today: For dates that may not lie in the future.
    """
    found = [violation for field in form.fields for violation in check_field(field, answers, today)]
    return (*found, *(violation for check in form.checks for violation in check(answers)))


def check_field(field: Field, answers: Answers, today: dt.date, key: str = "") -> Iterator[Violation]:
    """The violations of one field; ``key`` names it where it stands in a row (``rows[2].phone``)."""
    if not shown(field, answers):
        return
    name, value = key or field.key, answers.get(field.key)
    if not answered(value):
        if needed(field, answers):
            yield Violation("form.required", name, (("label", field.label),))
        return
    yield from _check_value(field, name, value, today)


def _check_value(field: Field, name: str, value: object, today: dt.date) -> Iterator[Violation]:
    if isinstance(value, str) and field.kind in {Kind.TEXT, Kind.NOTE, Kind.CHOICE}:
        yield from texts.violations(texts.clean(value), name, field.max_length)
    elif isinstance(value, bool):
        return
    elif isinstance(value, int) and field.kind in {Kind.MONEY, Kind.COUNT}:
        yield from _bounds(field, name, value)
    elif isinstance(value, (dt.date, Birth)):
        yield from _day(field, name, value, today)
    elif field.kind is Kind.ROWS and isinstance(value, Sequence):
        yield from _rows(field, name, value, today)


def _bounds(field: Field, name: str, value: int) -> Iterator[Violation]:
    if field.lowest is not None and value < field.lowest:
        yield Violation("form.too_low", name, (("lowest", field.lowest),))
    if field.highest is not None and value > field.highest:
        yield Violation("form.too_high", name, (("highest", field.highest),))


def _day(field: Field, name: str, value: dt.date | Birth, today: dt.date) -> Iterator[Violation]:
    if isinstance(value, Birth):
        if value.value is not None and value.value > today:
            yield Violation("birth.future", name, (("day", value.value),))
        if value.value is not None and value.value < EARLIEST:
            yield Violation("birth.too_old", name)
        if value.event:
            yield from texts.violations(value.event, name, field.max_length)
        return
    day = value.date() if isinstance(value, dt.datetime) else value
    if field.tense is Tense.PAST and day > today:
        yield Violation("date.future", name, (("day", day),))
    if day < EARLIEST:
        yield Violation("date.out_of_range", name)


def _rows(field: Field, name: str, rows: Sequence[object], today: dt.date) -> Iterator[Violation]:
    for position, row in enumerate(rows):
        if not isinstance(row, Mapping):
            raise TypeError(name)
        for column in field.columns:
            yield from check_field(column, row, today, f"{name}[{position}].{column.key}")
