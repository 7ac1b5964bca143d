"""« Récits »: each story of change, where it stands, until when it may serve."""

from __future__ import annotations

from dataclasses import dataclass

from antenne.domain.board import Target, Tone
from antenne.domain.stories import ChangeStory, Stage, stage
from antenne.services import stories
from antenne.services.desk import Desk
from antenne.ui.kit.area import Context
from antenne.ui.kit.models import Column
from antenne.ui.listening.fields import hits
from antenne.ui.listening.keys import KEY
from antenne.ui.listening.list_panel import Listing, ListPanel
from antenne.wording import formats
from antenne.wording import listening as talk_words
from antenne.wording import stories as words

TONES: dict[Stage, Tone] = {
    Stage.TOLD: "neutral",
    Stage.AGREED: "info",
    Stage.ANONYMISED: "warning",
    Stage.READ: "good",
    Stage.OVER: "neutral",
    Stage.WITHDRAWN: "danger",
}


@dataclass(frozen=True, slots=True)
class StoryRow:
    """One story in the list."""

    id: str
    story: ChangeStory
    who: str
    stage: Stage


def read_rows(desk: Desk) -> tuple[StoryRow, ...]:
    """Every story but those of the user herself, the newest first.

    Raises:
        Forbidden: Without the right.
    """
    found = stories.list_stories(desk)
    ids = tuple({one.record.person_id for one in found if one.record.person_id is not None})
    names = {hit.id: hit.title for hit in hits(desk, ids)}
    return tuple(
        StoryRow(
            one.id,
            one.record,
            names.get(one.record.person_id or 0) or talk_words.code(one.record.code),
            stage(one.record, desk.today),
        )
        for one in found
    )


def _until(row: StoryRow) -> str:
    agreement = row.story.agreement
    return "" if agreement is None or row.story.withdrawn else formats.day(agreement.until)


def _left(row: StoryRow) -> str:
    return formats.plural(len(row.story.left), "fois", "fois") if row.story.left else ""


_COLUMNS = (
    Column(key="on", title="Raconté le", text=lambda row: formats.day(row.story.told_on), width=110),
    Column(key="number", title="N°", text=lambda row: row.story.number, width=116),
    Column(key="who", title="Qui", text=lambda row: row.who, width=190),
    Column(key="title", title="Titre", text=lambda row: row.story.title or "sans titre", width=0),
    Column(key="until", title="Accord jusqu’au", text=_until, width=130),
    Column(key="left", title="Parti", text=_left, width=80, muted=True),
    Column(
        key="stage", title="", text=lambda row: words.STAGES[row.stage], width=220, pill=lambda row: TONES[row.stage]
    ),
)


class StoriesPanel(ListPanel):
    """The list of stories."""

    help_key = "listening_stories"
    listing = Listing(
        title="Récits de changement",
        one="récit",
        many="récits",
        new_words="Nouveau récit",
        new_action="story/new",
        icon="ear",
        empty="Ce qui a changé pour elle, avec ses mots. Rien ne part sans son accord, ni sans deux relectures.",
    )

    def __init__(self, context: Context) -> None:
        """The columns of a story."""
        super().__init__(context, _COLUMNS)

    read = staticmethod(read_rows)

    def place(self, row: StoryRow) -> Target:
        """Its page."""
        return Target(KEY, action=f"story/{row.id}")
