"""The sample form on a page that scrolls."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import (
    QScrollArea,
)
from pytestqt.qtbot import QtBot

from antenne.ui.kit.fields.base import FieldContext
from antenne.ui.kit.form_view import FormView
from tests.ui.forms.sample import (
    FORM,
    LISTS,
    NOW,
    Search,
)


@pytest.fixture
def search() -> Search:
    return Search()


@pytest.fixture
def page(qtbot: QtBot, search: Search) -> QScrollArea:
    made = QScrollArea()
    made.setWidgetResizable(True)
    made.setWidget(FormView(FORM, FieldContext(options=LISTS.__getitem__, now=lambda: NOW, person_search=search)))
    made.resize(1000, 700)
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    return made


@pytest.fixture
def view(page: QScrollArea) -> FormView:
    made = page.widget()
    assert isinstance(made, FormView)
    return made
