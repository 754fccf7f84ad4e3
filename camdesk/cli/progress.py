"""A progress bar on standard error, where that is a terminal."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from camdesk.base.progress import Progress, SilentProgress

if TYPE_CHECKING:
    from rich.progress import Progress as Bar
    from rich.progress import TaskID


class _BarProgress:
    """Move a bar along; Ctrl+C stops the work by itself."""

    def __init__(self, bar: Bar, task: TaskID) -> None:
        self._bar = bar
        self._task = task

    def report(self, done: int, total: int, label: str) -> None:
        self._bar.update(self._task, completed=done, total=max(total, 1), description=label)

    def check(self) -> None:
        return


@contextmanager
def progress_bar(label: str) -> Iterator[Progress]:
    """Show how far the work inside has come, and take the bar away at its end."""
    if not sys.stderr.isatty():
        yield SilentProgress()
        return
    from rich.console import Console
    from rich.progress import BarColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bar

    columns = (TextColumn("{task.description}", markup=False), BarColumn(), TimeElapsedColumn())
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        yield _BarProgress(bar, bar.add_task(label, total=None))
