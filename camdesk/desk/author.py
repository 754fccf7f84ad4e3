"""Who writes: the first owner address of the settings, else the name this computer knows its user by."""

from __future__ import annotations

import getpass

from camdesk.base.settings import Settings

_NOBODY = "me"


def author_of(settings: Settings) -> str:
    if settings.owner_emails:
        return settings.owner_emails[0]
    try:
        return getpass.getuser()
    except (ImportError, KeyError, OSError):  # no name in the environment, and none known to the system
        return _NOBODY
