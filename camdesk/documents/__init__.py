"""Reviews and plans: drafted from the facts, frozen, kept in versions, set as PDF."""
