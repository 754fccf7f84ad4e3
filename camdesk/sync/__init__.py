"""Bringing facts in: a source is pulled, mapped, checked, planned and applied, all of it or nothing."""
