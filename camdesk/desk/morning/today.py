"""The part of the desk that a morning begins with: what needs the CAM, opened, and set aside again."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Collection
from datetime import date
from typing import TYPE_CHECKING

from camdesk.desk import keeping
from camdesk.desk.undoing import Undoing

if TYPE_CHECKING:
    from camdesk.desk.morning.today_reports import LastTime, OpenedAlert, SinceMet, TodayReport
    from camdesk.desk.reports import AlertReport


class Mornings(Undoing):
    """What the screen of the day shows; made once, and kept while nothing it rests on has changed."""

    @abstractmethod
    def alerts(self, *, mine: bool = True) -> AlertReport:
        """Return the open alerts by priority."""

    @abstractmethod
    def alerts_of(self, partner_id: str) -> AlertReport:
        """Return the report with the open alerts of one partner alone."""

    @abstractmethod
    def since_last_sync(self) -> date | None:
        """Return the day from which on the news are what the last sync brought."""

    @abstractmethod
    def alert_not_useful(self, alert_id: int, *, reason: str | None = None) -> None:
        """Record, for its rule, that the alert was of no use."""

    @abstractmethod
    def snooze_alert(self, alert_id: int, *, until: date | None = None, rows: Collection[str] = ()) -> None:
        """Put an alert to sleep until a day, or until it gets worse."""

    def today(self, *, mine: bool = True) -> TodayReport:
        """Return the morning: the number, the alerts that need the CAM, the rest, and the next meetings."""
        from camdesk.desk.morning import morning
        from camdesk.desk.morning.today_reports import TodayReport

        with self._lock:
            return keeping.kept(
                self.workspace,
                _kept_name(mine=mine),
                shape=TodayReport,
                catalog=self.catalog,
                settings=self.settings,
                as_of=self.as_of,
                make=lambda: morning.report(self.insight, self.alerts(mine=mine), mine=mine),
            )

    def today_before(self, *, mine: bool = True) -> TodayReport | None:
        """Return the morning as it was last shown, at once and whatever its day; waits for nothing."""
        from camdesk.desk.morning.today_reports import TodayReport

        return keeping.last_kept(self.workspace, _kept_name(mine=mine), shape=TodayReport)

    def open_alert(self, alert_id: int) -> OpenedAlert:
        """Return an open alert with all it rests on and its figures; evaluates nothing anew.

        Raises NotFoundError where no alert of that number is open.
        """
        from camdesk.desk.alerts import alert_page, alerting
        from camdesk.desk.morning import morning
        from camdesk.desk.morning.today_reports import OpenedAlert

        with self._lock:
            if alert_id < 0:  # of a day looked back at: kept nowhere
                known = self.alerts(mine=False)
            else:
                with self.workspace.database.read() as connection:
                    partner_id = alerting.partner_of(connection, alert_id)
                known = self.alerts_of(partner_id)
            alert = alerting.open_alert(known, alert_id)
            detail = alert_page.page(self.insight, alert)
            rule = self.catalog.rules.get(alert.rule)
            if rule is None or alert.partner_id not in self.insight.partners():
                return OpenedAlert(detail, ())
            card = self.insight.scorecard(alert.partner_id)
            lines = (*card.lines, *card.our_side)
            return OpenedAlert(detail, morning.lines_of(rule, lines, self.insight))

    def since_you_met(self, partner_id: str) -> SinceMet:
        """Return what happened with a partner since the last meeting held with it."""
        from camdesk.desk.papers import meeting_papers

        with self._lock:
            return meeting_papers.since_met(self.insight, partner_id, self.alerts_of(partner_id))

    def last_time(self, *, mine: bool = True) -> LastTime:
        """Return what the last sync brought; before a second one, what a week brought."""
        from camdesk.desk.morning import morning
        from camdesk.desk.morning.today_reports import LastTime

        since = self.since_last_sync()
        with self._lock:
            return keeping.kept(
                self.workspace,
                f"last time, {'mine' if mine else 'all'}",
                shape=LastTime,
                catalog=self.catalog,
                settings=self.settings,
                as_of=self.as_of,
                make=lambda: morning.last_time(self.insight, self.alerts(mine=mine), since=since, mine=mine),
            )

    def set_aside_alert(self, alert_id: int) -> None:
        """Say that an alert is of no use, and put it to sleep until it gets worse."""
        with (
            self._lock,
            self._doing(lambda names: f"Not useful, set aside: {names.alert(alert_id)}"),
            self.workspace.database.write(),
        ):
            self.alert_not_useful(alert_id)
            self.snooze_alert(alert_id)


def _kept_name(*, mine: bool) -> str:
    return f"today, {'mine' if mine else 'all'}"
