"""Makes pictures of every screen from the sample, without a display.

    python docs/make_pictures.py [FOLDER]

Into FOLDER: every screen and every tab, light and dark, 1440x900, 1024x700 and 1440x900 at 150 %, and the
welcome window. Without FOLDER: the few that the documentation shows, into `docs/pictures`, beside the first
page of a review, which pdftoppm draws (poppler-utils).
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from PySide6.QtCore import QEvent
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QTabBar, QWidget

from camdesk.base.progress import SilentProgress
from camdesk.desk.care.founding import DeskFounder
from camdesk.desk.care.sample import read_sample
from camdesk.desk.desk import Desk
from camdesk.gui.app import application, make_window
from camdesk.gui.guide import Place
from camdesk.gui.jobs import Jobs
from camdesk.gui.shell.screens import ENTRIES, PARTNER
from camdesk.gui.shell.window import MainWindow
from camdesk.gui.theme.theme import Appearance
from camdesk.gui.welcome.window import WelcomeWindow

OWN = Path(__file__).resolve().parent / "pictures"
SHOWN = ("today-light", "today-dark", "portfolio-light", "partner-light", "forecast-light")
"""What the documentation shows, besides the review."""
_WIDE, _SMALL, _SCALED = (1440, 900), (1024, 700), (960, 600)
_GROWS_S = 0.3  # long lists come piece by piece after they have been read
_LOOKS = (Appearance.LIGHT, Appearance.DARK)


def main(arguments: list[str]) -> None:
    with tempfile.TemporaryDirectory() as scratch:
        if arguments[1:]:  # a process of its own, because a scale counts from its start
            draw(Path(arguments[0]), Path(arguments[1]), (int(arguments[2]), int(arguments[3])))
            return
        home = make_workspace(Path(scratch))
        if arguments:
            folder = Path(arguments[0]).resolve()
            for size, scale in ((_WIDE, "1"), (_SMALL, "1"), (_SCALED, "1.5")):
                start(home, folder / (f"{size[0]}x{size[1]}" if scale == "1" else "150 percent"), size, scale)
        else:
            start(home, Path(scratch) / "all", _WIDE, "1")
            OWN.mkdir(exist_ok=True)
            for name in SHOWN:
                save(QImage(str(Path(scratch) / "all" / f"{name}.png")), OWN / f"{name}.png")
            draw_review(home, Path(scratch) / "review.pdf")


def make_workspace(scratch: Path) -> Path:
    desk = Desk.create_sample(scratch / "sample")
    desk.sync(progress=SilentProgress())
    desk.today()
    desk.close()
    return scratch / "sample"


def start(home: Path, folder: Path, size: tuple[int, int], scale: str) -> None:
    command = [sys.executable, __file__, str(home), str(folder), *map(str, size)]
    environment = os.environ | {"QT_SCALE_FACTOR": scale}
    subprocess.run(command, env=environment, check=True, timeout=600)  # noqa: S603 -- our own command


def draw(home: Path, folder: Path, size: tuple[int, int]) -> None:
    """Draw everything in one size into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    app = application()
    desk = Desk.open(home, ask=lambda _: None)
    window = make_window(desk, app)
    window.resize(*size)
    window.show()
    window.start()
    settle(app, window)
    for look in _LOOKS:
        window.appearance.choose(look)
        for name in walk(app, window):
            save(window.grab().toImage(), folder / f"{name}-{look.value}.png")
        settle(app, window)
        window.open_key_sheet()
        save(window.grab().toImage(), folder / f"keys-{look.value}.png")
        window.key_sheet.close_down()
        welcome = WelcomeWindow(DeskFounder(home.parent / "none"), Jobs(app))
        welcome.show()
        app.processEvents()
        save(welcome.grab().toImage(), folder / f"welcome-{look.value}.png")
        welcome.close()
    window.close()
    desk.close()


def walk(app: QApplication, window: MainWindow) -> Iterator[str]:
    """Turn to every screen and every tab of it, and yield its name."""
    for place in (*(Place(entry.key) for entry in ENTRIES), Place(PARTNER, read_sample().review_partner)):
        window.move_to(place)
        settle(app, window)
        yield place.screen
        for bar in tabs_of(window.screens.get(place.screen)):
            for number in filter(bar.isTabVisible, range(1, bar.count())):
                bar.setCurrentIndex(number)
                settle(app, window)
                words = "".join(one for one in bar.tabText(number).casefold() if one.isalpha() or one == " ")
                yield f"{place.screen}-{words.strip().replace(' ', '-')}"
            bar.setCurrentIndex(0)


def tabs_of(screen: QWidget) -> list[QTabBar]:
    return [bar for bar in screen.findChildren(QTabBar) if bar.isVisible() and bar.count() > 1]


def settle(app: QApplication, window: MainWindow) -> None:
    """Wait until all has been read, and leave no cursor blinking."""
    jobs = window.sources.context.jobs
    quiet_until = 0.0
    while time.monotonic() < quiet_until or not quiet_until:
        app.processEvents()
        app.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        if not jobs.is_idle or not quiet_until:
            quiet_until = time.monotonic() + _GROWS_S
    focused = app.focusWidget()
    if focused is not None:
        focused.clearFocus()
    app.processEvents()


def draw_review(home: Path, target: Path) -> None:
    desk = Desk.open(home, ask=lambda _: None)
    desk.export_pdf(desk.draft_review(read_sample().review_partner), target)
    desk.close()
    drawn = target.with_suffix("")
    command = ["pdftoppm", "-png", "-r", "110", "-f", "1", "-singlefile", str(target), str(drawn)]
    subprocess.run(command, check=True, timeout=60)  # noqa: S603 -- our own command
    save(QImage(str(drawn.with_suffix(".png"))), OWN / "review-page.png")


def save(picture: QImage, path: Path) -> None:
    picture.convertToFormat(QImage.Format.Format_RGB888).save(str(path), "PNG", 0)


if __name__ == "__main__":
    main(sys.argv[1:])
