"""CAM Desk: a channel account manager's portfolio, alerts, scorecards, plans and reviews."""

__version__ = "0.1.0"
