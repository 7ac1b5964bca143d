"""The whole form: answers, errors, drafts, order, width."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from antenne.domain.births import UNKNOWN, Birth, Precision
from antenne.domain.violations import Violation
from antenne.ui.kit.fields.base import FieldContext
from antenne.ui.kit.form_view import FormView
from tests.ui.forms.sample import (
    FATOUMATA,
    FORM,
    LISTS,
    NOW,
    Search,
    leave,
    line,
    scroll_area,
    suggestions,
    typed,
)
from tests.ui.helpers import press, type_text


def test_violations_stand_beside_their_fields_and_the_first_is_stood_in(view: FormView) -> None:
    typed(view, "amount", "3")
    typed(view, "count", "40")
    broken = view.validate()
    assert [(one.code, one.field) for one in broken] == [
        ("form.required", "name"),
        ("form.too_high", "count"),
        ("form.required", "day"),
        ("users.reason", None),
    ]
    view.show(broken)
    assert view.error_of("name") == "À remplir\u00a0: Nom & surnom."
    assert view.error_of("count") == "Tapez 30 au plus."
    assert "Secrétaire et écoutante" in view.band.text
    assert QApplication.focusWidget() is line(view, "name")
    type_text(line(view, "name"), "A")
    assert view.error_of("name") == ""
    assert view.cell("name").below.text() == "Comme sur l’acte"
    view.show(())
    assert view.error_of("count") == ""
    assert view.band.text == ""


def test_what_a_service_refused_stays_until_the_answer_changes(view: FormView) -> None:
    edit = typed(view, "phone", "76123456")
    view.show((Violation("form.required", "phone", (("label", "un autre"),)),))
    said = view.error_of("phone")
    assert said
    leave(view)
    assert edit.text() == "76 12 34 56", "the same number, spaced out"
    assert view.error_of("phone") == said
    typed(view, "name", "Awa")
    leave(view)
    assert view.error_of("phone") == said
    assert edit.property("error") == "true"
    edit.setFocus()
    edit.end(False)
    press(edit, Qt.Key.Key_Backspace)
    assert view.error_of("phone") == said, "half a number is no answer yet"
    type_text(edit, "7")
    assert view.error_of("phone") == ""
    leave(view)
    view.show((Violation("form.required", "phone", (("label", "un autre"),)),))
    view.show(())
    assert view.error_of("phone") == "", "a new check says everything anew"


def test_what_a_service_refused_in_a_row_stays_until_that_cell_changes(view: FormView) -> None:
    view.set_answers({"rows": ({"phone": "+22376123456", "owner": "elle"}, {"phone": "+22366123456"})})
    view.show((Violation("form.required", "rows[1].phone", (("label", "un autre"),)),))
    said = view.error_of("rows[1].phone")
    assert said
    leave(view)
    assert view.error_of("rows[1].phone") == said
    first, _, second, _ = (one for one in view.field("rows").controls() if isinstance(one, QLineEdit))
    type_text(first, "9")
    assert view.error_of("rows[1].phone") == said
    second.setFocus()
    second.selectAll()
    type_text(second, "66 99 88 77")
    assert view.error_of("rows[1].phone") == ""


def test_unknown_and_hidden_places_speak_from_the_band(view: FormView) -> None:
    view.show(
        (
            Violation("form.required", "from", (("label", "D’où"),)),
            Violation("form.required", "rows[7].phone", (("label", "N°"),)),
        )
    )
    assert view.band.text == "À remplir\u00a0: D’où.\nÀ remplir\u00a0: N°."


def test_hidden_fields_keep_their_text_and_are_skipped(view: FormView) -> None:
    view.set_answers({"name": "Awa", "moved": True, "from": "Gao"})
    view.field("moved").set_value(None)
    view.field("moved").changed.emit()
    assert view.answers()["from"] is None
    assert view.validate() == ()
    assert view.raw_answers()["from"] == "Gao"
    type_text(view.field("moved").entry(), "o")
    assert view.answers()["from"] == "Gao"


def test_stars_follow_what_is_needed(view: FormView) -> None:
    assert view.cell("name").label.text() == "Nom && surnom\u00a0*"
    assert view.cell("day").label.text() == "Jour"
    typed(view, "amount", "5")
    assert view.cell("day").label.text() == "Jour\u00a0*"


def test_a_draft_keeps_everything_even_half_typed(view: FormView, search: Search, qtbot: QtBot) -> None:
    typed(view, "name", "  Koné ")
    typed(view, "birth", "vers 19")
    typed(view, "amount", "12,5k")
    typed(view, "phone", "76 1")
    typed(view, "language", "so")
    typed(view, "sponsor", "kon")
    typed(view, "moment", "demain à ")
    type_text(view.field("moved").entry(), "n")
    typed(view, "from", "caché")
    view.set_raw_answers(
        {
            "sponsor": {"picked": [931, "M-00931", "KONÉ", "Sévaré"]},
            "rows": [{"phone": "76"}, {"owner": "x"}],
            "reasons": ["papers"],
        }
    )
    raw = json.loads(json.dumps(view.raw_answers()))
    other = FormView(FORM, FieldContext(options=LISTS.__getitem__, now=lambda: NOW))
    qtbot.addWidget(other)
    other.set_raw_answers(raw)
    assert other.raw_answers() == raw
    assert other.answers() == view.answers()
    assert other.answers()["sponsor"] == 931


def test_a_spoilt_draft_empties_its_fields(view: FormView) -> None:
    view.set_answers({"name": "Awa", "language": "peul", "sponsor": 7, "rows": ({"phone": "+22376123456"},)})
    assert view.answers()["sponsor"] == 7
    view.set_raw_answers(
        dict.fromkeys(("name", "birth", "language", "sponsor", "note", "reasons", "rows", "moved"), 3.5)
    )
    assert {key: value for key, value in view.answers().items() if value is not None} == {}


def test_every_answer_comes_back_as_it_was_given(view: FormView) -> None:
    answers: dict[str, object] = {
        "name": "Koné", "birth": Birth(Precision.AGE, dt.date(1992, 1, 1), 32, dt.date(2024, 3, 12)), "place": "Bankass",
        "phone": "+22376123456", "language": "peul", "article": "c3", "moved": True, "from": "Gao", "sponsor": 931,
        "amount": 12500, "count": 0, "day": dt.date(2026, 11, 22), "next": dt.date(2027, 1, 2),
        "moment": dt.datetime(2026, 11, 22, 10, 41, tzinfo=dt.UTC), "reasons": ("papers",), "note": "deux\nlignes",
        "rows": ({"phone": "+33612345678", "owner": "elle", "call": False},),
    }  # fmt: skip
    view.set_answers({**answers, "sponsor": FATOUMATA})
    assert view.answers() == answers
    assert view.validate() == ()
    view.set_answers({})
    assert set(view.answers().values()) == {None}


def test_quick_keying_keeps_what_repeats(view: FormView) -> None:
    view.set_answers({"name": "Awa", "place": "Bankass", "birth": UNKNOWN, "amount": 5})
    view.keep_repeats()
    assert {key: value for key, value in view.answers().items() if value is not None} == {
        "birth": UNKNOWN,
        "place": "Bankass",
    }
    assert QApplication.focusWidget() is line(view, "name")


def test_tab_follows_the_reading_order(view: FormView) -> None:
    view.set_answers({"moved": True})
    line(view, "name").setFocus()
    seen = []
    for _ in range(12):
        focused = QApplication.focusWidget()
        assert focused is not None
        seen.append(focused.accessibleName())
        press(focused, Qt.Key.Key_Tab)
    assert seen == [
        "Nom & surnom", "Naissance\u00a0: précision", "Naissance", "Quartier", "Téléphone", "Langue", "Article",
        "Déplacée\u00a0: Oui", "Déplacée\u00a0: Non", "D’où", "Marraine", "Montant",
    ]  # fmt: skip


def test_every_control_has_a_name_and_every_label_a_buddy(view: FormView) -> None:
    view.set_answers({"moved": True})
    for key in (field.key for field in FORM.fields):
        for control in view.field(key).controls():
            assert control.accessibleName(), key
        assert view.cell(key).label.buddy() is not None
    assert line(view, "name").accessibleDescription() == "Comme sur l’acte"


@pytest.mark.parametrize(("width", "columns"), [(1000, 3), (560, 2), (360, 1)])
def test_the_grid_follows_the_width(view: FormView, qtbot: QtBot, width: int, columns: int) -> None:
    page = scroll_area(view)
    page.resize(width, 700)
    qtbot.waitUntil(lambda: len({view.cell(key).x() for key in ("name", "birth", "place")}) == columns)
    labels = [label for label in view.findChildren(QLabel) if label.isVisible() and label.property("role") == "label"]
    assert all(label.width() >= label.sizeHint().width() for label in labels)


def test_a_field_is_brought_into_view(view: FormView, qtbot: QtBot) -> None:
    page = scroll_area(view)
    page.resize(360, 300)
    qtbot.waitUntil(lambda: page.verticalScrollBar().maximum() > 300)
    view.focus_field("note")
    assert QApplication.focusWidget() is view.field("note").entry()
    shown = view.field("note").entry().visibleRegion().boundingRect()
    assert shown.height() > 20
    view.focus_field("no such key")
    assert QApplication.focusWidget() is line(view, "name")


def test_emoji_and_direction_marks_are_refused_with_the_character(view: FormView) -> None:
    typed(view, "name", "Awa \U0001f600")
    leave(view)
    assert "\U0001f600" in view.error_of("name")
    view.set_answers({"name": "é" * 500})
    view.show(view.validate())
    assert view.error_of("name") == "Trop long\u00a0: 500 signes, 200 au plus."


def test_changed_tells_every_keystroke(view: FormView, qtbot: QtBot) -> None:
    with qtbot.waitSignals([view.changed] * 2):
        typed(view, "name", "Aw")


def test_a_form_in_a_plain_window_needs_no_scroll_area(qtbot: QtBot) -> None:
    window = QWidget()
    made = FormView(FORM, FieldContext(options=LISTS.__getitem__, now=lambda: NOW), titled=False)
    QVBoxLayout(window).addWidget(made)
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    made.focus_field("amount")
    qtbot.waitUntil(line(made, "amount").hasFocus)
    typed(made, "sponsor", "kon")
    assert suggestions(made, "sponsor") == ()
