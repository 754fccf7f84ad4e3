"""Finding partners and what is known about them by words."""
