"""« Redonner une phrase »: another one-time phrase for a slot, without a change of all keys.

It revokes nothing (an older ``antenne.cles`` still opens with the older phrase). That does not matter for a phrase that
never left the screen, and little for one whose paper was lost before its first use; after an envelope it is the only
way to let people in again where the confidential key, which a change of all keys needs, is not at hand.
"""

from __future__ import annotations

from dataclasses import dataclass

from antenne.db import keys
from antenne.db.slots import KdfParams, NewSlot
from antenne.domain.audit import FieldChange
from antenne.domain.changes import USERS, Changes, Done
from antenne.domain.rights import Right, Role
from antenne.domain.violations import RulesBroken, Violation
from antenne.services.accounts import Account, read_keys
from antenne.services.desk import Desk
from antenne.services.opening import reload_settings
from antenne.services.users import (
    CONFIDENTIAL_ROLES,
    ONE_TIME,
    UNHANDED,
    WITHOUT,
    OneTimePhrase,
    draw_phrase,
    mark,
    own_cost,
    own_keys,
    role_words,
    word_list,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class GiveAgain:
    """Other one-time phrases.

    Attributes:
        chosen: The users, each with the roles that the screen showed: her slot is made with these and no others.
    """

    request_id: str
    chosen: tuple[tuple[int, frozenset[Role]], ...]


def give_again(desk: Desk, command: GiveAgain, kdf: KdfParams | None = None) -> Done[tuple[OneTimePhrase, ...]]:
    """Draw another phrase for each of them and put it in the place of the present one.

    Where this sitting does not hold the confidential key, the new slot of a right-holder lacks it, and is marked so:
    her phrase can be drawn again once the key is there.

    Raises:
        Forbidden: Not the responsable.
        RulesBroken: ``users.nobody_chosen``; ``users.not_to_give``: a phrase of her own is changed with all the keys;
            ``users.changed_meanwhile``: not the roles that were shown; ``users.given_already``: a second click.
        Problem: The key file could not be read or written; every present phrase still opens.
    """
    accounts = _chosen(desk, command)
    words, cost, now = word_list(), kdf or own_cost(), desk.clock.now()
    path = desk.folder / keys.FILE_NAME
    papers = tuple(OneTimePhrase(one.user.name, one.label, draw_phrase(words), one.user.slot_id) for one in accounts)
    with desk.write() as uow:
        if uow.audit.by_request(command.request_id) is not None:
            raise RulesBroken(Violation("users.given_already"))
        keyfile = keys.read_key_file(path)
        for account, paper in zip(accounts, papers, strict=True):
            slot = _slot(desk, account, paper)
            keyfile = keys.replace_slot(keyfile, own_keys(desk), paper.slot_id, slot, created=now, kdf=cost)
        given = {paper.slot_id for paper in papers}
        lacking = {one.user.slot_id for one in accounts if lacks_key(desk, one)}
        mark(uow, ONE_TIME, add=given)
        mark(uow, UNHANDED, add=given)
        mark(uow, WITHOUT, add=lacking, drop=given)
        changes = [FieldChange(one.user.name, "", role_words(one.user.roles)) for one in accounts]
        uow.audit.add(now, desk.actor.user_id, "user.phrase_given", "user", 0, changes, command.request_id)
        uow.office.echo_key_file(keyfile.generation, keys.digest(keyfile))
        keys.write_key_file(path, keyfile)
        uow.commit()
    reload_settings(desk)
    return Done(papers, Changes.of(USERS))


def lacks_key(desk: Desk, account: Account) -> bool:
    """Whether her new slot would lack the confidential key, which her roles give her."""
    return desk.keys.confidential is None and bool(account.user.roles & CONFIDENTIAL_ROLES)


def _chosen(desk: Desk, command: GiveAgain) -> tuple[Account, ...]:
    desk.require(Right.USERS)
    free = {one.user.id: one for one in read_keys(desk).to_give()}
    if not command.chosen:
        raise RulesBroken(Violation("users.nobody_chosen"))
    if any(user_id not in free for user_id, _ in command.chosen):
        raise RulesBroken(Violation("users.not_to_give"))
    if any(free[user_id].user.roles != roles for user_id, roles in command.chosen):
        raise RulesBroken(Violation("users.changed_meanwhile"))
    return tuple(free[user_id] for user_id in dict(command.chosen))


def _slot(desk: Desk, account: Account, paper: OneTimePhrase) -> NewSlot:
    roles = account.user.roles
    entitled = bool(roles & CONFIDENTIAL_ROLES)
    return NewSlot(
        label=paper.label,
        secret=paper.phrase,
        roles=frozenset(role.value for role in roles),
        may_open_confidential=entitled and desk.keys.confidential is not None,
        slot_id=paper.slot_id,
    )
