"""Every broken rule at once; what is hidden is not asked."""

from __future__ import annotations

import datetime as dt

import pytest

from antenne.domain.births import Birth, Precision
from antenne.domain.forms.model import Answers, Field, Form, Kind, Section, Tense
from antenne.domain.forms.validate import answered, asked_answers, validate
from antenne.domain.violations import Violation

TODAY = dt.date(2026, 11, 23)


def form(*fields: Field, **others: object) -> Form:
    return Form(key="f", version=1, title="F", sections=(Section(key="s", title="S", fields=fields),), **others)  # type: ignore[arg-type]  # only checks are passed


def codes(made: Form, **answers: object) -> list[tuple[str, str | None]]:
    return [(one.code, one.field) for one in validate(made, answers, TODAY)]


def one(kind: Kind, **settings: object) -> Form:
    return form(Field(key="it", label="Cela", kind=kind, **settings))  # type: ignore[arg-type]  # names are Field's


@pytest.mark.parametrize("nothing", [None, "", "  \u00a0", (), ({},), ({"a": None, "b": " "},), []])
def test_no_answer(nothing: object) -> None:
    assert not answered(nothing)
    assert codes(one(Kind.TEXT, required=True), it=nothing) == [("form.required", "it")]
    assert codes(one(Kind.TEXT), it=nothing) == []


@pytest.mark.parametrize("something", [0, False, "0", ("a",), ({"a": 0},), dt.date(2026, 1, 1)])
def test_an_answer(something: object) -> None:
    assert answered(something)


@pytest.mark.parametrize(
    ("made", "value", "code"),
    [
        (one(Kind.TEXT), "é" * 500, "form.too_long"),
        (one(Kind.TEXT), "Awa \U0001f600", "text.picture"),
        (one(Kind.NOTE), "\u202eAwa", "text.direction"),
        (one(Kind.MONEY), -1, "form.too_low"),
        (one(Kind.MONEY), 10**12 + 1, "form.too_high"),
        (one(Kind.COUNT, highest=20), 21, "form.too_high"),
        (one(Kind.COUNT, lowest=1), 0, "form.too_low"),
        (one(Kind.DATE), dt.date(2026, 11, 24), "date.future"),
        (one(Kind.DATE), dt.date(1899, 12, 31), "date.too_old"),
        (one(Kind.DATE, tense=Tense.FUTURE), dt.date(2200, 1, 1), "date.too_far"),
        (one(Kind.MOMENT), dt.datetime(2026, 11, 24, tzinfo=dt.UTC), "date.future"),
        (one(Kind.BIRTH), Birth(Precision.DAY, dt.date(2027, 1, 1)), "birth.future"),
        (one(Kind.BIRTH), Birth(Precision.YEAR, dt.date(1899, 1, 1)), "birth.too_old"),
        (one(Kind.BIRTH), Birth(Precision.EVENT, event="crue \U0001f30a"), "text.picture"),
    ],
)
def test_each_kind_has_its_bounds(made: Form, value: object, code: str) -> None:
    assert codes(made, it=value) == [(code, "it")]


@pytest.mark.parametrize(
    ("made", "value"),
    [
        (one(Kind.TEXT), "Koné"),
        (one(Kind.COUNT, lowest=1, highest=20), 20),
        (one(Kind.YES_NO, required=True), False),
        (one(Kind.DATE, tense=Tense.FUTURE), dt.date(2027, 1, 1)),
        (one(Kind.DATE), TODAY),
        (one(Kind.BIRTH), Birth(Precision.DAY, dt.date(1994, 3, 12))),
        (one(Kind.CHOICES), ("a", "b")),
    ],
)
def test_good_answers_pass(made: Form, value: object) -> None:
    assert codes(made, it=value) == []


def is_yes(key: str) -> object:
    return lambda answers: answers[key] is True


def test_hidden_fields_are_skipped_and_hide_others() -> None:
    made = form(
        Field(key="from", label="D’où", kind=Kind.TEXT, required=True, shown_if=lambda a: a["moved"] is True),
        Field(key="moved", label="Déplacée", kind=Kind.YES_NO, shown_if=lambda a: a["asked"] is True),
        Field(key="asked", label="Demandé", kind=Kind.YES_NO),
    )
    assert codes(made, asked=True, moved=True) == [("form.required", "from")]
    assert codes(made, asked=False, moved=True) == []
    assert asked_answers(made, {"moved": True, "from": "Gao"}) == {"from": None, "moved": None, "asked": None}


def test_required_if_and_checks_between_fields() -> None:
    def order(answers: Answers) -> tuple[Violation, ...]:
        start, end = answers["start"], answers["end"]
        if isinstance(start, dt.date) and isinstance(end, dt.date) and end < start:
            return (Violation("period.order", "end"),)
        return ()

    made = form(
        Field(key="start", label="Début", kind=Kind.DATE),
        Field(key="end", label="Fin", kind=Kind.DATE, required_if=lambda answers: answers["start"] is not None),
        checks=(order,),
    )
    assert codes(made) == []
    assert codes(made, start=dt.date(2026, 1, 2)) == [("form.required", "end")]
    assert codes(made, start=dt.date(2026, 1, 2), end=dt.date(2026, 1, 1)) == [("period.order", "end")]


def test_errors_of_rows_name_their_cell() -> None:
    made = form(
        Field(key="who", label="Qui", kind=Kind.TEXT),
        Field(
            key="rows",
            label="Téléphones",
            kind=Kind.ROWS,
            columns=(
                Field(key="phone", label="Numéro", kind=Kind.PHONE, required=True),
                Field(key="owner", label="À qui", kind=Kind.TEXT, max_length=5, shown_if=lambda a: a["who"] == "Awa"),
            ),
        ),
    )
    rows: tuple[dict[str, str | None], ...] = (
        {"phone": "+22376123456", "owner": "sa sœur"},
        {},
        {"owner": "elle", "phone": None},
    )
    assert codes(made, who="Awa", rows=rows) == [("form.too_long", "rows[0].owner"), ("form.required", "rows[2].phone")]
    assert codes(made, who="Binta", rows=rows) == [("form.required", "rows[2].phone")]
    with pytest.raises(TypeError):
        codes(made, rows=("text",))
