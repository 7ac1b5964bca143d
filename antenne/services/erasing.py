"""The right to be forgotten, whole: sealed records with all that hangs on them, then her file and her civil files.

An écoutante asks, the responsable erases. In one transaction the records go with their old values, drafts, ties and
notices, other records stop naming them, the reading log keeps who read and no longer what, and what they had added to
the published counts stays as totals (``domain.her_rights_erasing``). Money stays: the ledger names nobody.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from antenne.db import cipher, keys
from antenne.db.sealing import ID_BYTES
from antenne.db.unit_of_work import UnitOfWork
from antenne.domain import her_rights as rules
from antenne.domain.changes import LISTENING, PROTECTION, Changes, Done
from antenne.domain.her_rights import Erasure, ErasureReason, ErasureRequest, Her, Hers, Settled
from antenne.domain.her_rights_erasing import CountResidue, Gone, added, cleared, loose_codes, pages_of, taken
from antenne.domain.listening import CodeTie, ListeningSession, subject_key, tied
from antenne.domain.persons import Person
from antenne.domain.retention import RetentionDecision
from antenne.domain.rights import Right
from antenne.domain.sealed_codec import Sealed, from_payload, to_payload
from antenne.domain.sealed_counts import CountRow, count_rows
from antenne.domain.sealed_kinds import KINDS, counted_of, counts
from antenne.domain.text import clean_line, fold
from antenne.domain.violations import Forbidden, RulesBroken, Violation
from antenne.services import members
from antenne.services.access import BASE_FILE
from antenne.services.compartment import (
    Batch,
    Compartment,
    changing,
    every_kept,
    opened,
    own_person,
    record_key,
    request_key,
)
from antenne.services.desk import Desk
from antenne.services.listening import aliases_of
from antenne.services.members import Erase
from antenne.services.receipts import change_due

CONFIRM: Final = "EFFACER"
"""What she types: nothing is erased by a slip of the hand."""
_MOST_WORDS: Final = 200
_TIES = (CodeTie.KIND, ListeningSession.KIND)

Bodies = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class EraseSealed:
    """Erase sealed records of hers.

    Attributes:
        ids: Which, in hex; empty: everything of hers.
        typed: :data:`CONFIRM`, by hand.
    """

    request_id: str
    her: Her
    ids: tuple[str, ...] = ()
    reason: ErasureReason = ErasureReason.ASKED
    typed: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EraseFile:
    """Erase her file and her civil files; ``typed`` as in :class:`EraseSealed`."""

    request_id: str
    person_id: int
    typed: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AskErasure:
    """She asks an écoutante; ``ids`` as in :class:`EraseSealed`."""

    request_id: str
    her: Her
    ids: tuple[str, ...] = ()
    words: str = ""


def hers_of(desk: Desk, her: Her) -> Hers:
    """Everything sealed that is hers.

    Raises:
        Forbidden: Without the right; it is the user herself, also under a code that turned out to be hers.
        Problem: The compartment is sheltered.
    """
    own = opened(desk)
    refuse_herself(desk, own, her)
    return rules.find_hers(bodies_of(own), her, aliases_of(own).of)


def refuse_herself(desk: Desk, own: Compartment, her: Her) -> None:
    """A user never opens, nor erases, the sealed part of herself (rules: Roles).

    Raises:
        Forbidden: It is she.
    """
    herself, aliases = own_person(desk), aliases_of(own)
    if herself is not None and aliases.of(her.key) == aliases.of(subject_key(herself, "")):
        raise Forbidden(Right.COMPARTMENT.value)


def bodies_of(own: Compartment) -> dict[str, Mapping[str, Any]]:
    """Every body by its id in hex."""
    return {record.id.hex(): record.payload for record in own.records()}


def erase_sealed(desk: Desk, command: EraseSealed) -> Done[int]:
    """Erase records of hers, all or chosen. Returns how many.

    Raises:
        Forbidden: Without the right to the compartment; not the responsable; it is the user herself.
        RulesBroken: ``rights.confirm``, ``rights.nothing``.
        Problem: The compartment is sheltered; of the machine.
    """
    desk.require(Right.COMPARTMENT)
    desk.require(Right.ERASE_PERSONS)
    check_confirmed(command.typed)
    own = opened(desk)
    refuse_herself(desk, own, command.her)
    with changing(desk) as batch:
        if (known := batch.get(request_key(command.request_id))) is not None:
            return Done(sum(one.count for one in from_payload(Erasure, known.payload).counts))
        bodies = bodies_of(own)
        hers = rules.find_hers(bodies, command.her, aliases_of(own).of)
        gone = _gone(bodies, hers, frozenset(command.ids))
        erased = (hers.own & gone.ids) | gone.lists
        if not erased:
            raise RulesBroken(Violation("rights.nothing"))
        person_id = command.her.person_id if command.ids else None
        take_away(desk, batch, own, gone, keep_tied=(hers.codes, person_id))
        note_erasure(desk, batch, command.request_id, command.reason, rules.kinds_of(bodies, erased))
        batch.commit()
    settle(desk, own)
    return Done(len(erased), Changes.of(LISTENING, PROTECTION))


def _gone(bodies: Bodies, hers: Hers, chosen: frozenset[str]) -> Gone:
    """What goes: everything, or what she chose with what hangs on it."""
    if not chosen:
        ids = hers.own | hers.ties | hers.drafts | hers.notices
        return Gone(ids=ids | rules.traces_of(bodies, ids), people=hers.people, codes=hers.codes, lists=hers.shared)
    own, lists = chosen & hers.own, chosen & hers.shared
    return Gone(ids=with_attached(bodies, own), people=hers.people if lists else frozenset(), lists=lists)


def with_attached(bodies: Bodies, ids: frozenset[str]) -> frozenset[str]:
    """These records with their drafts, what went up to the responsable of them, the requests of them, old values."""
    on_them = {
        key
        for key, body in bodies.items()
        if body.get("kind") in (rules.DRAFT, rules.NOTICE) and body.get("subject") in ids
    }
    asked = {
        key
        for key, body in bodies.items()
        if body.get("kind") == ErasureRequest.KIND and body["ids"] and ids.issuperset(body["ids"])
    }
    whole = ids | on_them | asked
    return whole | rules.traces_of(bodies, whole)


def check_confirmed(typed: str) -> None:
    """Refuse unless the word was typed.

    Raises:
        RulesBroken: ``rights.confirm``.
    """
    if fold(typed) != fold(CONFIRM):
        raise RulesBroken(Violation("rights.confirm", "typed", (("word", CONFIRM),)))


def note_erasure(
    desk: Desk, batch: Batch, request_id: str, reason: ErasureReason, kinds: tuple[rules.KindCount, ...]
) -> None:
    """Keep that it was done; the record's id finds a second click."""
    done = Erasure(at=desk.clock.now(), user_id=desk.actor.user_id, user=desk.actor.name, reason=reason, counts=kinds)
    batch.put(to_payload(done), request_key(request_id))


