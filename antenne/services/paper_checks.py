"""What ``controler`` asks of the words on receipts and vouchers: they are those that were written."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from antenne.db.unit_of_work import UnitOfWork
from antenne.domain import paper_words
from antenne.domain.receipts import receipt_number
from antenne.domain.voucher_faces import voucher_number
from antenne.services.checks import Check, Finding
from antenne.services.desk import Desk

_NAMED: Final = 20
_NOTED: Final = (
    "SELECT a.subject_id, d.details FROM audit a JOIN audit_detail d ON d.audit_id = a.id"
    " WHERE a.action = :action AND d.details IS NOT NULL"
)
_LABELS: Final = "SELECT receipt_id, label FROM receipt_line ORDER BY receipt_id, position"
_RECEIPTS: Final = (
    "SELECT id, year, number, series, cancelled_reason, payer, reference, note, cashier FROM receipt ORDER BY id"
)
_EXPENSES: Final = (
    "SELECT id, year, number, cancelled_reason, beneficiary, purpose, document, document_ref, cashier FROM expense"
    " ORDER BY id"
)


@dataclass(frozen=True, slots=True)
class _Paper:
    """One paper as the base shows it now; ``words`` in the order of ```paper_words```."""

    id: int
    name: str
    words: tuple[str, ...]
    reason: str


def papers_as_written(desk: Desk) -> Finding:
    """Names, labels and reasons are those that the Historique holds under its chain; what was erased is left out."""
    faults: list[str] = []
    proven = 0
    with desk.read() as uow:
        for kind, written, cancelled, papers in (
            ("reçu", "receipt.issued", "receipt.cancelled", _receipts(uow)),
            ("pièce", "expense.written", "expense.cancelled", _vouchers(uow)),
        ):
            words, reasons = _noted(uow, written, paper_words.FIELD), _noted(uow, cancelled, paper_words.REASON)
            for paper in papers:
                known = words.get(paper.id)
                proven += known is not None
                if known not in (None, "\n".join(paper.words)):
                    faults.append(f"{kind} {paper.name}")
                if reasons.get(paper.id) not in (None, paper.reason):
                    faults.append(f"{kind} {paper.name} (motif d’annulation)")
    more = len(faults) - _NAMED
    named = ", ".join(faults[:_NAMED]) + (f", et {more} autres" if more > 0 else "")
    said = (
        f"ne disent plus ce qui a été écrit\u00a0: {named}"
        if faults
        else f"{proven} reçus et pièces disent ce qui a été écrit"
    )
    return Finding("Mots des reçus et des pièces", not faults, said)


def _receipts(uow: UnitOfWork) -> Iterator[_Paper]:
    labels: dict[int, list[str]] = defaultdict(list)
    for receipt_id, label in uow.rows(_LABELS):
        labels[receipt_id].append(str(label))
    for number, year, order, series, reason, *words in uow.rows(_RECEIPTS):
        said = (*map(str, words), *labels[number])
        yield _Paper(number, receipt_number(year, order, series), said, str(reason))


def _vouchers(uow: UnitOfWork) -> Iterator[_Paper]:
    for number, year, order, reason, *words in uow.rows(_EXPENSES):
        yield _Paper(number, voucher_number(year, order), tuple(map(str, words)), str(reason))


def _noted(uow: UnitOfWork, action: str, field: str) -> Mapping[int, str]:
    """What the Historique holds of one line, by paper; details that cannot be read are named with their chain."""
    found: dict[int, str] = {}
    for subject_id, details in uow.rows(_NOTED, action=action):
        try:
            lines = json.loads(details)
            found.update((subject_id, str(new)) for name, _, new in lines if name == field)
        except (ValueError, TypeError):
            continue
    return found


PAPERS: tuple[Check, ...] = (papers_as_written,)
"""The check of the words, for the area's ``checks``."""
