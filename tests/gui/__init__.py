"""The window, driven through its real widgets without a screen."""
