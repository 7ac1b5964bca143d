"""What the caisse offers to the shell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from antenne.domain import receipts as rules
from antenne.domain.board import Action, MonthLine, SearchHit, Target, Tile, TodoLine, Urgency
from antenne.domain.rights import Right
from antenne.domain.scans import Scan
from antenne.services import cash_days, drafts, receipts_reading
from antenne.services.cashbook_source import SOURCE
from antenne.services.dues_reading import DUES_CHECKS
from antenne.services.expenses_checks import CHECKS as EXPENSE_CHECKS
from antenne.services.money_checks import MONEY
from antenne.services.paper_checks import PAPERS
from antenne.services.receipts_reading import ReceiptRow
from antenne.ui.cashbook import (
    accounts_offers,
    captures_accounts,
    captures_collect,
    captures_day,
    captures_dues,
    captures_expenses,
    captures_receipts,
    day_offers,
    dues_board,
    expenses_board,
)
from antenne.ui.cashbook.person_card import person_card
from antenne.ui.cashbook.receipts_words import row_state
from antenne.ui.cashbook.screen import KEY, RIGHTS, CashbookScreen
from antenne.ui.kit.area import Area, NavEntry
from antenne.wording import formats

if TYPE_CHECKING:
    from antenne.services.desk import Desk

_NAMED = 2
"""Receipts to print that are named one by one."""


def search(desk: Desk, text: str, limit: int) -> tuple[SearchHit, ...]:
    """A receipt, by its number or its control code; a voucher, by its number."""
    found = tuple(_hit(row) for row in receipts_reading.find_receipts(desk, text, limit))
    return (*found, *expenses_board.search_vouchers(desk, text, limit - len(found)))


def _hit(row: ReceiptRow) -> SearchHit:
    pill, tone = row_state(row)
    return SearchHit(
        title=f"Reçu {row.name}",
        subtitle=" · ".join(part for part in (formats.day(row.day), row.who, formats.amount(row.total)) if part),
        target=Target(KEY, row.id, action="receipts"),
        pill=pill,
        tone=tone,
    )


def todo(desk: Desk) -> tuple[TodoLine, ...]:
    """The day, what is to print, change to give back, a basket that was not saved."""
    desk.require(Right.CASH_IN)
    own = (*_day_lines(desk), *_draft_lines(desk), *_receipt_lines(desk))
    advances = expenses_board.todo_advances(desk) if desk.may(Right.CASH_OUT) else ()
    return (*own, *day_offers.todo(desk), *dues_board.todo_dues(desk), *advances)


def _day_lines(desk: Desk) -> tuple[TodoLine, ...]:
    state = cash_days.cash_state(desk)
    day = state.cash.day
    if day is not None and state.is_late:
        return (
            TodoLine(
                text=f"Caisse du {formats.day(day.day)} à clôturer",
                due=day.day,
                urgency=Urgency.LATE,
                pill="Clôturer",
                target=Target(KEY, action="day/close"),
            ),
        )
    if day is None or (not day.is_open and day.day < state.today):
        target = Target(KEY, action="day")
        return (TodoLine(text="Caisse du jour à ouvrir", due=state.today, urgency=Urgency.SOON, target=target),)
    return ()


def _draft_lines(desk: Desk) -> tuple[TodoLine, ...]:
    return tuple(
        TodoLine(
            text=f"Panier du {formats.moment(draft.saved_at)} à reprendre",
            pill="Brouillon",
            target=Target(KEY, action="collect"),
        )
        for draft in drafts.list_drafts(desk)
        if draft.form == "basket"
    )


def _receipt_lines(desk: Desk) -> tuple[TodoLine, ...]:
    counts, lines = receipts_reading.count_receipts(desk), []
    if counts.to_print:
        more = "…" if len(counts.to_print) > _NAMED else ""
        lines.append(
            TodoLine(
                text=f"{formats.plural(len(counts.to_print), 'reçu', 'reçus')} à imprimer",
                due=desk.today,
                who=", ".join(counts.to_print[:_NAMED]) + more,
                target=Target(KEY, action="receipts/to_print"),
            )
        )
    if counts.change_persons:
        several = len(counts.change_persons) > 1
        target = Target(KEY, action="receipts/change") if several else Target("members", counts.change_persons[0])
        women = formats.plural(len(counts.change_persons), "femme", "femmes")
        lines.append(TodoLine(text=f"Monnaie due à {women}", pill="À rendre", target=target))
    return tuple(lines)


def month(desk: Desk) -> tuple[MonthLine, ...]:
    """« Reçus donnés »."""
    counts = receipts_reading.count_receipts(desk)
    target = Target(KEY, action="receipts")
    return (MonthLine(label="Reçus donnés", this_month=counts.month, this_year=counts.year, target=target),)


def tiles(desk: Desk) -> tuple[Tile, ...]:
    """What must lie in the caisse; a balance, hidden until Ctrl+B."""
    state = cash_days.cash_state(desk)
    given = receipts_reading.count_receipts(desk).today
    said = "ouverte" if state.cash.is_open else "pas ouverte"
    return (
        Tile(
            label="Caisse du jour",
            figure=formats.number(state.cash.balance if state.cash.is_open else state.expected),
            note=f"{said} · {formats.plural(given, 'reçu', 'reçus')} aujourd’hui",
            hidden=True,
            target=Target(KEY),
        ),
    )


def scan(desk: Desk, read: Scan) -> Target | None:
    """The verdict on a receipt's code."""
    if rules.read_number(read.number) is None or not receipts_reading.may_read(desk):
        return None
    return Target(KEY, field=f"{read.number} {read.control}".strip(), action="receipts/verify")


