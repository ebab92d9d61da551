"""The deeds of the situation analysis, one file a subject."""
