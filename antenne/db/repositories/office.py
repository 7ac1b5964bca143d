"""The office, its settings and lists, its users, its backups."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from antenne.db.models.office import (
    BackupModel,
    BoxModel,
    KnownKeyModel,
    ListEntryModel,
    OfficeModel,
    SettingModel,
    UserModel,
)
from antenne.domain.backups import BackupMade, KnownKey
from antenne.domain.forms.model import Option
from antenne.domain.office import Heading, Office
from antenne.domain.rights import Role
from antenne.domain.settings import DatedValue, ListEntry
from antenne.domain.users import User

_SAME = ("association", "motto", "name", "town", "postal_box", "phone", "logo", "neutral_heading", "demo")


@dataclass(frozen=True, slots=True)
class Identity:
    """What ties the base to its key file; ``repr`` hides the paper key."""

    db_id: str
    paper_key: bytes
    key_generation: int
    key_digest: str
    sealed_epoch: int

    def __repr__(self) -> str:
        """Without the key."""
        return f"Identity(db_id={self.db_id!r}, key_generation={self.key_generation})"


class OfficeRepository:
    """The single row of the office."""

    def __init__(self, session: Session) -> None:
        """Work inside this session."""
        self._session = session

    def get(self) -> Office | None:
        """The office, or None before the first run is over."""
        model = self._session.get(OfficeModel, 1)
        if model is None:
            return None
        return Office(
            **{name: getattr(model, name) for name in _SAME},
            headings={paper: Heading(value) for paper, value in model.headings.items()},
        )

    def create(self, office: Office, db_id: str, paper_key: bytes, generation: int, digest: str) -> None:
        """Write the office for the first time, with the boxes that every later entry names."""
        model = OfficeModel(
            id=1, db_id=db_id, paper_key=paper_key, key_generation=generation, key_digest=digest, sealed_epoch=1
        )
        self._session.add(model)
        self._fill(model, office)
        self._session.add_all(
            BoxModel(code=code, label=label)
            for code, label in (
                ("caisse", "Caisse"),
                ("banque", "Banque"),
                ("orange", "Orange Money"),
                ("moov", "Moov"),
                ("wave", "Wave"),
                ("sama", "Sama"),
            )
        )
        self._session.flush()

    def save(self, office: Office) -> None:
        """Change what the papers say."""
        self._fill(self._session.get_one(OfficeModel, 1), office)
        self._session.flush()

    def identity(self) -> Identity:
        """The base's ties to its keys."""
        model = self._session.get_one(OfficeModel, 1)
        return Identity(model.db_id, model.paper_key, model.key_generation, model.key_digest, model.sealed_epoch)

    def echo_key_file(self, generation: int, digest: str) -> None:
        """Remember which key file belongs to the base; another one is said at login."""
        model = self._session.get_one(OfficeModel, 1)
        model.key_generation, model.key_digest = generation, digest
        self._session.flush()

    @staticmethod
    def _fill(model: OfficeModel, office: Office) -> None:
        for name in _SAME:
            setattr(model, name, getattr(office, name))
        model.headings = {paper: heading.value for paper, heading in office.headings.items()}


class SettingRepository:
    """Dated settings and lists."""

    def __init__(self, session: Session) -> None:
        """Work inside this session."""
        self._session = session

    def values(self) -> dict[str, tuple[DatedValue, ...]]:
        """Every value ever set, by key."""
        found: dict[str, list[DatedValue]] = {}
        for row in self._session.scalars(select(SettingModel).order_by(SettingModel.key, SettingModel.since)):
            found.setdefault(row.key, []).append(DatedValue(row.since, row.value))
        return {key: tuple(values) for key, values in found.items()}

    def set(self, key: str, since: dt.date, value: object) -> None:
        """Let a value hold from a day on."""
        self._session.merge(SettingModel(key=key, since=since, value=value))
        self._session.flush()

    def lists(self) -> dict[str, tuple[ListEntry, ...]]:
        """Every list, in its order."""
        found: dict[str, list[ListEntry]] = {}
        for row in self._session.scalars(
            select(ListEntryModel).order_by(ListEntryModel.list_name, ListEntryModel.position)
        ):
            entry = ListEntry(row.list_name, Option(row.code, row.label), row.since, row.until, row.position)
            found.setdefault(row.list_name, []).append(entry)
        return {name: tuple(entries) for name, entries in found.items()}

    def put_entries(self, entries: Iterable[ListEntry]) -> None:
        """Write or amend list entries; none is ever removed, it only ends."""
        for entry in entries:
            self._session.merge(
                ListEntryModel(
                    list_name=entry.list_name,
                    code=entry.option.code,
                    label=entry.option.label,
                    since=entry.since,
                    until=entry.until,
                    position=entry.position,
                )
            )
        self._session.flush()


