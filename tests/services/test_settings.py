"""Settings with a date, on the real file."""

from __future__ import annotations

import dataclasses
import datetime as dt
import io
from pathlib import Path

import pytest
from PIL import Image

from antenne.domain import protection_lists
from antenne.domain.office import Heading
from antenne.domain.violations import Forbidden, RulesBroken
from antenne.services import settings
from antenne.services.desk import Desk


def test_a_tariff_holds_from_its_date_on(responsable_desk: Desk) -> None:
    desk = responsable_desk
    before, after = dt.date(2026, 12, 31), dt.date(2027, 1, 1)
    settings.set_value(desk, settings.SetValue(request_id="r1", key="cards.price", since=after, value=750))
    assert desk.settings.count("cards.price", before) == 500
    assert desk.settings.count("cards.price", after) == 750


def test_the_secretary_changes_no_tariff(desk: Desk) -> None:
    with pytest.raises(Forbidden):
        settings.set_value(
            desk, settings.SetValue(request_id="r1", key="cards.price", since=dt.date(2027, 1, 1), value=1)
        )


@pytest.mark.parametrize("value", [-1, 10**13, 1.5, "12", True])
def test_a_tariff_is_a_whole_positive_amount(responsable_desk: Desk, value: object) -> None:
    command = settings.SetValue(request_id="r1", key="cards.price", since=dt.date(2027, 1, 1), value=value)
    with pytest.raises(RulesBroken):
        settings.set_value(responsable_desk, command)
    assert responsable_desk.settings.count("cards.price", dt.date(2027, 1, 2)) == 500


def test_a_list_entry_ends_and_keeps_its_words(responsable_desk: Desk) -> None:
    desk = responsable_desk
    settings.put_entry(
        desk,
        settings.PutEntry(
            request_id="r1",
            list_name="languages",
            code="eng",
            label="anglais",
            since=dt.date(2000, 1, 1),
            until=dt.date(2026, 12, 1),
        ),
    )
    assert "eng" in {option.code for option in desk.settings.options("languages", dt.date(2026, 11, 30))}
    assert "eng" not in {option.code for option in desk.settings.options("languages", dt.date(2026, 12, 1))}
    assert desk.settings.label("languages", "eng") == "anglais"


@pytest.mark.parametrize(
    ("name", "code"), [(name, code) for name, codes in protection_lists.TIED.items() for code in sorted(codes)]
)
def test_an_entry_that_a_rule_reads_is_renamed_and_never_ends(responsable_desk: Desk, name: str, code: str) -> None:
    desk = responsable_desk
    put = settings.PutEntry(
        request_id="r1", list_name=name, code=code, label="autre mot", since=dt.date(2000, 1, 1), until=desk.today
    )
    with pytest.raises(RulesBroken, match=r"settings\.tied"):
        settings.put_entry(desk, put)
    settings.put_entry(desk, dataclasses.replace(put, request_id="r2", until=None))
    offered = {one.code: one.label for one in desk.settings.options(name, desk.today)}
    assert offered[code] == "autre mot"


def test_the_office_keeps_its_name(responsable_desk: Desk) -> None:
    desk = responsable_desk
    renamed = dataclasses.replace(desk.office, town="Sévaré")
    settings.change_office(desk, settings.ChangeOffice(request_id="r1", office=renamed))
    assert desk.office.town == "Sévaré"
    with pytest.raises(RulesBroken) as caught:
        settings.change_office(
            desk, settings.ChangeOffice(request_id="r2", office=dataclasses.replace(renamed, name=" ", town=""))
        )
    assert [violation.field for violation in caught.value.violations] == ["name", "town"]


def _price(since: dt.date, value: int, **over: object) -> settings.SetValue:
    return settings.SetValue(request_id=f"{since}{value}", key="cards.price", since=since, value=value, **over)  # type: ignore[arg-type]  # by name


def test_a_day_that_has_begun_is_never_rewritten_unasked(responsable_desk: Desk) -> None:
    desk = responsable_desk
    with pytest.raises(RulesBroken) as caught:
        settings.set_value(desk, _price(dt.date(2026, 1, 1), 400))
    assert caught.value.violations[0].code == "settings.past"
    settings.set_value(desk, _price(desk.today, 600))
    with pytest.raises(RulesBroken) as caught:
        settings.set_value(desk, _price(desk.today, 700))
    assert caught.value.violations[0].code == "settings.replaces"
    assert desk.settings.count("cards.price", desk.today) == 600
    settings.set_value(desk, _price(desk.today, 700, correct=True))
    settings.set_value(desk, _price(dt.date(2026, 1, 1), 400, correct=True))
    assert [one.value for one in settings.history_of(desk, "cards.price")] == [700, 400]


