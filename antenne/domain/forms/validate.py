"""Every rule that a form's answers break, all at once; hidden fields are skipped."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence

from antenne.domain import text as texts
from antenne.domain.births import Birth
from antenne.domain.births_rules import birth_fault
from antenne.domain.dates import shown_date, within
from antenne.domain.forms.model import Answers, Field, Form, Kind, Tense
from antenne.domain.money import MOST
from antenne.domain.violations import Violation


def answered(value: object) -> bool:
    """Whether something was answered; only spaces, no choice, no row and a row of nothing are no answer."""
    if value is None:
        return False
    if isinstance(value, str):
        return bool(value.strip())
    if isinstance(value, Mapping):
        return any(answered(cell) for cell in value.values())
    if isinstance(value, (tuple, list)):
        return any(answered(item) for item in value)
    return True


def shown(field: Field, answers: Answers) -> bool:
    """Whether the field is asked, given the other answers (every key present)."""
    return field.shown_if is None or field.shown_if(answers)


def needed(field: Field, answers: Answers) -> bool:
    """Whether the field must be answered, given the other answers (every key present)."""
    return field.required or (field.required_if is not None and field.required_if(answers))


def asked_answers(form: Form, answers: Answers) -> dict[str, object]:
    """One entry for every field: None where nothing was answered or the field is hidden.

    What hides a field never rests on the answer of another hidden field.
    """
    return _asked(form.fields, answers)


def _asked(fields: Sequence[Field], answers: Answers) -> dict[str, object]:
    kept = {**answers, **{field.key: answers.get(field.key) for field in fields}}
    changed = True
    while changed:
        changed = False
        for field in fields:
            if kept[field.key] is not None and not shown(field, kept):
                kept[field.key] = None
                changed = True
    return kept


def validate(form: Form, answers: Answers, today: dt.date) -> tuple[Violation, ...]:
    """All violations, in the order of the form, then those between fields.

    Args:
        form: The definition.
        answers: Typed values by field key.
        today: The day on which facts may not lie in the future.
    """
    asked = asked_answers(form, answers)
    found = [violation for field in form.fields for violation in check_field(field, asked, today)]
    return (*found, *(violation for check in form.checks for violation in check(asked)))


def check_field(field: Field, answers: Answers, today: dt.date, key: str = "") -> Iterator[Violation]:
    """The violations of one field.

    Args:
        field: The field.
        answers: The other answers, every key present.
        today: As in :func:`validate`.
        key: Its name where it stands in a row (``rows[2].phone``).
    """
    if not shown(field, answers):
        return
    name, value = key or field.key, answers[field.key]
    if not answered(value):
        if needed(field, answers):
            yield Violation("form.required", name, (("label", field.label),))
        return
    for found in _check_value(field, name, value, answers, today):
        yield Violation(found.code, found.field or name, found.values)


def _check_value(field: Field, name: str, value: object, answers: Answers, today: dt.date) -> Iterator[Violation]:
    if isinstance(value, bool):
        return
    if isinstance(value, str) and field.kind in (Kind.TEXT, Kind.NOTE):
        yield from texts.violations(texts.clean(value), name, field.max_length)
    elif isinstance(value, int) and field.kind in (Kind.MONEY, Kind.COUNT):
        yield from _limits(field, value)
    elif isinstance(value, Birth):
        yield from _birth(field, value, today)
    elif isinstance(value, dt.date):
        yield from _day(field, value, today)
    elif field.kind is Kind.ROWS and isinstance(value, Sequence):
        yield from _rows(field, name, value, answers, today)


def _limits(field: Field, value: int) -> Iterator[Violation]:
    """Bounds of an amount or a count: from 0 to :data:`MOST` where the field sets none."""
    lowest = 0 if field.lowest is None else field.lowest
    highest = MOST if field.highest is None else field.highest
    if value < lowest:
        yield Violation("form.too_low", None, (("lowest", lowest),))
    if value > highest:
        yield Violation("form.too_high", None, (("highest", highest),))


def _birth(field: Field, value: Birth, today: dt.date) -> Iterator[Violation]:
    fault = birth_fault(value, today)
    if fault is not None:
        yield fault
    yield from texts.violations(value.event, None, field.max_length)


def _day(field: Field, value: dt.date, today: dt.date) -> Iterator[Violation]:
    day = value.date() if isinstance(value, dt.datetime) else value
    inside = within(day)
    if isinstance(inside, Violation):
        yield inside
    elif field.tense is Tense.PAST and day > today:
        yield Violation("date.future", None, (("day", shown_date(day)), ("today", shown_date(today))))


def _rows(field: Field, name: str, rows: Sequence[object], answers: Answers, today: dt.date) -> Iterator[Violation]:
    """Cell by cell; a row of which nothing is answered is skipped. A cell sees its row, then the form."""
    for position, row in enumerate(rows):
        if not isinstance(row, Mapping):
            raise TypeError(name)
        if not answered(row):
            continue
        seen = _asked(field.columns, {**answers, **row})
        for column in field.columns:
            yield from check_field(column, seen, today, f"{name}[{position}].{column.key}")
