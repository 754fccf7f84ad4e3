"""Makes the pictures of the documentation from the sample, without a screen.

    python docs/make_pictures.py

Writes `docs/pictures/*.png`: the portfolio in light and dark, a partner page, the first page of a review.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from PySide6.QtCore import QEventLoop, QSize, QTimer
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from camdesk.base.progress import SilentProgress
from camdesk.desk.desk import Desk
from camdesk.desk.sample import read_sample
from camdesk.gui.app import application, make_window
from camdesk.gui.guide import Place
from camdesk.gui.shell.window import MainWindow
from camdesk.gui.theme.theme import Appearance

FOLDER = Path(__file__).resolve().parent / "pictures"
_SIZE = QSize(1440, 900)
_SETTLE_MS = 300
_GIVE_UP_MS = 60_000


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        desk = Desk.create_sample(Path(folder) / "sample")
        desk.sync(progress=SilentProgress())
        draw_window(desk)
        draw_review(desk, Path(folder) / "review.pdf")
        desk.close()
    for path in sorted(FOLDER.glob("*.png")):
        print(f"{path.name} {path.stat().st_size / 1000:.0f} kB")


def draw_window(desk: Desk) -> None:
    app = application()
    window = make_window(desk, app)
    window.resize(_SIZE)
    wait_for(window, start=True)
    window.appearance.choose(Appearance.LIGHT)
    shoot(window, "portfolio-light")
    window.open_partner(read_sample().review_partner)
    shoot(window, "partner-light")
    window.go_back()
    window.appearance.choose(Appearance.DARK)
    shoot(window, "portfolio-dark")
    window.close()


def wait_for(window: MainWindow, *, start: bool = False) -> None:
    """Let the window work: until its first data is there, or just until it has settled."""
    loop = QEventLoop()
    if start:
        window.screens.get("portfolio").context.guide.overview.connect(
            lambda _: QTimer.singleShot(_SETTLE_MS, loop.quit)
        )
        QTimer.singleShot(_GIVE_UP_MS, loop.quit)
        window.start(Place("portfolio"))
        window.show()
    else:
        QTimer.singleShot(_SETTLE_MS, loop.quit)
    loop.exec()


def shoot(window: MainWindow, name: str) -> None:
    for _ in range(4):
        wait_for(window)
    focused = QApplication.focusWidget()
    if focused is not None:
        focused.clearFocus()
    wait_for(window)
    save(window.grab().toImage(), name)


def draw_review(desk: Desk, target: Path) -> None:
    """Draw page one with pdftoppm, which comes with poppler-utils."""
    number = desk.draft_review(read_sample().review_partner)
    desk.export_pdf(number, target)
    drawn = target.with_suffix("")
    command = ["pdftoppm", "-png", "-r", "110", "-f", "1", "-singlefile", str(target), str(drawn)]
    subprocess.run(command, check=True, timeout=60)  # noqa: S603 -- our own command
    save(QImage(str(drawn.with_suffix(".png"))), "review-page")


def save(picture: QImage, name: str) -> None:
    picture.convertToFormat(QImage.Format.Format_RGB888).save(str(FOLDER / f"{name}.png"), "PNG", 0)


if __name__ == "__main__":
    main()
