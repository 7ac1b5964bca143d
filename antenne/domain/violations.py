"""Broken rules, as data: what the user can mend."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Violation:
    """One broken rule.

    Attributes:
        code: Stable key of the sentence that ``antenne.wording.violations`` makes.
        field: Key of the form field it stands beside; ``rows[2].phone`` style for a cell; None for the whole form.
        values: Pairs the sentence quotes.
    """

    code: str
    field: str | None = None
    values: tuple[tuple[str, object], ...] = ()


class RulesBroken(Exception):
    """Raised by a service when the command breaks rules; carries every one of them."""

    def __init__(self, *violations: Violation) -> None:
        """Keep all violations, in the order of the form."""
        super().__init__(", ".join(violation.code for violation in violations))
        self.violations = violations


class Forbidden(Exception):
    """The user's roles do not allow this; ``right`` names what is missing."""

    def __init__(self, right: str) -> None:
        """Remember the missing right."""
        super().__init__(right)
        self.right = right
