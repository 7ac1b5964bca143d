"""The rules that a person from a register keeps: those of the form and of members; broken ones become findings."""

from __future__ import annotations

import datetime as dt

from antenne.domain import members
from antenne.domain.forms.person import PERSON
from antenne.domain.forms.validate import validate
from antenne.domain.import_cells import Fault, fault
from antenne.domain.imports import Severity
from antenne.domain.persons import Person
from antenne.domain.violations import Violation

_OWN = {"members.minor": "minor", "members.uncertain": "majority_uncertain"}
"""Rules that a row is told in other words than a form."""


def faults(person: Person, today: dt.date, of_age: int) -> tuple[Fault, ...]:
    """Everything wrong or doubtful with a person; each fault names its field among its values.

    Args:
        person: As read from her row.
        today: The day of the import.
        of_age: Years (setting ``members.majority``).
    """
    broken = [*validate(PERSON, members.answers_of(person), today), *members.file_violations(person, today)]
    if person.membership is not None:
        broken += members.joining_violations(person, person.membership.joined_on, today, of_age)
    found = [_fault(one, Severity.ERROR, of_age) for one in broken]
    return (*found, *(_fault(one, Severity.WARNING, of_age) for one in members.warnings(person)))


def _fault(broken: Violation, severity: Severity, of_age: int) -> Fault:
    key = (broken.field or "").split("[")[0]
    if broken.code in _OWN:
        return fault(_OWN[broken.code], severity, field=key, years=of_age)
    return fault("rule", severity, field=key, why=broken)
