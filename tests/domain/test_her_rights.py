"""Which sealed records are hers, read from their bodies alone."""

from __future__ import annotations

import datetime as dt
from typing import Any

from antenne.domain.her_rights import (
    Held,
    HeldPart,
    HeldRecord,
    Her,
    KindCount,
    find_hers,
    in_order,
    kinds_of,
    listed_in,
    subject_keys,
    traces_of,
)
from antenne.domain.sealed_counts import Aliases

HER = Her(7)
CODE = "K7Q2MX"


def body(kind: str, **fields: Any) -> dict[str, Any]:
    return {"kind": kind, **fields}


def same(name: str) -> str:
    return name


def test_a_record_names_her_by_file_or_code() -> None:
    assert HER.key == "person:7"
    assert Her(None, CODE).key == f"code:{CODE}"
    assert subject_keys(body("listening", person_id=7, code=CODE)) == ("person:7", f"code:{CODE}")
    assert subject_keys(body("incident", person_id=None, code="AAAAAA", survivor_code=CODE)) == (f"code:{CODE}",)
    assert subject_keys(body("code_tie", person_id=7, code=CODE)) == ("person:7", f"code:{CODE}")
    assert subject_keys(body("attendance", person_id=7)) == ()
    assert subject_keys(body("trace", person_id=7)) == ()
    assert subject_keys(body("deposit", person_id=None)) == ()


def test_a_list_names_everybody_in_it() -> None:
    rows = [{"person_id": 7, "minor_id": ""}, {"person_id": None, "minor_id": "m1"}]
    found = listed_in(body("attendance", present=rows, women=[3], minors=["m2"]))
    assert list(found) == ["person:7", "minor:m1", "person:3", "minor:m2"]


def test_everything_of_hers_is_found_and_nothing_of_another() -> None:
    records = {
        "talk": body("listening", person_id=7, code="", incident_ids=["inc", "not-there"]),
        "inc": body("incident", person_id=None, survivor_code="S7Q2MX", session_id="talk"),
        "inc2": body("incident", person_id=None, survivor_code="S7Q2MX", session_id=""),
        "aid": body("legal_aid", person_id=None, code="", session_id="talk"),
        "another": body("hiv_test", person_id=8, code="", session_id="talk"),
        "alert": body("colleague_alert", incident_id="inc"),
        "deposit": body("deposit", person_id=None, filed_as="inc"),
        "girl": body("minor", person_id=7, code="G7Q2MX"),
        "list": body("attendance", present=[{"person_id": None, "minor_id": "girl"}]),
        "outing": body("outing", women=[7, 8], minors=[]),
        "other list": body("outing", women=[8], minors=[]),
        "draft": body("draft", subject="inc", body={}),
        "typed": body("draft", subject="", body={"rows": [{"person_id": {"picked": [7, "P", "K", ""]}}]}),
        "typed id": body("draft", subject="", body={"person_id": 7}),
        "typed code": body("draft", subject="", body={"code": "s7q-2mx"}),
        "typed else": body(
            "draft", subject="", body={"person_id": {"picked": None}, "code": "?", "rows": [{"said": "rien"}]}
        ),
        "typed list": body("draft", subject="", body=None),
        "notice": body("responsable_notice", subject="girl"),
        "notice 2": body("responsable_notice", subject="elsewhere"),
        "trace": body("trace", record="talk", lines=[]),
        "trace 2": body("trace", record="another", lines=[]),
    }
    hers = find_hers(records, HER, same)
    assert hers.own == {"talk", "inc", "inc2", "aid", "alert", "deposit", "girl"}
    assert hers.shared == {"list", "outing"}
    assert hers.chosen == hers.own | hers.shared
    assert hers.drafts == {"draft", "typed", "typed id", "typed code"}
    assert hers.notices == {"notice"}
    assert hers.people == {7}
    assert hers.codes == {"S7Q2MX", "G7Q2MX"}
    assert hers.minors == {"girl"}
    assert traces_of(records, hers.own) == {"trace"}
    assert kinds_of(records, hers.shared) == (KindCount("attendance", 1), KindCount("outing", 1))


def test_a_code_that_was_tied_to_her_is_hers() -> None:
    aliases = Aliases()
    aliases.tie(f"code:{CODE}", "person:7")
    records = {
        "tie": body("code_tie", person_id=7, code=CODE),
        "coded": body("listening", person_id=None, code=CODE),
        "linked": body("incident", person_id=7, survivor_code="S7Q2MX", session_id="coded"),
    }
    for her in (HER, Her(None, CODE)):
        hers = find_hers(records, her, aliases.of)
        assert hers.own == {"coded", "linked"}
        assert hers.ties == {"tie"}
        assert hers.people == {7}


def test_records_stand_in_one_order() -> None:
    day = dt.date(2026, 1, 1)
    first = HeldRecord(kind="a", title="A", on=day, sealed_id="1")
    second = HeldRecord(kind="a", title="A", on=day, sealed_id="2")
    undated = HeldRecord(kind="b", title="Z", base_id=3)
    assert in_order((second, first, undated)) == (undated, first, second)
    held = Held(her=HER, name="Awa", on=day, parts=(HeldPart(key="x", title="X", records=(first, second)),))
    assert held.count == 2
