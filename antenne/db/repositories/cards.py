"""Member cards: rows to records and back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, func, select
from sqlalchemy.orm import Session, aliased

from antenne.db.models.cards import MemberCardModel
from antenne.db.models.members import MembershipModel, PersonModel
from antenne.domain.cards import CardKind, CardList, CardRow, MemberCard

_SAME = (
    "person_id", "layout", "issued_on", "valid_until", "duplicate_no", "reason", "printed_at", "handed_on",
    "handed_how", "lost_on", "lost_how", "replaced_by", "control",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class CardQuery:
    """One list of cards.

    Attributes:
        which: The list.
        end: For :attr:`CardList.TO_RENEW`, the last day of the cards to make.
        person_ids: Only these persons (a search), or None.
        sort: ``name``, ``number``, ``until``, ``issued``, ``quarter``; ``name`` where unknown.
        descending: Its direction.
    """

    which: CardList
    end: dt.date | None = None
    person_ids: tuple[int, ...] | None = None
    sort: str = "name"
    descending: bool = False


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

    def page(self, query: CardQuery, offset: int = 0, limit: int | None = None) -> tuple[CardRow, ...]:
        """Lines of a list, in its order.

        Args:
            query: Which list, for which day, in which order.
            offset: First line.
            limit: How many lines; None for all.
        """
        statement = _listed(query).order_by(*_order(query)).offset(offset)
        if limit is not None:
            statement = statement.limit(limit)
        rows = self._session.execute(statement)
        return tuple(
            CardRow(person_id, number, last, first, quarter, None if model is None else _record(model))
            for person_id, number, last, first, quarter, model in rows
        )

    def count(self, query: CardQuery) -> int:
        """How many lines the list has."""
        listed = _listed(query).with_only_columns(PersonModel.id).subquery()
        return self._session.scalar(select(func.count()).select_from(listed)) or 0

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


_NEWEST = (
    select(MemberCardModel.id)
    .where(MemberCardModel.person_id == PersonModel.id)
    .order_by(MemberCardModel.valid_until.desc(), MemberCardModel.id.desc())
    .limit(1)
    .correlate(PersonModel)
    .scalar_subquery()
)
"""The id of her last card, whatever became of it."""

_SORTS: dict[str, tuple[Any, ...]] = {
    "name": (PersonModel.name_norm,),
    "number": (MembershipModel.number,),
    "until": (MemberCardModel.valid_until, PersonModel.name_norm),
    "issued": (MemberCardModel.issued_on, MemberCardModel.id),
    "quarter": (PersonModel.quarter, PersonModel.name_norm),
}


def _listed(query: CardQuery) -> Select[*tuple[Any, ...]]:
    """The lines of a list, in no order."""
    of_persons = query.which in {CardList.TO_ISSUE, CardList.TO_RENEW}
    columns = (
        PersonModel.id,
        MembershipModel.number,
        PersonModel.last_name,
        PersonModel.first_name,
        PersonModel.quarter,
        MemberCardModel,
    )
    on = MemberCardModel.id == _NEWEST if of_persons else MemberCardModel.person_id == PersonModel.id
    statement = (
        select(*columns)
        .select_from(PersonModel)
        .join(MembershipModel, MembershipModel.person_id == PersonModel.id)
        .join(MemberCardModel, on, isouter=of_persons)
        .where(*_conditions(query))
    )
    if query.person_ids is not None:
        statement = statement.where(PersonModel.id.in_(query.person_ids))
    return statement


def _conditions(query: CardQuery) -> tuple[ColumnElement[bool], ...]:
    usable = (MemberCardModel.lost_on.is_(None), MemberCardModel.replaced_by.is_(None))
    active = (
        MembershipModel.left_on.is_(None),
        MembershipModel.suspended_on.is_(None),
        PersonModel.died_on.is_(None),
        PersonModel.erased_on.is_(None),
    )
    covering = aliased(MemberCardModel)
    still = query.end or dt.date.min
    covered = exists().where(
        covering.person_id == PersonModel.id,
        covering.lost_on.is_(None),
        covering.replaced_by.is_(None),
        covering.valid_until >= still,
    )
    return {
        CardList.TO_ISSUE: (*active, MemberCardModel.id.is_(None)),
        CardList.TO_PRINT: (*usable, MemberCardModel.printed_at.is_(None), MemberCardModel.valid_until >= still),
        CardList.TO_HAND: (
            *usable,
            MemberCardModel.printed_at.is_not(None),
            MemberCardModel.handed_on.is_(None),
            MemberCardModel.valid_until >= still,
        ),
        CardList.TO_RENEW: (*active, MemberCardModel.id.is_not(None), ~covered),
        CardList.LOST: (MemberCardModel.lost_on.is_not(None),),
        CardList.ALL: (),
    }[query.which]


def _order(query: CardQuery) -> tuple[Any, ...]:
    keys = _SORTS.get(query.sort, _SORTS["name"])
    tie = (PersonModel.id, MemberCardModel.id)
    return (*(key.desc() if query.descending else key.asc() for key in keys), *tie)
