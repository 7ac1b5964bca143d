"""What is held about one woman, and what the compartment keeps of her rights: requests, withdrawals, erasures.

Which sealed records are hers is read from their bodies: her file, a code of hers, a record that hers names. A list of
several women (attendance, outing) is hers by her line only. Sources: loi 2013-015 (access, rectification, opposition);
rules, Protecting the women; storage, The confidential compartment.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any, ClassVar, Final

from antenne.domain.incidents import Incident
from antenne.domain.listening import CodeTie, Trace, read_code, subject_key
from antenne.domain.minors import Minor
from antenne.domain.sealed_tests import Attendance, Outing

DRAFT, READINGS, NOTICE, ALERT, DEPOSIT = "draft", "readings", "responsable_notice", "colleague_alert", "deposit"
"""Kinds that this module names without importing them: ``sealed_kinds`` imports it."""

SHARED: Final = frozenset({Attendance.KIND, Outing.KIND})
"""Lists of several women: one of them takes her line away, the list stays."""

ATTACHED: Final = frozenset({Trace.KIND, DRAFT, NOTICE, CodeTie.KIND, READINGS})
"""What hangs on a record and goes with it; never chosen by itself."""

Payload = Mapping[str, Any]
Naming = Callable[[str], str]
"""Subject key → the one name under which she is counted (``Aliases.of``)."""


@dataclass(frozen=True, slots=True)
class Her:
    """Whom the page is about: her file, or the code of a woman who gave no name."""

    person_id: int | None = None
    code: str = ""

    @property
    def key(self) -> str:
        """As records name her."""
        return subject_key(self.person_id, self.code)


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing held: a question and its answer, both in French."""

    label: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldRecord:
    """One record about her.

    Attributes:
        kind: « identity », « receipt », « listening »…
        title: « Écoute E-2026-0007 ».
        on: Its day, or None.
        facts: Everything that it says.
        before: What it said before: each with the day it was replaced.
        sealed_id: In hex; empty for a record of the base.
        base_id: Id in the base, or None.
        shared: A list of several women, of which only her line is told.
    """

    kind: str
    title: str
    on: dt.date | None = None
    facts: tuple[Fact, ...] = ()
    before: tuple[Fact, ...] = ()
    sealed_id: str = ""
    base_id: int | None = None
    shared: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldPart:
    """Records of one sort, under one heading; a part that the user may not see says where to ask."""

    key: str
    title: str
    records: tuple[HeldRecord, ...] = ()
    elsewhere: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """Everything held about her, as far as it was asked for.

    Attributes:
        her: Whom.
        name: « Awa Koné », or « code K7Q-2MX ».
        on: The day.
        parts: The base first, then the compartment where the user opened it.
        sealed: The compartment is in it.
    """

    her: Her
    name: str
    on: dt.date
    parts: tuple[HeldPart, ...]
    sealed: bool = False

    @property
    def count(self) -> int:
        """How many records."""
        return sum(len(part.records) for part in self.parts)


class ErasureReason(Enum):
    """Why records are erased."""

    ASKED = "demande"
    TERM = "duree"
    MISTAKE = "erreur"


@dataclass(frozen=True, slots=True, kw_only=True)
class ErasureRequest:
    """She asks an écoutante to be forgotten: the responsable does it, and the request goes with it.

    Attributes:
        ids: Sealed ids, in hex, of what she wants erased; empty: everything.
        words: What she says, in a line.
    """

    KIND: ClassVar[str] = "erasure_request"

    person_id: int | None = None
    code: str = ""
    ids: tuple[str, ...] = ()
    words: str = ""
    at: dt.datetime
    user_id: int
    user: str


@dataclass(frozen=True, slots=True)
class KindCount:
    """How many records of a kind."""

    kind: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Erasure:
    """That records were erased: when, by whom, why, how many of which kind; never whose, never which."""

    KIND: ClassVar[str] = "erasure"

    at: dt.datetime
    user_id: int
    user: str
    reason: ErasureReason
    counts: tuple[KindCount, ...]


