"""What the facts say: metrics, scorecards, lifecycle and alerts. Every figure is made of records."""
