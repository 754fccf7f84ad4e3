"""What is begun from a partner's header: logging a call, and the … menu with all to write or judge."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import QMenu

from camdesk.base.errors import FieldError
from camdesk.desk.reports import PartnerReport
from camdesk.gui.actions import Action
from camdesk.gui.context import Context
from camdesk.gui.partner.header import Header
from camdesk.gui.partner.work import deeds
from camdesk.gui.partner.work.follow_up import follow_up_card
from camdesk.gui.partner.work.judging_rows import SHARE, TITLES, fields, standing
from camdesk.gui.partner.work.log_sheet import log_sheet
from camdesk.gui.partner.work.row_fields import ADD_A_ROW
from camdesk.gui.widgets.form_sheet import sheet_over
from camdesk.gui.widgets.key_button import KeyButton
from camdesk.gui.widgets.parts import button

if TYPE_CHECKING:
    from camdesk.desk.desk import Desk
    from camdesk.store.judgements import About

_MAIL_KEY = "Ctrl+Shift+M"
_GROUP = "Partner"
_MENU = (
    ("Log a call, meeting or mail", "Write a note", "Add a commitment", "Add a task"),
    ("Set a target", ADD_A_ROW),
    ("Open the meeting brief", "Export the meeting brief as PDF", "Copy the follow-up mail"),
    tuple(f"Set the {title.lower()} by hand" for title in TITLES.values()),
)
"""The titles of actions as the menu has them, in groups."""


class PartnerDoing(QObject):
    """Adds its two buttons to the header; its actions are the page's. `more` gives the tabs' actions."""

    def __init__(self, context: Context, header: Header, more: Callable[[], tuple[Action, ...]]) -> None:
        super().__init__(header)
        self._context, self._header, self._more = context, header, more
        self._report: PartnerReport | None = None
        self.log_button = KeyButton("Log a call", "L")
        self.menu_button = button("…", tooltip="More to do with this partner")
        self.menu_button.setAccessibleName("More to do with this partner")
        header.add_button(self.menu_button)
        header.add_button(self.log_button)
        self.log_button.clicked.connect(self.log_call)
        self.menu_button.clicked.connect(self.open_menu)

    def show_report(self, report: PartnerReport) -> None:
        self._report = report

    def actions_here(self) -> tuple[Action, ...]:
        judging = (
            Action(f"Set the {title.lower()} by hand", partial(self.judge, about), group=_GROUP)
            for about, title in TITLES.items()
        )
        found = (
            Action("Log a call, meeting or mail", self.log_call, "L", _GROUP),
            Action("Copy the follow-up mail", self.copy_follow_up, _MAIL_KEY, _GROUP),
            *judging,
        )
        return tuple(
            Action(one.title, one.run, one.shortcut, one.group, self._has_partner, in_the_room=False)
            for one in found
        )

    def _has_partner(self) -> bool:
        return self._report is not None

    def log_call(self) -> None:
        """Open the sheet for a call, meeting or mail."""
        if self._report is not None:
            log_sheet(self._header, self._context).open_for(self._report.partner.partner_id)

    def copy_follow_up(self) -> None:
        """Put the mail after the last meeting on the clipboard."""
        if self._report is not None:
            follow_up_card(self._header, self._context).copy(self._report.partner.partner_id)

    # The menu

    def open_menu(self) -> None:
        """Show what there is to do, with its keys."""
        menu = self.make_menu()
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.menu_button.mapToGlobal(QPoint(0, self.menu_button.height() + 2)))
        menu.setActiveAction(menu.actions()[0])

    def make_menu(self) -> QMenu:
        menu = QMenu(self._header)
        menu.setAccessibleName("More to do with this partner")
        known = {action.title: action for action in (*self.actions_here(), *self._more())}
        adding = [action for title, action in known.items() if title.startswith(ADD_A_ROW)]
        for titles in _MENU:
            for title in titles:
                if title == ADD_A_ROW:
                    into = menu.addMenu("Add a row the CRM does not have")
                    for action in adding:
                        words = action.title.removeprefix(ADD_A_ROW).capitalize()
                        into.addAction(words).triggered.connect(partial(_run, action.run))
                elif title in known:
                    action = known[title]
                    shown = f"{title}\t{action.shortcut}"
                    menu.addAction(shown).triggered.connect(partial(_run, action.run))
            menu.addSeparator()
        for about, words in (standing(self._report) if self._report is not None else {}).items():
            shown = f"Take back your own {TITLES[about].lower()} ({words})"
            menu.addAction(shown).triggered.connect(partial(_run, partial(self.take_back, about)))
        return menu

    # Judging

    def judge(self, about: About) -> None:
        """Ask for a score, stage, class or shares of one's own, with the reason and an end."""
        report = self._report
        if report is None:
            return
        if about == "hats" and len(report.scorecard.hats) == 1:
            self._context.guide.say(f"{report.partner.name} has one type only: there is nothing to share.")
            return
        partner_id = report.partner.partner_id
        sheet_over(self._header, self._context).ask(
            f"{TITLES[about]} of {report.partner.name}, by hand",
            fields(about, report),
            partial(_judging, about=about, partner_id=partner_id),
            draft_key=f"judge {about} {partner_id}",
            subtitle="What was worked out stays beside it, with your reason",
        )

    def take_back(self, about: About) -> None:
        """Go back to what is worked out."""
        if self._report is not None:
            partner_id = self._report.partner.partner_id
            self._context.deeds.do(partial(deeds.take_back, partner_id=partner_id, about=about))


def _run(run: Callable[[], object], _checked: bool = False) -> None:
    run()


def _judging(values: dict[str, str], *, about: About, partner_id: str) -> Callable[[Desk], Any]:
    reason = values["reason"]
    if about == "hats":
        shares = {
            name.removeprefix(SHARE): float(value) for name, value in values.items() if name.startswith(SHARE)
        }
        return partial(_weigh, partner_id=partner_id, shares=shares, reason=reason)
    until = date.fromisoformat(values["until"]) if values["until"] else None
    if about == "score":
        try:
            score = float(values["value"].replace(",", "."))
        except ValueError:
            raise FieldError("A score is a number from 0 to 100.", "Write one.", field="value") from None
        return partial(_score, partner_id=partner_id, score=score, reason=reason, until=until)
    deed = _stage if about == "stage" else _class
    return partial(deed, partner_id=partner_id, value=values["value"], reason=reason, until=until)


def _score(desk: Desk, *, partner_id: str, score: float, reason: str, until: date | None) -> None:
    desk.judge_score(partner_id, score, reason=reason, until=until)


def _stage(desk: Desk, *, partner_id: str, value: str, reason: str, until: date | None) -> None:
    desk.set_stage(partner_id, value, reason=reason, until=until)


def _class(desk: Desk, *, partner_id: str, value: str, reason: str, until: date | None) -> None:
    desk.set_class(partner_id, value, reason=reason, until=until)


def _weigh(desk: Desk, *, partner_id: str, shares: dict[str, float], reason: str) -> None:
    desk.weigh_hats(partner_id, shares, reason=reason)
