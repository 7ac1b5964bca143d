"""Every agreement of hers in one place, and taking each back: its day, how she said it, and what it truly changes.

An agreement of her file goes through ``services.members_agreements``; one of the compartment changes its record and is
kept as a sealed :class:`~antenne.domain.her_rights.Withdrawal`. What had left the office before is named, not undone.
"""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from antenne.domain import her_rights as rules
from antenne.domain.alerts import ColleagueAlert
from antenne.domain.changes import LISTENING, PROTECTION, Changes, Done
from antenne.domain.her_rights import Agreed, Agreement, Her, Withdrawal
from antenne.domain.her_rights_erasing import Gone
from antenne.domain.incidents import Incident, Purpose, withdrawn
from antenne.domain.listening import ListeningSession
from antenne.domain.persons import Person
from antenne.domain.persons import Purpose as FilePurpose
from antenne.domain.rights import Right
from antenne.domain.sealed_codec import Sealed, to_payload
from antenne.domain.sealed_kinds import KINDS
from antenne.domain.sealed_tests import HivTest, StiTest
from antenne.domain.stories import ChangeStory
from antenne.domain.text import clean_line
from antenne.domain.violations import RulesBroken, Violation
from antenne.services import erasing, members_agreements, sendings
from antenne.services.compartment import Batch, Compartment, Kept, changing, kept, opened, record_key, request_key, save
from antenne.services.desk import Desk
from antenne.services.her_rights import title_of
from antenne.services.members_agreements import WithdrawConsent
from antenne.services.members_changing import known
from antenne.services.protection_keeping import new_code, people_codes
from antenne.wording import her_rights as words