class Agreed(Enum):
    """What an agreement is about; every one of them can be taken back."""

    FILE = "file"
    PHOTO = "photo"
    FIGURES = "figures"
    CONTACT = "contact"
    SERVICES = "services"
    STATISTICS = "statistiques"
    SHARING = "partage"
    TALK_SHARING = "partage_ecoute"
    RECORDING = "garder"
    RESULT = "resultat"
    ALERT = "alerte"
    STORY = "recit"


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawal:
    """She took an agreement back: the day and how. It is hers, and is erased with her.

    Attributes:
        record: Sealed id of the record, in hex; empty where taking it back cut the record from her.
        how: Code of the list ``consent_ways``.
    """

    KIND: ClassVar[str] = "withdrawal"

    person_id: int | None = None
    code: str = ""
    what: Agreed
    recipient: str = ""
    record: str = ""
    on: dt.date
    how: str
    witness: str = ""
    at: dt.datetime
    user_id: int
    user: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """One agreement as her page shows it.

    Attributes:
        what: What for.
        recipient: Whom with, or empty.
        title: Of the record that holds it; empty for her file.
        sealed_id: In hex; empty for her file.
        given_on: The day, or None where the record does not say it.
        in_force: It can be taken back.
        withdrawn_on: The day it was.
        left: What had left the office with it: a withdrawal does not call it back.
    """

    what: Agreed
    recipient: str = ""
    title: str = ""
    sealed_id: str = ""
    given_on: dt.date | None = None
    in_force: bool = True
    withdrawn_on: dt.date | None = None
    left: tuple[str, ...] = ()


# --- Which records are hers ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Hers:
    """Sealed ids, in hex, of what is hers.

    Attributes:
        own: Records about her.
        shared: Lists in which she has a line.
        ties: Her codes.
        drafts: What anybody is typing about her.
        notices: What went up to the responsable about her.
        keys: The names under which she is counted.
        people: Files that are hers.
        codes: Codes that stand for her.
        minors: Of the records, her files of a minor: lists name them by their id.
    """

    own: frozenset[str] = frozenset()
    shared: frozenset[str] = frozenset()
    ties: frozenset[str] = frozenset()
    drafts: frozenset[str] = frozenset()
    notices: frozenset[str] = frozenset()
    keys: frozenset[str] = frozenset()
    people: frozenset[int] = frozenset()
    codes: frozenset[str] = frozenset()
    minors: frozenset[str] = frozenset()

    @property
    def chosen(self) -> frozenset[str]:
        """What she may choose from."""
        return self.own | self.shared


def subject_keys(payload: Payload) -> tuple[str, ...]:
    """The names by which a record says whom it is about; several where it names a file and a code."""
    kind = payload.get("kind")
    if kind in ATTACHED - {CodeTie.KIND} or kind in SHARED:
        return ()
    code = payload.get("survivor_code") if kind == Incident.KIND else payload.get("code")
    person_id = payload.get("person_id")
    keys = [subject_key(person_id, "")] if isinstance(person_id, int) else []
    return (*keys, *((subject_key(None, code),) if isinstance(code, str) and code else ()))


def listed_in(payload: Payload) -> Iterator[str]:
    """The names of everybody in a list of several women."""
    for row in payload.get("present", ()):
        if row.get("person_id") is not None:
            yield subject_key(row["person_id"], "")
        if row.get("minor_id"):
            yield f"minor:{row['minor_id']}"
    yield from (subject_key(woman, "") for woman in payload.get("women", ()))
    yield from (f"minor:{minor}" for minor in payload.get("minors", ()))


def find_hers(records: Mapping[str, Payload], her: Her, naming: Naming) -> Hers:
    """Everything of the compartment that is hers.

    Args:
        records: Body of each record by its id in hex.
        her: Whom.
        naming: Tied codes as one woman.

    Returns:
        Also what hers names and what names hers (an incident of her talk, under another code); never a record that
        names another woman's file.
    """
    named = {key: tuple(naming(one) for one in subject_keys(body)) for key, body in records.items()}
    keys, own = {naming(her.key)}, set[str]()
    while True:
        linked = _linked(records, own)
        found = {
            key
            for key, names in named.items()
            if keys.intersection(names) or (key in linked and not _anothers(records[key], keys, naming))
        }
        if found == own:
            break
        own = found
        keys |= {name for key in own for name in named[key]}
    return _gathered(records, own, frozenset(keys), naming)