AREA = Area(
    key=KEY,
    nav=NavEntry("Caisse du jour", "F10", "cash", rights=RIGHTS),
    factory=CashbookScreen,
    search=search,
    search_title="Reçus",
    todo=todo,
    month=month,
    tiles=tiles,
    scan=scan,
    actions=(
        Action(
            label="Encaisser",
            target=Target(KEY, action="collect"),
            words=("reçu", "payer", "cotisation", "caisse", "panier"),
            right=Right.CASH_IN,
            on_home=True,
            primary=True,
        ),
        Action(
            label="Saisir un reçu du carnet",
            target=Target(KEY, action="collect/book"),
            words=("coupure", "manuel", "souche", "main"),
            right=Right.CASH_IN,
        ),
        Action(
            label="Reçus à imprimer",
            target=Target(KEY, action="receipts/to_print"),
            words=("imprimante", "original", "duplicata"),
            right=Right.CASH_IN,
        ),
        Action(
            label="Vérifier un reçu",
            target=Target(KEY, action="receipts/verify"),
            words=("code", "contrôle", "authentique", "faux"),
            right=Right.ACCOUNTS_READ,
        ),
        *day_offers.ACTIONS,
        *dues_board.ACTIONS,
        *expenses_board.ACTIONS,
        *accounts_offers.ACTIONS,
    ),
    person_card=person_card,
    begin=day_offers.begin,
    basket=SOURCE,
    month_end=(*day_offers.MONTH_ENDS, *dues_board.MONTH_END, *expenses_board.MONTH_END),
    captures=(
        *captures_day.CAPTURES,
        *captures_collect.CAPTURES,
        *captures_receipts.CAPTURES,
        *captures_dues.CAPTURES,
        *captures_expenses.CAPTURES,
        *captures_accounts.CAPTURES,
    ),
    papers=(*captures_receipts.PAPERS, *captures_day.PAPERS, *captures_expenses.PAPERS, *captures_accounts.PAPERS),
    checks=(*MONEY, *day_offers.CHECKS, *DUES_CHECKS, *EXPENSE_CHECKS, *PAPERS),
)
