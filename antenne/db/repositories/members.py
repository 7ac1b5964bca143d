"""Persons: rows to records and back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from antenne.db.models.cards import MemberCardModel
from antenne.db.models.members import ConsentModel, MembershipModel, PersonModel, PhoneModel, PhotoModel
from antenne.db.models.office import UserModel
from antenne.domain import names
from antenne.domain.births import Birth, Precision
from antenne.domain.persons import Consent, Membership, Person, Phone, Purpose
from antenne.domain.search import IndexedPerson

_SAME = (
    "number", "last_name", "first_name", "pseudonym", "birth_place", "nationality", "quarter", "emergency_name",
    "emergency_phone", "emergency_knows", "never_tell", "recognition_question", "mother_name", "children_count",
    "schooling", "literate", "activity", "displaced", "displaced_from", "displaced_on", "id_type", "id_number",
    "id_expires_on", "nina", "evident_adult", "died_on", "erased_on", "register_ref",
)  # fmt: skip
"""Fields that are the same in the record and in the row."""


class PersonRepository:
    """The persons of the office."""

    def __init__(self, session: Session) -> None:
        """Work inside this session."""
        self._session = session

    def get(self, person_id: int) -> Person | None:
        """One person with her phones, consents and adhesion."""
        model = self._session.get(PersonModel, person_id)
        return None if model is None else self._record(model)

    def many(self, person_ids: Sequence[int]) -> tuple[Person, ...]:
        """These persons, in the order asked; ids that are gone are left out."""
        rows = self._session.scalars(select(PersonModel).where(PersonModel.id.in_(person_ids))).unique()
        by_id = {model.id: self._record(model, with_author=False) for model in rows}
        return tuple(by_id[person_id] for person_id in person_ids if person_id in by_id)

    def by_member_number(self, number: str) -> Person | None:
        """The member of that number."""
        found = self._session.scalar(select(MembershipModel.person_id).where(MembershipModel.number == number))
        return None if found is None else self.get(found)

    def by_number(self, number: str) -> Person | None:
        """The person of that number."""
        found = self._session.scalar(select(PersonModel.id).where(PersonModel.number == number))
        return None if found is None else self.get(found)

    def all_ids(self) -> tuple[int, ...]:
        """Everybody, in the order of names."""
        return tuple(self._session.scalars(select(PersonModel.id).order_by(PersonModel.name_norm, PersonModel.id)))

    def members_between(self, first: dt.date, last: dt.date) -> tuple[int, ...]:
        """Ids of those who joined from ``first`` to ``last``, both included."""
        return tuple(
            self._session.scalars(
                select(MembershipModel.person_id)
                .where(MembershipModel.joined_on.between(first, last))
                .order_by(MembershipModel.number)
            )
        )

    def count_joined(self, first: dt.date, last: dt.date) -> int:
        """How many joined from ``first`` to ``last``, both included."""
        return (
            self._session.scalar(
                select(func.count()).select_from(MembershipModel).where(MembershipModel.joined_on.between(first, last))
            )
            or 0
        )

    def count_members(self) -> int:
        """How many have an adhesion and have not left."""
        return (
            self._session.scalar(
                select(func.count()).select_from(MembershipModel).where(MembershipModel.left_on.is_(None))
            )
            or 0
        )

    def index_rows(self) -> tuple[IndexedPerson, ...]:
        """What the search index is filled with."""
        rows = self._session.execute(select(PersonModel.id, PersonModel.name_norm, PersonModel.search_text))
        return tuple(IndexedPerson(*row) for row in rows)

    def quarters(self) -> tuple[str, ...]:
        """Quarters already written, the most frequent first: suggestions."""
        rows = self._session.execute(
            select(PersonModel.quarter)
            .where(PersonModel.quarter != "")
            .group_by(PersonModel.quarter)
            .order_by(func.count().desc(), PersonModel.quarter)
            .limit(300)
        )
        return tuple(row[0] for row in rows)

    def last_card_until(self, person_ids: Iterable[int]) -> dict[int, dt.date]:
        """For each person with a card in use, the last day it is valid."""
        rows = self._session.execute(
            select(MemberCardModel.person_id, func.max(MemberCardModel.valid_until))
            .where(
                MemberCardModel.person_id.in_(tuple(person_ids)),
                MemberCardModel.lost_on.is_(None),
                MemberCardModel.replaced_by.is_(None),
            )
            .group_by(MemberCardModel.person_id)
        )
        return {person_id: dt.date.fromisoformat(str(until)) for person_id, until in rows}

    def save(self, person: Person, at: dt.datetime, actor_id: int) -> Person:
        """Insert (id 0) or rewrite the person whole; returns her with her id."""
        model = PersonModel() if person.id == 0 else self._session.get_one(PersonModel, person.id)
        self._fill(model, person)
        model.updated_at, model.updated_by = at, actor_id
        self._session.add(model)
        self._session.flush()
        return self._record(model)

    def set_evident(self, person_id: int, words: str) -> None:
        """Keep on what « majeure évidente » rests."""
        self._session.execute(update(PersonModel).where(PersonModel.id == person_id).values(evident_adult=words))

    def photo(self, person_id: int) -> bytes | None:
        """Her photo as JPEG."""
        return self._session.scalar(select(PhotoModel.jpeg).where(PhotoModel.person_id == person_id))

    def put_photo(self, person_id: int, jpeg: bytes | None, taken_on: dt.date) -> None:
        """Keep her photo, or take it away."""
        model = self._session.get(PhotoModel, person_id)
        if jpeg is None:
            if model is not None:
                self._session.delete(model)
        elif model is None:
            self._session.add(PhotoModel(person_id=person_id, jpeg=jpeg, taken_on=taken_on))
        else:
            model.jpeg, model.taken_on = jpeg, taken_on
        self._session.flush()

    def with_photo(self, person_ids: Sequence[int]) -> frozenset[int]:
        """Which of these have a photo."""
        return frozenset(
            self._session.scalars(select(PhotoModel.person_id).where(PhotoModel.person_id.in_(person_ids)))
        )

    def _fill(self, model: PersonModel, person: Person) -> None:
        for name in _SAME:
            setattr(model, name, getattr(person, name))
        model.nicknames, model.languages = list(person.nicknames), list(person.languages)
        model.birth_precision = person.birth.precision.value
        model.birth_value, model.birth_age = person.birth.value, person.birth.age
        model.birth_declared_on, model.birth_event = person.birth.declared_on, person.birth.event
        model.name_norm = names.sort_key(person.last_name, person.first_name)
        model.search_text = names.search_text(
            (person.last_name, person.first_name, *person.nicknames, person.pseudonym),
            (person.number, person.membership.number if person.membership else ""),
            tuple(phone.number for phone in person.phones),
        )
        wanted = [
            PhoneModel(
                position=position,
                number=phone.number,
                owner=phone.owner,
                may_call=phone.may_call,
                may_message=phone.may_message,
            )
            for position, phone in enumerate(person.phones)
        ]
        if person.id == 0 or _phones(model) != person.phones:
            model.phones = wanted
        if person.id == 0 or _consents(model) != person.consents:
            model.consents = [
                ConsentModel(
                    purpose=consent.purpose.value,
                    given_on=consent.given_on,
                    how=consent.how,
                    witness=consent.witness,
                    withdrawn_on=consent.withdrawn_on,
                )
                for consent in person.consents
            ]
        self._fill_membership(model, person.membership)

    @staticmethod
    def _fill_membership(model: PersonModel, membership: Membership | None) -> None:
        if membership is None:
            model.membership = None
            return
        row = model.membership or MembershipModel()
        for name in ("number", "joined_on", "sponsor_id", "exempt", "suspended_on", "left_on", "left_reason"):
            setattr(row, name, getattr(membership, name))
        model.membership = row

    def _record(self, model: PersonModel, *, with_author: bool = True) -> Person:
        row = model.membership
        author = self._session.get(UserModel, model.updated_by) if with_author else None
        return Person(
            id=model.id,
            **{name: getattr(model, name) for name in _SAME},
            nicknames=tuple(model.nicknames),
            languages=tuple(model.languages),
            birth=Birth(
                Precision(model.birth_precision),
                model.birth_value,
                model.birth_age,
                model.birth_declared_on,
                model.birth_event,
            ),
            phones=_phones(model),
            consents=_consents(model),
            membership=None
            if row is None
            else Membership(
                row.number, row.joined_on, row.sponsor_id, row.exempt, row.suspended_on, row.left_on, row.left_reason
            ),
            has_photo=bool(self._session.scalar(select(func.count()).where(PhotoModel.person_id == model.id)))
            if with_author
            else False,
            updated_at=model.updated_at,
            updated_by=author.name if author is not None else "",
        )


def _phones(model: PersonModel) -> tuple[Phone, ...]:
    return tuple(Phone(row.number, row.owner, row.may_call, row.may_message) for row in model.phones)


def _consents(model: PersonModel) -> tuple[Consent, ...]:
    return tuple(
        Consent(Purpose(row.purpose), row.given_on, row.how, row.witness, row.withdrawn_on) for row in model.consents
    )
