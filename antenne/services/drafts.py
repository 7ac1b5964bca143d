"""Drafts of any form: kept as she types, offered after a crash, thrown away when the record is saved."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from antenne.domain.changes import Done
from antenne.domain.drafts import Draft
from antenne.domain.forms.model import Form
from antenne.services.desk import Desk


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepDraft:
    """Put down what is typed.

    Attributes:
        form: The form, whose version the draft names.
        subject_id: The record, 0 for a new one.
        body: What the form view gives as raw answers.
    """

    form: Form
    subject_id: int
    body: dict[str, Any]


def keep_draft(desk: Desk, command: KeepDraft) -> Done[None]:
    """Write the draft; a sealed form's drafts never come here (they live in the compartment).

    Raises:
        ValueError: The form is sealed (a bug of ours).
    """
    if command.form.sealed:
        raise ValueError(command.form.key)
    with desk.write() as uow:
        uow.drafts.keep(
            command.form.key,
            command.form.version,
            command.subject_id,
            desk.actor.user_id,
            desk.clock.now(),
            command.body,
        )
        uow.commit()
    return Done(None)


def find_draft(desk: Desk, form: Form, subject_id: int) -> Draft | None:
    """Her draft of that form and record; one of another version of the form is not offered."""
    with desk.read() as uow:
        draft = uow.drafts.get(form.key, subject_id, desk.actor.user_id)
    return draft if draft is not None and draft.form_version == form.version else None


def list_drafts(desk: Desk) -> tuple[Draft, ...]:
    """All her drafts, the newest first."""
    with desk.read() as uow:
        return uow.drafts.of_user(desk.actor.user_id)


def discard_draft(desk: Desk, form: Form, subject_id: int) -> Done[None]:
    """Throw a draft away."""
    with desk.write() as uow:
        uow.drafts.discard(form.key, subject_id, desk.actor.user_id)
        uow.commit()
    return Done(None)
