"""What erasing leaves: bodies that no longer name what is gone, and published counts that stay as they were.

The counts that were published are kept as the difference between what the records told before and after, row by row of
``sealed_counts`` and added to those of every erasure before: totals that name nobody and cannot be led back to one
woman. In any whole months, records and residue together say what the records said (storage: Counts for the report).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, Final

from antenne.domain.her_rights import READINGS, SHARED
from antenne.domain.listening import Trace
from antenne.domain.sealed_counts import CountRow

NOBODY: Final = "0" * 32
"""What stands in the reading log in the place of a record that was erased."""

SENT: Final = frozenset({"sent_crossing", "sent_incidents"})
"""What left the office: who stood in which line, so that the next sending does not undo the masks of this one."""

ROWS_A_PAGE: Final = 20
"""Of the residue: what fits the smallest size of a body."""

Payload = Mapping[str, Any]
_Place = tuple[str, str, str, str | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class CountResidue:
    """A page of what erased records had added to the published counts; persons and sessions may be below zero."""

    KIND: ClassVar[str] = "count_residue"

    rows: tuple[CountRow, ...]


def added(*parts: Iterable[CountRow]) -> tuple[CountRow, ...]:
    """Rows of several sources as one, in the order of ``sealed_counts.count_rows``; what comes to nothing is gone."""
    persons, sessions = Counter[_Place](), Counter[_Place]()
    for rows in parts:
        for row in rows:
            place = (row.indicator, row.cell, row.month, row.previous_month)
            persons[place] += row.persons
            sessions[place] += row.sessions
    places = [place for place in persons if persons[place] or sessions[place]]
    ordered = sorted(places, key=lambda one: (one[0], one[1], one[2], one[3] or ""))
    return tuple(CountRow(one[0], one[2], one[3], one[1], persons[one], sessions[one]) for one in ordered)


def taken(before: Iterable[CountRow], after: Iterable[CountRow]) -> tuple[CountRow, ...]:
    """What the rows lost."""
    lost = (
        CountRow(row.indicator, row.month, row.previous_month, row.cell, -row.persons, -row.sessions) for row in after
    )
    return added(before, lost)


def pages_of(rows: Iterable[CountRow]) -> tuple[CountResidue, ...]:
    """The residue in bodies of the smallest size."""
    kept = tuple(rows)
    return tuple(CountResidue(rows=kept[at : at + ROWS_A_PAGE]) for at in range(0, len(kept), ROWS_A_PAGE))


@dataclass(frozen=True, slots=True, kw_only=True)
class Gone:
    """What is no longer there.

    Attributes:
        ids: Sealed ids, in hex.
        people: Files whose lines leave the lists; empty where only some records of hers go.
        codes: Codes that stand for nobody any more.
        lists: Lists that lose her line.
        stand_ins: For each id a random one that leads nowhere, the same wherever the record stood in what left.
    """

    ids: frozenset[str]
    people: frozenset[int] = frozenset()
    codes: frozenset[str] = frozenset()
    lists: frozenset[str] = frozenset()
    stand_ins: Mapping[str, str] = field(default_factory=dict)


def cleared(key: str, body: Payload, gone: Gone) -> Payload | None:
    """The body without what is gone.

    Args:
        key: Its own id, in hex.
        body: As it is.
        gone: What is erased in the same transaction.

    Returns:
        ``body`` itself where it names nothing of it; None for old values that told of nothing else.
    """
    kind = body.get("kind")
    if kind == READINGS:
        return _blind_log(body, gone.ids)
    if kind == Trace.KIND:
        return _without_old_values(body, gone)
    if kind in SENT:
        return _compared(body, {name: _stood_in(value, gone) for name, value in body.items()})
    found = dict(body)
    if kind in SHARED and key in gone.lists:
        found |= _without_her_line(body, gone)
    return _compared(body, {name: _cleaned(value, gone.ids) for name, value in found.items()})


def _compared(body: Payload, found: Payload) -> Payload:
    """The body itself where nothing changed: it is then not sealed anew."""
    return body if all(found[name] == value for name, value in body.items()) else found


def _cleaned(value: Any, ids: Collection[str]) -> Any:
    """A value without these ids, however deep: a row that is about one of them goes, a link to one becomes empty."""
    if isinstance(value, str):
        return "" if value in ids else value
    if isinstance(value, Mapping):
        return {name: _cleaned(one, ids) for name, one in value.items()}
    if isinstance(value, (list, tuple)):
        return type(value)(_cleaned(one, ids) for one in value if not _is_about(one, ids))
    return value


def _is_about(row: Any, ids: Collection[str]) -> bool:
    """An id, or a row with one of its own; a row that holds a list of ids is about several."""
    values = row.values() if isinstance(row, Mapping) else (row,)
    return any(isinstance(one, str) and one in ids for one in values)


def _stood_in(value: Any, gone: Gone) -> Any:
    """What left once keeps its lines and its places, so that masks hold; the id in them leads nowhere any more."""
    if isinstance(value, str):
        return gone.stand_ins.get(value, NOBODY) if value in gone.ids else value
    if isinstance(value, Mapping):
        return {name: _stood_in(one, gone) for name, one in value.items()}
    return type(value)(_stood_in(one, gone) for one in value) if isinstance(value, (list, tuple)) else value


def _blind_log(body: Payload, ids: Collection[str]) -> Payload:
    lines = body["lines"]
    if not any(line["record"] in ids for line in lines):
        return body
    return {**body, "lines": [{**line, "record": NOBODY} if line["record"] in ids else line for line in lines]}


def _without_old_values(body: Payload, gone: Gone) -> Payload | None:
    """Old values that name her, or a record of hers, go; who changed what else stays."""
    lines = [line for line in body["lines"] if not _told(line["field"], line["old"], gone)]
    if len(lines) == len(body["lines"]):
        return body
    return {**body, "lines": lines} if lines else None


def _told(field: str, old: Any, gone: Gone) -> bool:
    if field == "person_id" and old in gone.people:
        return True
    if field == "women" and gone.people.intersection(old or ()):
        return True
    if field == "present" and any(row.get("person_id") in gone.people for row in old or ()):
        return True
    if field in ("code", "survivor_code") and old in gone.codes:
        return True
    return _names(old, gone.ids)


def _names(value: Any, ids: Collection[str]) -> bool:
    """Whether an id stands in it, however deep."""
    if isinstance(value, str):
        return value in ids
    if isinstance(value, Mapping):
        return any(_names(one, ids) for one in value.values())
    return isinstance(value, (list, tuple)) and any(_names(one, ids) for one in value)


def _without_her_line(body: Payload, gone: Gone) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if "present" in body:
        found["present"] = [row for row in body["present"] if row.get("person_id") not in gone.people]
    if "women" in body:
        found["women"] = [woman for woman in body["women"] if woman not in gone.people]
    return found


def loose_codes(bodies: Iterable[Payload], codes: Collection[str], person_id: int) -> tuple[str, ...]:
    """Codes of hers that records still bear and nothing ties to her any more; they are tied anew."""
    borne, tied = set[str](), set[str]()
    for body in bodies:
        for name in ("code", "survivor_code"):
            code = body.get(name)
            if code in codes:
                borne.add(str(code))
                if body.get("person_id") == person_id and body.get("kind") in ("listening", "code_tie"):
                    tied.add(str(code))
    return tuple(sorted(borne - tied))
