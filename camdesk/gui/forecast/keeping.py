"""Calls that are shown already and still being kept in the background."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from camdesk.gui.context import Context
from camdesk.gui.jobs import Failure

if TYPE_CHECKING:
    from camdesk.desk.desk import Desk


class Keeping(QObject):
    """Keeps calls one after the other; an amount of None takes the call away.

    `failed` carries a partner, the amount that was not kept, and why.
    """

    failed = Signal(str, object, object)

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._calls: dict[str, _Call] = {}

    def amounts(self) -> dict[str, int | None]:
        """Return what is called and not read back yet, by partner."""
        return {key: call.amount for key, call in self._calls.items()}

    def keep(self, partner_id: str, amount: int | None) -> None:
        call = _Call(partner_id, amount, self)
        self._calls[partner_id] = call
        work = partial(_keep, partner_id=partner_id, amount=amount)
        self._context.deeds.do(work, then=call.take, failed=call.fail)

    def have_read(self) -> None:
        """Forget what is kept by now: what was just read has it."""
        self._calls = {key: call for key, call in self._calls.items() if not call.is_kept}

    def drop(self, call: _Call, failure: Failure) -> None:
        if self._calls.get(call.partner_id) is call:
            del self._calls[call.partner_id]
        self.failed.emit(call.partner_id, call.amount, failure)


class _Call(QObject):
    """Where the end of keeping one call arrives."""

    def __init__(self, partner_id: str, amount: int | None, keeping: Keeping) -> None:
        super().__init__(keeping)
        self.partner_id = partner_id
        self.amount = amount
        self.is_kept = False
        self._keeping = keeping

    def take(self, _kept: object) -> None:
        self.is_kept = True

    def fail(self, failure: Failure) -> None:
        self._keeping.drop(self, failure)


def _keep(desk: Desk, *, partner_id: str, amount: int | None) -> None:
    if amount is None:
        desk.clear_call(partner_id)
    else:
        desk.call_forecast(partner_id, amount)
