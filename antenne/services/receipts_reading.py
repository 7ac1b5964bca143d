"""What the screens ask about receipts: the list, one receipt, a code to verify, the figures of the home page."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass, replace
from enum import Enum
from typing import Final

from antenne.db.unit_of_work import UnitOfWork
from antenne.domain import dates
from antenne.domain import receipts as rules
from antenne.domain.accounts import Use
from antenne.domain.audit import HistoryLine
from antenne.domain.ledger import Entry
from antenne.domain.qr import CROCKFORD, genuine
from antenne.domain.receipts import MANUAL, ORDINARY, Receipt
from antenne.domain.rights import Right
from antenne.services.desk import Desk
from antenne.services.figures import counted_once
from antenne.services.paper_lists import PaperQuery, PaperSql, read_page
from antenne.services.receipts import SUBJECT, change_due, known_receipt

_LOOKALIKE: Final = str.maketrans("OIL", "011")
"""Letters that Crockford's alphabet leaves out, as what they look like."""


class ReceiptList(Enum):
    """The lists of the screen."""

    ALL = "all"
    TO_PRINT = "to_print"
    CHANGE = "change"
    CANCELLED = "cancelled"
    BY_HAND = "by_hand"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptQuery(PaperQuery):
    """What a list is asked.

    Attributes:
        typed: A number, a control code, a day (« 23/11 », « hier »), or words of a name; empty for everything.
        sort: ``number``, ``day``, ``who``, ``total``; empty for the order of entry.
    """

    which: ReceiptList = ReceiptList.ALL


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptRow:
    """One line of the list.

    Attributes:
        name: « 2026-01473 ».
        who: « KONÉ Awa », the payer when nobody of the register is concerned, or empty.
        paid: What was paid, label after label.
        box: Label of the box.
    """

    id: int
    name: str
    day: dt.date
    who: str
    paid: str
    total: int
    box: str
    series: str
    printed: bool
    copies: int
    cancelled_on: dt.date | None
    change_due: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptPage:
    """One receipt with everything about it.

    Attributes:
        who: « KONÉ Awa », or empty.
        number: Her number, or empty.
        box: Label of the box.
        entry: What it wrote, and ``reversal`` what took it back.
        accounts: Labels of the accounts by id.
        replaces: The receipt whose place it takes, or empty; ``replaced_by`` the other way round.
        history: The newest first.
        change_left: Monnaie due to her now, in FCFA.
    """

    receipt: Receipt
    who: str
    number: str
    box: str
    entry: Entry
    reversal: Entry | None
    accounts: dict[int, str]
    replaces: str
    replaced_by: str
    history: tuple[HistoryLine, ...]
    change_left: int


class Verdict(Enum):
    """What a paper turns out to be."""

    GENUINE = "genuine"
    CANCELLED = "cancelled"
    NUMBER_ONLY = "number_only"
    BY_HAND = "by_hand"
    FORGED = "forged"
    ALTERED = "altered"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Verified:
    """The verdict, and what the paper must say; without a receipt where there is none."""

    verdict: Verdict
    receipt: Receipt | None = None
    who: str = ""


@dataclass(frozen=True, slots=True)
class ReceiptCounts:
    """Figures of the home page.

    Attributes:
        to_print: Numbers of the receipts whose original never came out, oldest first.
        change_persons: Women to whom change is owed, and ``change_total`` how much, in FCFA.
        today, month, year: Receipts given, cancelled ones left out.
    """

    to_print: tuple[str, ...]
    change_persons: tuple[int, ...]
    change_total: int
    today: int
    month: int
    year: int


_FROM = " FROM receipt r JOIN box b ON b.id = r.box_id LEFT JOIN person p ON p.id = r.person_id WHERE "
_COLUMNS = (
    "SELECT r.id, r.year, r.number, r.series, r.day, p.last_name, p.first_name, r.payer,"
    " (SELECT group_concat(label, ' · ') FROM (SELECT label FROM receipt_line l WHERE l.receipt_id = r.id"
    " ORDER BY l.position)), r.total, b.label, r.printed_at IS NOT NULL, r.copies, r.cancelled_on, r.change_due"
)
_WHICH = {
    ReceiptList.ALL: "1",
    ReceiptList.TO_PRINT: f"r.series = '{ORDINARY}' AND r.printed_at IS NULL AND r.cancelled_on IS NULL",
    ReceiptList.CHANGE: (
        "r.change_due > 0 AND r.cancelled_on IS NULL AND r.person_id IN (SELECT person_id FROM posting"
        " JOIN account ON account.id = account_id WHERE role = 'change_due' AND person_id IS NOT NULL"
        " GROUP BY person_id HAVING sum(credit) > sum(debit))"
    ),
    ReceiptList.CANCELLED: "r.cancelled_on IS NOT NULL",
    ReceiptList.BY_HAND: f"r.series = '{MANUAL}'",
}
_SORTS = {
    "number": "r.year {0}, r.number {0}",
    "day": "r.day {0}, r.id {0}",
    "who": "p.name_norm {0}, r.id {0}",
    "total": "r.total {0}, r.id {0}",
}


