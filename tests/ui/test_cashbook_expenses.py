"""« Dépenses » by keyboard, on a real office."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path

import openpyxl
import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from antenne.base.clock import FixedClock
from antenne.domain import members
from antenne.domain.board import Target, Urgency
from antenne.domain.voucher_faces import VoucherKind
from antenne.services import expenses_reading, expenses_scans, projects
from antenne.services.desk import Desk
from antenne.services.expenses_reading import ExpenseList
from antenne.ui.cashbook import captures_expenses, expenses_board
from antenne.ui.cashbook.expenses_panel import ExpensesPanel
from antenne.ui.kit.area import Context
from antenne.ui.kit.operations import Operations
from antenne.ui.kit.preview import PreviewDialog
from tests.services import money
from tests.services.test_expenses import advance, justify, pay
from tests.services.test_projects import save as save_project
from tests.ui.helpers import FakeDialogs, press, type_text
from tests.ui.screen_help import Shell, make_context, settle


class Around(Shell):
    """The shell around the panel alone."""

    area = "cashbook"
    panel = "expenses"


@pytest.fixture
def shell() -> Shell:
    return Around()


@pytest.fixture
def dialogs(tmp_path: Path) -> FakeDialogs:
    return FakeDialogs(output=tmp_path / "printed.pdf")


@pytest.fixture
def context(desk: Desk, operations: Operations, shell: Shell, dialogs: FakeDialogs) -> Context:
    return make_context(desk, operations, shell, dialogs)


def show(qtbot: QtBot, context: Context, shell: Shell, action: str = "", target_id: int | None = None) -> ExpensesPanel:
    panel = ExpensesPanel(context)
    qtbot.addWidget(panel)
    shell.screens.append(panel)
    panel.resize(1118, 600)
    panel.show()
    panel.open(Target("cashbook", target_id, action=action))
    settle(qtbot, context.operations)
    return panel


def numbers(panel: ExpensesPanel) -> list[str]:
    rows = panel.table.rows
    return [row.name for place in range(rows.rowCount()) if (row := rows.row(place)) is not None]


def said(widget: QWidget) -> str:
    return "\n".join(one.text() for one in widget.findChildren(QLabel) if not one.isHidden())


def preview(panel: QWidget) -> PreviewDialog:
    return next(one for one in panel.findChildren(PreviewDialog) if one.isVisible())


def fill(panel: ExpensesPanel, **typed: str) -> None:
    """Type into the fields of the form in sight, one after the other."""
    assert panel.form is not None
    for key, text in typed.items():
        entry = panel.form.view.field(key).entry()
        entry.setFocus()
        type_text(entry, text)
        press(entry, Qt.Key.Key_Tab)


def test_an_expense_is_paid_by_keyboard_and_its_paper_is_shown(
    qtbot: QtBot, context: Context, shell: Shell, desk: Desk
) -> None:
    money.opened(desk, 100_000)
    panel = show(qtbot, context, shell)
    panel.new()
    settle(qtbot, context.operations)
    assert panel.form is not None
    fill(
        panel,
        beneficiary="Quincaillerie Traoré",
        purpose="Papier",
        amount="12500",
        account="6055",
        document="fact",
        document_ref="n° 112",
    )
    assert panel.form.effect.text() == "Douze mille cinq cents francs CFA"
    panel.save()
    settle(qtbot, context.operations)
    assert shell.said == [("Pièce D-2026-0001 enregistrée\u00a0: 12\u202f500\u00a0FCFA.", "good")]
    assert numbers(panel) == ["D-2026-0001"]
    assert panel.shown is not None
    assert "Facture, n° 112" in said(panel.shown)
    shown = preview(panel)
    shown.print_requested.emit()
    settle(qtbot, context.operations)
    assert expenses_reading.count_expenses(desk).to_print == 0
    assert panel.shown is not None
    assert panel.shown.print_button.text() == "Imprimer le duplicata 1…"


def test_what_does_not_fit_stands_beside_its_field(qtbot: QtBot, context: Context, shell: Shell, desk: Desk) -> None:
    money.opened(desk, 1_000)
    panel = show(qtbot, context, shell, "new")
    assert panel.form is not None
    view = panel.form.view
    panel.save()
    assert [view.error_of(key) != "" for key in ("beneficiary", "purpose", "amount", "account", "document")] == [
        True
    ] * 5
    fill(panel, beneficiary="Traoré", purpose="Papier", amount="-5", account="6055", document="facture")
    panel.save()
    assert view.error_of("amount").startswith("Un montant ne peut pas être négatif")
    view.field("amount").set_value(1_001)
    panel.save()
    settle(qtbot, context.operations)
    assert view.error_of("amount") == "Caisse\u00a0: il manque 1 FCFA pour sortir cette somme."
    assert view.answers()["beneficiary"] == "Traoré"
    assert expenses_reading.count_expenses(desk).to_print == 0


def test_a_line_that_would_be_exceeded_is_said_before(
    qtbot: QtBot, responsable_desk: Desk, operations: Operations, shell: Shell, dialogs: FakeDialogs
) -> None:
    context = make_context(responsable_desk, operations, shell, dialogs)
    save_project(responsable_desk)
    money.opened(responsable_desk, 100_000)
    panel = show(qtbot, context, shell, "new")
    form = panel.form
    assert form is not None
    fill(panel, beneficiary="Traoré", purpose="Papier", amount="20500", account="6055", document="facture")
    type_text(form.view.field("budget_line").entry(), "2.3")
    settle(qtbot, context.operations)
    assert form.budget.text().startswith("Attention, UNFPA 2026 — 2.3 Fournitures\u00a0: dépassée de 500")
    assert not form.budget.isHidden()
    panel.save()
    settle(qtbot, context.operations)
    assert numbers(panel) == ["D-2026-0001"]


def test_what_is_typed_is_offered_again(qtbot: QtBot, context: Context, shell: Shell) -> None:
    panel = show(qtbot, context, shell, "new")
    fill(panel, purpose="Papier", amount="500")
    assert panel.escape()
    settle(qtbot, context.operations)
    assert panel.form is None
    again = show(qtbot, context, shell, "new")
    assert again.form is not None
    assert "n’a pas été enregistré" in again.form.band.text
    again.form.band.acted.emit()
    assert again.form.view.answers()["amount"] == 500


def test_an_advance_is_justified_and_what_is_left_is_said(
    qtbot: QtBot, context: Context, shell: Shell, desk: Desk
) -> None:
    money.opened(desk, 100_000)
    given = advance(desk)
    panel = show(qtbot, context, shell, "advances")
    panel.table.setFocus()
    press(panel.table, Qt.Key.Key_Return)
    settle(qtbot, context.operations)
    assert panel.shown is not None
    assert "À justifier au plus tard le 08/12/2026" in said(panel.shown)
    panel.shown.justify_button.click()
    settle(qtbot, context.operations)
    form = panel.form
    assert form is not None
    row = {"purpose": "Car", "account": "618", "amount": 21_500, "document": "ticket"}
    form.view.field("lines").set_value((row,))
    form.view.field("completed").set_value(None)
    form.show_effect()
    assert "dépassent l’avance de 1\u202f500" in form.effect.text()
    panel.save()
    settle(qtbot, context.operations)
    assert "dépassent de 1500 FCFA" in form.view.error_of("completed").replace("\u202f", "")
    fill(panel, completed="1500")
    assert form.effect.text().endswith("L’avance sera soldée.")
    panel.save()
    settle(qtbot, context.operations)
    assert numbers(panel) == []
    with desk.read() as uow:
        found = uow.expenses.of_advance(given.id)
    assert [one.kind for one in found] == [VoucherKind.ADVANCE, VoucherKind.JUSTIFICATION]
    panel.open(Target("cashbook", given.id, action="advance"))
    settle(qtbot, context.operations)
    assert panel.form is None


def test_both_sides_of_a_transfer_are_said_before(qtbot: QtBot, context: Context, shell: Shell, desk: Desk) -> None:
    money.opened(desk, 100_000)
    panel = show(qtbot, context, shell, "transfer")
    assert panel.form is not None
    fill(panel, to_box="banque", amount="50000", fee="500")
    assert panel.form.effect.text() == (
        "Sort de Caisse\u00a0: 50\u202f500\u00a0FCFA · arrive à Banque\u00a0: 50\u202f000\u00a0FCFA"
        " · frais\u00a0: 500\u00a0FCFA"
    )
    panel.save()
    settle(qtbot, context.operations)
    assert panel.shown is not None
    assert "De Caisse vers Banque" in said(panel.shown)


def test_indemnities_make_one_paper_for_each_woman(qtbot: QtBot, context: Context, shell: Shell, desk: Desk) -> None:
    awa, fanta = money.member(desk, 1), money.member(desk, 2, first_name="Fanta")
    money.opened(desk, 100_000)
    panel = show(qtbot, context, shell, "indemnities")
    form = panel.form
    assert form is not None
    fill(panel, activity_on="20/11")
    form.view.field("lines").set_value(({"person_id": awa, "amount": 5_000}, {"person_id": fanta, "amount": 4_000}))
    form.show_effect()
    assert form.effect.text() == "2\u00a0pièces, 9\u202f000\u00a0FCFA en tout."
    panel.save()
    settle(qtbot, context.operations)
    assert shell.said[-1][0] == "2\u00a0pièces enregistrées, D-2026-0001 à D-2026-0002."
    qtbot.waitUntil(lambda: bool(preview(panel).findChildren(QLabel)))
    assert sorted(numbers(panel)) == ["D-2026-0001", "D-2026-0002"]


def test_a_voucher_is_cancelled_with_a_reason(qtbot: QtBot, context: Context, shell: Shell, desk: Desk) -> None:
    money.opened(desk, 100_000)
    made = pay(desk)
    panel = show(qtbot, context, shell, "", made.id)
    card = panel.shown
    assert card is not None
    card.begin_cancel()
    assert "reviennent dans «\u00a0Caisse\u00a0»" in said(card.cancel_form)
    card.cancel_form.cancel_button.click()
    settle(qtbot, context.operations)
    assert card.cancel_form.error.text() == "Écrivez le motif de l’annulation."
    type_text(card.cancel_form.reason, "mauvais compte")
    card.cancel_form.cancel_button.click()
    settle(qtbot, context.operations)
    assert panel.shown is not None
    assert "Annulée le 23/11/2026\u00a0: mauvais compte" in said(panel.shown)
    assert panel.shown.cancel_button.parent() is None
    assert panel.escape()
    assert panel.shown is None


def test_the_picture_of_a_document_is_kept_and_shown(
    qtbot: QtBot, context: Context, shell: Shell, desk: Desk, dialogs: FakeDialogs, tmp_path: Path
) -> None:
    money.opened(desk, 100_000)
    made = pay(desk)
    dialogs.path = tmp_path / "facture.png"
    Image.new("RGB", (800, 1000), "white").save(dialogs.path)
    panel = show(qtbot, context, shell, "", made.id)
    assert panel.shown is not None
    panel.shown.document.add()
    settle(qtbot, context.operations)
    kept = expenses_scans.find_scan(desk, made.id)
    assert kept is not None
    assert Image.open(io.BytesIO(kept)).size == (800, 1000)
    assert panel.shown is not None
    panel.shown.document.view_button.click()
    settle(qtbot, context.operations)
    assert not panel.shown.document.picture.isHidden()
    dialogs.path.write_bytes(b"bonjour")
    panel.shown.document.add()
    settle(qtbot, context.operations)
    assert "ni une image ni un PDF" in panel.shown.document.said.text()


def test_a_picture_goes_with_a_new_expense(
    qtbot: QtBot, context: Context, shell: Shell, desk: Desk, dialogs: FakeDialogs, tmp_path: Path
) -> None:
    from antenne.ui.cashbook.expenses_pages import ExpenseForm

    money.opened(desk, 100_000)
    dialogs.path = tmp_path / "recu.jpg"
    Image.new("RGB", (400, 500), "white").save(dialogs.path)
    panel = show(qtbot, context, shell, "new")
    assert isinstance(panel.form, ExpenseForm)
    panel.form.choose_scan()
    settle(qtbot, context.operations)
    assert panel.form.scan_words.text().startswith("Image prête")
    fill(panel, beneficiary="Traoré", purpose="Papier", amount="500", account="6055", document="reçu")
    panel.save()
    settle(qtbot, context.operations)
    assert expenses_scans.find_scan(desk, 1) is not None


def test_the_list_is_searched_and_exported(
    qtbot: QtBot, responsable_desk: Desk, operations: Operations, shell: Shell, dialogs: FakeDialogs, tmp_path: Path
) -> None:
    desk, context = responsable_desk, make_context(responsable_desk, operations, shell, dialogs)
    money.opened(desk, 100_000)
    pay(desk)
    pay(desk, purpose="Taxi", amount=1_500)
    panel = show(qtbot, context, shell)
    type_text(panel.search, "taxi")
    qtbot.wait(100)
    settle(qtbot, context.operations)
    assert numbers(panel) == ["D-2026-0002"]
    dialogs.path = tmp_path / "liste.xlsx"
    panel.export()
    settle(qtbot, context.operations)
    cells = list(openpyxl.load_workbook(dialogs.path).worksheets[0].values)
    assert [row[0] for row in cells[1:]] == ["D-2026-0002"]
    assert panel.escape()
    qtbot.wait(100)
    settle(qtbot, context.operations)
    assert len(numbers(panel)) == 2
    panel.tabs.setCurrentIndex(list(ExpenseList).index(ExpenseList.CANCELLED))
    settle(qtbot, context.operations)
    assert "Aucune pièce annulée" in said(panel)


def test_everything_that_waits_is_printed_at_once(qtbot: QtBot, context: Context, shell: Shell, desk: Desk) -> None:
    money.opened(desk, 100_000)
    for amount in (100, 200, 300):
        pay(desk, amount=amount)
    panel = show(qtbot, context, shell, "to_print")
    panel.print_()
    settle(qtbot, context.operations)
    preview(panel).print_requested.emit()
    settle(qtbot, context.operations)
    assert numbers(panel) == []
    assert "Rien à imprimer" in said(panel)


def test_a_project_is_written_by_the_responsable_and_its_budget_exported(
    qtbot: QtBot, responsable_desk: Desk, operations: Operations, shell: Shell, dialogs: FakeDialogs, tmp_path: Path
) -> None:
    desk, context = responsable_desk, make_context(responsable_desk, operations, shell, dialogs)
    panel = show(qtbot, context, shell, "projects")
    page = panel._projects
    assert page is not None
    assert "Aucun projet" in said(page)
    panel.new()
    settle(qtbot, context.operations)
    page.form.view.set_answers(
        {
            "code": "ATLAS", "name": "Prévention", "donor": "Fonds mondial", "starts_on": dt.date(2026, 1, 1),
            "ends_on": dt.date(2025, 1, 1), "lines": ({"code": "1", "label": "Divers", "amount": 10_000},),
        }
    )  # fmt: skip
    panel.save()
    settle(qtbot, context.operations)
    assert page.form.view.error_of("ends_on") != ""
    page.form.view.field("ends_on").set_value(dt.date(2026, 12, 31))
    panel.save()
    settle(qtbot, context.operations)
    assert [one.project.code for one in projects.list_projects(desk)] == ["ATLAS"]
    assert page.heading.text() == "Prévention"
    assert page.rows.rowCount() == 2
    dialogs.path = tmp_path / "budget.xlsx"
    page.export()
    settle(qtbot, context.operations)
    cells = list(openpyxl.load_workbook(dialogs.path).worksheets[0].values)
    assert [row[:3] for row in cells[1:]] == [("ATLAS", "1", "Divers"), ("ATLAS", None, "Total")]
    page.edit()
    settle(qtbot, context.operations)
    assert panel.escape()
    assert panel.escape()
    assert panel.stack.currentIndex() == 0


def test_who_may_not_change_the_accounts_only_reads_budgets(
    qtbot: QtBot, context: Context, shell: Shell, responsable_desk: Desk
) -> None:
    save_project(responsable_desk)
    panel = show(qtbot, context, shell, "projects")
    page = panel._projects
    assert page is not None
    assert page.use is not None
    assert page.edit_button.isHidden()
    page.new()
    page.edit()
    assert page.stack.currentWidget() is not page.form


def test_the_blank_sheet_comes_from_the_same_form(qtbot: QtBot, context: Context, shell: Shell) -> None:
    panel = show(qtbot, context, shell, "new")
    assert panel.form is not None
    sheet = next(one for one in panel.form.findChildren(QPushButton) if one.text() == "Feuille vierge…")
    sheet.click()
    settle(qtbot, context.operations)
    assert "Feuille vierge\u00a0: Pièce de dépense" in said(preview(panel.form))


def test_home_and_month_end_hear_of_late_advances(desk: Desk, clock: FixedClock) -> None:
    day = money.opened(desk, 100_000)
    for due in (dt.date(2026, 11, 24), dt.date(2026, 12, 20)):
        advance(desk, 1_000, justify_by=due)
    lines = expenses_board.todo_advances(desk)
    assert [(line.urgency, line.who) for line in lines] == [
        (Urgency.SOON, "Moussa D."),
        (Urgency.NONE, "Moussa D."),
        (Urgency.NONE, ""),
    ]
    assert lines[0].target == Target("cashbook", 1, "lines", "expenses/advance")
    assert lines[2].text == "2\u00a0pièces de dépense à imprimer"
    november = expenses_board.month_end_advances(desk, dt.date(2026, 11, 1))
    assert (november.done, november.blocks) == (False, False)
    assert november.text == "1\u00a0avance n’est pas justifiée à sa date"
    assert expenses_board.month_end_advances(desk, dt.date(2026, 10, 1)).done
    money.closed(desk, day, 98_000)
    clock.advance(dt.timedelta(days=3))
    assert expenses_board.todo_advances(desk)[0].urgency is Urgency.LATE
    money.opened(desk, 98_000)
    for _ in range(7):
        advance(desk, 100)
    assert any(
        "autres avances" in line.text or "autre avance" in line.text for line in expenses_board.todo_advances(desk)
    )


def test_a_voucher_is_found_by_its_number_from_anywhere(desk: Desk) -> None:
    money.opened(desk, 100_000)
    made = pay(desk)
    (hit,) = expenses_board.search_vouchers(desk, "d-2026-1", 5)
    assert (hit.title, hit.target) == ("Pièce D-2026-0001", Target("cashbook", made.id, action="expenses"))
    assert expenses_board.search_vouchers(desk, "Traoré", 5) == ()


def test_every_place_of_the_captures_opens(qtbot: QtBot, context: Context, shell: Shell, desk: Desk) -> None:
    money.opened(desk, 100_000)
    with desk.read() as uow:
        desk.persons.put_all(members.indexed(one) for one in uow.persons.many((money.member(desk),)))
    pay(desk)
    justify(desk, advance(desk), (1_000,))
    panel = show(qtbot, context, shell)
    for capture in captures_expenses.CAPTURES:
        shell.open(capture.find(desk))
        settle(qtbot, context.operations)
        if capture.prepare is not None:
            capture.prepare(panel)
            settle(qtbot, context.operations)
    assert not shell.said
    for paper in captures_expenses.PAPERS:
        assert paper.render(desk).startswith(b"%PDF")
    QApplication.processEvents()
