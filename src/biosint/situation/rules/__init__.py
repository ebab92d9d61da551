"""Who may do what in the situation analysis, one file a subject."""
