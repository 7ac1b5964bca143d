"""What ``controler`` asks of what leaves the compartment: stories read by two, papers that add up."""

from __future__ import annotations

from antenne.domain.protection_trends import SentCrossing
from antenne.domain.rights import Right
from antenne.domain.stories import ChangeStory
from antenne.services.checks import Check, Finding
from antenne.services.compartment import every_kept, open_compartment
from antenne.services.desk import Desk
from antenne.wording import formats

_NAMED = 20
_CLOSED = "réservé aux écoutantes et à la responsable, qui le contrôlent"


def stories_in_order(desk: Desk) -> Finding:
    """No story was read by its writer or twice by one; none that stands as read was written meanwhile."""
    name = "Récits de changement"
    if not desk.may(Right.COMPARTMENT) or desk.keys.confidential is None:
        return Finding(name, ok=True, detail=_CLOSED)
    kept = every_kept(open_compartment(desk), ChangeStory)
    wrong = sorted(one.record.number for one in kept if not _read_in_order(one.record))
    said = f"à relire de nouveau\u00a0: {', '.join(wrong[:_NAMED])}" if wrong else ""
    return Finding(name, not wrong, said or f"{formats.plural(len(kept), 'récit', 'récits')} en règle")


def crossings_add_up(desk: Desk) -> Finding:
    """What left is what stood in it: as many incidents as its total, none in two cells."""
    name = "Tableaux partis"
    if not desk.may(Right.COMPARTMENT) or desk.keys.confidential is None:
        return Finding(name, ok=True, detail=_CLOSED)
    kept = [one.record for one in every_kept(open_compartment(desk), SentCrossing)]
    wrong = sorted(formats.day(one.at.date()) for one in kept if one.held and not _adds_up(one))
    said = f"à revoir, du\u00a0: {', '.join(wrong[:_NAMED])}" if wrong else ""
    return Finding(name, not wrong, said or f"{formats.plural(len(kept), 'tableau', 'tableaux')} en règle")


def _read_in_order(story: ChangeStory) -> bool:
    by = [one.by for one in story.readings]
    alone = len(set(by)) == len(by) and not set(by) & set(story.writers)
    noted = not {one.noted_by for one in story.readings} & set(story.writers)
    return alone and noted


def _adds_up(sent: SentCrossing) -> bool:
    ids = [one for cell in sent.held for one in cell.ids]
    return len(ids) == len(set(ids)) == sent.shown.total


CHECKS: tuple[Check, ...] = (stories_in_order, crossings_add_up)