def may_read(desk: Desk) -> bool:
    """Whether the user sees receipts."""
    return desk.may(Right.CASH_IN) or desk.may(Right.ACCOUNTS_READ)


def require_reading(desk: Desk) -> None:
    """Refuse who neither takes money in nor reads the accounts.

    Raises:
        Forbidden: Without either right.
    """
    if not desk.may(Right.CASH_IN):
        desk.require(Right.ACCOUNTS_READ)


def list_receipts(desk: Desk, query: ReceiptQuery, offset: int, limit: int) -> tuple[tuple[ReceiptRow, ...], int]:
    """Lines of a list, and how many there are in all.

    Raises:
        Forbidden: Without the right to take money in, or to read the accounts.
    """
    require_reading(desk)
    rows, total = read_page(desk, _SQL, query.which, query, offset, limit)
    return tuple(_row(row) for row in rows), total


def _typed(desk: Desk, typed: str) -> tuple[str, dict[str, object]]:
    """A number, a code, a day, else a name."""
    number = rules.read_number(typed)
    if number is not None:
        names = dict(zip(("series", "year", "number"), number, strict=True))
        return "r.series = :series AND r.year = :year AND r.number = :number", dict(names)
    if typed.isascii() and typed.isdigit():
        return "(r.number = :number OR r.total = :number)", {"number": int(typed[:15])}
    if code := _searched_control(typed):
        return "r.control = :control", {"control": code}
    day = dates.read_date(typed, desk.today)
    if isinstance(day, dt.date):
        return "r.day = :day", {"day": day.isoformat()}
    ids = json.dumps(desk.persons.search(typed))
    said = "(r.person_id IN (SELECT value FROM json_each(:ids)) OR instr(lower(r.payer), :payer) > 0)"
    return said, {"ids": ids, "payer": typed.lower()}


def read_control(typed: str) -> str:
    """The ten characters of a control code, from « 7f3a9-1c2ko » as from « 7F3A91C2K0 »; empty when it is none."""
    bare = "".join(char for char in typed.upper() if char not in " -–./").translate(_LOOKALIKE)
    return bare if len(bare) == rules.CONTROL_LENGTH and all(char in CROCKFORD for char in bare) else ""


def _searched_control(typed: str) -> str:
    """The same where a name might be meant: a word of ten letters is one."""
    return read_control(typed) if "-" in typed or any(char.isdigit() for char in typed) else ""


_SQL = PaperSql(
    columns=_COLUMNS, source=_FROM, which=_WHICH, box="b.code = :box", sorts=_SORTS, order="r.id {0}", typed=_typed
)


def _row(row: tuple[object, ...]) -> ReceiptRow:
    number, year, order, series, day, last, first, payer, paid, total, box, printed, copies, cancelled, due = row
    return ReceiptRow(
        id=_int(number),
        name=rules.receipt_number(_int(year), _int(order), str(series)),
        day=dt.date.fromisoformat(str(day)),
        who=listed(str(last), str(first)) if last is not None else str(payer or ""),
        paid=str(paid or ""),
        total=_int(total),
        box=str(box),
        series=str(series),
        printed=bool(printed),
        copies=_int(copies),
        cancelled_on=None if cancelled is None else dt.date.fromisoformat(str(cancelled)),
        change_due=_int(due),
    )


def _int(value: object) -> int:
    assert isinstance(value, int)
    return value


def listed(last_name: str, first_name: str) -> str:
    """« KONÉ Awa »."""
    return f"{last_name.upper()} {first_name}".strip()


