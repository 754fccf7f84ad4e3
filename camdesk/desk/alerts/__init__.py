"""Alerts: the list, one opened, and rules replayed over the past."""
