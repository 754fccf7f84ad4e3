"""The definitions of the metrics said a second time, without SQL, so that the two can be compared."""
