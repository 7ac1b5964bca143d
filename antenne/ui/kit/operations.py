"""The one way to work off the screen's thread: two lanes, results handed back on the GUI thread.

A widget asks ``operations.run(SHORT, members.search, desk, query, owner=self, done=self.show_results)`` and goes on.
The lane's own thread does the work; the result comes back through a slot method of a QObject of the GUI thread
(a signal connected to a lambda or to a plain object would run in the worker), and is dropped when ``owner`` is gone.
Errors come back by family: broken rules, forbidden, a problem of the machine, a bug.
"""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final, Literal, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal, Slot

from antenne.base.problems import Problem
from antenne.base.progress import Stopped
from antenne.domain.violations import Forbidden, RulesBroken, Violation

LaneName = Literal["short", "long"]
SHORT: Final = "short"
"""Search, reads, saves: a person waits for it."""
LONG: Final = "long"
"""Backup, import, report, rendering, a thousand cards."""

_REPORT_EVERY: Final = 0.05
"""Seconds between two reports of progress of one step; more would only flood the event queue."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Callbacks:
    """Who is told what."""

    owner: QObject
    done: Callable[[Any], None]
    broken: Callable[[tuple[Violation, ...]], None] | None
    problem: Callable[[Problem], None] | None
    progress: Callable[[str, int, int], None] | None
    stopped: Callable[[], None] | None
    failed: Callable[[], None] | None


@dataclass(eq=False)
class Ticket:
    """A run in progress: how the one who asked stops it, or lets it go."""

    callbacks: _Callbacks
    key: tuple[int, str] | None
    stopping: threading.Event = field(default_factory=threading.Event)
    superseded: bool = False
    finished: bool = False

    def stop(self) -> None:
        """Ask the work to stop where it is safe; ``stopped`` is called when it has."""
        self.stopping.set()


@dataclass(frozen=True, slots=True)
class _Job:
    """What waits in a lane."""

    ticket: Ticket
    work: Callable[..., Any]
    args: tuple[Any, ...]
    with_progress: bool


@dataclass(frozen=True, slots=True)
class _Message:
    """What a lane sends to the GUI thread: exactly one of the three is set, or ``stopped``."""

    ticket: Ticket
    value: Any = None
    error: BaseException | None = None
    report: tuple[str, int, int] | None = None


class _LaneProgress:
    """The progress a service receives; called in the lane's thread."""

    def __init__(self, ticket: Ticket, send: Callable[[_Message], None]) -> None:
        self._ticket = ticket
        self._send = send
        self._step = ""
        self._next = 0.0

    def report(self, step: str, done: int, total: int) -> None:
        """Pass on a report: each new step and each end, and the rest at most twenty times a second."""
        now = time.monotonic()
        if step == self._step and done < total and now < self._next:
            return
        self._step = step
        self._next = now + _REPORT_EVERY
        self._send(_Message(self._ticket, report=(step, done, total)))

    def check(self) -> None:
        """Raise :class:`Stopped` once the user asked to stop."""
        if self._ticket.stopping.is_set():
            raise Stopped