# --- One transaction ----------------------------------------------------------------------------------------------


def take_away(
    desk: Desk,
    batch: Batch,
    own: Compartment,
    gone: Gone,
    *,
    rewritten: Mapping[str, Sealed] | None = None,
    keep_tied: tuple[frozenset[str], int | None] = (frozenset(), None),
) -> None:
    """Delete, clear what names it, keep the published counts as they were; commit is the caller's.

    Args:
        desk: Who.
        batch: From ``compartment.changing``.
        own: The compartment.
        gone: What goes.
        rewritten: Records that stay and say less, by id in hex.
        keep_tied: Codes of a woman whose other records stay, and her file: they are still found as hers.
    """
    before = bodies_of(own)
    gone = replace(gone, stand_ins={key: secrets.token_hex(ID_BYTES) for key in gone.ids})
    after: dict[str, Mapping[str, Any]] = {}
    for key, body in before.items():
        left = None if key in gone.ids else cleared(key, body, gone)
        if rewritten and key in rewritten:
            left = to_payload(rewritten[key])
        if left is not None and not (left.get("kind") == RetentionDecision.KIND and not left["ids"]):
            after[key] = left
    _untie(before, after)
    codes, person_id = keep_tied
    loose = () if person_id is None else loose_codes(after.values(), codes, person_id)
    ties = [_tie(desk, code, person_id) for code in loose if person_id is not None]
    _keep_counts(batch, own, before, [*after.items(), *(("", to_payload(one)) for one in ties)])
    for tie in ties:
        batch.put(to_payload(tie))
    for key, body in before.items():
        if key not in after:
            batch.delete(record_key(key))
        elif after[key] is not body:
            batch.put(after[key], record_key(key))


