"""The right to be forgotten."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable

import pytest

from antenne.domain.audit import chain_faults
from antenne.domain.births import Birth, Precision
from antenne.domain.forms.person import PERSON
from antenne.domain.persons import Status
from antenne.domain.violations import Forbidden
from antenne.services import drafts, members, members_agreements, members_reading
from antenne.services.desk import Desk
from antenne.services.drafts import KeepDraft
from antenne.services.members import Erase
from antenne.services.members_agreements import SetPhoto
from tests.services.members_help import (
    JPEG,
    attest,
    broken,
    change,
    on_file,
    register,
    request,
    save,
)


def texts_of(desk: Desk) -> dict[str, str]:
    """Everything readable in the decrypted base, by table."""
    with desk.read() as uow:
        tables = [row[0] for row in uow.rows("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {table: repr(uow.rows(f'SELECT * FROM "{table}"')) for table in tables}  # noqa: S608 - the base's own tables


def test_who_asks_to_be_forgotten_is_found_nowhere(desk: Desk, responsable_desk: Desk) -> None:
    secret = {
        "last_name": "Zorgho", "first_name": "Qalima", "nicknames": "Xaxa", "mother_name": "Wendé Vokouma",
        "pseudonym": "Ylang", "emergency_name": "Jokébed", "never_tell": "Huilier", "recognition_question": "Qumquat",
        "quarter": "Yorosso", "birth_place": "Zégoua", "register_ref": "cahier µ", "nina": "99887766554433Z",
        "id_type": "cni", "id_number": "IDX-4477", "displaced": True, "displaced_from": "Kidalou",
        "birth": Birth(Precision.EVENT, dt.date(1990, 1, 1), event="la crue des criquets"),
        "phones": ({"number": "+22371717171", "owner": "elle"},), "emergency_phone": "+22372727272",
        "consent_how": "orale", "consent_witness": "Témoinne",
    }  # fmt: skip
    person = register(desk, **secret)
    register(desk, last_name="Diallo", sponsor_id=person.id)
    members_agreements.set_photo(desk, SetPhoto(request_id=request(), person_id=person.id, jpeg=JPEG))
    save(desk, on_file(desk, person.id), quarter="Yorossoba")
    attest(responsable_desk, person.id, "Xaxa a trois enfants")
    for one in (desk, responsable_desk):
        body = {"last_name": "Zorgho", "birth": "la crue des criquets"}
        drafts.keep_draft(one, KeepDraft(form=PERSON, subject_id=person.id, body=body))
    words = (
        "Zorgho", "zorgho", "Qalima", "qalima", "kalima", "Xaxa", "xaxa", "Wendé", "Vokouma", "Ylang", "ylang",
        "Jokébed", "Huilier", "Qumquat", "Yorosso", "Zégoua", "cahier µ", "99887766554433Z", "IDX-4477", "Kidalou",
        "criquets", "71717171", "71 71 71 71", "72727272", "72 72 72 72", "Témoinne", "une image", "trois enfants",
    )  # fmt: skip
    before = " ".join(texts_of(desk).values())
    assert all(word in before or json.dumps(word)[1:-1] in before for word in words if word != "kalima")
    with pytest.raises(Forbidden):
        members.erase_person(desk, Erase(request_id=request(), person_id=person.id))

    command = Erase(request_id="forget", person_id=person.id)
    members.erase_person(responsable_desk, command)
    done = members.erase_person(responsable_desk, command)

    for table, text in texts_of(desk).items():
        for word in words:
            assert word not in text, (table, word)
            assert json.dumps(word)[1:-1] not in text, (table, word)
    left = done.value
    assert (left.number, left.membership and left.membership.number) == ("P-00001", "M-00001")
    assert left.birth == Birth(Precision.YEAR, dt.date(1990, 1, 1))
    with desk.read() as uow:
        assert chain_faults(uow.audit.links()) == ()
        assert uow.audit.altered_details() == ()
    assert all(line.erased for line in members_reading.history(desk, person.id))
    assert responsable_desk.persons.search("zorgho") == ()
    assert members_reading.load_page(desk, person.id).status is Status.ERASED


def test_an_erased_file_no_longer_changes(desk: Desk, responsable_desk: Desk) -> None:
    person = register(desk)
    members.erase_person(responsable_desk, Erase(request_id=request(), person_id=person.id))
    assert broken(lambda: save(desk, person, quarter="Konna")) == [("members.erased", None)]
    assert broken(lambda: change(desk, person.id, "died")) == [("members.erased", None)]
    again = Erase(request_id=request(), person_id=person.id)
    assert broken(lambda: members.erase_person(responsable_desk, again)) == [("members.erased", None)]
    gone = Erase(request_id=request(), person_id=99)
    assert broken(lambda: members.erase_person(responsable_desk, gone)) == [("members.gone", None)]
    assert broken(lambda: members_reading.load_page(desk, 99)) == [("members.gone", None)]


def test_an_erased_person_is_not_found_after_the_next_start(desk: Desk, desk_of: Callable[[str], Desk]) -> None:
    person = register(desk)
    members.erase_person(desk_of("responsable"), Erase(request_id=request(), person_id=person.id))
    assert desk_of("secretaire").persons.all_ids() == ()
