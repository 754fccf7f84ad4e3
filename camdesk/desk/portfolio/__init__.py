"""All partners at once: the portfolio, the programme, and what is done for several."""
