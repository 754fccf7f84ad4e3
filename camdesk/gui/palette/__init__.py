"""The command palette: one field for everything that can be done and everything that can be found."""
