"""The main window: puts the screens together and keeps the way back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from functools import cached_property, partial
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QVBoxLayout, QWidget

from camdesk.desk.reports import SourceState
from camdesk.gui.actions import Action
from camdesk.gui.context import Context
from camdesk.gui.guide import Overview, Place
from camdesk.gui.jobs import Failure
from camdesk.gui.screen import Reading
from camdesk.gui.shell.navigation import Navigation
from camdesk.gui.shell.pinned import PinnedPartner, read_pinned
from camdesk.gui.shell.remembered import Remembered
from camdesk.gui.shell.screens import ENTRIES, PARTNER, Screens
from camdesk.gui.shell.status_bar import StatusBar
from camdesk.gui.shell.toast import Toast
from camdesk.gui.shell.top_bar import TopBar
from camdesk.gui.sources.rows import ago, newest_sync
from camdesk.gui.sweeping import spare_what_stays
from camdesk.gui.theme.theme import Theme

if TYPE_CHECKING:
    from camdesk.gui.palette.palette import Palette
    from camdesk.gui.shell.key_sheet import KeySheet
    from camdesk.gui.sources.screen import SourcesScreen
    from camdesk.sync.report import SourceReport

_SOURCES = "sources"
_SCREENS = "Screens"
_SAVED = "All changes saved"
_WAIT_TOLD_AFTER_MS = 700
_NARROW_BELOW = 1180
_REST_AFTER_MS = 50  # the first key or click of the user comes first
_SMALLEST = (860, 560)
_FIRST_SIZE = (1440, 900)


class MainWindow(QMainWindow):
    """Belongs to one open workspace. Closing it stops what is under way and waits for it."""

    def __init__(self, context: Context, *, title: str, kept: str, remembered: Remembered) -> None:
        super().__init__()
        self._context = context
        self._remembered = remembered
        self._way_back: list[Place] = []
        self._place = Place(ENTRIES[0].key)
        self._is_finished = False
        self._finish_later = QTimer(self, singleShot=True, interval=_REST_AFTER_MS)
        self._finish_later.timeout.connect(self._finish)
        self._tell_wait = QTimer(self, singleShot=True, interval=_WAIT_TOLD_AFTER_MS)
        self._tell_wait.timeout.connect(self._say_wait)
        self._leaves_sources_after_sync = False
        self.navigation = Navigation(ENTRIES, context.theme)
        self.top_bar = TopBar(context.theme)
        self.status = StatusBar(kept=kept)
        self.screens = Screens(context)
        self._title = title
        self.setWindowTitle(title)
        self.setMinimumSize(*_SMALLEST)
        self.resize(*_FIRST_SIZE)
        self._lay_out()
        self.toast = Toast(self)
        self._anywhere = self._actions_anywhere()
        self._shortcuts = [self._shortcut(action) for action in self._anywhere if action.shortcut]
        self.top_bar.fill_menu([action for action in self._anywhere if action.group != _SCREENS])
        self._pins = Reading(context, self._take_pins, parent=self)
        self._connect()
        geometry = remembered.geometry
        if geometry is not None:
            self.restoreGeometry(geometry)

    def _lay_out(self) -> None:
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self.top_bar)
        right.addWidget(self.screens, 1)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.navigation)
        middle.addLayout(right, 1)
        whole = QWidget()
        whole.setProperty("kind", "ground")
        lines = QVBoxLayout(whole)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(0)
        lines.addLayout(middle, 1)
        lines.addWidget(self.status)
        self.setCentralWidget(whole)

    def _connect(self) -> None:
        self.navigation.chosen.connect(self.go_to)
        self.navigation.partner_chosen.connect(self.open_partner)
        self.top_bar.back.clicked.connect(self.go_back)
        self.top_bar.find_button.clicked.connect(self.open_palette)
        self.top_bar.leave.clicked.connect(self.turn_meeting)
        self._context.room.changed.connect(self._turn_over)
        guide = self._context.guide
        guide.wanted.connect(self.move_to)
        guide.said.connect(self.toast.say)
        guide.failed.connect(self.tell_failure)
        guide.overview.connect(self._take_overview)
        guide.changed.connect(self._read_pins)
        guide.counted.connect(self.navigation.say_count)
        guide.sources.connect(self._take_sources)
        guide.synced.connect(self._take_outcomes)
        guide.syncing.connect(self._take_syncing)
        self._context.deeds.done.connect(self._take_deed)
        self.toast.undo_wanted.connect(self._context.deeds.undo)

    @cached_property
    def palette_panel(self) -> Palette:
        from camdesk.gui.palette.palette import Palette

        return Palette(self._context, self, self.actions_now)

    @cached_property
    def key_sheet(self) -> KeySheet:
        from camdesk.gui.shell.key_sheet import KeySheet

        return KeySheet(self, self.actions_now)

    def actions_now(self) -> tuple[Action, ...]:
        """Return what can be done on the screen that is shown, then what can be done anywhere."""
        shown = self.screens.shown()
        everything = (*(shown.actions_here() if shown else ()), *self._anywhere)
        has_guest = self._context.room.has_guest
        return tuple(action for action in everything if action.in_the_room or not has_guest)

    def open_palette(self) -> None:
        """Open the one field for everything."""
        self.palette_panel.open_up()

    def open_key_sheet(self) -> None:
        self.key_sheet.open_up()

    def _actions_anywhere(self) -> tuple[Action, ...]:
        turns = (
            Action(
                f"Go to {entry.title}",
                partial(self.go_to, entry.key),
                entry.shortcut,
                _SCREENS,
                in_the_room=False,
            )
            for entry in ENTRIES
        )
        return (
            *turns,
            Action("Find or do anything", self.open_palette, "Ctrl+K"),
            Action("Go back", self.go_back, "Alt+Left", in_the_room=False),
            Action("Sync all sources", self._sync, "F5", in_the_room=False),
            Action(
                "Meeting mode: only this partner, only what it may see",
                self.turn_meeting,
                "Ctrl+M",
                possible=self._can_meet,
            ),
            Action("Undo", self._context.deeds.undo, "Ctrl+Z"),
            Action("Do again", self._context.deeds.redo, "Ctrl+Shift+Z"),
            Action("Keyboard shortcuts", self.open_key_sheet, "?"),
            Action("Close the window", self.close, "Ctrl+Q"),
        )

    def _shortcut(self, action: Action) -> QShortcut:
        made = QShortcut(QKeySequence(action.shortcut), self)
        made.activated.connect(action.run)
        return made

    @property
    def sources(self) -> SourcesScreen:
        return cast("SourcesScreen", self.screens.get(_SOURCES))

    @property
    def appearance(self) -> Theme:
        """The look in force, and the way to choose another."""
        return self._context.theme

    def start(self, place: Place | None = None) -> None:
        """Turn to the first screen, or to `place`; call it once the window is on screen."""
        self._place = place or self._place
        self._tell_wait.start()
        self._show_place()

    def start_with_sync(self) -> None:
        """Begin with a first sync instead; the first screen follows it. For a workspace just made."""
        self._finish_once()
        self._leaves_sources_after_sync = True
        self._sync()

    def _say_wait(self) -> None:
        """Tell why a large portfolio is not there yet: the first look of a day makes its figures."""
        self.status.say_state("Working out the figures of the day…")

    def _finish_once(self) -> None:
        self._tell_wait.stop()
        if not self._is_finished:
            self._is_finished = True
            self._finish_later.start()

    def _finish(self) -> None:
        """Make the other screens once the first one has been painted, so that each opens at once.

        One step a turn of the event loop: a key or a click never waits for more than that.
        """
        if self.screens.prepare():
            self._finish_later.start()
        else:
            spare_what_stays()
            self.sources.refresh()
            self._read_pins()

    def come_to_front(self) -> None:
        """Show the window where another start has asked for it."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    def go_to(self, key: str) -> None:
        """Turn to a screen of the navigation."""
        self.move_to(Place(key))

    def open_partner(self, partner_id: str) -> None:
        self.move_to(Place(PARTNER, partner_id))

    def move_to(self, place: Place) -> None:
        """Turn to a place and remember where the user came from; in a meeting there is only the guest."""
        guest = self._context.room.partner_id
        if guest and (place.screen, place.about) != (PARTNER, guest):
            self.toast.say("That is not shown in meeting mode. Leave it with Ctrl+M first.")
            return
        if place != self._place:
            self._way_back.append(self._place)
            self._place = place
        self._show_place()

    def turn_meeting(self) -> None:
        """Begin a meeting with the partner that is shown, or end the one under way."""
        room = self._context.room
        if room.has_guest:
            room.see_out()
        elif self._can_meet():
            room.let_in(self._place.about)
        else:
            self.toast.say("Open the partner you meet first, then press Ctrl+M.")

    def _can_meet(self) -> bool:
        return self._context.room.has_guest or self._place.screen == PARTNER

    def _guest_name(self) -> str:
        return self.screens.get(PARTNER).windowTitle()

    def _turn_over(self) -> None:
        """Take from the window whatever names others, or bring it back."""
        has_guest = self._context.room.has_guest
        self.toast.hide()
        self.navigation.setHidden(has_guest)
        self.status.hide_ours(hidden=has_guest)
        self._place = Place(PARTNER, self._place.about)
        self.top_bar.say_guest(self._guest_name() if has_guest else "")
        self.setWindowTitle(self._guest_name() if has_guest else self._title)
        self._show_place()

    def go_back(self) -> None:
        """Return to where the user was before."""
        if self._way_back and not self._context.room.has_guest:
            self._place = self._way_back.pop()
            self._show_place()

    def tell_failure(self, failure: Failure) -> None:
        """Say what could not be done and what to do next."""
        self.toast.say(f"{failure.message} {failure.hint}".strip(), stays=not failure.cancelled)
        self._finish_once()

    def _show_place(self) -> None:
        screen = self.screens.get(self._place.screen)
        self.top_bar.back.setEnabled(bool(self._way_back))
        self.screens.setCurrentWidget(screen)
        self.navigation.show_chosen(self._place.screen)
        screen.visit(self._place)
        screen.focus_content()

    def _sync(self) -> None:
        if self._context.room.has_guest:
            return
        self.go_to(_SOURCES)
        self.sources.sync()

    def _read_pins(self) -> None:
        if not self._context.room.has_guest:
            self._pins.start(read_pinned)

    def _take_overview(self, overview: Overview) -> None:
        partners, types = _counted(overview.partners, "partner"), _counted(overview.types, "type")
        self.status.say_count(f"{partners} · {types}")
        self.top_bar.say_quarter(overview.quarter)
        self.status.say_state(_SAVED)
        self._finish_once()

    def _take_pins(self, pinned: Sequence[PinnedPartner]) -> None:
        self.navigation.show_pinned(pinned)

    def _take_deed(self, words: str, can_be_undone: bool) -> None:
        self.toast.say(words, undo=can_be_undone)

    def _take_sources(self, sources: Sequence[SourceState]) -> None:
        newest = newest_sync(sources)
        words = "Never synced" if newest is None else f"Synced {ago(newest, now=datetime.now(UTC))}"
        self.top_bar.say_freshness(words, tooltip="Everything but the sync works offline")

    def _take_outcomes(self, outcomes: Sequence[SourceReport]) -> None:
        rejected = sum(len(outcome.rejected) for outcome in outcomes)
        news = any(outcome.added or outcome.changed or outcome.removed for outcome in outcomes)
        words = "Synced." if news else "Synced, nothing new."
        taken = "1 row was not taken." if rejected == 1 else f"{rejected:,} rows were not taken."
        self.toast.say(f"{words} {taken}" if rejected else words)
        self._context.guide.changed.emit()
        if self._leaves_sources_after_sync:
            self._leaves_sources_after_sync = False
            if not rejected:
                self.go_to(ENTRIES[0].key)

    def _take_syncing(self, is_syncing: bool) -> None:
        self.status.say_state("Syncing…" if is_syncing else _SAVED)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            if self.toast.isVisible():
                self.toast.hide()
            else:
                self.go_back()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.navigation.set_narrow(narrow=self.width() < _NARROW_BELOW)

    def closeEvent(self, event: QCloseEvent) -> None:
        self._remembered.keep(self.saveGeometry(), self._context.theme.appearance)
        self._context.deeds.close()
        self._context.jobs.close()
        super().closeEvent(event)


def _counted(number: int, noun: str) -> str:
    return f"1 {noun}" if number == 1 else f"{number:,} {noun}s"
