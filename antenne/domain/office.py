"""The office itself: one database is one office."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Final


class Heading(Enum):
    """What stands at the head of a paper: the association's name alone says what it is to those who know."""

    ASSOCIATION = "association"
    NEUTRAL = "neutral"
    NONE = "none"


PAPERS = ("card", "discreet_card", "receipt", "slip", "voucher", "guarantor_copy", "civil", "list", "her_rights")
"""Papers with a heading of their own."""

NEUTRAL_PAPERS = frozenset({"discreet_card", "slip", "voucher", "guarantor_copy", "civil", "her_rights"})
"""Papers that start neutral (rules: Protecting the women)."""

CARD_WORDS: Final = "Carte personnelle"
"""What a neutral card says until the office writes words of its own."""

_CARDS: Final = frozenset({"card", "discreet_card"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """What the papers say of the office.

    Attributes:
        association: For example « DANAYA SO ».
        motto: For example « Maison de la Confiance ».
        name: « Antenne de Mopti ».
        town: « Sévaré ».
        postal_box: « BP 100 Mopti », or empty.
        phone: As printed, or empty.
        logo: PNG or JPEG bytes, or None.
        neutral_heading: What a neutral paper says instead, for example « Carte personnelle ».
        headings: Paper to heading; a paper that is not named follows :data:`NEUTRAL_PAPERS`.
        demo: The demonstration office; its papers and window are watermarked.
    """

    association: str
    motto: str = ""
    name: str
    town: str
    postal_box: str = ""
    phone: str = ""
    logo: bytes | None = None
    neutral_heading: str = CARD_WORDS
    headings: Mapping[str, Heading] = field(default_factory=dict)
    demo: bool = False

    def heading(self, paper: str) -> Heading:
        """The heading of one of :data:`PAPERS`."""
        fallback = Heading.NEUTRAL if paper in NEUTRAL_PAPERS else Heading.ASSOCIATION
        return self.headings.get(paper, fallback)

    def neutral_words(self, paper: str) -> str:
        """What a neutral paper says at its head.

        The office's own words stand on all of them. Until it wrote some, a paper that is no card says where it comes
        from and nothing of who gives it: « Bureau de Sévaré ».
        """
        if self.neutral_heading != CARD_WORDS or paper in _CARDS:
            return self.neutral_heading
        return f"Bureau de {self.town}" if self.town else ""
