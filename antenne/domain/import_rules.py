"""The rules that a person from a register keeps: those of the form and of members; broken ones become findings."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import replace

from antenne.domain import members
from antenne.domain import text as texts
from antenne.domain.forms.model import Option
from antenne.domain.forms.person import PERSON
from antenne.domain.forms.validate import validate
from antenne.domain.import_cells import Fault, fault
from antenne.domain.import_consents import MOST_WITNESS, ORAL
from antenne.domain.imports import ImportOptions, Severity
from antenne.domain.persons import Person
from antenne.domain.violations import Violation

_OWN = {"members.minor": "minor", "members.uncertain": "majority_uncertain"}
"""Rules that a row is told in other words than a form."""
_MOST_WORDS = 200
"""Characters of what « majeure évidente » rests on (``services.members``)."""


def faults(person: Person, today: dt.date, of_age: int) -> tuple[Fault, ...]:
    """Everything wrong or doubtful with a person; each fault names its field among its values.

    Args:
        person: As read from her row.
        today: The day of the import.
        of_age: Years (setting ``members.majority``).
    """
    broken = [*validate(PERSON, members.answers_of(person), today), *members.file_violations(person, today)]
    broken += texts.violations(person.evident_adult, "evident_adult", _MOST_WORDS)
    broken += _standing(person, today)
    if person.membership is not None:
        broken += members.joining_violations(person, person.membership.joined_on, today, of_age)
    found = [_fault(one, Severity.ERROR, of_age) for one in broken]
    return (*found, *(_fault(one, Severity.WARNING, of_age) for one in members.warnings(person)))


def options_violations(options: ImportOptions, ways: Sequence[Option], today: dt.date) -> tuple[Violation, ...]:
    """What stands against what she said for the whole register.

    Args:
        options: What she said.
        ways: The list ``consent_ways``.
        today: Neither day may lie after it.
    """
    found: list[Violation] = []
    if options.joined_on is not None and options.joined_on > today:
        found.append(Violation("import.joined_date", "joined_on"))
    if options.consent_on is None:
        return tuple(found)
    if options.consent_on > today:
        found.append(Violation("import.consent_date", "consent_on"))
    if options.consent_how not in {way.code for way in ways}:
        found.append(Violation("import.consent_how", "consent_how"))
    if options.consent_how == ORAL and not options.consent_witness:
        found.append(Violation("import.consent_witness", "consent_witness"))
    return (*found, *texts.violations(options.consent_witness, "consent_witness", MOST_WITNESS))


def _standing(person: Person, today: dt.date) -> Iterator[Violation]:
    """A suspension or a departure that could not have been noted on her file."""
    member = person.membership
    if member is None:
        return
    alone = replace(person, died_on=None, membership=replace(member, suspended_on=None, left_on=None))
    for what, key, day in (("suspended", "suspended_on", member.suspended_on), ("left", "left_on", member.left_on)):
        if day is not None:
            found = members.change_violations(alone, what, day, today)
            yield from (replace(violation, field=key) for violation in found)


def _fault(broken: Violation, severity: Severity, of_age: int) -> Fault:
    key = (broken.field or "").split("[")[0]
    if broken.code in _OWN:
        return fault(_OWN[broken.code], severity, field=key, years=of_age)
    return fault("rule", severity, field=key, why=broken)
