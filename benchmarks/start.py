"""Start → login usable ÷ a bare PySide6 window, processes started afresh in turn.

Usable: painted once, the labels there, the field takes keys: this is what is compared. Read: the key file was checked
behind, in a thread, while she types already.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from benchmarks import common

ROUNDS = 11
BARE = """
import os, sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
class Window(QWidget):
    def paintEvent(self, event):
        super().paintEvent(event)
        QTimer.singleShot(0, lambda: os._exit(0))
app = QApplication(sys.argv[:1])
window = Window()
box = QVBoxLayout(window)
box.addWidget(QLineEdit())
window.resize(1366, 768)
window.show()
app.exec()
"""
LOGIN = """
import os, sys
from pathlib import Path
from antenne import app as program
from antenne.ui.shell.login import LoginWindow
application = program.make_application()
window = LoginWindow(Path(sys.argv[1]), lambda phrase, label: None, lambda opened: None, modules=())
getattr(window, sys.argv[2]).connect(lambda *_: os._exit(0))
window.show()
application.exec()
"""


def run(code: str, *arguments: str) -> float:
    """Seconds from the start of a process to the instant it ends itself: after its first paint, or when asked."""
    environment = dict(os.environ, PYTHONPATH=str(Path(__file__).parent.parent))
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    if "DISPLAY" not in environment:
        environment["QT_QPA_PLATFORM"] = "offscreen"
    command = [sys.executable, "-c", code, *arguments]

    def once() -> None:
        if subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL).wait():
            raise RuntimeError("the window did not come up")

    return common.timed(once)


def main() -> None:
    with common.scratch() as folder:
        place = str(common.demo_office(folder))
        run(BARE), run(LOGIN, place, "ready")
        bare, usable, ready = [], [], []
        for _ in range(ROUNDS):
            bare.append(run(BARE))
            usable.append(run(LOGIN, place, "usable"))
            ready.append(run(LOGIN, place, "ready"))
    for name, taken, limit in (
        ("démarrage → connexion utilisable ÷ fenêtre PySide6 nue", usable, "≤ 1,3"),
        ("démarrage → porte lue, derrière ÷ fenêtre PySide6 nue", ready, "—"),
    ):
        ratio = common.median(taken) / common.median(bare)
        details = f"{1000 * common.median(taken):.0f} ms ÷ {1000 * common.median(bare):.0f} ms"
        common.report(name, ratio, limit, details)


if __name__ == "__main__":
    main()
