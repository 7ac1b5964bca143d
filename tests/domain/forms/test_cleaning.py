"""Answers as they are kept."""

from __future__ import annotations

from antenne.domain.forms.cleaning import cleaned
from antenne.domain.forms.incident import INCIDENT, SAFETY_PLAN


def test_texts_notes_choices_and_rows() -> None:
    kept = cleaned(
        INCIDENT,
        {
            "commune": "  Sévaré ",
            "account": "un\ndeux",
            "marital": "  ",
            "perpetrator_relations": ["client", "inconnu"],
            "referrals": ({"service": "health", "answer": "here", "structure": " "}, {"service": None}),
            "displaced": False,
        },
    )
    assert kept["commune"] == "Sévaré"
    assert kept["account"] == "un\ndeux"
    assert kept["marital"] is None
    assert kept["displaced"] is False
    assert kept["perpetrator_relations"] == ("client", "inconnu")
    assert [row["structure"] for row in kept["referrals"]] == [None]
    assert set(cleaned(SAFETY_PLAN, {})) == {field.key for field in SAFETY_PLAN.fields}
