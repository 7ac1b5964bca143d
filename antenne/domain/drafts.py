"""Drafts: what she was typing when the power went."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Draft:
    """What she was typing."""

    form: str
    form_version: int
    subject_id: int
    saved_at: dt.datetime
    body: dict[str, Any]
