"""The number: the forecast, the weekly call and how near it came."""
