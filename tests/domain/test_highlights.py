"""Bold is what was typed."""

from __future__ import annotations

import pytest

from antenne.domain.highlights import Marker


@pytest.mark.parametrize(
    ("shown", "typed", "bold"),
    [
        ("KONÉ Fatoumata", "kone fat", ["KONÉ", "Fat"]),
        ("KONÉ Fatoumata", "fat kone", ["KONÉ", "Fat"]),
        ("KONÉ Fatoumata", "fanta", ["Fatoumata"]),
        ("COULIBALY Awa", "koulibali", ["COULIBALY"]),
        ("COULIBALY Fatou, dite « Koné »", "kon", ["Kon"]),
        ("N’DIAYE Œil", "ndi", []),
        ("Œil", "oe", ["Œ"]),
        ("M-00931 · Sévaré", "m-931", ["M-00931"]),
        ("Koné dite Koné", "kone", ["Koné", "Koné"]),
        ("KONÉ Fatoumata", "", []),
        ("KONÉ Fatoumata", "zz", []),
    ],
)
def test_spans(shown: str, typed: str, bold: list[str]) -> None:
    assert [shown[start:end] for start, end in Marker(typed).spans(shown)] == bold
