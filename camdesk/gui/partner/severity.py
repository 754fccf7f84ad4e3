"""How grave an alert is, as a sign, a word and a tone: never as colour alone. No Qt here."""

from __future__ import annotations

from camdesk.gui.theme.tokens import Tone

_SIGNS = {"critical": ("▲", Tone.BAD), "warning": ("◆", Tone.WARN), "notice": ("•", Tone.MUTED)}


def severity_sign(severity: str) -> str:
    return _SIGNS.get(severity, _SIGNS["notice"])[0]


def severity_tone(severity: str) -> Tone:
    return _SIGNS.get(severity, _SIGNS["notice"])[1]
