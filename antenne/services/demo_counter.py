"""The demonstration's office day after day: what is received and spent, advances, change, the donor's money."""

from __future__ import annotations

import datetime as dt
import random
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from antenne.db.unit_of_work import UnitOfWork
from antenne.domain.accounts import Use
from antenne.domain.card_sales import CardSale
from antenne.domain.cashbook import CASH
from antenne.domain.dues import Due, DueKind
from antenne.domain.projects import BudgetLine, Project
from antenne.domain.receipts import ReceiptLine
from antenne.domain.voucher_faces import VoucherKind
from antenne.services import demo_people
from antenne.services.civil_fees import KIND as FEE_KIND
from antenne.services.demo_book import DemoBook, Spent, Taken
from antenne.services.demo_plan import FIRST_DAY, Plan, Visit, next_working
from antenne.wording import dues as words

_MOBILE: Final = 0.08
_GRANT: Final = {"1.1": 200_000, "1.2": 180_000, "2.1": 60_000, "2.2": 110_000, "3.1": 490_000}
"""What the donor sends each quarter for each line of :data:`PROJECT`: a little more than the office spends on it."""
_FLOOR: Final = 120_000
"""Below this the caisse is filled from the bank."""

PROJECT: Final = Project(
    code="Alimentaris",
    name="Maison de la Confiance, Mopti",
    donor="Fondation Alimentaris",
    starts_on=dt.date(2024, 1, 1),
    ends_on=dt.date(2026, 12, 31),
    lines=(
        BudgetLine(code="1.1", label="Causeries et sorties", amount=4_800_000),
        BudgetLine(code="1.2", label="Indemnités des paires éducatrices", amount=2_400_000),
        BudgetLine(code="2.1", label="État civil", amount=3_000_000),
        BudgetLine(code="2.2", label="Frais scolaires", amount=4_500_000),
        BudgetLine(code="3.1", label="Fonctionnement", amount=6_500_000),
    ),
)


@dataclass(frozen=True, slots=True)
class _Cost:
    """An expense that comes back: on which days of the month, how much, on which account and budget line."""

    days: tuple[int, ...]
    least: int
    most: int
    account: str
    line: str
    purpose: str
    supplier: str
    document: str = "facture"


_COSTS: Final = (
    _Cost((3,), 75_000, 75_000, "622", "3.1", "Loyer du bureau", "Propriétaire du bureau", "recu"),
    _Cost((12,), 18_000, 34_000, "6051", "3.1", "Électricité et eau", "EDM", "facture"),
    _Cost((8,), 15_000, 20_000, "628", "3.1", "Crédit de téléphone et clé internet", "Boutique télécom", "recu"),
    _Cost((6, 20), 4_000, 17_500, "6055", "3.1", "Papier, cahiers, encre", "Papeterie du marché", "facture"),
    _Cost((5, 13, 22, 27), 4_500, 12_000, "618", "1.1", "Transport des causeries et sorties", "Taxi-motos", "decharge"),
    _Cost((14,), 9_000, 26_000, "6011", "1.1", "Eau, thé et matériel des causeries", "Commerce du quartier", "recu"),
    _Cost((17,), 6_000, 22_000, "6522", "3.1", "Aide matérielle d’urgence", "Commerce du quartier", "decharge"),
    _Cost((26,), 3_500, 14_000, "624", "3.1", "Petite réparation", "Réparateur", "facture"),
)


