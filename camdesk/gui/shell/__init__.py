"""The window around the screens: navigation, find, status, messages."""
