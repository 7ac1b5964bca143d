"""A receipt ÷ the same rows by bare sqlcipher3, on ten thousand and a million postings; the balance; the closing."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Any

from antenne.db import cipher, keys
from antenne.domain.account_papers import Period
from antenne.domain.basket import BasketLine
from antenne.services import books, cash_days, day_reading, fees, receipts
from antenne.services.access import BASE_FILE
from antenne.services.desk import Desk
from benchmarks import closing, common, ledgers
from benchmarks.save import DEAR_SYNC, reference

SIZES = (10_000, 1_000_000)
COUNT, WARM = 100, 20
_TABLES = {
    "entry": "SELECT * FROM entry ORDER BY id DESC LIMIT 1",
    "posting": "SELECT * FROM posting WHERE entry_id = (SELECT max(id) FROM entry)",
    "receipt": "SELECT * FROM receipt ORDER BY id DESC LIMIT 1",
    "receipt_line": "SELECT * FROM receipt_line WHERE receipt_id = (SELECT max(id) FROM receipt)",
    "audit": "SELECT * FROM audit ORDER BY id DESC LIMIT 1",
    "audit_detail": "SELECT * FROM audit_detail ORDER BY audit_id DESC LIMIT 1",
}
"""What one receipt writes, in the order in which it is written."""

_BALANCE = (
    "SELECT account_id, sum(debit), sum(credit) FROM posting JOIN entry ON entry.id = posting.entry_id"
    " WHERE day BETWEEN ? AND ? GROUP BY account_id"
)


def collect(desk: Desk) -> float:
    """Seconds of one « Encaisser »."""
    line = BasketLine(kind="fees", person_id=1, amount=ledgers.AMOUNT, label="Frais de dossier")
    command = receipts.Collect(request_id=secrets.token_hex(8), lines=(line,))
    return common.timed(lambda: receipts.collect(desk, command, (fees.SOURCE,)))


def written(desk: Desk) -> dict[str, list[tuple[Any, ...]]]:
    """The rows of the last receipt."""
    with desk.read() as uow:
        return {table: uow.rows(query) for table, query in _TABLES.items()}


def bare(raw: cipher.Connection, rows: dict[str, list[tuple[Any, ...]]]) -> float:
    """Seconds of the same rows in one transaction."""

    def work() -> None:
        raw.execute("BEGIN IMMEDIATE")
        for table, found in rows.items():
            for row in found:
                raw.execute(f"INSERT INTO {table} VALUES ({', '.join('?' * len(row))})", row)  # noqa: S608 - names of ours
        raw.execute("COMMIT")

    return common.timed(work)


class Ledger:
    """One office, its desk and the bare copy beside it."""

    def __init__(self, folder: Path, size: int) -> None:
        """Build it and open today."""
        self.size, self.folder = size, folder / str(size)
        self.folder.mkdir()
        self.place = ledgers.build(self.folder / "data", size)
        self.desk = ledgers.open_desk(self.place)
        self.raw = reference(self.folder, self.place, self.desk.keys.base)
        cash_days.open_day(self.desk, cash_days.OpenDay(request_id="open", found=_expected(self.desk)))
        copy_day(self.desk, self.raw)
        self.ours: list[float] = []
        self.straight: list[float] = []

    def collect(self) -> None:
        """One receipt here, the same rows there."""
        self.ours.append(collect(self.desk))
        self.straight.append(bare(self.raw, written(self.desk)))

    @property
    def median(self) -> float:
        """Seconds of a receipt."""
        return common.median(self.ours[WARM:])

    def report(self) -> None:
        """The figures of this size."""
        mine, theirs = self.median, common.median(self.straight[WARM:])
        sync = common.sync_cost(self.folder)
        dear = sync >= DEAR_SYNC
        details = f"{1000 * mine:.1f} ms ÷ {1000 * theirs:.1f} ms ; une synchronisation ici : {1000 * sync:.1f} ms"
        common.report(f"un reçu ÷ sqlcipher3 nu, {self.size} lignes", mine / theirs, "≤ 3" if dear else "—", details)
        common.report(f"un reçu, {self.size} lignes : ms de plus", 1000 * (mine - theirs), "—" if dear else "< 5")
        reading(self.desk, self.place, self.size)

    def close(self) -> None:
        """Let go of both files."""
        self.raw.close()
        self.desk.close()


def _expected(desk: Desk) -> int:
    return cash_days.cash_state(desk).expected


def copy_day(desk: Desk, raw: cipher.Connection) -> None:
    """The bare copy opens the same day, so that its rows can point to it."""
    with desk.read() as uow:
        for table in ("cash_day", "audit", "audit_detail"):
            (row,) = uow.rows(f"SELECT * FROM {table} ORDER BY 1 DESC LIMIT 1")  # noqa: S608 - three literal names
            raw.execute(f"INSERT INTO {table} VALUES ({', '.join('?' * len(row))})", row)  # noqa: S608 - names of ours


def closing_screen(desk: Desk) -> None:
    """What « Caisse du jour » and its closing read before they can be painted."""
    cash_days.cash_state(desk)
    day_reading.read_closing(desk)


def reading(desk: Desk, place: Path, size: int) -> None:
    """The trial balance ÷ hand-written SQL, and what the closing screen asks."""
    period = books.whole_period(desk)
    raw = cipher.connect(place / BASE_FILE, keys.cipher_key(desk.keys.base))
    days = (period.first.isoformat(), period.last.isoformat())
    mine = common.median([common.timed(lambda: books.trial_balance(desk, period)) for _ in range(5)])
    theirs = common.median([common.timed(lambda: raw.execute(_BALANCE, days).fetchall()) for _ in range(5)])
    raw.close()
    details = f"{1000 * mine:.0f} ms ÷ {1000 * theirs:.0f} ms"
    common.report(f"balance des comptes ÷ SQL écrit à la main, {size} lignes", mine / theirs, "≤ 1,5", details)
    last_month = Period(period.last.replace(day=1), period.last)
    month = common.median([common.timed(lambda: books.trial_balance(desk, last_month)) for _ in range(5)])
    common.report(f"balance d’un mois, {size} lignes : ms", 1000 * month, "—")
    state = common.median([common.timed(lambda: closing_screen(desk)) for _ in range(9)])
    common.report(f"écran de clôture, ce qu’il lit, {size} lignes : ms", 1000 * state, "—")
    found = closing.painted(desk)
    for name, taken, limit in (
        ("touche → clôture peinte", found.opened, "< 100"),
        ("touche → clôture peinte, aussitôt", found.at_once, "< 100"),
        ("chiffre compté → total peint", found.typed, "—"),
    ):
        details = f"{len(taken)} fois, la plus lente {1000 * max(taken):.1f} ms"
        common.report(f"{name}, {size} lignes : ms", 1000 * common.median(taken), limit, details)


def main() -> None:
    with common.scratch() as folder:
        sizes = [Ledger(folder, size) for size in SIZES]
        for _ in range(WARM + COUNT):  # in turn: what else the machine does weighs on both
            for one in sizes:
                one.collect()
        for one in sizes:
            one.report()
        small, large = (one.median for one in sizes)
        for one in sizes:
            one.close()
    common.report("un reçu : croissance d’un million à dix mille lignes", large / small, "< 1,5")


if __name__ == "__main__":
    main()
