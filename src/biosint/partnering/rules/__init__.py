"""Who may do what in partnering, one file a subject."""
