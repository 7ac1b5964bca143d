"""What the screens and ``controler`` ask about dues: the list, one woman's dues, who is late, what is not prepared."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

from antenne.db.repositories.dues import DuesQuery
from antenne.db.unit_of_work import UnitOfWork
from antenne.domain import dues as rules
from antenne.domain.basket import Owed
from antenne.domain.dates import add_months
from antenne.domain.dues import TARIFFS, Debtor, Due, DueKind, DuesRow, LateFigures, Standing
from antenne.domain.receipts import receipt_number
from antenne.domain.rights import Right
from antenne.domain.settings import EPOCH
from antenne.domain.violations import RulesBroken, Violation
from antenne.services.checks import Check, Finding
from antenne.services.desk import Desk
from antenne.services.dues import as_owed, debtor_of, kept_since, open_dues
from antenne.services.figures import counted_once
from antenne.services.ledger import refuse

_CHUNK = 500
_FEW = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class DuesFilter:
    """What the list is asked for: standing, kind, year, a search."""

    standing: Standing | None = None
    kind: DueKind | None = None
    year: int | None = None
    typed: str = ""


@dataclass(frozen=True, slots=True)
class DueReceipt:
    """One payment of a due."""

    due_id: int
    receipt_id: int
    name: str
    day: dt.date
    amount: int
    cancelled: bool


@dataclass(frozen=True, slots=True)
class PersonDues:
    """One woman's dues.

    Attributes:
        row: As in the list, for all kinds and years.
        debtor: Her stretches of insurance and exemption.
        dues: Those that exist, and those owed up to today that are not made yet; the newest first.
        receipts: What paid them, oldest first.
    """

    row: DuesRow
    debtor: Debtor
    dues: tuple[Due, ...]
    receipts: tuple[DueReceipt, ...]


def list_dues(
    desk: Desk, asked: DuesFilter, offset: int, limit: int | None, sort: str = "name", *, descending: bool = False
) -> tuple[tuple[DuesRow, ...], int]:
    """Lines of the list, and how many there are in all.

    Raises:
        Forbidden: Without the right to take money in.
    """
    desk.require(Right.CASH_IN)
    with desk.read() as uow:
        query = replace(_query(desk, uow, asked), sort=sort, descending=descending)
        rows = uow.dues.page(query, offset, limit)
        total = uow.dues.count(query) if asked.typed.strip() else -1
    return rows, total if total >= 0 else count_standings(desk, asked)[asked.standing]


def count_standings(desk: Desk, asked: DuesFilter) -> dict[Standing | None, int]:
    """How many lines each tab has, for a kind and a year, whatever is searched."""
    desk.require(Right.CASH_IN)
    key = f"dues.standings.{asked.kind}.{asked.year}"
    return dict(counted_once(desk, key, partial(_count_standings, asked=replace(asked, typed=""))))


def _count_standings(desk: Desk, asked: DuesFilter) -> dict[Standing | None, int]:
    with desk.read() as uow:
        found = uow.dues.count_standings(_query(desk, uow, replace(asked, standing=None)))
    counts: dict[Standing | None, int] = {None: sum(found.values())}
    return counts | found


def late_figures(desk: Desk, asked: DuesFilter | None = None) -> LateFigures:
    """How many women are late and with how much in all; counted once for a state of the base.

    Raises:
        Forbidden: Without the right to take money in.
    """
    desk.require(Right.CASH_IN)
    wanted = asked or DuesFilter()
    key = f"dues.late.{wanted.kind}.{wanted.year}"
    return counted_once(desk, key, partial(_late_figures, asked=replace(wanted, typed="")))


def _late_figures(desk: Desk, asked: DuesFilter) -> LateFigures:
    with desk.read() as uow:
        return uow.dues.late_figures(_query(desk, uow, asked))


def _query(desk: Desk, uow: UnitOfWork, asked: DuesFilter) -> DuesQuery:
    return DuesQuery(
        today=desk.today,
        kept_since=kept_since(desk, uow),
        joining=joining_tariffs(desk),
        standing=asked.standing,
        kind=asked.kind,
        year=asked.year,
        person_ids=desk.persons.search(asked.typed) if asked.typed.strip() else None,
    )


def joining_tariffs(desk: Desk) -> tuple[tuple[dt.date, int], ...]:
    """What adhesion cost, the newest first; the oldest holds from the beginning of time."""
    key = TARIFFS[DueKind.JOINING]
    days = {EPOCH, *(dated.since for dated in desk.settings.values.get(key, ()))}
    steps = [(day, desk.settings.count(key, day)) for day in sorted(days, reverse=True)]
    return (*steps[:-1], (dt.date.min, steps[-1][1]))


def person_dues(desk: Desk, person_id: int) -> PersonDues:
    """A woman's dues with their payments.

    Raises:
        Forbidden: Without the right to take money in.
        RulesBroken: ``due.not_member``.
    """
    desk.require(Right.CASH_IN)
    with desk.read() as uow:
        debtor = debtor_of(uow, person_id)
        person = uow.persons.get(person_id)
        assert person is not None
        assert person.membership is not None
        found = uow.dues.page(replace(_query(desk, uow, DuesFilter()), person_ids=(person_id,)))
        row = found[0] if found else _gone(debtor, person.membership.number, person.last_name, person.first_name)
        there = uow.dues.of_person(person_id)
        coming = tuple(due for due in open_dues(desk, uow, debtor, desk.today) if not due.id)
        receipts = _receipts(uow, [due.id for due in there])
    every = sorted((*there, *coming), key=lambda due: (due.period.start, due.kind.value), reverse=True)
    return PersonDues(row, debtor, tuple(every), receipts)


def _gone(debtor: Debtor, number: str, last_name: str, first_name: str) -> DuesRow:
    """One who left or died: nothing is asked of her any more."""
    return DuesRow(
        person_id=debtor.person_id,
        number=number,
        last_name=last_name,
        first_name=first_name,
        quarter="",
        standing=Standing.UP_TO_DATE,
    )


def _receipts(uow: UnitOfWork, due_ids: Sequence[int]) -> tuple[DueReceipt, ...]:
    kinds = ", ".join(f"'{kind.value}'" for kind in DueKind)
    found: list[DueReceipt] = []
    for first in range(0, len(due_ids), _CHUNK):
        ids = ", ".join(str(int(one)) for one in due_ids[first : first + _CHUNK])
        rows = uow.rows(
            "SELECT l.subject_id, r.id, r.series, r.year, r.number, r.day, l.amount, r.cancelled_on IS NOT NULL"  # noqa: S608 - own words and whole numbers
            " FROM receipt r JOIN receipt_line l ON l.receipt_id = r.id"
            f" WHERE r.person_id IN (SELECT person_id FROM due WHERE id IN ({ids}))"
            f" AND l.kind IN ({kinds}) AND l.subject_id IN ({ids}) ORDER BY r.id"
        )
        found += [
            DueReceipt(
                due_id=due_id,
                receipt_id=receipt_id,
                name=receipt_number(year, number, series),
                day=dt.date.fromisoformat(day),
                amount=amount,
                cancelled=bool(cancelled),
            )
            for due_id, receipt_id, series, year, number, day, amount, cancelled in rows
        ]
    return tuple(found)


def propose_payment(desk: Desk, person_id: int, amount: int) -> tuple[tuple[Owed, ...], int]:
    """Spread a sum over what she owes, the oldest first, then over what comes, as far ahead as it reaches.

    Returns:
        What to put into the basket, each with the part that is paid; and what is left over, in FCFA.

    Raises:
        Forbidden: Without the right to take money in.
        RulesBroken: ``due.not_member``; ``due.nothing`` when she owes nothing.
    """
    desk.require(Right.CASH_IN)
    with desk.read() as uow:
        debtor = debtor_of(uow, person_id)
        last = add_months(desk.today, rules.MOST_AHEAD)
        dues = open_dues(desk, uow, debtor, last)
        owed = [as_owed(desk, debtor, due) for due in dues]
    refuse(() if owed else (Violation("due.nothing", "subject"),))
    parts, left = rules.allocate(amount, [one.amount for one in owed])
    chosen = (replace(one, amount=part, ticked=True) for one, part in zip(owed, parts, strict=True) if part)
    return tuple(chosen), left


def propose_months(desk: Desk, person_id: int, kind: DueKind, count: int) -> tuple[Owed, ...]:
    """The next periods of a kind that she has not paid, as many as wanted: what the basket adds on demand.

    Raises:
        Forbidden: Without the right to take money in.
        RulesBroken: ``due.not_member``; ``due.too_far`` beyond :data:`dues.MOST_AHEAD`.
    """
    desk.require(Right.CASH_IN)
    if not 0 < count <= rules.MOST_AHEAD:
        raise RulesBroken(Violation("due.too_far", "count", (("most", rules.MOST_AHEAD),)))
    with desk.read() as uow:
        debtor = debtor_of(uow, person_id)
        dues = open_dues(desk, uow, debtor, add_months(desk.today, rules.MOST_AHEAD))
        return tuple(as_owed(desk, debtor, due) for due in dues if due.kind is kind)[:count]


def unprepared(desk: Desk) -> tuple[int, int]:
    """How many women have not all their dues of this year, and the year; 0 where the tariff is 0."""
    return counted_once(desk, "dues.unprepared", _unprepared)


def _unprepared(desk: Desk) -> tuple[int, int]:
    first = dt.date(desk.today.year, 1, 1)
    month = desk.today.replace(day=1)
    begins = {DueKind.MEMBERSHIP: first, DueKind.INSURANCE: month}
    kinds = [kind for kind, day in begins.items() if desk.settings.count(TARIFFS[kind], day)]
    with desk.read() as uow:
        return uow.dues.count_unprepared(desk.today, kinds), desk.today.year


# --- controler -----------------------------------------------------------------------------------------------------


def paid_sums(desk: Desk) -> Finding:
    """What each due says is paid, against the lines of its uncancelled receipts."""
    kinds = ", ".join(f"'{kind.value}'" for kind in DueKind)
    with desk.read() as uow:
        wrong = uow.rows(
            "SELECT d.id FROM due d LEFT JOIN (SELECT l.subject_id AS due_id, sum(l.amount) AS total"  # noqa: S608 - own words
            " FROM receipt_line l JOIN receipt r ON r.id = l.receipt_id"
            f" WHERE l.kind IN ({kinds}) AND r.cancelled_on IS NULL GROUP BY l.subject_id) s ON s.due_id = d.id"
            " WHERE d.paid <> coalesce(s.total, 0) OR d.paid < 0 OR d.paid > d.amount ORDER BY d.id"
        )
        count = uow.rows("SELECT count(*) FROM due")[0][0]
    named = ", ".join(str(row[0]) for row in wrong[:_FEW])
    said = f"cotisations à revoir\u00a0: {named}" if wrong else f"{count} cotisations comparées à leurs reçus"
    return Finding("Cotisations payées", not wrong, said)


def line_subjects(desk: Desk) -> Finding:
    """Receipt lines that pay a due which is not there, or another woman's; card sales without their receipt's line."""
    kinds = ", ".join(f"'{kind.value}'" for kind in DueKind)
    with desk.read() as uow:
        lost = uow.rows(
            "SELECT r.year, r.number, r.series FROM receipt_line l JOIN receipt r ON r.id = l.receipt_id"  # noqa: S608 - own words
            " LEFT JOIN due d ON d.id = l.subject_id AND d.kind = l.kind AND d.person_id = r.person_id"
            f" WHERE l.kind IN ({kinds}) AND d.id IS NULL ORDER BY r.id"
        )
        sales = uow.rows(
            "SELECT r.year, r.number, r.series FROM card_sale c JOIN receipt r ON r.id = c.receipt_id"
            " WHERE c.cancelled <> (r.cancelled_on IS NOT NULL) ORDER BY c.id"
        )
    wrong = [receipt_number(row[0], row[1], row[2]) for row in (*lost, *sales)]
    said = "reçus à revoir\u00a0: " + ", ".join(wrong[:_FEW]) if wrong else "chaque ligne a sa cotisation ou sa carte"
    return Finding("Cotisations et cartes des reçus", not wrong, said)


DUES_CHECKS: tuple[Check, ...] = (paid_sums, line_subjects)
"""What ``controler`` asks of the dues."""
