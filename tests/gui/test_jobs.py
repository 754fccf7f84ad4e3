"""Work beside the window: results, errors, stops and ends come back in the GUI thread, always."""

from __future__ import annotations

import re
import threading
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QObject, QThread, Signal
from pytestqt.qtbot import QtBot

from camdesk.base.errors import CamDeskError
from camdesk.base.progress import Progress
from camdesk.gui.jobs import Failure, Jobs, Receivers, Step

GUI = Path(__file__).parents[2] / "camdesk" / "gui"


class Listener(QObject):
    """Writes down what a job tells, and in which thread."""

    over = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.heard: list[tuple[str, Any]] = []
        self.threads: set[QThread] = set()

    def _hear(self, kind: str, what: Any) -> None:
        self.heard.append((kind, what))
        self.threads.add(QThread.currentThread())

    def done(self, value: Any) -> None:
        self._hear("done", value)

    def failed(self, failure: Failure) -> None:
        self._hear("failed", failure)

    def step(self, step: Step) -> None:
        self._hear("step", step)

    def ended(self) -> None:
        self._hear("ended", None)
        self.over.emit()

    def receivers(self) -> Receivers:
        return Receivers(self.done, self.failed, self.step, self.ended)


@pytest.fixture
def listener() -> Listener:
    return Listener()


@pytest.fixture
def jobs(qapp: QObject) -> Any:
    jobs = Jobs()
    yield jobs
    jobs.close()


def test_a_result_comes_back_in_the_gui_thread(qtbot: QtBot, jobs: Jobs, listener: Listener) -> None:
    def work(progress: Progress) -> int:
        return threading.get_ident()

    with qtbot.waitSignal(listener.over):
        jobs.start(work, listener.receivers())
    (kind, worker), end = listener.heard
    assert (kind, end) == ("done", ("ended", None))
    assert worker != threading.get_ident()
    assert listener.threads == {QThread.currentThread()}


def test_an_expected_failure_keeps_its_words(qtbot: QtBot, jobs: Jobs, listener: Listener) -> None:
    fault = CamDeskError("The folder is gone.", "Choose another one.")

    def work(progress: Progress) -> None:
        raise fault

    with qtbot.waitSignal(listener.over):
        jobs.start(work, listener.receivers())
    assert listener.heard == [
        ("failed", Failure("The folder is gone.", "Choose another one.", fault)),
        ("ended", None),
    ]


def test_an_unexpected_error_is_logged_and_told(
    qtbot: QtBot, jobs: Jobs, listener: Listener, caplog: pytest.LogCaptureFixture
) -> None:
    def work(progress: Progress) -> None:
        raise ZeroDivisionError

    with qtbot.waitSignal(listener.over):
        jobs.start(work, listener.receivers())
    assert [kind for kind, _ in listener.heard] == ["failed", "ended"]
    assert "ZeroDivisionError" in caplog.text


def test_a_stopped_job_says_so_and_ends(qtbot: QtBot, jobs: Jobs, listener: Listener) -> None:
    begun, never = threading.Event(), threading.Event()

    def work(progress: Progress) -> None:
        begun.set()
        while not never.wait(0.005):
            progress.check()

    job = jobs.start(work, listener.receivers())
    assert begun.wait(5)
    with qtbot.waitSignal(listener.over):
        job.cancel()
    assert [kind for kind, _ in listener.heard] == ["failed", "ended"]
    assert listener.heard[0][1].cancelled


def test_progress_is_thinned_out(qtbot: QtBot, jobs: Jobs, listener: Listener) -> None:
    def work(progress: Progress) -> None:
        for done in range(1000):
            progress.report(done, 1000, "orders.csv")

    with qtbot.waitSignal(listener.over):
        jobs.start(work, listener.receivers())
    steps = [what for kind, what in listener.heard if kind == "step"]
    assert steps[0] == Step(0, 1000, "orders.csv")
    assert len(steps) < 100


def test_closing_stops_what_is_under_way(qapp: QObject, listener: Listener) -> None:
    jobs, begun, never = Jobs(), threading.Event(), threading.Event()

    def work(progress: Progress) -> None:
        begun.set()
        while not never.wait(0.005):
            progress.check()

    jobs.start(work, listener.receivers())
    assert begun.wait(5)
    assert jobs.close()


def test_closing_does_not_wait_for_what_never_began(qapp: QObject, listener: Listener) -> None:
    jobs, begun, never = Jobs(workers=1), threading.Event(), threading.Event()

    def work(progress: Progress) -> None:
        begun.set()
        while not never.wait(0.005):
            progress.check()

    jobs.start(work, listener.receivers())
    assert begun.wait(5)
    jobs.start(work, listener.receivers())
    assert jobs.close()


def test_closing_gives_up_on_work_that_does_not_listen(qapp: QObject, listener: Listener) -> None:
    jobs, begun, release = Jobs(), threading.Event(), threading.Event()

    def work(progress: Progress) -> None:
        begun.set()
        release.wait(5)

    jobs.start(work, listener.receivers())
    assert begun.wait(5)
    assert not jobs.close(timeout_s=0.01)
    release.set()
    assert jobs.close()


def test_a_result_for_something_gone_is_dropped(qtbot: QtBot, jobs: Jobs, listener: Listener) -> None:
    gone, release = Listener(), threading.Event()

    def work(progress: Progress) -> None:
        release.wait(5)

    job = jobs.start(work, Receivers(gone.done, gone.failed, ended=listener.ended))
    gone.deleteLater()
    with qtbot.waitSignal(gone.destroyed):
        pass
    with qtbot.waitSignal(listener.over):
        release.set()
    assert listener.heard == [("ended", None)]
    assert job.receivers.done.__self__ is gone  # type: ignore[attr-defined]


def test_only_bound_methods_of_qobjects_may_listen(listener: Listener) -> None:
    with pytest.raises(TypeError):
        Receivers(lambda value: None, listener.failed)


def test_nothing_pumps_events_by_hand() -> None:
    assert [
        path for path in GUI.rglob("*.py") if re.search(r"\.processEvents\(", path.read_text("utf-8"))
    ] == []
