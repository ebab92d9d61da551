"""Changes of partnering, one file a subject."""
