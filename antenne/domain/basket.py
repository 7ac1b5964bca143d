"""« Encaisser » is one basket: what is owed, what is paid and by whom, one receipt for each woman (forms: Receipt)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from antenne.domain.receipts import ReceiptLine, Tender
from antenne.domain.violations import Violation


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """Something that a woman may pay now, as an area proposes it.

    Attributes:
        kind: What it is, in the area's word: ``joining``, ``insurance``, ``card``…
        subject_id: The due, card… or None for something new.
        label: Neutral words for the paper.
        amount: What is left to pay, in FCFA.
        due_on: When it is due, or None.
        late: It is past that day.
        ticked: Proposed as part of the basket from the start (what is late, what she came for).
        part: Part of it may be paid.
    """

    kind: str
    label: str
    amount: int
    person_id: int | None = None
    subject_id: int | None = None
    due_on: dt.date | None = None
    late: bool = False
    ticked: bool = False
    part: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class BasketLine:
    """One line to be paid.

    Attributes:
        kind: As in :class:`Owed`.
        person_id: Whom it concerns; None for money that concerns nobody of the register (rent, a donor's funds).
        amount: FCFA.
        label: Words for the paper where the kind leaves them free; empty takes the area's own.
        subject_id: The due, card… it pays, or None.
        budget_line_id: Line of a donor's project, or None.
    """

    kind: str
    amount: int
    person_id: int | None = None
    label: str = ""
    subject_id: int | None = None
    budget_line_id: int | None = None


@dataclass(frozen=True, slots=True)
class Settled:
    """A basket line that its area has accepted: the receipt's line, and what stands below the total."""

    line: ReceiptLine
    note: str = ""


def by_person(lines: Sequence[BasketLine]) -> tuple[tuple[int | None, tuple[int, ...]], ...]:
    """Rows of the basket by person, in the order in which they appear: one receipt for each."""
    rows: dict[int | None, list[int]] = {}
    for row, line in enumerate(lines):
        rows.setdefault(line.person_id, []).append(row)
    return tuple((person, tuple(found)) for person, found in rows.items())


def share_tender(totals: Sequence[int], tender: Tender) -> tuple[Tender, ...]:
    """What was handed and given back, receipt by receipt: all but the last are paid exactly."""
    before = sum(totals[:-1])
    return (*(Tender(total, 0) for total in totals[:-1]), Tender(tender.handed - before, tender.given))


def check_basket(lines: Sequence[BasketLine], own_person_id: int | None) -> tuple[Violation, ...]:
    """``receipt.empty``, ``receipt.own`` (nobody collects from herself), ``receipt.twice`` (the same thing twice)."""
    if not lines:
        return (Violation("receipt.empty"),)
    found: list[Violation] = []
    seen: set[tuple[str, int | None, int]] = set()
    for row, line in enumerate(lines):
        if own_person_id is not None and line.person_id == own_person_id:
            found.append(Violation("receipt.own", f"lines[{row}]"))
        if line.subject_id is not None:
            key = (line.kind, line.person_id, line.subject_id)
            if key in seen:
                found.append(Violation("receipt.twice", f"lines[{row}]"))
            seen.add(key)
    return tuple(found)
