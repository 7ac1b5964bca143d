"""Answers as they are kept: texts without spare spaces, empty rows gone, what is hidden left out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from antenne.domain.forms.model import Field, Form, Kind
from antenne.domain.forms.validate import answered, asked_answers
from antenne.domain.text import clean, clean_line


def cleaned(form: Form, answers: Mapping[str, object]) -> dict[str, Any]:
    """One entry for every field; a note keeps its lines, an empty text is no answer."""
    asked = asked_answers(form, answers)
    return {field.key: _clean(field, asked[field.key]) for field in form.fields}


def _clean(field: Field, value: Any) -> Any:
    if not answered(value):
        return None
    if isinstance(value, str):
        return clean(value) if field.kind is Kind.NOTE else clean_line(value)
    if field.kind is Kind.ROWS:
        rows = ({cell.key: _clean(cell, row.get(cell.key)) for cell in field.columns} for row in value)
        return tuple(row for row in rows if answered(row))
    return tuple(value) if isinstance(value, list) else value
