"""What situation hands to the registries below it."""


def register() -> None:
    """Called once, when Django has loaded every app."""
