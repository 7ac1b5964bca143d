"""What the screens ask about money out: the list, one voucher, open advances, what the forms offer."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from enum import Enum
from typing import Any

from antenne.domain import dates
from antenne.domain.accounts import AccountKind
from antenne.domain.audit import HistoryLine
from antenne.domain.expenses import Advance, Expense, read_voucher_number
from antenne.domain.forms.model import Option
from antenne.domain.ledger import Entry
from antenne.domain.voucher_faces import VoucherKind, voucher_number
from antenne.services.desk import Desk
from antenne.services.expenses import SUBJECT, known_expense
from antenne.services.expenses_printing import Names, document, who
from antenne.services.paper_lists import PaperQuery, PaperSql, read_page
from antenne.services.projects import offered_lines, require_reading


class ExpenseList(Enum):
    """The lists of the screen."""

    ALL = "all"
    TO_PRINT = "to_print"
    ADVANCES = "advances"
    TRANSFERS = "transfers"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpenseQuery(PaperQuery):
    """What a list is asked.

    Attributes:
        typed: A number, a day (« 23/11 », « hier »), an amount, or words of a name or of the purpose.
        sort: ``number``, ``day``, ``who``, ``purpose``, ``account``, ``amount``, ``due``; empty for the order of entry.
    """

    which: ExpenseList = ExpenseList.ALL


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpenseRow:
    """One line of the list.

    Attributes:
        name: « D-2026-0001 ».
        who: « KONÉ Awa », a free name, the two boxes of a transfer.
        left: What is left to justify of an advance, in FCFA; 0 for anything else.
        justify_by: Its last day, or None.
    """

    id: int
    name: str
    kind: VoucherKind
    day: dt.date
    who: str
    purpose: str
    account: str
    amount: int
    box: str
    printed: bool
    cancelled_on: dt.date | None
    left: int
    justify_by: dt.date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpensePage:
    """One voucher with everything about it.

    Attributes:
        who: « KONÉ Awa », a free name, or empty.
        box: Label of the box; ``to_box`` of the one that receives a transfer, or empty.
        account: « 6055 Fournitures de bureau ».
        budget_line: « UNFPA 2026 — 2.3 Fournitures », or empty.
        document: « Facture, n° 112 », or empty.
        advance: Of an advance: what has become of it; else None.
        of_advance: Number of the advance it belongs to, or empty.
        followers: What justifies, gives back or completes this advance.
        entry: What it wrote, and ``reversal`` what took it back; ``accounts`` names their accounts by id.
        has_scan: A picture of the document is kept.
        history: The newest first.
    """

    expense: Expense
    who: str
    box: str
    to_box: str
    account: str
    budget_line: str
    document: str
    advance: Advance | None
    of_advance: str
    followers: tuple[Expense, ...]
    entry: Entry
    reversal: Entry | None
    accounts: dict[int, str]
    has_scan: bool
    history: tuple[HistoryLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """What the forms offer today, by the name of their lists: boxes, expense accounts, budget lines."""

    boxes: tuple[Option, ...]
    accounts: tuple[Option, ...]
    lines: tuple[Option, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpenseCounts:
    """Figures of the tabs and of the home page."""

    to_print: int
    advances: tuple[Advance, ...]
    names: tuple[str, ...]


_LEFT = (
    "CASE WHEN x.kind = 'advance' AND x.advance_id IS NULL AND x.cancelled_on IS NULL THEN x.amount"
    " + coalesce((SELECT sum(CASE f.kind WHEN 'advance' THEN f.amount ELSE -f.amount END) FROM expense f"
    " WHERE f.advance_id = x.id AND f.cancelled_on IS NULL), 0) ELSE 0 END"
)
_FROM = (
    " FROM expense x JOIN box b ON b.id = x.box_id JOIN account a ON a.id = x.account_id"
    " LEFT JOIN box t ON t.id = x.to_box_id LEFT JOIN person p ON p.id = x.person_id WHERE "
)
_COLUMNS = (
    "SELECT x.id, x.year, x.number, x.kind, x.day, p.last_name, p.first_name, p.number, x.beneficiary, x.purpose,"
    f" a.code, x.amount, b.label, t.label, x.printed_at IS NOT NULL, x.cancelled_on, {_LEFT}, x.justify_by"
)
_WHICH = {
    ExpenseList.ALL: "1",
    ExpenseList.TO_PRINT: "x.printed_at IS NULL AND x.cancelled_on IS NULL",
    ExpenseList.ADVANCES: f"x.kind = 'advance' AND x.advance_id IS NULL AND {_LEFT} > 0",
    ExpenseList.TRANSFERS: "x.kind = 'transfer'",
    ExpenseList.CANCELLED: "x.cancelled_on IS NOT NULL",
}
_SORTS = {
    "number": "x.year {0}, x.number {0}",
    "day": "x.day {0}, x.id {0}",
    "who": "coalesce(p.name_norm, lower(x.beneficiary)) {0}, x.id {0}",
    "purpose": "lower(x.purpose) {0}, x.id {0}",
    "account": "a.code {0}, x.id {0}",
    "amount": "x.amount {0}, x.id {0}",
    "due": "x.justify_by {0}, x.id {0}",
}


def list_expenses(desk: Desk, query: ExpenseQuery, offset: int, limit: int) -> tuple[tuple[ExpenseRow, ...], int]:
    """Lines of a list, and how many there are in all.

    Raises:
        Forbidden: Without the right to pay out or to read the accounts.
    """
    require_reading(desk)
    rows, total = read_page(desk, _SQL, query.which, query, offset, limit)
    return tuple(_row(row) for row in rows), total


def _typed(desk: Desk, typed: str) -> tuple[str, dict[str, object]]:
    """A number, an amount, a day, else words."""
    number = read_voucher_number(typed)
    if number is not None:
        return "x.year = :year AND x.number = :number", {"year": number[0], "number": number[1]}
    bare = typed.replace("\u202f", "").replace("\u00a0", "").replace(" ", "")
    if bare.isascii() and bare.isdigit():
        return "(x.number = :number OR x.amount = :number)", {"number": int(bare[:15])}
    day = dates.read_date(typed, desk.today)
    if isinstance(day, dt.date):
        return "x.day = :day", {"day": day.isoformat()}
    ids = json.dumps(desk.persons.search(typed))
    said = (
        "(x.person_id IN (SELECT value FROM json_each(:ids)) OR instr(lower(x.beneficiary), :words) > 0"
        " OR instr(lower(x.purpose), :words) > 0 OR instr(lower(x.document_ref), :words) > 0)"
    )
    return said, {"ids": ids, "words": typed.lower()}


_SQL = PaperSql(
    columns=_COLUMNS,
    source=_FROM,
    which=_WHICH,
    box="(b.code = :box OR t.code = :box)",
    sorts=_SORTS,
    order="x.id {0}",
    typed=_typed,
)


def _row(row: tuple[Any, ...]) -> ExpenseRow:
    number, year, order, kind, day, last, first, code, free, purpose, account, amount, box, to_box, printed = row[:15]
    cancelled, left, justify_by = row[15:]
    name = str(free) if last is None else f"{str(last).upper()} {first}".strip() or str(code)
    return ExpenseRow(
        id=number,
        name=voucher_number(year, order),
        kind=VoucherKind(kind),
        day=dt.date.fromisoformat(day),
        who=name if to_box is None else f"{box} vers {to_box}",
        purpose=purpose,
        account=account,
        amount=amount,
        box=box,
        printed=bool(printed),
        cancelled_on=None if cancelled is None else dt.date.fromisoformat(cancelled),
        left=left,
        justify_by=None if justify_by is None else dt.date.fromisoformat(justify_by),
    )


def read_expense(desk: Desk, expense_id: int) -> ExpensePage:
    """One voucher with everything about it.

    Raises:
        Forbidden: Without the right to pay out or to read the accounts.
        RulesBroken: ``expense.unknown``.
    """
    require_reading(desk)
    with desk.read() as uow:
        expense = known_expense(uow, expense_id)
        names = Names(uow)
        entry = uow.ledger.get(expense.entry_id)
        assert entry is not None
        advance = None if expense.advance_id is None else uow.expenses.get(expense.advance_id)
        account = names.accounts[expense.account_id]
        return ExpensePage(
            expense=expense,
            who=who(uow, expense),
            box=names.boxes[expense.box_id].label,
            to_box="" if expense.to_box_id is None else names.boxes[expense.to_box_id].label,
            account=f"{account.code} {account.label}",
            budget_line="" if expense.budget_line_id is None else names.lines[expense.budget_line_id],
            document=document(desk, expense),
            advance=uow.expenses.advance(expense.id),
            of_advance="" if advance is None else advance.name,
            followers=uow.expenses.of_advance(expense.id),
            entry=entry,
            reversal=None if expense.cancelled_by is None else uow.ledger.get(expense.cancelled_by),
            accounts={one.id: f"{one.code} {one.label}" for one in names.accounts.values()},
            has_scan=uow.expenses.has_scan(expense.id),
            history=uow.audit.history(SUBJECT, expense.id),
        )


def read_offered(desk: Desk) -> Offered:
    """What the forms offer today.

    Raises:
        Forbidden: Without the right to pay out or to read the accounts.
    """
    lines = offered_lines(desk)
    with desk.read() as uow:
        boxes = tuple(Option(one.code, one.label) for one in uow.cashbook.boxes() if one.active)
        accounts = tuple(
            Option(one.code, f"{one.code} {one.label}")
            for one in uow.accounts.all()
            if one.active and one.kind is AccountKind.EXPENSE
        )
    return Offered(boxes=boxes, accounts=accounts, lines=tuple(Option(one.key, one.label) for one in lines))


def count_expenses(desk: Desk) -> ExpenseCounts:
    """Vouchers to print, and the open advances with whom each was given to, the earliest due first.

    Raises:
        Forbidden: Without the right to pay out or to read the accounts.
    """
    require_reading(desk)
    with desk.read() as uow:
        unprinted = "SELECT count(*) FROM expense WHERE printed_at IS NULL AND cancelled_on IS NULL"
        to_print = uow.rows(unprinted)[0][0]
        advances = uow.expenses.open_advances()
        names = tuple(who(uow, one.expense) for one in advances)
    return ExpenseCounts(to_print=to_print, advances=advances, names=names)


def unprinted_ids(desk: Desk) -> tuple[int, ...]:
    """Every voucher whose original never came out, oldest first.

    Raises:
        Forbidden: Without the right to pay out or to read the accounts.
    """
    require_reading(desk)
    with desk.read() as uow:
        return tuple(one.id for one in uow.expenses.unprinted())


def overdue_advances(desk: Desk, last: dt.date) -> int:
    """How many advances that were to be justified by that day are still open.

    Raises:
        Forbidden: Without the right to pay out or to read the accounts.
    """
    found = count_expenses(desk).advances
    return sum(1 for one in found if one.expense.justify_by is not None and one.expense.justify_by <= last)
