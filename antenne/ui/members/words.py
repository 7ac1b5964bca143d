"""How a person is named on the screen: NOM Prénom in lists."""

from __future__ import annotations

import datetime as dt

from antenne.domain.board import Tone
from antenne.domain.persons import Person, PersonRow, Status
from antenne.services.members_reading import Page
from antenne.wording import formats
from antenne.wording.members import STATUSES


def listed(last_name: str, first_name: str) -> str:
    """« KONÉ Fatoumata »."""
    return f"{last_name.upper()} {first_name}"


def row_title(row: PersonRow) -> str:
    """The first line of the list; a surnom stands behind her name."""
    said = listed(row.last_name, row.first_name)
    return f"{said}, dite «\u00a0{row.nicknames[0]}\u00a0»" if row.nicknames else said


def row_subtitle(row: PersonRow) -> str:
    """« M-00931 · Sévaré · 76 •• •• 18 »."""
    return " · ".join(part for part in (row.member_number or row.number, row.quarter, row.masked_phone) if part)


def row_pill(row: PersonRow, today: dt.date) -> tuple[str, Tone]:
    """« À jour », « Expirée », or her status when she is not an active member."""
    if row.status is not Status.ACTIVE:
        return STATUSES[row.status]
    if row.card_until is None:
        return "Sans carte", "neutral"
    return ("À jour", "good") if row.card_until >= today else ("Expirée", "warning")


def standing(facts: Page, today: dt.date) -> tuple[str, Tone]:
    """The pill beside her name: her card where she is an active member, else her status."""
    if facts.status is not Status.ACTIVE:
        return STATUSES[facts.status]
    if facts.minor:
        return "Majorité à vérifier", "warning"
    if facts.card_until is None:
        return "Active, sans carte", "neutral"
    day = formats.day(facts.card_until)
    return (
        (f"Carte valable jusqu’au {day}", "good")
        if facts.card_until >= today
        else (f"Carte expirée le {day}", "warning")
    )


def briefly(person: Person, today: dt.date) -> str:
    """« M-00931 · née vers 1994 (environ 32 ans) · Sévaré »."""
    age = formats.age(person.birth, today)
    born = f"{formats.birth(person.birth)} ({age})" if age else formats.birth(person.birth)
    number = person.membership.number if person.membership else person.number
    return " · ".join(part for part in (number, born, person.quarter) if part)


def about(person: Person, today: dt.date) -> str:
    """The same with « adhérente depuis le 12 mars 2019 »."""
    member = person.membership
    since = f" · adhérente depuis le {formats.long_day(member.joined_on)}" if member else ""
    return briefly(person, today) + since
