"""The panel « Cotisations », by keyboard, on a real office."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from antenne.domain.basket import BasketLine
from antenne.domain.board import Target
from antenne.domain.dues import DueKind, Standing, YearPlan
from antenne.services import dues, dues_keeping, dues_reading
from antenne.services.desk import Desk
from antenne.services.dues_keeping import PrepareYear
from antenne.services.dues_reading import DuesFilter
from antenne.services.receipts import Collect, collect
from antenne.ui.cashbook import captures_dues, dues_board
from antenne.ui.cashbook.dues_forms import CancelCard, EndExemptionCard, ExemptCard, SubscribeCard, UnsubscribeCard
from antenne.ui.cashbook.dues_panel import DuesPanel
from antenne.ui.cashbook.dues_woman import WomanCard
from antenne.ui.cashbook.dues_year import YearCard, plan_words
from antenne.ui.kit.area import Context, Screen
from antenne.ui.kit.operations import Operations
from tests.services.money import member, opened, request
from tests.ui.helpers import FakeDialogs, press, type_text
from tests.ui.screen_help import Shell, make_context, settle


@pytest.fixture
def shell() -> Shell:
    return Shell()


@pytest.fixture
def dialogs(tmp_path: Path) -> FakeDialogs:
    return FakeDialogs(path=tmp_path / "liste.xlsx")


@pytest.fixture
def context(desk: Desk, operations: Operations, shell: Shell, dialogs: FakeDialogs) -> Context:
    return make_context(desk, operations, shell, dialogs)


@pytest.fixture
def women(desk: Desk) -> tuple[int, int]:
    """Two members with the dues of 2026; the second has paid all hers."""
    opened(desk)
    first, second = member(desk, 1, "Koné", "Awa"), member(desk, 2, "Diallo", "Fanta")
    with desk.read() as uow:
        desk.persons.replace(uow.persons.index_rows())
    dues_keeping.prepare_year(desk, PrepareYear(request_id=request(), year=2026))
    lines = (
        BasketLine(kind="joining", person_id=second, amount=1000),
        BasketLine(kind="membership", person_id=second, amount=1000),
    )
    collect(desk, Collect(request_id=request(), lines=lines), (dues.SOURCE,))
    return first, second


def show(qtbot: QtBot, context: Context, shell: Shell, target: Target) -> DuesPanel:
    panel = DuesPanel(context)
    qtbot.addWidget(panel)
    shell.screens.append(panel)
    panel.resize(1118, 640)
    panel.show()
    panel.open(target)
    settle(qtbot, context.operations)
    return panel


def names(panel: DuesPanel) -> list[str]:
    rows = panel.table.rows
    return [record.last_name for number in range(rows.rowCount()) if (record := rows.row(number)) is not None]


def words(widget: QWidget) -> str:
    return " ".join(made.text() for made in widget.findChildren(QLabel) if not made.isHidden()).replace("\xa0", " ")


def click(widget: QWidget, text: str) -> None:
    """Entrée on a button."""
    made = next(one for one in widget.findChildren(QPushButton) if one.text() == text and not one.isHidden())
    press(made, Qt.Key.Key_Return)


def woman(panel: DuesPanel) -> WomanCard:
    card = panel.side
    assert isinstance(card, WomanCard)
    return card


def open_form(qtbot: QtBot, context: Context, panel: DuesPanel, text: str) -> None:
    click(woman(panel), text)
    settle(qtbot, context.operations)


def test_late_women_and_enter_collects(qtbot: QtBot, context: Context, shell: Shell, women: tuple[int, int]) -> None:
    panel = show(qtbot, context, shell, Target("cashbook", action="late"))
    assert names(panel) == ["Koné"]
    assert panel.tabs.tabText(0) == "En retard (1)"
    assert panel.title.subtitle.text().replace("\xa0", " ").replace("\u202f", " ") == "1 en retard : 2 000 FCFA"
    panel.table.setCurrentIndex(panel.table.rows.index(0, 0))
    settle(qtbot, context.operations)
    assert "KONÉ Awa · M-00001" in words(woman(panel))
    press(panel.table, Qt.Key.Key_Return)
    assert shell.opened[-1] == Target("cashbook", women[0], action="collect")
    assert panel.escape()
    assert panel.side is None
    assert not panel.escape()


def test_filters_search_and_empty_lists(qtbot: QtBot, context: Context, shell: Shell, women: tuple[int, int]) -> None:
    panel = show(qtbot, context, shell, Target("cashbook", action="all"))
    assert names(panel) == ["Diallo", "Koné"]
    type_text(panel.search, "kone")
    qtbot.wait(100)
    settle(qtbot, context.operations)
    assert names(panel) == ["Koné"]
    panel.search.clear()
    panel.kind.setCurrentIndex(panel.kind.findData(DueKind.INSURANCE))
    panel.tabs.setCurrentIndex(0)
    settle(qtbot, context.operations)
    assert names(panel) == []
    assert "Aucun retard" in words(panel)
    panel.year.setCurrentText("2026")
    panel.kind.setCurrentIndex(0)
    settle(qtbot, context.operations)
    assert panel.asked == DuesFilter(standing=Standing.LATE, year=2026)
    assert names(panel) == ["Koné"]


def test_her_receipts_and_what_a_sum_pays(qtbot: QtBot, context: Context, shell: Shell, women: tuple[int, int]) -> None:
    panel = show(qtbot, context, shell, Target("cashbook", women[1], action="all"))
    card = woman(panel)
    assert card.pill.text() == "À jour"
    card.table.setCurrentIndex(card.table.rows.index(0, 0))
    (made,) = [one for one in card.findChildren(QPushButton) if one.text().startswith("Reçu ")]
    press(made, Qt.Key.Key_Return)
    assert shell.opened[-1].action == "receipts"
    assert not card.cancel_button.isEnabled(), "it is paid"
    panel.show_side(WomanCard(context, women[0]))
    settle(qtbot, context.operations)
    card = woman(panel)
    type_text(card.sum, "1500")
    qtbot.wait(260)
    settle(qtbot, context.operations)
    said = card.spread.text().replace("\u202f", " ")
    assert said == "Droit d’adhésion 1 000 · Cotisation 2026 500."
    type_text(card.sum, ",5")
    qtbot.wait(260)
    assert "FCFA" in card.spread.text() or "entier" in card.spread.text()


def test_exempt_and_end_by_keyboard(
    qtbot: QtBot, context: Context, shell: Shell, desk: Desk, women: tuple[int, int]
) -> None:
    panel = show(qtbot, context, shell, Target("cashbook", women[0], action="late"))
    open_form(qtbot, context, panel, "Exempter…")
    form = panel.side
    assert isinstance(form, ExemptCard)
    press(form.save_button, Qt.Key.Key_Return)
    assert form.form.error_of("reason"), "the reason is asked for beside its field"
    form.form.set_answers({"kind": "membership", "reason": "malade", "since": dt.date(2025, 1, 1)})
    press(form.save_button, Qt.Key.Key_Return)
    settle(qtbot, context.operations)
    assert "05/01/2026" in form.form.error_of("since")
    form.form.set_answers({"kind": "membership", "reason": "malade", "since": dt.date(2026, 1, 5)})
    press(form.save_button, Qt.Key.Key_Return)
    settle(qtbot, context.operations)
    assert shell.said[-1] == ("Elle est exemptée.", "good")
    card = woman(panel)
    assert "malade" in words(card)
    assert [due.left for due in dues_reading.person_dues(desk, women[0]).dues] == [1000, 0]
    open_form(qtbot, context, panel, "Fin d’exemption…")
    ending = panel.side
    assert isinstance(ending, EndExemptionCard)
    ending.form.set_answers({"kind": "membership", "reason": "erreur", "until": dt.date(2026, 1, 4)})
    press(ending.save_button, Qt.Key.Key_Return)
    settle(qtbot, context.operations)
    assert [due.left for due in dues_reading.person_dues(desk, women[0]).dues] == [1000, 1000]


def test_insurance_from_beginning_to_end(
    qtbot: QtBot, context: Context, shell: Shell, desk: Desk, women: tuple[int, int]
) -> None:
    panel = show(qtbot, context, shell, Target("cashbook", women[0], action="late"))
    open_form(qtbot, context, panel, "Assurance…")
    form = panel.side
    assert isinstance(form, SubscribeCard)
    panel.save()
    settle(qtbot, context.operations)
    assert "Assurance depuis le 01/11/2026" in words(woman(panel))
    open_form(qtbot, context, panel, "Fin d’assurance…")
    ending = panel.side
    assert isinstance(ending, UnsubscribeCard)
    press(ending.save_button, Qt.Key.Key_Return)
    settle(qtbot, context.operations)
    months = [due for due in dues_reading.person_dues(desk, women[0]).dues if due.kind is DueKind.INSURANCE]
    assert [(due.period.start.month, due.left) for due in months] == [(12, 0), (11, 550)]


def test_cancel_a_line(qtbot: QtBot, context: Context, shell: Shell, desk: Desk, women: tuple[int, int]) -> None:
    panel = show(qtbot, context, shell, Target("cashbook", women[0], action="late"))
    card = woman(panel)
    card.table.setCurrentIndex(card.table.rows.index(0, 0))
    press(card.cancel_button, Qt.Key.Key_Return)
    settle(qtbot, context.operations)
    form = panel.side
    assert isinstance(form, CancelCard)
    form.form.set_answers({"reason": "payée avant"})
    press(form.save_button, Qt.Key.Key_Return)
    settle(qtbot, context.operations)
    assert [due.left for due in dues_reading.person_dues(desk, women[0]).dues].count(0) == 1
    card = woman(panel)
    cancelled = next(number for number in range(2) if card.model.row(number).cancelled_on is not None)  # type: ignore[union-attr]  # a row is there
    card.table.setCurrentIndex(card.table.rows.index(cancelled, 0))
    settle(qtbot, context.operations)
    assert "Motif : payée avant" in words(card)


def test_prepare_the_year_with_its_preview(
    qtbot: QtBot, context: Context, shell: Shell, women: tuple[int, int]
) -> None:
    panel = show(qtbot, context, shell, Target("cashbook", action="prepare"))
    card = panel.side
    assert isinstance(card, YearCard)
    assert card.year.currentText() == "2026", "until December the present year is proposed"
    assert "Rien à préparer pour 2026" in card.plan.text()
    assert not card.prepare_button.isEnabled()
    card.year.setCurrentText("2027")
    settle(qtbot, context.operations)
    assert card.plan.text().replace("\xa0", " ").replace("\u202f", " ").startswith("2 femmes, 2 lignes, 2 000 FCFA")
    press(card.prepare_button, Qt.Key.Key_Return)
    settle(qtbot, context.operations)
    assert shell.said[-1][0].replace("\xa0", " ") == "2027 : 2 lignes préparées."
    assert not isinstance(panel.side, YearCard)


def test_the_list_leaves_as_a_workbook(
    qtbot: QtBot, context: Context, shell: Shell, dialogs: FakeDialogs, women: tuple[int, int]
) -> None:
    panel = show(qtbot, context, shell, Target("cashbook", action="all"))
    click(panel, "Exporter en Excel…")
    settle(qtbot, context.operations)
    assert dialogs.path is not None
    assert dialogs.path.exists()
    assert shell.said[-1][0].replace("\xa0", " ") == "2 lignes exportées."


def test_the_home_page_and_the_end_of_the_month(desk: Desk, women: tuple[int, int]) -> None:
    (late,) = dues_board.todo_dues(desk)
    assert late.text.replace("\xa0", " ").replace("\u202f", " ") == "1 femme en retard de cotisation : 2 000 FCFA"
    assert late.target == Target("cashbook", action="dues/late")
    assert [line(desk, desk.today).done for line in dues_board.MONTH_END] == [True, False]
    third = member(desk, 3)
    with desk.write() as uow:
        uow.audit.add(desk.clock.now(), desk.actor.user_id, "person.saved", "person", third)
        uow.commit()
    assert "Cotisations 2026 à préparer" in dues_board.todo_dues(desk)[1].text
    assert [line(desk, desk.today).done for line in dues_board.MONTH_END] == [False, False]


def test_nothing_late_is_said(desk: Desk) -> None:
    assert dues_board.todo_dues(desk) == ()
    assert [line(desk, desk.today).done for line in dues_board.MONTH_END] == [True, True]


def test_the_words_of_a_plan() -> None:
    plan = YearPlan(year=2027, women=0, dues=0, amount=0, exempt=3, already=12)
    said = plan_words(plan).replace("\xa0", " ")
    assert said == "Rien à préparer pour 2027. Déjà prêtes : 12. Exemptées, laissées de côté : 3."


class Around(Screen):
    """The caisse, as far as a capture looks into it."""

    def __init__(self, panel: DuesPanel) -> None:
        super().__init__()
        self._panel = panel

    def findChildren(self, kind: type) -> list[DuesPanel]:  # type: ignore[override]  # one panel is all it holds
        return [self._panel] if kind is DuesPanel else []


def test_every_capture_finds_its_place(
    qtbot: QtBot, context: Context, shell: Shell, desk: Desk, women: tuple[int, int]
) -> None:
    for capture in captures_dues.CAPTURES:
        found = capture.find(desk)
        assert found.action.startswith("dues/")
        panel = show(qtbot, context, shell, Target("cashbook", found.id, action=found.action.partition("/")[2]))
        if capture.prepare is not None:
            capture.prepare(Around(panel))
            settle(qtbot, context.operations)
            assert isinstance(panel.side, ExemptCard)
