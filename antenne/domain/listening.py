"""Listening sessions: what one holds, its rules, its number (forms: Listening session)."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any, ClassVar, Final

from antenne.domain.births import Birth
from antenne.domain.births_rules import Majority, majority
from antenne.domain.qr import CROCKFORD
from antenne.domain.sealed_counts import Aliases, Counted
from antenne.domain.violations import Violation

WOMEN: Final = "ecoutes.femmes"
MINORS: Final = "ecoutes.mineures"

CODE_LENGTH: Final = 6
"""Characters of an anonymous code: 30 bits, drawn at random, unrelated to anything else of hers."""

_CODE: Final = re.compile(f"[{CROCKFORD}]{{{CODE_LENGTH}}}")
_TYPED_CODE: Final = str.maketrans("ILO", "110", " -\u00a0\u202f")


OFFICE: Final = "office"
"""Mode that a new talk begins with; the others are the office's own list ``listening_modes``."""


class Service(Enum):
    """What she may be referred to (forms: services × 7)."""

    HEALTH = "health"
    PSYCHOSOCIAL = "psychosocial"
    SHELTER = "shelter"
    SECURITY = "security"
    LEGAL = "legal"
    LIVELIHOOD = "livelihood"
    CHILD_PROTECTION = "child_protection"


class Answer(Enum):
    """The six answers of a referral."""

    REFERRED = "referred"
    DONE_HERE = "done_here"
    ALREADY = "already"
    NOT_RELEVANT = "not_relevant"
    REFUSED = "refused"
    UNAVAILABLE = "unavailable"


class Lakana(Enum):
    """Whether LAKANA SO was told of a minor, and if not, by whose decision."""

    TOLD = "told"
    NOT_YET = "not_yet"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Referral:
    """One service and one of the six answers.

    Attributes:
        structure: Name in the directory of partners, or as told.
        at: Appointment there.
        code: Random code of the printed slip, or empty; one per slip.
        feedback: Contre-référence: what the structure did, in a line.
    """

    service: Service
    answer: Answer
    structure: str = ""
    at: dt.datetime | None = None
    code: str = ""
    feedback: str = ""
    feedback_on: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """Her say on sharing with one recipient."""

    recipient: str
    agreed: bool
    withdrawn_on: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ListeningSession:
    """One talk.

    Attributes:
        number: ``E-2026-0703``; it stands in the body only.
        at: Instant, UTC.
        minutes: How long.
        listener_id: User.
        mode: Code of the list ``listening_modes``.
        came_by: Code of the list ``listening_ways``.
        motives: Codes of the list ``listening_motives``.
        person_id: Her, or None for an anonymous code.
        code: Anonymous code, six characters of Crockford.
        minor: A girl under age.
        first: First talk; else a follow-up.
        said: In her words (confidential).
        consent_listen: She agrees to be listened to.
        consent_record: She agrees that what she says is kept.
        lakana_reason: Why LAKANA SO is not told yet, or what the responsable decided.
        incident_ids: Sealed ids, in hex, of incidents opened from here.
        civil_file_ids: Civil files opened from here: they know nothing of it.
    """

    KIND: ClassVar[str] = "listening"

    number: str
    at: dt.datetime
    minutes: int | None = None
    listener_id: int
    listener: str
    place: str = ""
    mode: str
    language: str = ""
    person_id: int | None = None
    code: str = ""
    minor: bool
    first: bool
    came_by: str = ""
    motives: tuple[str, ...] = ()
    said: str = ""
    needs: str = ""
    advice: str = ""
    referrals: tuple[Referral, ...] = ()
    in_danger: bool | None = None
    safety_plan: bool | None = None
    safety_notes: str = ""
    next_at: dt.datetime | None = None
    next_notes: str = ""
    consent_listen: bool | None = None
    consent_record: bool | None = None
    shares: tuple[Share, ...] = ()
    lives_alone: bool | None = None
    adult: str = ""
    adult_link: str = ""
    separated: bool | None = None
    assent: bool | None = None
    adult_agrees: bool | None = None
    best_interest: str = ""
    responsable_told: bool | None = None
    lakana: Lakana | None = None
    lakana_reason: str = ""
    centre: str = ""
    kit: bool | None = None
    housing: str = ""
    told_of_duty: bool | None = None
    incident_ids: tuple[str, ...] = ()
    civil_file_ids: tuple[int, ...] = ()
    created_at: dt.datetime
    created_by: int
    changed_at: dt.datetime | None = None
    changed_by: int | None = None

    @property
    def who(self) -> str:
        """The key under which she is counted and her talks are found; it stays in memory."""
        return subject_key(self.person_id, self.code)

    def counted(self, aliases: Aliases) -> tuple[Counted, ...]:
        """What this talk adds to the published counts."""
        return (Counted(MINORS if self.minor else WOMEN, self.at.date(), aliases.of(self.who)),)


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeTie:
    """An anonymous code whose owner gave her name: from the start she is one woman."""

    KIND: ClassVar[str] = "code_tie"

    code: str
    person_id: int
    at: dt.datetime
    user_id: int


