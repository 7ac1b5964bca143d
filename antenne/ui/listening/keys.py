"""The area's key, its name, and what its padlock says."""

from __future__ import annotations

from typing import Final

KEY: Final = "listening"
ASK: Final = "ask-"
"""Before the key of a short form, where a place of a record's page is one: ``<id>/ask-incident_outcome``."""
TITLE: Final = "Écoutes & protection"
RESERVED: Final = "Réservé aux écoutantes et à la responsable."
"""What the padlock says, the same for every person."""
