"""The state of the keys: who opens this office, with what, and what is still to hand over. Nothing here is secret."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from antenne.db import keys
from antenne.db.slots import Slot
from antenne.domain.backups import BackupMade
from antenne.domain.rights import Right
from antenne.domain.users import User
from antenne.services import shelter_state
from antenne.services.desk import Desk
from antenne.services.users import ONE_TIME, UNHANDED, WITHOUT, marked


@dataclass(frozen=True, slots=True)
class Account:
    """A user and her slot.

    Attributes:
        user: For display.
        label: Her neutral label at login; empty when she opens nothing any more.
        one_time: Her phrase is still the one given on paper.
        unhanded: And nobody said to have written that paper.
        without: She has the right to the compartment and her slot lacks its key.
    """

    user: User
    label: str
    one_time: bool
    unhanded: bool = False
    without: bool = False


@dataclass(frozen=True, slots=True)
class Envelope:
    """A recovery code that opens the office: where it lies and since when; never the code."""

    label: str
    since: dt.date


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyState:
    """Who opens this office, with what.

    Attributes:
        generation: Of ``antenne.cles``.
        since: Day of the present keys.
        accounts: Everybody who ever worked here, those who left last.
        envelopes: The recovery codes in force.
        backups: Made so far: each opens with the phrases of its own day.
        confidential: She who asks opens the confidential part, and so can change the keys.
        sheltered: Only the code *confidentiel* opens the compartment.
        older_file: The key file is older than the one the base remembers: somebody put it back.
        actor_id: Who asks; 0 where this sitting was opened with a recovery code, which names nobody.
    """

    generation: int
    since: dt.date
    accounts: tuple[Account, ...]
    envelopes: tuple[Envelope, ...]
    backups: tuple[BackupMade, ...]
    confidential: bool
    sheltered: bool = False
    older_file: bool = False
    actor_id: int = 0

    @property
    def by_envelope(self) -> bool:
        """This sitting was opened with a recovery code."""
        return self.actor_id == 0

    def to_give(self) -> tuple[Account, ...]:
        """Whose phrase can be drawn again without a change of all keys.

        A phrase on paper that was never changed; a slot that lacks the confidential key, where this sitting holds it;
        anybody's after an envelope, which is there for phrases that are lost.
        """
        return tuple(
            one
            for one in self.accounts
            if one.label
            and one.user.id != self.actor_id
            and (one.one_time or (one.without and self.confidential) or self.by_envelope)
        )


def read_keys(desk: Desk) -> KeyState:
    """What the screen of users shows.

    Raises:
        Forbidden: Not the responsable.
        Problem: The key file is missing or damaged.
    """
    desk.require(Right.USERS)
    keyfile = keys.read_key_file(desk.folder / keys.FILE_NAME)
    with desk.read() as uow:
        users, backups = uow.users.all(), uow.backups.all()
        sheltered = shelter_state.sheltered(keyfile, uow)
        older = keyfile.generation < uow.office.identity().key_generation
    waiting, unhanded, without = (marked(desk.settings, name) for name in (ONE_TIME, UNHANDED, WITHOUT))
    accounts = []
    for user in sorted(users, key=lambda one: (one.left_on is not None, one.id)):
        slot = keyfile.slot(user.slot_id) if user.left_on is None else None
        marks = tuple(slot is not None and slot.id in among for among in (waiting, unhanded, without))
        accounts.append(Account(user, slot.label if slot else "", *marks))
    return KeyState(
        generation=keyfile.generation,
        since=min(_created(slot) for slot in keyfile.slots),
        accounts=tuple(accounts),
        envelopes=tuple(Envelope(slot.label, _created(slot)) for slot in keyfile.slots if slot.kind == "recovery"),
        backups=backups,
        confidential=desk.keys.confidential is not None,
        sheltered=sheltered,
        older_file=older,
        actor_id=desk.actor.user_id,
    )


def _created(slot: Slot) -> dt.date:
    return dt.date.fromisoformat(slot.created[:10])
