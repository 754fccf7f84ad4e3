"""The portfolio screen: one table per partner type, or one list."""