class Counter:
    """Writes the days of the plan, with what the office spends besides."""

    def __init__(self, uow: UnitOfWork, book: DemoBook, rng: random.Random, plan: Plan, project: Project) -> None:
        self._book, self._rng, self._plan = book, rng, plan
        self._codes = {account.code: account.id for account in uow.accounts.all()}
        self._uses: Callable[[str], int] = lambda use: uow.accounts.by_use(use).id
        self._line = {line.code: line.id for line in project.lines}
        self._paid: dict[int, int] = defaultdict(int)
        self._labels = {due.id: words.due_label(due.kind, due.period, "Cotisation") for due in plan.dues}
        self._dues = {due.id: due for due in plan.dues}
        self._account = {kind: self._uses(kind.value) for kind in DueKind}
        self._card, self._advance = self._uses(Use.CARD), self._uses(Use.ADVANCE)
        self._peers = self._pick_peers(uow)
        self._pending: list[tuple[dt.date, Spent, int]] = []
        self._owed: list[tuple[dt.date, int, int]] = []
        self.sales: list[CardSale] = []
        self.fees: dict[int, tuple[int | None, int | None]] = {}

    @property
    def dues(self) -> list[Due]:
        """The dues with what was paid."""
        return [replace(due, paid=self._paid[due.id]) for due in self._plan.dues]

    def _pick_peers(self, uow: UnitOfWork) -> tuple[int, ...]:
        """Four members who lead the talks."""
        early = uow.persons.members_between(dt.date(2019, 1, 1), dt.date(2021, 12, 31))
        stay = [one for one in uow.persons.many(early) if one.membership and not one.membership.left_on]
        return tuple(one.id for one in stay[:80:20])

    def day(self, day: dt.date) -> None:
        """Everything of one day."""
        self._book.open(day)
        if day == FIRST_DAY:
            self._book.found(CASH, 84_250, self._uses(Use.OPENING))
            self._book.found("banque", 1_260_000, self._uses(Use.OPENING))
        self._fund(day)
        for person_id, visit in sorted(self._plan.visits.get(day, {}).items()):
            self._receive(day, person_id, visit)
        self._spend_day(day)
        self._advances(day)
        self._return_changes(day)

    def _fund(self, day: dt.date) -> None:
        """The donor pays each quarter; the caisse is filled from the bank when it runs low."""
        if day.month in {1, 4, 7, 10} and self._is_nth(day, 10):
            lines = tuple(
                ReceiptLine(
                    kind="grant",
                    label=f"Versement du trimestre, {day.year}, ligne {code}",
                    amount=amount,
                    account_id=self._uses(Use.GRANT),
                    budget_line_id=self._line[code],
                )
                for code, amount in _GRANT.items()
            )
            self._book.take(Taken(person_id=None, lines=lines, box="banque", payer=PROJECT.donor))
        if self._book.held(CASH) < _FLOOR and self._book.held("banque") > 250_000:
            self._book.spend(
                Spent(
                    kind=VoucherKind.TRANSFER,
                    amount=200_000,
                    purpose="Approvisionnement de la caisse",
                    account_id=self._uses(f"{Use.BOX}{CASH}"),
                    box="banque",
                    to_box=CASH,
                    beneficiary="Caisse",
                    document="bordereau",
                    fee=1_500,
                )
            )

    @staticmethod
    def _is_nth(day: dt.date, number: int) -> bool:
        """The first working day from that day of the month on."""
        return day == next_working(day.replace(day=number))

    def _receive(self, day: dt.date, person_id: int, visit: Visit) -> None:
        lines = [
            ReceiptLine(
                kind=self._dues[one.due].kind.value,
                label=self._labels[one.due],
                amount=one.amount,
                account_id=self._account[self._dues[one.due].kind],
                subject_id=one.due,
            )
            for one in visit.dues
        ]
        lines += [
            ReceiptLine(
                kind="card_duplicate" if card.duplicate_no else "card",
                label=words.CARD_DUPLICATE if card.duplicate_no else words.CARD,
                amount=500,
                account_id=self._card,
                subject_id=card.id,
            )
            for card in visit.cards
        ]
        lines += [
            ReceiptLine(
                kind=FEE_KIND, label=fee.label, amount=fee.amount, account_id=self._uses(Use.FEES), subject_id=fee.id
            )
            for fee in visit.fees
        ]
        for start in range(0, len(lines), 12):
            self._one_receipt(day, person_id, tuple(lines[start : start + 12]))

    def _one_receipt(self, day: dt.date, person_id: int, lines: tuple[ReceiptLine, ...]) -> None:
        rng = self._rng
        mobile = rng.random() < _MOBILE
        total = sum(line.amount for line in lines)
        over = 0 if mobile or rng.random() < 0.5 else -total % 500 + rng.choice((0, 500, 1000))
        owed = 50 if over % 100 == 50 and rng.random() < 0.3 else 0
        taken = Taken(
            person_id=person_id,
            lines=lines,
            box="orange" if mobile else CASH,
            reference=f"OM{rng.randrange(10**8, 10**9)}" if mobile else "",
            payer="une amie" if rng.random() < 0.03 else "",
            over=over,
            owed=owed,
        )
        receipt = self._book.take(taken)
        if rng.random() < 0.003:
            self._book.cancel(receipt, "saisi deux fois")
            receipt = self._book.take(taken)
        if owed:
            self._owed.append((day + dt.timedelta(days=rng.randrange(2, 40)), person_id, owed))
        for line in lines:
            if line.subject_id is not None and line.kind in {"card", "card_duplicate"}:
                sale = CardSale(
                    person_id=person_id,
                    card_id=line.subject_id,
                    receipt_id=receipt.id,
                    sold_on=day,
                    price=line.amount,
                )
                self.sales.append(sale)
            elif line.subject_id is not None and line.kind == FEE_KIND:
                self.fees[line.subject_id] = (receipt.id, None)
            elif line.subject_id is not None:
                self._paid[line.subject_id] += line.amount

    def _spend_day(self, day: dt.date) -> None:
        for cost in _COSTS:
            if any(self._is_nth(day, number) for number in cost.days):
                amount = self._rng.randrange(cost.least, cost.most + 1, 250)
                self._pay_out(cost, amount)
        for fee in self._plan.borne.get(day, ()):
            stamp = _Cost((), 0, 0, "6521", "2.1", fee.label, "Greffe et mairie", "recu")
            self.fees[fee.id] = (None, self._pay_out(stamp, fee.amount))
        if self._is_nth(day, 25):
            self._indemnities()
        if day.month == 10 and self._is_nth(day, 7):
            school = _Cost((), 0, 0, "6523", "2.2", "Inscriptions scolaires", "Écoles du quartier", "recu")
            self._pay_out(school, 350_000, "banque")

    def _pay_out(self, cost: _Cost, amount: int, box: str = CASH) -> int:
        return self._book.spend(
            Spent(
                kind=VoucherKind.EXPENSE,
                amount=amount,
                purpose=cost.purpose,
                account_id=self._codes[cost.account],
                box=box,
                beneficiary=cost.supplier,
                budget_line_id=self._line[cost.line],
                document=cost.document,
                document_ref=f"n° {self._rng.randrange(10, 9999)}",
            )
        )

    def _indemnities(self) -> None:
        for person_id in self._peers:
            self._book.spend(
                Spent(
                    kind=VoucherKind.INDEMNITY,
                    amount=15_000,
                    purpose="Indemnité de paire éducatrice",
                    account_id=self._uses(Use.INDEMNITY),
                    person_id=person_id,
                    budget_line_id=self._line["1.2"],
                    document="emargement",
                )
            )

    def _advances(self, day: dt.date) -> None:
        """An advance every other month, justified some days later; the last one waits."""
        for due, spent, amount in [one for one in self._pending if one[0] <= day]:
            self._justify(spent, amount)
            self._pending.remove((due, spent, amount))
        if day.month % 2 == 0 and self._is_nth(day, 11):
            peer, amount = self._rng.choice(self._peers), self._rng.choice((30_000, 40_000, 50_000))
            given = Spent(
                kind=VoucherKind.ADVANCE,
                amount=amount,
                purpose="Avance pour une sortie hors de la ville",
                account_id=self._advance,
                person_id=peer,
                justify_by=day + dt.timedelta(days=15),
            )
            number = self._book.spend(given)
            back = day + dt.timedelta(days=self._rng.randrange(6, 20))
            if back < demo_people.LAST_DAY - dt.timedelta(days=30):
                self._pending.append((back, replace(given, advance_id=number, justify_by=None), amount))

    def _justify(self, given: Spent, amount: int) -> None:
        transport = amount * self._rng.randrange(4, 7) // 10 // 250 * 250
        meals = (amount - transport) * self._rng.randrange(5, 10) // 10 // 250 * 250
        parts = (("618", "Transport de la sortie", transport), ("6011", "Repas et matériel de la sortie", meals))
        for account, purpose, size in parts:
            self._book.spend(
                replace(
                    given,
                    kind=VoucherKind.JUSTIFICATION,
                    amount=size,
                    purpose=purpose,
                    account_id=self._codes[account],
                    budget_line_id=self._line["1.1"],
                    document="decharge",
                )
            )
        if rest := amount - transport - meals:
            self._book.spend(
                replace(given, kind=VoucherKind.RETURN, amount=rest, purpose=f"Retour\u00a0: {given.purpose}")
            )

    def _return_changes(self, day: dt.date) -> None:
        for due, person_id, amount in [one for one in self._owed if one[0] <= day]:
            self._book.return_change(person_id, amount)
            self._owed.remove((due, person_id, amount))

    def open_day(self, today: dt.date, last: dt.date) -> None:
        """The day that is still open: a few women came; one receipt waits for the printer, one for its change."""
        self._book.open(today)
        waiting = sorted(
            (due for due in self._plan.dues if due.amount > self._paid[due.id] and due.due_on <= last),
            key=lambda due: (-due.due_on.toordinal(), due.person_id),
        )
        seen: dict[int, Due] = {}
        for due in waiting:
            seen.setdefault(due.person_id, due)
        for place, due in enumerate(list(seen.values())[:6]):
            line = ReceiptLine(
                kind=due.kind.value,
                label=self._labels[due.id],
                amount=due.amount - self._paid[due.id],
                account_id=self._account[due.kind],
                subject_id=due.id,
            )
            over = -line.amount % 500 if place == 3 else 0
            self._book.take(Taken(person_id=due.person_id, lines=(line,), over=over, owed=over, printed=place != 5))
            self._paid[due.id] = due.amount