@dataclass(frozen=True, slots=True)
class TraceLine:
    """One field's old value, as it was sealed."""

    field: str
    old: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """What one change replaced: who, when, the old values."""

    KIND: ClassVar[str] = "trace"

    record: str
    at: dt.datetime
    user_id: int
    user: str
    lines: tuple[TraceLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What a session is judged against.

    Attributes:
        now: Instant, UTC.
        birth: The person's, or None for an anonymous code.
        evident_adult: The responsable recorded « majeure évidente ».
        seen_before: She was listened to before, earlier than this session.
        known_codes: Codes of those who gave no name, whatever record gave them first.
        of_age: Years (setting ``members.majority``).
    """

    now: dt.datetime
    birth: Birth | None = None
    evident_adult: bool = False
    seen_before: bool = False
    known_codes: frozenset[str] = frozenset()
    of_age: int = 18


def subject_key(person_id: int | None, code: str) -> str:
    """``person:7`` or ``code:K7Q2MX``."""
    return f"person:{person_id}" if person_id is not None else f"code:{code}"


def tied(ties: Iterable[CodeTie], sessions: Iterable[ListeningSession] = ()) -> Aliases:
    """The codes that turned out to be a person's: tied since, or standing beside her in a session."""
    aliases = Aliases()
    for session in sessions:
        if session.person_id is not None and session.code:
            aliases.tie(subject_key(None, session.code), session.who)
    for tie in ties:
        aliases.tie(subject_key(None, tie.code), subject_key(tie.person_id, ""))
    return aliases


def next_number(numbers: Iterable[str], year: int) -> str:
    """The number after the highest of the year."""
    prefix = f"E-{year}-"
    given = (int(number.removeprefix(prefix)) for number in numbers if number.startswith(prefix))
    return f"{prefix}{max(given, default=0) + 1:04d}"


def draw_code(draw: Callable[[int], int], taken: frozenset[str]) -> str:
    """A code that nobody has.

    Args:
        draw: A random number below its argument, from the system.
        taken: In use.
    """
    while True:
        code = "".join(CROCKFORD[draw(len(CROCKFORD))] for _ in range(CODE_LENGTH))
        if code not in taken:
            return code


def read_code(typed: str) -> str | Violation:
    """A code as typed: small letters, spaces, a dash, O for 0 and I or L for 1."""
    read = typed.upper().translate(_TYPED_CODE)
    return read if _CODE.fullmatch(read) else Violation("listening.code_unreadable", "code")


def shown_code(code: str) -> str:
    """« K7Q-2MX »."""
    return f"{code[: CODE_LENGTH // 2]}-{code[CODE_LENGTH // 2 :]}" if code else ""


def check_session(session: ListeningSession, around: Around) -> tuple[Violation, ...]:
    """Everything that the rules between fields say of a session, all at once (forms: Listening session)."""
    return (
        *_who_violations(session, around),
        *_day_violations(session, around),
        *_referral_violations(session.referrals),
        *_consent_violations(session),
        *_minor_violations(session),
    )


def _who_violations(session: ListeningSession, around: Around) -> tuple[Violation, ...]:
    found = []
    if session.person_id is None and session.code and session.code not in around.known_codes:
        found.append(Violation("listening.code_unknown", "code"))
    if around.birth is not None:
        known = majority(around.birth, session.at.date(), around.of_age)
        under_age = known is Majority.MINOR or (known is Majority.UNCERTAIN and not around.evident_adult)
        if under_age and not session.minor:
            found.append(Violation("listening.is_minor", "minor", (("years", around.of_age),)))
        if session.minor and known is Majority.ADULT:
            found.append(Violation("listening.is_adult", "minor", (("years", around.of_age),)))
    if session.first and around.seen_before:
        found.append(Violation("listening.not_first", "first"))
    return tuple(found)


def _day_violations(session: ListeningSession, around: Around) -> tuple[Violation, ...]:
    found = []
    if session.at > around.now:
        found.append(Violation("listening.future", "at", (("at", session.at), ("now", around.now))))
    if session.next_at is not None and session.next_at <= session.at:
        found.append(Violation("listening.next_before", "next_at"))
    return tuple(found)


def _referral_violations(referrals: Sequence[Referral]) -> tuple[Violation, ...]:
    """One row per service; who is sent somewhere is sent to a structure."""
    times = Counter(row.service for row in referrals)
    found = []
    for position, row in enumerate(referrals):
        if times[row.service] > 1:
            found.append(Violation("listening.service_twice", f"referrals[{position}].service"))
        if row.answer is Answer.REFERRED and not row.structure:
            found.append(Violation("listening.no_structure", f"referrals[{position}].structure"))
        if row.feedback and row.answer is not Answer.REFERRED:
            found.append(Violation("listening.feedback_alone", f"referrals[{position}].feedback"))
    return tuple(found)


def _consent_violations(session: ListeningSession) -> tuple[Violation, ...]:
    """What she does not agree to have kept is not kept: neither her words nor her name (loi 2013-015)."""
    found = []
    if session.consent_listen is False:
        found.append(Violation("listening.no_consent", "consent_listen"))
    if session.consent_record is False:
        if session.person_id is not None:
            found.append(Violation("listening.name_kept", "consent_record"))
        if session.said or session.needs or session.advice:
            found.append(Violation("listening.words_kept", "consent_record"))
    return tuple(found)


def _minor_violations(session: ListeningSession) -> tuple[Violation, ...]:
    """A minor: the responsable and LAKANA SO are answered for, and an adult agrees or her interest is told why."""
    if not session.minor:
        return ()
    found = []
    if session.lakana in (Lakana.NOT_YET, Lakana.REFUSED) and not session.lakana_reason:
        found.append(Violation("listening.lakana_reason", "lakana_reason"))
    if session.adult_agrees is False and not session.best_interest:
        found.append(Violation("listening.best_interest", "best_interest"))
    return tuple(found)
