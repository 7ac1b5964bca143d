"""What ``controler`` asks of the money: the chain, its anchors, the numbers, receipts and entries, closed days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from antenne.db.unit_of_work import UnitOfWork
from antenne.domain import ledger, receipts
from antenne.domain.violations import RulesBroken, Violation
from antenne.services.checks import Check, Finding
from antenne.services.desk import Desk
from antenne.wording import cashbook as words
from antenne.wording import formats

_NAMED = 20

_UNREADABLE: tuple[tuple[str, str], ...] = (
    (
        "écriture n°\u00a0{}\u00a0: illisible",
        (
            "SELECT id FROM entry WHERE typeof(hash) <> 'blob' OR date(day) IS NOT day"
            " OR strftime('%Y-%m-%dT%H:%M:%SZ', at) IS NOT at OR NOT instr(:kinds, ' ' || kind || ' ')"
        ),
    ),
    (
        "écriture n°\u00a0{}\u00a0: une somme illisible",
        "SELECT DISTINCT entry_id FROM posting WHERE typeof(debit) <> 'integer' OR typeof(credit) <> 'integer'",
    ),
    (
        "clôture de la journée n°\u00a0{}\u00a0: illisible",
        (
            "SELECT cash_day_id FROM closing WHERE strftime('%Y-%m-%dT%H:%M:%SZ', sheet_printed_at)"
            " IS NOT sheet_printed_at OR typeof(entries) <> 'integer'"
        ),
    ),
)
"""What the program could not even read back: named here, because walking the chain would stop at it."""


def _unreadable(uow: UnitOfWork) -> list[str]:
    kinds = " ".join(("", *(kind.value for kind in ledger.EntryKind), ""))
    return [
        text.format(row[0])
        for text, query in _UNREADABLE
        for row in (uow.rows(query, kinds=kinds) if ":kinds" in query else uow.rows(query))
    ]


def _listed(found: Sequence[str]) -> str:
    more = len(found) - _NAMED
    return ", ".join(found[:_NAMED]) + (f", et {more} autres" if more > 0 else "")


_UNPROVEN = "la chaîne ne se lit plus jusqu’au bout (voir Écritures)"


def entries_chained(desk: Desk) -> Finding:
    """Every entry balanced, unchanged, following the one before; each fault is named."""
    with desk.read() as uow:
        if broken := _unreadable(uow):
            return Finding("Écritures", ok=False, detail=_listed(broken))
        count = uow.rows("SELECT count(*) FROM entry")[0][0]
        faults = ledger.ledger_faults(uow.ledger.chain())
        strays = uow.rows("SELECT DISTINCT entry_id FROM posting WHERE entry_id NOT IN (SELECT id FROM entry)")
    named = [words.fault(one) for one in faults] + [f"lignes sans écriture\u00a0: n°\u00a0{row[0]}" for row in strays]
    said = _listed(named) if named else f"{count} écritures équilibrées et enchaînées"
    return Finding("Écritures", not named, said)


def closings_anchored(desk: Desk) -> Finding:
    """The chain, computed again from its first entry, passes through the anchor of every closing."""
    with desk.read() as uow:
        if _unreadable(uow):
            return Finding("Ancres des clôtures", ok=False, detail=_UNPROVEN)
        wanted: dict[int, set[str]] = {}
        for closing in uow.cashbook.closings():
            wanted.setdefault(closing.entries, set()).add(closing.head)
        for period in uow.cashbook.periods():
            wanted.setdefault(period.entries, set()).add(period.head)
        missed, last = _missed(uow, wanted)
        total = uow.ledger.last()[0]
    if missed:
        listed = _listed([f"celle à {count} écritures" for count in missed])
        return Finding("Ancres des clôtures", ok=False, detail=f"ancres qui ne tombent plus juste\u00a0: {listed}")
    after = f"{total - last} écritures après la dernière ne sont pas encore prouvées"
    return Finding("Ancres des clôtures", ok=True, detail=f"{len(wanted)} ancres retrouvées\u202f; {after}")


def _missed(uow: UnitOfWork, wanted: dict[int, set[str]]) -> tuple[list[int], int]:
    """Anchors that the chain does not pass through, and the place of the last one."""
    left = dict(wanted)
    if left.get(0) == {ledger.head_of(ledger.START)}:
        del left[0]
    previous = ledger.START
    for number, entry in enumerate(uow.ledger.chain(), 1):
        previous = ledger.entry_hash(entry, previous)
        if left.get(number) == {ledger.head_of(previous)}:
            del left[number]
    return sorted(left), max(wanted, default=0)


def anchor(desk: Desk, typed: str) -> Finding:
    """Compare a typed anchor, copied from a signed sheet, with the chain.

    Raises:
        RulesBroken: ``ledger.anchor_unreadable``.
    """
    found = ledger.read_anchor(typed)
    if isinstance(found, Violation):
        raise RulesBroken(found)
    count, head = found
    with desk.read() as uow:
        if _unreadable(uow):
            return Finding("Ancre de la feuille", ok=False, detail=_UNPROVEN)
        total = uow.ledger.last()[0]
        same = ledger.matches_anchor(uow.ledger.chain(), count, head)
    if same:
        after = f"{total - count} la suivent, non prouvées par elle"
        detail = f"la feuille signée tombe juste à {count} écritures\u202f; {after}"
        return Finding("Ancre de la feuille", ok=True, detail=detail)
    if total < count:
        detail = f"la feuille compte {count} écritures, la base {total}\u00a0: des écritures ont disparu"
    else:
        detail = f"les {count} premières écritures ne sont plus celles de la feuille signée"
    return Finding("Ancre de la feuille", ok=False, detail=detail)


def receipt_numbers(desk: Desk) -> Finding:
    """No gap in a year's numbers, but those of another branch that wait to be keyed again."""
    missing: list[str] = []
    count = 0
    with desk.read() as uow:
        kept = uow.receipts.ranges()
        for year in uow.receipts.years():
            given = uow.receipts.numbers(year)
            count += len(given)
            ranges = [(one.first, one.last) for one in kept if one.year == year]
            missing += [
                receipts.receipt_number(year, number)
                for number in receipts.missing_numbers(given, max(given))
                if not any(first <= number <= last for first, last in ranges)
            ]
    said = f"numéros manquants\u00a0: {_listed(missing)}" if missing else f"{count} numéros qui se suivent"
    return Finding("Numéros des reçus", not missing, said)


