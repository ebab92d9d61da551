"""How languages that Django does not know write days and numbers."""
