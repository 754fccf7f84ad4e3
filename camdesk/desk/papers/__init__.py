"""Documents: reviews, plans, briefs, reports and files, and whose they look like."""
