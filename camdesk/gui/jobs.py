"""Work in the background: one small executor, one bridge in the GUI thread, nothing else crosses threads.

A job takes and returns plain values. Its receiver is a QObject's bound method, so a result for a widget
that has gone is dropped; the end of a job is always delivered, after either its result or its error.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from typing import Any

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal

from camdesk.base.errors import CamDeskError, CancelledError
from camdesk.base.progress import CancelSwitch, Progress
from camdesk.gui.sweeping import Sweeper

_log = logging.getLogger(__name__)
_PROGRESS_INTERVAL_S = 0.1
_WORKERS = 2  # one for a long sync, one for what the user looks at meanwhile


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a job did not end well, in words for the user."""

    message: str
    hint: str
    error: CamDeskError | None = None

    @property
    def cancelled(self) -> bool:
        return isinstance(self.error, CancelledError)


@dataclass(frozen=True, slots=True)
class Step:
    """How far a job is; `total` 0 means nobody knows."""

    done: int
    total: int
    label: str


@dataclass(frozen=True, slots=True)
class Receivers:
    """Bound methods of QObjects that hear of a job in the GUI thread."""

    done: Callable[[Any], None]
    failed: Callable[[Failure], None]
    step: Callable[[Step], None] | None = None
    ended: Callable[[], None] | None = None

    def __post_init__(self) -> None:
        for method in (self.done, self.failed, self.step, self.ended):
            if method is not None and not isinstance(getattr(method, "__self__", None), QObject):
                raise TypeError("A job reports to bound methods of a QObject only.")


class Job:
    """A piece of work under way, which can be told to stop."""

    def __init__(self, receivers: Receivers) -> None:
        self.receivers = receivers
        self.switch = CancelSwitch()

    def cancel(self) -> None:
        self.switch.cancel()


@dataclass(frozen=True, slots=True)
class _Message:
    """What a job tells the window: a step, or how it ended."""

    job: Job
    content: Step | Failure | _Result
    last: bool


@dataclass(frozen=True, slots=True)
class _Result:
    """What a job returned."""

    value: Any


class Bridge(QObject):
    """Carry messages from any thread into the one this object lives in."""

    posted = Signal(object)


class _JobProgress:
    """Pass progress on at most ten times a second, and the switch's cancellation back."""

    def __init__(self, job: Job, bridge: Bridge) -> None:
        self._job = job
        self._bridge = bridge
        self._last_s = float("-inf")

    def report(self, done: int, total: int, label: str) -> None:
        self.check()
        now_s = time.monotonic()
        if now_s - self._last_s >= _PROGRESS_INTERVAL_S:
            self._last_s = now_s
            self._bridge.posted.emit(_Message(self._job, Step(done, total, label), last=False))

    def check(self) -> None:
        self._job.switch.check()


class Jobs(QObject):
    """Run work beside the window. Belongs to the GUI thread."""

    def __init__(self, parent: QObject | None = None, *, workers: int = _WORKERS) -> None:
        super().__init__(parent)
        self._executor = ThreadPoolExecutor(workers, thread_name_prefix="camdesk-job")
        self._sweeper = Sweeper(self)
        self._closed = False
        self._running: dict[Job, Future[None]] = {}
        self._bridge = Bridge(self)
        self._bridge.posted.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def start(self, work: Callable[[Progress], Any], receivers: Receivers) -> Job:
        """Begin `work`; its outcome comes back through `receivers`. Once closed, nothing begins any more."""
        job = Job(receivers)
        if self._closed:
            return job
        self._running[job] = self._executor.submit(self._work, job, work)
        return job

    @property
    def is_idle(self) -> bool:
        """Whether everything begun has ended and been told."""
        return not self._running

    def close(self, *, timeout_s: float = 5.0) -> bool:
        """Cancel everything and wait; return whether all jobs ended in time."""
        for job in self._running:
            job.cancel()
        return self._shut(timeout_s, drop_waiting=True)

    def finish(self, *, timeout_s: float = 15.0) -> bool:
        """Take nothing more on and wait for all that was begun; return whether it ended in time."""
        return self._shut(timeout_s, drop_waiting=False)

    def _shut(self, timeout_s: float, *, drop_waiting: bool) -> bool:
        self._closed = True
        self._executor.shutdown(wait=False, cancel_futures=drop_waiting)
        # A cancelled future that never began is not done in the eyes of `wait`.
        begun = [future for future in self._running.values() if not future.cancelled()]
        all_ended = not wait(begun, timeout_s).not_done
        if all_ended:
            self._sweeper.close()
        return all_ended

    def _work(self, job: Job, work: Callable[[Progress], Any]) -> None:
        content: Failure | _Result
        try:
            content = _Result(work(_JobProgress(job, self._bridge)))
        except CamDeskError as error:
            content = Failure(error.message, error.hint, error)
        except Exception:  # noqa: BLE001 -- the edge of a thread: whatever it is, the user must hear of it
            _log.exception("A job failed.")
            content = Failure(
                "Something went wrong in the background.", "The log in the workspace says more."
            )
        self._bridge.posted.emit(_Message(job, content, last=True))

    def _deliver(self, message: _Message) -> None:
        receivers, content = message.job.receivers, message.content
        if isinstance(content, Step):
            tell(receivers.step, content)
        elif isinstance(content, Failure):
            tell(receivers.failed, content)
        else:
            tell(receivers.done, content.value)
        if message.last:
            self._running.pop(message.job, None)
            tell(receivers.ended)


def tell(method: Callable[..., None] | None, *values: Any) -> None:
    """Call a bound method, unless its object has gone."""
    if method is not None and shiboken6.isValid(method.__self__):  # type: ignore[attr-defined] # bound, see Receivers
        method(*values)
