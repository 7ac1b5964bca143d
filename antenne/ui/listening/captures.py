"""The places of this area that ``captures`` draws from the demonstration office."""

from __future__ import annotations

from antenne.ui.kit.area import Capture, PaperCapture

CAPTURES: tuple[Capture, ...] = ()
PAPERS: tuple[PaperCapture, ...] = ()
