"""Problems of the machine in French: what happened, what to do, what was not lost. One list of modules, as violations."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import import_module

from antenne.base.problems import Problem
from antenne.wording.violations import shown

AREAS = ("cli", "access", "members", "cards", "backup", "imports", "users")
"""Modules of this package that hold ``PROBLEMS``."""


@cache
def _templates() -> Mapping[str, str]:
    merged: dict[str, str] = {}
    for area in AREAS:
        merged |= getattr(import_module(f"antenne.wording.{area}"), "PROBLEMS", {})
    return merged


def sentence(problem: Problem) -> str:
    """The sentence of a problem.

    Raises:
        KeyError: The code has no sentence (a bug of ours).
    """
    return _templates()[problem.code].format(**{name: shown(value) for name, value in problem.values.items()})
