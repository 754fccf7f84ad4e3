"""One folder per kind of source; each offers `KIND` and `connect(options)`."""
