"""The style sheet: spacing, hairlines and states of the few control kinds the window uses."""

from __future__ import annotations

from dataclasses import asdict
from string import Template

from camdesk.base.resources import resource
from camdesk.gui.theme.tokens import Tokens


def style_sheet(tokens: Tokens) -> str:
    """Return the whole application's style sheet in the colours of one theme."""
    sheet = Template(resource("themes", "window.qss").read_text("utf-8"))
    return sheet.substitute(asdict(tokens))
