"""The only door of curriculum for other apps."""

__all__: list[str] = []
