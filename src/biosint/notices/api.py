"""The only door of notices for other apps."""

__all__: list[str] = []
