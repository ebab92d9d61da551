"""The only door of situation for other apps."""

__all__: list[str] = []
