"""Reads of recognition, one subject per module. Lists come with what their pages show."""
