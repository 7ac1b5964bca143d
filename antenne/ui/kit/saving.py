"""« Enregistrer » of any form: said what does not fit, sent once, answered once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QPushButton, QWidget

from antenne.domain.violations import Violation
from antenne.ui.kit.area import Context
from antenne.ui.kit.form_view import FormView
from antenne.ui.kit.operations import SHORT

Answers = dict[str, object]


class Saving(QObject):
    """Sends the answers of a form to a service; while one save runs there is no other."""

    def __init__(
        self,
        context: Context,
        button: QPushButton,
        owner: QWidget,
        *,
        done: Callable[[Any], None],
        refused: Callable[[tuple[Violation, ...]], None] | None = None,
    ) -> None:
        """Hold back ``button`` while a save runs.

        Args:
            context: Where the lanes and the desk are.
            button: « Enregistrer ».
            owner: The page; an answer for a page that is gone is dropped.
            done: Takes what the service gave.
            refused: Takes the rules broken; by default each is shown in the form.
        """
        super().__init__(owner)
        self._context = context
        self._button = button
        self._done = done
        self._refused = refused
        self._view: FormView | None = None
        self._running = False

    def send(self, view: FormView, work: Callable[..., Any], command: Callable[[Answers], object]) -> None:
        """Say everything that does not fit, or run ``work(desk, command(answers))`` on the short lane."""
        if self._running:
            return
        broken = view.validate()
        if broken:
            view.show(broken)
            return
        self._view = view
        self._hold(running=True)
        self._context.operations.run(
            SHORT,
            work,
            self._context.desk,
            command(view.answers()),
            owner=self,
            done=self._answered,
            broken=self._broken,
            problem=self._failed,
            failed=self._let_go,
        )

    def _answered(self, value: Any) -> None:
        self._hold(running=False)
        self._done(value)

    def _broken(self, broken: tuple[Violation, ...]) -> None:
        self._hold(running=False)
        if self._refused is not None:
            self._refused(broken)
        elif self._view is not None:
            self._view.show(broken)

    def _failed(self, problem: Exception) -> None:
        self._hold(running=False)
        self._context.operations.say_problem(problem)

    def _let_go(self) -> None:
        self._hold(running=False)

    def _hold(self, *, running: bool) -> None:
        self._running = running
        self._button.setEnabled(not running)
