"""One partner: its page, parts, terms and news, and what of it a guest may see."""
