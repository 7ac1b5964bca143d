"""Each kind of field as she meets it: typed by keyboard, read from the screen."""

from __future__ import annotations

import datetime as dt

import pytest
import shiboken6
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
)
from pytestqt.qtbot import QtBot

from antenne.domain.births import UNKNOWN, Birth, Precision
from antenne.domain.violations import Violation
from antenne.ui.kit.fields.base import PersonHit
from antenne.ui.kit.fields.choices import ChoiceField
from antenne.ui.kit.fields.lines import LineField
from antenne.ui.kit.fields.persons import PersonField
from antenne.ui.kit.fields.rows import RowsField
from antenne.ui.kit.form_view import FormView
from tests.ui.forms.sample import (
    CTRL,
    FATOUMATA,
    Search,
    leave,
    line,
    scroll_area,
    suggestions,
    typed,
)
from tests.ui.helpers import press, type_text


@pytest.mark.parametrize("keys", ["12500", "&é(àà", "1é5àà"])
def test_an_amount_shows_its_thousands_while_she_types(view: FormView, keys: str) -> None:
    edit = typed(view, "amount", keys)
    assert edit.text() == "12\u202f500"
    assert edit.cursorPosition() == len(edit.text())
    assert view.answers()["amount"] == 12500


def test_the_caret_stays_with_its_digit(view: FormView) -> None:
    edit = typed(view, "amount", "12500")
    edit.setCursorPosition(1)
    type_text(edit, "9")
    assert (edit.text(), edit.cursorPosition()) == ("192\u202f500", 2)
    edit.setCursorPosition(4)
    press(edit, Qt.Key.Key_Backspace)
    assert (edit.text(), edit.cursorPosition()) == ("192\u202f500", 3)
    press(edit, Qt.Key.Key_Backspace)
    assert (edit.text(), edit.cursorPosition()) == ("19\u202f500", 2)
    press(edit, Qt.Key.Key_Delete)
    assert edit.text() == "1\u202f900"


@pytest.mark.parametrize(
    ("keys", "shown", "sentence"),
    [
        ("12,5k", "12,5k", "n’est pas un montant"),
        ("-500", "-500", "négatif"),
        ("12,5", "12,5", "centimes"),
        ("9999999999999", "9\u202f999\u202f999\u202f999\u202f999", "dépasse"),
    ],
)
def test_an_amount_is_never_guessed(view: FormView, keys: str, shown: str, sentence: str) -> None:
    edit = typed(view, "amount", keys)
    assert edit.text() == shown
    leave(view)
    assert sentence in view.error_of("amount")
    assert view.answers()["amount"] is None
    assert [one.field for one in view.validate() if one.field == "amount"] == ["amount"]


def test_a_dash_first_is_a_six_only_on_the_unshifted_row(view: FormView) -> None:
    assert typed(view, "amount", "-à").text() == "60"
    view.set_answers({})
    assert typed(view, "phone", "è-&é\"'(-").text() == "76 12 34 56"
    view.set_answers({})
    assert typed(view, "phone", "76-12").text() == "76 12"


@pytest.mark.parametrize("keys", ["22/11 à 20h30", 'éé/&& à éàh"à'])
def test_the_word_between_a_day_and_an_hour_stays_a_word(view: FormView, keys: str) -> None:
    assert typed(view, "moment", keys).text() == "22/11 à 20h30"
    leave(view)
    assert view.error_of("moment") == ""
    assert view.answers()["moment"] == dt.datetime(2026, 11, 22, 20, 30, tzinfo=dt.UTC)


def test_the_number_pad_types_signs(view: FormView) -> None:
    edit = line(view, "amount")
    edit.setFocus()
    type_text(edit, "é")
    QTest.keyClick(edit, Qt.Key.Key_Minus, Qt.KeyboardModifier.KeypadModifier)
    assert edit.text() == "2-"