_PAIRS: tuple[tuple[str, str], ...] = (
    ("reçu sans écriture", "SELECT id FROM receipt WHERE entry_id NOT IN (SELECT id FROM entry)"),
    (
        "écriture d’encaissement sans reçu",
        "SELECT id FROM entry WHERE kind = 'receipt' AND id NOT IN (SELECT entry_id FROM receipt)",
    ),
    (
        "reçu dont les lignes ne font pas le total",
        (
            "SELECT r.id FROM receipt r LEFT JOIN receipt_line l ON l.receipt_id = r.id"
            " GROUP BY r.id HAVING coalesce(sum(l.amount), 0) <> r.total"
        ),
    ),
    (
        "reçu qui n’a pas la somme de son écriture",
        (
            "SELECT r.id FROM receipt r JOIN posting p ON p.entry_id = r.entry_id"
            " GROUP BY r.id HAVING sum(p.debit) <> r.total + r.change_due"
        ),
    ),
    (
        "reçu annulé sans contre-passation",
        (
            "SELECT r.id FROM receipt r LEFT JOIN entry e ON e.id = r.cancelled_by AND e.reverses = r.entry_id"
            " WHERE r.cancelled_on IS NOT NULL AND e.id IS NULL"
        ),
    ),
    (
        "reçu qui n’est plus annulé, mais dont l’écriture l’est",
        (
            "SELECT r.id FROM receipt r LEFT JOIN entry e ON e.reverses = r.entry_id WHERE r.cancelled_on IS NULL"
            " AND (e.id IS NOT NULL OR r.cancelled_by IS NOT NULL OR r.replaced_by IS NOT NULL)"
        ),
    ),
    (
        "reçu annulé un autre jour que sa contre-passation",
        "SELECT r.id FROM receipt r JOIN entry e ON e.reverses = r.entry_id WHERE r.cancelled_on <> e.day",
    ),
    (
        "reçu d’une autre journée, caisse, heure ou main que son écriture",
        (
            "SELECT r.id FROM receipt r JOIN entry e ON e.id = r.entry_id JOIN cash_day d ON d.id = e.cash_day_id"
            " WHERE r.cash_day_id <> e.cash_day_id OR r.box_id <> d.box_id OR r.issued_at <> e.at"
            " OR r.actor_id <> e.actor_id"
        ),
    ),
    (
        "reçu dont une ligne n’est pas celle de son écriture",
        (
            "SELECT DISTINCT r.id FROM receipt r JOIN receipt_line l ON l.receipt_id = r.id"
            " LEFT JOIN posting p ON p.entry_id = r.entry_id AND p.line = l.position + 1"
            " WHERE p.credit IS NOT l.amount OR p.account_id IS NOT l.account_id"
            " OR p.budget_line_id IS NOT l.budget_line_id"
        ),
    ),
    (
        "reçu dont remis, rendu et monnaie due ne tombent pas juste",
        "SELECT id FROM receipt WHERE handed - change_given - total <> change_due",
    ),
    (
        "reçu imprimé plus souvent qu’il ne le dit",
        (
            "SELECT r.id FROM receipt r JOIN (SELECT subject_id, count(*) AS times FROM audit"
            " WHERE action = 'receipt.printed' GROUP BY subject_id) a ON a.subject_id = r.id"
            " WHERE a.times > r.copies + (r.series = '' AND r.printed_at IS NOT NULL)"
        ),
    ),
    (
        "reçu de l’historique qui a disparu",
        (
            "SELECT DISTINCT a.subject_id FROM audit a WHERE a.action = 'receipt.issued'"
            " AND a.subject_id NOT IN (SELECT id FROM receipt)"
        ),
    ),
)


