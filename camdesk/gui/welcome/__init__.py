"""The first window of all: no workspace yet, so try the sample or make one from a folder of exports."""
