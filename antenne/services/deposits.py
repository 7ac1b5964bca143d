"""Deposits: any role drops a sealed note in and cannot read it back; a right-holder files it at her next opening."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Any

from antenne.db import keys, sealing
from antenne.db.repositories.sealed import SealedRow
from antenne.db.sealing import Context
from antenne.domain.changes import LISTENING, Changes, Done
from antenne.domain.deposits import Deposit, Filing
from antenne.domain.forms import listening as forms
from antenne.domain.forms.model import Answers
from antenne.domain.forms.validate import asked_answers, validate
from antenne.domain.sealed_codec import to_payload
from antenne.domain.violations import RulesBroken, Violation
from antenne.services.compartment import Kept, changing, kept, kept_of, opened, refuse_own, request_key, save
from antenne.services.desk import Desk


@dataclass(frozen=True, slots=True, kw_only=True)
class DropNote:
    """Drop a note in.

    Attributes:
        answers: Of the form ``DEPOSIT``.
    """

    request_id: str
    answers: Answers


@dataclass(frozen=True, slots=True, kw_only=True)
class FileDeposit:
    """The note is dealt with: ``filed_as`` is the sealed id of the record made of it, or empty with a ``reason``."""

    request_id: str
    before: Kept[Deposit]
    filed_as: str = ""
    reason: str = ""


def drop_note(desk: Desk, command: DropNote) -> Done[None]:
    """Encrypt a note to the compartment's public key; no trace of it stands anywhere else, not even who wrote it.

    Raises:
        RulesBroken: Every violation of the form.
        Problem: The key file is missing, or is not this office's.
    """
    found = validate(forms.DEPOSIT, command.answers, desk.today)
    if found:
        raise RulesBroken(*found)
    answers = asked_answers(forms.DEPOSIT, command.answers)
    values: dict[str, Any] = forms.deposit_values(answers)
    note = Deposit(**values, at=desk.clock.now(), user_id=desk.actor.user_id, user=desk.actor.name)
    keyfile = keys.read_key_file(desk.folder / keys.FILE_NAME)
    keys.verify_mac(keyfile, desk.keys.base)
    own = request_key(command.request_id)
    with desk.write() as uow:
        if uow.sealed.get(own) is not None:
            return Done(None)
        context = Context(desk.keys.db_id, uow.office.identity().sealed_epoch)
        row = SealedRow(own, context.epoch, 1, sealing.deposit(keyfile.compartment, context, own, to_payload(note)))
        uow.sealed.put(row)
        uow.commit()
    if desk.sealed.compartment is not None:
        desk.sealed.compartment.hear(row)
    return Done(None, Changes.of(LISTENING))


def receive_deposits(desk: Desk) -> Done[int]:
    """Take in what was dropped since the last opening: from now on the index names a note that disappears.

    Returns:
        How many were new.

    Raises:
        Forbidden: Without the right.
    """
    own = opened(desk)
    if not own.unlisted():
        return Done(0)
    with changing(desk) as batch:
        new = own.unlisted()
        for record in new:
            batch.put(record.payload, record.id)
        batch.commit()
    return Done(len(new), Changes.of(LISTENING))


def waiting_deposits(desk: Desk) -> tuple[Kept[Deposit], ...]:
    """« À classer », the oldest first.

    Raises:
        Forbidden: Without the right.
    """
    found = (one for one in kept_of(desk, Deposit) if one.record.filing is Filing.WAITING)
    return tuple(sorted(found, key=lambda one: (one.record.at, one.id)))


def file_deposit(desk: Desk, command: FileDeposit) -> Done[Kept[Deposit]]:
    """File a note, or set it aside for a reason.

    Raises:
        Forbidden: Without the right; the note is about the user herself.
        Problem: ``sealed.gone``.
        RulesBroken: ``deposit.no_reason``, ``deposit.done``, ``sealed.changed``.
    """
    before = command.before
    opened(desk)
    refuse_own(desk, before.record.person_id)
    if not command.filed_as and not command.reason.strip():
        raise RulesBroken(Violation("deposit.no_reason", "reason"))
    if before.record.filing is not Filing.WAITING:
        raise RulesBroken(Violation("deposit.done"))
    after = dataclasses.replace(
        before.record,
        filing=Filing.FILED if command.filed_as else Filing.SET_ASIDE,
        filed_at=desk.clock.now(),
        filed_by=desk.actor.name,
        filed_as=command.filed_as,
        reason=command.reason.strip(),
    )
    with changing(desk) as batch:
        record = save(desk, batch, after, command.request_id, before)
        batch.commit()
    return Done(kept(record, Deposit), Changes.of(LISTENING))