def receipts_and_entries(desk: Desk) -> Finding:
    """Never one without the other, and both of the same amount; the control codes are those of this office."""
    faults: list[str] = []
    with desk.read() as uow:
        count = uow.rows("SELECT count(*) FROM receipt")[0][0]
        for name, query in _PAIRS:
            faults += [f"{name} (n°\u00a0{row[0]})" for row in uow.rows(query)]
        faults += _forged(desk, uow)
    return Finding("Reçus", not faults, _listed(faults) if faults else f"{count} reçus, chacun avec son écriture")


def _forged(desk: Desk, uow: UnitOfWork) -> list[str]:
    """Receipts whose control code is not what this office computes."""
    rows = uow.rows(
        "SELECT r.year, r.number, r.series, r.day, r.person_id, r.total, r.control, e.hash"
        " FROM receipt r JOIN entry e ON e.id = r.entry_id WHERE r.control <> '' AND typeof(e.hash) = 'blob'"
    )
    found = []
    for year, number, series, day, person, total, control, own in rows:
        name = receipts.receipt_number(year, number, series)
        proof = receipts.Proof(name=name, day=day, person_id=person, total=total, entry_hash=own)
        if receipts.control_of(desk.keys.paper, desk.keys.db_id, proof) != control:
            found.append(f"code de contrôle du reçu {name}")
    return found


