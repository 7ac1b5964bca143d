"""« Récits de changement »: told, agreed, anonymised by her, read by two; only then may one leave (work order, last).

Her own words stay sealed. What may leave is the version without a name that was read again with her, after two persons
who did not write it have each said that no detail points at her. She may take it back at any time.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import Enum
from typing import ClassVar, Final

from antenne.domain.names import identity, plain
from antenne.domain.protection import Written
from antenne.domain.sendings import Way
from antenne.domain.violations import Violation

READERS: Final = 2
"""How many read it who did not write it."""
LONGEST_YEARS: Final = 5
"""An agreement to use her story ends by itself after so many years at most; a new one says it again."""


class Use(Enum):
    """What she may agree to, one by one."""

    REPORT = "rapport"
    LEAFLET = "papiers"
    RADIO = "antenne"
    INTERNET = "toile"
    TALKS = "causeries"
    TRAINING = "formation"


class Stage(Enum):
    """Where a story stands."""

    TOLD = "racontee"
    AGREED = "acceptee"
    ANONYMISED = "sans_nom"
    READ = "relue"
    OVER = "finie"
    WITHDRAWN = "retiree"


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryAgreement:
    """Her agreement.

    Attributes:
        given_on: The day.
        how: Code of the list ``consent_ways``.
        uses: What for.
        until: Last day.
        withdrawn_on: She took it back that day.
    """

    given_on: dt.date
    how: str
    uses: tuple[Use, ...]
    until: dt.date
    withdrawn_on: dt.date | None = None

    def in_force(self, on: dt.date) -> bool:
        """Whether it holds on that day; a withdrawal holds from its own day."""
        return self.given_on <= on <= self.until and self.withdrawn_on is None


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryReading:
    """« Aucun détail ne la désigne », said by one reader.

    Attributes:
        by: Who read the version without a name: a user, of whatever role.
        on: The day.
        noted_by: Who noted it: herself, or who showed it to her.
    """

    by: int
    on: dt.date
    noted_by: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryLeft:
    """It left once."""

    at: dt.datetime
    by: int
    way: Way
    use: Use
    recipient: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeStory(Written):
    """One story.

    Attributes:
        number: « R-2026-0003 », of the compartment only.
        person_id: Her file, where she has one.
        code: Hers where she gave no name.
        told_on: The day she told it.
        account: Her words; they never leave.
        agreement: Hers, or None while she has not agreed.
        title: Of the version without a name.
        text: The version without a name, empty while there is none.
        validated_on: The day it was read again with her and she said yes, or None.
        writers: Users who wrote the story or that version: they do not read it for it.
        readings: Of that version; another version begins anew.
        left: Each time it left.
    """

    KIND: ClassVar[str] = "change_story"
    number: str
    person_id: int | None = None
    code: str = ""
    told_on: dt.date
    account: str
    agreement: StoryAgreement | None = None
    title: str = ""
    text: str = ""
    validated_on: dt.date | None = None
    writers: tuple[int, ...] = ()
    readings: tuple[StoryReading, ...] = ()
    left: tuple[StoryLeft, ...] = ()

    @property
    def withdrawn(self) -> bool:
        """Whether she took it back."""
        return self.agreement is not None and self.agreement.withdrawn_on is not None


def stage(story: ChangeStory, on: dt.date) -> Stage:
    """Where it stands on a day."""
    if story.agreement is None:
        return Stage.TOLD
    if story.withdrawn:
        return Stage.WITHDRAWN
    if on > story.agreement.until:
        return Stage.OVER
    if story.validated_on is None:
        return Stage.AGREED
    return Stage.READ if len(story.readings) >= READERS else Stage.ANONYMISED


def check_story(story: ChangeStory, today: dt.date) -> tuple[Violation, ...]:
    """Rules between what was typed.

    Returns:
        ``story.future``, ``story.agreed_before`` (agreed before she told it), ``story.no_use``, ``story.until_before``,
        ``story.until_late``, ``story.no_text`` (read again with her, but there is no version), ``story.validated_day``.
    """
    found: list[Violation] = []
    if story.told_on > today:
        found.append(Violation("story.future", "told_on"))
    if story.agreement is not None:
        found += _check_agreement(story, story.agreement, today)
    if story.validated_on is not None:
        if not story.text or not story.title:
            found.append(Violation("story.no_text", "text" if story.title else "title"))
        if not story.told_on <= story.validated_on <= today:
            found.append(Violation("story.validated_day", "validated_on"))
    return tuple(found)


def _check_agreement(story: ChangeStory, agreement: StoryAgreement, today: dt.date) -> list[Violation]:
    found: list[Violation] = []
    if agreement.given_on > today:
        found.append(Violation("story.future", "given_on"))
    if agreement.given_on < story.told_on:
        found.append(Violation("story.agreed_before", "given_on"))
    if not agreement.uses:
        found.append(Violation("story.no_use", "uses"))
    if agreement.until < agreement.given_on:
        found.append(Violation("story.until_before", "until"))
    if agreement.until > _years_later(agreement.given_on, LONGEST_YEARS):
        found.append(Violation("story.until_late", "until", (("years", LONGEST_YEARS),)))
    return found


def _years_later(day: dt.date, years: int) -> dt.date:
    """The same day so many years later; 28 February for the 29th."""
    last = 28 if (day.month, day.day) == (2, 29) else day.day
    return day.replace(year=day.year + years, day=last)


def rewritten(before: ChangeStory, after: ChangeStory, by: int) -> ChangeStory:
    """The story after a change.

    Another version, or an agreement given anew, is read again with her and by two others; its writer does not read it.
    """
    same = (before.title, before.text) == (after.title, after.text)
    if same and not (before.withdrawn and not after.withdrawn):
        return after
    validated = None if after.validated_on == before.validated_on else after.validated_on
    writers = after.writers if same or by in after.writers else (*after.writers, by)
    return replace(after, validated_on=validated, readings=(), writers=writers)


def check_reading(story: ChangeStory, reader: int, noter: int, today: dt.date) -> tuple[Violation, ...]:
    """Whether this reader may say that no detail points at her.

    A reader without the right to the compartment is shown that version alone, by somebody who did not write it either.

    Returns:
        ``story.withdrawn``, ``story.not_validated``, ``story.own`` (she wrote it), ``story.read_already``.
    """
    if story.withdrawn:
        return (Violation("story.withdrawn"),)
    if stage(story, today) not in (Stage.ANONYMISED, Stage.READ):
        return (Violation("story.not_validated"),)
    if reader in story.writers or noter in story.writers:
        return (Violation("story.own"),)
    if any(one.by == reader for one in story.readings):
        return (Violation("story.read_already"),)
    return ()


def check_leaving(story: ChangeStory, use: Use, today: dt.date) -> tuple[Violation, ...]:
    """Whether it may leave today for this use.

    Returns:
        ``story.withdrawn``, ``story.no_agreement``, ``story.agreement_over``, ``story.not_validated``,
        ``story.not_read``, ``story.other_use``.
    """
    agreement = story.agreement
    if agreement is None:
        return (Violation("story.no_agreement"),)
    if story.withdrawn:
        return (Violation("story.withdrawn"),)
    found: list[Violation] = []
    if not agreement.in_force(today):
        found.append(Violation("story.agreement_over"))
    if story.validated_on is None:
        found.append(Violation("story.not_validated"))
    elif len(story.readings) < READERS:
        found.append(Violation("story.not_read", None, (("missing", READERS - len(story.readings)),)))
    if use not in agreement.uses:
        found.append(Violation("story.other_use", "use"))
    return tuple(found)


def withdrawn(story: ChangeStory, on: dt.date) -> ChangeStory:
    """Her agreement taken back: it never leaves again."""
    assert story.agreement is not None
    return replace(story, agreement=replace(story.agreement, withdrawn_on=on))


# --- What still points at her ----------------------------------------------------------------------------------------


class Points(Enum):
    """What a word of the version without a name points at."""

    NAME = "nom"
    NICKNAME = "surnom"
    PHONE = "telephone"
    CHILD = "enfant"
    NEAR = "proche"
    QUARTER = "quartier"
    LIKE = "ressemble"


CERTAIN: Final = frozenset({Points.NAME, Points.NICKNAME, Points.PHONE, Points.CHILD, Points.NEAR})
"""They keep it here. A quarter is remarked, for it may be a town of many; so is what sounds like her name (« ami »)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What her file knows.

    Attributes:
        names: First and last name, and the name she goes by.
        nicknames: Her surnoms.
        phones: Hers and those of who is to be called for her, in international form.
        children: First names of her children.
        near: Her mother, who is to be called for her: the whole name.
        quarters: Quarter, village, place of birth.
    """

    names: tuple[str, ...] = ()
    nicknames: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    children: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    quarters: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Pointing:
    """A word of the text, and what it points at."""

    what: Points
    word: str


_SHORTEST: Final = 3
"""A shorter name (« Ba », « Sy ») may be a word: it is remarked."""
_PHONE_DIGITS: Final = 8


def pointing(text: str, known: Known) -> tuple[Pointing, ...]:
    """What in a text still points at her: word by word, without accents or case; names in every form they have.

    Any eight digits in a row are a telephone, whoever's.
    """
    words = plain("".join(char if char.isalnum() or char in "'’-" else " " for char in text)).split()
    found: list[Pointing] = []
    for what, names in (
        (Points.NAME, known.names),
        (Points.NICKNAME, known.nicknames),
        (Points.CHILD, known.children),
        (Points.NEAR, known.near),
        (Points.QUARTER, known.quarters),
    ):
        for name in names:
            seen = _seen(what, plain(name).split(), words)
            found += [] if seen is None else [Pointing(seen, name)]
    found += [Pointing(Points.PHONE, one) for one in _phones(text, known.phones)]
    return tuple(dict.fromkeys(found))


def _seen(what: Points, parts: list[str], words: list[str]) -> Points | None:
    """What a name is found as: itself, all its words in a row; or what sounds like one of them."""
    size = len(parts)
    if size and any(words[start : start + size] == parts for start in range(len(words) - size + 1)):
        return what if len(" ".join(parts)) >= _SHORTEST else Points.LIKE
    if what not in (Points.NAME, Points.CHILD):
        return None
    heard = {identity(word) for word in words if len(word) >= _SHORTEST}
    wanted = {identity(part) for part in parts if len(part) >= _SHORTEST}
    return None if wanted.isdisjoint(heard) else Points.LIKE


def _phones(text: str, phones: Iterable[str]) -> list[str]:
    """Numbers of eight digits or more, spaces and points between them or not; hers by their last eight digits."""
    runs: list[str] = [""]
    for char in text:
        if char.isdigit():
            runs[-1] += char
        elif not (char.isspace() or char in ".-/+()\u202f"):
            runs.append("")
    hers = {one[-_PHONE_DIGITS:] for one in phones if len(one) >= _PHONE_DIGITS}
    return [run for run in runs if len(run) >= _PHONE_DIGITS or any(one in run for one in hers)]