@pytest.mark.parametrize(
    ("key", "keys", "shown", "under"),
    [
        ("day", "22/11", "22/11/2026", "Dimanche 22 novembre 2026"),
        ("day", "é&&&", "21/11/2026", "Samedi 21 novembre 2026"),
        ("day", "lundi", "23/11/2026", "Lundi 23 novembre 2026"),
        ("day", "aujourd'hui", "23/11/2026", "Lundi 23 novembre 2026"),
        ("day", "1er décembre 2025", "01/12/2025", "Lundi 1er décembre 2025"),
        ("next", "24/11", "24/11/2026", "Mardi 24 novembre 2026"),
        ("next", "+7j", "30/11/2026", "Lundi 30 novembre 2026"),
        ("moment", "hier 1041", "22/11/2026 à 10\u00a0h\u00a041", "Dimanche 22 novembre 2026"),
    ],
)
def test_dates_as_she_types_them(view: FormView, key: str, keys: str, shown: str, under: str) -> None:
    edit = typed(view, key, keys)
    leave(view)
    assert (edit.text(), view.cell(key).below.text()) == (shown, under)


def test_a_phone_stands_in_pairs_and_says_what_it_lacks(view: FormView) -> None:
    edit = typed(view, "phone", "76124")
    assert edit.text() == "76 12 4"
    assert view.error_of("phone") == ""
    leave(view)
    assert view.error_of("phone") == "8 chiffres attendus, par ex. 76\u00a012\u00a034\u00a056."
    assert edit.property("error") == "true"
    type_text(edit, "356")
    assert view.error_of("phone") == ""
    assert edit.property("error") == "false"
    assert view.answers()["phone"] == "+22376124356"


def test_a_foreign_phone_keeps_its_code(view: FormView) -> None:
    assert typed(view, "phone", "+33612345678").text() == "+33 6 12 34 56 78"
    assert view.answers()["phone"] == "+33612345678"
    assert typed(view, "phone", "x").text().endswith("x")


@pytest.mark.parametrize(
    ("keys", "precision", "shown", "under"),
    [
        ("vers 1994", Precision.ABOUT, "1994", "environ 32\u00a0ans"),
        ("1994", Precision.YEAR, "1994", "environ 32\u00a0ans"),
        ("03/1994", Precision.MONTH, "03/1994", "32\u00a0ans"),
        ("12/03/1994", Precision.DAY, "12/03/1994", "32\u00a0ans"),
        ("32 ans", Precision.AGE, "32 ans le 23/11/2026", "environ 32\u00a0ans"),
        ("l’année de la crue", Precision.EVENT, "l’année de la crue", ""),
        ("inconnue", Precision.UNKNOWN, "", ""),
    ],
)
def test_the_text_chooses_the_precision_of_a_birth(
    view: FormView, keys: str, precision: Precision, shown: str, under: str
) -> None:
    edit = typed(view, "birth", keys)
    leave(view)
    combo = view.field("birth").controls()[0]
    assert isinstance(combo, QComboBox)
    assert combo.currentIndex() == tuple(Precision).index(precision)
    assert (edit.text(), view.cell("birth").below.text()) == (shown, under)
    birth = view.answers()["birth"]
    assert isinstance(birth, Birth)
    assert birth.precision is precision


def test_a_chosen_precision_stays(view: FormView) -> None:
    combo = view.field("birth").controls()[0]
    assert isinstance(combo, QComboBox)
    combo.setCurrentIndex(tuple(Precision).index(Precision.ABOUT))
    assert line(view, "birth").placeholderText() == "aaaa"
    typed(view, "birth", "1994")
    assert view.answers()["birth"] == Birth(Precision.ABOUT, dt.date(1994, 1, 1))
    combo.setCurrentIndex(tuple(Precision).index(Precision.UNKNOWN))
    assert view.answers()["birth"] == UNKNOWN
    assert view.field("birth").entry() is combo


def test_a_birth_to_come_is_refused_beside_the_field(view: FormView) -> None:
    typed(view, "birth", "24/11/2026")
    leave(view)
    assert "à venir" in view.error_of("birth")


def test_a_list_opens_as_she_types_and_takes_with_the_keyboard(view: FormView) -> None:
    edit = typed(view, "language", "so")
    assert suggestions(view, "language") == ("songhaï", "soninké")
    press(edit, Qt.Key.Key_Down)
    press(edit, Qt.Key.Key_Return)
    assert (edit.text(), view.answers()["language"]) == ("soninké", "soninké")
    assert suggestions(view, "language") == ()


def test_escape_closes_only_the_list(view: FormView, qtbot: QtBot) -> None:
    edit = typed(view, "language", "fr")
    assert suggestions(view, "language") == ("français",)
    press(edit, Qt.Key.Key_Escape)
    assert suggestions(view, "language") == ()
    assert edit.text() == "fr"
    leave(view)
    assert (edit.text(), view.answers()["language"]) == ("français", "français")