_DAYS: tuple[tuple[str, str], ...] = (
    (
        "{} : écriture après la clôture",
        (
            "SELECT DISTINCT d.day, b.label FROM posting p JOIN closing c ON c.cash_day_id = p.cash_day_id"
            " JOIN cash_day d ON d.id = c.cash_day_id JOIN box b ON b.id = d.box_id WHERE p.entry_id > c.entries"
        ),
    ),
    (
        "{} : la somme comptée n’est plus celle de la clôture",
        (
            "SELECT d.day, b.label FROM closing c JOIN cash_day d ON d.id = c.cash_day_id"
            " JOIN box b ON b.id = d.box_id LEFT JOIN posting p ON p.cash_day_id = d.id GROUP BY d.id"
            " HAVING d.opening_amount + coalesce(sum(p.debit - p.credit), 0) <> c.counted"
            " OR d.counted_amount IS NOT c.counted"
        ),
    ),
    (
        "{} : le comptage ne fait pas la somme",
        (
            "SELECT d.day, b.label FROM cash_count n JOIN cash_day d ON d.id = n.cash_day_id"
            " JOIN box b ON b.id = d.box_id GROUP BY d.id"
            " HAVING sum(n.denomination * (n.good + n.worn)) IS NOT d.counted_amount"
        ),
    ),
    (
        "{} : la date n’est pas celle de ses écritures",
        (
            "SELECT DISTINCT d.day, b.label FROM cash_day d JOIN box b ON b.id = d.box_id"
            " JOIN entry e ON e.cash_day_id = d.id WHERE e.day <> d.day"
        ),
    ),
    (
        "{} : l’écart n’est pas celui qui a été écrit",
        (
            "SELECT d.day, b.label FROM closing c JOIN cash_day d ON d.id = c.cash_day_id"
            " JOIN box b ON b.id = d.box_id WHERE c.counted <> c.theoretical AND NOT EXISTS (SELECT 1 FROM posting p"
            " JOIN entry e ON e.id = p.entry_id WHERE p.cash_day_id = d.id AND e.kind = 'gap'"
            " AND p.debit - p.credit = c.counted - c.theoretical)"
        ),
    ),
    (
        "{} : le dernier reçu de la feuille n’existe pas",
        (
            "SELECT d.day, b.label FROM closing c JOIN cash_day d ON d.id = c.cash_day_id"
            " JOIN box b ON b.id = d.box_id WHERE c.last_receipt <> '' AND NOT EXISTS (SELECT 1 FROM receipt r"
            " WHERE r.series = '' AND r.year = CAST(substr(c.last_receipt, 1, 4) AS INTEGER)"
            " AND r.number = CAST(substr(c.last_receipt, 6) AS INTEGER)"
            " AND printf('%04d-%05d', r.year, r.number) = c.last_receipt AND r.entry_id <= c.entries)"
        ),
    ),
    (
        "{} : l’ouverture n’est pas la clôture d’avant",
        (
            "SELECT day, label FROM (SELECT d.id, d.day, b.label, d.opening_amount,"
            " lag(d.counted_amount, 1, 0) OVER (PARTITION BY d.box_id ORDER BY d.id) AS before"
            " FROM cash_day d JOIN box b ON b.id = d.box_id) WHERE opening_amount IS NOT before"
        ),
    ),
    (
        "{} : journée clôturée sans feuille",
        (
            "SELECT d.day, b.label FROM cash_day d JOIN box b ON b.id = d.box_id"
            " WHERE d.closed_at IS NOT NULL AND d.id NOT IN (SELECT cash_day_id FROM closing)"
        ),
    ),
)


def closed_days(desk: Desk) -> Finding:
    """Nothing entered a closed day, and each opening is the closing before."""
    with desk.read() as uow:
        count = uow.rows("SELECT count(*) FROM closing")[0][0]
        faults = [text.format(_place(*row)) for text, query in _DAYS for row in uow.rows(query)]
    return Finding("Journées clôturées", not faults, _listed(faults) if faults else f"{count} clôtures intactes")


def _place(day: str, box: str) -> str:
    """« 23/11/2026 Caisse »."""
    return f"{formats.day(dt.date.fromisoformat(day))} {box}"


MONEY: tuple[Check, ...] = (entries_chained, closings_anchored, receipt_numbers, receipts_and_entries, closed_days)
"""The checks of the money, for the area's ``checks``."""
