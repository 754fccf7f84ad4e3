"""Set CAM Desk up in this folder and run it: `python3 run.py demo`, or its tests: `python3 run.py test`.

Makes `.venv`, installs what pyproject.toml names, and on Debian and Ubuntu the system libraries that
windows need. All of it is skipped while it is in place. Standard library only.
"""

from __future__ import annotations

import ctypes
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
USAGE = "Usage: python3 run.py demo [--no-window] [--dir DIR] | test [pytest arguments] | setup"
OLDEST = (3, 11)

# What Qt's xcb and offscreen platforms load, and the Debian package each comes in.
QT_LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libX11.so.6": "libx11-6",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-glx.so.0": "libxcb-glx0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxcb.so.1": "libxcb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxkbcommon.so.0": "libxkbcommon0",
}

CHECKS = (
    ("ruff", "format", "--check", "."),
    ("ruff", "check", "."),
    ("mypy",),
    ("lint-imports",),
    ("pytest", "-n", "2", "--dist", "loadscope"),
)


def main(arguments: Sequence[str]) -> int:
    if sys.version_info < OLDEST:
        return fail(f"CAM Desk needs Python {OLDEST[0]}.{OLDEST[1]}; this is {sys.version.split()[0]}.")
    command, *rest = arguments or ("",)
    if command == "demo":
        return demo(rest)
    if command == "test":
        return test(rest)
    if command == "setup":
        return 0 if set_up(dev=False) and has_qt_libraries() else 1
    return fail(USAGE, code=2)


def demo(rest: Sequence[str]) -> int:
    """Make the sample workspace; without the window where Qt's libraries are missing."""
    if not set_up(dev=False):
        return 1
    windowless = [] if has_qt_libraries() else ["--no-window"]
    return call([str(PYTHON), "-m", "camdesk", "demo", *rest, *windowless])


def test(rest: Sequence[str]) -> int:
    """Run every check and the test suite; with arguments for pytest only the tests they name."""
    if not set_up(dev=True) or not has_qt_libraries():
        return 1
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    failed = []
    for name, *options in CHECKS if not rest else CHECKS[-1:]:
        say(f"— {' '.join((name, *options))}")
        if call([str(PYTHON.parent / name), *options, *rest]):
            failed.append(" ".join((name, *options)))
    if failed:
        fail(f"Failed: {', '.join(failed)}")
    return 1 if failed else 0


def set_up(*, dev: bool) -> bool:
    """Install into `.venv` what is not there yet; return whether all of it is."""
    extra = "dev" if dev else "app"
    stamp = VENV / f"installed-{extra}"
    wanted = hashlib.sha256((ROOT / "pyproject.toml").read_bytes()).hexdigest()
    if PYTHON.is_file() and stamp.is_file() and stamp.read_text() == wanted:
        return True
    if not PYTHON.is_file() and not make_environment():
        return False
    say("Installing what CAM Desk needs into .venv (this takes a minute the first time)")
    package = f"{ROOT}[dev]" if dev else str(ROOT)
    pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    if call([*pip, "--editable", package]):
        fail("Installing failed; what pip says above names the reason. Then run the same command again.")
        return False
    stamp.write_text(wanted)
    return True


def make_environment() -> bool:
    """Make `.venv`; on Debian the part of Python that does it is a package of its own."""
    if importlib.util.find_spec("ensurepip") is None:
        package = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
        if not install([package]):
            return False
    shutil.rmtree(VENV, ignore_errors=True)
    if call([sys.executable, "-m", "venv", str(VENV)]) == 0:
        return True
    fail("The virtual environment could not be made in .venv; check that this folder is yours.")
    return False


def has_qt_libraries() -> bool:
    """Tell whether Qt can load, after installing what it lacks where that is possible."""
    if not sys.platform.startswith("linux"):
        return True
    packages = sorted({package for name, package in QT_LIBRARIES.items() if not loads(name)})
    return not packages or install(packages)


def loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def install(packages: Sequence[str]) -> bool:
    """Install Debian packages as root; otherwise say which line does."""
    line = f"apt-get install --yes --no-install-recommends {' '.join(packages)}"
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    if shutil.which("apt-get") is None:
        fail(f"System libraries are missing. On Debian and Ubuntu they are: {' '.join(packages)}")
        return False
    if not is_root:
        fail(f"System packages are missing. Run this line, then the same command again:\n  sudo {line}")
        return False
    say(f"Installing system packages: {' '.join(packages)}")
    quiet = {"env": {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}, "stdout": subprocess.DEVNULL}
    if call(["apt-get", "update", "--quiet"], **quiet):
        say("The list of packages could not be renewed; trying with the one at hand.")
    if call(line.split(), **quiet) == 0:
        return True
    fail(f"That failed. Run this line to see why, then the same command again:\n  {line}")
    return False


def call(command: Sequence[str], **how: Any) -> int:
    """Run a command in the repository and return its exit code."""
    sys.stdout.flush()
    try:
        return subprocess.call(command, cwd=ROOT, **how)  # noqa: S603  # our own commands
    except KeyboardInterrupt:
        return 130


def say(text: str) -> None:
    print(text, flush=True)


def fail(text: str, *, code: int = 1) -> int:
    print(text, file=sys.stderr, flush=True)
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
