"""How long each kind of record is kept, and what is over its term: proposed once a year, never erased by itself.

Loi 2013-015 asks for a duration that fits the purpose and gives no figure: every term is a dated setting of the office,
and where it starts is only a beginning (rules: Protecting the women, « retention is a tool, not a promise »). Receipts,
entries and dues have no term here: accounts are kept.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from typing import Any, ClassVar, Final

from antenne.domain.births import Birth
from antenne.domain.text import clean_line
from antenne.domain.violations import Violation

PERSON, CIVIL = "person", "civil"
"""The two kinds of the base."""

KEPT_KEY: Final = "retention.kept"
"""Setting: what of the base is kept beyond its term, and the year when it is asked again."""

FOREVER: Final = frozenset({"trace", "code_tie", "count_residue", "sent_crossing", "sent_incidents"})
"""Old values and ties go with their records; totals, and what left once, name nobody and hold the masks."""

OTHERS: Final = "retention.others"
MOST_YEARS: Final = 99
LONGEST_AGAIN: Final = 10
"""Years after which a record that is kept is asked about again, at most."""
_MOST_WORDS: Final = 200


@dataclass(frozen=True, slots=True)
class Term:
    """One rule.

    Attributes:
        key: Of the dated setting.
        years: Where it starts.
        label: French words of the setting.
        source: Where the value comes from.
        kinds: What it holds for.
    """

    key: str
    years: int
    label: str
    source: str
    kinds: tuple[str, ...]


_FIT: Final = "loi 2013-015\u00a0: le temps du besoin (défaut)"

TERMS: Final = (
    Term("retention.persons", 5, "Fiche d’une femme partie, décédée ou sans adhésion", _FIT, (PERSON,)),
    Term("retention.civil", 5, "Dossier d’état civil terminé", _FIT, (CIVIL,)),
    Term("retention.listening", 5, "Écoutes", _FIT, ("listening",)),
    Term("retention.incidents", 10, "Incidents de violence", "temps d’une plainte pour crime (défaut)", ("incident",)),
    Term("retention.minors", 10, "Mineures accompagnées", "jusqu’à sa majorité et après (défaut)", ("minor",)),
    Term("retention.tests", 2, "Tests", "loi 06-028\u00a0: secret des résultats (défaut)", ("hiv_test", "sti_test")),
    Term("retention.care", 3, "Consultations et carnets de santé", _FIT, ("consultation", "health_booklet")),
    Term("retention.aids", 5, "Aides juridiques et matérielles", "justifier au bailleur (défaut)",
         ("legal_aid", "material_aid")),
    Term("retention.lists", 3, "Listes de présence et sorties", "justifier au bailleur (défaut)",
         ("attendance", "outing")),
    Term("retention.notes", 1, "Notes, alertes, messages et brouillons", _FIT,
         ("deposit", "colleague_alert", "responsable_notice", "draft")),
    Term("retention.log", 5, "Journal des lectures, des retraits et des effacements", "répondre d’un accès (défaut)",
         ("readings", "withdrawal", "erasure", "erasure_request", "retention")),
    Term(OTHERS, 5, "Autres fiches confidentielles", _FIT, ()),
)  # fmt: skip
"""Every rule, in the order of the screen."""

_BY_KIND: Final[Mapping[str, Term]] = {kind: term for term in TERMS for kind in term.kinds}
_OTHERS: Final = next(term for term in TERMS if term.key == OTHERS)


def term_of(kind: str) -> Term | None:
    """The rule of a kind; a sealed kind that no rule names follows « Autres »; None: it has no term."""
    return None if kind in FOREVER else _BY_KIND.get(kind, _OTHERS)


@dataclass(frozen=True, slots=True, kw_only=True)
class RetentionDecision:
    """Records kept beyond their term: why, and the year when it is asked again.

    Attributes:
        of_kind: Of the records.
        ids: Their sealed ids, in hex.
    """

    KIND: ClassVar[str] = "retention"

    of_kind: str
    ids: tuple[str, ...]
    why: str
    again: int
    at: dt.datetime
    user_id: int
    user: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OverTerm:
    """One line of the proposal: what is held of one woman in one kind, and nothing of it happened for too long.

    Attributes:
        kind: Of the records.
        ids: Sealed ids, in hex; empty for the base.
        base_id: Id in the base, or None.
        last: The last day that something happened.
        ended: The day the term was over.
    """

    kind: str
    ids: tuple[str, ...] = ()
    base_id: int | None = None
    last: dt.date
    ended: dt.date


def last_day(record: Any) -> dt.date:
    """The latest day that a record knows; a birth is none.

    Raises:
        ValueError: It knows no day (a bug of ours).
    """
    return max(_days(record))


def _days(value: Any) -> Iterable[dt.date]:
    if isinstance(value, dt.datetime):
        yield value.date()
    elif isinstance(value, dt.date):
        yield value
    elif isinstance(value, (tuple, list)):
        for one in value:
            yield from _days(one)
    elif is_dataclass(value) and not isinstance(value, Birth):
        for one in fields(value):
            yield from _days(getattr(value, one.name))


def end_of_term(last: dt.date, years: int) -> dt.date:
    """The same day so many years later; 29 February becomes 1 March."""
    year = last.year + years
    if year > dt.MAXYEAR:
        return dt.date.max
    try:
        return last.replace(year=year)
    except ValueError:
        return dt.date(year, 3, 1)


def asked_on(today: dt.date) -> dt.date:
    """The day of the year's proposal: what is over on 1 January is proposed all through the year, until decided."""
    return today.replace(month=1, day=1)


def is_over(last: dt.date, years: int, on: dt.date) -> bool:
    """Whether the term had ended before that day."""
    return end_of_term(last, years) < on


def kept_on(kept: Iterable[RetentionDecision], ids: Iterable[str], year: int) -> bool:
    """Whether all of these were kept by decisions that still stand in that year."""
    standing = {one for decision in kept if year < decision.again for one in decision.ids}
    return standing.issuperset(ids)


def check_decision(why: str, years: int) -> tuple[Violation, ...]:
    """What is kept beyond its term is kept for a reason, and asked again.

    Returns:
        ``retention.why``, ``retention.again``.
    """
    found = []
    words = clean_line(why)
    if not words or len(words) > _MOST_WORDS:
        found.append(Violation("retention.why", "why", (("most", _MOST_WORDS),)))
    if not 1 <= years <= LONGEST_AGAIN:
        found.append(Violation("retention.again", "years", (("most", LONGEST_AGAIN),)))
    return tuple(found)


def in_order(lines: Sequence[OverTerm]) -> tuple[OverTerm, ...]:
    """By rule, then the oldest first; a total order."""
    places = {kind: place for place, term in enumerate(TERMS) for kind in term.kinds}
    return tuple(
        sorted(lines, key=lambda one: (places.get(one.kind, len(TERMS)), one.kind, one.last, one.base_id or 0, one.ids))
    )
