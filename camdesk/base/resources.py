"""Where the shipped data lies: beside the code in a wheel, in the repository in a checkout."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent
_SHIPPED = _PACKAGE / "_resources"


def resource(*parts: str) -> Path:
    """Return the path of a shipped file or folder, such as `resource("metrics")`."""
    root = _SHIPPED if _SHIPPED.is_dir() else _PACKAGE.parent / "resources"
    return root.joinpath(*parts)


def sample_folder() -> Path:
    """Return the folder of the fictitious portfolio."""
    packaged = _SHIPPED / "sample"
    return packaged if packaged.is_dir() else _PACKAGE.parent / "data" / "sample"
