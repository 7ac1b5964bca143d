"""Stories on a real encrypted file: refused to others, read by two, then they leave, until she takes hers back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from antenne.base.problems import Problem
from antenne.domain.crossings import Shown
from antenne.domain.protection_trends import Axis, HeldCell, SentCrossing
from antenne.domain.rights import Right
from antenne.domain.sealed_codec import to_payload
from antenne.domain.sendings import Left, Way
from antenne.domain.stories import ChangeStory, Points, Stage, Use, stage
from antenne.domain.violations import Forbidden, RulesBroken
from antenne.print.story import render_story
from antenne.services import reading_log, sendings, stories, stories_checks
from antenne.services.compartment import Kept, changing
from antenne.services.desk import Desk
from antenne.services.stories import LeaveStory, ReadStory, SaveStory, WithdrawStory
from tests.conftest import NOW
from tests.print import pdf
from tests.services.listening_help import link_user
from tests.services.members_help import register
from tests.services.protection_help import DAY

DeskOf = Callable[[str], Desk]
TOLD = {"told_on": DAY, "account": "Avant, je n’osais pas parler."}
AGREED = {
    "agreed": True,
    "given_on": DAY,
    "how": "signature",
    "until": DAY + dt.timedelta(days=200),
    "uses": ("rapport",),
}
VERSION = {"title": "Un métier", "text": "Elle coud.\n\nElle forme deux apprenties.", "validated_on": DAY}
WHOLE = {**TOLD, **AGREED, **VERSION}


def codes(caught: pytest.ExceptionInfo[RulesBroken]) -> list[str]:
    return [one.code for one in caught.value.violations]


def told(desk: Desk, request: str = "r1", **answers: object) -> Kept[ChangeStory]:
    return stories.save_story(desk, SaveStory(request_id=request, answers={**WHOLE, **answers})).value


def read(desk: Desk, story: Kept[ChangeStory], reader: int, request: str = "") -> Kept[ChangeStory]:
    command = ReadStory(request_id=request or f"reads{reader}", before=story, reader=reader)
    return stories.confirm_reading(desk, command).value


def user_of(desk: Desk, name: str) -> int:
    return next(key for key, said in stories.readers(desk) if said == f"Agent {name}")


def ready(desk_of: DeskOf, **answers: object) -> tuple[Desk, Kept[ChangeStory]]:
    """Written by the écoutante, read by the responsable and, shown by her, by the secretary."""
    written = told(desk_of("ecoutante"), "r1", **answers)
    desk = desk_of("responsable")
    once = read(desk, written, desk.actor.user_id)
    return desk, read(desk, once, user_of(desk, "secretaire"))


def leaving(story: Kept[ChangeStory], **changes: object) -> LeaveStory:
    command = LeaveStory(request_id="leave", before=story, use=Use.REPORT, recipient="Bailleur")
    return replace(command, **changes)  # type: ignore[arg-type]  # a test's own changes


@pytest.mark.parametrize("role", ["secretaire", "caissiere", "lecture"])
def test_every_other_role_is_refused_in_the_same_words(desk_of: DeskOf, tmp_path: Path, role: str) -> None:
    mine, other = told(desk_of("ecoutante")), desk_of(role)
    tries: list[Callable[[], object]] = [
        lambda: told(other, "x"),
        lambda: stories.list_stories(other),
        lambda: stories.read_story(other, mine.id),
        lambda: read(other, mine, other.actor.user_id),
        lambda: stories.withdraw_story(other, WithdrawStory(request_id="w", before=mine)),
        lambda: stories.export_text(other, leaving(mine), tmp_path / "a.txt"),
        lambda: stories.known_of(other, None),
        lambda: sendings.sendings_of(other, mine.id),
    ]
    for attempt in tries:
        with pytest.raises(Forbidden) as caught:
            attempt()
        assert caught.value.right == Right.COMPARTMENT.value


def test_a_story_is_kept_once_and_leaves_nothing_in_the_base(desk_of: DeskOf) -> None:
    desk = desk_of("ecoutante")
    with desk.read() as uow:
        before = uow.rows("SELECT count(*) FROM audit"), uow.rows("SELECT count(*) FROM counter")
    first = told(desk)
    assert told(desk) == first
    second = told(desk, "r2", code=first.record.code)
    assert [one.record.number for one in stories.list_stories(desk)] == ["R-2026-0002", "R-2026-0001"]
    assert second.record.code == first.record.code
    with desk.read() as uow:
        assert (uow.rows("SELECT count(*) FROM audit"), uow.rows("SELECT count(*) FROM counter")) == before
    stories.read_story(desk, first.id)
    assert [line.record for line in reading_log.readings(desk_of("responsable"), first.id)] == [first.id]


def test_everything_that_is_wrong_is_said_at_once(desk_of: DeskOf) -> None:
    desk = desk_of("ecoutante")
    with pytest.raises(RulesBroken) as caught:
        told(desk, until=DAY - dt.timedelta(days=1), title=None)
    assert codes(caught) == ["story.until_before", "story.no_text"]
    with pytest.raises(RulesBroken) as caught:
        told(desk, code="AAAAAA")
    assert codes(caught) == ["protection.code_unknown"]
    assert stories.list_stories(desk) == ()


def test_a_correction_keeps_the_code_until_she_gives_her_name(desk_of: DeskOf) -> None:
    desk = desk_of("ecoutante")
    first = told(desk)
    longer = SaveStory(request_id="c", answers={**WHOLE, "account": "Elle dit plus."}, before=first)
    same = stories.save_story(desk, longer).value
    assert (same.record.code, same.record.validated_on) == (first.record.code, DAY)
    her = register(desk_of("secretaire")).id
    named = SaveStory(request_id="n", answers={**WHOLE, "person_id": her}, before=same)
    now = stories.save_story(desk, named).value
    assert (now.record.person_id, now.record.code) == (her, "")
    with pytest.raises(RulesBroken) as caught:
        stories.save_story(desk, replace(longer, request_id="late"))
    assert codes(caught) == ["sealed.changed"]


def test_two_others_read_it_and_neither_twice(desk_of: DeskOf) -> None:
    writer, desk = desk_of("ecoutante"), desk_of("responsable")
    story = told(writer)
    for reader in (writer.actor.user_id, user_of(writer, "secretaire")):
        with pytest.raises(RulesBroken) as caught:
            read(writer, story, reader)
        assert codes(caught) == ["story.own"]
    with pytest.raises(RulesBroken) as caught:
        read(desk, story, 999)
    assert codes(caught) == ["story.unknown_reader"]
    mine = desk.actor.user_id
    once = read(desk, story, mine)
    assert read(desk, story, mine) == once
    with pytest.raises(RulesBroken) as caught:
        read(desk, once, mine, "again")
    assert codes(caught) == ["story.read_already"]
    with pytest.raises(RulesBroken) as caught:
        stories.check_leaving(desk, leaving(once))
    assert codes(caught) == ["story.not_read"]
    both = read(desk, once, user_of(desk, "secretaire"))
    assert stage(both.record, DAY) is Stage.READ
    assert {one.noted_by for one in both.record.readings} == {mine}


def test_another_version_is_read_again_by_all(desk_of: DeskOf) -> None:
    desk, story = ready(desk_of)
    changed = SaveStory(request_id="c", answers={**WHOLE, "text": "Elle coud et forme."}, before=story)
    now = stories.save_story(desk, changed).value.record
    assert (now.readings, now.validated_on) == ((), None)
    assert desk.actor.user_id in now.writers


def test_paper_and_text_leave_and_are_remembered(desk_of: DeskOf, tmp_path: Path) -> None:
    desk, story = ready(desk_of)
    said = pdf.text(stories.draw_story(desk, leaving(story), render_story))
    assert "Elle forme deux apprenties." in said
    assert "osais" not in said
    assert "DANAYA" not in said
    assert sendings.sendings_of(desk, story.id) == ()
    stories.remember_leaving(desk, leaving(story), Way.PAPER)
    stories.remember_leaving(desk, leaving(story), Way.PAPER)
    path = tmp_path / "texte.txt"
    stories.export_text(desk, leaving(story), path)
    assert path.read_bytes().decode("utf-8-sig").startswith("Un métier\r\n\r\nElle coud.\r\n\r\nElle forme")
    found = sendings.sendings_of(desk, story.id)
    assert {(one.what, one.way, one.recipient) for one in found} == {
        (Left.STORY, Way.PAPER, "Bailleur"),
        (Left.STORY, Way.FILE, "Bailleur"),
    }


def test_what_may_not_leave(desk_of: DeskOf, tmp_path: Path) -> None:
    desk, story = ready(desk_of)
    with pytest.raises(RulesBroken) as caught:
        stories.check_leaving(desk, leaving(story, use=Use.RADIO, recipient=" "))
    assert codes(caught) == ["story.other_use", "story.no_recipient"]
    with pytest.raises(RulesBroken) as caught:
        stories.check_leaving(desk_of("ecoutante"), leaving(story))
    assert codes(caught) == ["story.responsable_only"]
    older = replace(story, record=replace(story.record, text="Un autre texte."))
    with pytest.raises(RulesBroken) as caught:
        stories.draw_story(desk, leaving(older), render_story)
    assert codes(caught) == ["sealed.changed"]
    place = tmp_path / "OneDrive"
    place.mkdir()
    with pytest.raises(RulesBroken) as caught:
        stories.export_text(desk, leaving(story), place / "texte.txt")
    assert codes(caught) == ["export.synchronised"]
    with pytest.raises(Problem):
        stories.export_text(desk, leaving(story), tmp_path / "nowhere" / "texte.txt")
    assert [one.way for one in sendings.sendings_of(desk, story.id)] == [Way.FILE]


def test_taken_back_it_never_leaves_again_and_what_left_is_named(desk_of: DeskOf, tmp_path: Path) -> None:
    desk, story = ready(desk_of)
    left = stories.export_text(desk, leaving(story), tmp_path / "a.txt").value
    back = stories.withdraw_story(desk, WithdrawStory(request_id="w", before=left)).value
    assert stage(back.record, DAY) is Stage.WITHDRAWN
    assert [one.recipient for one in sendings.sendings_of(desk, back.id)] == ["Bailleur"]
    for attempt in (
        lambda: stories.export_text(desk, leaving(back, request_id="x"), tmp_path / "b.txt"),
        lambda: stories.draw_story(desk, leaving(back), render_story),
        lambda: read(desk, back, desk.actor.user_id, "late"),
    ):
        with pytest.raises(RulesBroken) as caught:
            attempt()
        assert codes(caught) == ["story.withdrawn"]
    with pytest.raises(RulesBroken) as caught:
        stories.withdraw_story(desk, WithdrawStory(request_id="v", before=back))
    assert codes(caught) == ["story.nothing_to_withdraw"]


def test_a_text_that_still_names_her_is_not_read_as_safe(desk_of: DeskOf) -> None:
    her = register(desk_of("secretaire"), last_name="Coulibaly", first_name="Fatoumata", quarter="Gangal").id
    story = told(desk_of("ecoutante"), person_id=her, text="Fatoumata vit à Gangal.")
    desk = desk_of("responsable")
    assert {one.what for one in stories.pointing(desk, story.record)} == {Points.NAME, Points.QUARTER}
    with pytest.raises(RulesBroken) as caught:
        read(desk, story, desk.actor.user_id)
    assert codes(caught) == ["story.points"]
    assert dict(caught.value.violations[0].values) == {"word": "Fatoumata", "what": "son nom"}


def test_a_user_never_opens_her_own_story(desk_of: DeskOf) -> None:
    her = register(desk_of("secretaire")).id
    desk = desk_of("responsable")
    story = told(desk_of("ecoutante"), person_id=her)
    link_user(desk, her)
    assert stories.list_stories(desk) == ()
    for attempt in (lambda: stories.read_story(desk, story.id), lambda: stories.known_of(desk, her)):
        with pytest.raises(Forbidden):
            attempt()


def test_the_checks_name_what_is_not_in_order(desk_of: DeskOf) -> None:
    desk, story = ready(desk_of)
    assert [check(desk).ok for check in stories_checks.CHECKS] == [True, True]
    assert [check(desk_of("secretaire")).ok for check in stories_checks.CHECKS] == [True, True]
    twice = replace(story.record, number="R-2026-0009", readings=(*story.record.readings, *story.record.readings))
    shown = Shown(total=2)
    sent = SentCrossing(
        at=NOW, by=1, recipient="Bailleur", down=Axis.TYPE, across=Axis.PLACE, first=DAY, last=DAY, shown=shown,
        held=(HeldCell(row="viol", column="rue", ids=(story.id,)),),
    )  # fmt: skip
    with changing(desk) as batch:
        batch.put(to_payload(twice))
        batch.put(to_payload(sent))
        batch.commit()
    found = [check(desk) for check in stories_checks.CHECKS]
    assert [one.ok for one in found] == [False, False]
    assert "R-2026-0009" in found[0].detail