def test_a_long_list_answers_from_the_second_letter(view: FormView) -> None:
    edit = typed(view, "article", "A")
    assert suggestions(view, "article") == ()
    type_text(edit, "r")
    assert len(suggestions(view, "article")) == 40
    press(edit, Qt.Key.Key_Escape)
    edit.clear()
    press(edit, Qt.Key.Key_Down)
    assert len(suggestions(view, "article")) == 40
    press(edit, Qt.Key.Key_Up)
    press(edit, Qt.Key.Key_Tab)
    assert view.answers()["article"] == "c39"


def test_what_is_not_in_the_list_is_quoted(view: FormView) -> None:
    typed(view, "language", "klingon")
    leave(view)
    assert "klingon" in view.error_of("language")
    assert view.answers()["language"] is None


def test_free_text_is_suggested_not_imposed(view: FormView) -> None:
    edit = typed(view, "place", "mop")
    assert suggestions(view, "place") == ("Mopti — Komoguel", "Mopti — Gangal")
    press(edit, Qt.Key.Key_Return)
    assert view.answers()["place"] == "mop"
    type_text(edit, "t")
    press(edit, Qt.Key.Key_Up)
    press(edit, Qt.Key.Key_Return)
    assert view.answers()["place"] == "Mopti — Gangal"


def test_suggestions_are_clicked_and_close_when_the_page_scrolls(view: FormView) -> None:
    field = view.field("place")
    assert isinstance(field, LineField)
    typed(view, "place", "mo")
    shown = field._suggestions._list
    assert shown is not None
    assert not shown.grab().isNull(), "it paints"
    QTest.mouseClick(shown.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(10, 10))
    assert line(view, "place").text() == "Mopti — Komoguel"
    type_text(line(view, "place"), "x")
    line(view, "place").clear()
    typed(view, "place", "mo")
    assert suggestions(view, "place")
    page = scroll_area(view)
    page.verticalScrollBar().setValue(5)
    assert suggestions(view, "place") == ()


def test_a_person_is_picked_among_the_answers(view: FormView, search: Search) -> None:
    edit = typed(view, "sponsor", "kon")
    assert [text for text, _ in search.asked] == ["ko", "kon"]
    search.asked[0][1]((PersonHit(1, "M-00001", "KOUMARÉ Awa"),))
    assert suggestions(view, "sponsor") == (), "a late answer to an older question is dropped"
    search.asked[1][1]((FATOUMATA,))
    assert suggestions(view, "sponsor") == ("KONÉ Fatoumata",)
    press(edit, Qt.Key.Key_Return)
    assert (edit.text(), view.answers()["sponsor"]) == ("KONÉ Fatoumata · M-00931", 931)
    assert view.cell("sponsor").below.text() == "Sévaré · 76 •• •• 18"
    type_text(edit, "x")
    leave(view)
    assert view.answers()["sponsor"] is None
    assert "Choisissez la personne" in view.error_of("sponsor")


def test_yes_and_no_by_letter(view: FormView) -> None:
    yes, no = view.field("moved").controls()
    yes.setFocus()
    assert view.cell("from").isHidden()
    press(yes, Qt.Key.Key_O)
    type_text(yes, "o")
    assert view.answers()["moved"] is True
    assert not view.cell("from").isHidden()
    type_text(yes, "n")
    assert view.answers()["moved"] is False
    assert QApplication.focusWidget() is no
    press(no, Qt.Key.Key_Left)
    assert QApplication.focusWidget() is yes
    press(yes, Qt.Key.Key_Delete)
    assert view.answers()["moved"] is None
    press(yes, Qt.Key.Key_Space)
    assert view.answers()["moved"] is True
    press(yes, Qt.Key.Key_Space)
    assert view.answers()["moved"] is None


def test_chips_are_one_stop_and_walked_by_arrows_and_letters(view: FormView) -> None:
    first, second, third = view.field("reasons").controls()
    assert [chip.focusPolicy() is Qt.FocusPolicy.StrongFocus for chip in (first, second, third)] == [True, False, False]
    first.setFocus()
    press(first, Qt.Key.Key_Space)
    press(first, Qt.Key.Key_Right)
    assert QApplication.focusWidget() is second
    type_text(second, "p")
    assert QApplication.focusWidget() is third
    press(third, Qt.Key.Key_Return)
    assert view.answers()["reasons"] == ("health", "papers")
    press(third, Qt.Key.Key_Right)
    assert view.field("reasons").entry() is first


