"""Peak memory of a fresh process on 50,000 persons: phrase, opening, main window, list, searches, scrolling.

Read from the system: ``VmHWM`` on Linux, the peak working set on Windows.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from benchmarks import big, common

WORK = """
import sys
from pathlib import Path
from PySide6.QtCore import QEventLoop, QTimer
from antenne import app as program
from antenne.base.clock import SystemClock
from antenne.domain.board import Target
from benchmarks.peak import peak

def rest(milliseconds):
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()

application = program.make_application()
makers, clock, folder = program.Makers(), SystemClock(), Path(sys.argv[1])
from antenne.services import access
bare = peak()
unlocked = access.unlock(folder, sys.argv[2], sys.argv[3])
unlocking = peak()
desk = makers.desk(folder, unlocked, clock)
opening = peak()
operations = makers.operations()
window = makers.window(desk, operations, clock, lambda: None)
window.show()
rest(500)
window.open(Target("members"))
rest(1500)
from antenne.ui.members.list_panel import ListPanel
panel = window.findChild(ListPanel)
assert panel.model.total == int(sys.argv[4]), panel.model.total
for text in ("fat", "fatoumata", "kone m", "P-0004", "76 12", "zzq", ""):
    panel.search.setText(text)
    rest(200)
bar = panel.list.verticalScrollBar()
for step in range(120):
    bar.setValue(bar.maximum() * step // 120)
    rest(20)
rest(500)
print(bare, unlocking, opening, peak())
operations.shutdown(3)
desk.close()
"""


def main() -> None:
    environment = dict(os.environ, PYTHONPATH=str(Path(__file__).parent.parent))
    if "DISPLAY" not in environment and sys.platform.startswith("linux"):
        environment["QT_QPA_PLATFORM"] = "offscreen"
    with common.scratch() as folder:
        place = big.build(folder / "big")
        command = [sys.executable, "-c", WORK, str(place), big.PHRASE, big.LABEL, str(big.COUNT)]
        done = subprocess.run(command, env=environment, check=True, timeout=120, stdout=subprocess.PIPE, text=True)
    bare, unlocking, opening, whole = (float(part) for part in done.stdout.split())
    details = f"Mo ; programme {bare:.0f}, phrase ouverte {unlocking:.0f}, bureau ouvert {opening:.0f}"
    common.report("mémoire au plus, 50 000 personnes, phrase comprise", whole, "< 250 Mo", details)


if __name__ == "__main__":
    main()
