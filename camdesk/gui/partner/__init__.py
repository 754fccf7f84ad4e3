"""The partner page: scorecard, alerts, terms and opened figures."""
