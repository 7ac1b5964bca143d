"""Where windows can be shown, asked before Qt is loaded: without a screen Qt ends the process without a word."""

from __future__ import annotations

import os
import sys

from antenne.base.problems import Problem

_PLATFORM = "QT_QPA_PLATFORM"


def has_display() -> bool:
    """Whether a window can be shown: always but on a Linux without any screen, unless a Qt platform was chosen."""
    if not sys.platform.startswith("linux"):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", _PLATFORM))


def need_display() -> None:
    """Before a window is opened.

    Raises:
        Problem: ``cli.no_display``.
    """
    if not has_display():
        raise Problem("cli.no_display")


def draw_anywhere() -> None:
    """Before something is drawn into files: without a screen, Qt draws into memory."""
    if not has_display():
        os.environ[_PLATFORM] = "offscreen"
