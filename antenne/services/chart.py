"""The chart of accounts is edited: accounts, the uses that the program makes of them, the boxes (rules: Cash)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from antenne.db.unit_of_work import UnitOfWork
from antenne.domain import chart as rules
from antenne.domain.accounts import Account, AccountKind, Use
from antenne.domain.audit import FieldChange, HistoryLine
from antenne.domain.cashbook import Box, CashDay
from antenne.domain.changes import CASHBOOK, Changes, Done
from antenne.domain.chart import ChartRow
from antenne.domain.rights import Right
from antenne.domain.text import clean_line
from antenne.domain.violations import RulesBroken, Violation
from antenne.services.desk import Desk
from antenne.services.ledger import refuse
from antenne.wording import accounts as words

SUBJECT = "account"
BOX_SUBJECT = "box"
_USED = "SELECT id FROM account a WHERE EXISTS (SELECT 1 FROM posting p WHERE p.account_id = a.id)"


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveAccount:
    """Add an account, or change one.

    Attributes:
        account_id: 0 for a new one.
        code: The office's number; fixed once an entry stands there.
        label: French words.
        kind: Fixed once an entry stands there.
        sycebnl: The account of the national chart.
        active: Offered for new entries.
    """

    request_id: str
    account_id: int = 0
    code: str
    label: str
    kind: AccountKind
    sycebnl: str
    active: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveUse:
    """Let the program post to another account what it posted to this one.

    Attributes:
        account_id: Who has the use now.
        heir: Code of the account that takes it.
    """

    request_id: str
    account_id: int
    heir: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveBox:
    """Rename a box, put it to rest, or use it again."""

    request_id: str
    box_id: int
    label: str
    active: bool


@dataclass(frozen=True, slots=True)
class AccountPage:
    """One account beside the chart.

    Attributes:
        row: The account, whether it is used, its box.
        heirs: Accounts that its use may go to; empty without a use, or where the use stays.
        history: Of the account and of its box, the newest first.
    """

    row: ChartRow
    heirs: tuple[Account, ...]
    history: tuple[HistoryLine, ...]


def read_chart(desk: Desk) -> tuple[ChartRow, ...]:
    """Every account by code, with its box and whether an entry stands on it.

    Raises:
        Forbidden: Without the right to read the accounts.
    """
    desk.require(Right.ACCOUNTS_READ)
    with desk.read() as uow:
        return _rows(uow)


def read_account(desk: Desk, account_id: int) -> AccountPage:
    """One account, what its use may go to, its Historique.

    Raises:
        Forbidden: Without the right to read the accounts.
        RulesBroken: ``accounts.unknown``.
    """
    desk.require(Right.ACCOUNTS_READ)
    with desk.read() as uow:
        rows = _rows(uow)
        row = next((one for one in rows if one.account.id == account_id), None)
        if row is None:
            raise _unknown(str(account_id))
        history = uow.audit.history(SUBJECT, account_id)
        if row.box is not None:
            history += uow.audit.history(BOX_SUBJECT, row.box.id)
    use = row.account.role
    stays = not use or (row.used and rules.is_carried(use))
    heirs = () if stays else rules.heirs(use, [one.account for one in rows])
    return AccountPage(row, heirs, tuple(sorted(history, key=lambda line: line.at, reverse=True)))


def save_account(desk: Desk, command: SaveAccount) -> Done[Account]:
    """Add an account or change its words; the program's own uses are not touched.

    Raises:
        Forbidden: Without the right to change the chart.
        RulesBroken: From ``chart.check_account``; ``accounts.unknown``.
    """
    desk.require(Right.ACCOUNTS_WRITE)
    with desk.write() as uow:
        if old := uow.audit.by_request(command.request_id):
            return Done(_known(uow, old[1]))
        every = uow.accounts.all()
        before = _known(uow, command.account_id) if command.account_id else None
        wanted = Account(
            id=command.account_id,
            code=command.code.strip(),
            label=clean_line(command.label),
            kind=command.kind,
            sycebnl=command.sycebnl.strip(),
            role="" if before is None else before.role,
            active=command.active,
        )
        others = [one for one in every if one.id != command.account_id]
        used = before is not None and uow.accounts.is_used(before.id)
        refuse(rules.check_account(wanted, before, others, used=used))
        saved = uow.accounts.save(wanted)
        action = "account.added" if before is None else "account.changed"
        _note(desk, uow, action, saved.id, _changes(before, saved), command.request_id)
        uow.drafts.discard(rules.ACCOUNT.key, command.account_id, desk.actor.user_id)
        uow.commit()
    return Done(saved, Changes.of(CASHBOOK))


def move_use(desk: Desk, command: MoveUse) -> Done[Account]:
    """Give a use of the program to another account; returns that one. What was posted stays where it is.

    Raises:
        Forbidden: Without the right to change the chart.
        RulesBroken: From ``chart.check_use``; ``accounts.unknown``, ``accounts.no_use``.
    """
    desk.require(Right.ACCOUNTS_WRITE)
    with desk.write() as uow:
        if old := uow.audit.by_request(command.request_id):
            return Done(_known(uow, old[1]))
        holder = _known(uow, command.account_id)
        heir = next((one for one in uow.accounts.all() if one.code == command.heir), None)
        if heir is None:
            raise _unknown(command.heir, "account")
        use = holder.role
        if not use:
            raise RulesBroken(Violation("accounts.no_use", "account"))
        refuse(rules.check_use(use, holder, heir, used=uow.accounts.is_used(holder.id)))
        uow.accounts.save(replace(holder, role=""))
        saved = uow.accounts.save(replace(heir, role=use))
        said = FieldChange(words.use(holder, _boxes(uow).get(use)), _name(holder), _name(heir))
        _note(desk, uow, "account.use_moved", heir.id, (said,), command.request_id)
        _note(desk, uow, "account.use_moved", holder.id, (said,), None)
        uow.commit()
    return Done(saved, Changes.of(CASHBOOK))


def save_box(desk: Desk, command: SaveBox) -> Done[Box]:
    """Rename a box, put it to rest, or use it again.

    Raises:
        Forbidden: Without the right to change the chart.
        RulesBroken: From ``chart.check_box``; ``accounts.box_unknown``.
    """
    desk.require(Right.ACCOUNTS_WRITE)
    with desk.write() as uow:
        boxes = uow.cashbook.boxes()
        before = next((one for one in boxes if one.id == command.box_id), None)
        if before is None:
            raise RulesBroken(Violation("accounts.box_unknown"))
        if uow.audit.by_request(command.request_id):
            return Done(before)
        wanted = replace(before, label=clean_line(command.label), active=command.active)
        day = uow.cashbook.last_day(before.id)
        others = [one for one in boxes if one.id != before.id]
        refuse(rules.check_box(wanted, others, day, _holds(uow, day)))
        uow.cashbook.save_box(wanted)
        changes = (
            FieldChange("Nom", before.label, wanted.label),
            FieldChange("État", words.state(active=before.active), words.state(active=wanted.active)),
        )
        said = tuple(change for change in changes if change.old != change.new)
        uow.audit.add(
            desk.clock.now(), desk.actor.user_id, "box.changed", BOX_SUBJECT, before.id, said, command.request_id
        )
        uow.drafts.discard(rules.BOX.key, before.id, desk.actor.user_id)
        uow.commit()
    return Done(wanted, Changes.of(CASHBOOK))


def _rows(uow: UnitOfWork) -> tuple[ChartRow, ...]:
    used, boxes = {row[0] for row in uow.rows(_USED)}, _boxes(uow)
    return tuple(ChartRow(one, one.id in used, boxes.get(one.role)) for one in uow.accounts.all())


def _boxes(uow: UnitOfWork) -> dict[str, Box]:
    """Boxes by the use of their account."""
    return {f"{Use.BOX}{box.code}": box for box in uow.cashbook.boxes()}


def _known(uow: UnitOfWork, account_id: int) -> Account:
    found = uow.accounts.get(account_id)
    if found is None:
        raise _unknown(str(account_id))
    return found


def _unknown(code: str, field: str | None = None) -> RulesBroken:
    return RulesBroken(Violation("accounts.unknown", field, (("code", code),)))


def _holds(uow: UnitOfWork, day: CashDay | None) -> int:
    """What lies in a box, in FCFA."""
    if day is None:
        return 0
    return uow.cashbook.theoretical(day) if day.is_open else day.counted_amount or 0


def _name(account: Account) -> str:
    return f"{account.code} {account.label}"


def _changes(before: Account | None, after: Account) -> tuple[FieldChange, ...]:
    old = ("",) * 5 if before is None else _told(before)
    names = ("Numéro", "Intitulé", "Nature", "SYCEBNL", "État")
    said = (FieldChange(*parts) for parts in zip(names, old, _told(after), strict=True))
    return tuple(change for change in said if change.old != change.new)


def _told(account: Account) -> tuple[str, ...]:
    return account.code, account.label, words.KINDS[account.kind], account.sycebnl, words.state(active=account.active)


def _note(
    desk: Desk, uow: UnitOfWork, action: str, account_id: int, said: Sequence[FieldChange], request_id: str | None
) -> None:
    uow.audit.add(desk.clock.now(), desk.actor.user_id, action, SUBJECT, account_id, tuple(said), request_id)