_OF_FILE = {
    Agreed.FILE: FilePurpose.FILE,
    Agreed.PHOTO: FilePurpose.PHOTO,
    Agreed.FIGURES: FilePurpose.STATISTICS,
    Agreed.CONTACT: FilePurpose.CONTACT,
}
_OF_INCIDENT = {
    Purpose.SERVICES: Agreed.SERVICES,
    Purpose.STATISTICS: Agreed.STATISTICS,
    Purpose.SHARING: Agreed.SHARING,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeBack:
    """She takes one agreement back.

    Attributes:
        agreement: As her page showed it.
        on: The day she said it.
        how: Code of the list ``consent_ways``.
        witness: Of what was said aloud.
    """

    request_id: str
    her: Her
    agreement: Agreement
    on: dt.date
    how: str
    witness: str = ""


def list_agreements(desk: Desk, her: Her) -> tuple[Agreement, ...]:
    """Everything she agreed to, in force or taken back: her file's, then what is sealed where the user has the right.

    Raises:
        Forbidden: The user may not see persons; it is the user herself.
        RulesBroken: ``members.gone``.
    """
    desk.require(Right.READ_PERSONS)
    found: list[Agreement] = []
    if her.person_id is not None:
        with desk.read() as uow:
            found += _of_file(known(uow, her.person_id))
    if desk.may(Right.COMPARTMENT) and desk.keys.confidential is not None:
        own, hers = opened(desk), erasing.hers_of(desk, her)
        sealed = [one for key in hers.own for one in _of_record(desk, own, key)]
        found += sorted(sealed, key=lambda one: (one.title, one.what.value, one.recipient, one.sealed_id))
    return tuple(found)


def _of_file(person: Person) -> list[Agreement]:
    found = []
    for what, purpose in _OF_FILE.items():
        given = [one for one in person.consents if one.purpose is purpose]
        if given:
            last = given[-1]
            found.append(Agreement(what=what, given_on=last.given_on, in_force=last.withdrawn_on is None,
                                   withdrawn_on=last.withdrawn_on))  # fmt: skip
    return found


def _of_record(desk: Desk, own: Compartment, key: str) -> Iterator[Agreement]:
    body = own.get(record_key(key))
    if body is None:
        return
    one: Kept[Any] = kept(body, KINDS[str(body.payload["kind"])])
    title, record = title_of(one.record), one.record
    if isinstance(record, Incident):
        yield from _of_incident(desk, record, key, title)
    elif isinstance(record, ListeningSession):
        yield from _of_talk(record, key, title)
    elif isinstance(record, (HivTest, StiTest)) and record.result_agreed:
        yield Agreement(what=Agreed.RESULT, title=title, sealed_id=key, given_on=record.on)
    elif isinstance(record, ChangeStory) and record.agreement is not None:
        given = record.agreement
        yield Agreement(what=Agreed.STORY, title=title, sealed_id=key, given_on=given.given_on,
                        in_force=given.withdrawn_on is None, withdrawn_on=given.withdrawn_on,
                        left=_left(desk, key))  # fmt: skip
    elif isinstance(record, ColleagueAlert):
        yield Agreement(what=Agreed.ALERT, title=title, sealed_id=key, given_on=record.agreed_on,
                        in_force=record.withdrawn_on is None, withdrawn_on=record.withdrawn_on)  # fmt: skip


def _of_incident(desk: Desk, incident: Incident, key: str, title: str) -> Iterator[Agreement]:
    left = _left(desk, key)
    for said in incident.agreements:
        if said.given:
            yield Agreement(what=_OF_INCIDENT[said.purpose], recipient=said.recipient, title=title, sealed_id=key,
                            given_on=said.on, in_force=said.withdrawn_on is None, withdrawn_on=said.withdrawn_on,
                            left=left)  # fmt: skip


def _left(desk: Desk, key: str) -> tuple[str, ...]:
    """What had left with it, in words."""
    return tuple(words.left(one.what, one.recipient, one.at.date()) for one in sendings.sendings_of(desk, key))


def _of_talk(talk: ListeningSession, key: str, title: str) -> Iterator[Agreement]:
    if talk.consent_record:
        yield Agreement(what=Agreed.RECORDING, title=title, sealed_id=key, given_on=talk.at.date())
    for share in talk.shares:
        if share.agreed:
            yield Agreement(what=Agreed.TALK_SHARING, recipient=share.recipient, title=title, sealed_id=key,
                            given_on=talk.at.date(), in_force=share.withdrawn_on is None,
                            withdrawn_on=share.withdrawn_on)  # fmt: skip


# --- Taking back -----------------------------------------------------------------------------------------------------


def take_back(desk: Desk, command: TakeBack) -> Done[tuple[str, ...]]:
    """Take one agreement back. Returns what had left the office with it, in words.

    Raises:
        Forbidden: Without the right; it is the user herself.
        RulesBroken: ``rights.not_given``, ``rights.future``, ``rights.before``, ``rights.how``, ``rights.witness``.
        Problem: ``sealed.gone``; of the machine.
    """
    said = command.agreement
    check_withdrawal(command, desk.today)
    if said.what in _OF_FILE:
        assert command.her.person_id is not None
        how = desk.settings.label("consent_ways", command.how)
        spoken = f"{how}, témoin {command.witness}" if command.witness else how
        done = members_agreements.withdraw_consent(
            desk,
            WithdrawConsent(
                request_id=command.request_id,
                person_id=command.her.person_id,
                purpose=_OF_FILE[said.what],
                on=command.on,
                how=spoken,
            ),
        )
        return Done((), done.changes)
    own, hers = opened(desk), erasing.hers_of(desk, command.her)
    with changing(desk) as batch:
        if batch.get(request_key(command.request_id)) is not None:
            return Done(said.left)
        body = batch.get(record_key(said.sealed_id))
        present = () if body is None or said.sealed_id not in hers.own else tuple(_of_record(desk, own, said.sealed_id))
        if body is None or not any(_same(one, said) and one.in_force for one in present):
            raise RulesBroken(Violation("rights.not_given"))
        one: Kept[Any] = kept(body, KINDS[str(body.payload["kind"])])
        _change(desk, batch, own, one, command)
        batch.put(to_payload(_withdrawal(desk, command)), request_key(command.request_id))
        batch.commit()
    if said.what in (Agreed.RECORDING, Agreed.RESULT):
        erasing.settle(desk, own)
    return Done(said.left, Changes.of(LISTENING, PROTECTION))


def check_withdrawal(command: TakeBack, today: dt.date) -> None:
    """The day lies between the agreement and today, and it is said how.

    Raises:
        RulesBroken: As :func:`take_back`.
    """
    broken = []
    given = command.agreement.given_on
    if command.on > today:
        broken.append(Violation("rights.future", "on"))
    elif given is not None and command.on < given:
        broken.append(Violation("rights.before", "on", (("day", given),)))
    if not command.how:
        broken.append(Violation("rights.how", "how"))
    if command.how == "orale" and not clean_line(command.witness):
        broken.append(Violation("rights.witness", "witness"))
    if broken:
        raise RulesBroken(*broken)


def _same(one: Agreement, other: Agreement) -> bool:
    return (one.what, one.recipient, one.sealed_id) == (other.what, other.recipient, other.sealed_id)


def _change(desk: Desk, batch: Batch, own: Compartment, one: Kept[Any], command: TakeBack) -> None:
    """The record as it is without the agreement; what she no longer lets us keep goes with its old values."""
    record, on, said = one.record, command.on, command.agreement
    if said.what in (Agreed.RECORDING, Agreed.RESULT):
        talk = isinstance(record, ListeningSession)
        less = _silent(desk, record) if talk else _untold(record)
        ids = rules.traces_of(erasing.bodies_of(own), frozenset({one.id})) | _drafts(own, one.id)
        gone = Gone(ids=ids | {one.id} if talk else ids)
        erasing.take_away(desk, batch, own, gone, rewritten={one.id: _stamped(desk, less)})
        return
    if isinstance(record, Incident):
        purpose = next(key for key, what in _OF_INCIDENT.items() if what is said.what)
        record = withdrawn(record, purpose, on, said.recipient)
    elif isinstance(record, ListeningSession):
        shares = tuple(
            replace(share, withdrawn_on=on) if share.recipient == said.recipient and share.agreed else share
            for share in record.shares
        )
        record = replace(record, shares=shares)
    elif isinstance(record, ChangeStory) and record.agreement is not None:
        record = replace(record, agreement=replace(record.agreement, withdrawn_on=on))
    else:
        record = replace(record, withdrawn_on=on)
    save(desk, batch, _stamped(desk, record), secrets.token_hex(16), one)


def _drafts(own: Compartment, record_id: str) -> frozenset[str]:
    """What anybody was typing in that record."""
    every = erasing.bodies_of(own).items()
    return frozenset(key for key, body in every if body["kind"] == rules.DRAFT and body["subject"] == record_id)


def _silent(desk: Desk, talk: ListeningSession) -> ListeningSession:
    """Neither her words nor her name, nor what leads to her (the rules of a talk without that agreement)."""
    return replace(
        talk, consent_record=False, person_id=None, code=new_code(people_codes(desk)), said="", needs="", advice="",
        safety_notes="", next_notes="", adult="", adult_link="", best_interest="", lakana_reason="",
        incident_ids=(), civil_file_ids=(),
    )  # fmt: skip


def _untold(test: Any) -> Any:
    return replace(test, result=None, result_agreed=False)


def _stamped(desk: Desk, record: Any) -> Sealed:
    return replace(record, changed_at=desk.clock.now(), changed_by=desk.actor.user_id)  # type: ignore[no-any-return]  # a record, whatever its kind


def _withdrawal(desk: Desk, command: TakeBack) -> Withdrawal:
    said = command.agreement
    cut = said.what is Agreed.RECORDING
    return Withdrawal(
        person_id=command.her.person_id,
        code=command.her.code,
        what=said.what,
        recipient=said.recipient,
        record="" if cut else said.sealed_id,
        on=command.on,
        how=command.how,
        witness=clean_line(command.witness),
        at=desk.clock.now(),
        user_id=desk.actor.user_id,
        user=desk.actor.name,
    )
