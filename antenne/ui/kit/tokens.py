"""Every colour, size and radius of the screen; nothing else names one.

Colours are ``#RRGGBB``; lengths are logical pixels unless the name says points.
Each ink stands on its grounds with a contrast of at least 4.5 : 1 (``TEXT_PAIRS``, computed by a test).
``ACCENT`` marks steps and the focus of the day; it never colours text.
"""

from __future__ import annotations

from typing import Final

GROUND: Final = "#FAF7F2"
PAPER: Final = "#FFFFFF"
LINE: Final = "#E2DBD0"
CONTROL_LINE: Final = "#CBC3B6"
FOOT: Final = "#EFEAE1"
CLOSED_GROUND: Final = "#F4EFE7"
INK: Final = "#1F2A30"
MUTED: Final = "#5C686F"

PRIMARY: Final = "#0E5A5E"
PRIMARY_DARK: Final = "#0A4649"
PRIMARY_TINT: Final = "#E3EFEE"
SIDEBAR: Final = "#12363A"
SIDEBAR_ACTIVE: Final = "#1F5C5F"
SIDEBAR_HOVER: Final = "#1A474B"
SIDEBAR_INK: Final = "#E9F1F0"
SIDEBAR_MUTED: Final = "#BBD1D0"
ACCENT: Final = "#C2702A"

DANGER: Final = "#A8321F"
DANGER_DARK: Final = "#8A2817"
DANGER_TINT: Final = "#F9E2DD"
WARNING: Final = "#855C00"
WARNING_TINT: Final = "#FBEFD5"
GOOD: Final = "#2F7A3E"
GOOD_TINT: Final = "#E4F1E6"
NEUTRAL: Final = "#4F595F"
NEUTRAL_TINT: Final = "#ECE6DB"

SPACE: Final = 4
RADIUS: Final = 7
CARD_RADIUS: Final = 10
CONTROL_HEIGHT: Final = 36
ROW_HEIGHT: Final = 35
TALL_ROW_HEIGHT: Final = 53
SIDEBAR_WIDTH: Final = 204
SIDEBAR_NARROW: Final = 60
NARROW_BELOW: Final = 1000
TOP_BAR_HEIGHT: Final = 54
FOOT_HEIGHT: Final = 28
ICON_SIZE: Final = 18

FONT_FAMILY: Final = "Noto Sans"
FONT_POINT: Final = 10.5
SMALL_POINT: Final = 9.5
HINT_POINT: Final = 9.0
HEADING_POINT: Final = 11.5
TITLE_POINT: Final = 16
FIGURE_POINT: Final = 20

TONES: Final = {
    "good": (GOOD, GOOD_TINT),
    "warning": (WARNING, WARNING_TINT),
    "danger": (DANGER, DANGER_TINT),
    "info": (PRIMARY, PRIMARY_TINT),
    "neutral": (NEUTRAL, NEUTRAL_TINT),
}
"""Tone of a pill or a band: ink and tint."""

TEXT_PAIRS: Final = (
    *((INK, ground) for ground in (GROUND, PAPER, FOOT, CLOSED_GROUND, PRIMARY_TINT, NEUTRAL_TINT)),
    *((INK, tint) for tint in (DANGER_TINT, WARNING_TINT, GOOD_TINT)),
    *((MUTED, ground) for ground in (GROUND, PAPER, FOOT, CLOSED_GROUND, PRIMARY_TINT)),
    *((PRIMARY, ground) for ground in (GROUND, PAPER, PRIMARY_TINT)),
    *((DANGER, ground) for ground in (GROUND, PAPER, DANGER_TINT, PRIMARY_TINT)),
    *((WARNING, ground) for ground in (GROUND, PAPER, WARNING_TINT, PRIMARY_TINT)),
    *((GOOD, ground) for ground in (GROUND, PAPER, GOOD_TINT)),
    (NEUTRAL, NEUTRAL_TINT),
    *((PAPER, ground) for ground in (PRIMARY, PRIMARY_DARK, DANGER, DANGER_DARK, SIDEBAR_ACTIVE)),
    *((SIDEBAR_INK, ground) for ground in (SIDEBAR, SIDEBAR_ACTIVE, SIDEBAR_HOVER)),
    *((SIDEBAR_MUTED, ground) for ground in (SIDEBAR, SIDEBAR_ACTIVE, SIDEBAR_HOVER)),
)
"""Every (ink, ground) pair of the screen."""
