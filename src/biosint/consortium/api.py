"""The only door of consortium for other apps."""

__all__: list[str] = []