class Lane:
    """One worker thread that does its jobs one after the other."""

    def __init__(self, name: LaneName) -> None:
        """Prepare the lane; its thread starts with the first job."""
        self.name = name
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None
        self._send: Callable[[_Message], None] | None = None

    def start(self, send: Callable[[_Message], None]) -> None:
        """Say where results go; called once by :class:`Operations`."""
        self._send = send

    def put(self, job: _Job) -> None:
        """Queue a job, starting the thread if this is the first."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._loop, name=f"lane-{self.name}", daemon=True)
            self._thread.start()
        self._jobs.put(job)

    def end(self) -> None:
        """Let the thread finish what is queued and end."""
        if self._thread is not None:
            self._jobs.put(None)

    def join(self, timeout: float) -> bool:
        """Wait at most ``timeout`` seconds for the thread; True when it has ended."""
        if self._thread is None:
            return True
        self._thread.join(timeout)
        return not self._thread.is_alive()

    def _loop(self) -> None:
        while (job := self._jobs.get()) is not None:
            self._do(job)
            del job  # or the last job's widgets would live until the next one

    def _do(self, job: _Job) -> None:
        assert self._send is not None
        ticket = job.ticket
        if ticket.superseded or ticket.stopping.is_set():
            self._send(_Message(ticket, error=Stopped()))
            return
        try:
            extra = {"progress": _LaneProgress(ticket, self._send)} if job.with_progress else {}
            value = job.work(*job.args, **extra)
        except BaseException as error:  # noqa: BLE001 - every failure is handed to the GUI thread, which sorts it
            self._send(_Message(ticket, error=error))
        else:
            self._send(_Message(ticket, value=value))


class Operations(QObject):
    """Runs work on the lanes and hands results back on the GUI thread. Lives on the GUI thread."""

    _sent = Signal(object)
    busy_changed = Signal(bool)
    """True when a first run starts, False when the last has ended."""

    def __init__(
        self,
        short: Lane,
        long: Lane,
        on_problem: Callable[[Exception], None],
        on_bug: Callable[[BaseException], None],
        parent: QObject | None = None,
    ) -> None:
        """Take the lanes and the two last resorts.

        Args:
            short: Lane of what a person waits for.
            long: Lane of what takes its time.
            on_problem: Shows a sentence: a ``Problem`` nobody else takes, a ``Forbidden``, or ``RulesBroken`` whose
                screen is gone or takes none, so that a save never fails in silence.
            on_bug: Receives anything else.
            parent: Qt parent.
        """
        super().__init__(parent)
        self._lanes: dict[str, Lane] = {SHORT: short, LONG: long}
        self._on_problem = on_problem
        self._on_bug = on_bug
        self._pending: set[Ticket] = set()
        self._latest: dict[tuple[int, str], Ticket] = {}
        self._closed = False
        self._sent.connect(self._receive, Qt.ConnectionType.QueuedConnection)
        for lane in self._lanes.values():
            lane.start(self._sent.emit)

    def run(
        self,
        lane: LaneName,
        work: Callable[..., T],
        *args: Any,
        owner: QObject,
        done: Callable[[T], None],
        broken: Callable[[tuple[Violation, ...]], None] | None = None,
        problem: Callable[[Problem], None] | None = None,
        progress: Callable[[str, int, int], None] | None = None,
        stopped: Callable[[], None] | None = None,
        failed: Callable[[], None] | None = None,
        with_progress: bool = False,
        latest: bool = False,
        key: str = "",
    ) -> Ticket:
        """Run ``work(*args)`` on a lane and call back on the GUI thread.

        Args:
            lane: ``SHORT`` or ``LONG``.
            work: A service, called in the lane's thread; it must not touch a widget.
            *args: Its arguments, the desk first.
            owner: The widget that asks; its callbacks are dropped once it is destroyed.
            done: Takes the result.
            broken: Takes the violations of a ``RulesBroken``; ``on_problem`` otherwise.
            problem: Takes a ``Problem``; ``on_problem`` otherwise.
            progress: Takes step code, done, total.
            stopped: Called when the work stopped because it was asked to (not when superseded).
            failed: Called when a last resort was told instead of ``owner`` (a bug, a refusal that nobody here takes):
                whoever shows a bar or holds a button back lets go.
            with_progress: Pass ``progress=`` (:class:`antenne.base.progress.Progress`) to ``work``.
            latest: A newer run of the same owner and key supersedes this one: skipped if it has not begun, dropped if
                it has. For reads per keystroke, never for a save.
            key: What ``latest`` compares; the name of ``work`` by default.
        """
        spot = (id(owner), key or getattr(work, "__qualname__", repr(work))) if latest else None
        ticket = Ticket(_Callbacks(owner, done, broken, problem, progress, stopped, failed), spot)
        if self._closed:
            ticket.finished = True
            return ticket
        if spot is not None:
            if (older := self._latest.get(spot)) is not None:
                older.superseded = True
                older.stop()
            self._latest[spot] = ticket
        self._pending.add(ticket)
        if len(self._pending) == 1:
            self.busy_changed.emit(True)
        self._lanes[lane].put(_Job(ticket, work, args, with_progress or progress is not None))
        return ticket

    def report_to(self, on_problem: Callable[[Exception], None], on_bug: Callable[[BaseException], None]) -> None:
        """Change the two last resorts: the window that shows sentences is made after the lanes."""
        self._on_problem = on_problem
        self._on_bug = on_bug

    def say_problem(self, error: Exception) -> None:
        """Hand a problem to the window, as if nobody had taken it."""
        self._on_problem(error)

    def idle(self) -> bool:
        """True when nothing runs and every result has been handed over."""
        return not self._pending

    def shutdown(self, timeout: float) -> bool:
        """Stop everything; results are dropped from now on.

        Args:
            timeout: Seconds to wait for both lanes together.

        Returns:
            True when both threads have ended; a work that never checks for a stop leaves its daemon thread behind.
        """
        self._closed = True
        for ticket in self._pending:
            ticket.stop()
        limit = time.monotonic() + timeout
        for lane in self._lanes.values():
            lane.end()
        ended = [lane.join(max(limit - time.monotonic(), 0.0)) for lane in self._lanes.values()]
        self._pending.clear()
        self._latest.clear()
        return all(ended)

    @Slot(object)
    def _receive(self, message: _Message) -> None:
        """Take one message on the GUI thread."""
        ticket = message.ticket
        if self._closed:
            return
        alive = shiboken6.isValid(ticket.callbacks.owner) and not ticket.superseded
        if message.report is not None:
            if alive and (tell := ticket.callbacks.progress) is not None:
                tell(*message.report)
            return
        self._close(ticket)
        if message.error is not None:
            self._sort(ticket, message.error, alive=alive)
        elif alive:
            ticket.callbacks.done(message.value)

    def _close(self, ticket: Ticket) -> None:
        ticket.finished = True
        self._pending.discard(ticket)
        if ticket.key is not None and self._latest.get(ticket.key) is ticket:
            del self._latest[ticket.key]
        if not self._pending:
            self.busy_changed.emit(False)

    def _sort(self, ticket: Ticket, error: BaseException, *, alive: bool) -> None:
        """Hand an error to who can act on it."""
        calls = ticket.callbacks
        if isinstance(error, Stopped):
            if alive and calls.stopped is not None:
                calls.stopped()
        elif isinstance(error, RulesBroken) and alive and calls.broken is not None:
            calls.broken(error.violations)
        elif isinstance(error, Problem) and alive and calls.problem is not None:
            calls.problem(error)
        elif isinstance(error, Problem | Forbidden | RulesBroken):
            if alive or ticket.key is None:
                self._on_problem(error)
            self._let_go(calls, alive=alive)
        else:
            self._on_bug(error)
            self._let_go(calls, alive=alive)

    @staticmethod
    def _let_go(calls: _Callbacks, *, alive: bool) -> None:
        if alive and calls.failed is not None:
            calls.failed()
