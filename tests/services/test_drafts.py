"""What she was typing is there again after a power cut."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from antenne.base.clock import FixedClock
from antenne.domain.forms.person import PERSON, REGISTRATION
from antenne.services import drafts
from antenne.services.desk import Desk
from antenne.services.drafts import KeepDraft


def test_a_draft_is_kept_over_the_one_before(desk: Desk, clock: FixedClock) -> None:
    drafts.keep_draft(desk, KeepDraft(form=REGISTRATION, subject_id=0, body={"last_name": "K"}))
    clock.advance(dt.timedelta(minutes=3))
    drafts.keep_draft(
        desk, KeepDraft(form=REGISTRATION, subject_id=0, body={"last_name": "Ko", "phones": [{"number": "7"}]})
    )
    found = drafts.find_draft(desk, REGISTRATION, 0)
    assert found is not None
    assert found.body == {"last_name": "Ko", "phones": [{"number": "7"}]}
    assert found.saved_at == clock.now()
    assert len(drafts.list_drafts(desk)) == 1


def test_each_record_and_user_has_her_own(desk: Desk, responsable_desk: Desk, clock: FixedClock) -> None:
    drafts.keep_draft(desk, KeepDraft(form=PERSON, subject_id=7, body={"last_name": "Koné"}))
    clock.advance(dt.timedelta(minutes=1))
    drafts.keep_draft(desk, KeepDraft(form=REGISTRATION, subject_id=0, body={"last_name": "Ko"}))
    assert drafts.find_draft(desk, PERSON, 8) is None
    assert drafts.find_draft(responsable_desk, PERSON, 7) is None
    assert [draft.form for draft in drafts.list_drafts(desk)] == ["registration", "person"]
    assert drafts.list_drafts(responsable_desk) == ()


def test_a_draft_is_thrown_away(desk: Desk) -> None:
    drafts.keep_draft(desk, KeepDraft(form=PERSON, subject_id=7, body={}))
    drafts.discard_draft(desk, PERSON, 7)
    drafts.discard_draft(desk, PERSON, 7)
    assert drafts.find_draft(desk, PERSON, 7) is None


def test_a_draft_of_older_questions_is_not_offered(desk: Desk) -> None:
    drafts.keep_draft(desk, KeepDraft(form=PERSON, subject_id=7, body={}))
    assert drafts.find_draft(desk, replace(PERSON, version=PERSON.version + 1), 7) is None


def test_a_sealed_form_leaves_no_draft_in_the_base(desk: Desk) -> None:
    with pytest.raises(ValueError, match="person"):
        drafts.keep_draft(desk, KeepDraft(form=replace(PERSON, sealed=True), subject_id=0, body={"x": 1}))
    assert drafts.list_drafts(desk) == ()
