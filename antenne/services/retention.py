"""The yearly proposal: what is over its term, kept for a reason or erased by the responsable; nothing by itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from antenne.db.unit_of_work import UnitOfWork
from antenne.domain import her_rights as hers
from antenne.domain import retention as rules
from antenne.domain.audit import FieldChange
from antenne.domain.changes import CIVIL, LISTENING, MEMBERS, PROTECTION, Changes, Done
from antenne.domain.her_rights import ErasureReason, KindCount
from antenne.domain.her_rights_erasing import Gone
from antenne.domain.listening import CodeTie, subject_key
from antenne.domain.retention import CIVIL as CIVIL_KIND
from antenne.domain.retention import PERSON, OverTerm, RetentionDecision
from antenne.domain.rights import Right
from antenne.domain.sealed_codec import to_payload
from antenne.domain.sealed_kinds import KINDS
from antenne.domain.settings import EPOCH
from antenne.domain.text import clean_line
from antenne.domain.violations import RulesBroken, Violation
from antenne.services import erasing, members
from antenne.services.compartment import Compartment, changing, every_kept, opened, own_person, request_key
from antenne.services.desk import Desk
from antenne.services.figures import counted_once
from antenne.services.listening import aliases_of
from antenne.services.members import Erase
from antenne.wording import her_rights as words
from antenne.wording import listening

_OVER_PERSONS: Final = (
    "SELECT p.id, max(substr(p.updated_at, 1, 10), coalesce(m.left_on, ''), coalesce(p.died_on, ''),"
    " coalesce((SELECT max(r.day) FROM receipt r WHERE r.person_id = p.id), ''),"
    " coalesce((SELECT max(x.day) FROM expense x WHERE x.person_id = p.id), ''),"
    " coalesce((SELECT max(c.last_on) FROM civil_file c WHERE c.requester_id = p.id OR c.person_id = p.id), ''))"
    " FROM person p LEFT JOIN membership m ON m.person_id = p.id"
    " WHERE p.erased_on IS NULL AND (m.person_id IS NULL OR m.left_on IS NOT NULL OR p.died_on IS NOT NULL)"
    " AND substr(p.updated_at, 1, 10) < :latest"
)
_OVER_CIVIL: Final = (
    "SELECT id, last_on FROM civil_file WHERE closed = 1 AND last_on < :latest AND first_name <> 'dossier effacé'"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line as the page shows it.

    Attributes:
        over: What it is.
        kind: « Écoute ».
        who: Her name, number or code; empty where it is about nobody.
        count: How many records.
    """

    over: OverTerm
    kind: str
    who: str
    count: int


