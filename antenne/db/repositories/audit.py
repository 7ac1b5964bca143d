"""The audit chain and its erasable details; drafts; consecutive numbers."""

from __future__ import annotations

import datetime as dt
import json
import secrets
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import insert, select, text, update
from sqlalchemy.orm import Session

from antenne.db.models.base import table_of
from antenne.db.models.office import AuditDetailModel, AuditModel, CounterModel, DraftModel, UserModel
from antenne.domain.audit import START, AuditRow, FieldChange, HistoryLine, details_digest, row_hash
from antenne.domain.drafts import Draft

# Built once: every change passes here, and putting a statement together costs more than asking it.
_LAST = text("SELECT id, hash FROM audit ORDER BY id DESC LIMIT 1")
_BY_REQUEST = text("SELECT subject, subject_id FROM audit WHERE request_id = :request_id")
_DISCARD = text("DELETE FROM draft WHERE form = :form AND subject_id = :subject_id AND user_id = :user_id")


class AuditRepository:
    """Appends to the chain; nothing here changes or removes a link."""

    def __init__(self, session: Session) -> None:
        """Work inside this session."""
        self._session = session

    def add(
        self,
        at: dt.datetime,
        actor_id: int,
        action: str,
        subject: str,
        subject_id: int,
        changes: Sequence[FieldChange] = (),
        request_id: str | None = None,
    ) -> None:
        """Append one link, its details beside it."""
        last = self._session.execute(_LAST).first()
        number, previous = (last.id + 1, last.hash) if last else (1, START)
        salt = secrets.token_hex(16)
        details = json.dumps([(c.field, c.old, c.new) for c in changes], ensure_ascii=False)
        row = AuditRow(
            id=number,
            at=at,
            actor_id=actor_id,
            action=action,
            subject=subject,
            subject_id=subject_id,
            digest=details_digest(salt, details),
            previous=previous,
            hash="",
        )
        row = replace(row, hash=row_hash(row))
        # Two plain statements: a save waits for them, and the unit of work of the ORM costs it as much as the disk.
        self._session.execute(
            insert(table_of(AuditModel)),
            {
                "id": row.id,
                "at": at,
                "actor_id": actor_id,
                "action": action,
                "subject": subject,
                "subject_id": subject_id,
                "request_id": request_id,
                "digest": row.digest,
                "previous": previous,
                "hash": row.hash,
            },
        )
        self._session.execute(
            insert(table_of(AuditDetailModel)),
            {"audit_id": number, "subject": subject, "subject_id": subject_id, "salt": salt, "details": details},
        )

    def by_request(self, request_id: str) -> tuple[str, int] | None:
        """Subject and id that a request already made: a double click, a retry."""
        row = self._session.execute(_BY_REQUEST, {"request_id": request_id}).first()
        return None if row is None else (row.subject, row.subject_id)

    def history(self, subject: str, subject_id: int) -> tuple[HistoryLine, ...]:
        """What happened to one record, the newest first."""
        rows = self._session.execute(
            select(AuditModel, AuditDetailModel.details, UserModel.name)
            .join(AuditDetailModel, AuditDetailModel.audit_id == AuditModel.id)
            .outerjoin(UserModel, UserModel.id == AuditModel.actor_id)
            .where(AuditDetailModel.subject == subject, AuditDetailModel.subject_id == subject_id)
            .order_by(AuditModel.id.desc())
        )
        return tuple(
            HistoryLine(
                link.at,
                name or "",
                link.action,
                () if details is None else tuple(FieldChange(*parts) for parts in json.loads(details)),
                erased=details is None,
            )
            for link, details, name in rows
        )

    def erase_details(self, subject: str, subject_id: int) -> None:
        """Forget the old and new values of one record; the chain stays whole."""
        self._session.execute(
            update(AuditDetailModel)
            .where(AuditDetailModel.subject == subject, AuditDetailModel.subject_id == subject_id)
            .values(details=None)
        )

    def links(self) -> Iterator[AuditRow]:
        """The whole chain, oldest first."""
        for link in self._session.scalars(select(AuditModel).order_by(AuditModel.id).execution_options(yield_per=500)):
            yield AuditRow(
                id=link.id,
                at=link.at,
                actor_id=link.actor_id,
                action=link.action,
                subject=link.subject,
                subject_id=link.subject_id,
                digest=link.digest,
                previous=link.previous,
                hash=link.hash,
            )

    def altered_details(self) -> tuple[int, ...]:
        """Ids of the links whose details do not match their digest (erased ones are left out)."""
        rows = self._session.execute(
            select(AuditModel.id, AuditModel.digest, AuditDetailModel.salt, AuditDetailModel.details).join(
                AuditDetailModel, AuditDetailModel.audit_id == AuditModel.id
            )
        )
        return tuple(
            row.id for row in rows if row.details is not None and details_digest(row.salt, row.details) != row.digest
        )

    def last_instant(self) -> dt.datetime | None:
        """When the last change was written: a clock before it was set back."""
        return self._session.scalar(select(AuditModel.at).order_by(AuditModel.id.desc()).limit(1))


