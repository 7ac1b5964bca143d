"""Drafts of sealed forms: kept in the compartment as she types, one per form, record and user."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from antenne.domain.changes import Done
from antenne.domain.forms.model import Form
from antenne.domain.sealed_codec import to_payload
from antenne.domain.sealed_kinds import SealedDraft
from antenne.services.compartment import Batch, Kept, changing, every_kept, opened, record_key
from antenne.services.desk import Desk


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepSealedDraft:
    """Put down what is typed.

    Attributes:
        form: The form, whose version the draft names.
        subject: Sealed id, in hex, of the record; empty for a new one.
        body: What the form view gives as raw answers.
    """

    form: Form
    subject: str
    body: dict[str, Any]


def keep_sealed_draft(desk: Desk, command: KeepSealedDraft) -> Done[None]:
    """Seal the draft over the one before.

    Raises:
        Forbidden: Without the right.
        Problem: The compartment is sheltered, or of the machine.
        RulesBroken: ``sealed.too_long``.
        ValueError: The form is not sealed (a bug of ours).
    """
    if not command.form.sealed:
        raise ValueError(command.form.key)
    draft = SealedDraft(
        form=command.form.key,
        form_version=command.form.version,
        subject=command.subject,
        user_id=desk.actor.user_id,
        saved_at=desk.clock.now(),
        body=command.body,
    )
    with changing(desk) as batch:
        before = _of(desk, command.form.key, command.subject)
        batch.put(to_payload(draft), None if before is None else record_key(before.id))
        batch.commit()
    return Done(None)


def find_sealed_draft(desk: Desk, form: Form, subject: str) -> SealedDraft | None:
    """Her draft of that form and record; one of another version of the form is not offered.

    Raises:
        Forbidden: Without the right.
    """
    found = _of(desk, form.key, subject)
    return found.record if found is not None and found.record.form_version == form.version else None


def list_sealed_drafts(desk: Desk) -> tuple[SealedDraft, ...]:
    """All her sealed drafts, the newest first.

    Raises:
        Forbidden: Without the right.
    """
    mine = (one.record for one in every_kept(opened(desk), SealedDraft) if one.record.user_id == desk.actor.user_id)
    return tuple(sorted(mine, key=lambda draft: (draft.saved_at, draft.form, draft.subject), reverse=True))


def discard_sealed_draft(desk: Desk, form: Form, subject: str) -> Done[None]:
    """Throw a draft away.

    Raises:
        Forbidden: Without the right.
    """
    with changing(desk) as batch:
        drop_draft(desk, batch, form, subject)
        batch.commit()
    return Done(None)


def drop_draft(desk: Desk, batch: Batch, form: Form, subject: str) -> None:
    """Throw her draft away in the transaction that saves its record; commit is the caller's."""
    found = _of(desk, form.key, subject)
    if found is not None:
        batch.delete(record_key(found.id))


def _of(desk: Desk, form: str, subject: str) -> Kept[SealedDraft] | None:
    wanted = (form, subject, desk.actor.user_id)
    drafts = every_kept(opened(desk), SealedDraft)
    return next((one for one in drafts if (one.record.form, one.record.subject, one.record.user_id) == wanted), None)
