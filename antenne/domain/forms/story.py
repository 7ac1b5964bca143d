"""The form of a « récit de changement »: what she tells, her agreement, the version without a name."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from antenne.domain.forms.model import Answers, Field, Form, Kind, Section, Tense
from antenne.domain.protection import day, number, text
from antenne.domain.stories import ChangeStory, StoryAgreement, Use

USES: Final = "story_uses"
"""Fixed list, given by who shows the form (``wording.stories.options``)."""

_ACCOUNT: Final = 8000
_VERSION: Final = 5000


def _agreed(answers: Answers) -> bool:
    return answers.get("agreed") is True


def _nameless(answers: Answers) -> bool:
    return answers.get("person_id") is None


STORY: Final = Form(
    key="change_story",
    version=1,
    title="Récit de changement",
    sealed=True,
    sections=(
        Section(
            key="told",
            title="1. Ce qu’elle raconte",
            fields=(
                Field(key="person_id", label="Personne", kind=Kind.PERSON, width=2, hint="Rien si elle ne veut pas"),
                Field(
                    key="code",
                    label="Ou son code",
                    kind=Kind.TEXT,
                    max_length=12,
                    shown_if=_nameless,
                    hint="Sans nom\u00a0: laissez vide pour un nouveau code",
                ),
                Field(key="told_on", label="Raconté le", kind=Kind.DATE, required=True),
                Field(
                    key="account",
                    label="Avec ses mots",
                    kind=Kind.NOTE,
                    required=True,
                    max_length=_ACCOUNT,
                    width=3,
                    paper_lines=14,
                    hint="Reste ici, chiffré\u202f; ne part jamais",
                ),
            ),
        ),
        Section(
            key="agreement",
            title="2. Son accord",
            fields=(
                Field(
                    key="agreed",
                    label="Elle accepte que son récit serve, sans son nom",
                    kind=Kind.YES_NO,
                    width=3,
                    hint="Elle peut dire non, ou reprendre son accord quand elle veut\u202f: rien ne change pour elle",
                ),
                Field(key="given_on", label="Donné le", kind=Kind.DATE, shown_if=_agreed, required_if=_agreed),
                Field(
                    key="how",
                    label="Comment",
                    kind=Kind.CHOICE,
                    options="consent_ways",
                    shown_if=_agreed,
                    required_if=_agreed,
                ),
                Field(
                    key="until",
                    label="Jusqu’au",
                    kind=Kind.DATE,
                    tense=Tense.FUTURE,
                    shown_if=_agreed,
                    required_if=_agreed,
                ),
                Field(
                    key="uses",
                    label="Pour quoi",
                    kind=Kind.CHOICES,
                    options=USES,
                    shown_if=_agreed,
                    required_if=_agreed,
                    width=3,
                ),
            ),
        ),
        Section(
            key="version",
            title="3. La version sans nom",
            fields=(
                Field(key="title", label="Titre", kind=Kind.TEXT, max_length=100, width=3),
                Field(
                    key="text",
                    label="Écrite avec elle\u00a0: autres noms, autres lieux, ce qu’elle veut taire",
                    kind=Kind.NOTE,
                    max_length=_VERSION,
                    width=3,
                    paper_lines=14,
                ),
                Field(
                    key="validated_on",
                    label="Relue avec elle, elle est d’accord, le",
                    kind=Kind.DATE,
                    width=2,
                    hint="Si le texte change, on le relit avec elle",
                ),
            ),
        ),
    ),
)
"""In the order of what happens, over one talk or several."""


def story_values(answers: Answers, today: dt.date, before: ChangeStory | None = None) -> dict[str, Any]:
    """The fields of a story that the answers give.

    Args:
        answers: Cleaned, valid.
        today: When she says no to what she had agreed to, she takes it back that day.
        before: What it said.
    """
    known = None if before is None else before.agreement
    agreement = _agreement(answers)
    if agreement is None and known is not None:
        agreement = known if known.withdrawn_on is not None else replace(known, withdrawn_on=today)
    return {
        "person_id": number(answers, "person_id"),
        "told_on": answers.get("told_on"),
        "account": text(answers, "account"),
        "agreement": agreement,
        "title": text(answers, "title"),
        "text": text(answers, "text"),
        "validated_on": day(answers, "validated_on"),
    }


def _agreement(answers: Answers) -> StoryAgreement | None:
    given, until, uses = day(answers, "given_on"), day(answers, "until"), answers.get("uses")
    if answers.get("agreed") is not True or given is None or until is None:
        return None
    codes = uses if isinstance(uses, (tuple, list)) else ()
    return StoryAgreement(
        given_on=given, how=text(answers, "how"), uses=tuple(Use(code) for code in codes), until=until
    )  # fmt: skip


def answers_of(story: ChangeStory) -> Mapping[str, object]:
    """What the form shows of a story; an agreement taken back is no longer one."""
    given = None if story.withdrawn else story.agreement
    return {
        "person_id": story.person_id,
        "code": None if story.person_id is not None else story.code or None,
        "told_on": story.told_on,
        "account": story.account,
        "agreed": None if story.agreement is None else given is not None,
        "given_on": None if given is None else given.given_on,
        "how": None if given is None else given.how or None,
        "until": None if given is None else given.until,
        "uses": None if given is None else tuple(use.value for use in given.uses),
        "title": story.title or None,
        "text": story.text or None,
        "validated_on": story.validated_on,
    }