class CounterRepository:
    """Numbers without gaps, taken inside the transaction that uses them."""

    def __init__(self, session: Session) -> None:
        """Work inside this session."""
        self._session = session

    def next(self, name: str) -> int:
        """The next number of a series, 1 for a new one."""
        model = self._session.get(CounterModel, name)
        if model is None:
            model = CounterModel(name=name, value=0)
            self._session.add(model)
        model.value += 1
        self._session.flush()
        return model.value

    def last(self, name: str) -> int:
        """The last number given, 0 for none."""
        model = self._session.get(CounterModel, name)
        return 0 if model is None else model.value

    def reserve(self, name: str, up_to: int) -> None:
        """Never give numbers up to this one (an import that brings its own)."""
        model = self._session.get(CounterModel, name)
        if model is None:
            self._session.add(CounterModel(name=name, value=up_to))
        else:
            model.value = max(model.value, up_to)
        self._session.flush()


class DraftRepository:
    """One draft per form, record (0 = new) and user."""

    def __init__(self, session: Session) -> None:
        """Work inside this session."""
        self._session = session

    def keep(
        self, form: str, version: int, subject_id: int, user_id: int, at: dt.datetime, body: dict[str, Any]
    ) -> None:
        """Put the draft down, over the one before."""
        model = self._find(form, subject_id, user_id)
        if model is None:
            model = DraftModel(form=form, subject_id=subject_id, user_id=user_id)
            self._session.add(model)
        model.form_version, model.saved_at, model.body = version, at, dict(body)
        self._session.flush()

    def get(self, form: str, subject_id: int, user_id: int) -> Draft | None:
        """The draft of that form, record and user."""
        model = self._find(form, subject_id, user_id)
        return None if model is None else _draft(model)

    def of_user(self, user_id: int) -> tuple[Draft, ...]:
        """All drafts of a user, the newest first."""
        rows = self._session.scalars(
            select(DraftModel).where(DraftModel.user_id == user_id).order_by(DraftModel.saved_at.desc())
        )
        return tuple(_draft(model) for model in rows)

    def discard(self, form: str, subject_id: int, user_id: int) -> None:
        """Throw the draft away."""
        self._session.execute(_DISCARD, {"form": form, "subject_id": subject_id, "user_id": user_id})

    def _find(self, form: str, subject_id: int, user_id: int) -> DraftModel | None:
        return self._session.scalar(
            select(DraftModel).where(
                DraftModel.form == form, DraftModel.subject_id == subject_id, DraftModel.user_id == user_id
            )
        )


def _draft(model: DraftModel) -> Draft:
    return Draft(model.form, model.form_version, model.subject_id, model.saved_at, dict(model.body))
