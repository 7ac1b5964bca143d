"""The area's key, its name, and what its padlock says."""

from __future__ import annotations

from typing import Final

KEY: Final = "listening"
TITLE: Final = "Écoutes & protection"
RESERVED: Final = "Réservé aux écoutantes et à la responsable."
"""What the padlock says, the same for every person."""
