"""The application's verbs: the only thing the window and the command line call. Knows no Qt."""
