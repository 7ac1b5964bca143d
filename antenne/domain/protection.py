"""What the sealed records of protection share: how they become JSON and come back, their own history, referrals, codes.

A record of the compartment carries its history in its own body, so that nothing of it stands in the base's audit.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from enum import Enum
from types import NoneType, UnionType
from typing import Any, ClassVar, Final, Self, TypeVar, Union, get_args, get_origin, get_type_hints

from antenne.domain.audit import FieldChange
from antenne.domain.qr import CROCKFORD
from antenne.domain.violations import Violation

KIND: Final = "kind"
R = TypeVar("R", bound="Kept")


def pack(value: Any) -> Any:
    """A value as JSON has it: days and instants as ISO text, codes of enums, records as objects."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, (dt.datetime, dt.date)):
        return value.isoformat()
    if isinstance(value, (tuple, list)):
        return [pack(one) for one in value]
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: pack(getattr(value, field.name)) for field in fields(value)}
    return value


def unpack(kind: Any, value: Any) -> Any:
    """The value of that type; a field that an older record lacks takes its default, one that is gone is left out."""
    if value is None:
        return None
    if get_origin(kind) in (Union, UnionType):
        return unpack(next(one for one in get_args(kind) if one is not NoneType), value)
    if get_origin(kind) is tuple:
        return tuple(unpack(get_args(kind)[0], one) for one in value)
    if is_dataclass(kind):
        hints = get_type_hints(kind)
        named = {field.name for field in fields(kind)}
        return kind(**{name: unpack(hints[name], one) for name, one in value.items() if name in named})  # type: ignore[operator]  # a class
    if isinstance(kind, type) and issubclass(kind, (dt.datetime, dt.date)):
        return kind.fromisoformat(value)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind(value)
    return value


@dataclass(frozen=True, slots=True, kw_only=True)
class TrailLine:
    """One line of a sealed record's own history.

    Attributes:
        at: When.
        by: The user's id.
        what: Stable code, ``incident.saved``.
        request: The command's request id: a double click finds it.
        changes: Old and new values.
        why: Her reason, or empty.
    """

    at: dt.datetime
    by: int
    what: str
    request: str = ""
    changes: tuple[FieldChange, ...] = ()
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """Mother of the sealed records of protection; ``KIND`` is the word in the body that tells which.

    Attributes:
        trail: Its history, oldest first.
    """

    KIND: ClassVar[str] = ""
    trail: tuple[TrailLine, ...] = ()

    def to_payload(self) -> dict[str, Any]:
        """The body to seal."""
        return {KIND: self.KIND, **pack(self)}

    @classmethod
    def from_payload(cls, payload: Mapping[str, Any]) -> Self:
        """The record of an opened body."""
        made: Self = unpack(cls, payload)
        return made

    def done(self, request: str) -> bool:
        """Whether this request already changed it: a double click, a retry."""
        return any(line.request == request for line in self.trail)

    @property
    def latest(self) -> dt.datetime | None:
        """The latest instant that its history knows: time cannot have been earlier since."""
        return max((line.at for line in self.trail), default=None)


def with_line(record: R, line: TrailLine, before: R | None = None) -> R:
    """The record with one line more, which tells what changed since ``before``."""
    changes = line.changes or (differences(before, record) if before is not None else ())
    return replace(record, trail=(*record.trail, replace(line, changes=changes)))


def differences(before: Kept, after: Kept) -> tuple[FieldChange, ...]:
    """Field by field, in words that JSON keeps; the history itself is no field."""
    names = [field.name for field in fields(after) if field.name != "trail"]
    pairs = ((name, getattr(before, name), getattr(after, name)) for name in names)
    return tuple(FieldChange(name, _said(old), _said(new)) for name, old, new in pairs if old != new)


def _said(value: Any) -> str:
    packed = pack(value)
    if isinstance(packed, Mapping):
        return " · ".join(f"{_said(one)}" for one in packed.values() if one not in (None, "", []))
    if isinstance(packed, list):
        return "; ".join(_said(one) for one in packed)
    if isinstance(packed, bool):
        return "oui" if packed else "non"
    return "" if packed is None else str(packed)


CODE_LENGTH: Final = 8


