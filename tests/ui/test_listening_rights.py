"""Her rights through the real panels, by keyboard: found, printed, taken back, asked for, erased; the year's terms."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from antenne.db.slots import Unlocked
from antenne.domain.board import Target
from antenne.domain.her_rights import Agreed
from antenne.services import compartment, erasing, her_rights_agreements, opening, retention
from antenne.services.desk import Desk
from antenne.ui.kit.operations import Operations
from antenne.ui.listening import area, rights_todo
from antenne.ui.listening.retention_panel import RetentionPanel
from antenne.ui.listening.rights_page import RightsPage, paper_job
from antenne.ui.listening.rights_panel import RightsPanel
from antenne.ui.listening.screen import ListeningScreen
from antenne.wording import her_rights as words
from tests.services.her_rights_help import CODE, Planted, plant, put, talk_of
from tests.ui.cashbook_help import plain
from tests.ui.helpers import FakeDialogs, press, type_text
from tests.ui.listening_help import Shell, make_context, settle, show

OLD = dt.datetime(2019, 5, 3, 9, tzinfo=dt.UTC)


@pytest.fixture
def shell() -> Shell:
    return Shell()


@pytest.fixture
def listener(made_office: tuple[Path, dict[str, Unlocked]], responsable_desk: Desk) -> Desk:
    """The écoutante, in the same office; the test closes nothing: the folder goes with it."""
    return opening.open_desk(responsable_desk.folder, made_office[1]["ecoutante"], responsable_desk.clock)


def said(widget: QWidget) -> str:
    return plain("\n".join(one.text() for one in widget.findChildren(QLabel) if one.isVisibleTo(widget)))


def focus() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def page_of(screen: ListeningScreen) -> RightsPage:
    assert isinstance(screen.page, RightsPage)
    return screen.page


def her_page(qtbot: QtBot, desk: Desk, operations: Operations, shell: Shell, planted: Planted) -> RightsPage:
    context = make_context(desk, operations, shell, FakeDialogs())
    return page_of(show(qtbot, context, shell, Target("listening", planted.her.person_id, action="her")))


def asked(page: RightsPage | RetentionPanel) -> bool:
    return page.asking.card is not None


def row_of(page: RightsPage, sealed_id: str) -> int:
    rows = [page.table.rows.row(number) for number in range(page.table.rows.rowCount())]
    return next(number for number, row in enumerate(rows) if row is not None and row.record.sealed_id == sealed_id)


def test_found_by_her_code_and_opened_in_its_form(
    qtbot: QtBot, responsable_desk: Desk, operations: Operations, shell: Shell
) -> None:
    planted = plant(responsable_desk)
    context = make_context(responsable_desk, operations, shell, FakeDialogs())
    screen = show(qtbot, context, shell, Target("listening", action="rights"))
    panel = screen.panel
    assert isinstance(panel, RightsPanel)
    panel.view.focus_field("code")
    type_text(focus(), "k7q-2mx")
    panel.save()
    settle(qtbot, operations)
    page = page_of(screen)
    assert "Zeinabou Koné" in said(page)
    assert plain(words.DANGER) in said(page)
    page.table.setCurrentIndex(page.table.rows.index(row_of(page, planted.talk), 0))
    press(page.table, Qt.Key.Key_Return)
    assert shell.opened[-1] == Target("listening", action=f"session/{planted.talk}")
    page.table.setCurrentIndex(page.table.rows.index(row_of(page, ""), 0))
    press(page.table, Qt.Key.Key_Return)
    assert shell.opened[-1] == Target("members", planted.her.person_id, action="file")


def test_a_code_that_nobody_has_is_said_beside_the_field(
    qtbot: QtBot, responsable_desk: Desk, operations: Operations, shell: Shell
) -> None:
    context = make_context(responsable_desk, operations, shell, FakeDialogs())
    panel = show(qtbot, context, shell, Target("listening", action="rights")).panel
    assert isinstance(panel, RightsPanel)
    panel.view.focus_field("code")
    type_text(focus(), CODE)
    panel.save()
    settle(qtbot, operations)
    assert plain(panel.view.error_of("code")) == "Personne n’a ce code. Vérifiez-le."


def test_an_agreement_is_taken_back_by_keyboard(
    qtbot: QtBot, responsable_desk: Desk, operations: Operations, shell: Shell
) -> None:
    planted = plant(responsable_desk)
    page = her_page(qtbot, responsable_desk, operations, shell, planted)
    buttons = [
        one for one in page.agreements.findChildren(QPushButton) if "statistiques, Incident" in one.accessibleName()
    ]
    assert len(buttons) == 1
    buttons[0].setFocus()
    press(buttons[0], Qt.Key.Key_Space)
    assert page.asking.card is not None
    assert "sort des chiffres" in said(page.asking.card)
    page.asking.card.view.field("how").set_value("signature")
    page.save()
    settle(qtbot, operations)
    assert ("Accord retiré.", "good") in shell.said
    found = her_rights_agreements.list_agreements(responsable_desk, planted.her)
    assert not next(one for one in found if one.what is Agreed.STATISTICS).in_force
    assert not asked(page)


def test_chosen_lines_then_everything_go_only_with_the_word_typed(
    qtbot: QtBot, responsable_desk: Desk, operations: Operations, shell: Shell
) -> None:
    planted = plant(responsable_desk)
    page = her_page(qtbot, responsable_desk, operations, shell, planted)
    page.table.clearSelection()
    page.erase_chosen()
    assert not asked(page)
    page.table.setCurrentIndex(page.table.rows.index(row_of(page, planted.talk), 0))
    assert page.chosen_ids() == (planted.talk,)
    page.erase_chosen()
    settle(qtbot, operations)
    type_text(focus(), "oui")
    page.save()
    settle(qtbot, operations)
    assert page.asking.card is not None
    assert plain(page.asking.card.view.error_of("typed")).startswith("Tapez EFFACER")
    assert page.escape()
    assert not page.escape()
    page.erase_chosen()
    settle(qtbot, operations)
    type_text(focus(), "effacer")
    page.save()
    settle(qtbot, operations)
    assert ("C’est effacé.", "good") in shell.said
    left = erasing.hers_of(responsable_desk, planted.her).own
    assert planted.talk not in left
    assert planted.coded in left
    page.erase_all()
    settle(qtbot, operations)
    type_text(focus(), "effacer")
    page.save()
    settle(qtbot, operations)
    assert erasing.hers_of(responsable_desk, planted.her).own == frozenset()
    assert not page.sealed_button.isVisibleTo(page)


def test_an_ecoutante_asks_and_the_responsable_finds_it(
    qtbot: QtBot, responsable_desk: Desk, listener: Desk, operations: Operations, shell: Shell
) -> None:
    planted = plant(responsable_desk)
    page = her_page(qtbot, listener, operations, shell, planted)
    assert not page.sealed_button.isVisibleTo(page)
    assert not page.file_button.isVisibleTo(page)
    page.table.clearSelection()
    page.ask_erasure()
    settle(qtbot, operations)
    page.save()
    settle(qtbot, operations)
    assert rights_todo.lines(listener) == ()
    with responsable_desk.read() as uow:
        compartment.opened(responsable_desk).load(uow)
    (line,) = [one for one in rights_todo.lines(responsable_desk) if one.pill == "Oubli"]
    assert plain(line.text) == "1 femme demande d’être oubliée"
    listener.close()


def test_the_papers_have_neutral_names_and_the_code_alone_has_one(
    qtbot: QtBot, responsable_desk: Desk, operations: Operations, shell: Shell
) -> None:
    planted = plant(responsable_desk)
    for sealed in (True, False):
        job = paper_job(responsable_desk, planted.her, sealed=sealed)
        assert (job.title, job.file_name) == (words.PAPER_TITLE, "papier.pdf")
        assert job.render(*job.args).startswith(b"%PDF")
    put(responsable_desk, talk_of(None, OLD, 9, code="ZZQ2MX"))
    context = make_context(responsable_desk, operations, shell, FakeDialogs())
    page = page_of(show(qtbot, context, shell, Target("listening", action="her/ZZQ2MX")))
    assert not page.base_button.isVisibleTo(page)
    assert not page.file_button.isVisibleTo(page)
    assert "code ZZQ-2MX" in said(page)


def test_the_year_s_lines_are_kept_or_erased_by_keyboard(
    qtbot: QtBot, responsable_desk: Desk, operations: Operations, shell: Shell
) -> None:
    put(responsable_desk, talk_of(None, OLD, 1, code=CODE), talk_of(None, OLD, 2, code="ZZQ2MX"))
    (line,) = [one for one in area.todo(responsable_desk) if one.pill == "À revoir"]
    assert plain(line.text) == "Durées de garde 2026 : 2 lignes à décider"
    context = make_context(responsable_desk, operations, shell, FakeDialogs())
    panel = show(qtbot, context, shell, line.target).panel
    assert isinstance(panel, RetentionPanel)
    assert plain(panel.counts.text()) == "Écoute : 2"
    panel.table.setFocus()
    panel.table.clearSelection()
    panel.keep()
    assert not asked(panel)
    panel.table.selectRow(0)
    panel.keep()
    settle(qtbot, operations)
    type_text(focus(), "Un procès dure.")
    panel.save()
    settle(qtbot, operations)
    assert len(retention.propose(responsable_desk).lines) == 1
    panel.table.selectRow(0)
    panel.erase()
    settle(qtbot, operations)
    assert panel.escape()
    panel.erase()
    settle(qtbot, operations)
    type_text(focus(), "effacer")
    panel.save()
    settle(qtbot, operations)
    assert retention.propose(responsable_desk).lines == ()
    assert panel.empty.isVisibleTo(panel)
    assert not panel.escape()


def test_nobody_is_chosen_yet(qtbot: QtBot, responsable_desk: Desk, operations: Operations, shell: Shell) -> None:
    context = make_context(responsable_desk, operations, shell, FakeDialogs())
    page = page_of(show(qtbot, context, shell, Target("listening", action="her/new")))
    assert focus() is page.choose_button
    press(page.choose_button, Qt.Key.Key_Space)
    assert shell.opened[-1] == Target("listening", action="rights")
