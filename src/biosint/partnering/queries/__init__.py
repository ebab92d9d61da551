"""Reading of partnering, one file a subject."""
