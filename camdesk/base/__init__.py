"""What every room stands on: errors, money, calendars, settings, paths. Standard library only."""
