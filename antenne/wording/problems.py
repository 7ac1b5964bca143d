"""Problems of the machine in French: what happened, what to do, what was not lost. One list of modules, as violations."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from antenne.base.problems import Problem
from antenne.wording.violations import fill, merged

AREAS = (
    "cli",
    "access",
    "members",
    "cards",
    "cashbook",
    "receipts",
    "dues",
    "expenses",
    "accounts",
    "civil",
    "listening",
    "protection",
    "backup",
    "imports",
    "users",
    "login",
)
"""Modules of this package that hold ``PROBLEMS``."""


@cache
def _templates() -> Mapping[str, str]:
    return merged(AREAS, "PROBLEMS")


def sentence(problem: Problem) -> str:
    """The sentence of a problem.

    Raises:
        KeyError: The code has no sentence (a bug of ours).
    """
    return fill(_templates()[problem.code], problem.values)