def test_a_code_that_left_the_list_is_kept(view: FormView) -> None:
    view.set_answers({"reasons": ("health", "old"), "language": "latin"})
    assert view.answers()["reasons"] == ("health", "old")
    assert view.answers()["language"] == "latin"


def test_tab_leaves_a_note(view: FormView) -> None:
    note = view.field("note").entry()
    assert isinstance(note, QPlainTextEdit)
    note.setFocus()
    type_text(note, "une ligne")
    press(note, Qt.Key.Key_Return)
    type_text(note, "deux")
    press(note, Qt.Key.Key_Tab)
    assert view.answers()["note"] == "une ligne\ndeux"
    assert QApplication.focusWidget() is view.field("rows").entry()


def test_rows_are_added_and_taken_away_by_keyboard(view: FormView) -> None:
    rows = view.field("rows")
    first = rows.entry()
    first.setFocus()
    type_text(first, "76123456")
    press(first, Qt.Key.Key_Return, CTRL)
    second = QApplication.focusWidget()
    assert isinstance(second, QLineEdit)
    assert second is not first
    type_text(second, "6612")
    leave(view)
    assert view.error_of("rows[1].phone").startswith("8 chiffres")
    assert [one.field for one in view.validate()] == ["name", "rows[1].phone"]
    assert view.answers()["rows"] == (
        {"phone": "+22376123456", "owner": None, "call": None},
        {"phone": None, "owner": None, "call": None},
    )
    second.setFocus()
    press(second, Qt.Key.Key_Delete, CTRL)
    assert view.answers()["rows"] == ({"phone": "+22376123456", "owner": None, "call": None},)
    assert QApplication.focusWidget() is rows.entry()
    press(rows.entry(), Qt.Key.Key_Delete, CTRL)
    assert view.answers()["rows"] is None


def test_a_row_asks_what_its_own_answers_call_for(view: FormView) -> None:
    view.set_answers({"rows": ({"phone": "+22376123456", "owner": "elle", "call": True}, {"owner": "gérant"})})
    assert view.answers()["rows"] == (
        {"phone": "+22376123456", "owner": "elle", "call": True},
        {"phone": None, "owner": "gérant", "call": None},
    )
    view.set_answers({"rows": ({}, {"owner": "elle"}), "name": "Awa"})
    broken = view.validate()
    assert broken == (Violation("form.required", "rows[0].phone", (("label", "Numéro"),)),)
    view.show(broken)
    assert view.error_of("rows[0].phone") == "À remplir\u00a0: Numéro."
    focused = QApplication.focusWidget()
    assert focused is not None
    assert focused.accessibleName() == "Téléphones, ligne 2\u00a0: Numéro"


def test_the_mouse_does_what_the_keyboard_does(view: FormView, qtbot: QtBot) -> None:
    rows = view.field("rows")
    assert isinstance(rows, RowsField)
    left = Qt.MouseButton.LeftButton
    QTest.mouseClick(rows._add, left)
    assert len(rows._lines) == 2
    QTest.mouseClick(rows._lines[1].remove, left)
    assert len(rows._lines) == 1
    choice = view.field("language")
    assert isinstance(choice, ChoiceField)
    scroll_area(view).ensureWidgetVisible(choice)
    choice._edit.actions()[0].trigger()
    assert suggestions(view, "language") == ("bambara", "peul", "songhaï", "soninké", "français")
    chips = view.field("reasons").controls()
    QTest.mouseClick(chips[1], left)
    assert view.answers()["reasons"] == ("violence",)


def test_a_search_shows_what_matched(view: FormView, search: Search) -> None:
    field = view.field("sponsor")
    assert isinstance(field, PersonField)
    typed(view, "sponsor", "kone fat")
    search.asked[-1][1]((FATOUMATA,))
    shown = field._suggestions._list
    assert shown is not None
    assert not shown.grab().isNull()
    said = shown.item(0).data(int(Qt.ItemDataRole.UserRole))
    assert (said.bold, said.note) == (((0, 4), (5, 8)), "M-00931 · Sévaré · 76 •• •• 18")


def test_an_answer_for_a_form_that_is_gone_is_dropped(page: QScrollArea, view: FormView, search: Search) -> None:
    typed(view, "sponsor", "kon")
    page.takeWidget()
    shiboken6.delete(view)
    search.asked[-1][1]((FATOUMATA,))