def _tie(desk: Desk, code: str, person_id: int) -> CodeTie:
    return CodeTie(code=code, person_id=person_id, at=desk.clock.now(), user_id=desk.actor.user_id)


def _untie(before: Bodies, after: dict[str, Mapping[str, Any]]) -> None:
    """A tie goes with the last record that bore its code."""

    def borne(bodies: Iterable[Mapping[str, Any]]) -> set[object]:
        kept = [body for body in bodies if body.get("kind") != CodeTie.KIND]
        return {body.get("code") for body in kept} | {body.get("survivor_code") for body in kept}

    lost = borne(before.values()) - borne(after.values())
    for key, body in before.items():
        if body.get("kind") == CodeTie.KIND and body["code"] in lost:
            after.pop(key, None)


def _keep_counts(
    batch: Batch, own: Compartment, before: Bodies, after: Iterable[tuple[str, Mapping[str, Any]]]
) -> None:
    """What the records lose in the published counts goes to the residue."""
    changed = taken(_rows(own, before.items(), before), _rows(own, after, before))
    if not changed:
        return
    pages = sorted(every_kept(own, CountResidue), key=lambda one: one.id)
    wanted = pages_of(added(*(page.record.rows for page in pages), changed))
    for place, residue in enumerate(wanted):
        batch.put(to_payload(residue), record_key(pages[place].id) if place < len(pages) else None)
    for page in pages[len(wanted) :]:
        batch.delete(record_key(page.id))


def _rows(own: Compartment, bodies: Iterable[tuple[str, Mapping[str, Any]]], known: Bodies) -> tuple[CountRow, ...]:
    """The counts of these bodies; one that did not change is not decoded anew."""
    decoded = {one.id: one.record for kind in KINDS.values() if _matters(kind) for one in every_kept(own, kind)}
    records: list[Any] = []
    for key, body in bodies:
        kind = KINDS.get(str(body.get("kind")))
        if kind is not None and _matters(kind):
            same = key in decoded and known.get(key) is body
            records.append(decoded[key] if same else from_payload(kind, body))
    ties = [one for one in records if isinstance(one, CodeTie)]
    aliases = tied(ties, (one for one in records if isinstance(one, ListeningSession)))
    return count_rows(counted_of(records, aliases))


def _matters(kind: type[Sealed]) -> bool:
    return counts(kind) or kind.KIND in _TIES


def settle(desk: Desk, own: Compartment) -> None:
    """After the commit: memory forgets what it had made of the records, and the journal on disk is folded in."""
    own.forget_made()
    raw = cipher.connect(desk.folder / BASE_FILE, keys.cipher_key(desk.keys.base))
    try:
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    finally:
        raw.close()


# --- Her file -----------------------------------------------------------------------------------------------------


def read_settled(desk: Desk, person_id: int) -> Settled:
    """What must be settled before her file is erased, and what is no longer asked for.

    Raises:
        Forbidden: The user may not see persons.
        RulesBroken: ``members.gone``.
    """
    desk.require(Right.READ_PERSONS)
    with desk.read() as uow:
        return settled_of(uow, person_id)


