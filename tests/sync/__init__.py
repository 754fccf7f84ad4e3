"""Tests of bringing facts in."""
