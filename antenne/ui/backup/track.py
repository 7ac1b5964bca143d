"""Where a backup stands: the state behind the bar and the list of steps. Knows no widget and no clock."""

from __future__ import annotations

from dataclasses import replace

from antenne.ui.kit.progress_panel import StepState, WorkStep
from antenne.wording import backup as words

STEPS = ("backup.copy", "backup.check", "backup.write", "backup.reread")
RESTORING = ("backup.restore", "backup.check")
_COUNTED = "backup.counted"


class Track:
    """Turns reports into the name over the bar and the lines under it."""

    def __init__(self, steps: tuple[str, ...] = STEPS) -> None:
        """Begin before the first of ``steps``."""
        self._steps = steps
        self._lines = {step: WorkStep(words.DONE[step]) for step in steps}
        self._current = ""
        self._began = 0.0
        self._total = 0

    @property
    def lines(self) -> tuple[WorkStep, ...]:
        """The list of steps as it stands."""
        return tuple(self._lines.values())

    @property
    def name(self) -> str:
        """« 4. Relecture de la clé… »."""
        if not self._current:
            return ""
        return f"{self._steps.index(self._current) + 1}. {words.STEPS[self._current]}"

    def report(self, step: str, done: int, total: int, now: float) -> bool:
        """Take one report.

        Args:
            step: Its code; an unknown one is left alone.
            done: Bytes.
            total: Bytes.
            now: Seconds that never go back.

        Returns:
            Whether a line changed.
        """
        before = self.lines
        if step == _COUNTED:
            members = words.counted(done, "adhésion", "adhésions")
            self._change("backup.check", text=f"{words.DONE['backup.check']}\u00a0: {members}")
        elif step in self._lines:
            if step != self._current:
                self._finish(now)
                self._current, self._began = step, now
            self._total = total
            share = 100 * done // total if total else 0
            self._change(step, state="now", result=f"{min(share, 100)}\u00a0%")
        return self.lines != before

    def end(self, now: float, *, well: bool) -> None:
        """The work is over; what was under way failed unless it ended well."""
        if well:
            self._finish(now)
        elif self._current:
            self._change(self._current, state="failed", result="")
        self._current = ""

    def _finish(self, now: float) -> None:
        if self._current:
            took = words.seconds(now - self._began)
            result = words.size(self._total) if self._current == "backup.copy" else took
            self._change(self._current, state="done", result=result)

    def _change(
        self, step: str, *, state: StepState | None = None, result: str | None = None, text: str | None = None
    ) -> None:
        line = self._lines[step]
        self._lines[step] = replace(
            line,
            state=line.state if state is None else state,
            result=line.result if result is None else result,
            text=line.text if text is None else text,
        )