def settled_of(uow: UnitOfWork, person_id: int) -> Settled:
    """The same inside a transaction."""
    advances = (one for one in uow.expenses.open_advances() if one.expense.person_id == person_id)
    waiting, here = [], []
    for file_id in uow.civil.about(person_id):
        file = uow.civil.get(file_id)
        assert file is not None
        if not uow.civil.is_closed(file_id):
            waiting.append(file.number)
        if any(piece.is_here and piece.original for piece in uow.civil.pieces(file_id)):
            here.append(file.number)
    return Settled(
        change_due=change_due(uow, person_id),
        advance_left=sum(one.left for one in advances),
        open_files=tuple(waiting),
        papers_here=tuple(here),
        unpaid=sum(due.left for due in uow.dues.of_person(person_id)),
    )


def check_settled(found: Settled) -> tuple[Violation, ...]:
    """What stands against erasing her file.

    Returns:
        ``rights.change_due``, ``rights.advance``, ``rights.open_files``, ``rights.papers_here``.
    """
    broken = []
    if found.change_due:
        broken.append(Violation("rights.change_due", None, (("amount", found.change_due),)))
    if found.advance_left:
        broken.append(Violation("rights.advance", None, (("amount", found.advance_left),)))
    if found.open_files:
        broken.append(Violation("rights.open_files", None, (("numbers", found.open_files),)))
    if found.papers_here:
        broken.append(Violation("rights.papers_here", None, (("numbers", found.papers_here),)))
    return tuple(broken)


def erase_file(desk: Desk, command: EraseFile) -> Done[Person]:
    """Forget who she is, in her file and in her civil files, once everything of hers is settled.

    Raises:
        Forbidden: Not the responsable.
        RulesBroken: ``rights.confirm``; what :func:`check_settled` finds; ``members.gone``, ``members.erased``.
    """
    desk.require(Right.ERASE_PERSONS)
    check_confirmed(command.typed)
    with desk.read() as uow:
        known = uow.audit.by_request(command.request_id)
        broken = () if known is not None else check_settled(settled_of(uow, command.person_id))
    if broken:
        raise RulesBroken(*broken)
    return members.erase_person(desk, Erase(request_id=command.request_id, person_id=command.person_id))


# --- Asking -------------------------------------------------------------------------------------------------------


def ask_erasure(desk: Desk, command: AskErasure) -> Done[ErasureRequest]:
    """An écoutante passes her wish on to the responsable, who finds it in « À faire ».

    Raises:
        Forbidden: Without the right to the compartment; it is the user herself.
        RulesBroken: ``rights.words``, ``rights.asked``.
    """
    own = opened(desk)
    refuse_herself(desk, own, command.her)
    words = clean_line(command.words)
    if len(words) > _MOST_WORDS:
        raise RulesBroken(Violation("rights.words", "words", (("most", _MOST_WORDS),)))
    request = ErasureRequest(
        person_id=command.her.person_id,
        code=command.her.code,
        ids=tuple(sorted(command.ids)),
        words=words,
        at=desk.clock.now(),
        user_id=desk.actor.user_id,
        user=desk.actor.name,
    )
    with changing(desk) as batch:
        if batch.get(request_key(command.request_id)) is not None:
            return Done(request)
        same = (replace(one.record, at=request.at, user_id=request.user_id, user=request.user, words=words)
                for one in every_kept(own, ErasureRequest))  # fmt: skip
        if request in same:
            raise RulesBroken(Violation("rights.asked"))
        batch.put(to_payload(request), request_key(command.request_id))
        batch.commit()
    return Done(request, Changes.of(LISTENING))


def list_requests(desk: Desk) -> tuple[ErasureRequest, ...]:
    """What women asked for, the oldest first.

    Raises:
        Forbidden: Without the right.
    """
    own = opened(desk)
    herself = own_person(desk)
    found = (one for one in every_kept(own, ErasureRequest) if herself is None or one.record.person_id != herself)
    return tuple(one.record for one in sorted(found, key=lambda one: (one.record.at, one.id)))


def list_erasures(desk: Desk) -> tuple[Erasure, ...]:
    """What was erased, the newest first.

    Raises:
        Forbidden: Not the responsable.
    """
    desk.require(Right.COMPARTMENT)
    desk.require(Right.ERASE_PERSONS)
    found = every_kept(opened(desk), Erasure)
    return tuple(one.record for one in sorted(found, key=lambda one: (one.record.at, one.id), reverse=True))