def receipt_page(desk: Desk, receipt_id: int) -> ReceiptPage:
    """Everything about one receipt.

    Raises:
        Forbidden: Without the right to take money in, or to read the accounts.
        RulesBroken: ``receipt.unknown``.
    """
    require_reading(desk)
    with desk.read() as uow:
        receipt = known_receipt(uow, receipt_id)
        who, number = who_is(uow, receipt.person_id)
        entry = uow.ledger.get(receipt.entry_id)
        assert entry is not None
        before = uow.rows("SELECT id FROM receipt WHERE replaced_by = :id", id=receipt.id)
        return ReceiptPage(
            receipt=receipt,
            who=who,
            number=number,
            box=next(box.label for box in uow.cashbook.boxes() if box.id == receipt.box_id),
            entry=entry,
            reversal=uow.ledger.get(receipt.cancelled_by) if receipt.cancelled_by is not None else None,
            accounts={account.id: account.label for account in uow.accounts.all()},
            replaces=_name_of(uow, before[0][0] if before else None),
            replaced_by=_name_of(uow, receipt.replaced_by),
            history=uow.audit.history(SUBJECT, receipt.id),
            change_left=change_due(uow, receipt.person_id),
        )


def who_is(uow: UnitOfWork, person_id: int | None) -> tuple[str, str]:
    """Her name and her number, both empty for nobody."""
    person = None if person_id is None else uow.persons.get(person_id)
    if person is None:
        return "", ""
    number = person.membership.number if person.membership else person.number
    return listed(person.last_name, person.first_name), number


def _name_of(uow: UnitOfWork, receipt_id: int | None) -> str:
    receipt = None if receipt_id is None else uow.receipts.get(receipt_id)
    return "" if receipt is None else receipt.name


def verify(desk: Desk, typed: str) -> Verified:
    """Whether a paper is ours, from its number, its control code, or both.

    A number alone proves nothing: the answer then says what the paper must bear, its code included.

    Raises:
        Forbidden: Without the right to take money in, or to read the accounts.
    """
    require_reading(desk)
    words = typed.upper().replace("N°", " ").split()
    code = read_control(words[-1]) if words else ""
    number = rules.read_number(" ".join(words[:-1] if code and len(words) > 1 else words))
    with desk.read() as uow:
        receipt = uow.receipts.by_number(*number) if number else uow.receipts.by_control(code or read_control(typed))
        if receipt is None:
            return Verified(Verdict.UNKNOWN)
        who = who_is(uow, receipt.person_id)[0]
        return Verified(_verdict(desk, uow, receipt, code if number else receipt.control), receipt, who)


def _verdict(desk: Desk, uow: UnitOfWork, receipt: Receipt, code: str) -> Verdict:
    if not receipt.control:
        return Verdict.BY_HAND
    entry = uow.ledger.get(receipt.entry_id)
    bare = replace(receipt, control="")
    right = "" if entry is None else rules.control_code(desk.keys.paper, desk.keys.db_id, bare, entry.hash)
    if not genuine(receipt.control, right):
        return Verdict.ALTERED
    if not code:
        return Verdict.NUMBER_ONLY
    if not genuine(code, right):
        return Verdict.FORGED
    return Verdict.GENUINE if receipt.cancelled_on is None else Verdict.CANCELLED


def find_receipts(desk: Desk, typed: str, limit: int) -> tuple[ReceiptRow, ...]:
    """Receipts that a number or a control code names, for Ctrl+K; nothing for anything else.

    Raises:
        Forbidden: Without the right to take money in, or to read the accounts.
    """
    require_reading(desk)
    if rules.read_number(typed) is None and not _searched_control(typed):
        return ()
    return list_receipts(desk, ReceiptQuery(typed=typed), 0, limit)[0]


def count_receipts(desk: Desk) -> ReceiptCounts:
    """Figures of the home page.

    Raises:
        Forbidden: Without the right to take money in, or to read the accounts.
    """
    require_reading(desk)
    return counted_once(desk, "receipts", _count)


def _count(desk: Desk) -> ReceiptCounts:
    month, year = desk.today.replace(day=1), desk.today.replace(month=1, day=1)
    with desk.read() as uow:
        account = uow.accounts.by_use(Use.CHANGE_DUE).id
        owed = uow.rows(
            "SELECT person_id, sum(credit) - sum(debit) FROM posting"
            " WHERE account_id = :account AND person_id IS NOT NULL GROUP BY person_id HAVING sum(credit) > sum(debit)",
            account=account,
        )
        given = [
            uow.rows("SELECT count(*) FROM receipt WHERE day >= :first AND cancelled_on IS NULL", first=day.isoformat())
            for day in (desk.today, month, year)
        ]
        waiting = tuple(receipt.name for receipt in uow.receipts.unprinted())
    counts = [found[0][0] for found in given]
    return ReceiptCounts(waiting, tuple(row[0] for row in owed), sum(row[1] for row in owed), *counts)
