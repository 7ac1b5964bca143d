"""What is done with the fees on the page of a file: paid by the project, taken off, collected."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from antenne.domain.board import Target
from antenne.domain.civil import CivilFee, Payer
from antenne.domain.rights import Right
from antenne.services import expenses_reading
from antenne.ui.civil import asks_fees
from antenne.ui.civil.asks import Ask
from antenne.ui.civil.file_host import FileHost
from antenne.ui.kit.area import Context
from antenne.ui.kit.operations import SHORT


class FeeActs(QObject):
    """Acts on the fees of the file that a page shows."""

    def __init__(self, context: Context, owner: QWidget, page: FileHost) -> None:
        """Act for ``page``, which lives in ``owner``."""
        super().__init__(owner)
        self._context = context
        self._owner = owner
        self._page = page

    def open(self, fee_id: int) -> None:
        """A fee that is paid says by what; one of the project is paid; any other may be taken off."""
        view = self._page.view
        fee = None if view is None else next((one for one in view.page.fees if one.id == fee_id), None)
        if view is None or fee is None:
            return
        if view.paid.get(fee.id):
            self._context.notify(f"{fee.label}\u00a0: payé, {view.paid[fee.id]}.", "info")
        elif fee.payer is Payer.PROJECT and self._context.desk.may(Right.CASH_OUT):
            self._pay(fee)
        else:
            self._page.ask_for(lambda shown: asks_fees.cancel_ask(shown, fee))

    def _pay(self, fee: CivilFee) -> None:
        def show(offered: expenses_reading.Offered) -> None:
            self._page.ask_for(lambda view: _with_cancel(asks_fees.pay_ask(view, fee, offered), cancel))

        cancel = partial(self._page.ask_for, lambda view: asks_fees.cancel_ask(view, fee))
        self._context.operations.run(
            SHORT, expenses_reading.read_offered, self._context.desk, owner=self._owner, done=show
        )

    def collect(self) -> None:
        """« Encaisser », for the woman who asked."""
        view = self._page.view
        if view is not None:
            self._context.navigator.open(Target("cashbook", view.page.file.requester_id, action="collect"))


def _with_cancel(ask: Ask, cancel: Callable[[], object]) -> Ask:
    return replace(ask, extras=(("Retirer du dossier…", cancel),))