@dataclass(frozen=True, slots=True)
class Proposal:
    """Everything over its term on 1 January and not decided yet.

    Attributes:
        on: That day.
        counts: Records by kind, in the order of the lines.
        lines: By rule, then the oldest first.
    """

    on: dt.date
    counts: tuple[KindCount, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepOver:
    """Keep these beyond their term, for a reason, and ask again in so many years."""

    request_id: str
    lines: tuple[OverTerm, ...]
    why: str
    years: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EraseOver:
    """Erase these; ``typed`` is ``erasing.CONFIRM``, by hand."""

    request_id: str
    lines: tuple[OverTerm, ...]
    typed: str


def propose(desk: Desk) -> Proposal:
    """What is over its term this year.

    Raises:
        Forbidden: Not the responsable.
        Problem: The compartment is sheltered.
    """
    _require(desk)
    on = rules.asked_on(desk.today)
    found = rules.in_order((*_of_base(desk, on), *_of_compartment(desk, opened(desk), on)))
    names = _names(desk, found)
    lines = tuple(
        Line(over=one, kind=words.kind(one.kind), who=names[one], count=max(len(one.ids), 1)) for one in found
    )
    counts: dict[str, int] = {}
    for line in lines:
        counts[line.over.kind] = counts.get(line.over.kind, 0) + line.count
    return Proposal(on, tuple(KindCount(kind, count) for kind, count in counts.items()), lines)


def waiting(desk: Desk) -> int:
    """How many lines wait for the responsable; nothing for anybody else."""
    if not desk.may(Right.ERASE_PERSONS) or not desk.may(Right.COMPARTMENT):
        return 0
    on = rules.asked_on(desk.today)
    base = counted_once(
        desk, f"retention {on.isoformat()} {_terms(desk, on)}", lambda one: len(tuple(_of_base(one, on)))
    )
    return int(base) + len(tuple(_of_compartment(desk, opened(desk), on)))


def _require(desk: Desk) -> None:
    desk.require(Right.COMPARTMENT)
    desk.require(Right.ERASE_PERSONS)


def years_of(desk: Desk, kind: str, on: dt.date) -> int | None:
    """The term of a kind as the office set it; None: it has none."""
    term = rules.term_of(kind)
    return None if term is None else desk.settings.count(term.key, on)


def _terms(desk: Desk, on: dt.date) -> tuple[int, ...]:
    return tuple(desk.settings.count(term.key, on) for term in rules.TERMS)


# --- What is over ----------------------------------------------------------------------------------------------------


def _of_base(desk: Desk, on: dt.date) -> Iterator[OverTerm]:
    """Files of women who left, died or never joined; civil files that ended."""
    kept = _kept_of_base(desk)
    with desk.read() as uow:
        for kind, query in ((PERSON, _OVER_PERSONS), (CIVIL_KIND, _OVER_CIVIL)):
            years = years_of(desk, kind, on)
            assert years is not None
            latest = on.replace(year=on.year - years)
            for base_id, said in uow.rows(query, latest=latest.isoformat()):
                last = dt.date.fromisoformat(said)
                if rules.is_over(last, years, on) and kept.get(f"{kind}:{base_id}", 0) <= on.year:
                    yield OverTerm(kind=kind, base_id=base_id, last=last, ended=rules.end_of_term(last, years))


def _kept_of_base(desk: Desk) -> Mapping[str, int]:
    """``person:7`` → the year when it is asked again."""
    with desk.read() as uow:
        return _kept_values(uow)


def _kept_values(uow: UnitOfWork) -> Mapping[str, int]:
    values = uow.settings.values().get(rules.KEPT_KEY, ())
    found: Any = values[-1].value if values else {}
    return {str(key): int(year) for key, year in found.items()}


def _of_compartment(desk: Desk, own: Compartment, on: dt.date) -> tuple[OverTerm, ...]:
    """What is held of one woman in one kind goes together: the term runs from the last thing that happened."""
    name, kinds = f"retention {on.isoformat()} {_terms(desk, on)}", tuple(KINDS)

    def make() -> tuple[OverTerm, ...]:
        return tuple(_grouped(desk, own, on))

    return own.made_once(name, kinds, make)


def _grouped(desk: Desk, own: Compartment, on: dt.date) -> Iterator[OverTerm]:
    kept = tuple(one.record for one in every_kept(own, RetentionDecision))
    aliases, herself = aliases_of(own), own_person(desk)
    hidden = None if herself is None else aliases.of(subject_key(herself, ""))
    for kind, record_kind in KINDS.items():
        years = years_of(desk, kind, on)
        if years is None:
            continue
        groups: dict[str, list[tuple[str, dt.date]]] = {}
        for one in every_kept(own, record_kind):
            keys = hers.subject_keys(to_payload(one.record))
            who = aliases.of(keys[0]) if keys else one.id
            groups.setdefault(who, []).append((one.id, rules.last_day(one.record)))
        for who, rows in groups.items():
            last = max(day for _, day in rows)
            ids = tuple(sorted(key for key, _ in rows))
            if who != hidden and rules.is_over(last, years, on) and not rules.kept_on(kept, ids, on.year):
                yield OverTerm(kind=kind, ids=ids, last=last, ended=rules.end_of_term(last, years))


def _names(desk: Desk, lines: tuple[OverTerm, ...]) -> dict[OverTerm, str]:
    """Whom each line is about: a name where there is a file, else a code."""
    own = opened(desk)
    aliases, found = aliases_of(own), dict[OverTerm, str]()
    with desk.read() as uow:
        for one in lines:
            found[one] = _name(uow, own, one, aliases.of)
    return found


def _name(uow: UnitOfWork, own: Compartment, one: OverTerm, naming: hers.Naming) -> str:
    if one.kind == CIVIL_KIND and one.base_id is not None:
        file = uow.civil.get(one.base_id)
        return "" if file is None else f"{file.number}, {file.last_name} {file.first_name}"
    person_id = one.base_id
    if person_id is None:
        keys = _keys(own, one, naming)
        people = sorted(key for key in keys if key.startswith("person:"))
        if not people:
            return listening.code(min(keys).removeprefix("code:")) if keys else ""
        person_id = int(people[0].removeprefix("person:"))
    person = uow.persons.get(person_id)
    return "" if person is None else f"{person.last_name} {person.first_name}"


def _keys(own: Compartment, one: OverTerm, naming: hers.Naming) -> set[str]:
    """The names that these records, and the ties of their codes, say of her."""
    records = (own.get(bytes.fromhex(key)) for key in one.ids)
    keys = {key for record in records if record is not None for key in hers.subject_keys(record.payload)}
    names = {naming(key) for key in keys}
    ties = (subject_key(tie.record.person_id, "") for tie in every_kept(own, CodeTie))
    return keys | {key for key in ties if naming(key) in names}


# --- Deciding --------------------------------------------------------------------------------------------------------


def keep_over(desk: Desk, command: KeepOver) -> Done[int]:
    """Keep lines beyond their term; each is asked again in the year said. Returns how many.

    Raises:
        Forbidden: Not the responsable.
        RulesBroken: ``retention.chosen``, ``retention.why``, ``retention.again``.
    """
    _require(desk)
    broken = rules.check_decision(command.why, command.years)
    if not command.lines:
        broken = (*broken, Violation("retention.chosen"))
    if broken:
        raise RulesBroken(*broken)
    again, why = rules.asked_on(desk.today).year + command.years, clean_line(command.why)
    with changing(desk) as batch:
        if batch.uow.audit.by_request(command.request_id) or batch.get(request_key(command.request_id)):
            return Done(len(command.lines))
        sealed = [one for one in command.lines if one.ids]
        for place, one in enumerate(sealed):
            decision = RetentionDecision(of_kind=one.kind, ids=one.ids, why=why, again=again, at=desk.clock.now(),
                                         user_id=desk.actor.user_id, user=desk.actor.name)  # fmt: skip
            batch.put(to_payload(decision), None if place else request_key(command.request_id))
        _keep_base(desk, batch.uow, [one for one in command.lines if not one.ids], again, why, command.request_id)
        batch.commit()
    return Done(len(command.lines), Changes.of(LISTENING, MEMBERS))


def _keep_base(desk: Desk, uow: UnitOfWork, lines: list[OverTerm], again: int, why: str, request_id: str) -> None:
    """In the settings until when, in the Historique of each why."""
    if not lines:
        return
    values = {**_kept_values(uow), **{f"{one.kind}:{one.base_id}": again for one in lines}}
    uow.settings.set(rules.KEPT_KEY, EPOCH, values)
    for place, one in enumerate(lines):
        subject = "person" if one.kind == PERSON else "civil_file"
        changes = (FieldChange("Motif", "", why), FieldChange("À revoir en", "", str(again)))
        uow.audit.add(desk.clock.now(), desk.actor.user_id, f"{one.kind}.kept", subject, one.base_id or 0, changes,
                      None if place else request_id)  # fmt: skip


def erase_over(desk: Desk, command: EraseOver) -> Done[int]:
    """Erase lines: files and civil files are made nameless, sealed records go, the published counts stay.

    Raises:
        Forbidden: Not the responsable.
        RulesBroken: ``retention.chosen``, ``rights.confirm``; ``retention.changed``: no longer over its term; what
            ``erasing.check_settled`` finds.
        Problem: Of the machine.
    """
    _require(desk)
    erasing.check_confirmed(command.typed)
    if not command.lines:
        raise RulesBroken(Violation("retention.chosen"))
    own = opened(desk)
    if own.get(request_key(command.request_id)) is not None:
        return Done(len(command.lines))
    if not {one.over for one in propose(desk).lines}.issuperset(command.lines):
        raise RulesBroken(Violation("retention.changed"))
    base = [one for one in command.lines if not one.ids]
    _check_base(desk, base)
    for one in base:
        _erase_base(desk, one, command.request_id)
    with changing(desk) as batch:
        bodies = erasing.bodies_of(own)
        ids = frozenset(key for one in command.lines for key in one.ids)
        erasing.take_away(desk, batch, own, Gone(ids=erasing.with_attached(bodies, ids)))
        kinds = (*hers.kinds_of(bodies, ids), *(KindCount(one.kind, 1) for one in base))
        erasing.note_erasure(desk, batch, command.request_id, ErasureReason.TERM, kinds)
        batch.commit()
    erasing.settle(desk, own)
    return Done(len(command.lines), Changes.of(LISTENING, PROTECTION, MEMBERS, CIVIL))


def _check_base(desk: Desk, lines: list[OverTerm]) -> None:
    with desk.read() as uow:
        people = [one.base_id for one in lines if one.kind == PERSON and one.base_id is not None]
        broken = [found for who in people for found in erasing.check_settled(erasing.settled_of(uow, who))]
    if broken:
        raise RulesBroken(*broken)


def _erase_base(desk: Desk, one: OverTerm, request_id: str) -> None:
    """A person through her own service; a civil file beside its Historique."""
    assert one.base_id is not None
    own_request = f"{request_id}-{one.kind}-{one.base_id}"
    if one.kind == PERSON:
        members.erase_person(desk, Erase(request_id=own_request, person_id=one.base_id))
        return
    with desk.write() as uow:
        if uow.audit.by_request(own_request) is None:
            members.forget_civil_file(uow, one.base_id)
            uow.audit.add(desk.clock.now(), desk.actor.user_id, "civil.forgotten", "civil_file", one.base_id, (),
                          own_request)  # fmt: skip
            uow.commit()
