"""The one place that reads the clock: below the desk, time is a parameter."""

from __future__ import annotations

from datetime import UTC, date, datetime


def today() -> date:
    return datetime.now(UTC).date()


def instant_now() -> str:
    """Return this moment in the form the store keeps."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
