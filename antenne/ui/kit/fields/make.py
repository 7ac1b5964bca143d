"""The widget of each kind of field."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from antenne.domain.forms.model import Field, Kind
from antenne.ui.kit.fields.base import FieldContext, FieldWidget
from antenne.ui.kit.fields.births import BirthField
from antenne.ui.kit.fields.choices import ChoiceField, ChoicesField, YesNoField
from antenne.ui.kit.fields.lines import LineField, NoteField
from antenne.ui.kit.fields.persons import PersonField
from antenne.ui.kit.fields.rows import RowsField

_WIDGETS: dict[Kind, type[FieldWidget]] = {
    Kind.NOTE: NoteField,
    Kind.BIRTH: BirthField,
    Kind.CHOICE: ChoiceField,
    Kind.CHOICES: ChoicesField,
    Kind.YES_NO: YesNoField,
    Kind.PERSON: PersonField,
}


def make(field: Field, context: FieldContext, parent: QWidget | None = None) -> FieldWidget:
    """The widget of a field; the cells of rows are made by this same function."""
    if field.kind is Kind.ROWS:
        return RowsField(field, context, make, parent)
    return _WIDGETS.get(field.kind, LineField)(field, context, parent)
