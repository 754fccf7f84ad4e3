"""The head of the partner page: who it is, and what is most often begun from here."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QVBoxLayout, QWidget

from camdesk.desk.reports import PartnerReport
from camdesk.gui.actions import Action
from camdesk.gui.context import Context
from camdesk.gui.jobs import Failure
from camdesk.gui.partner.rows import STAGES
from camdesk.gui.theme.fonts import TITLE
from camdesk.gui.theme.tokens import Tone
from camdesk.gui.widgets.parts import ElidedLabel, as_plain, badge, button, row

if TYPE_CHECKING:
    from camdesk.desk.desk import Desk

_DIGEST_ONLY = "C"
_SHORT_REVIEW = "B"
_BADGES_BESIDE_FROM = 1000
_BADGE_LETTERS = 24
_REVIEW_KEY, _PLAN_KEY, _PIN_KEY = "Ctrl+Shift+R", "Ctrl+Shift+P", "P"


class Header(QWidget):
    """Name, badges and facts at the left, buttons at the right. What is begun here runs in the background."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._report: PartnerReport | None = None
        self.name = ElidedLabel(size=TITLE, bold=True, tone=Tone.NORMAL, snug=True)
        self._marks = QWidget()
        self._marks.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)
        self._badges = row()
        self._marks.setLayout(self._badges)
        self._facts = ElidedLabel()
        self.pin = button("☆", kind="icon")
        self.pin.setCheckable(True)
        self.plan = button("Plan", tooltip=f"Draft the joint plan of the next year  {_PLAN_KEY}")
        self.review = button("Prepare review", kind="primary", tooltip=f"Draft the review  {_REVIEW_KEY}")
        self._buttons = row(self.plan, self.review)
        self._ours = QWidget()
        self._ours.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self._lay_out()
        self.pin.clicked.connect(self.turn_pin)
        self.plan.clicked.connect(self.draft_plan)
        self.review.clicked.connect(self.draft_review)
        self.setEnabled(False)

    def _lay_out(self) -> None:
        self._head = row(self.name, self.pin, self._marks, 1, self._ours)
        self._below = row(self._facts)
        self._below.setStretch(0, 1)
        self._ours.setLayout(self._buttons)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(4)
        lines.addLayout(self._head)
        lines.addLayout(self._below)

    def add_button(self, made: QPushButton) -> None:
        """Put another button before those that are there."""
        self._buttons.insertWidget(0, made)

    def actions_here(self) -> tuple[Action, ...]:
        """Return what the buttons do, for the keyboard and the palette."""
        group = "Partner"
        return (
            Action(
                "Prepare a review", self.draft_review, _REVIEW_KEY, group, self.isEnabled, in_the_room=False
            ),
            Action(
                "Draft the joint plan", self.draft_plan, _PLAN_KEY, group, self.isEnabled, in_the_room=False
            ),
            Action(
                "Pin or unpin the partner",
                self.turn_pin,
                _PIN_KEY,
                group,
                self.isEnabled,
                in_the_room=False,
            ),
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the badges below the name where they and the buttons need more room than there is."""
        super().resizeEvent(event)
        if self.width() < _BADGES_BESIDE_FROM:
            self._below.insertWidget(0, self._marks)
        else:
            self._head.insertWidget(2, self._marks)

    def hide_ours(self, *, hidden: bool) -> None:
        """Take away, or bring back, what is begun from here while nobody else looks on."""
        self._ours.setHidden(hidden)
        self.pin.setHidden(hidden)

    def clear(self) -> None:
        """Name nobody and begin nothing, until another partner is known."""
        self._report = None
        self.name.say("")
        self._clear_badges()
        self._facts.say("")
        self.setEnabled(False)

    def _clear_badges(self) -> None:
        while (item := self._badges.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()

    def show_report(self, report: PartnerReport) -> None:
        self._report = report
        partner = report.partner
        self.name.say(partner.name)
        self._clear_badges()
        for words, said in self._badge_words(report):
            is_short = len(words) <= _BADGE_LETTERS
            made = badge(words if is_short else f"{words[: _BADGE_LETTERS - 1].rstrip()}…")
            made.setToolTip(said if is_short else as_plain(f"{said}: {words}"))
            self._badges.addWidget(made, 0, Qt.AlignmentFlag.AlignVCenter)
        self._facts.say(" · ".join(report.facts))
        calendar = self._context.desk.settings.calendar
        self.plan.setText(f"Plan FY{(calendar.year_number(self._context.desk.as_of) + 1) % 100:02d}")
        self.plan.setAccessibleName(self.plan.text())
        self._show_pin(pinned=report.pinned)
        self.setEnabled(True)

    @staticmethod
    def _badge_words(report: PartnerReport) -> list[tuple[str, str]]:
        partner = report.partner
        words = [(report.type_short_title, report.type_title)]
        if partner.tier:
            words.append((partner.tier, "Tier"))
        words.append((STAGES.get(partner.stage, partner.stage), partner.stage_reason))
        given = "by contribution" if partner.attention_derived else partner.attention_reason or "given"
        if partner.attention:
            words.append((f"Class {partner.attention}", f"Attention class, {given}"))
        if partner.dark:
            words.append(("Dark", "No commercial event for longer than its type allows"))
        return words

    def _show_pin(self, *, pinned: bool) -> None:
        self.pin.setText("★" if pinned else "☆")
        self.pin.setChecked(pinned)
        words = "Unpin this partner" if pinned else "Pin this partner: keep it at hand in the navigation"
        self.pin.setAccessibleName(words.partition(":")[0])
        self.pin.setToolTip(f"{words}  {_PIN_KEY}")

    def turn_pin(self) -> None:
        """Pin the partner, or unpin it."""
        if self._report is not None:
            pinned, partner_id = self._report.pinned, self._report.partner.partner_id
            self._show_pin(pinned=not pinned)
            self._context.deeds.do(partial(_unpin if pinned else _pin, partner_id=partner_id))

    def draft_review(self) -> None:
        """Draft the review of the last finished quarter; a partner of class C gets a short one."""
        if self._report is not None:
            partner = self._report.partner
            attention = _SHORT_REVIEW if partner.attention == _DIGEST_ONLY else None
            self._begin(self.review)
            deed = partial(_draft_review, partner_id=partner.partner_id, attention=attention)
            self._context.deeds.do(deed, then=self._drafted, failed=self._not_drafted)

    def draft_plan(self) -> None:
        """Draft the joint plan of the next fiscal year."""
        if self._report is not None:
            self._begin(self.plan)
            deed = partial(_draft_plan, partner_id=self._report.partner.partner_id)
            self._context.deeds.do(deed, then=self._drafted, failed=self._not_drafted)

    def _begin(self, pressed: QPushButton) -> None:
        for one in (self.plan, self.review):
            one.setEnabled(False)
        pressed.setText("Drafting…")

    def _end(self) -> None:
        for one in (self.plan, self.review):
            one.setEnabled(True)
        self.review.setText("Prepare review")
        if self._report is not None:
            self.show_report(self._report)

    def _drafted(self, made: tuple[str, int]) -> None:
        self._end()
        partner_id, document_id = made
        still_here = self._report is not None and self._report.partner.partner_id == partner_id
        if still_here and self.isVisible():
            self._context.guide.go("partner", partner_id, part="documents", record=str(document_id))

    def _not_drafted(self, failure: Failure) -> None:
        self._end()
        self._context.guide.fail(failure)


def _pin(desk: Desk, *, partner_id: str) -> None:
    desk.pin(partner_id)


def _unpin(desk: Desk, *, partner_id: str) -> None:
    desk.unpin(partner_id)


def _draft_review(desk: Desk, *, partner_id: str, attention: str | None) -> tuple[str, int]:
    return partner_id, desk.draft_review(partner_id, attention=attention)


def _draft_plan(desk: Desk, *, partner_id: str) -> tuple[str, int]:
    return partner_id, desk.draft_plan(partner_id)
