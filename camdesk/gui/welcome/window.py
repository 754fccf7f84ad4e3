"""The welcome window: what CAM Desk needs to begin, in two steps, and what happens with it."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QFileDialog, QLabel, QLineEdit, QMainWindow, QVBoxLayout, QWidget

from camdesk.base.progress import Progress
from camdesk.desk.care.founding import Founder, LockedError
from camdesk.desk.desk import Desk
from camdesk.gui.jobs import Failure, Jobs, Receivers
from camdesk.gui.theme.fonts import SMALL, TITLE
from camdesk.gui.theme.tokens import Tone
from camdesk.gui.widgets.parts import GAP, Panel, button, label, row, set_tone

_SMALLEST = (700, 600)
_WIDTH = 620
_OWN = (
    "Choose the folder that your exports lie in: partners.csv and orders.csv are enough to begin. "
    "Everything is read into an encrypted database on this computer and nothing leaves it. "
    "The files themselves are never changed."
)
_SAMPLE = (
    "A fictitious portfolio of 60 partners with three years of history. "
    "It replaces nothing and can be deleted at any time."
)
_NO_KEYRING = (
    "This computer has no keyring to hold the key, so choose a passphrase. "
    "You are asked for it at every start; nobody can recover it."
)


class WelcomeWindow(QMainWindow):
    """`founded` carries the desk of the workspace that was made."""

    founded = Signal(object)

    def __init__(self, founder: Founder, jobs: Jobs) -> None:
        super().__init__()
        self._founder = founder
        self._jobs = jobs
        self.setWindowTitle("CAM Desk")
        self.setMinimumSize(*_SMALLEST)
        self.resize(900, 640)
        self.folder = _field("Folder of exports", "No folder chosen yet")
        self.choose_button = button("Choose folder…")
        self.currency = _field("Base currency", "EUR")
        self.currency.setText("EUR")
        self.currency.setMaximumWidth(90)
        self.passphrase = _field("Passphrase", "")
        self.again = _field("Passphrase, once more", "")
        self.import_button = button("Make workspace and import", kind="primary")
        self.sample_button = button("Try the sample")
        self.said = label("", wrap=True)
        self._secret = QWidget()
        self._lay_out()
        self._connect()
        self.choose_button.setFocus()

    def _lay_out(self) -> None:
        own = Panel(margins=(18, 16, 18, 18), gap=10)
        own.body.addWidget(label("Your own portfolio", bold=True))
        own.body.addWidget(label(_OWN, tone=Tone.MUTED, wrap=True))
        place = row(self.folder, self.choose_button)
        place.setStretch(0, 1)
        own.body.addLayout(place)
        own.body.addLayout(row(_named("Base currency", self.currency), self.currency, _hint(), 1))
        secret = QVBoxLayout(self._secret)
        secret.setContentsMargins(0, 0, 0, 0)
        secret.addWidget(label(_NO_KEYRING, tone=Tone.MUTED, wrap=True))
        for field in (self.passphrase, self.again):
            field.setEchoMode(QLineEdit.EchoMode.Password)
            named = row(_named(field.accessibleName(), field), field)
            named.setStretch(1, 1)
            secret.addLayout(named)
        self._secret.hide()
        own.body.addWidget(self._secret)
        own.body.addLayout(row(self.import_button, 1))
        sample = Panel(margins=(18, 16, 18, 18), gap=10)
        sample.body.addWidget(label("Look around first", bold=True))
        sample.body.addWidget(label(_SAMPLE, tone=Tone.MUTED, wrap=True))
        sample.body.addLayout(row(self.sample_button, 1))
        column = QWidget()
        column.setFixedWidth(_WIDTH)
        lines = QVBoxLayout(column)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(GAP)
        for part in (label("Welcome to CAM Desk", size=TITLE, bold=True), own, sample, self.said):
            lines.addWidget(part)
        whole = QWidget()
        whole.setProperty("kind", "ground")
        middle = QVBoxLayout(whole)
        middle.addStretch(1)
        middle.addLayout(row(1, column, 1))
        middle.addStretch(2)
        self.setCentralWidget(whole)

    def _connect(self) -> None:
        self.choose_button.clicked.connect(self._choose)
        self.import_button.clicked.connect(self.make_own)
        self.sample_button.clicked.connect(self.make_sample)
        for field in (self.folder, self.currency, self.passphrase, self.again):
            field.returnPressed.connect(self.make_own)

    def _choose(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, "The folder of your exports", self.folder.text())
        if chosen:
            self.folder.setText(chosen)
            self.import_button.setFocus()

    def make_own(self) -> None:
        """Make a workspace from what was filled in, or say what is missing."""
        if not self.folder.text().strip():
            self._say("Choose the folder that your exports lie in first.")
            self.choose_button.setFocus()
        elif self.passphrase.text() != self.again.text():
            self._say("The two passphrases are not the same.")
            self.again.setFocus()
        else:
            self._begin(
                partial(
                    _own,
                    self._founder,
                    folder=Path(self.folder.text().strip()).expanduser(),
                    currency=self.currency.text(),
                    passphrase=self.passphrase.text(),
                )
            )

    def make_sample(self) -> None:
        self._begin(partial(_sample, self._founder))

    def _begin(self, work: partial[Desk]) -> None:
        for one in (self.import_button, self.sample_button):
            one.setEnabled(False)
        self._say("Making the workspace…", tone=Tone.MUTED)
        self._jobs.start(work, Receivers(self._take, self._fail))

    def _take(self, desk: Desk) -> None:
        self.founded.emit(desk)

    def _fail(self, failure: Failure) -> None:
        for one in (self.import_button, self.sample_button):
            one.setEnabled(True)
        if isinstance(failure.error, LockedError):
            self._say("Choose a passphrase to go on.", tone=Tone.WARN)
            self._secret.show()
            self.passphrase.setFocus()
        else:
            self._say(f"{failure.message} {failure.hint}".strip())

    def _say(self, words: str, *, tone: Tone = Tone.BAD) -> None:
        self.said.setText(words)
        self.said.setAccessibleName(words)
        set_tone(self.said, tone)

    def closeEvent(self, event: QCloseEvent) -> None:
        self._jobs.close()
        super().closeEvent(event)


def _field(name: str, placeholder: str) -> QLineEdit:
    made = QLineEdit()
    made.setAccessibleName(name)
    made.setPlaceholderText(placeholder)
    return made


def _named(name: str, field: QLineEdit) -> QLabel:
    made = label(name)
    made.setBuddy(field)
    made.setFixedWidth(150)
    return made


def _hint() -> QLabel:
    return label("Amounts in other currencies are converted into it.", size=SMALL, tone=Tone.MUTED)


def _own(founder: Founder, progress: Progress, *, folder: Path, currency: str, passphrase: str) -> Desk:
    progress.check()
    return founder.own(folder, currency=currency, passphrase=passphrase)


def _sample(founder: Founder, progress: Progress) -> Desk:
    progress.check()
    return founder.sample()
