"""Make the fictitious sample portfolio."""
