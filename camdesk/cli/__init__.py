"""The command line: one file a topic. Calls the desk and writes what it returns; knows no Qt."""
