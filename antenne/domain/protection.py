"""What the sealed records of protection share: who a record is about, referrals as rows of a form, numbers, codes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from antenne.domain.births import Birth
from antenne.domain.births_rules import Majority, majority
from antenne.domain.listening import Answer, Referral, Service, draw_code, subject_key
from antenne.domain.sealed_counts import Aliases
from antenne.domain.violations import Violation

SERVICES: Final = tuple(Service)
"""The seven services of GBVIMS, in the order of the form."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """Mother of the sealed records of protection: who wrote it and when; each change keeps the old values beside it.

    Attributes:
        created_at: Instant, UTC.
        created_by: The user's id.
        changed_at: Of the last change.
        changed_by: The user's id.
    """

    created_at: dt.datetime
    created_by: int
    changed_at: dt.datetime | None = None
    changed_by: int | None = None

    @property
    def latest(self) -> dt.datetime:
        """The latest instant that the record knows: it cannot be earlier now, whatever the clock says."""
        return max(self.created_at, self.changed_at or self.created_at)


def counted_as(aliases: Aliases, person_id: int | None, code: str) -> str:
    """The one key under which she is counted; it stays in memory."""
    return aliases.of(subject_key(person_id, code))


def under_age(birth: Birth, on: dt.date, of_age: int, *, evident_adult: bool = False) -> bool:
    """Treated as a minor that day: an uncertain majority is, until the responsable has said on what it is evident."""
    found = majority(birth, on, of_age)
    return found is Majority.MINOR or (found is Majority.UNCERTAIN and not evident_adult)


def slip_code(draw: Callable[[int], int], taken: Iterable[str]) -> str:
    """A code for a slip, an incident or a survivor: random, unrelated to any number (storage: compartment).

    Args:
        draw: A random number below its argument, from the system.
        taken: Codes in use: none is given twice.
    """
    return draw_code(draw, frozenset(taken))


def next_number(letters: str, year: int, known: Iterable[str]) -> str:
    """« I-2026-0007 »: one more than the highest of the year, counted in memory: the base holds no counter of it."""
    head = f"{letters}-{year}-"
    last = max((int(one.removeprefix(head)) for one in known if one.startswith(head)), default=0)
    return f"{head}{last + 1:04d}"


def referrals_of(rows: Any, before: Sequence[Referral] = ()) -> tuple[Referral, ...]:
    """The rows of a form as referrals; a row without service or answer is left to the validation.

    The code of a slip already printed stays with its service, as long as she is sent to the same structure.
    """
    codes = {(one.service, one.structure): one.code for one in before}
    made = (_referral(row) for row in rows or () if row.get("service") and row.get("answer"))
    return tuple(replace(one, code=codes.get((one.service, one.structure), "")) for one in made)


def _referral(row: Mapping[str, Any]) -> Referral:
    return Referral(
        service=Service(row["service"]),
        answer=Answer(row["answer"]),
        structure=row.get("structure") or "",
        at=row.get("at"),
        feedback=row.get("feedback") or "",
        feedback_on=row.get("feedback_on"),
    )


def referral_rows(referrals: Sequence[Referral]) -> tuple[dict[str, object], ...]:
    """Referrals as the form shows them."""
    return tuple(
        {
            "service": one.service.value,
            "answer": one.answer.value,
            "structure": one.structure or None,
            "at": one.at,
            "feedback": one.feedback or None,
            "feedback_on": one.feedback_on,
        }
        for one in referrals
    )


def check_referrals(
    referrals: Sequence[Referral], closed: Iterable[str], before: Sequence[Referral] = ()
) -> tuple[Violation, ...]:
    """Each service once; who is sent somewhere is sent to a structure, and not anew to one that is closed.

    Args:
        referrals: As answered.
        closed: Names of the structures of the directory that no longer receive anyone.
        before: As they were: what was already agreed with a structure stays, even once it is closed.

    Returns:
        ``protection.service_twice``, ``protection.no_structure``, ``protection.partner_closed``.
    """
    found: list[Violation] = []
    seen: set[Service] = set()
    for row, one in enumerate(referrals):
        if one.service in seen:
            found.append(Violation("protection.service_twice", f"referrals[{row}].service"))
        seen.add(one.service)
        if one.answer is Answer.REFERRED and not one.structure:
            found.append(Violation("protection.no_structure", f"referrals[{row}].structure"))
    return (*found, *check_open(referrals, closed, before))


def check_open(
    referrals: Sequence[Referral], closed: Iterable[str], before: Sequence[Referral] = ()
) -> tuple[Violation, ...]:
    """Nobody is sent anew to a structure that is closed (arguments as :func:`check_referrals`).

    Returns:
        ``protection.partner_closed``.
    """
    shut = {name.casefold() for name in closed}
    known = {(one.service, one.structure) for one in before}
    return tuple(
        Violation("protection.partner_closed", f"referrals[{row}].structure", (("name", one.structure),))
        for row, one in enumerate(referrals)
        if one.answer is Answer.REFERRED
        and (one.service, one.structure) not in known
        and one.structure.casefold() in shut
    )


def text(answers: Mapping[str, object], key: str) -> str:
    """A text answer, empty when there is none."""
    return str(answers.get(key) or "")


def day(answers: Mapping[str, object], key: str) -> dt.date | None:
    """A day answered, or None."""
    value = answers.get(key)
    return value if isinstance(value, dt.date) else None


def yes_no(answers: Mapping[str, object], key: str) -> bool | None:
    """A yes or a no, or None."""
    value = answers.get(key)
    return value if isinstance(value, bool) else None


def number(answers: Mapping[str, object], key: str) -> int | None:
    """A whole number answered, or None."""
    value = answers.get(key)
    return value if isinstance(value, int) else None
