"""Alerts: which rules fire for whom, what became of them, and which seven matter today."""