@pytest.mark.parametrize(
    ("key", "value"),
    [("cards.end_month", 13), ("cards.end_month", 0), ("members.majority", 17), ("lock.minutes", 0),
     ("members.membership_month", 13), ("members.membership_month", 0), ("expenses.advance_days", 366),
     ("dues.first_year", 2200), ("civil.exam_month", 13), ("civil.exam_day", 0)],
)  # fmt: skip
def test_a_number_that_would_make_no_sense_is_refused(responsable_desk: Desk, key: str, value: int) -> None:
    command = settings.SetValue(request_id="r", key=key, since=dt.date(2027, 1, 1), value=value)
    with pytest.raises(RulesBroken) as caught:
        settings.set_value(responsable_desk, command)
    assert caught.value.violations[0].code == "settings.between"


def _language(label: str, **over: object) -> settings.PutEntry:
    values: dict[str, object] = {"request_id": label, "list_name": "languages", "since": dt.date(2026, 11, 23)}
    return settings.PutEntry(**(values | {"label": label} | over))  # type: ignore[arg-type]  # by name


def test_a_new_entry_goes_to_the_end_under_a_code_of_its_own(responsable_desk: Desk) -> None:
    desk = responsable_desk
    settings.put_entry(desk, _language("  Khassonké  "))
    offered = desk.settings.options("languages", desk.today)
    assert (offered[-1].code, offered[-1].label) == ("khassonke", "Khassonké")
    with pytest.raises(RulesBroken) as caught:
        settings.put_entry(desk, _language("khassonke"))
    assert caught.value.violations[0].code == "settings.label_taken"
    settings.put_entry(desk, _language("Khasso", code="khassonke"))
    settings.put_entry(desk, _language("Khassonké"))
    codes = [one.code for one in desk.settings.options("languages", desk.today)]
    assert codes[-2:] == ["khassonke", "khassonke_2"]


def test_an_entry_typed_by_mistake_today_can_end_today(responsable_desk: Desk) -> None:
    desk = responsable_desk
    settings.put_entry(desk, _language("Erreur"))
    settings.put_entry(desk, _language("Erreur", request_id="end", code="erreur", until=desk.today))
    assert "erreur" not in {one.code for one in desk.settings.options("languages", desk.today)}
    settings.put_entry(desk, _language("Erreur", request_id="again", code="erreur"))
    assert "erreur" in {one.code for one in desk.settings.options("languages", desk.today)}


def _picture(path: Path, size: tuple[int, int], kind: str = "PNG") -> Path:
    Image.new("RGB", size, "#C2702A").save(path, kind)
    return path


def test_a_logo_is_made_fit_to_print(responsable_desk: Desk, tmp_path: Path) -> None:
    desk = responsable_desk
    logo = settings.read_logo(_picture(tmp_path / "logo.jpg", (3000, 1500), "JPEG"))
    with Image.open(io.BytesIO(logo)) as made:
        assert (made.format, made.size) == ("PNG", (900, 450))
    office = dataclasses.replace(desk.office, logo=logo, headings={"list": Heading.NONE})
    settings.change_office(desk, settings.ChangeOffice(request_id="r", office=office))
    assert desk.office.logo == logo
    assert desk.office.heading("list") is Heading.NONE
    with desk.read() as uow:
        said = uow.rows("SELECT details FROM audit_detail ORDER BY audit_id DESC LIMIT 1")[0][0]
    assert "heading.list" in said
    assert "autre logo" in said


def test_what_is_no_picture_is_refused(tmp_path: Path) -> None:
    text = tmp_path / "logo.png"
    text.write_bytes(b"\x89PNG\r\n\x1a\n not a picture")
    heavy = tmp_path / "heavy.png"
    heavy.write_bytes(bytes(2 * 1024 * 1024 + 1))
    wide = _picture(tmp_path / "wide.png", (9000, 9000))
    found = []
    for path in (text, heavy, wide, tmp_path / "absent.png"):
        with pytest.raises(RulesBroken) as caught:
            settings.read_logo(path)
        found.append(caught.value.violations[0].code)
    assert found == [
        "first_run.logo_not_image",
        "first_run.logo_too_large",
        "settings.logo_pixels",
        "settings.logo_unreadable",
    ]
