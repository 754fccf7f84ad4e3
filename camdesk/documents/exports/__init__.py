"""Finished files of a document: PDF, slides, calendar, table, mail; checked before they are put in place."""
