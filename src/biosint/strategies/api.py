"""The only door of strategies for other apps."""

__all__: list[str] = []
