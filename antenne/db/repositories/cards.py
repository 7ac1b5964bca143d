"""Member cards: rows to records and back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from antenne.db.models.cards import MemberCardModel
from antenne.domain.cards import CardKind, MemberCard

_SAME = (
    "person_id", "layout", "issued_on", "valid_until", "duplicate_no", "reason", "printed_at", "handed_on",
    "handed_how", "lost_on", "lost_how", "replaced_by", "control",
)  # fmt: skip


class CardRepository:
    """Every card ever issued."""

    def __init__(self, session: Session) -> None:
        """Work inside this session."""
        self._session = session

    def get(self, card_id: int) -> MemberCard | None:
        """One card."""
        model = self._session.get(MemberCardModel, card_id)
        return None if model is None else _record(model)

    def of_person(self, person_id: int) -> tuple[MemberCard, ...]:
        """Her cards, the newest first."""
        return self._all(select(MemberCardModel).where(MemberCardModel.person_id == person_id))

    def of_persons(self, person_ids: Sequence[int]) -> dict[int, tuple[MemberCard, ...]]:
        """The cards of each of these persons, the newest first."""
        found: dict[int, list[MemberCard]] = {person_id: [] for person_id in person_ids}
        for card in self._all(select(MemberCardModel).where(MemberCardModel.person_id.in_(person_ids))):
            found[card.person_id].append(card)
        return {person_id: tuple(cards) for person_id, cards in found.items()}

    def by_control(self, control: str) -> MemberCard | None:
        """The card whose QR code bears that control code."""
        model = self._session.scalar(select(MemberCardModel).where(MemberCardModel.control == control))
        return None if model is None else _record(model)

    def to_print(self) -> tuple[MemberCard, ...]:
        """Cards recorded, never printed, still wanted."""
        return self._all(
            select(MemberCardModel).where(
                MemberCardModel.printed_at.is_(None),
                MemberCardModel.lost_on.is_(None),
                MemberCardModel.replaced_by.is_(None),
            )
        )

    def printed_not_handed(self) -> tuple[MemberCard, ...]:
        """Printed is not handed over: cards that wait in the drawer."""
        return self._all(
            select(MemberCardModel).where(
                MemberCardModel.printed_at.is_not(None),
                MemberCardModel.handed_on.is_(None),
                MemberCardModel.lost_on.is_(None),
                MemberCardModel.replaced_by.is_(None),
            )
        )

    def ending_between(self, first: dt.date, last: dt.date) -> tuple[MemberCard, ...]:
        """Cards in use whose last day lies between these days, both included."""
        return self._all(
            select(MemberCardModel).where(
                MemberCardModel.valid_until.between(first, last),
                MemberCardModel.lost_on.is_(None),
                MemberCardModel.replaced_by.is_(None),
            )
        )

    def count_handed(self, first: dt.date, last: dt.date) -> int:
        """How many were handed over between these days, both included."""
        return (
            self._session.scalar(
                select(func.count()).select_from(MemberCardModel).where(MemberCardModel.handed_on.between(first, last))
            )
            or 0
        )

    def save(self, card: MemberCard) -> MemberCard:
        """Insert (id 0) or rewrite."""
        model = MemberCardModel() if card.id == 0 else self._session.get_one(MemberCardModel, card.id)
        for name in _SAME:
            setattr(model, name, getattr(card, name))
        model.kind = card.kind.value
        self._session.add(model)
        self._session.flush()
        return _record(model)

    def _all(self, query: object) -> tuple[MemberCard, ...]:
        rows = self._session.scalars(query.order_by(MemberCardModel.issued_on.desc(), MemberCardModel.id.desc()))  # type: ignore[attr-defined]  # a Select; its generic type says nothing here
        return tuple(_record(model) for model in rows)


def _record(model: MemberCardModel) -> MemberCard:
    return MemberCard(id=model.id, kind=CardKind(model.kind), **{name: getattr(model, name) for name in _SAME})
