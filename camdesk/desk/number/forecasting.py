"""The part of the desk about the number: the quarter by partner, and what the CAM calls week by week."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from camdesk.base import money
from camdesk.desk.clock import instant_now
from camdesk.desk.undoing import Undoing

if TYPE_CHECKING:
    from camdesk.desk.number.forecast_reports import AccuracyReport, ForecastReport, PartnerForecast
    from camdesk.store.forecast_calls import ForecastCall


class Forecasting(Undoing):
    """How the quarter will come out by the CRM's forecast and by the CAM's own, and which came nearer.

    A partner may be given by its id or the beginning of its name; one that is not there: NotFoundError.
    """

    def forecast(self, *, mine: bool = True) -> ForecastReport:
        """Return the quarter by partner, beside the same day a week ago and the CAM's own calls."""
        from camdesk.desk.number import forecast

        with self._lock:
            return forecast.report(self.insight, mine=mine)

    def partner_forecast(self, partner_id: str) -> PartnerForecast:
        """Return a partner's quarter with the deals behind it."""
        from camdesk.desk.number import forecast

        with self._lock:
            return forecast.of_partner(self.insight, self.find_partner(partner_id))

    def call_forecast(
        self, partner_id: str, amount: int, *, day: date | None = None
    ) -> tuple[ForecastCall, bool]:
        """Keep what the CAM calls for the quarter, in ten-thousandths; tell whether it replaces a call.

        The week is that of `day`, without one that of the desk's day.
        """
        from camdesk.desk.number import forecast

        written_at = f"{self.as_of}{instant_now()[10:]}"
        with self._lock:
            found = self.find_partner(partner_id)
            said = money.exact(amount, self.settings.base_currency).removesuffix(".00")
            with self._doing(lambda names: f"Set the forecast call of {names.partner(found)} to {said}"):
                return forecast.call(self.insight, found, amount, day=day, written_at=written_at)

    def clear_call(self, partner_id: str, *, day: date | None = None) -> ForecastCall:
        """Take away the call that stands this quarter, or that of the week of `day`; return it.

        An earlier call of the quarter then stands again.
        """
        from camdesk.desk.number import forecast

        with self._lock:
            found = self.find_partner(partner_id)
            with self._doing(lambda names: f"Removed the forecast call of {names.partner(found)}"):
                return forecast.uncall(self.insight, found, day=day)

    def forecast_calls(self, partner_id: str) -> tuple[ForecastCall, ...]:
        """Return every call made for a partner, oldest first."""
        from camdesk.desk.number import forecast

        with self._lock:
            return forecast.calls_of(self.insight, self.find_partner(partner_id))

    def forecast_accuracy(self, *, mine: bool = True) -> AccuracyReport:
        """Return how near the calls of finished quarters came, and how near commit did."""
        from camdesk.desk.number import call_accuracy

        with self._lock:
            return call_accuracy.report(self.insight, mine=mine)
