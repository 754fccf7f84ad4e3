"""The typesetter's process: begun when it is first needed, supervised, and kept for the next document."""

from __future__ import annotations

import atexit
import json
import os
import subprocess
import sys
from pathlib import Path
from threading import Lock, Timer
from time import monotonic

from camdesk.base.resources import resource
from camdesk.documents.placing import ExportError

TIME_LIMIT_SECONDS = 20.0
# A process that ended by itself is no fault of the document; one that ends again with it is.
_ATTEMPTS = 2


class Typesetter:
    """A child process that sets one document at a time; begun anew whenever it has ended."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._child: subprocess.Popen[str] | None = None

    def begin(self) -> None:
        """Start the process now, so that it is ready by the time there is something to set."""
        with self._lock:
            self._running()

    def typeset(self, folder: Path, *, standards: tuple[str, ...], timestamp: int) -> str | None:
        """Make `document.pdf` of the folder's `document.typ`; return None, or why it could not be made.

        Raises ExportError where it took too long.
        """
        request = json.dumps({"folder": str(folder), "standards": standards, "timestamp": timestamp})
        with self._lock:
            for _ in range(_ATTEMPTS):
                answer = self._ask(request)
                if answer:
                    return str(json.loads(answer)) or None
                self._end()
        return "the typesetter ended without an answer"

    def close(self) -> None:
        """End the process; what it was setting is lost."""
        with self._lock:
            self._end()

    def _running(self) -> subprocess.Popen[str]:
        if self._child is None or self._child.poll() is not None:
            self._end()
            self._child = _start()
        return self._child

    def _ask(self, request: str) -> str:
        """Return the answer; nothing where the process ended without one."""
        child = self._running()
        assert child.stdin is not None
        assert child.stdout is not None
        limit = Timer(TIME_LIMIT_SECONDS, child.kill)
        limit.start()
        began = monotonic()
        try:
            child.stdin.write(f"{request}\n")
            child.stdin.flush()
            answer = child.stdout.readline()
        except OSError:
            answer = ""
        finally:
            limit.cancel()
        if not answer and monotonic() - began >= TIME_LIMIT_SECONDS:
            self._end()
            raise ExportError(
                f"Setting the document took more than {TIME_LIMIT_SECONDS:.0f} seconds and was stopped.",
                "Try again; if it stays so, put the shipped templates back.",
            )
        return answer

    def _end(self) -> None:
        child, self._child = self._child, None
        if child is not None:
            child.kill()
            child.communicate()


def _start() -> subprocess.Popen[str]:
    script = Path(__file__).with_name("typesetter.py")
    # A template that names a package would be looked for on the network: a dead port ends that at once.
    dead = "http://127.0.0.1:9"
    environment = {**os.environ, "HTTP_PROXY": dead, "HTTPS_PROXY": dead, "ALL_PROXY": dead, "NO_PROXY": ""}
    return subprocess.Popen(  # noqa: S603  # our own interpreter and script
        [sys.executable, "-I", str(script), str(resource("fonts"))],
        cwd=script.parent,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        encoding="utf-8",
    )


TYPESETTER = Typesetter()
atexit.register(TYPESETTER.close)