def _linked(records: Mapping[str, Payload], own: set[str]) -> set[str]:
    """What hers names, and what names hers."""
    linked = {name for key in own for name in records[key].get("incident_ids", ())}
    for key, body in records.items():
        if body.get("session_id") in own or body.get("incident_id") in own or body.get("filed_as") in own:
            linked.add(key)
    return linked & set(records)


def _anothers(body: Payload, keys: set[str], naming: Naming) -> bool:
    person_id = body.get("person_id")
    return isinstance(person_id, int) and naming(subject_key(person_id, "")) not in keys


def _gathered(records: Mapping[str, Payload], own: set[str], keys: frozenset[str], naming: Naming) -> Hers:
    ties = {key for key in own if records[key].get("kind") == CodeTie.KIND}
    whole = frozenset(own - ties)
    bodies = [records[key] for key in own]
    people = frozenset(body["person_id"] for body in bodies if isinstance(body.get("person_id"), int))
    told = {name for body in bodies for name in subject_keys(body)} | keys
    people |= {int(name.removeprefix("person:")) for name in told if name.startswith("person:")}
    codes = frozenset(name.removeprefix("code:") for name in told if name.startswith("code:"))
    minors = frozenset(key for key in whole if records[key].get("kind") == Minor.KIND)
    names = keys | {f"minor:{one}" for one in minors}
    shared, drafts, notices = set[str](), set[str](), set[str]()
    for key, body in records.items():
        kind = body.get("kind")
        if kind in SHARED and any(naming(name) in names for name in listed_in(body)):
            shared.add(key)
        elif kind == DRAFT and (body.get("subject") in whole or _typed_about(body, people, codes)):
            drafts.add(key)
        elif kind == NOTICE and body.get("subject") in whole:
            notices.add(key)
    return Hers(whole, frozenset(shared), frozenset(ties), frozenset(drafts), frozenset(notices), keys, people, codes,
                minors)  # fmt: skip


def _typed_about(draft: Payload, people: frozenset[int], codes: frozenset[str]) -> bool:
    """Whether what is typed names her file or her code, at the top or in a row."""
    body = draft.get("body")
    if any(_picked(value) in people for value in _values(body, "person_id")):
        return True
    return any(isinstance(value, str) and read_code(value) in codes for value in _values(body, "code"))


def _picked(value: Any) -> Any:
    """The id that a field of a person keeps of whom was picked (``PersonField.raw``)."""
    picked = value.get("picked") if isinstance(value, Mapping) else None
    return picked[0] if picked else value if isinstance(value, int) else None


def _values(body: Any, key: str) -> Iterator[Any]:
    """Every value under that key, however deep."""
    if isinstance(body, Mapping):
        for name, value in body.items():
            if name == key:
                yield value
            else:
                yield from _values(value, key)
    elif isinstance(body, (list, tuple)):
        for value in body:
            yield from _values(value, key)


def traces_of(records: Mapping[str, Payload], ids: frozenset[str]) -> frozenset[str]:
    """The old values of these records."""
    kept = records.items()
    return frozenset(key for key, body in kept if body.get("kind") == Trace.KIND and body.get("record") in ids)


def in_order(records: Iterable[HeldRecord]) -> tuple[HeldRecord, ...]:
    """By day, then title, then id: the order of what is sealed is nobody's."""
    return tuple(sorted(records, key=lambda one: (one.on or dt.date.min, one.title, one.sealed_id, one.base_id or 0)))


def kinds_of(records: Mapping[str, Payload], ids: Iterable[str]) -> tuple[KindCount, ...]:
    """How many of each kind, in the order of their names."""
    counts: dict[str, int] = {}
    for key in ids:
        kind = str(records[key].get("kind"))
        counts[kind] = counts.get(kind, 0) + 1
    return tuple(KindCount(kind, counts[kind]) for kind in sorted(counts))


@dataclass(frozen=True, slots=True)
class Settled:
    """What must be settled before her file is erased, as the base says it.

    Attributes:
        change_due: « Monnaie due » that the office still owes her, FCFA.
        advance_left: Advances that she has not justified, FCFA.
        open_files: Numbers of her civil files that are not ended.
        papers_here: Numbers of the files whose papers of hers lie at the office.
        unpaid: Dues not paid, FCFA: they are no longer asked for.
    """

    change_due: int = 0
    advance_left: int = 0
    open_files: tuple[str, ...] = ()
    papers_here: tuple[str, ...] = ()
    unpaid: int = 0