def random_code(below: Callable[[int], int], taken: Iterable[str] = ()) -> str:
    """A code for a slip, an incident or a survivor: random, unrelated to any number (storage: compartment).

    Args:
        below: Draws a whole number from 0 to below its argument, from the system's own source.
        taken: Codes already given: none is given twice.
    """
    used = set(taken)
    while True:
        letters = "".join(CROCKFORD[below(len(CROCKFORD))] for _ in range(CODE_LENGTH))
        code = f"{letters[:4]}-{letters[4:]}"
        if code not in used:
            return code


def next_number(letter: str, year: int, known: Iterable[str]) -> str:
    """« I-2026-0007 »: one more than the highest of the year; counted in memory, so that the base holds no counter."""
    head = f"{letter}-{year}-"
    last = max((int(one.removeprefix(head)) for one in known if one.startswith(head)), default=0)
    return f"{head}{last + 1:04d}"


class Service(Enum):
    """The seven services of GBVIMS (forms: Violence incident)."""

    HEALTH = "sante"
    PSYCHOSOCIAL = "psychosocial"
    SHELTER = "abri"
    SECURITY = "securite"
    LEGAL = "juridique"
    LIVELIHOOD = "moyens"
    CHILD = "enfant"


class Answer(Enum):
    """The six answers for a service (forms: Listening session)."""

    REFERRED = "orientee"
    HERE = "ici"
    ALREADY = "deja"
    NOT_NEEDED = "sans_objet"
    REFUSED = "refusee"
    UNAVAILABLE = "indisponible"


@dataclass(frozen=True, slots=True, kw_only=True)
class Referral:
    """One service: what was answered, to whom she was sent, what came back.

    Attributes:
        partner_id: Of the directory, where she was sent (or had been before).
        appointment_at: When she is expected there.
        slip_code: Random, one per slip; empty before one was printed.
        feedback: Contre-référence: what came back, in words.
        feedback_on: The day it came back.
    """

    service: Service
    answer: Answer
    partner_id: int | None = None
    appointment_at: dt.datetime | None = None
    slip_code: str = ""
    feedback: str = ""
    feedback_on: dt.date | None = None


def check_referrals(referrals: Sequence[Referral], open_partners: Iterable[int]) -> tuple[Violation, ...]:
    """Each service once; « orientée » names a structure that is open.

    Args:
        referrals: As answered.
        open_partners: Ids of the structures open on that day.

    Returns:
        ``protection.service_twice``, ``protection.no_partner``, ``protection.partner_closed``.
    """
    found: list[Violation] = []
    seen: set[Service] = set()
    still_open = set(open_partners)
    for row, one in enumerate(referrals):
        if one.service in seen:
            found.append(Violation("protection.service_twice", f"referrals[{row}].service"))
        seen.add(one.service)
        if one.answer is not Answer.REFERRED:
            continue
        if one.partner_id is None:
            found.append(Violation("protection.no_partner", f"referrals[{row}].partner"))
        elif one.partner_id not in still_open:
            found.append(Violation("protection.partner_closed", f"referrals[{row}].partner"))
    return tuple(found)


def referrals_of(rows: Any) -> tuple[Referral, ...]:
    """The rows of a form as referrals; a row without service or answer is left to the validation."""
    return tuple(
        Referral(
            service=Service(row["service"]),
            answer=Answer(row["answer"]),
            partner_id=int(row["partner"]) if row.get("partner") else None,
            appointment_at=row.get("appointment_at"),
            feedback=row.get("feedback") or "",
            feedback_on=row.get("feedback_on"),
        )
        for row in rows or ()
        if row.get("service") and row.get("answer")
    )


def keep_slips(referrals: Sequence[Referral], before: Sequence[Referral]) -> tuple[Referral, ...]:
    """The referrals with the codes of the slips already printed: a change of the form loses none."""
    codes = {one.service: one.slip_code for one in before}
    return tuple(replace(one, slip_code=one.slip_code or codes.get(one.service, "")) for one in referrals)


def referral_rows(referrals: Sequence[Referral]) -> tuple[dict[str, object], ...]:
    """Referrals as the form shows them."""
    return tuple(
        {
            "service": one.service.value,
            "answer": one.answer.value,
            "partner": None if one.partner_id is None else str(one.partner_id),
            "appointment_at": one.appointment_at,
            "feedback": one.feedback or None,
            "feedback_on": one.feedback_on,
        }
        for one in referrals
    )