class UserRepository:
    """Users, for display; rights come from the key slot."""

    def __init__(self, session: Session) -> None:
        """Work inside this session."""
        self._session = session

    def all(self) -> tuple[User, ...]:
        """Everybody who ever worked here."""
        return tuple(_user(model) for model in self._session.scalars(select(UserModel).order_by(UserModel.id)))

    def by_slot(self, slot_id: str) -> User | None:
        """Whose key slot this is."""
        model = self._session.scalar(select(UserModel).where(UserModel.slot_id == slot_id))
        return None if model is None else _user(model)

    def save(self, user: User) -> User:
        """Insert (id 0) or rewrite."""
        model = UserModel() if user.id == 0 else self._session.get_one(UserModel, user.id)
        model.slot_id, model.name, model.person_id = user.slot_id, user.name, user.person_id
        model.roles = sorted(role.value for role in user.roles)
        model.created_on, model.left_on = user.created_on, user.left_on
        self._session.add(model)
        self._session.flush()
        return _user(model)


class BackupRepository:
    """Backups that were made, keys that are known."""

    def __init__(self, session: Session) -> None:
        """Work inside this session."""
        self._session = session

    def last(self) -> BackupMade | None:
        """The newest backup."""
        model = self._session.scalar(select(BackupModel).order_by(BackupModel.counter.desc()).limit(1))
        return None if model is None else _backup(model)

    def all(self) -> tuple[BackupMade, ...]:
        """All backups, the newest first."""
        rows = self._session.scalars(select(BackupModel).order_by(BackupModel.counter.desc()))
        return tuple(_backup(model) for model in rows)

    def add(self, made: BackupMade) -> None:
        """Remember one."""
        self._session.add(
            BackupModel(
                counter=made.counter,
                made_at=made.made_at,
                volume=made.volume,
                file_name=made.file_name,
                size=made.size,
                verified=made.verified,
            )
        )
        self._session.flush()

    def mark(self, counter: int, file_name: str, *, verified: bool) -> bool:
        """Note what a later reading found; False when that backup is not recorded here."""
        model = self._session.scalar(
            select(BackupModel).where(BackupModel.counter == counter, BackupModel.file_name == file_name)
        )
        if model is None:
            return False
        model.verified = verified
        self._session.flush()
        return True

    def known_keys(self) -> tuple[KnownKey, ...]:
        """The office's USB keys."""
        rows = self._session.scalars(select(KnownKeyModel).order_by(KnownKeyModel.id))
        return tuple(KnownKey(row.volume_serial, row.marker, row.label, row.last_used_at) for row in rows)

    def put_key(self, key: KnownKey) -> None:
        """Add or amend a key, by its marker."""
        model = self._session.scalar(select(KnownKeyModel).where(KnownKeyModel.marker == key.marker))
        if model is None:
            model = KnownKeyModel(marker=key.marker)
            self._session.add(model)
        model.volume_serial, model.label, model.last_used_at = key.volume_serial, key.label, key.last_used_at
        self._session.flush()

    def forget_key(self, marker: str) -> None:
        """The key is lost or no longer used."""
        self._session.execute(delete(KnownKeyModel).where(KnownKeyModel.marker == marker))


def _user(model: UserModel) -> User:
    roles = frozenset(Role(code) for code in model.roles)
    return User(model.id, model.slot_id, model.name, roles, model.person_id, model.created_on, model.left_on)


def _backup(model: BackupModel) -> BackupMade:
    return BackupMade(model.counter, model.made_at, model.volume, model.file_name, model.size, model.verified)
