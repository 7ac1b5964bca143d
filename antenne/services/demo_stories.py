"""The demonstration's stories of change: plainly fictional, one at each stage that the list shows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Final

from antenne.domain.sealed_codec import Sealed
from antenne.domain.stories import ChangeStory, StoryAgreement, StoryReading, Use
from antenne.services import demo_people
from antenne.services.desk import Desk

_LAST: Final = demo_people.LAST_DAY
_ACCOUNTS: Final = (
    (
        "Avant, je gardais tout pour moi. J’ai appris à coudre avec une voisine, puis j’ai acheté une machine. "
        "Maintenant je paie l’école de mes enfants moi-même, et deux filles apprennent chez moi."
    ),
    (
        "J’avais peur d’aller au dispensaire. La première fois, quelqu’un est venu avec moi. Maintenant j’y vais seule, "
        "et j’accompagne d’autres femmes."
    ),
    "Je n’avais aucun papier. Le jour où j’ai eu l’acte de ma fille, j’ai pleuré. Elle a passé son examen.",
    "On ne m’avait jamais demandé mon avis. À la causerie, j’ai parlé, et on m’a écoutée.",
)
_VERSIONS: Final = (
    (
        "Un métier, et deux apprenties",
        (
            "Elle gardait tout pour elle. Une voisine lui a appris à coudre\u202f; elle a mis de côté, semaine après "
            "semaine, jusqu’à acheter une machine.\n\nAujourd’hui elle paie elle-même l’école de ses enfants. Deux jeunes "
            "filles apprennent chez elle.\n\n«\u00a0Je voulais que quelqu’un compte sur moi\u00a0», dit-elle."
        ),
    ),
    (
        "La deuxième fois, j’y suis allée seule",
        (
            "Elle avait peur d’entrer dans un centre de santé. La première fois, quelqu’un l’a accompagnée jusqu’à la "
            "porte, puis dans la salle.\n\nDepuis, elle y va seule. À son tour, elle accompagne celles qui n’osent pas."
        ),
    ),
)


def write_stories(desk: Desk, put: Callable[[Sealed], str], code: Callable[[], str]) -> None:
    """Four of the écoutante's: it may leave, to be read by two, to be written without a name, told only."""
    mine = desk.actor.user_id
    others = [number for number in range(1, 5) if number != mine]
    read = tuple(StoryReading(by=one, on=_ago(6), noted_by=others[0]) for one in others[:2])
    stages = (
        (_agreed(40, Use.REPORT, Use.TALKS), _VERSIONS[0], read),
        (_agreed(20, Use.RADIO, Use.TALKS), _VERSIONS[1], ()),
        (_agreed(9, Use.REPORT), ("", ""), ()),
        (None, ("", ""), ()),
    )
    for number, (agreement, (title, text), readings) in enumerate(stages):
        told = _ago(45 - 12 * number)
        put(
            ChangeStory(
                number=f"R-{told.year}-{number + 1:04d}",
                code=code(),
                told_on=told,
                account=_ACCOUNTS[number],
                agreement=agreement,
                title=title,
                text=text,
                validated_on=_ago(8) if text else None,
                writers=(mine,),
                readings=readings,
                created_at=dt.datetime.combine(told, dt.time(16, 0), dt.UTC),
                created_by=mine,
            )
        )


def _ago(days: int) -> dt.date:
    return _LAST - dt.timedelta(days=days)


def _agreed(days: int, *uses: Use) -> StoryAgreement:
    return StoryAgreement(given_on=_ago(days), how="signature", uses=uses, until=_LAST + dt.timedelta(days=365))
