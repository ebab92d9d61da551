"""The questions of the situation analysis, one file a subject."""
