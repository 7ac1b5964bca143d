"""Start → login usable ÷ a bare PySide6 window, processes started afresh in turn."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from benchmarks import common

ROUNDS = 11
BARE = """
import sys, time
start = time.perf_counter()
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
app = QApplication(sys.argv[:1])
window = QWidget()
box = QVBoxLayout(window)
box.addWidget(QLineEdit())
window.resize(1366, 768)
window.show()
QTimer.singleShot(0, app.quit)
app.exec()
"""
LOGIN = """
import sys
from pathlib import Path
from antenne import app as program
from antenne.ui.shell.login import LoginWindow
application = program.make_application()
window = LoginWindow(Path(sys.argv[1]), lambda phrase, label: None, lambda opened: None, modules=())
window.ready.connect(application.quit)
window.show()
application.exec()
"""


def run(code: str, *arguments: str) -> float:
    environment = dict(os.environ, PYTHONPATH=str(Path(__file__).parent.parent))
    if "DISPLAY" not in environment:
        environment["QT_QPA_PLATFORM"] = "offscreen"
    command = [sys.executable, "-c", code, *arguments]
    return common.timed(lambda: subprocess.run(command, env=environment, check=True, timeout=60))


def main() -> None:
    with common.scratch() as folder:
        place = str(common.demo_office(folder))
        run(BARE), run(LOGIN, place)
        bare, login = [], []
        for _ in range(ROUNDS):
            bare.append(run(BARE))
            login.append(run(LOGIN, place))
    ratio = common.median(login) / common.median(bare)
    details = f"{1000 * common.median(login):.0f} ms ÷ {1000 * common.median(bare):.0f} ms"
    common.report("démarrage → connexion prête ÷ fenêtre PySide6 nue", ratio, "≤ 1,3", details)


if __name__ == "__main__":
    main()
