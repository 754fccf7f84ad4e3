"""The sources screen: what is connected, syncing it, and what was rejected."""
