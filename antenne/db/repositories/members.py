"""Persons: rows to records and back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import ScalarSelect, Select, bindparam, delete, func, select
from sqlalchemy.orm import Session

from antenne.db.models.cards import MemberCardModel
from antenne.db.models.members import ConsentModel, MembershipModel, PersonModel, PhoneModel, PhotoModel
from antenne.db.models.office import DraftModel, UserModel
from antenne.domain import members
from antenne.domain.births import Birth, Precision
from antenne.domain.persons import Consent, Membership, Person, Phone, Purpose
from antenne.domain.search import IndexedPerson


@dataclass(frozen=True, slots=True)
class ListRow:
    """What a list shows: her record with only what is shown, and the last day of her card in use."""

    person: Person
    card_until: dt.date | None


_SAME = (
    "number", "last_name", "first_name", "pseudonym", "birth_place", "nationality", "quarter", "emergency_name",
    "emergency_phone", "emergency_knows", "never_tell", "recognition_question", "mother_name", "children_count",
    "schooling", "literate", "activity", "displaced", "displaced_from", "displaced_on", "id_type", "id_number",
    "id_expires_on", "nina", "evident_adult", "died_on", "erased_on", "register_ref",
)  # fmt: skip
"""Fields that are the same in the record and in the row."""
_AT_ONCE = 2000
"""Rows fetched together where all are read: one large result would be held twice."""


class PersonRepository:
    """The persons of the office."""

    def __init__(self, session: Session) -> None:
        """Work inside this session."""
        self._session = session
        self._held: dict[int, PersonModel] = {}
        self._authors: dict[int, str] = {}
        self._photographed: dict[int, bool] = {}

    def get(self, person_id: int) -> Person | None:
        """One person with her phones, consents and adhesion."""
        model = self._held.get(person_id) or self._session.get(PersonModel, person_id)
        if model is not None:
            self._held[person_id] = model  # the session forgets what nobody holds, and would read her again to save her
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
        """How many are members: joined, not gone, alive, on file."""
        return (
            self._session.scalar(
                select(func.count())
                .select_from(MembershipModel)
                .join(PersonModel, PersonModel.id == MembershipModel.person_id)
                .where(
                    MembershipModel.left_on.is_(None), PersonModel.died_on.is_(None), PersonModel.erased_on.is_(None)
                )
            )
            or 0
        )

    def without_consent(self) -> tuple[int, ...]:
        """Ids of the members on file without a consent to be there (a register that came in without)."""
        agreed = select(ConsentModel.person_id).where(
            ConsentModel.purpose == Purpose.FILE.value, ConsentModel.withdrawn_on.is_(None)
        )
        return tuple(
            self._session.scalars(
                select(PersonModel.id)
                .join(MembershipModel, MembershipModel.person_id == PersonModel.id)
                .where(
                    PersonModel.id.not_in(agreed),
                    MembershipModel.left_on.is_(None),
                    PersonModel.died_on.is_(None),
                    PersonModel.erased_on.is_(None),
                )
                .order_by(PersonModel.name_norm, PersonModel.id)
            )
        )

    def rows(self, person_ids: Sequence[int]) -> tuple[ListRow, ...]:
        """What a list shows of these persons, in the order asked; plain columns, so that a page costs a millisecond."""
        found = self._session.connection().execute(_list_statement(), {"ids": person_ids})
        by_id = {row[0]: _list_row(tuple(row)) for row in found}
        return tuple(by_id[person_id] for person_id in person_ids if person_id in by_id)

    def sketches(self, person_ids: Sequence[int]) -> tuple[Person, ...]:
        """Of these persons, what tells whether somebody is one of them; the rest of their records stays empty."""
        numbers: dict[int, list[Phone]] = {}
        for person_id, number in self._session.execute(
            select(PhoneModel.person_id, PhoneModel.number).where(PhoneModel.person_id.in_(person_ids))
        ):
            numbers.setdefault(person_id, []).append(Phone(number))
        found = self._session.execute(
            select(
                PersonModel.id, PersonModel.number, PersonModel.last_name, PersonModel.first_name,
                PersonModel.nicknames, PersonModel.mother_name, PersonModel.quarter, PersonModel.erased_on,
                PersonModel.birth_precision, PersonModel.birth_value, PersonModel.birth_age,
                PersonModel.birth_declared_on, PersonModel.birth_event,
            ).where(PersonModel.id.in_(person_ids))
        )  # fmt: skip
        by_id = {
            person_id: Person(
                id=person_id,
                number=number,
                last_name=last,
                first_name=first,
                nicknames=tuple(nicknames),
                mother_name=mother,
                quarter=quarter,
                erased_on=erased,
                birth=Birth(Precision(precision), *birth),
                phones=tuple(numbers.get(person_id, ())),
            )
            for person_id, number, last, first, nicknames, mother, quarter, erased, precision, *birth in found
        }
        return tuple(by_id[person_id] for person_id in person_ids if person_id in by_id)

    def forget_drafts(self, forms: Iterable[str], person_id: int) -> None:
        """Throw away what anybody was typing about her."""
        self._session.execute(
            delete(DraftModel).where(DraftModel.form.in_(tuple(forms)), DraftModel.subject_id == person_id)
        )

    def index_rows(self) -> tuple[IndexedPerson, ...]:
        """What the search index is filled with; who asked to be forgotten is not found."""
        rows = self._session.execute(
            select(PersonModel.id, PersonModel.name_norm, PersonModel.search_text).where(
                PersonModel.erased_on.is_(None)
            ),
            execution_options={"yield_per": _AT_ONCE},
        )
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
        known = self._held.get(person.id) or self._session.get(PersonModel, person.id) if person.id else PersonModel()
        if known is None:
            raise LookupError(person.id)
        model = known
        self._fill(model, person)
        model.updated_at, model.updated_by = at, actor_id
        self._session.add(model)
        self._session.flush()
        self._held[model.id] = model
        return self._record(model)

    def photo(self, person_id: int) -> bytes | None:
        """Her photo as JPEG."""
        return self._session.scalar(select(PhotoModel.jpeg).where(PhotoModel.person_id == person_id))

    def put_photo(self, person_id: int, jpeg: bytes | None, taken_on: dt.date) -> None:
        """Keep her photo, or take it away."""
        self._photographed[person_id] = jpeg is not None
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
        found_by = members.indexed(person)
        model.name_norm, model.search_text = found_by.name_norm, found_by.search_text
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
            has_photo=self._has_photo(model.id) if with_author else False,
            updated_at=model.updated_at,
            updated_by=self._author(model.updated_by) if with_author else "",
        )

    def _has_photo(self, person_id: int) -> bool:
        """Whether she has a photo, asked once."""
        if person_id not in self._photographed:
            found = self._session.scalar(select(PhotoModel.person_id).where(PhotoModel.person_id == person_id))
            self._photographed[person_id] = found is not None
        return self._photographed[person_id]

    def _author(self, user_id: int) -> str:
        """Her name, read once."""
        if user_id not in self._authors:
            name = self._session.scalar(select(UserModel.name).where(UserModel.id == user_id))
            self._authors[user_id] = name or ""
        return self._authors[user_id]


@cache
def _list_statement() -> Select[*tuple[Any, ...]]:
    """What a list asks of the persons ``:ids``; made once, since making it costs a keystroke as much as the answer."""
    return (
        select(
            PersonModel.id, PersonModel.number, PersonModel.last_name, PersonModel.first_name,
            PersonModel.nicknames, PersonModel.quarter, PersonModel.birth_precision, PersonModel.birth_value,
            PersonModel.birth_age, PersonModel.birth_declared_on, PersonModel.birth_event, PersonModel.died_on,
            PersonModel.erased_on, MembershipModel.number, MembershipModel.joined_on, MembershipModel.suspended_on,
            MembershipModel.left_on, PhoneModel.number, _card_until(),
        )
        .outerjoin(MembershipModel, MembershipModel.person_id == PersonModel.id)
        .outerjoin(PhoneModel, (PhoneModel.person_id == PersonModel.id) & (PhoneModel.position == 0))
        .where(PersonModel.id.in_(bindparam("ids", expanding=True)))
    )  # fmt: skip


def _card_until() -> ScalarSelect[dt.date]:
    """The last day of her card in use: looked up for the rows asked for, never grouped over every card."""
    return (
        select(func.max(MemberCardModel.valid_until))
        .where(
            MemberCardModel.person_id == PersonModel.id,
            MemberCardModel.lost_on.is_(None),
            MemberCardModel.replaced_by.is_(None),
        )
        .correlate(PersonModel)
        .scalar_subquery()
    )


def _list_row(row: tuple[Any, ...]) -> ListRow:
    (person_id, number, last, first, nicknames, quarter, precision, value, age, declared, event, died, erased,
     member_number, joined, suspended, left, phone, until) = row  # fmt: skip
    person = Person(
        id=person_id,
        number=number,
        last_name=last,
        first_name=first,
        nicknames=tuple(nicknames),
        quarter=quarter,
        birth=Birth(Precision(precision), value, age, declared, event),
        phones=() if phone is None else (Phone(phone),),
        died_on=died,
        erased_on=erased,
        membership=None
        if member_number is None
        else Membership(member_number, joined, suspended_on=suspended, left_on=left),
    )
    return ListRow(person, _day(until))


def _day(value: object) -> dt.date | None:
    """``max()`` of a text column comes back as text."""
    return value if value is None or isinstance(value, dt.date) else dt.date.fromisoformat(str(value))


def _phones(model: PersonModel) -> tuple[Phone, ...]:
    return tuple(Phone(row.number, row.owner, row.may_call, row.may_message) for row in model.phones)


def _consents(model: PersonModel) -> tuple[Consent, ...]:
    return tuple(
        Consent(Purpose(row.purpose), row.given_on, row.how, row.witness, row.withdrawn_on) for row in model.consents
    )
