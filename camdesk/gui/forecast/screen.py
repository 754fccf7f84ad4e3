"""The forecast: the quarter by partner, the CAM's own call typed into the table, the deals behind it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QStackedWidget

from camdesk.base import money
from camdesk.desk.number.forecast_reports import AccuracyReport, PartnerForecast
from camdesk.gui.actions import Action
from camdesk.gui.context import Context
from camdesk.gui.forecast import frame
from camdesk.gui.forecast.details import Details
from camdesk.gui.forecast.keeping import Keeping
from camdesk.gui.forecast.rows import COLUMNS, Forecast, forecast
from camdesk.gui.forecast.sections import Looked, read_looked, sections, silent_count
from camdesk.gui.forecast.tables import Tables
from camdesk.gui.jobs import Failure
from camdesk.gui.leaving import Leaving
from camdesk.gui.screen import Reading, Screen
from camdesk.gui.widgets.beside import lay_out_beside
from camdesk.gui.widgets.clipboard import as_tsv
from camdesk.gui.widgets.empty import EmptyNote
from camdesk.gui.widgets.exporting import export_rows
from camdesk.gui.widgets.grid import GridRow
from camdesk.gui.widgets.parts import Page

if TYPE_CHECKING:
    from camdesk.desk.desk import Desk

_GROUP = "Forecast"
_SCREEN = "forecast"
_RETRY = "Try again"


class ForecastScreen(Screen):
    """Reads in the background; what is typed is shown at once and kept in the background."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._reading = Reading(context, self._take, self._fail, parent=self)
        self._accuracy_reading = Reading(context, self._take_accuracy, parent=self)
        self._details_reading = Reading(context, self._take_details, parent=self)
        self._forecast: Forecast | None = None
        self._looked = Looked()
        self._knows_left = False
        self._leaving = Leaving(_SCREEN, context, self._left, parent=self)
        self._knows_mine = False
        self._wants_details_focus = False
        self._keeping = Keeping(context, self)
        self.head = frame.Heading()
        self.tables = Tables(context.theme, currency=context.desk.settings.base_currency)
        self.details = Details(context.theme)
        self.beside = Page(name="Deals behind the number", margins=(0, 2, 20, 20))
        self._empty = EmptyNote()
        self._content = QStackedWidget()
        for part in (self.tables, self._empty):
            self._content.addWidget(part)
        self._empty.say("Working out the quarter…", "")
        self._content.setCurrentWidget(self._empty)
        lay_out_beside(self, self.head, self._content, self.beside, self.details)
        self._connect()

    def _connect(self) -> None:
        head, tables = self.head, self.tables
        head.kinds.buttonClicked.connect(self._take_kind)
        head.owner.buttonClicked.connect(self._take_owner)
        head.filter_field.textChanged.connect(self._narrow)
        for signal in (
            head.filter_field.entered,
            head.filter_field.given_up,
            head.filter_field.returnPressed,
        ):
            signal.connect(self.focus_content)
        head.copy_button.clicked.connect(self.copy)
        tables.opened.connect(self.open_partner)
        tables.called.connect(self._keep_call)
        tables.copy_wanted.connect(self.copy)
        tables.type_wanted.connect(self._go_to_type)
        tables.silent_wanted.connect(self._turn_silent)
        self._keeping.failed.connect(self._tell_not_kept)
        self.details.closed.connect(self.close_details)
        self.details.partner_wanted.connect(self._go_to_partner)
        self.details.deal_wanted.connect(self._go_to_deal)
        self.details.reached.connect(self.beside.reveal)
        self._empty.pressed.connect(self._follow_hint)

    def actions_here(self) -> tuple[Action, ...]:
        def action(title: str, run: Callable[[], object], key: str) -> Action:
            return Action(title, run, key, _GROUP, self._has_forecast, in_the_room=False)

        return (
            action("Filter the forecast", self.focus_filter, "/"),
            action("Call this partner", self.begin_call, "F2"),
            action("Take this call away", self.clear_call, ""),
            action("Show the deals behind this number", self.open_current, "D"),
            action("Copy the forecast", self.copy, "Ctrl+Shift+C"),
            action("Export the forecast", self.export, "Ctrl+E"),
            action("Forecast by partner type", partial(self.turn_to_kind, by_type=True), "Ctrl+Shift+1"),
            action("Forecast as one list", partial(self.turn_to_kind, by_type=False), "Ctrl+Shift+2"),
        )

    def _has_forecast(self) -> bool:
        return self._forecast is not None

    # Reading

    def refresh(self) -> None:
        looked = self._looked if self._knows_left else None
        self._reading.start(partial(_read, looked=looked))
        self._accuracy_reading.start(partial(_read_accuracy, looked=looked))
        if not self.beside.isHidden():
            self._details_reading.start(partial(_read_details, partner_id=self.details.partner_id))

    def _take(self, found: tuple[Looked, Forecast]) -> None:
        left, read = found
        first = self._forecast is None
        if not self._knows_left:
            self._looked, self._knows_left = left.with_(words=self._looked.words), True
            self.head.show_kind(by_type=left.by_type)
        self._forecast = read
        self._knows_mine = self._knows_mine or read.report.mine_only
        self._keeping.have_read()
        self.head.show_forecast(read, knows_mine=self._knows_mine, mine=self._looked.mine)
        self._show()
        if first and self.isVisible():
            self.focus_content()

    def _take_accuracy(self, report: AccuracyReport) -> None:
        self.tables.accuracy.show_accuracy(report)

    def _fail(self, failure: Failure) -> None:
        if self._forecast is None:
            self._empty.say(
                "The forecast cannot be shown.", f"{failure.message} {failure.hint}", action=_RETRY
            )
        self.context.guide.fail(failure)

    def _show(self) -> None:
        read = self._forecast
        if read is None:
            return
        found = sections(read, self._looked, pending=self._keeping.amounts())
        self.tables.show_sections(found, empty=read.empty)
        self.tables.show_totals(read.totals, words=read.notes, empty=read.empty)
        self.tables.show_silent(silent_count(read, self._looked), shown=self._looked.silent)
        if any(section.lines for section in found):
            self._content.setCurrentWidget(self.tables)
        elif self._looked.words:
            self._empty.say(f"No partner matches “{self._looked.words}”.", "", action="Show all partners")
            self._content.setCurrentWidget(self._empty)
        elif silent_count(read, self._looked):
            self._empty.say(
                "No target, revenue or forecast deal is known for this quarter.",
                "Show the partners to call them all the same.",
                action="Show all partners",
            )
            self._content.setCurrentWidget(self._empty)
        else:
            self._empty.say(
                "No partners yet.", "Connect a folder of exports, then sync it.", action="Go to sources"
            )
            self._content.setCurrentWidget(self._empty)

    def _follow_hint(self) -> None:
        if self._forecast is None:
            self.refresh()
        elif self._looked.words:
            self.head.filter_field.clear()
        elif silent_count(self._forecast, self._looked):
            self._turn_silent()
        else:
            self.context.guide.go("sources")

    # Looking at it in other ways

    def turn_to_kind(self, *, by_type: bool) -> None:
        """Show a table a type, or one list."""
        self.head.show_kind(by_type=by_type)
        self._take_kind()

    def _look(self, **changed: bool) -> None:
        self._looked, self._knows_left = self._looked.with_(**changed), True
        self._leaving.keep_soon()

    def _left(self) -> dict[str, bool]:
        return self._looked.body()

    def _take_kind(self) -> None:
        key = self._current_key()
        self._look(by_type=self.head.by_type.isChecked())
        self._show()
        self.tables.stand_on(key)

    def _take_owner(self) -> None:
        self._look(mine=self.head.mine.isChecked())
        self.refresh()

    def _turn_silent(self) -> None:
        self._look(silent=not self._looked.silent)
        self._show()
        self.focus_content()

    def _narrow(self, words: str) -> None:
        self._looked = self._looked.with_(words=words.strip())
        self._show()

    def focus_filter(self) -> None:
        self.head.filter_field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.head.filter_field.selectAll()

    def focus_content(self) -> None:
        if self._content.currentWidget() is self._empty:
            self._empty.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.tables.take_focus()

    def _go_to_type(self, kind: str) -> None:
        if kind and self._looked.by_type:
            self.tables.go_to_type(kind)

    # Calling

    def begin_call(self) -> None:
        """Open the field for the call of the current partner."""
        table = self.tables.current()
        if table is not None:
            table.begin_call()

    def clear_call(self) -> None:
        """Take the call of the current partner away."""
        table = self.tables.current()
        if table is not None:
            table.clear_call()

    def _keep_call(self, partner_id: str, amount: int | None) -> None:
        self._keeping.keep(partner_id, amount)
        self._show()

    def _tell_not_kept(self, partner_id: str, amount: int | None, failure: Failure) -> None:
        """Say why, and offer what was typed once more."""
        self.context.guide.fail(failure)
        self._show()
        self.tables.stand_on(partner_id)
        table = self.tables.current()
        if amount is not None and table is not None and table.current_key() == partner_id:
            table.begin_call(typed=money.plain(amount).removesuffix(".00"))

    # A partner's deals

    def open_current(self) -> None:
        """Show the deals behind the current partner's number."""
        key = self._current_key()
        if key:
            self.open_partner(key)

    def open_partner(self, partner_id: str) -> None:
        """Show the deals behind a partner's number beside the tables."""
        lines = self._forecast.lines if self._forecast is not None else ()
        name = next((line.name for line in lines if line.key == partner_id), partner_id)
        self._wants_details_focus = True
        self.details.wait_for(partner_id, name)
        self.beside.setFixedWidth(frame.beside_width(self.width()))
        self.beside.show()
        self.beside.verticalScrollBar().setValue(0)
        self._details_reading.start(partial(_read_details, partner_id=partner_id))

    def _take_details(self, single: PartnerForecast) -> None:
        if not self.beside.isHidden():
            self.details.show_partner(single)
            if self._wants_details_focus:
                self.details.take_focus()
        self._wants_details_focus = False

    def close_details(self) -> None:
        """Close the deals and go back to the partner they were of."""
        self.beside.hide()
        self.tables.stand_on(self.details.partner_id)

    def _go_to_partner(self) -> None:
        self.context.guide.go("partner", self.details.partner_id)

    def _go_to_deal(self, deal_id: str) -> None:
        self.context.guide.go("partner", self.details.partner_id, part="deals", record=deal_id)

    def _current_key(self) -> str:
        table = self.tables.current()
        return (table.current_key() if table is not None else None) or ""

    # To a spreadsheet

    def copy(self) -> None:
        """Put everything that is shown on the clipboard, with heads."""
        rows = self._shown_rows()
        QGuiApplication.clipboard().setText(as_tsv(COLUMNS, rows))
        partners = "1 partner" if len(rows) == 1 else f"{len(rows):,} partners"
        self.context.guide.say(f"Copied {partners}, to be pasted into a spreadsheet.")

    def export(self) -> None:
        export_rows(self, "Forecast", COLUMNS, self._shown_rows())

    def _shown_rows(self) -> list[GridRow]:
        return [line for table in self.tables.shown() for line in table.grid.rows]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and not self.beside.isHidden():
            self.close_details()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.beside.setFixedWidth(frame.beside_width(self.width()))


def _read(desk: Desk, *, looked: Looked | None) -> tuple[Looked, Forecast]:
    looked = looked or _left_as(desk)
    return looked, forecast(desk.forecast(mine=looked.mine))


def _read_accuracy(desk: Desk, *, looked: Looked | None) -> AccuracyReport:
    return desk.forecast_accuracy(mine=(looked or _left_as(desk)).mine)


def _left_as(desk: Desk) -> Looked:
    return read_looked(desk.remembered_view(_SCREEN) or {})


def _read_details(desk: Desk, *, partner_id: str) -> PartnerForecast:
    return desk.partner_forecast(partner_id)
