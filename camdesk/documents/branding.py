"""How a document looks: the vendor's colour, the two logos, and whether a cover comes first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from camdesk.store.logos import Logo

_ENDINGS = {"image/png": "png", "image/jpeg": "jpg", "image/svg+xml": "svg"}


@dataclass(frozen=True, slots=True)
class Branding:
    """Without anything set, documents have the product's own colours and no pictures."""

    colour: str | None = None  # #RRGGBB
    ours: Logo | None = None
    theirs: Logo | None = None
    cover: bool = False

    def logos(self) -> Iterator[tuple[str, Logo]]:
        """Yield each logo with the name of its file beside the templates."""
        for name, logo in (("ours", self.ours), ("theirs", self.theirs)):
            if logo is not None:
                yield file_of(name, logo), logo

    def write_logos(self, folder: Path) -> None:
        for name, logo in self.logos():
            (folder / name).write_bytes(logo.image)

    def page_data(self) -> dict[str, Any]:
        """Return what the templates are told."""
        return {
            "colour": self.colour,
            "cover": self.cover,
            "ours": None if self.ours is None else file_of("ours", self.ours),
            "theirs": None if self.theirs is None else file_of("theirs", self.theirs),
        }


def file_of(name: str, logo: Logo) -> str:
    """Return the name a logo's file gets; it is never one that a user gave."""
    return f"{name}.{_ENDINGS[logo.media_type]}"
