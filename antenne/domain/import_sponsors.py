"""Whom the marraine of a row is: a member of the base or of the file, named by her number or by her exact name.

Namesakes are normal, so a name that two members bear decides nothing: the row comes in without a marraine, and that is
said (rules: People).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from antenne.domain import names
from antenne.domain.imports import Finding, ReportRow, RowState, Severity
from antenne.domain.persons import Person

_NUMBER = re.compile(r"\b([mp])[- .]{0,2}(\d{1,5})\b")
_DIGITS = re.compile(r"\d{1,5}")


def reference(text: str) -> str:
    """What is looked up: ``M-00012``, ``P-00007``, or the words of a name in one order, without accents or case."""
    said = text.casefold()
    if match := _NUMBER.search(said):
        return f"{match[1].upper()}-{int(match[2]):05d}"
    if _DIGITS.fullmatch(said.strip()):
        return f"M-{int(said):05d}"
    return " ".join(sorted(names.plain(text).split()))


def references(person_number: str, member_number: str, last_name: str, first_name: str) -> tuple[str, ...]:
    """Everything that names a member."""
    return tuple(filter(None, (person_number, member_number, reference_of_name(last_name, first_name))))


def reference_of_name(last_name: str, first_name: str) -> str:
    """The same for a name in two pieces."""
    return " ".join(sorted(names.plain(f"{last_name} {first_name}").split()))


@dataclass(slots=True)
class _Hits:
    """Members whom one reference means."""

    lines: set[int] = field(default_factory=set)
    people: set[int] = field(default_factory=set)
    wrong: int = 0

    def __len__(self) -> int:
        return len(self.lines) + len(self.people) + bool(self.wrong)


class Sponsors:
    """Knows every member of the file and those of the base whom the file names."""

    def __init__(self, rows: Sequence[tuple[ReportRow, str]], base: Mapping[str, Sequence[int]], column: str) -> None:
        """Look at every row once.

        Args:
            rows: Every row judged, with the number of a person that the file gives her.
            base: Ids of members by reference (:func:`references`); at least those that the file names.
            column: How remarks name the column.
        """
        self._base = base
        self._column = column
        self._file: dict[str, _Hits] = {}
        for row, number in rows:
            if row.person is not None and row.person.membership is not None:
                self._add(row, row.person, number)

    def _add(self, row: ReportRow, person: Person, number: str) -> None:
        assert person.membership is not None
        for key in references(number, person.membership.number, person.last_name, person.first_name):
            hits = self._file.setdefault(key, _Hits())
            known = row.twins[0].person if row.state is RowState.KNOWN else None
            if row.state is RowState.ERROR:
                hits.wrong = hits.wrong or row.line
            elif known is None:
                hits.lines.add(row.line)
            elif known.membership is not None:
                hits.people.add(known.id)

    def settle(self, row: ReportRow, written: str) -> tuple[ReportRow, tuple[Finding, ...]]:
        """A row with her marraine, or the remark that says why there is none.

        Args:
            row: The row judged.
            written: Her marraine as written.
        """
        person = row.person
        if not written or person is None or person.membership is None or row.state is RowState.KNOWN:
            return row, ()
        hits = self._hits(reference(written))
        herself = row.line in hits.lines or row.line == hits.wrong
        hits.lines.discard(row.line)
        if len(hits) == 1 and hits.people:
            member = replace(person.membership, sponsor_id=hits.people.pop())
            return replace(row, person=replace(person, membership=member)), ()
        if len(hits) == 1 and hits.lines:
            return replace(row, sponsor_line=hits.lines.pop()), ()
        if herself and len(hits) <= bool(hits.wrong):
            return row, (self._remark(row.line, written, "sponsor_herself"),)
        return row, (self._unsettled(row.line, written, hits),)

    def _hits(self, key: str) -> _Hits:
        """A number of the file is the file's own; a name may be anybody's."""
        found = self._file.get(key, _Hits())
        hits = _Hits(set(found.lines), set(found.people), found.wrong)
        if not len(hits) or not _is_number(key):
            hits.people |= set(self._base.get(key, ()))
        return hits

    def _unsettled(self, line: int, written: str, hits: _Hits) -> Finding:
        if len(hits) > 1:
            return self._remark(line, written, "sponsor_several", ("count", len(hits)))
        if hits.wrong:
            return self._remark(line, written, "sponsor_wrong", ("line", hits.wrong))
        return self._remark(line, written, "sponsor_unknown")

    def _remark(self, line: int, written: str, code: str, *more: tuple[str, object]) -> Finding:
        return Finding(line, self._column, code, Severity.WARNING, (("value", written), *more))


def among(chosen: Sequence[ReportRow], rows: Sequence[ReportRow]) -> list[ReportRow]:
    """The rows to write, each marraine of the file either among them or a member of the base.

    A marraine whose own line is left aside as a possible duplicate is whom that line repeats; one whose line is left
    aside in any other way is nobody.

    Args:
        chosen: The rows to write.
        rows: Every row.
    """
    written = {row.line for row in chosen}
    by_line = {row.line: row for row in rows}
    return [_placed(row, written, by_line) for row in chosen]


def _placed(row: ReportRow, written: set[int], by_line: Mapping[int, ReportRow]) -> ReportRow:
    line, person = row.sponsor_line, row.person
    while line and line not in written:
        twin = next(iter(by_line[line].twins), None)
        if twin is None or twin.line:
            line = twin.line if twin is not None else 0
            continue
        line = 0
        if person is not None and person.membership is not None and twin.person.membership is not None:
            person = replace(person, membership=replace(person.membership, sponsor_id=twin.person.id))
    return replace(row, person=person, sponsor_line=0 if line == row.line else line)


def _is_number(key: str) -> bool:
    return key[:2] in ("M-", "P-")
